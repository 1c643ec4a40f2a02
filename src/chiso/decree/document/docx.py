"""Word documents: the XML is walked once, element by element; tables keep their merged cells, lists their numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from chiso.decree.document.inner import lines_of
from chiso.decree.document.limits import Allowance
from chiso.decree.document.markup import plain
from chiso.decree.document.numbering import Numbering, numbering_of
from chiso.decree.document.package import Package, opened, parse
from chiso.decree.document.shape import Block, Cell, Document, Dropped, Paragraph, Place, Row, Table
from chiso.decree.language.letters import composed, one_line
from chiso.decree.language.signs import seen

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math "
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"

_SKIPPED = {_WORD + local for local in ("del", "moveFrom", "instrText", "delText", "rubyPr", "rt", "tblGrid")}
#: What properties were before a change that is tracked.
_SKIPPED |= {
    _WORD + f"{local}Change" for local in ("pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr")
}
_SKIPPED |= {f"{_WORD}numberingChange", _FALLBACK}
_DELETED = f"{_WORD}del"
_OFF = ("0", "false", "off", "none")
#: A mark of a footnote that was typed: raised digits, in brackets or not; behind a unit they are a power.
_RAISED = re.compile(r"\s*[(\[]?(?:\d{1,2}|[*]{1,3})[)\]]?\s*")
_POWER = re.compile(r"(?:^|[\s/(\d])(?:[kdc]?m|mm)$")
#: Documents that keep to the letter of the standard name their elements otherwise.
_STRICT = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _WORD.strip().encode())
_MAIN = "word/document.xml"
_OFFICE = "officeDocument/relationships/officeDocument"


@dataclass
class _Line:
    """A paragraph on the way."""

    text: list[str] = field(default_factory=list)
    number: str = ""
    level: int | None = None
    style: str = ""
    centred: bool = False
    bold: list[bool] = field(default_factory=list)
    unended: bool = False

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
    covered: bool = False
    unended: bool = False


@dataclass
class _Row:
    cells: list[_Cell] = field(default_factory=list)
    heading: bool = False
    before: int = 0
    deleted: bool = False


@dataclass
class _Table:
    rows: list[Row] = field(default_factory=list)
    above: dict[int, str] = field(default_factory=dict)
    row: _Row = field(default_factory=_Row)


@dataclass
class _Run:
    """How the words of a run look."""

    bold: bool = False
    raised: bool = False
    font: str = ""
    hidden: str = ""


def read_docx(data: bytes, name: str) -> Document:
    """Read a Word document as it stands once changes that are tracked are accepted.

    Raises:
        DocumentError: it is damaged, encrypted, hostile or too large.
    """
    with opened(data, name) as package:
        walker = _Walker(numbering_of(package, name), Allowance(name))
        main = main_part(package, name)
        chunks = (chunk.replace(*_STRICT) for chunk in package.chunks(main))
        parse(chunks, name, walker.start, walker.end, walker.text)
        notes = ("macros",) if package.has_macros else ()
        dropped = [*walker.dropped, *_footnotes(package, name)]
    return Document(name, "docx", tuple(walker.blocks), tuple(dropped), notes=notes)


def main_part(package: Package, name: str) -> str:
    """Return the part that holds the text, or nothing: documents that were made on the web call it otherwise."""
    found = [_MAIN if _MAIN in package else ""]

    def start(_tag: str, given: dict[str, str]) -> None:
        target = given.get("Target", "").removeprefix("/")
        if given.get("Type", "").endswith(_OFFICE) and target in package:
            found.append(target)

    if "_rels/.rels" in package:
        parse(package.chunks("_rels/.rels"), name, start, lambda _tag: None, lambda _text: None)
    return found[-1]


def _footnotes(package: Package, name: str) -> Iterator[Dropped]:
    """Yield the words of footnotes: what they say holds for no row alone."""
    for part in ("word/footnotes.xml", "word/endnotes.xml"):
        if part in package:
            walker = _Walker(Numbering(), Allowance(name))
            parse(
                (chunk.replace(*_STRICT) for chunk in package.chunks(part)), name, walker.start, walker.end, walker.text
            )
            for block in walker.blocks:
                if isinstance(block, Paragraph):
                    yield Dropped(block.text, Place(), "footnote")


class _Walker:
    """Takes the events of the XML and keeps what they build: paragraphs and tables inside each other."""

    def __init__(self, numbering: Numbering, allowance: Allowance) -> None:
        self.numbering, self.allowance = numbering, allowance
        self.blocks: list[Block] = []
        self.dropped: list[Dropped] = []
        self.lines: list[_Line] = []
        self.tables: list[_Table] = []
        self.skipping = 0
        self.writing = 0
        self.run: _Run | None = None
        self.runs: list[_Run | None] = []
        self.properties: list[str] = []
        self.controls: list[bool] = []
        self.muted = 0
        self.waiting = ""
        self.page = 1
        starts: dict[str, Callable[[dict[str, str]], None]] = {
            "p": self._paragraph,
            "trPr": lambda _: self.properties.append("row"),
            "pPr": lambda _: self.properties.append("line"),
            "rPr": lambda _: self.properties.append("run"),
            "sdt": lambda _: self.controls.append(False),
            "showingPlcHdr": self._placeholder,
            "sdtContent": lambda _: self._control(1),
            "tbl": lambda _: self.tables.append(_Table()),
            "tr": self._row,
            "tc": self._cell,
            "gridSpan": self._span,
            "vMerge": self._merged,
            "hMerge": self._beside,
            "cellDel": self._beside,
            "tblHeader": self._heading,
            "gridBefore": self._before,
            "numId": self._list,
            "ilvl": self._level,
            "pStyle": self._style,
            "jc": self._aligned,
            "r": self._run,
            "b": self._bold,
            "vanish": lambda given: self._unseen(given, "hidden"),
            "strike": lambda given: self._unseen(given, "struck_out"),
            "dstrike": lambda given: self._unseen(given, "struck_out"),
            "vertAlign": self._raised,
            "rFonts": self._font,
            "t": lambda _: self._write(1),
            "tab": lambda _: self._put(" ") if self.run is not None and not self.properties else None,
            "br": self._break,
            "cr": lambda _: self._put("\n"),
            "noBreakHyphen": lambda _: self._put("-"),
            "sym": self._symbol,
            "lastRenderedPageBreak": lambda _: self._turn(),
        }
        ends: dict[str, Callable[[], None]] = {
            "p": self._end_line,
            "trPr": self._end_properties,
            "pPr": self._end_properties,
            "rPr": self._end_properties,
            "sdt": self._end_control,
            "sdtContent": lambda: self._control(-1),
            "tr": self._end_row,
            "tbl": self._end_table,
            "t": lambda: self._write(-1),
            "r": self._end_run,
        }
        maths = ("t", "num", "den")
        self._starts = {_WORD + local: handler for local, handler in starts.items()}
        self._starts |= {_MATHS + local: partial(self._open_maths, local) for local in maths}
        self._starts |= dict.fromkeys(_SKIPPED, self._skip) | {_DELETED: self._delete}
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

    # --- changes that are tracked, and what is not shown

    def _end_properties(self) -> None:
        if self.properties:
            self.properties.pop()

    def _delete(self, attributes: dict[str, str]) -> None:
        """Skip what is deleted; among properties, it is the row or the end of the paragraph."""
        if self.properties[-1:] == ["row"] and self.tables:
            self.tables[-1].row.deleted = True
        elif self.properties[:1] == ["line"] and self.lines:
            self.lines[-1].unended = True
        self._skip(attributes)

    def _placeholder(self, _attributes: dict[str, str]) -> None:
        if self.controls:
            self.controls[-1] = True

    def _control(self, by: int) -> None:
        """Leave out what a control shows while nothing is filled in: "Click here to enter text"."""
        if self.controls and self.controls[-1]:
            self.muted += by

    def _end_control(self) -> None:
        if self.controls:
            self.controls.pop()

    def _unseen(self, attributes: dict[str, str], reason: str) -> None:
        if self.run is not None and self.properties == ["run"] and attributes.get(f"{_WORD}val", "1") not in _OFF:
            self.run.hidden = reason

    def _raised(self, attributes: dict[str, str]) -> None:
        if self.run is not None and self.properties == ["run"]:
            self.run.raised = attributes.get(f"{_WORD}val") == "superscript"

    def _font(self, attributes: dict[str, str]) -> None:
        if self.run is not None and self.properties == ["run"]:
            self.run.font = attributes.get(f"{_WORD}ascii", "")

    # --- words

    def _put(self, words: str) -> None:
        if not self.lines or not words or self.muted:
            return
        line, run = self.lines[-1], self.run or _Run()
        words = seen(words, run.font)
        if run.hidden:
            self.dropped.append(Dropped(one_line(words), Place(page=self.page), run.hidden))
            return
        if run.raised and _RAISED.fullmatch(words) and not _POWER.search("".join(line.text[-3:])):
            self.dropped.append(Dropped(one_line(words), Place(page=self.page), "footnote"))
            return
        line.text.append(words)
        line.bold.append(run.bold)
        self.allowance.take("characters", len(words))

    def _symbol(self, attributes: dict[str, str]) -> None:
        code = attributes.get(f"{_WORD}char", "")
        if re.fullmatch(r"[0-9A-Fa-f]{1,5}", code):
            self._put(seen(chr(int(code, 16) | 0xF000), attributes.get(f"{_WORD}font", "")))

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
        self.runs.append(self.run)
        self.run = _Run()

    def _end_run(self) -> None:
        self.run = self.runs.pop() if self.runs else None

    def _bold(self, attributes: dict[str, str]) -> None:
        if self.run is not None and self.properties == ["run"]:
            self.run.bold = attributes.get(f"{_WORD}val", "1") not in _OFF

    # --- paragraphs

    def _paragraph(self, _attributes: dict[str, str]) -> None:
        self.lines.append(_Line())

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
        gone = (line.unended and not text) or (self.tables and self.tables[-1].row.deleted)
        label = "" if gone else self._label(line)
        text = f"{label} {text}".strip() if label else text
        if self.tables:
            self._add(text, unended=line.unended)
            return
        text, self.waiting = f"{self.waiting} {text}".strip(), ""
        if line.unended and text:
            self.waiting = text  # its end is deleted: it goes on in the next paragraph
        elif text:
            self.blocks.append(Paragraph(one_line(text), Place(page=self.page), line.mostly_bold, line.centred))

    def _add(self, text: str, *, unended: bool) -> None:
        """Add a line to the cell that is open; one whose end is deleted goes on in the next."""
        cells = self.tables[-1].row.cells
        if not cells or not text:
            return
        if cells[-1].unended and cells[-1].lines:
            cells[-1].lines[-1] += f" {text}"
        else:
            cells[-1].lines.append(text)
        cells[-1].unended = unended

    def _label(self, line: _Line) -> str:
        if line.number:
            return self.numbering.label(line.number, line.level or 0) if line.number != "0" else ""
        number, level = self.numbering.of_style(line.style)
        return self.numbering.label(number, level if line.level is None else line.level) if number else ""

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

    def _beside(self, attributes: dict[str, str]) -> None:
        """Take that a cell belongs to the one before it, or is deleted."""
        if self.tables and self.tables[-1].row.cells:
            self.tables[-1].row.cells[-1].covered = attributes.get(f"{_WORD}val", "continue") != "restart"

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
        if table.row.deleted:
            table.row = _Row()
            return
        cells = [Cell()] * table.row.before
        for one in table.row.cells:
            text = "\n".join(one.lines)
            if one.covered:
                cells.extend([Cell("", covered=True)] * one.span)
                continue
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
                cells[-1].lines.extend(lines_of(table.rows))
            return
        number = sum(isinstance(block, Table) for block in self.blocks) + 1
        rows = tuple(
            Row(row.cells, Place(page=row.place.page, table=number, row=row.place.row), row.heading)
            for row in table.rows
        )
        if rows:
            self.blocks.append(Table(rows, Place(page=rows[0].place.page, table=number)))
