"""The hidden sheet of a form: which cell holds which figure of which unit. Written and read here, and nowhere else.

Its rows start with a word: ``form`` (format, framework id, version, hash), ``unit`` (a name; the next one has the next
column), ``unit_at`` (the cell where the office writes its name), ``ask`` (sheet, cell of the first unit, code, input,
cells of source, as-of date and note, which text has not), and ``known`` (sheet, cell, what was filled in there, its
source, as-of date and note; ``apart`` where these do not stand in the row, since its figures come from different
places).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from chiso.framework.model import Framework
from chiso.workbook.columns import words_of
from chiso.workbook.markup import cell_name, cell_position

#: Name of the hidden sheet, by which a form is known.
SHEET = "_chiso"

#: Most units of one form: one column each, so that a person can still find their way.
MAX_UNITS = 40

#: What the hidden column of a sheet says of a row with fields: that it is needed, or may stay empty.
NEEDED, OPTIONAL = 1, 2

#: Behind the decimal point the hidden column says which row it is, so that rows cannot change places unseen.
_ROWS = 100_000

#: The format of a form that asks for figures, and of one that asks for text too.
_FORMAT, _WITH_TEXT = 2, 3

#: Formats that are read; before 2 there was no ``known``.
_FORMATS = ("1", "2", "3")

_MAX_ASKED = 20_000

Cell = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure or text that a form asks for, and where: row and columns count from 0. Nothing stands beside text."""

    sheet: str
    cell: Cell
    code: str
    input: str
    source: Cell | None = None
    as_of: Cell | None = None
    note: Cell | None = None

    @property
    def beside(self) -> tuple[Cell | None, Cell | None, Cell | None]:
        """The cells of source, as-of date and note."""
        return self.source, self.as_of, self.note


@dataclass(frozen=True, slots=True)
class KeptOrigin:
    """A figure that was filled in: what its cell held, as words, and where it comes from.

    ``apart``: whether that does not stand in the row.
    """

    shown: str
    source: str
    as_of: str
    note: str
    apart: bool = False


@dataclass
class FormMap:
    """The map of a form. ``unit_at``: the cell with the unit's name, of a form without given units.

    ``origins``: by sheet and cell, what was filled in and where it comes from.
    """

    framework: str
    version: str
    hash: str
    units: list[str] = field(default_factory=list)
    unit_at: tuple[str, Cell] | None = None
    asked: list[Asked] = field(default_factory=list)
    origins: dict[tuple[str, Cell], KeptOrigin] = field(default_factory=dict)

    @classmethod
    def of(cls, framework: Framework, units: Sequence[str]) -> FormMap:
        """Return an empty map for a form of a framework."""
        return cls(framework.id, framework.version, framework.hash, list(units))

    def rows(self) -> list[list[str | int]]:
        """Return the map as rows of a sheet."""
        number = _FORMAT if all(one.source for one in self.asked) else _WITH_TEXT
        rows: list[list[str | int]] = [["form", number, self.framework, self.version, self.hash]]
        rows += [["unit", name] for name in self.units]
        if self.unit_at is not None:
            rows.append(["unit_at", self.unit_at[0], cell_name(*self.unit_at[1])])
        for one in self.asked:
            cells = (cell_name(*cell) if cell else "" for cell in one.beside)
            rows.append(["ask", one.sheet, cell_name(*one.cell), one.code, one.input, *cells])
        for (sheet, cell), kept in self.origins.items():
            rows.append(["known", sheet, cell_name(*cell), kept.shown, kept.source, kept.as_of, kept.note])
            rows[-1] += ["apart"] if kept.apart else []
        return rows

    @classmethod
    def read(cls, rows: Iterable[Sequence[Any]]) -> FormMap:
        """Read the map back.

        Raises:
            MapDamaged: a row is not one that :meth:`rows` writes.
        """
        found: FormMap | None = None
        for number, row in enumerate(rows, 1):
            cells = [words_of(cell) for cell in row] + [""] * 8
            if not any(cells):
                continue
            if found is None:
                if cells[0] != "form" or cells[1] not in _FORMATS:
                    raise MapDamaged(number)
                found = cls(cells[2], cells[3], cells[4])
            elif not found._read_row(cells):
                raise MapDamaged(number)
        if found is None:
            raise MapDamaged(1)
        return found

    def _read_row(self, cells: Sequence[str]) -> bool:
        match cells[0]:
            case "unit":
                self.units.append(cells[1])
                return len(self.units) <= MAX_UNITS
            case "unit_at":
                position = cell_position(cells[2])
                self.unit_at = None if position is None else (cells[1], position)
                return position is not None
            case "ask":
                position, *beside = (cell_position(cells[at]) for at in (2, 5, 6, 7))
                is_text = not any(cells[5:8])
                if position is None or (None in beside and not is_text) or len(self.asked) >= _MAX_ASKED:
                    return False
                self.asked.append(Asked(cells[1], position, cells[3], cells[4], *beside))
                return True
            case "known":
                position = cell_position(cells[2])
                if position is None or len(self.origins) >= _MAX_ASKED * MAX_UNITS:
                    return False
                shown, source, as_of, note = cells[3:7]
                self.origins[cells[1], position] = KeptOrigin(shown, source, as_of, note, cells[7] == "apart")
                return True
        return False


def mark_of(kind: int, row: int) -> float:
    """Return the mark of a row with fields; ``row`` counts from 0."""
    return kind + (row + 1) / _ROWS


def marks(value: Any, row: int) -> bool:
    """Say whether a cell holds the mark of a row; forms of format 1 did not say which row it is."""
    if not isinstance(value, int | float):
        return False
    return value in (NEEDED, OPTIONAL) or round(value % 1 * _ROWS) == row + 1


class MapDamaged(ValueError):  # noqa: N818 - damage is what it is
    """The hidden sheet was changed; ``line`` says where."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"row {line} of the hidden sheet")
