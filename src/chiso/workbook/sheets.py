"""Excel workbooks in: the sheets of a checked workbook, each cell as a person sees it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from chiso.quantity import decimal_text
from chiso.scoring.facts import EXACT_LIMIT
from chiso.workbook.archive import unpacked
from chiso.workbook.columns import (
    HEADER_ROWS,
    Header,
    Record,
    Wanted,
    header_of,
    missing_columns,
    no_header,
    report_unknown,
)
from chiso.workbook.faults import Faults, TableError
from chiso.workbook.markup import Limits, Range, SheetScan, cell_name

#: Decimals of a percentage: more than a cell can show.
_PERCENT_DECIMALS = 30

#: Columns that say the same for many rows may be merged over them; a figure may not.
_FIGURES = ("input", "value")

#: So many sheets without a header are looked at for slips of the pen: comparing names costs.
_COMPARED = 20


class Sheet:
    """One sheet. Rows and columns count from 0."""

    def __init__(self, name: str, sheet: CalamineSheet, scan: SheetScan) -> None:
        self.name, self.scan = name, scan
        self._sheet = sheet
        self._left = sheet.start[1] if sheet.start is not None else 0
        self.merged: list[Range] = scan.merged

    def rows(self) -> Iterator[list[Any]]:
        """Yield the rows from the first, each from column A; an empty cell is None."""
        if self._sheet.start is None:
            return
        for number, cells in enumerate(self._sheet.iter_rows()):
            yield [None] * self._left + [
                self._seen(number, column, value) for column, value in enumerate(cells, self._left)
            ]

    def _seen(self, row: int, column: int, value: Any) -> Any:
        if value == "":
            return None
        if not isinstance(value, float):
            return value
        if self.scan.percents and (row, column) in self.scan.percents and math.isfinite(value):
            # The shortest decimal that reads back as the same float is what the person saw, a hundredfold.
            return f"{decimal_text(Fraction(repr(value)) * 100, _PERCENT_DECIMALS)}%"
        # A file holds every number as floating point; a whole one was written as a whole one.
        return int(value) if value.is_integer() and abs(value) < EXACT_LIMIT else value

    def place(self, row: int, column: int) -> str:
        """Return the place of a cell: ``Nhận thức số!D7``."""
        return f"{self.name}!{cell_name(row, column)}"

    def report_trouble(self, row: int, column: int, faults: Faults, place: str) -> bool:
        """Report a cell whose value is an error, or a formula never computed; say whether it is."""
        cell = (row, column)
        if cell in self.scan.valueless:
            faults.add("W111", place)
        elif cell in self.scan.errors:
            faults.add("W112", place, value=self.scan.errors[cell])
        else:
            return False
        return True


class Workbook:
    """The worksheets of a workbook."""

    def __init__(self, file: str, workbook: CalamineWorkbook, scans: dict[str, SheetScan]) -> None:
        self.file = file
        self._workbook, self._scans = workbook, scans
        worksheets = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
        self.visible = {one.name: one.visible == SheetVisibleEnum.Visible for one in worksheets}

    def sheet(self, name: str) -> Sheet:
        """Return a sheet.

        Raises:
            TableError: it is damaged.
        """
        with _damage_reported(self.file):
            return Sheet(name, self._workbook.get_sheet_by_name(name), self._scans.get(name, SheetScan()))


@contextmanager
def open_workbook(path: Path, faults: Faults, limits: Limits | None = None) -> Iterator[Workbook]:
    """Lend a workbook that was checked; macros are left out and reported. ``limits``: those of a file, by default.

    Raises:
        TableError: it is no workbook, is damaged, too large, or hostile.
    """
    with unpacked(path, limits) as checked:
        if checked.macros:
            faults.add("W102", path.name)
        with _damage_reported(path.name):
            workbook = CalamineWorkbook.from_filelike(checked.file)
        try:
            yield Workbook(path.name, workbook, checked.scans)
        finally:
            workbook.close()


@contextmanager
def _damage_reported(file: str) -> Iterator[None]:
    try:
        yield
    except (CalamineError, OSError, ValueError) as error:
        raise TableError("W016", file, problem=str(error)[:200]) from error
    except BaseException as error:
        # A panic of the reader is no Exception; anything else that is none is none of our business.
        if type(error).__name__ != "PanicException":
            raise
        raise TableError("W016", file, problem=str(error)[:200]) from error


def records(workbook: Workbook, wanted: Wanted, faults: Faults) -> Iterator[Record]:
    """Yield the rows of every visible sheet that has the wanted columns.

    Raises:
        TableError: no sheet has them.
    """
    read, unread = False, 0
    first_rows: list[list[Any]] = []
    for name, visible in workbook.visible.items():
        sheet = workbook.sheet(name)
        rows = enumerate(sheet.rows())
        header, seen, top = _header(rows, wanted, workbook.file)
        if header is None:
            unread += 1
            if unread <= _COMPARED:
                first_rows += seen
                _report_unread(sheet, seen, wanted, workbook.file, faults)
        elif not visible:
            faults.add("W114", workbook.file, sheet=name)
        else:
            read = True
            report_unknown(header, wanted, f"{workbook.file}: {sheet.place(top, 0)}", faults)
            yield from _Table(workbook.file, sheet, header, top, wanted, faults).records(rows)
    if not read:
        raise no_header(first_rows, wanted, workbook.file)


def _header(
    rows: Iterator[tuple[int, list[Any]]], wanted: Wanted, file: str
) -> tuple[Header | None, list[list[Any]], int]:
    seen: list[list[Any]] = []
    for number, cells in rows:
        header = header_of(cells, wanted, file)
        if header is not None:
            return header, seen, number
        if any(cell is not None for cell in cells):
            seen.append(cells)
        if len(seen) == HEADER_ROWS:
            break
    return None, seen, 0


def _report_unread(sheet: Sheet, seen: list[list[Any]], wanted: Wanted, file: str, faults: Faults) -> None:
    """Report a sheet that looks like a table of this kind and is not read; notes beside the table are no fault."""
    missing, _, near = missing_columns(seen, wanted)
    if len(missing) < len(wanted.required) / 2 or (near and len(missing) <= len(wanted.required) / 2):
        faults.add("W110", file, near, sheet=sheet.name, missing=", ".join(missing))


class _Table:
    """One sheet that is a table, while it is being read."""

    def __init__(self, file: str, sheet: Sheet, header: Header, top: int, wanted: Wanted, faults: Faults) -> None:
        self.file, self.sheet, self.header, self.top, self.wanted, self.faults = (
            file,
            sheet,
            header,
            top,
            wanted,
            faults,
        )
        names = {position: name for name, position in header.positions.items()}
        self._filled: dict[tuple[int, int], tuple[int, int]] = {}
        self._unreadable: set[int] = set()
        for start, end in sheet.merged:
            self._note_merged(start, end, names)
        self._carried: dict[tuple[int, int], Any] = {}
        self._anchors = set(self._filled.values())

    def records(self, rows: Iterator[tuple[int, list[Any]]]) -> Iterator[Record]:
        found = False
        for number, cells in rows:
            values = {name: self._value(number, column, cells) for name, column in self.header.positions.items()}
            if all(value is None for value in values.values()) and not self._troubled(number):
                continue
            found = True
            if number not in self._unreadable and not self._report(number):
                yield Record(self._place(number), values)
        if not found:
            self.faults.add("W103", f"{self.file}: {self.sheet.name}")

    def _note_merged(self, start: tuple[int, int], end: tuple[int, int], names: dict[int, str]) -> None:
        """Remember what a merged cell means for the rows it covers: the same text in each, but no figure."""
        if end[0] <= self.top or end[0] - start[0] + end[1] - start[1] == 0:
            return
        touched = [column for column in names if start[1] <= column <= end[1]]
        figures = [column for column in touched if names[column] in _FIGURES]
        last = min(end[0], self.sheet.scan.rows)
        if figures and (end[0] > start[0] or len(touched) > 1):
            self.faults.add("W113", f"{self.file}: {self.sheet.place(*start)}", cell=cell_name(*start))
            self._unreadable.update(range(start[0], last + 1))
        elif end[0] > start[0]:
            column = start[1]
            self._filled.update({(row, column): start for row in range(start[0] + 1, last + 1) if column in names})

    def _value(self, row: int, column: int, cells: list[Any]) -> Any:
        value = cells[column] if column < len(cells) else None
        if (row, column) in self._anchors:
            self._carried[row, column] = value
        anchor = self._filled.get((row, column))
        return self._carried.get(anchor) if anchor is not None and value is None else value

    def _troubled(self, row: int) -> bool:
        scan = self.sheet.scan
        cells = [(row, column) for column in self.header.positions.values()]
        return any(cell in scan.valueless or cell in scan.errors for cell in cells)

    def _report(self, row: int) -> bool:
        """Report the cells of a row that show no value; say whether there are any."""
        if not (self.sheet.scan.valueless or self.sheet.scan.errors):
            return False
        columns = sorted(self.header.positions.values())
        found = [
            self.sheet.report_trouble(row, column, self.faults, f"{self.file}: {self.sheet.place(row, column)}")
            for column in columns
        ]
        return any(found)

    def _place(self, row: int) -> str:
        """Return the place of a row: of its value, or of its first cell."""
        return f"{self.file}: {self.sheet.place(row, self.header.positions.get('value', 0))}"
