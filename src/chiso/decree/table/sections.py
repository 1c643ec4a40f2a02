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
    behind_letters = "dotted" in kinds and all(
        line.code.text[0].isalpha() for line in rows.lines if line.code is not None and line.code.kind == "dotted"
    )
    if kinds & {*OUTER} or not (behind_letters if "dotted" in kinds else "arabic" in kinds):
        return rows.lines
    found = {at: line for at in range(len(rows.lines)) if (line := _heading(rows, at)) is not None}
    if behind_letters:  # A1 and A2 below "Phần A"
        found = {at: line for at, line in found.items() if _opens(line, rows.lines[at])}
    if 0 not in found or len(found) < 2 or len({line.code.kind for line in found.values() if line.code}) > 1:
        return rows.lines
    return [one for at, line in enumerate(rows.lines) for one in ([found[at], line] if at in found else [line])]


def _opens(heading: Line, first: Line) -> bool:
    """Tell whether the row below a heading is numbered behind the letter of the heading."""
    if heading.code is None or first.code is None:
        return False
    letter = heading.code.text.rpartition(" ")[2]
    return first.code.text.startswith(letter) and not first.code.text[len(letter) :][:1].isalpha()


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
