"""Word documents: the XML is walked once, element by element; tables keep their merged cells, lists their numbers."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from chiso.decree.document.limits import Allowance
from chiso.decree.document.markup import plain
from chiso.decree.document.numbering import Numbering, numbering_of
from chiso.decree.document.package import opened, parse
from chiso.decree.document.shape import Block, Cell, Document, Paragraph, Place, Row, Table
from chiso.decree.letters import composed, one_line

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math "
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"

#: Signs that Word keeps as characters of the Symbol font.
_SYMBOLS = {"F0B3": "≥", "F0A3": "≤", "F0B4": "×", "F02D": "-", "F0B7": "-", "F0B8": "÷", "F03D": "="}
_SKIPPED = {f"{_WORD}del", f"{_WORD}moveFrom", f"{_WORD}instrText", f"{_WORD}delText", f"{_WORD}rubyPr", _FALLBACK}
_OFF = ("0", "false", "off", "none")


@dataclass
class _Line:
    """A paragraph on the way."""

    text: list[str] = field(default_factory=list)
    number: str = ""
    level: int = 0
    style: str = ""
    centred: bool = False
    bold: list[bool] = field(default_factory=list)

    @property
    def mostly_bold(self) -> bool:
        """Tell whether at least half of its letters are bold."""
        sizes = [sum(map(str.isalpha, words)) for words in self.text]
        return sum(sizes) > 0 and sum(itertools.compress(sizes, self.bold)) >= sum(sizes) / 2


@dataclass
class _Cell:
    lines: list[str] = field(default_factory=list)
    span: int = 1
    goes_on: bool = False


@dataclass
class _Row:
    cells: list[_Cell] = field(default_factory=list)
    heading: bool = False
    before: int = 0


@dataclass
class _Table:
    rows: list[Row] = field(default_factory=list)
    above: dict[int, str] = field(default_factory=dict)
    row: _Row = field(default_factory=_Row)


def read_docx(data: bytes, name: str) -> Document:
    """Read a Word document.

    Raises:
        DocumentError: it is damaged, encrypted, hostile or too large.
    """
    with opened(data, name) as package:
        walker = _Walker(numbering_of(package, name), Allowance(name))
        parse(package.chunks("word/document.xml"), name, walker.start, walker.end, walker.text)
        notes = ("macros",) if package.has_macros else ()
    return Document(name, "docx", tuple(walker.blocks), notes=notes)


class _Walker:
    """Takes the events of the XML and keeps what they build: paragraphs and tables inside each other."""

    def __init__(self, numbering: Numbering, allowance: Allowance) -> None:
        self.numbering, self.allowance = numbering, allowance
        self.blocks: list[Block] = []
        self.lines: list[_Line] = []
        self.tables: list[_Table] = []
        self.skipping = 0
        self.writing = 0
        self.run_bold = False
        self.in_run = False
        self.page = 1
        self.number = 0
        starts: dict[str, Callable[[dict[str, str]], None]] = {
            "p": lambda _: self.lines.append(_Line()),
            "tbl": lambda _: self.tables.append(_Table()),
            "tr": self._row,
            "tc": self._cell,
            "gridSpan": self._span,
            "vMerge": self._merged,
            "tblHeader": self._heading,
            "gridBefore": self._before,
            "numId": self._list,
            "ilvl": self._level,
            "pStyle": self._style,
            "jc": self._aligned,
            "r": self._run,
            "b": self._bold,
            "t": lambda _: self._write(1),
            "tab": lambda _: self._put(" ") if self.in_run else None,
            "br": self._break,
            "cr": lambda _: self._put("\n"),
            "noBreakHyphen": lambda _: self._put("-"),
            "sym": lambda given: self._put(_SYMBOLS.get(given.get(f"{_WORD}char", "").upper(), "")),
            "lastRenderedPageBreak": lambda _: self._turn(),
        }
        ends: dict[str, Callable[[], None]] = {
            "p": self._end_line,
            "tr": self._end_row,
            "tbl": self._end_table,
            "t": lambda: self._write(-1),
            "r": self._end_run,
        }
        maths = ("t", "num", "den")
        self._starts = {_WORD + local: handler for local, handler in starts.items()}
        self._starts |= {_MATHS + local: partial(self._open_maths, local) for local in maths}
        self._starts |= dict.fromkeys(_SKIPPED, self._skip)
        self._ends = {_WORD + local: handler for local, handler in ends.items()}
        self._ends |= {_MATHS + local: partial(self._close_maths, local) for local in maths}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if self.skipping:
            self.skipping += 1
        elif handler := self._starts.get(tag):
            handler(attributes)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self.skipping:
            self.skipping -= 1
        elif handler := self._ends.get(tag):
            handler()

    def text(self, words: str) -> None:
        """Take words."""
        if self.writing and not self.skipping:
            self._put(words)

    # --- words

    def _put(self, words: str) -> None:
        if self.lines and words:
            line = self.lines[-1]
            line.text.append(words)
            line.bold.append(self.run_bold)
            self.allowance.take("characters", len(words))

    def _write(self, by: int) -> None:
        self.writing += by

    def _skip(self, _attributes: dict[str, str]) -> None:
        self.skipping += 1

    def _open_maths(self, local: str, _attributes: dict[str, str]) -> None:
        """Write a formula on one line: a fraction as (a)/(b)."""
        if local == "t":
            self._write(1)
        else:
            self._put("(")

    def _close_maths(self, local: str) -> None:
        if local == "t":
            self._write(-1)
        else:
            self._put(")/" if local == "num" else ")")

    def _break(self, attributes: dict[str, str]) -> None:
        if attributes.get(f"{_WORD}type") == "page":
            self._turn()
        else:
            self._put("\n")

    def _turn(self) -> None:
        self.page += 1
        self.allowance.take("pages", 1)

    def _run(self, _attributes: dict[str, str]) -> None:
        self.run_bold, self.in_run = False, True

    def _end_run(self) -> None:
        self.run_bold = self.in_run = False

    def _bold(self, attributes: dict[str, str]) -> None:
        if self.in_run:
            self.run_bold = attributes.get(f"{_WORD}val", "1") not in _OFF

    # --- paragraphs

    def _list(self, attributes: dict[str, str]) -> None:
        if self.lines:
            self.lines[-1].number = attributes.get(f"{_WORD}val", "")

    def _level(self, attributes: dict[str, str]) -> None:
        value = attributes.get(f"{_WORD}val", "0")
        if self.lines and value.isdigit():
            self.lines[-1].level = int(value)

    def _style(self, attributes: dict[str, str]) -> None:
        if self.lines:
            self.lines[-1].style = attributes.get(f"{_WORD}val", "")

    def _aligned(self, attributes: dict[str, str]) -> None:
        if self.lines:
            self.lines[-1].centred = attributes.get(f"{_WORD}val") == "center"

    def _end_line(self) -> None:
        line = self.lines.pop()
        text = plain(composed("".join(line.text)).replace("\t", " ")).strip()
        label = self._label(line)
        text = f"{label} {text}".strip() if label else text
        if self.tables:
            cells = self.tables[-1].row.cells
            if text and cells:
                cells[-1].lines.append(text)
        elif text:
            self.number += 1
            self.blocks.append(Paragraph(one_line(text), Place(page=self.page), line.mostly_bold, line.centred))

    def _label(self, line: _Line) -> str:
        if line.number:
            return self.numbering.label(line.number, line.level) if line.number != "0" else ""
        number, level = self.numbering.by_style.get(line.style, ("", 0))
        return self.numbering.label(number, level) if number else ""

    # --- tables

    def _row(self, _attributes: dict[str, str]) -> None:
        if self.tables:
            self.tables[-1].row = _Row()

    def _cell(self, _attributes: dict[str, str]) -> None:
        if self.tables:
            self.tables[-1].row.cells.append(_Cell())

    def _span(self, attributes: dict[str, str]) -> None:
        value = attributes.get(f"{_WORD}val", "1")
        if self.tables and self.tables[-1].row.cells and value.isdigit():
            self.tables[-1].row.cells[-1].span = min(max(int(value), 1), 100)

    def _merged(self, attributes: dict[str, str]) -> None:
        if self.tables and self.tables[-1].row.cells:
            self.tables[-1].row.cells[-1].goes_on = attributes.get(f"{_WORD}val", "continue") != "restart"

    def _heading(self, attributes: dict[str, str]) -> None:
        if self.tables:
            self.tables[-1].row.heading = attributes.get(f"{_WORD}val", "1") not in _OFF

    def _before(self, attributes: dict[str, str]) -> None:
        value = attributes.get(f"{_WORD}val", "0")
        if self.tables and value.isdigit():
            self.tables[-1].row.before = min(int(value), 100)

    def _end_row(self) -> None:
        if not self.tables:
            return
        table = self.tables[-1]
        cells = [Cell()] * table.row.before
        for one in table.row.cells:
            text = "\n".join(one.lines)
            for offset in range(one.span):
                at = len(cells)
                above = table.above.get(at, "") if one.goes_on else ""
                if not one.goes_on:
                    table.above[at] = text
                cells.append(Cell(text if not offset and not one.goes_on else "", offset > 0 or one.goes_on, above))
        self.allowance.take("rows", 1)
        self.allowance.take("cells", len(cells))
        place = Place(page=self.page, row=len(table.rows) + 1)
        table.rows.append(Row(tuple(cells), place, table.row.heading))
        table.row = _Row()

    def _end_table(self) -> None:
        table = self.tables.pop()
        if self.tables:
            # A table inside a cell: its words belong to the cell.
            cells = self.tables[-1].row.cells
            if cells:
                cells[-1].lines.extend(
                    " ".join(text for text in row.texts if text) for row in table.rows if not row.empty
                )
            return
        number = sum(isinstance(block, Table) for block in self.blocks) + 1
        rows = tuple(
            Row(row.cells, Place(page=row.place.page, table=number, row=row.place.row), row.heading)
            for row in table.rows
        )
        if rows:
            self.blocks.append(Table(rows, Place(page=rows[0].place.page, table=number)))
