"""HTML as legal portals publish it: tables inside layout tables, merged cells, broken mark-up. Nothing is loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from chiso.decree.document.faults import DocumentError
from chiso.decree.document.inner import lines_of
from chiso.decree.document.limits import MAX_COLUMNS, Allowance
from chiso.decree.document.markup import plain
from chiso.decree.document.shape import Block, Cell, Document, Paragraph, Place, Row, Table
from chiso.decree.language.letters import composed, one_line

_SKIPPED = frozenset({"script", "style", "head", "title", "noscript", "template", "select", "button", "svg", "nav"})
_TITLES = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _TITLES | {"p", "div", "ul", "ol", "dl", "dd", "dt", "section", "article", "blockquote", "pre", "center"}
_BLOCKS |= {"br", "hr", "li"}
_BOLD = _TITLES | {"b", "strong", "th"}
#: Deepest tables inside each other; deeper ones are text.
_DEPTH = 20
#: A table with so many columns and rows holds data and not a layout.
_DATA_COLUMNS, _DATA_ROWS = 3, 3
#: One with so few rows and so many lines in a cell is the frame around a text.
_FRAME_ROWS, _FRAME_LINES = 2, 12


@dataclass
class _Cell:
    parts: list[str | Table] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    heading: bool = False


@dataclass
class _Table:
    rows: list[list[_Cell]] = field(default_factory=list)
    line: int = 0
    lines: list[int] = field(default_factory=list)
    heading: bool = False
    headings: list[bool] = field(default_factory=list)


def read_html(text: str, name: str) -> Document:
    """Read an HTML document."""
    allowance = Allowance(name)
    allowance.take("characters", len(text))
    reader = _Reader(allowance)
    try:
        reader.feed(text)
        reader.close()
    except (AssertionError, RecursionError) as error:
        raise DocumentError("R105", name, problem=f"HTML: {type(error).__name__}") from error
    return Document(name, "html", tuple(reader.finished()))


class _Reader(HTMLParser):
    def __init__(self, allowance: Allowance) -> None:
        super().__init__(convert_charrefs=True)
        self.allowance = allowance
        self.blocks: list[Block] = []
        self.tables: list[_Table] = []
        self.words: list[str] = []
        self.skipping = 0
        self.bold = 0
        self.bold_letters = 0
        self.letters = 0
        self.centred = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the start of an element."""
        given = {key: value or "" for key, value in attrs}
        if tag in _SKIPPED:
            self.skipping += 1
        elif tag == "table":
            self._flush()
            if len(self.tables) < _DEPTH:
                self.tables.append(_Table(line=self.getpos()[0]))
        elif tag == "thead" and self.tables:
            self.tables[-1].heading = True
        elif tag == "tr" and self.tables:
            self._flush()
            self._row()
        elif tag in ("td", "th") and self.tables:
            self._flush()
            self._cell(tag, given)
        elif tag == "li":
            self._line()
            self.words.append("- ")
        elif tag in _BLOCKS:
            self._line()
            if tag != "br" and not self.tables:
                self.centred = given.get("align", "").lower() == "center" or "text-align:center" in given.get(
                    "style", ""
                ).replace(" ", "")
        if tag in _BOLD:
            self.bold += 1

    def handle_endtag(self, tag: str) -> None:
        """Take the end of an element."""
        if tag in _SKIPPED:
            self.skipping = max(self.skipping - 1, 0)
        elif tag == "table" and self.tables:
            self._flush()
            self._end_table()
        elif tag == "thead" and self.tables:
            self.tables[-1].heading = False
        elif tag in ("td", "th", "tr"):
            self._flush()
        elif tag in _BLOCKS:
            self._line()
        if tag in _BOLD:
            self.bold = max(self.bold - 1, 0)

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self.skipping:
            return
        words = re.sub(r"\s+", " ", composed(data))
        self.words.append(words)
        size = sum(letter.isalpha() for letter in words)
        self.letters += size
        self.bold_letters += size if self.bold else 0

    def _line(self) -> None:
        """End a line: a new one in a cell, a paragraph outside tables."""
        if self.tables:
            self.words.append("\n")
        else:
            self._flush()

    def _flush(self) -> None:
        text = plain("".join(self.words)).strip()
        bold = self.letters > 0 and self.bold_letters >= self.letters / 2
        self.words, self.letters, self.bold_letters = [], 0, 0
        if not text:
            return
        if self.tables:
            table = self.tables[-1]
            if table.rows and table.rows[-1]:
                table.rows[-1][-1].parts.append(text)
                return
        self.blocks.append(Paragraph(one_line(text), Place(line=self.getpos()[0]), bold, self.centred))

    def _row(self) -> None:
        table = self.tables[-1]
        self.allowance.take("rows", 1)
        table.rows.append([])
        table.lines.append(self.getpos()[0])
        table.headings.append(table.heading)

    def _cell(self, tag: str, given: dict[str, str]) -> None:
        table = self.tables[-1]
        if not table.rows:
            self._row()
        self.allowance.take("cells", 1)
        cell = _Cell(columns=_span(given.get("colspan")), rows=_span(given.get("rowspan")), heading=tag == "th")
        table.rows[-1].append(cell)

    def _end_table(self) -> None:
        table = self.tables.pop()
        if _is_layout(table):
            self._unpack(table)
            return
        made = _made(table, self.allowance)
        if made is None:
            return
        if self.tables and self.tables[-1].rows and self.tables[-1].rows[-1]:
            self.tables[-1].rows[-1][-1].parts.append(made)
        else:
            self.blocks.append(made)

    def _unpack(self, table: _Table) -> None:
        """Put what a layout table holds where the table stood."""
        outer = (
            self.tables[-1].rows[-1][-1].parts
            if self.tables and self.tables[-1].rows and self.tables[-1].rows[-1]
            else None
        )
        for row in table.rows:
            for cell in row:
                for part in cell.parts:
                    if outer is not None:
                        outer.append(part)
                    elif isinstance(part, Table):
                        self.blocks.append(part)
                    else:
                        self.blocks.extend(
                            Paragraph(one_line(line), Place(line=table.line), cell.heading)
                            for line in part.split("\n")
                            if line.strip()
                        )

    def finished(self) -> list[Block]:
        """Return all blocks; tables that were never closed are closed here."""
        while self.tables:
            self._flush()
            self._end_table()
        self._flush()
        return _numbered(self.blocks)


