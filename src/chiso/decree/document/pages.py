"""Pages as paragraphs and tables in reading order; page numbers and lines that every page repeats are set aside."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from chiso.decree.document.gaps import columns_of, ends_table, heading_at, segments, stands_off
from chiso.decree.document.gaps import rows_of as rows_of_gaps
from chiso.decree.document.geometry import Box, Letter, Page, TextLine, lines_of
from chiso.decree.document.grids import Grid, grids_of
from chiso.decree.document.grids import rows_of as rows_of_grid
from chiso.decree.document.limits import Allowance
from chiso.decree.document.markup import plain
from chiso.decree.document.shape import Block, Cell, Dropped, Paragraph, Place, Row, Table
from chiso.decree.language.letters import composed, one_line, shouted

_PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*\d{1,4}\s*(?:/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)
#: Share of a page at its top and bottom where page numbers and repeated lines stand.
_EDGE = 0.09


class _Writer:
    """Collects blocks, numbering tables, rows and lines."""

    def __init__(self, allowance: Allowance) -> None:
        self.allowance = allowance
        self.blocks: list[Block] = []
        self.dropped: list[Dropped] = []
        self.tables = 0
        self.line = 0
        #: The headings of the last table without lines, and where its columns began.
        self.headed: tuple[tuple[str, ...], list[float]] = ((), [])

    def paragraph(self, line: TextLine, page: Page, *, gap: bool) -> None:
        self.line += 2 if gap else 1
        text = one_line(plain(composed(line.text)))
        if not text:
            return
        place = Place(page=page.number, line=self.line)
        middle = line.box.middle[0]
        centred = (
            abs(middle - page.width / 2) < 0.05 * page.width and line.box.right - line.box.left < 0.75 * page.width
        )
        self.blocks.append(Paragraph(text, place, bold=shouted(text), centred=centred))

    def table(self, rows: Sequence[Sequence[Cell]], page: Page, unsure: frozenset[int] = frozenset()) -> None:
        if not rows:
            return
        self.tables += 1
        made = []
        for at, cells in enumerate(rows, 1):
            self.allowance.take("rows", 1)
            self.allowance.take("cells", len(cells))
            texts = tuple(Cell(plain(composed(cell.text)), cell.covered, plain(composed(cell.above))) for cell in cells)
            place = Place(page=page.number, table=self.tables, row=at)
            made.append(Row(texts, place, unsure=at in unsure))
        self.blocks.append(Table(tuple(made), Place(page=page.number, table=self.tables)))

    def drop(self, line: TextLine, page: Page, reason: str) -> None:
        self.dropped.append(Dropped(one_line(line.text), Place(page=page.number), reason))


@dataclass
class _Prepared:
    """A page with its drawn tables and the lines outside them."""

    page: Page
    grids: list[Grid]
    lines: list[TextLine]


def blocks_of(pages: Sequence[Page], allowance: Allowance) -> tuple[list[Block], list[Dropped]]:
    """Return the blocks of all pages in reading order, and what was set aside."""
    writer = _Writer(allowance)
    prepared = [_prepared(page) for page in pages]
    repeated = _repeated(prepared)
    for one in prepared:
        _page(one, writer, repeated)
    return writer.blocks, writer.dropped


def _prepared(page: Page) -> _Prepared:
    grids = grids_of(page.rulings)
    return _Prepared(page, grids, lines_of(_outside(page, grids)))


def _repeated(prepared: Sequence[_Prepared]) -> frozenset[str]:
    """Return lines at the edges that at least half of the pages have."""
    counts: Counter[str] = Counter()
    for one in prepared:
        counts.update({one_line(line.text) for line in one.lines if _at_edge(line, one.page)})
    half = len(prepared) / 2
    return frozenset(text for text, count in counts.items() if len(prepared) > 2 and count >= half)


def _at_edge(line: TextLine, page: Page) -> bool:
    return line.box.bottom < _EDGE * page.height or line.box.top > (1 - _EDGE) * page.height


def _inside(letter: Letter, box: Box) -> bool:
    left, top, right, bottom = letter.box
    return box.left - 1 <= (left + right) / 2 <= box.right + 1 and box.top - 1 <= (top + bottom) / 2 <= box.bottom + 1


def _outside(page: Page, grids: Sequence[Grid]) -> list[Letter]:
    if not grids:
        return page.letters
    return [letter for letter in page.letters if not any(_inside(letter, grid.box) for grid in grids)]


def _page(prepared: _Prepared, writer: _Writer, repeated: frozenset[str]) -> None:
    page, grids, printed = prepared.page, prepared.grids, prepared.lines
    lines = []
    headings = {n for at in range(len(printed)) for n in range(at, at + heading_at(printed, at))}
    for at, line in enumerate(printed):
        text = one_line(line.text)
        if at not in headings and _at_edge(line, page) and (_PAGE_NUMBER.fullmatch(text) or text in repeated):
            writer.drop(line, page, "page_number" if _PAGE_NUMBER.fullmatch(text) else "page_header")
        else:
            lines.append(line)
    for grid in grids:
        before = [line for line in lines if line.box.middle[1] < grid.ys[0]]
        lines = lines[len(before) :]
        _text(before, page, writer)
        inside = [letter for letter in page.letters if _inside(letter, grid.box)]
        writer.table([cells for cells, _ in rows_of_grid(grid, inside)], page)
    _text(lines, page, writer)


def _text(lines: Sequence[TextLine], page: Page, writer: _Writer) -> None:
    """Write lines outside drawn tables: paragraphs, and tables without lines."""
    at, previous = 0, None
    while at < len(lines):
        heading = heading_at(lines, at)
        if heading:
            end = _table_end(lines, at, heading)
            chosen = lines[at:end]
            starts = _starts(chosen, heading, writer)
            if end - at > heading and len(starts) > 2:
                rows = rows_of_gaps(chosen, starts, heading)
                unsure = frozenset(n for n, (_, doubtful) in enumerate(rows, 1) if doubtful)
                writer.table([cells for cells, _ in rows], page, unsure)
                at, previous = end, None
                continue
        line = lines[at]
        gap = previous is None or line.box.top - previous.box.bottom > 0.9 * (line.box.bottom - line.box.top)
        writer.paragraph(line, page, gap=gap)
        at, previous = at + 1, line


def _starts(chosen: Sequence[TextLine], heading: int, writer: _Writer) -> list[float]:
    """Return where columns begin: as on the page before under the same headings, where that shows more of them.

    A word that is wider than its column closes the gap beside it on one page, and not on another.
    """
    starts = columns_of(chosen)
    words = tuple(line.text for line in chosen[:heading])
    known, before = writer.headed
    if words == known and len(before) > len(starts):
        return before
    writer.headed = (words, starts)
    return starts


def _table_end(lines: Sequence[TextLine], at: int, heading: int) -> int:
    """Return the line after the last one of a table that begins here."""
    # A line that stands alone may be below the table, and then it crosses all gaps.
    starts = columns_of([line for line in lines[at : at + heading + 6] if len(segments(line)) > 1])
    end = at + heading
    words = [line.text for line in lines[at : at + heading]]
    while end < len(lines) and not ends_table(lines, end, starts) and not stands_off(lines, at, end, starts):
        again = heading_at(lines, end)
        starts_here = again and not (end + 1 < len(lines) and heading_at(lines, end + 1))
        if starts_here and (end > at + heading or [line.text for line in lines[end : end + again]] != words):
            break  # the headings of another table
        end += 1
    return end
