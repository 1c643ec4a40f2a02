"""Excel forms: a table begins at its headings; what stands above it on the sheet are paragraphs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import python_calamine

from chiso.decree.document.faults import DocumentError
from chiso.decree.document.limits import MAX_COLUMNS, Allowance
from chiso.decree.document.markup import plain
from chiso.decree.document.package import opened, parse
from chiso.decree.document.shape import Block, Cell, Document, Dropped, Paragraph, Place, Row, Table
from chiso.decree.document.sheets import Marks, marks_of
from chiso.decree.document.shown import shown_date, shown_number
from chiso.decree.language.headings import is_heading, role_of
from chiso.decree.language.letters import composed, one_line

#: Most rows that one merged cell is followed over.
_LONGEST = 2_000
#: A code such as 1.2 that Excel took for the 1st of February.
_DAY = re.compile(r"(\d{1,2})\D+(\d{1,2})(?:\D+\d{4})?")


def read_xlsx(data: bytes, name: str) -> Document:
    """Read an Excel workbook. What is hidden in it is not read; it is listed.

    Raises:
        DocumentError: it is damaged, encrypted, hostile or too large.
    """
    with opened(data, name) as package:
        # Looked through for entities; what the cells say is read below.
        if "xl/sharedStrings.xml" in package:
            parse(package.chunks("xl/sharedStrings.xml"), name, lambda *_: None, lambda _tag: None, lambda _text: None)
        marks = marks_of(package, name)
        notes = ("macros",) if package.has_macros else ()
    try:
        book = python_calamine.load_workbook(BytesIO(data))
        shown = {one.name: one.visible == python_calamine.SheetVisibleEnum.Visible for one in book.sheets_metadata}
        sheets = [(title, book.get_sheet_by_name(title)) for title in book.sheet_names]
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise DocumentError("R105", name, problem=str(error)) from error
    allowance = Allowance(name)
    blocks: list[Block] = []
    dropped: list[Dropped] = []
    for title, sheet in sheets:
        read = _Sheet(title, sheet, marks.get(title, Marks()), allowance)
        if not shown.get(title, True):
            read.marks.rows.update(range(len(read.texts)))
        _part(title, read.rows(), blocks)
        dropped.extend(read.hidden())
    return Document(name, "xlsx", tuple(blocks), tuple(dropped), notes=notes)


class _Sheet:
    """The words of a sheet as one sees them, by row and column from 0."""

    def __init__(self, title: str, sheet: Any, marks: Marks, allowance: Allowance) -> None:
        self.title, self.marks = title, marks
        self.texts: list[list[str]] = []
        self.days: set[tuple[int, int]] = set()
        for at, values in enumerate(sheet.to_python(skip_empty_area=False)):
            allowance.take("rows", 1)
            allowance.take("cells", len(values[:MAX_COLUMNS]))
            self.texts.append([self._text(value, at, column) for column, value in enumerate(values[:MAX_COLUMNS])])
        self.homes = self._merged(sheet)
        self._codes()

    def _text(self, value: Any, row: int, column: int) -> str:
        """Write a cell as one reads it. What a formula gives is kept by Excel; programs that cannot compute keep 0."""
        shown = self.marks.formats.get((row, column), "")
        if isinstance(value, bool):
            return "Có" if value else "Không"
        if isinstance(value, int | float):
            if not value and (row, column) in self.marks.computed:
                return ""
            return shown_number(float(value), shown)
        if isinstance(value, dt.date):
            if shown and "y" not in shown.lower():
                self.days.add((row, column))
            return shown_date(value, shown)
        return plain(composed(str(value)).strip())

    def _merged(self, sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
        """Return for each cell that lies under a merged one where that begins, among what is shown."""
        found: dict[tuple[int, int], tuple[int, int]] = {}
        for (top, left), (bottom, right) in getattr(sheet, "merged_cell_ranges", None) or ():
            rows = [at for at in range(top, min(bottom, top + _LONGEST) + 1) if at not in self.marks.rows]
            columns = [at for at in range(left, min(right, left + MAX_COLUMNS) + 1) if at not in self.marks.columns]
            if not rows or not columns or top >= len(self.texts) or left >= len(self.texts[top]):
                continue
            home = (rows[0], columns[0])
            if home[0] < len(self.texts) and home[1] < len(self.texts[home[0]]):
                self.texts[home[0]][home[1]] = self.texts[top][left]
            found.update(((row, column), home) for row in rows for column in columns)
        return found

    def _codes(self) -> None:
        """Write the numbers of rows as they were meant: 1.10, stored as 1.1 behind 1.9, and 1.2, taken for a day."""
        heads = [row for row in self.texts if sum(role_of(text) is not None for text in row) > 1]
        column = next((row.index(text) for row in heads for text in row if role_of(text) == "code"), 0)
        before = ""
        for at, row in enumerate(self.texts):
            text = row[column] if column < len(row) else ""
            if (at, column) in self.days and (day := _DAY.fullmatch(text)) is not None:
                row[column] = text = f"{int(day[1])}.{int(day[2])}"
            elif (at, column) not in self.marks.formats and (tenth := _next_ten(before, text)):
                row[column] = text = tenth
            before = text or before

    def rows(self) -> list[Row]:
        """Return the rows that are shown."""
        found = []
        for at, texts in enumerate(self.texts):
            if at not in self.marks.rows:
                cells = [self._cell(at, column) for column in range(len(texts)) if column not in self.marks.columns]
                doubtful = any(row == at for row, _ in self.days)
                found.append(Row(tuple(cells), Place(sheet=self.title, row=at + 1), unsure=doubtful))
        return found

    def _cell(self, row: int, column: int) -> Cell:
        home = self.homes.get((row, column), (row, column))
        if home == (row, column):
            return Cell(self.texts[row][column])
        return Cell("", covered=True, above=self.texts[home[0]][home[1]] if home[0] < row else "")

    def hidden(self) -> Iterator[Dropped]:
        """Yield the words that are hidden, row by row."""
        for at, texts in enumerate(self.texts):
            kept = [text for n, text in enumerate(texts) if text and (at in self.marks.rows or n in self.marks.columns)]
            if kept:
                yield Dropped(one_line(" | ".join(kept)), Place(sheet=self.title, row=at + 1), "hidden")


def _next_ten(before: str, text: str) -> str:
    """Return 1.10 for 1.1 that follows 1.9, and 1.20 for 1.2 that follows 1.19: Excel keeps no zero at the end."""
    one, two = (re.fullmatch(r"(\d{1,3})[.,](\d{1,3})", said) for said in (before, text))
    if one is None or two is None or one[1] != two[1] or int(one[2]) + 1 != 10 * int(two[2]):
        return ""
    return f"{two[1]}.{two[2]}0"


def _part(title: str, rows: Sequence[Row], blocks: list[Block]) -> None:
    """Part the rows of a sheet into tables, each from its headings on, and the paragraphs between them."""
    tops = _tops(rows) or [next((at for at, row in enumerate(rows) if not _alone(row)), len(rows))]
    blocks.extend(_paragraphs(rows[: tops[0]]))
    for top, following in pairwise([*tops, len(rows)]):
        end = following
        while end > top and _alone(rows[end - 1]):
            end -= 1
        if top < end:
            number = sum(isinstance(block, Table) for block in blocks) + 1
            table = tuple(replace(row, place=replace(row.place, table=number)) for row in rows[top:end])
            blocks.append(Table(table, Place(sheet=title, table=number)))
        blocks.extend(_paragraphs(rows[end:following]))


def _paragraphs(rows: Sequence[Row]) -> Iterator[Paragraph]:
    for row in rows:
        for text in row.texts:
            if text:
                yield Paragraph(one_line(text), row.place, bold=True)


def _alone(row: Row) -> bool:
    """Tell whether a row holds nothing but its first cell: a heading above a table, or an empty row."""
    return not any(row.texts[1:])


def _tops(rows: Sequence[Row]) -> list[int]:
    """Return where tables begin: a row of headings that no other such row stands above."""
    heads = [is_heading(row.texts) for row in rows]
    return [at for at, head in enumerate(heads) if head and not (at and heads[at - 1])]
