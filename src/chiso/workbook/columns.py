"""Tables by the names of their columns: which columns are wanted, where they stand, and rows as records."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from chiso.framework.faults import near_misses
from chiso.workbook.faults import Faults, TableError

#: The header is looked for in so many rows that are not empty: offices put titles above it.
HEADER_ROWS = 20

#: Among so many names a slip of the pen is looked for: no table of an office has more columns, and comparing costs.
_COMPARED = 50

#: Days as Excel counts them, from 2000 to 2099: no year, quarter or month is written as such a number.
_DAY_ZERO = dt.date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = 36_526, 73_050


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns of a kind of table. ``key``: where JSON keeps its list."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    key: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every column."""
        return self.required + self.optional


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its place and its values by the name of the column; an absent value is None."""

    place: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Header:
    """Where the wanted columns stand. ``width``: number of columns that have a name."""

    positions: dict[str, int]
    width: int
    names: tuple[str, ...]

    def unknown(self, wanted: Wanted) -> list[tuple[str, tuple[str, ...]]]:
        """Return columns that nobody asks for but that resemble an optional one that is absent."""
        absent = [name for name in wanted.optional if name not in self.positions]
        found = [
            (name, near_misses(name.casefold(), absent)) for name in self.names[:_COMPARED] if name not in wanted.names
        ]
        return [(name, near) for name, near in found if near]


@lru_cache(maxsize=1 << 16)
def tidy(text: str) -> str:
    """Return text in one Unicode form, without stray blanks and signs that nobody sees.

    Names typed on two machines are the same, and none is written backwards or told apart by an invisible sign. Excel
    writes a control character, NUL too, as ``_x0000_``: databases refuse it and terminals obey it.
    """
    seen = text if text.isprintable() else "".join(sign for sign in text if sign.isspace() or not _is_unseen(sign))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in ("Cc", "Cf")


def words_of(value: Any) -> str:
    """Return the text that a cell shows; a date as 2024-11-30."""
    if isinstance(value, str):
        return tidy(value)
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def lines_of(value: Any) -> str:
    """Return the text that a cell shows, as :func:`words_of`, with the lines it has."""
    if not isinstance(value, str):
        return words_of(value)
    return "\n".join(tidy(line) for line in value.splitlines()).strip("\n")


def day_words(value: Any) -> str:
    """Return the day or period that a cell states; a day that lost its format is the number Excel keeps it as."""
    if isinstance(value, int) and not isinstance(value, bool) and _FIRST_DAY <= value <= _LAST_DAY:
        return (_DAY_ZERO + dt.timedelta(days=value)).isoformat()
    return words_of(value)


def header_of(cells: Sequence[Any], wanted: Wanted, file: str) -> Header | None:
    """Return the header that a row makes; None unless every required column is there.

    Raises:
        TableError: a wanted column stands twice.
    """
    names = [words_of(cell).casefold() for cell in cells]
    positions: dict[str, int] = {}
    for position, name in enumerate(names):
        if name in wanted.names:
            if name in positions:
                raise TableError("W032", file, name=name)
            positions[name] = position
    if any(name not in positions for name in wanted.required):
        return None
    width = max(position for position, name in enumerate(names) if name) + 1
    return Header(positions, width, tuple(name for name in names if name))


def missing_columns(rows: Sequence[Sequence[Any]], wanted: Wanted) -> tuple[list[str], list[str], tuple[str, ...]]:
    """Return what the row most like a header lacks: the missing columns, those found, and near misses."""
    best: list[str] = []
    for row in rows:
        names = [name for name in (words_of(cell) for cell in row) if name][:_COMPARED]
        if _likeness(names, wanted) > _likeness(best, wanted):
            best = names
    known = [name for name in best if name.casefold() in wanted.names]
    missing = [name for name in wanted.required if name not in [one.casefold() for one in known]]
    guesses = {name: near_misses(name.casefold(), missing) for name in best if name not in known}
    return missing, best, tuple(f"{name} → {guess[0]}" for name, guess in guesses.items() if guess)


def no_header(rows: Sequence[Sequence[Any]], wanted: Wanted, file: str) -> TableError:
    """Return the error for a table whose header was not found among its first rows."""
    missing, found, near = missing_columns(rows, wanted)
    if not found:
        return TableError("W031", file, wanted=", ".join(wanted.names))
    return TableError("W030", file, near, missing=", ".join(missing), found=", ".join(found)[:300])


def report_unknown(header: Header, wanted: Wanted, place: str, faults: Faults) -> None:
    """Report columns whose names look like a slip of the pen."""
    for name, near in header.unknown(wanted):
        faults.add("W109", place, near, name=name)


def _likeness(names: Sequence[str], wanted: Wanted) -> float:
    folded = [name.casefold() for name in names]
    return sum(1.0 if name in wanted.names else 0.5 if near_misses(name, wanted.names) else 0.0 for name in folded)
