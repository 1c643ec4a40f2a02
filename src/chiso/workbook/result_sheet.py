"""One sheet of a workbook of results: what it is about, a table, and how it prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from xlsxwriter.format import Format

from chiso.framework.model import Framework
from chiso.scoring.states import State
from chiso.workbook.look import ACCENT, SIZE, Book, height, page
from chiso.workbook.result_phrases import phrase
from chiso.workbook.standings import number

#: Rows of one table; Excel has 1,048,576, and nobody reads more.
MAX_ROWS = 200_000

#: Rows of usual height on a page, at the scale of a sheet that is not made to fit.
_PAGE_ROWS = 40

_COLOURS = {State.MISSING: "#9C5700", State.WAITING: "#9C5700", State.UNDECIDED: "#9C5700", State.ERROR: "#C00000"}

#: The row of the header; above it stand the framework, the document, the status and a gap.
HEADER = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its width in characters, and how many decimals its numbers show."""

    words: str
    width: float
    decimals: int = 0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word in place of a number: why there is none."""

    words: str
    colour: str


@dataclass(frozen=True)
class Result:
    """What every sheet says of the result as a whole. ``status``: one line each, such as provisional or sample."""

    book: Book
    framework: Framework
    lang: str
    status: tuple[str, ...]

    def say(self, code: str, /, **data: object) -> str:
        """Return words for a code."""
        return phrase(code, self.lang, **data)

    def mark(self, state: State) -> Mark:
        """Return the word for a cell without a number; trouble in amber and red, beside the word."""
        return Mark(self.say(state.word), _COLOURS.get(state, "#595959"))

    @property
    def decimals(self) -> int:
        """The decimals that the framework declares."""
        return self.framework.policies.rounding.decimals

    @property
    def max_decimals(self) -> int:
        """The decimals that maxima need: none where all of them are whole."""
        most = [one.max_points for one in self.framework.criteria.values()]
        most += [one.max_points for one in self.framework.dimensions]
        return 0 if all(one is None or one.denominator == 1 for one in most) else self.decimals

    @property
    def document(self) -> str:
        """The decision the framework comes from, as a sentence."""
        legal = self.framework.legal
        date = self.say("date", date=legal.date.strftime("%d/%m/%Y")) if legal.date else ""
        return self.say("after", title=legal.title, number=legal.number, date=date, issuer=legal.issuer)


class ResultSheet:
    """A table that is written row by row; ``row`` is the next one."""

    def __init__(self, result: Result, name: str, columns: Sequence[Column], frozen: int = 0) -> None:
        self.result, self.columns = result, columns
        self.book = result.book
        self.sheet = result.book.sheet(name)
        self.name: str = self.sheet.get_name()
        self._heading(name)
        head = self.book.head()
        for at, column in enumerate(columns):
            self.sheet.set_column(at, at, column.width)
            self.sheet.write_string(HEADER, at, column.words, head)
        if columns:
            self.sheet.set_row(HEADER, height((column.words, column.width * 0.93) for column in columns) + 4)
        self.sheet.freeze_panes(HEADER + 1, frozen)
        self.row = HEADER + 1
        self._breaks: list[int] = []
        self._plain_numbers: dict[int, Format] = {}
        self._page_top = 0

    @property
    def full(self) -> bool:
        """Whether no further row fits."""
        return self.row - HEADER > MAX_ROWS

    def write(self, cells: Sequence[Any], **look: object) -> None:
        """Write a row: exact numbers, rounded to the column's decimals; floats, rounded already; text; or nothing."""
        wrapped: list[tuple[str, float]] = []
        narrower = 0.93 if look.get("bold") else 1.0
        for at, (cell, column) in enumerate(zip(cells, self.columns, strict=True)):
            self.put(at, cell, column, **look)
            if isinstance(cell, str):
                wrapped.append((cell, (column.width - 1) * narrower))
        self.sheet.set_row(self.row, height(wrapped))
        self.row += 1

    def put(self, at: int, cell: Any, column: Column, **look: object) -> None:
        """Write one cell of the current row."""
        if isinstance(cell, Fraction):
            cell = number(cell, column.decimals)
        if isinstance(cell, float):
            self.sheet.write_number(self.row, at, cell, self._number_look(column.decimals, look))
        elif isinstance(cell, Mark):
            shown = self.book.cell(
                **{"align": "right", **look, "font_color": cell.colour, "italic": True, "bold": False}
            )
            self.sheet.write_string(self.row, at, cell.words, shown)
        elif isinstance(cell, int):
            align = "center" if column.align == "center" else "right"
            self.sheet.write_number(self.row, at, cell, self.book.cell(**{"align": align, **look}))
        else:
            place = {"align": column.align} if column.align != "left" else {"align": "left", "indent": 1}
            self.sheet.write_string(self.row, at, cell or "", self.book.cell(**{**place, **look}))

    def _number_look(self, decimals: int, look: dict[str, object]) -> Format:
        # Most cells of a large table are plain numbers, and putting a format together costs as much as writing one.
        if look:
            return self._number_format(decimals, **look)
        found = self._plain_numbers.get(decimals)
        if found is None:
            found = self._plain_numbers[decimals] = self._number_format(decimals)
        return found

    def _number_format(self, decimals: int, **look: object) -> Format:
        text = "#,##0" + ("." + "0" * decimals if decimals else "")
        return self.book.cell(num_format=text, align="right", **look)

    def remark(self, words: str) -> None:
        """Write a sentence below the table."""
        self.sheet.write_string(self.row, 0, words, self.book.format(italic=True, text_wrap=False))
        self.row += 1

    def keep_together(self, row: int, rows: int) -> None:
        """Start a new page at a row unless so many rows still fit on this one; the sheet must not be scaled to fit."""
        if row - self._page_top + rows > _PAGE_ROWS:
            self._breaks.append(row)
            self._page_top = row

    def finish(self, *, filter_rows: bool = False, fit: bool = True) -> None:
        """Set up printing and, where rows are many, filters."""
        if filter_rows and self.row > HEADER + 2:
            self.sheet.autofilter(HEADER, 0, self.row - 1, len(self.columns) - 1)
        footer = self.result.framework.title[self.result.lang]
        mark = " ".join(self.result.status)
        page(self.sheet, repeat=(HEADER, HEADER) if fit else None, footer=footer, fit=fit, mark=mark)
        if self._breaks:
            self.sheet.set_h_pagebreaks(self._breaks)

    def _heading(self, name: str) -> None:
        plain = {"text_wrap": False}
        result = self.result
        self.sheet.write_string(0, 0, name, self.book.format(bold=True, font_size=14, font_color=ACCENT, **plain))
        title = result.framework.title[result.lang]
        self.sheet.write_string(1, 0, title, self.book.format(bold=True, font_size=SIZE, **plain))
        self.sheet.write_string(2, 0, result.document, self.book.format(**plain))
        status = " ".join(result.status)
        self.sheet.write_string(3, 0, status, self.book.format(italic=True, bold=True, font_color="#9C3D00", **plain))
