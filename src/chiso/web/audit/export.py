"""Entries as a file: a row each, in words, with what is needed to find them again and to check their hashes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from chiso.web.audit.reading import Told
from chiso.web.audit.words import Row
from chiso.workbook.result_csv import harmless

#: Longest text that Excel takes into a cell.
_LONGEST = 32_767


def heads(*, addresses: bool) -> list[str]:
    """Return the heads of the columns."""
    told = [_("Time"), _("Person"), _("Action"), _("What happened"), _("Where it happened"), _("Details")]
    return [*told, *([_("Network address")] if addresses else []), *_placed()]


def _placed() -> list[str]:
    return [_("Strand"), _("Number"), _("Hash"), _("Hash of the entry before")]


def cells(one: Told, *, addresses: bool) -> list[str]:
    """Return an entry as the cells of a row."""
    entry = one.entry
    at = timezone.localtime(entry.at).strftime("%d/%m/%Y %H:%M:%S")
    told = [at, one.who, str(one.words), one.sentence, one.where.words, "\n".join(_line(row) for row in one.rows)]
    placed = [entry.strand, str(entry.number), entry.hash, entry.previous]
    return [*told, *([entry.address] if addresses else []), *placed]


def _line(row: Row) -> str:
    return f"{row.label}: {row.new}" if row.old is None else f"{row.label}: {row.old} → {row.new}"


def as_csv(head: list[str], rows: Iterable[list[str]]) -> bytes:
    """Return rows as CSV that spreadsheets read in Vietnamese; no cell starts a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(head)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def as_xlsx(head: list[str], rows: Iterable[list[str]]) -> bytes:
    """Return rows as a workbook; text is text, whatever it looks like."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True, "in_memory": True})
    sheet = book.add_worksheet(_("Log"))
    bold = book.add_format({"bold": True, "bg_color": "#E6EDF6", "border": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, words in enumerate(head):
        sheet.set_column(column, column, 60 if column in (3, 5) else 22)
        sheet.write_string(0, column, words, bold)
    sheet.freeze_panes(1, 1)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell[:_LONGEST], wrapped)
    book.close()
    return buffer.getvalue()
