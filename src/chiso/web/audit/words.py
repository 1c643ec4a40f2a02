"""How entries become sentences: every app says, in its module ``log``, what its actions and things are called.

The log itself knows no other app. It finds these modules when the application starts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from chiso.web import formats

Words = str | Promise
#: What an entry says besides who, when and where; see ``Entry.data``.
Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Thing:
    """What an entry is about: what people call it, where its page is, and what the app needs to show its entries."""

    words: str
    address: str = ""
    about: Any = None


@dataclass(frozen=True, slots=True)
class Row:
    """A detail of an entry: what it is, what it was before where that is known, and what it is now."""

    label: str
    new: str
    old: str | None = None


class Names:
    """What the numbers in entries stand for, found for many entries at once."""

    def __init__(self, found: Mapping[tuple[str, int], Thing]) -> None:
        self._found = found

    def thing(self, kind: str, key: int) -> Thing:
        """Return a thing; one that is not there any more is called by its number."""
        found = self._found.get((kind, key))
        if found is None:
            words = _THINGS[kind].words if kind in _THINGS else kind
            return Thing(f"{words} {key}" if key else str(words))
        return found

    def words(self, kind: str, key: int) -> str:
        """Return what a thing is called."""
        return self.thing(kind, key).words


@dataclass(frozen=True, slots=True)
class Field:
    """A part of an entry's data: its label, how it is shown, and of which kind the thing is that its number means."""

    label: Words
    shown: Callable[[Any], str] = str
    kind: str = ""

    def text(self, value: Any, names: Names) -> str:
        """Return a value as people read it."""
        return names.words(self.kind, value) if self.kind and isinstance(value, int) else self.shown(value)


@dataclass(frozen=True)
class Action:
    """What people read of an action.

    ``words`` name it in lists; ``sentence`` tells it, with ``%(who)s`` and any field; ``also`` goes on where the data
    hold a key. An action whose data need more than fields is a subclass.
    """

    words: Words
    sentence: Words
    fields: Mapping[str, Field] = field(default_factory=dict)
    also: Mapping[str, Words] = field(default_factory=dict)

    def refers(self, data: Data) -> Iterator[tuple[str, int]]:
        """Yield the things that the data name by number."""
        for key, one in self.fields.items():
            if one.kind and isinstance(data.get(key), int):
                yield one.kind, data[key]

    def filled(self, data: Data, where: Thing, names: Names) -> dict[str, str]:
        """Return what fills the places of the sentence."""
        return {key: one.text(data[key], names) for key, one in self.fields.items() if data.get(key) is not None}

    def told(self, who: str, data: Data, where: Thing, names: Names) -> str:
        """Return the sentence."""
        filled = _Filled(self.filled(data, where, names), who=who)
        parts = [self.sentence, *(words for key, words in self.also.items() if data.get(key))]
        return "; ".join(str(part) % filled for part in parts)

    def rows(self, data: Data, where: Thing, names: Names) -> list[Row]:
        """Return the data line by line; what has no label stands under its own name."""
        return [self._row(key, value, names) for key, value in data.items() if value not in ("", None)]

    def _row(self, key: str, value: Any, names: Names) -> Row:
        known = self.fields.get(key)
        return Row(str(known.label), known.text(value, names)) if known else Row(key, str(value))


class _Filled(dict[str, str]):
    """What fills a sentence; what an old entry does not hold is a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of things: what it is called, and how an app finds things of it by their numbers."""

    words: Words
    find: Callable[[Collection[int]], Mapping[int, Thing]]


@dataclass(frozen=True, slots=True)
class SystemStrand:
    """A strand of the whole installation: what it is called, and whether everybody who sees the log sees it."""

    words: Words
    is_open: bool


_STRANDS: dict[str, SystemStrand] = {}
_ACTIONS: dict[str, Action] = {}
_THINGS: dict[str, Kind] = {}


def know_actions(actions: Mapping[str, Action]) -> None:
    """Let an app say what its actions are called."""
    _ACTIONS.update(actions)


def know_things(kind: str, words: Words, find: Callable[[Collection[int]], Mapping[int, Thing]]) -> None:
    """Let an app say what its things are called: those after which strands are named, and those that data name."""
    _THINGS[kind] = Kind(words, find)


def know_strand(name: str, words: Words, address: Callable[[], str] = str, *, is_open: bool = False) -> None:
    """Let an app say what a strand of the whole installation is called, and which page it is about.

    ``is_open``: what it holds is no secret, so that everybody who sees any part of the log sees it.
    """
    _STRANDS[name] = SystemStrand(words, is_open)

    def found(_keys: Collection[int]) -> dict[int, Thing]:
        return {0: Thing(str(words), address())}

    know_things(name, words, found)


def actions() -> Mapping[str, Action]:
    """Return every action that has words."""
    return _ACTIONS


def system_strands() -> Mapping[str, SystemStrand]:
    """Return the strands of the whole installation."""
    return _STRANDS


def action_of(name: str) -> Action:
    """Return an action; one without words, from a later version, is told by its name."""
    return _ACTIONS.get(name) or Action(name, f"%(who)s: {name.replace('%', '%%')}")


def names_of(wanted: Collection[tuple[str, int]]) -> Names:
    """Find things of all kinds: as many queries as there are kinds, however many things."""
    by_kind: dict[str, set[int]] = {}
    for kind, key in wanted:
        by_kind.setdefault(kind, set()).add(key)
    known = {kind: keys for kind, keys in by_kind.items() if kind in _THINGS}
    return Names({(kind, key): one for kind, keys in known.items() for key, one in _THINGS[kind].find(keys).items()})


def moment(value: str) -> str:
    """Show a moment that was written in ISO form."""
    return formats.time(dt.datetime.fromisoformat(value))


def day(value: str) -> str:
    """Show a day that was written in ISO form."""
    return formats.date(dt.date.fromisoformat(value))


def yes(value: object) -> str:
    """Show that something is so."""
    return _("yes")
