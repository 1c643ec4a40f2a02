"""Word documents written part by part, so that every feature of the format is in the test's hands."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.decree.makers.printed import Block, PCell, PParagraph, PTable

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)
_STYLED = _RELS.replace('officeDocument" Target="word/document.xml', 'styles" Target="styles.xml')

#: A4 across, in twentieths of a point: the paper of annexes, with the margins that offices are told to leave.
_ACROSS = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="1701" w:right="1134" w:bottom="851" w:left="1134" w:header="0" w:footer="0" w:gutter="0"/>'
    "</w:sectPr>"
)
_WIDTH = 16838 - 2 * 1134
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def _styles(inside: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="{WORD}">{inside}</w:styles>'


@dataclass(frozen=True)
class Paper:
    """How a word processor is to lay a document out on A4 across: the size of letters in points, what columns share."""

    points: int
    shares: tuple[int, ...]

    def grid(self, columns: int) -> str:
        """Return the widths of a table: shared as said where it has as many columns, alike otherwise."""
        shares = self.shares if len(self.shares) == columns else (1,) * columns
        widths = "".join(f'<w:gridCol w:w="{_WIDTH * share // sum(shares)}"/>' for share in shares)
        lines = "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in _SIDES)
        layout = (
            f'<w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        )
        return f"<w:tblPr>{layout}</w:tblPr><w:tblGrid>{widths}</w:tblGrid>"

    def styles(self) -> str:
        """Return the part that says which letters are used."""
        look = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="{2 * self.points}"/>'
        return _styles(f"<w:docDefaults><w:rPrDefault><w:rPr>{look}</w:rPr></w:rPrDefault></w:docDefaults>")


def docx(blocks: Sequence[Block], paper: Paper | None = None, **parts: str) -> bytes:
    """Write blocks as a Word document; ``parts`` are added, such as ``numbering``."""
    body = "".join(_block(block, paper) for block in blocks)
    return package(body, **parts) if paper is None else package(body + _ACROSS, styles=paper.styles(), **parts)


def package(body: str, **parts: str) -> bytes:
    """Write the XML of a body as a Word document."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr("word/document.xml", document)
        archive.writestr("word/_rels/document.xml.rels", _STYLED)
        for name, text in {"styles": _styles(""), **parts}.items():
            archive.writestr(f"word/{name}.xml", text)
    return target.getvalue()


def paragraph(text: str, *, bold: bool = False, centred: bool = False, before: str = "") -> str:
    """Write a paragraph; its words are torn into runs as Word does."""
    align = '<w:jc w:val="center"/>' if centred else ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    middle = len(text) // 2
    runs = "".join(
        f'<w:r>{look}<w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
        for part in (text[:middle], text[middle:])
        if part
    )
    return f"<w:p><w:pPr>{align}{before}</w:pPr>{runs}</w:p>"


def _block(block: Block, paper: Paper | None) -> str:
    if isinstance(block, PParagraph):
        return paragraph(block.text, bold=block.bold, centred=block.centred)
    return _table(block, paper)


def _table(table: PTable, paper: Paper | None) -> str:
    grid = "" if paper is None else paper.grid(sum(cell.columns for cell in table.rows[0]))
    return f"<w:tbl>{grid}{''.join(_row(table, at) for at in range(len(table.rows)))}</w:tbl>"


def _row(table: PTable, at: int) -> str:
    heading = "<w:trPr><w:tblHeader/></w:trPr>" if at < table.headings else ""
    return f"<w:tr>{heading}{''.join(_cells(table, at))}</w:tr>"


def _cells(table: PTable, at: int) -> list[str]:
    """Write the cells of a row; one that a cell above reaches down to is written as going on."""
    hanging = _hanging(table, at)
    found: list[str] = []
    column = 0
    for cell in table.rows[at]:
        while column in hanging:
            found.append("<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>")
            column += 1
        if not cell.rows:
            found.append("<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>")
        else:
            found.append(_cell(cell))
        column += cell.columns
    while column in hanging:
        found.append("<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc>")
        column += 1
    return found


def _hanging(table: PTable, at: int) -> set[int]:
    """Return the columns that a cell of the headings above still covers."""
    covered: set[int] = set()
    if not 0 < at < table.headings:
        return covered
    column = 0
    for cell in table.rows[at - 1]:
        if cell.rows > 1:
            covered.update(range(column, column + cell.columns))
        column += cell.columns
    return covered


def _cell(cell: PCell) -> str:
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merge = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    lines = "".join(paragraph(line, bold=cell.bold) for line in cell.text.split("\n"))
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{lines}</w:tc>"
