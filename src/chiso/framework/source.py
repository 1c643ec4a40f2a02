"""Reads a framework file: YAML with every number exact, every line known, and duplicate keys refused.

Only plain YAML is accepted: no tags, no anchors (which a hostile file can multiply), and of the plain words only
``true``, ``false`` and ``null`` have a meaning of their own, so that ``no`` or ``2022-11-09`` stay text.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from chiso.framework.faults import MAX_FAULTS, Fault, FrameworkError, limited
from chiso.quantity import MAX_DIGITS

#: Largest framework file accepted, in bytes: the largest bundled one has about a tenth of it.
MAX_BYTES = 4_000_000

#: Most values of a file, keys among them: the largest bundled one has a tenth of it.
MAX_VALUES = 100_000

#: Deepest nesting accepted: the deepest bundled file has about half of it.
MAX_DEPTH = 50

#: Signs that the text of a file does not keep as they are.
_READ_OTHERWISE = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}

Place = tuple[str | int, ...]


class Spot(NamedTuple):
    """Where something stands: a file and a line, counted from 1; no line where there is none to name."""

    file: str
    line: int | None


class Block(dict[str, Any]):
    """A mapping that knows on which line each of its keys stands, also after a base file was changed with it."""

    def __init__(self, spot: Spot) -> None:
        super().__init__()
        self.spot = spot
        self.spots: dict[str, Spot] = {}

    def put(self, key: str, value: Any, spot: Spot) -> None:
        """Set a key and remember where it stands."""
        self[key] = value
        self.spots[key] = spot

    def take(self, other: Block, *without: str) -> None:
        """Take over every key of another mapping, with its line, apart from those named."""
        for key, value in other.items():
            if key not in without:
                self.put(key, value, other.spots[key])

    def merge(self, other: Block, depth: int = 1) -> None:
        """Take over another mapping; mappings inside both are joined as well, down to ``depth``."""
        for key, value in other.items():
            mine = self.get(key)
            if depth > 1 and isinstance(mine, Block) and isinstance(value, Block):
                mine.merge(value, depth - 1)
            else:
                self.put(key, value, other.spots[key])


class Rows(list[Any]):
    """A list that knows on which line each of its entries stands."""

    def __init__(self, spot: Spot) -> None:
        super().__init__()
        self.spot = spot
        self.spots: list[Spot] = []

    def add(self, value: Any, spot: Spot) -> None:
        """Append an entry and remember where it stands."""
        self.append(value)
        self.spots.append(spot)

    def drop(self, index: int) -> None:
        """Remove an entry."""
        del self[index], self.spots[index]


@dataclass
class Source:
    """The content of one file as plain data, and the line on which each value stands.

    ``folder`` is where files that this one extends may stand beside it; text without a file has none. ``doubtful`` are
    the places whose value may not be the one that was meant (``()``: any), ``open`` the mappings with a key that was
    not understood. ``rows_unsure``: rows are not what an extending file meant to make of them.
    """

    file: str
    data: Any = None
    faults: list[Fault] = field(default_factory=list)
    folder: Path | None = None
    doubtful: list[Place] = field(default_factory=list)
    open: list[Place] = field(default_factory=list)
    rows_unsure: bool = False

    def spot(self, place: Place) -> Spot:
        """Return where a value stands, or the nearest thing that holds it."""
        value = self.data
        found: Spot = value.spot if isinstance(value, Block) else Spot(self.file, None)
        for step in place:
            if not _holds(value, step):
                break
            found, value = value.spots[step], value[step]
        return found

    def line(self, place: Place) -> int | None:
        """Return the line of a value, or of the nearest thing that holds it."""
        return self.spot(place).line

    def holds(self, place: Place) -> bool:
        """Tell whether there is a value at a place."""
        value = self.data
        for step in place:
            if not _holds(value, step):
                return False
            value = value[step]
        return True

    def fault(self, code: str, place: Place, near: tuple[str, ...] = (), **data: Any) -> Fault:
        """Return a fault of a place in this file."""
        spot = self.spot(place)
        return Fault(code, spot.file, spot.line, dotted(place), data, near)


def read_source(text: str, file: str, values: int = MAX_VALUES) -> Source:
    """Read YAML text of at most so many values.

    Raises:
        FrameworkError: it is not YAML, is too large or too deep, holds tags, anchors or a duplicate key.
    """
    source = parse_source(text, file, values=values)
    if source.faults:
        raise FrameworkError(source.faults)
    return source


def parse_source(text: str, file: str, folder: Path | None = None, values: int = MAX_VALUES) -> Source:
    """Read YAML text; tags and duplicate keys are kept in ``faults``, so that they are reported with all others.

    Raises:
        FrameworkError: nothing can be made of the text.
    """
    source = Source(file, folder=folder)
    if len(text) > MAX_BYTES:
        raise FrameworkError([Fault("F001", file, None, "", {"size": len(text), "limit": MAX_BYTES})])
    try:
        source.data = _Reader(text, source, values).document()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        raise FrameworkError([Fault("F003", file, line, "", {"problem": problem})]) from error
    except UnicodeEncodeError as error:  # half of a surrogate pair, which no UTF-8 file can hold
        raise FrameworkError([Fault("F006", file, None, "")]) from error
    if not isinstance(source.data, Block):
        raise FrameworkError([*source.faults, Fault("F004", file, 1, "")])
    return source


def read_file(path: Path) -> Source:
    """Read a YAML file in UTF-8; see :func:`read_source`."""
    source = parse_file(path)
    if source.faults:
        raise FrameworkError(source.faults)
    return source


def source_of(data: Mapping[str, Any], text: str, file: str) -> Source | None:
    """Return the source that ``text``, just written from ``data``, would be read as, but without lines.

    None where only reading it tells: it is larger or deeper than a file may be, or holds signs that are read otherwise.
    """
    if len(text) > MAX_BYTES or _READ_OTHERWISE.search(text):
        return None
    copy = _Copy(Spot(file, None))
    try:
        found = copy.block(data, 0)
    except ValueError:
        return None
    return Source(file, found) if copy.values < MAX_VALUES else None


class _Copy:
    """Makes plain data what reading its text makes of it."""

    def __init__(self, spot: Spot) -> None:
        self.spot = spot
        self.values = 0

    def block(self, data: Mapping[Any, Any], depth: int) -> Block:
        found = Block(self.spot)
        for key, value in data.items():
            found.put(str(key), self.value(value, depth + 1), self.spot)
        self.values += len(found)
        return found

    def value(self, value: Any, depth: int) -> Any:
        self.values += 1
        kind = type(value)
        if kind is str:
            return value if "\n" not in value else "\n".join([line.rstrip() for line in value.split("\n")])
        if kind is int or kind is bool or value is None:
            return value
        if depth >= MAX_DEPTH:
            raise ValueError
        if kind is dict:
            return self.block(value, depth)
        if kind is list:
            found = Rows(self.spot)
            for one in value:
                found.add(self.value(one, depth + 1), self.spot)
            return found
        return value.isoformat() if isinstance(value, dt.date) else _plain(str(value))


def parse_file(path: Path) -> Source:
    """Read a YAML file in UTF-8; see :func:`parse_source`."""
    name = str(path)
    try:
        with path.open("rb") as file:
            # A device says that it is empty and never ends.
            content = file.read(MAX_BYTES + 1)
            size = max(os.fstat(file.fileno()).st_size, len(content))
    except FileNotFoundError as error:
        raise FrameworkError([Fault("F016", name, None, "")]) from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        problem = getattr(error, "strerror", None) or str(error)
        raise FrameworkError([Fault("F005", name, None, "", {"problem": problem})]) from error
    if size > MAX_BYTES:
        raise FrameworkError([Fault("F001", name, None, "", {"size": size, "limit": MAX_BYTES})])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FrameworkError([Fault("F006", name, None, "")]) from error
    return parse_source(text, name, path.parent)


class _Reader:
    """Builds plain data from the events of the YAML parser, which are flat, so that no depth can exhaust the stack."""

    def __init__(self, text: str, source: Source, values: int) -> None:
        self.events: Iterator[Any] = yaml.parse(text, Loader=_Loader)
        self.source = source
        self.values, self.most = 0, values

    def document(self) -> Any:
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            return None
        first = next(self.events)
        data = self.value(first, (), self.spot(first))
        next(self.events)  # the end of the document
        event = next(self.events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise FrameworkError([Fault("F017", self.source.file, event.start_mark.line + 1, "")])
        return data

    def spot(self, event: Any) -> Spot:
        return Spot(self.source.file, event.start_mark.line + 1)

    def value(self, event: Any, place: Place, spot: Spot) -> Any:
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            raise FrameworkError([Fault("F002", spot.file, spot.line, dotted(place))])
        self.values += 1
        if self.values > self.most:
            raise FrameworkError([Fault("F018", spot.file, spot.line, dotted(place[:3]), {"limit": self.most})])
        if len(self.source.faults) > MAX_FAULTS:
            raise FrameworkError(limited(self.source.faults))
        if len(place) > MAX_DEPTH:
            raise FrameworkError([Fault("F015", spot.file, spot.line, dotted(place[:3]), {"limit": MAX_DEPTH})])
        if event.tag is not None:
            self.source.faults.append(Fault("F007", spot.file, spot.line, dotted(place), {"tag": event.tag}))
            self.source.doubtful.append(place)
        if isinstance(event, yaml.ScalarEvent):
            return event.value if event.style in ("'", '"', "|", ">") else _plain(event.value)
        return self.rows(spot, place) if isinstance(event, yaml.SequenceStartEvent) else self.block(spot, place)

    def rows(self, spot: Spot, place: Place) -> Rows:
        found = Rows(spot)
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            at = self.spot(event)
            found.add(self.value(event, (*place, len(found)), at), at)
        return found

    def block(self, spot: Spot, place: Place) -> Block:
        found = Block(spot)
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            at = self.spot(event)
            key = event.value if isinstance(event, yaml.ScalarEvent) else None
            self.value(event, place, at)  # refuses tags and anchors, and passes over a key that is no text
            inner: Place = place if key is None else (*place, key)
            event = next(self.events)
            value = self.value(event, inner, self.spot(event))
            if key is None:
                self.source.faults.append(Fault("F008", at.file, at.line, dotted(place)))
                self.source.open.append(place)
            elif key in found:
                data = {"name": key, "first": found.spots[key].line}
                self.source.faults.append(Fault("F009", at.file, at.line, dotted(inner), data))
                self.source.doubtful.append(inner)
            else:
                found.put(key, value, at)
        return found


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if len(text) <= MAX_DIGITS and _NUMBER.fullmatch(text):
        return Decimal(text) if "." in text else int(text)
    return text


def _holds(value: Any, step: str | int) -> bool:
    if isinstance(value, Block):
        return step in value.spots
    return isinstance(value, Rows) and isinstance(step, int) and 0 <= step < len(value)


def dotted(place: Place) -> str:
    """Write a place in a file for people: ``dimensions[0].criteria[2].rule``."""
    words = ""
    for step in place:
        words += f"[{step}]" if isinstance(step, int) else f".{step}" if words else str(step)
    return words
