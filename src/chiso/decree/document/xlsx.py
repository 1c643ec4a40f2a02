"""Excel forms: a table begins at its headings; what stands above it on the sheet are paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import python_calamine

from chiso.decree.columns import is_heading
from chiso.decree.document.faults import DocumentError
from chiso.decree.document.limits import MAX_COLUMNS, Allowance
from chiso.decree.document.markup import plain
from chiso.decree.document.package import opened, parse
from chiso.decree.document.shape import Block, Cell, Document, Paragraph, Place, Row, Table
from chiso.decree.letters import composed, one_line


def read_xlsx(data: bytes, name: str) -> Document:
    """Read an Excel workbook.

    Raises:
        DocumentError: it is damaged, encrypted, hostile or too large.
    """
    with opened(data, name) as package:
        # Only looked through for entities; what the cells say is read below.
        for part in ("xl/workbook.xml", "xl/sharedStrings.xml"):
            if part in package:
                parse(package.chunks(part), name, lambda _tag, _given: None, lambda _tag: None, lambda _text: None)
        notes = ("macros",) if package.has_macros else ()
    try:
        book = python_calamine.load_workbook(BytesIO(data))
        sheets = [(title, book.get_sheet_by_name(title)) for title in book.sheet_names]
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise DocumentError("R105", name, problem=str(error)) from error
    allowance = Allowance(name)
    blocks: list[Block] = []
    for title, sheet in sheets:
        _sheet(title, sheet, blocks, allowance)
    return Document(name, "xlsx", tuple(blocks), notes=notes)


def _sheet(title: str, sheet: Any, blocks: list[Block], allowance: Allowance) -> None:
    merged = _merged(sheet)
    rows: list[Row] = []
    for at, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        allowance.take("rows", 1)
        texts = [plain(_text(value)) for value in values[:MAX_COLUMNS]]
        allowance.take("cells", len(texts))
        rows.append(Row(tuple(_cells(texts, at - 1, merged, rows)), Place(sheet=title, row=at)))
    _part(title, rows, blocks)


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
    heads = [is_heading(row) for row in rows]
    return [at for at, head in enumerate(heads) if head and not (at and heads[at - 1])]


def _merged(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each cell that lies under a merged one where that begins."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, right) in getattr(sheet, "merged_cell_ranges", None) or ():
        for row in range(top, min(bottom, top + 2_000) + 1):
            for column in range(left, min(right, left + MAX_COLUMNS) + 1):
                found[(row, column)] = (top, left)
    return found


def _cells(
    texts: Sequence[str], at: int, merged: dict[tuple[int, int], tuple[int, int]], _rows: Sequence[Row]
) -> list[Cell]:
    found = []
    for column, text in enumerate(texts):
        home = merged.get((at, column))
        if home is None or home == (at, column):
            found.append(Cell(text))
        else:
            above = (
                ""
                if home[0] == at
                else next((row.cells[home[1]].text for row in _rows if row.place.row == home[0] + 1), "")
            )
            found.append(Cell("", covered=True, above=above))
    return found


def _text(value: Any) -> str:
    """Write a cell as one reads it: whole numbers without a fraction, others with a decimal comma."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}".replace(".", ",")
    return composed(str(value)).strip()
