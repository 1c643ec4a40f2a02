"""PDF written letter by letter: the smallest file that has a text layer for every Vietnamese letter, and drawn lines.

The font is named but not embedded; a table in the file says which letter each code is, which is what extraction reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.decree.makers.printed import Block, PParagraph, PTable
from tests.decree.makers.text import grid

WIDTH, HEIGHT = 842, 595
MARGIN, SIZE, LEADING = 36, 7.0, 9.0
LETTER = 0.5 * SIZE


@dataclass
class _Page:
    words: list[tuple[float, float, str]] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)


@dataclass
class _Sheet:
    """Pages on the way, and how far down the last one is filled."""

    pages: list[_Page] = field(default_factory=lambda: [_Page()])
    y: float = MARGIN
    middle: bool = False

    def turn(self) -> None:
        self.pages.append(_Page())
        self.y = MARGIN

    def room(self, height: float) -> bool:
        return self.y + height <= HEIGHT - MARGIN - 2 * LEADING

    def text(self, x: float, words: str) -> None:
        self.pages[-1].words.append((x, self.y, words))

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        self.pages[-1].lines.append((x1, y1, x2, y2))


def pdf(
    blocks: Sequence[Block],
    *,
    ruled: bool = True,
    split: bool = True,
    numbers: bool = True,
    boxes: bool = False,
    middle: bool = False,
) -> bytes:
    """Write blocks as PDF. ``split`` lets a row go on on the next page; ``boxes`` draws each cell as a rectangle.

    ``middle`` puts the words of each cell in the middle of its height.
    """
    sheet = _Sheet(middle=middle)
    for block in blocks:
        if isinstance(block, PParagraph):
            _paragraph(sheet, block)
        else:
            _table(sheet, block, ruled=ruled, split=split)
    if numbers:
        for at, page in enumerate(sheet.pages, 1):
            page.words.append((WIDTH / 2, HEIGHT - 20, str(at)))
    return _file(sheet.pages, boxes=boxes)


def _wrapped(text: str, width: float) -> list[str]:
    most = max(int(width / LETTER), 4)
    found: list[str] = []
    for line in text.split("\n"):
        current = ""
        for word in line.split():
            if current and len(current) + 1 + len(word) > most:
                found.append(current)
                current = word
            else:
                current = f"{current} {word}".strip()
        found.append(current)
    return found


def _paragraph(sheet: _Sheet, block: PParagraph) -> None:
    for line in _wrapped(block.text, WIDTH - 2 * MARGIN):
        if not sheet.room(LEADING):
            sheet.turn()
        x = (WIDTH - len(line) * LETTER) / 2 if block.centred else MARGIN
        sheet.text(x, line)
        sheet.y += LEADING
    sheet.y += LEADING


def _edges(rows: Sequence[Sequence[str]]) -> list[float]:
    """Return the edges of columns, wider where there are more words."""
    columns = len(rows[0])
    weights = []
    for column in range(columns):
        texts = [row[column] for row in rows if column < len(row)]
        longest = max((len(word) for text in texts for word in text.split()), default=1)
        weights.append(max(longest * LETTER + 10, min(sum(map(len, texts)) / len(texts), 120) * 1.2))
    scale = (WIDTH - 2 * MARGIN) / sum(weights)
    found = [float(MARGIN)]
    for weight in weights:
        found.append(found[-1] + weight * scale)
    return found


def _table(sheet: _Sheet, table: PTable, *, ruled: bool, split: bool) -> None:
    rows = grid(table)
    edges = _edges(rows)
    heading = rows[: table.headings]
    _heading(sheet, heading, edges, ruled=ruled)
    for row in rows[table.headings :]:
        lines = [_wrapped(text, edges[at + 1] - edges[at] - 6) for at, text in enumerate(row)]
        _row(sheet, lines, edges, heading, ruled=ruled, split=split)
    sheet.y += 2 * LEADING


def _heading(sheet: _Sheet, heading: Sequence[Sequence[str]], edges: Sequence[float], *, ruled: bool) -> None:
    for row in heading:
        _draw(sheet, [_wrapped(text, edges[at + 1] - edges[at] - 6) for at, text in enumerate(row)], edges, ruled=ruled)


def _row(
    sheet: _Sheet,
    lines: list[list[str]],
    edges: Sequence[float],
    heading: Sequence[Sequence[str]],
    *,
    ruled: bool,
    split: bool,
) -> None:
    height = max(map(len, lines)) * LEADING + 4
    if sheet.room(height):
        _draw(sheet, lines, edges, ruled=ruled)
        return
    fits = int((HEIGHT - MARGIN - 2 * LEADING - sheet.y - 4) / LEADING)
    if split and fits >= 1:
        _draw(sheet, [one[:fits] for one in lines], edges, ruled=ruled)
        lines = [one[fits:] for one in lines]
    sheet.turn()
    _heading(sheet, heading, edges, ruled=ruled)
    _row(sheet, lines, edges, heading, ruled=ruled, split=split)


def _draw(sheet: _Sheet, lines: Sequence[Sequence[str]], edges: Sequence[float], *, ruled: bool) -> None:
    height = max(1, max(map(len, lines))) * LEADING + 4
    top = sheet.y
    for at, words in enumerate(lines):
        free = (height - 4 - len(words) * LEADING) / 2 if sheet.middle else 0.0
        for down, line in enumerate(words):
            sheet.pages[-1].words.append((edges[at] + 3, top + 2 + free + down * LEADING, line))
    if ruled:
        for y in (top, top + height):
            sheet.line(edges[0], y, edges[-1], y)
        for x in edges:
            sheet.line(x, top, x, top + height)
    sheet.y = top + height + (0 if ruled else LEADING)


def _content(page: _Page, *, boxes: bool) -> bytes:
    parts = ["0.5 w"]
    for x1, y1, x2, y2 in page.lines:
        if boxes:
            wide, high = max(x2 - x1, 0.6), max(y2 - y1, 0.6)
            parts.append(f"{x1:.2f} {HEIGHT - y2:.2f} {wide:.2f} {high:.2f} re f")
        else:
            parts.append(f"{x1:.2f} {HEIGHT - y1:.2f} m {x2:.2f} {HEIGHT - y2:.2f} l S")
    parts.append("BT")
    parts.append(f"/F1 {SIZE} Tf")
    for x, y, words in page.words:
        if words:
            codes = "".join(f"{ord(letter):04X}" for letter in words)
            parts.append(f"1 0 0 1 {x:.2f} {HEIGHT - y - SIZE:.2f} Tm <{codes}> Tj")
    parts.append("ET")
    return "\n".join(parts).encode("ascii")


def _letters() -> bytes:
    ranges = [
        f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>" for high in (0x00, 0x01, 0x02, 0x03, 0x1E, 0x20, 0x21, 0x22)
    ]
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        f"{len(ranges)} beginbfrange {' '.join(ranges)} endbfrange endcmap end end"
    ).encode("ascii")


def _file(pages: Sequence[_Page], *, boxes: bool) -> bytes:
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    objects.append(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Arial /Encoding /Identity-H "
        b"/DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
    )
    objects.append(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Arial /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW 500 >>"
    )
    objects.append(
        b"<< /Type /FontDescriptor /FontName /Arial /Flags 32 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 "
        b"/Descent -200 /CapHeight 700 /StemV 80 >>"
    )
    objects.append(_stream(_letters()))
    kids = []
    for page in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects) + 2} 0 R >>".encode("ascii")
        )
        objects.append(_stream(_content(page, boxes=boxes)))
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode("ascii")
    return _written(objects)


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _written(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
