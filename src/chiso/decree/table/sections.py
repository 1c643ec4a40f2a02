"""Headings between tables as rows: "Phần A. Tính sẵn có (30 điểm)" above a table numbered 1, 2, 3."""

from __future__ import annotations

from chiso.decree.document.shape import Paragraph
from chiso.decree.language.letters import one_line
from chiso.decree.table.lines import Line, Piece
from chiso.decree.table.section_headings import NUMBERED, OUTER, heading_code
from chiso.decree.table.sets import RowSet

#: No cell of a table: the words stand between tables.
_NO_TABLE = 0


def with_sections(rows: RowSet) -> list[Line]:
    """Return the rows of a set with the headings between its tables, where no row heads others."""
    kinds = {line.code.kind for line in rows.lines if line.code is not None}
    if "arabic" not in kinds or kinds & {*OUTER, "dotted"}:
        return rows.lines
    found = {at: line for at in range(len(rows.lines)) if (line := _heading(rows, at)) is not None}
    if 0 not in found or len(found) < 2 or len({line.code.kind for line in found.values() if line.code}) > 1:
        return rows.lines
    return [one for at, line in enumerate(rows.lines) for one in ([found[at], line] if at in found else [line])]


def _heading(rows: RowSet, at: int) -> Line | None:
    paragraphs = [*(rows.headings[-3:] if at == 0 else ()), *rows.sections.get(at, ())]
    return next((line for paragraph in reversed(paragraphs) if (line := _line(paragraph)) is not None), None)


def _line(paragraph: Paragraph) -> Line | None:
    match = NUMBERED.match(one_line(paragraph.text))
    code = heading_code([paragraph])
    if match is None or code is None:
        return None
    line = Line(paragraph.place, code, from_heading=True)
    line.pieces["code"] = [Piece(match["code"], (_NO_TABLE, 0, 0), paragraph.place)]
    line.pieces["title"] = [Piece(match["title"], (_NO_TABLE, 0, 1), paragraph.place)]
    return line
