"""A provider's figures as Excel: a row a unit, a column a figure, filled in with what is there; and what comes back.

Hidden cells say which unit a row is, which figure a column is, and which change of its report the row has seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from chiso.web.collection.cells import Cell
from chiso.web.collection.services import Written
from chiso.web.collection.spreadsheet import plain
from chiso.web.providers.grid import Row
from chiso.web.providers.opening import Supplying
from chiso.web.providers.services import Key
from chiso.workbook import sheets
from chiso.workbook.columns import Wanted, words_of
from chiso.workbook.faults import Faults

#: Heads of the hidden columns; that of the units carries the round, so that a file of another one is known.
UNIT, SEEN = "chiso:round-{round}", "chiso:seen"

#: Excel takes lists of at most so many characters.
_MAX_LIST = 255


@dataclass
class Read:
    """A file that came back: what stands in its cells, where, and what was wrong with the workbook itself."""

    written: dict[Key, Written]
    places: dict[Key, str]
    faults: list[str]


def written(opened: Supplying, rows: Iterable[Row]) -> bytes:
    """Return the workbook of a provider; only the cells of figures can be changed."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True, "in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(_("Figures"))
    title = book.add_format({"bold": True, "font_size": 13})
    about = book.add_format({"font_color": "#56616f"})
    sheet.write_string(0, 0, "")
    sheet.write_string(0, 3, f"{opened.round.marked_title} · {'; '.join(sorted(opened.agencies))}", title)
    how = _("Fill in the white cells only; empty cells change nothing. Where there is nothing to count: “n/a: reason”.")
    sheet.write_string(1, 3, how, about)
    _heads(book, sheet, opened)
    locked = book.add_format({"bg_color": "#f1f4f8", "border": 1, "border_color": "#dfe3e8"})
    free = book.add_format({"locked": False, "border": 1, "border_color": "#dfe3e8"})
    last = 4
    for last, row in enumerate(rows, 4):
        sheet.write_number(last, 0, row.participant.pk)
        sheet.write_number(last, 1, row.number)
        sheet.write_string(last, 2, row.participant.unit.code, locked)
        sheet.write_string(last, 3, row.participant.name, locked)
        for column, square in enumerate(row.squares, 4):
            _square(sheet, last, column, square.cell, square.text, free)
    _lists(sheet, opened, last)
    sheet.autofilter(3, 2, last, 3 + len(opened.figures))
    sheet.freeze_panes(4, 4)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    book.close()
    return buffer.getvalue()


def _heads(book: Any, sheet: Any, opened: Supplying) -> None:
    """Write what people read above a column, and below it, hidden, what the program reads."""
    head = book.add_format({"bold": True, "bg_color": "#e6edf6", "border": 1, "text_wrap": True, "valign": "top"})
    sheet.set_column(0, 1, None, None, {"hidden": True})
    sheet.set_column(2, 2, 12)
    sheet.set_column(3, 3, 34)
    sheet.set_column(4, 3 + len(opened.figures), 20)
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_row(3, 62)
    sheet.write_string(2, 0, UNIT.format(round=opened.round.pk))
    sheet.write_string(2, 1, SEEN)
    for column, fact in enumerate(opened.figures, 4):
        sheet.write_string(2, column, fact)
    sheet.write_string(3, 2, _("Code"), head)
    sheet.write_string(3, 3, _("Unit"), head)
    for column, fact in enumerate(opened.figures, 4):
        field = opened.field(fact)
        sheet.write_string(3, column, f"{field.label} ({field.unit})" if field.unit else field.label, head)


def _square(sheet: Any, row: int, column: int, cell: Cell | None, text: str, style: Any) -> None:
    """Write numbers as numbers, so that Excel can count with them; an exact one that floats cannot hold stays text."""
    if not text:
        sheet.write_blank(row, column, None, style)
    elif cell is not None and _is_number(cell.text) and plain(float(cell.text)) == cell.text:
        sheet.write_number(row, column, float(cell.text), style)
    else:
        sheet.write_string(row, column, text, style)


def _is_number(text: str) -> bool:
    return text.isascii() and text.replace(".", "", 1).isdecimal()


def _lists(sheet: Any, opened: Supplying, last: int) -> None:
    """Offer the answers of a choice; a reason may be written instead."""
    for column, fact in enumerate(opened.figures, 4):
        field = opened.field(fact)
        answers = [_("yes"), _("no")] if field.control == "yes_no" else [label for _id, label in field.choices]
        if answers and len(",".join(answers)) <= _MAX_LIST and not any("," in one for one in answers):
            rule = {"validate": "list", "source": answers, "error_type": "information", "show_error": False}
            sheet.data_validation(4, column, max(last, 4), column, rule)


def read(path: Path, opened: Supplying) -> Read:
    """Read a file that came back; cells that are empty are left out.

    Raises:
        chiso.workbook.faults.TableError: it is not the file of this round, or cannot be used at all.
    """
    unit = UNIT.format(round=opened.round.pk)
    heads = {fact.casefold(): fact for fact in opened.figures}
    columns = {head: xl_col_to_name(column) for column, head in enumerate(heads, 4)}
    faults = Faults()
    found = Read({}, {}, [])
    with sheets.open_workbook(path, faults) as workbook:
        for record in sheets.records(workbook, Wanted((unit, SEEN), tuple(heads), "supply"), faults):
            participant, seen = (_whole(record.values[name]) for name in (unit, SEEN))
            if participant is None or seen is None:
                continue
            for head, text in _cells(record.values, heads):
                key = (participant, heads[head])
                found.written[key] = Written(text, seen)
                found.places[key] = _place(record.place, columns[head])
    found.faults = [f"{one.place.partition(': ')[2] or one.place}: {one.text(opened.lang)}" for one in faults.listed()]
    return found


def _place(row: str, column: str) -> str:
    """Return the place of a cell within the file; a row is named by its first cell, the columns are locked."""
    return re.sub(r"![A-Z]+", f"!{column}", row.partition(": ")[2] or row)


def _cells(values: dict[str, Any], heads: Iterable[str]) -> Iterator[tuple[str, str]]:
    for head in heads:
        value = values.get(head)
        text = words_of(value) if isinstance(value, str) else plain(value)
        if text:
            yield head, text


def _whole(value: object) -> int | None:
    """Return a hidden number; None in rows that somebody added by hand."""
    text = plain(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
