"""How our workbooks look: one typeface that has every Vietnamese letter, one accent colour, A4 landscape."""

from __future__ import annotations

import datetime as dt
import io
import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

import chiso
from chiso.workbook.faults import TableError

FONT = "Times New Roman"
SIZE = 11

#: A deep blue that stays readable in greyscale; fields to fill in are pale yellow, figures shown again pale grey.
ACCENT = "#1F3864"
PALE = "#DCE6F2"
FIELD = "#FFF8DC"
SHOWN = "#F0F0F0"
LINE = "#A6A6A6"

#: Height of a line of text, and the most that a row may have, in points.
_LINE_HEIGHT = 15.0
_MAX_HEIGHT = 400.0

#: Widths of letters of this typeface, in digits; the space beside a cell's text.
_NARROW, _USUAL, _WIDE = 0.6, 0.95, 1.4
_NARROW_LETTERS = frozenset("iljtfrI.,;:!|'()[]/- ")
_WIDE_LETTERS = frozenset("mw%@“”→÷×−")
_PADDING = 1.0

#: Characters that the name of a sheet may not have.
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_MAX_NAME = 31


class Book:
    """A workbook being written. Text is text: nothing that starts with ``=`` or looks like an address becomes one."""

    def __init__(self, path: Path | str, title: str) -> None:
        self._path, self._content = Path(path), io.BytesIO()
        self.file = xlsxwriter.Workbook(
            self._content,
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_format_properties": {"font_name": FONT, "font_size": SIZE},
            },
        )
        # The same content gives the same file, whenever it is made.
        made = dt.datetime(1980, 1, 1, tzinfo=dt.UTC).replace(tzinfo=None)
        self.file.set_properties({"title": title, "comments": f"ChiSo {chiso.__version__}", "created": made})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names: list[str] = []

    def format(self, **properties: Any) -> Format:
        """Return a format; the same properties give the same one."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": SIZE, "valign": "top", "text_wrap": True}
            self._formats[key] = self.file.add_format({**base, **properties})
        return self._formats[key]

    def cell(self, **properties: Any) -> Format:
        """Return a format with a thin frame."""
        return self.format(border=1, border_color=LINE, **properties)

    def head(self, *, turned: bool = False) -> Format:
        """Return the format of header rows. ``turned``: the words stand upright."""
        place = {"rotation": 90, "valign": "bottom"} if turned else {"valign": "vcenter"}
        return self.cell(bold=True, bg_color=ACCENT, font_color="#FFFFFF", align="center", **place)

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet; its name is cut to what Excel allows, and made unique."""
        final = sheet_name(name, self._names)
        self._names.append(final)
        sheet = self.file.add_worksheet(final)
        sheet.hide_gridlines(2)
        return sheet

    def close(self) -> None:
        """Write the file.

        Raises:
            TableError: it cannot be written.
        """
        try:
            # A file is only begun when its content is whole: what goes wrong before leaves an older one as it was.
            self.file.close()
            self._path.write_bytes(self._content.getbuffer())
        except FileCreateError as error:
            raise TableError("W005", self._path.name, problem=str(error)) from error
        except OSError as error:
            raise TableError("W005", self._path.name, problem=error.strerror or str(error)) from error


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """Return a name for a sheet: at most 31 characters, cut at a word, unique whatever the case."""
    text = " ".join(_FORBIDDEN.sub(" ", wanted).strip("' ").split()) or "-"
    used = {name.casefold() for name in taken}
    number = 1
    while True:
        tail = f" {number}" if number > 1 else ""
        name = _cut(text, _MAX_NAME - len(tail)) + tail
        if name.casefold() not in used and name.casefold() != "history":
            return name
        number += 1


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    shorter = text[: length + 1].rpartition(" ")[0]
    return (shorter if len(shorter) > length // 2 else text[:length]).rstrip(" ,;-'")


def page(sheet: Worksheet, *, repeat: tuple[int, int] | None, footer: str, fit: bool = True, mark: str = "") -> None:
    """Set a sheet up for A4 landscape, with its header rows on every page; one without them is a single page.

    ``mark``: what must stand above every page, such as sample or provisional. The day beside it is that of printing.
    """
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    if fit:
        sheet.fit_to_pages(1, 0 if repeat else 1)
    else:
        sheet.set_print_scale(70)
    if repeat is not None:
        sheet.repeat_rows(*repeat)
    if mark:
        words = _cut(mark, 180).replace("&", "&&")
        sheet.set_header(f'&L&"{FONT},Italic"&9{words}&R&"{FONT}"&9&D', {"margin": 0.2})
    # A footer takes 255 characters, and & starts a command in it.
    text = _cut(footer, 100).replace("&", "&&")
    sheet.set_footer(f'&L&"{FONT}"&9{text}&C&"{FONT}"&9&A&R&"{FONT}"&9&P/&N')


@lru_cache(maxsize=1 << 14)
def lines_needed(text: str, width: float) -> int:
    """Return how many lines a text takes in a column of that width, broken between words."""
    return sum(_lines(line, width - _PADDING) for line in text.split("\n"))


def _lines(line: str, room: float) -> int:
    count, used = 1, 0.0
    for word in line.split(" "):
        size = _extent(word)
        if used and used + _NARROW + size > room:
            count, used = count + 1, size
        else:
            used += size + (_NARROW if used else 0.0)
        # A word longer than the column is broken wherever it must be.
        count += max(0, math.ceil(used / room) - 1)
        used = min(used, room)
    return count


def _extent(word: str) -> float:
    """Return the width of a word in the typeface, in digits, the unit of column widths."""
    return sum(
        _NARROW if letter in _NARROW_LETTERS else _WIDE if letter in _WIDE_LETTERS or letter.isupper() else _USUAL
        for letter in unicodedata.normalize("NFD", word)
        if not unicodedata.combining(letter)
    )


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Return the height of a row, in points, whose cells have these texts and widths."""
    lines = max((lines_needed(text, width) for text, width in texts), default=1)
    return min(lines * _LINE_HEIGHT + 3, _MAX_HEIGHT)
