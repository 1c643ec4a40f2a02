"""Plain text as extraction leaves it: tables by tabs, by pipes, one cell a line, or none at all.

A block of lines that belong together becomes a table; every other line is a paragraph. Which of the forms a block has
is seen from its lines, never from its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chiso.decree.document.limits import Allowance
from chiso.decree.document.markup import plain
from chiso.decree.document.shape import Block, Cell, Document, Dropped, Paragraph, Place, Row, Table
from chiso.decree.document.stream import stream_tables
from chiso.decree.language.letters import composed, folded, one_line, starts_small

_RULER = re.compile(r"^[\s|:+=_-]*\|[\s|:+=_-]*$")
#: What stands in the first cell of a numbered row.
_CODE = re.compile(r"^\s*(?:[IVXLC]{1,6}|\d{1,3}(?:\.\d{1,3})*|[a-zđ])\s*[.)]?\s*$")
#: Share of the lines with tabs that must open a cell for the text to hold one cell a line.
_MOSTLY = 0.6


#: What a page prints at its edge.
_FURNITURE = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–]?|cong bao\b.{0,80}")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, with its number from 1; ``cells`` when it holds a separator."""

    number: int
    text: str
    separator: str = ""

    @property
    def blank(self) -> bool:
        """Tell whether the line holds no words."""
        return not self.text.strip()


def read_text(text: str, name: str) -> Document:
    """Read a document from its text."""
    text = composed(text).replace("\f", "\n")
    allowance = Allowance(name)
    allowance.take("characters", len(text))
    raw = text.split("\n")
    dropped: list[Dropped] = []
    if _one_cell_a_line(raw):
        blocks = list(stream_tables(list(enumerate(raw, 1)), allowance))
    else:
        lines, dropped = _cleared([_line(number, one) for number, one in enumerate(raw, 1)])
        blocks = list(_blocks(lines, allowance))
    return Document(name, "text", tuple(_numbered(blocks)), tuple(dropped))


def _cleared(lines: Sequence[Line]) -> tuple[list[Line], list[Dropped]]:
    """Set aside what a page prints between two rows, and join a row that is torn in its first cell.

    What a page break leaves between blank lines stays: there a table begins anew.
    """
    found: list[Line] = []
    dropped: list[Dropped] = []
    for at, line in enumerate(lines):
        before, after = found[-1] if found else None, lines[at + 1] if at + 1 < len(lines) else None
        torn = before is not None and not before.separator and not before.blank and line.separator and len(found) > 1
        if torn and before is not None and starts_small(line.text) and found[-2].separator == line.separator:
            found[-1] = replace(before, text=f"{before.text}\n{line.text}", separator=line.separator)
        elif before is None or after is None or not (before.separator and after.separator):
            found.append(line)
        elif not line.separator and _FURNITURE.fullmatch(folded(line.text)):
            dropped.append(Dropped(one_line(line.text), Place(line=line.number), "page_header"))
        else:
            found.append(line)
    return found, dropped


def _line(number: int, text: str) -> Line:
    if "\t" in text:
        return Line(number, text, "\t")
    return Line(number, text, "|" if text.count("|") > 1 or text.strip().startswith("|") else "")


def _one_cell_a_line(lines: Sequence[str]) -> bool:
    """Tell whether the text holds one cell a line: opened by a tab, or closed or opened by a pipe."""
    tabbed = [line for line in lines if "\t" in line]
    if len(tabbed) >= 6 and sum(line.lstrip(" ").startswith("\t") and line.count("\t") == 1 for line in tabbed) > (
        _MOSTLY * len(tabbed)
    ):
        return True
    piped = [line for line in lines if "|" in line and not (_RULER.match(line) and line.count("|") > 1)]
    single = sum(len([cell for cell in line.split("|") if cell.strip()]) <= 1 for line in piped)
    return len(piped) >= 6 and single > _MOSTLY * len(piped) and len(piped) > len(tabbed)


def _blocks(lines: list[Line], allowance: Allowance) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.separator:
            table, at = _table(lines, at, allowance)
            yield table
            continue
        if not line.blank:
            yield _paragraph(line)
        at += 1


