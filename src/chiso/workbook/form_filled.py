"""The sheets of a form as they were filled, and what clerks may have done to them: moved, sorted, merged, copied in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chiso.framework.faults import near_misses
from chiso.phrases import LANGUAGES
from chiso.workbook.columns import words_of
from chiso.workbook.faults import Faults
from chiso.workbook.form_columns import HEADER
from chiso.workbook.form_map import SHEET, Asked, Cell, FormMap, marks
from chiso.workbook.form_phrases import phrase
from chiso.workbook.markup import cell_name
from chiso.workbook.sheets import Sheet, Workbook

#: How the column beside the figures is headed, and that of explanations, in either language.
_SOURCE_HEADERS = tuple(phrase("source", lang) for lang in LANGUAGES)
_TEXT_HEADERS = tuple(phrase("explanation", lang) for lang in LANGUAGES)

#: For so many sheets that are gone another name is looked for: no form has more.
_COMPARED = 40


class FilledSheets:
    """The sheets of a form; those that are gone or whose rows have moved are reported and not there."""

    def __init__(self, workbook: Workbook, found: FormMap, faults: Faults) -> None:
        self._file, self._sheets = workbook.file, dict[str, Sheet]()
        self._rows: dict[str, list[list[Any]]] = {}
        self._merged: dict[str, dict[Cell, Cell]] = {}
        self._unclear: set[tuple[str, Cell]] = set()
        names = [one.sheet for one in found.asked] + ([found.unit_at[0]] if found.unit_at else [])
        wanted = dict.fromkeys(names)
        others = [one for one in workbook.visible if one not in wanted and one != SHEET]
        for number, name in enumerate(wanted):
            if name not in workbook.visible:
                near = near_misses(name, others) if number < _COMPARED else ()
                faults.add("W204", workbook.file, near, sheet=name)
                continue
            sheet = workbook.sheet(name)
            rows = list(sheet.rows())
            asked = [one for one in found.asked if one.sheet == name]
            moved = _moved(rows, asked)
            if moved is not None:
                faults.add("W207", workbook.file, sheet=name, row=moved + 1)
                continue
            self._sheets[name], self._rows[name] = sheet, rows
            self._merged[name] = dict(_merged(sheet))
            self._note_unclear(name, asked, max(len(found.units), 1), faults)
        if all(name in workbook.visible for name in names):
            _report_others(workbook, names, faults)

    def __contains__(self, name: str) -> bool:
        return name in self._sheets

    def value(self, sheet: str, cell: Cell) -> Any:
        """Return what a cell holds."""
        rows, (row, column) = self._rows[sheet], cell
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else None

    def beside(self, sheet: str, cell: Cell | None) -> Any:
        """Return what stands beside a figure; a cell that was merged over rows says the same for all of them."""
        if cell is None:
            return None
        return self.value(sheet, self._merged[sheet].get(cell, cell))

    def place(self, sheet: str, cell: Cell) -> str:
        """Return the place of a cell, with the file."""
        return f"{self._file}: {self._sheets[sheet].place(*cell)}"

    def troubled(self, sheet: str, cell: Cell, faults: Faults) -> bool:
        """Say whether a cell shows no value that can be used; it is reported."""
        if (sheet, cell) in self._unclear:
            return True
        return self._sheets[sheet].report_trouble(*cell, faults, self.place(sheet, cell))

    def _note_unclear(self, name: str, asked: Sequence[Asked], units: int, faults: Faults) -> None:
        """Report figures that were merged into one cell: nobody knows whose the value is."""
        merged = self._merged[name]
        fields = ((one.cell[0], one.cell[1] + offset) for one in asked for offset in range(units))
        covered: dict[Cell, list[Cell]] = {}
        for cell in fields if merged else ():
            covered.setdefault(merged.get(cell, cell), []).append(cell)
        for anchor, cells in covered.items():
            if len(cells) > 1:
                faults.add("W113", self.place(name, anchor), cell=cell_name(*anchor))
                self._unclear.update((name, cell) for cell in cells)


def _report_others(workbook: Workbook, names: Sequence[str], faults: Faults) -> None:
    """Report sheets of another form that were copied into this one."""
    for name, visible in workbook.visible.items():
        if visible and name not in names and _is_filled_in(workbook.sheet(name)):
            faults.add("W208", workbook.file, sheet=name)


def _merged(sheet: Sheet) -> Iterator[tuple[Cell, Cell]]:
    """Yield each cell that was merged into another one, with that one."""
    for (top, left), (bottom, right) in sheet.merged:
        last = min(bottom, sheet.scan.rows)
        yield from (
            ((row, column), (top, left))
            for row in range(top, last + 1)
            for column in range(left, min(right, sheet.scan.columns) + 1)
        )


def _is_filled_in(sheet: Sheet) -> bool:
    """Say whether a sheet is one of a form in which something can be filled in."""
    mark = None
    for number, cells in enumerate(sheet.rows()):
        if number == HEADER:
            if not any(words_of(cell) in _SOURCE_HEADERS for cell in cells):
                return False
            mark = _mark_column(cells)
        elif mark is not None and mark < len(cells) and marks(cells[mark], number):
            return True
    return False


def _mark_column(head: Sequence[Any]) -> int:
    """Return the hidden column, which stands behind the last one that has a header."""
    return max(column for column, cell in enumerate(head) if words_of(cell)) + 1


def _moved(rows: Sequence[Sequence[Any]], asked: Sequence[Asked]) -> int | None:
    """Return the first row that does not hold the figure it was made for; None where every figure is in its place.

    Behind its last column each row with fields has a hidden mark of its own, which moves with the row. Columns are told
    by the headers of those beside the figures and of explanations.
    """
    if not asked:
        return None
    head = rows[HEADER] if len(rows) > HEADER else ()
    told = {(one.source or one.cell)[1]: _SOURCE_HEADERS if one.source else _TEXT_HEADERS for one in asked}
    if any(column >= len(head) or words_of(head[column]) not in headers for column, headers in told.items()):
        return HEADER
    mark = _mark_column(head)
    for one in asked:
        at = one.cell[0]
        if at >= len(rows) or mark >= len(rows[at]) or not marks(rows[at][mark], at):
            return at
    return None
