"""Forms out: a workbook that an office fills in without us, and that is read back by its hidden map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

import chiso
from chiso.framework.model import Framework
from chiso.scoring.entries import MAX_NAME
from chiso.scoring.facts import Facts
from chiso.workbook.columns import tidy
from chiso.workbook.faults import TableError
from chiso.workbook.form_map import MAX_UNITS, SHEET, FormMap
from chiso.workbook.form_page import Progress
from chiso.workbook.form_phrases import phrase
from chiso.workbook.form_sheets import FormWriter
from chiso.workbook.known import Known
from chiso.workbook.look import ACCENT, SIZE, Book, height, page
from chiso.workbook.markup import cell_name
from chiso.workbook.questions import of_a_report, questionnaire, with_remarks
from chiso.workbook.words import Words

_GUIDE_WIDTHS = (34.0, 62.0, 14.0, 12.0, 12.0)


def write_template(
    framework: Framework,
    path: Path | str,
    units: Sequence[str] = (),
    lang: str = "vi",
    values: Facts | None = None,
    *,
    words: Words | None = None,
    remarks: Mapping[str, str] | None = None,
) -> None:
    """Write the form of a framework.

    Without ``units`` the office writes its own name; with them, each unit has a column of its own (at most 40).
    ``values``: what is known already of these units. It is filled in, and stays what it is when nobody touches it.
    ``words``: what reports in the browser say in words, of units of ``values``. Such a form asks for that too, and not
    for what the browser keeps elsewhere: personal data, the level a unit registers, what those who assess decide.
    ``remarks``: what has been said of criteria, by their codes ("": of the general information); it is only shown.

    Raises:
        TableError: too many units, a name twice, or one that is empty or starts with ``@``.
    """
    names = _checked(units)
    book = Book(path, framework.title[lang])
    try:
        guide = book.sheet(phrase("guide", lang))
        known = Known(framework, values, names, lang, words)
        asked = questionnaire(framework, lang)
        asked = asked if words is None else of_a_report(asked, lang)
        asked = with_remarks(asked, remarks or {})
        writer = FormWriter(book, asked, FormMap.of(framework, names), known, lang)
        progress = writer.write()
        more = [*(["how_units"] if len(names) > 1 else []), *(["how_known"] if known else [])]
        _write_guide(book, guide, framework, names, progress, more, lang)
        hidden = book.file.add_worksheet(SHEET)
        for row, cells in enumerate(writer.map.rows()):
            for column, value in enumerate(cells):
                if isinstance(value, int):
                    hidden.write_number(row, column, value)
                else:
                    hidden.write_string(row, column, value)
        hidden.very_hidden()
        hidden.protect()
        guide.activate()
    finally:
        book.close()


def _checked(units: Sequence[str]) -> list[str]:
    names = [tidy(name) for name in units]
    for at, name in enumerate(names):
        damaged = name.encode("utf-8", "replace") != name.encode("utf-8", "surrogatepass")
        if not name or name.startswith("@") or len(name) > MAX_NAME or damaged:
            raise TableError("W212", name=name[:MAX_NAME], limit=MAX_NAME)
        if name in names[:at]:
            raise TableError("W211", name=name)
    if len(names) > MAX_UNITS:
        raise TableError("W210", limit=MAX_UNITS, count=len(names))
    return names


def _write_guide(
    book: Book,
    sheet: Worksheet,
    framework: Framework,
    names: Sequence[str],
    progress: Sequence[Progress],
    more: Sequence[str],
    lang: str,
) -> None:
    """Write the first sheet: what this is, how to fill it in (``more``: besides the usual), how far one has come."""
    guide = _Guide(book, sheet, lang)
    guide.line(phrase("heading", lang), bold=True, font_size=16, font_color=ACCENT)
    guide.line(framework.title[lang], bold=True, font_size=13)
    guide.line(_legal(framework, lang))
    if names:
        guide.line(phrase("for_unit", lang, names=", ".join(names)), bold=True)
    guide.gap()
    guide.line(phrase("how", lang), bold=True, font_color=ACCENT)
    words = {"general": phrase("general", lang), "note": phrase("note", lang)}
    steps = [*(f"how_{number}" for number in range(1, 8)), *more]
    for number, step in enumerate(steps, 1):
        guide.line(f"{number}. {phrase(step, lang, **words)}")
    guide.gap()
    guide.line(phrase("progress", lang), bold=True, font_color=ACCENT)
    guide.table(progress)
    guide.gap()
    made = {"id": framework.id, "version": framework.version, "hash": framework.hash[:16], "engine": chiso.__version__}
    guide.line(phrase("made", lang, **made), italic=True, font_size=9)
    sheet.protect()
    page(sheet, repeat=None, footer=framework.title[lang])


def _legal(framework: Framework, lang: str) -> str:
    legal = framework.legal
    date = phrase("legal_date", lang, date=legal.date.strftime("%d/%m/%Y")) if legal.date else ""
    return phrase("legal", lang, title=legal.title, number=legal.number, date=date, issuer=legal.issuer)


class _Guide:
    """The guide while it is being written, line by line."""

    def __init__(self, book: Book, sheet: Worksheet, lang: str) -> None:
        self._book, self._sheet, self._lang, self._row = book, sheet, lang, 0
        for column, width in enumerate(_GUIDE_WIDTHS):
            sheet.set_column(column, column, width)

    def line(self, words: str, **properties: object) -> None:
        """Write a line across the page."""
        look = self._book.format(**properties)
        size = float(str(properties.get("font_size", SIZE)))
        self._sheet.merge_range(self._row, 0, self._row, len(_GUIDE_WIDTHS) - 1, "", look)
        self._sheet.write_string(self._row, 0, words, look)
        self._sheet.set_row(self._row, height([(words, sum(_GUIDE_WIDTHS) * SIZE / size)]) * max(size / SIZE, 1.0))
        self._row += 1

    def gap(self) -> None:
        """Leave a line empty."""
        self._row += 1

    def table(self, progress: Sequence[Progress]) -> None:
        """Write how many fields each sheet has and how many are filled, counted by the spreadsheet."""
        for column, code in enumerate(("sheet", "content", "cells", "filled", "left")):
            self._sheet.write_string(self._row, column, phrase(code, self._lang), self._book.head())
        frame, number = self._book.cell(), self._book.cell(num_format="#,##0")
        for one in progress:
            self._row += 1
            link = f"internal:'{one.sheet.replace(chr(39), chr(39) * 2)}'!A1"
            look = self._book.cell(font_color=ACCENT, underline=1)
            self._sheet.write_url(self._row, 0, link, look, one.sheet)
            self._sheet.write_string(self._row, 1, one.title, frame)
            self._sheet.write_number(self._row, 2, one.fields, number)
            self._sheet.write_formula(self._row, 3, one.filled, number, one.known)
            left = f"={cell_name(self._row, 2)}-{cell_name(self._row, 3)}"
            self._sheet.write_formula(self._row, 4, left, number, one.fields - one.known)
            self._sheet.set_row(self._row, height([(one.title, _GUIDE_WIDTHS[1])]))
        self._row += 1
