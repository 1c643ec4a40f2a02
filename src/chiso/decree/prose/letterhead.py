"""The head of a decision: Word sets it as a table without lines, authority and number beside motto and date."""

from __future__ import annotations

from collections.abc import Iterator

from chiso.decree.document.shape import Document, Paragraph, Table
from chiso.decree.language.letters import folded
from chiso.decree.table.ledger import Ledger

_MOTTO = "cong hoa xa hoi"
#: A letterhead is this small; anything larger is a table of its own.
_ROWS = 6


def prose_of(document: Document, ledger: Ledger) -> list[Paragraph]:
    """Return the paragraphs of a document, with its letterhead read as paragraphs."""
    found: list[Paragraph] = []
    number = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append(block)
            continue
        number += 1
        if _is_letterhead(block):
            found.extend(_lines(block))
            ledger.set_aside_table(number, block, "letterhead")
    return found


def _is_letterhead(table: Table) -> bool:
    return len(table.rows) <= _ROWS and any(_MOTTO in folded(text) for row in table.rows for text in row.texts)


def _lines(table: Table) -> Iterator[Paragraph]:
    """Yield the lines of a letterhead, one column after the other, as one reads them."""
    for column in range(table.width):
        for row in table.rows:
            for line in row.cells[column].text.split("\n") if column < len(row.cells) else ():
                if line.strip():
                    yield Paragraph(line, row.place)
