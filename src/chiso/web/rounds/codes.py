"""Codes of units from an Excel table: one column is wanted, everything else is left alone."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.core.files.base import File

from chiso.workbook import sheets
from chiso.workbook.archive import PAGE
from chiso.workbook.columns import Wanted, words_of
from chiso.workbook.faults import Faults

CODE = "mã đơn vị"
_WANTED = Wanted((CODE,), (), "units")


def codes_in(file: File[bytes]) -> list[str]:
    """Return the codes that a table holds.

    Raises:
        chiso.workbook.faults.TableError: it is no table, is hostile, or lacks the column.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "units.xlsx")  # what the person calls it may be too long for a name
        with path.open("wb") as copy:
            copy.writelines(file.chunks())
        faults = Faults()
        with sheets.open_workbook(path, faults, PAGE) as workbook:
            texts = [words_of(record.values.get(CODE)) for record in sheets.records(workbook, _WANTED, faults)]
    return [text for text in texts if text]
