"""Workbooks of units for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.web.units.reform import HEADS


def book(rows: Iterable[Sequence[object]], heads: Sequence[str] = HEADS) -> SimpleUploadedFile:
    """Return a workbook with these rows, as a person would upload it."""
    buffer = BytesIO()
    written = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    sheet = written.add_worksheet("Đơn vị")
    sheet.write_row(0, 0, heads)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, column, dt.datetime.combine(value, dt.time()))
            elif value is not None:
                sheet.write(number, column, value)
    written.close()
    return SimpleUploadedFile("don-vi.xlsx", buffer.getvalue())