def _paragraph(line: Line) -> Paragraph:
    text = plain(line.text)
    bold = line.text.strip().startswith("**") or "<b>" in line.text
    return Paragraph(one_line(text), Place(line=line.number), bold=bold)


def _table(lines: list[Line], at: int, allowance: Allowance) -> tuple[Table, int]:
    """Take the rows from here on; a row may go on over lines until it has as many cells as the widest one."""
    separator, first = lines[at].separator, lines[at].number
    width = _width(lines, at)
    rows: list[Row] = []
    while at < len(lines) and lines[at].separator == separator:
        if separator == "|" and _RULER.match(lines[at].text):
            at += 1
            continue
        text, following = _joined(lines, at, width)
        cells = _cells(text, separator)
        allowance.take("rows", 1)
        allowance.take("cells", len(cells))
        unsure = _stray(lines, at - 1) or _stray(lines, following)
        rows.append(Row(tuple(Cell(plain(cell)) for cell in cells), Place(line=lines[at].number), unsure=unsure))
        at = following
    return Table(tuple(rows), Place(line=first)), at


def _stray(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line stands right between two rows and belongs to neither: one of them may have lost it."""
    if not 0 < at < len(lines) - 1 or lines[at].separator or lines[at].blank:
        return False
    return bool(lines[at - 1].separator and lines[at + 1].separator)


def _width(lines: list[Line], at: int) -> int:
    """Return how many cells the rows from here on have: as many as the longest line has, up to a blank line."""
    found = 0
    for line in lines[at:]:
        if line.blank:
            break
        if line.separator:
            found = max(found, len(_cells(line.text, line.separator)))
    return found


def _joined(lines: list[Line], at: int, width: int) -> tuple[str, int]:
    """Join the lines of one printed row: up to ``width`` cells, or up to a line that opens a row of its own."""
    separator, text = lines[at].separator, lines[at].text
    following = at + 1
    while following < len(lines):
        line = lines[following]
        cells = len(_cells(text, separator))
        if line.blank or (cells >= width and not _adds(line, text)):
            break
        more = len(_cells(line.text, line.separator)) if line.separator else 1
        if line.separator not in ("", separator) or cells + more - 1 > width or _opens(line, separator):
            break
        if not line.separator and cells < width and not _goes_on(lines, following, separator, width - cells):
            break
        text, following = f"{text}\n{line.text}", following + 1
    return text, following


def _adds(line: Line, text: str) -> bool:
    """Tell whether a line without separator goes on with the last cell of a complete row: an item, a torn sentence."""
    if line.separator or _FURNITURE.fullmatch(folded(line.text)):
        return False
    return bool(re.match(r"\s*[-+•]\s", line.text)) or starts_small(line.text) or text.rstrip().endswith((",", ":"))


def _opens(line: Line, separator: str) -> bool:
    """Tell whether a line opens a row: its first cell is empty or a number."""
    if not line.separator:
        return False
    first = _cells(line.text, separator)[0].strip()
    return not first or bool(_CODE.match(first))


def _goes_on(lines: list[Line], at: int, separator: str, missing: int) -> bool:
    """Tell whether a line without separator is inside a row: some later line brings the missing cells."""
    for line in lines[at + 1 : at + 40]:
        if line.blank or (line.separator and _opens(line, separator)):
            return False
        if line.separator:
            return len(_cells(line.text, separator)) - 1 <= missing
    return False


def _cells(text: str, separator: str) -> list[str]:
    if separator == "|":
        text = text.strip()
        text = text.removeprefix("|")
        text = text.removesuffix("|")
    return text.split(separator) if separator else [text]


def _numbered(blocks: list[Block]) -> Iterator[Block]:
    """Yield the blocks with their tables numbered."""
    number = 0
    for block in blocks:
        if isinstance(block, Table):
            number += 1
            rows = tuple(
                replace(row, place=Place(line=row.place.line, table=number, row=at))
                for at, row in enumerate(block.rows, 1)
            )
            yield Table(rows, Place(line=block.place.line, table=number))
        else:
            yield block
