"""A framework that extends another: the base with the differences that the file states.

Keys of the file replace those of the base; ``facts``, ``deadlines`` and ``policies`` are joined entry by entry;
``changes`` names rows by their code. Every value keeps the file and line on which it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from chiso.framework.faults import Fault, FrameworkError, near_misses
from chiso.framework.model import Changes
from chiso.framework.shape import faults_of
from chiso.framework.source import Block, Place, Rows, Source

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")

#: Keys whose entries are joined with those of the base, and down to which depth.
_JOINED = {"facts": 1, "deadlines": 1, "policies": 2}


@dataclass(frozen=True, slots=True)
class Sources:
    """Where bases come from: a reader that takes a name and a folder, and the names that it surely knows."""

    read: Callable[[str, Path | None], Source | None]
    known: Callable[[], list[str]]


def extended(source: Source, digest: Any, sources: Sources, seen: tuple[str, ...] = ()) -> Source:
    """Return a file joined with what it extends; feeds the content of every file read into ``digest``.

    Raises:
        FrameworkError: the base is unknown, extends itself in a circle, or lacks a code that is to change.
    """
    digest.update(repr(source.data).encode())
    name = source.data.get("extends")
    if not isinstance(name, str):
        return source
    chain = (*seen, source.file)
    base = sources.read(name, source.folder) if _ID.fullmatch(name) else None
    if base is None:
        raise FrameworkError([source.fault("F010", ("extends",), near_misses(name, sources.known()), name=name)])
    if base.file in chain:
        circle = " -> ".join((*chain, base.file))
        raise FrameworkError([*source.faults, source.fault("F011", ("extends",), chain=circle)])
    base = extended(base, digest, sources, chain)
    missing = [source.fault("F022", (), name=key) for key in ("id", "version") if key not in source.data]
    faults = [*base.faults, *source.faults, *missing]
    joined = Source(source.file, _joined(base.data, source.data), faults, source.folder)
    if "changes" in source.data:
        _change(joined, source)
    return joined


def _joined(base: Block, own: Block) -> Block:
    joined = {key for key in _JOINED if isinstance(base.get(key), Block) and isinstance(own.get(key), Block)}
    base.take(own, "changes", *joined)
    for key in joined:
        base[key].merge(own[key], _JOINED[key])
    base.spot = own.spot
    return base


def _change(joined: Source, source: Source) -> None:
    """Apply ``changes``: fields of rows by code, rows added below a code, rows removed."""
    changes = source.data["changes"]
    try:
        Changes.model_validate(changes)
    except ValidationError as error:
        raise FrameworkError([*joined.faults, *faults_of(error, source, Changes, ("changes",))]) from error
    known = entries(joined.data)
    faults = []
    for kind in ("criteria", "dimensions"):
        for code, fields in changes.get(kind, {}).items():
            if code in known:
                known[code].take(fields)
            else:
                faults.append(_no_code(code, ("changes", kind, code), known, source))
    known = entries(joined.data)
    for index, addition in enumerate(changes.get("add", ())):
        if addition["under"] in known:
            _below(known[addition["under"]]).add(addition["criterion"], addition.spots["criterion"])
        else:
            faults.append(_no_code(addition["under"], ("changes", "add", index, "under"), known, source))
    known = entries(joined.data)
    removed = changes.get("remove", ())
    for index, code in enumerate(removed):
        if code not in known:
            faults.append(_no_code(code, ("changes", "remove", index), known, source))
    _remove(joined.data.get("dimensions"), set(removed))
    if faults:
        raise FrameworkError([*joined.faults, *faults])


def entries(data: Block) -> dict[str, Block]:
    """Return every dimension and criterion of a file by its code; what has no shape yet is passed over."""
    found: dict[str, Block] = {}
    waiting = [data.get("dimensions")]
    while waiting:
        rows = waiting.pop()
        for entry in rows if isinstance(rows, Rows) else ():
            if isinstance(entry, Block):
                found[str(entry.get("code"))] = entry
                waiting.append(entry.get("criteria"))
    return found


def _below(entry: Block) -> Rows:
    if not isinstance(entry.get("criteria"), Rows):
        entry.put("criteria", Rows(entry.spot), entry.spot)
    rows: Rows = entry["criteria"]
    return rows


def _remove(rows: Any, codes: set[str]) -> None:
    for index in reversed(range(len(rows) if isinstance(rows, Rows) else 0)):
        if isinstance(rows[index], Block):
            if rows[index].get("code") in codes:
                rows.drop(index)
            else:
                _remove(rows[index].get("criteria"), codes)


def _no_code(code: str, place: Place, known: Mapping[str, Any], source: Source) -> Fault:
    return source.fault("F141", place, near_misses(code, known), name=code)
