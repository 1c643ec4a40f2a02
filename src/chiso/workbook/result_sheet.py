"""One sheet of a workbook of results: what it is about, a table, and how it prints."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
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
_PAGE_ROWS = 32

#: Scale in per cent of a sheet that is not made to fit.
_FULL = 95

#: What fits across a page, in pixels: at its full size, and at the smallest size that is still read without effort.
_PAGE_WIDTH, _WIDEST = 880.0, 1280.0

#: Pixels of a character, and of what stands beside those of a cell.
_CHARACTER, _BESIDE = 7.0, 5.0

#: Height of a header whose words are turned, in points, and the characters that go into it.
_TURNED_HEIGHT = 178.0
TURNED_WORDS = 62

_COLOURS = {State.MISSING: "#9C5700", State.WAITING: "#9C5700", State.UNDECIDED: "#9C5700", State.ERROR: "#C00000"}

#: The row of the header; above it stand the framework, the document, the status and a gap.
HEADER = 5


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its header, its width in characters, and how many decimals its numbers show.

    ``turned``: the header stands upright, above narrow cells.
    """

    words: str
    width: float
    decimals: int = 0
    align: str = "left"
    turned: bool = False


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
    """A table that is written row by row; ``row`` is the next one.

    ``frozen``: columns that stay in sight. ``sections``: the first columns of parts that belong together, of a table
    that is too wide for one page; pages end between them, and each repeats the frozen columns.
    """

    def __init__(
        self, result: Result, name: str, columns: Sequence[Column], frozen: int = 0, sections: Sequence[int] = ()
    ) -> None:
        self.result, self.columns, self._frozen = result, columns, frozen
        self._page_starts = list(self._split(sections)) if sections else []
        self.book = result.book
        self.sheet = result.book.sheet(name)
        self.name: str = self.sheet.get_name()
        self._heading(name)
        for at, column in enumerate(columns):
            self.sheet.set_column(at, at, column.width)
            self.sheet.write_string(HEADER, at, column.words, self.book.head(turned=column.turned))
        level = height((column.words, column.width * 0.93) for column in columns if not column.turned) + 4
        turned = any(column.turned for column in columns)
        self.sheet.set_row(HEADER, max(level, _TURNED_HEIGHT) if turned else level)
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
            narrow = {"shrink": True, "text_wrap": False} if column.turned else {}
            shown = self.book.cell(
                **{"align": "right", **look, **narrow, "font_color": cell.colour, "italic": True, "bold": False}
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
        divided = bool(self._page_starts)
        page(self.sheet, repeat=(HEADER, HEADER) if fit else None, footer=footer, fit=fit and not divided, mark=mark)
        if fit:
            self.sheet.print_area(0, 0, max(self.row - 1, HEADER), max(len(self.columns) - 1, 0))
        if not fit:
            self.sheet.set_print_scale(_FULL)
        if divided:
            self.sheet.set_print_scale(self._scale())
            self.sheet.repeat_columns(0, self._frozen - 1)
            self.sheet.set_v_pagebreaks(self._page_starts)
        if self._breaks:
            self.sheet.set_h_pagebreaks(self._breaks)

    def _split(self, sections: Sequence[int]) -> Iterator[int]:
        """Yield the columns with which a new page starts: sections stay whole where they can."""
        room = _WIDEST - self._width(0, self._frozen)
        start = sections[0]
        for first, last in pairwise([*sections, len(self.columns)]):
            if first > start and self._width(start, last) > room:
                yield first
                start = first
            pages = math.ceil(self._width(start, last) / room)
            for part in range(1, pages):
                yield start + math.ceil((last - start) * part / pages)

    def _scale(self) -> int:
        """Return the scale in per cent at which the widest page fits."""
        kept = self._width(0, self._frozen)
        edges = [self._frozen, *self._page_starts, len(self.columns)]
        widest = max(kept + self._width(first, last) for first, last in pairwise(edges))
        return min(int(100 * _PAGE_WIDTH / widest), 100)

    def _width(self, first: int, last: int) -> float:
        """Return the width of columns in pixels."""
        return sum(column.width * _CHARACTER + _BESIDE for column in self.columns[first:last])

    def _heading(self, name: str) -> None:
        """Write what the sheet is about, across the columns of its first page."""
        result = self.result
        last = (self._page_starts[0] if self._page_starts else len(self.columns)) - 1
        lines: list[tuple[str, dict[str, object]]] = [
            (name, {"bold": True, "font_size": 14, "font_color": ACCENT}),
            (result.framework.title[result.lang], {"bold": True, "font_size": SIZE}),
            (result.document, {}),
            (" ".join(result.status), {"italic": True, "bold": True, "font_color": "#9C3D00"}),
        ]
        for row, (words, look) in enumerate(lines):
            shown = self.book.format(**look)
            if last > 0:
                self.sheet.merge_range(row, 0, row, last, "", shown)
            self.sheet.write_string(row, 0, words, shown)
            room = self._width(0, last + 1) / _CHARACTER * 0.93
            self.sheet.set_row(row, 21.0 if row == 0 else height([(words, room)]))