def _span(text: str | None) -> int:
    digits = re.match(r"\d{1,3}", text or "")
    return min(max(int(digits[0]), 1), MAX_COLUMNS * 5) if digits else 1


def _is_layout(table: _Table) -> bool:
    """Tell whether a table only arranges others: it holds a table of data, or a whole text, and is none itself."""
    inner = any(isinstance(part, Table) for row in table.rows for cell in row for part in cell.parts)
    wide = sum(len(row) >= _DATA_COLUMNS for row in table.rows)
    if not inner and len(table.rows) <= _FRAME_ROWS and not wide:
        return any(_lines(cell) >= _FRAME_LINES for row in table.rows for cell in row)
    return inner and wide < max(_DATA_ROWS, len(table.rows) // 2)


def _lines(cell: _Cell) -> int:
    return sum(part.count("\n") + 1 for part in cell.parts if isinstance(part, str) and part.strip())


def _made(table: _Table, allowance: Allowance) -> Table | None:
    """Lay the cells of a table out on its grid."""
    rows: list[Row] = []
    hanging: dict[int, tuple[int, str]] = {}
    for at, given in enumerate(table.rows):
        cells: list[Cell] = []
        pending = list(given)
        while pending or len(cells) in hanging:
            column = len(cells)
            if column in hanging:
                left, text = hanging[column]
                cells.append(Cell(covered=True, above=text))
                if left > 1:
                    hanging[column] = (left - 1, text)
                else:
                    del hanging[column]
                continue
            cell = pending.pop(0)
            text = _words(cell)
            for offset in range(min(cell.columns, MAX_COLUMNS)):
                cells.append(Cell(text if not offset else "", offset > 0))
                if cell.rows > 1:
                    hanging[column + offset] = (cell.rows - 1, text)
        allowance.take("cells", len(cells))
        heading = table.headings[at] or bool(given and all(cell.heading for cell in given))
        rows.append(Row(tuple(cells), Place(line=table.lines[at], row=at + 1), heading))
    rows = [row for row in rows if row.cells]
    return Table(tuple(rows), Place(line=table.line)) if rows else None


def _words(cell: _Cell) -> str:
    """Return the words of a cell; those of a table inside it line by line."""
    found: list[str] = []
    for part in cell.parts:
        if isinstance(part, str):
            found.append(part)
        else:
            found.extend(lines_of(part.rows))
    return "\n".join(found)


def _numbered(blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    number = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block)
            continue
        number += 1
        rows = tuple(
            Row(row.cells, Place(line=row.place.line, table=number, row=row.place.row), row.heading)
            for row in block.rows
        )
        found.append(Table(rows, Place(line=block.place.line, table=number)))
    return found
