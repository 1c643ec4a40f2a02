"""Excel forms: one sheet, numbers as numbers, cells merged over columns and rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

from tests.decree.makers.printed import Block, PCell, PParagraph


def xlsx(blocks: Sequence[Block]) -> bytes:
    """Write blocks below each other on one sheet."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Phụ lục")
    at = 0
    for block in blocks:
        if isinstance(block, PParagraph):
            sheet.write_string(at, 0, block.text)
            at += 1
            continue
        covered: set[tuple[int, int]] = set()
        for offset, cells in enumerate(block.rows, at):
            column = 0
            for cell in cells:
                if not cell.rows:
                    continue
                while (offset, column) in covered:
                    column += 1
                _write(sheet, offset, column, cell)
                covered |= {(offset + down, column + on) for down in range(cell.rows) for on in range(cell.columns)}
        at += len(block.rows)
    book.close()
    return out.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: PCell) -> None:
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "")
    if re.fullmatch(r"\d{1,4}(?:[.,]\d{1,2})?", cell.text) and column:
        sheet.write_number(row, column, float(cell.text.replace(",", ".")))
    else:
        sheet.write_string(row, column, cell.text)
