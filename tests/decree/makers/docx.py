"""Word documents written part by part, so that every feature of the format is in the test's hands."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from tests.decree.makers.printed import Block, PCell, PParagraph, PTable

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document.xml"/></Relationships>'
)


def docx(blocks: Sequence[Block], **parts: str) -> bytes:
    """Write blocks as a Word document; ``parts`` are added, such as ``numbering``."""
    return package("".join(_block(block) for block in blocks), **parts)


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
        for name, text in parts.items():
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


def _block(block: Block) -> str:
    if isinstance(block, PParagraph):
        return paragraph(block.text, bold=block.bold, centred=block.centred)
    return _table(block)


def _table(table: PTable) -> str:
    return f"<w:tbl>{''.join(_row(table, at) for at in range(len(table.rows)))}</w:tbl>"


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
