"""Digital PDF: letters with their places and drawn lines; tables from the lines, or where none are drawn, from gaps."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from chiso.decree.document.faults import DocumentError
from chiso.decree.document.geometry import Box, Letter, Page, Ruling
from chiso.decree.document.limits import MAX_PAGES, Allowance
from chiso.decree.document.pages import blocks_of
from chiso.decree.document.shape import Document

#: Letters that one page in four of a document has at least; with fewer it is a scan.
_ENOUGH_LETTERS = 20
#: What stands in the text layer and is no letter.
_NO_LETTERS = frozenset("\x00\ufffe")
#: How pdfium tells a hyphen at the end of a line, which it takes for one that parts a word; Vietnamese parts none.
_HYPHEN = 0x02
#: Thicker than this, in points, a drawn box is no line of a table.
_THIN = 3.0
#: Most drawn things of a page that are looked at; a drawing with more is no table.
_MAX_OBJECTS = 20_000

Progress = Callable[[int, int], None]


def read_pdf(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """Read a PDF document.

    Raises:
        DocumentError: it is damaged, has a password, is too large, or is a scan without letters.
    """
    allowance = Allowance(name)
    with _opened(data, name) as document:
        count = len(document)
        if count > MAX_PAGES:
            raise DocumentError("R110", name, what="pages", number=count, limit=MAX_PAGES)
        pages = []
        for number in range(count):
            if progress is not None:
                progress(number, count)
            pages.append(_page(document, number, allowance, name))
    letters = sum(len(page.letters) for page in pages)
    if letters < _ENOUGH_LETTERS * max(1, len(pages) // 4):
        raise DocumentError("R109", name, pages=count)
    blocks, dropped = blocks_of(pages, allowance)
    return Document(name, "pdf", tuple(blocks), tuple(dropped))


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = "R106" if "password" in str(error).lower() else "R105"
        raise DocumentError(code, name, **({} if code == "R106" else {"problem": str(error)[:80]})) from error
    try:
        yield document
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, number: int, allowance: Allowance, name: str) -> Page:
    try:
        page = document[number]
    except pypdfium2.PdfiumError as error:
        raise DocumentError("R105", name, problem=f"trang {number + 1}") from error
    try:
        width, height = page.get_size()
        letters = _letters(page, height, allowance)
        return Page(number + 1, width, height, letters, list(_rulings(page, height)))
    finally:
        page.close()


def _letters(page: Any, height: float, allowance: Allowance) -> list[Letter]:
    """Return the letters of a page with their boxes, the top of the page being 0."""
    text = page.get_textpage()
    try:
        count = text.count_chars()
        allowance.take("characters", max(count, 0))
        rect = pdfium.FS_RECTF()
        found: list[Letter] = []
        opens = True
        for at in range(count):
            sign = _sign(pdfium.FPDFText_GetUnicode(text.raw, at))
            if sign.isspace() or sign in _NO_LETTERS or not pdfium.FPDFText_GetLooseCharBox(text.raw, at, rect):
                opens = True
                continue
            box = Box(rect.left, height - rect.top, rect.right, height - rect.bottom)
            found.append(Letter(sign, box, pdfium.FPDFText_GetFontSize(text.raw, at), opens))
            opens = False
        return found
    finally:
        text.close()


def _sign(code: int) -> str:
    """Return the sign of a code; half of a pair, which damaged fonts name and no file can hold, is an unknown sign."""
    if code == _HYPHEN:
        return "-"
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)


def _rulings(page: Any, height: float) -> Iterator[Ruling]:
    """Yield the straight lines that a page draws, thin boxes among them."""
    for count, thing in enumerate(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=4)):
        if count > _MAX_OBJECTS:
            return
        yield from _lines(thing, height)


def _lines(thing: Any, height: float) -> Iterator[Ruling]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(thing.raw, left, bottom, right, top):
        return
    box = Box(left.value, height - top.value, right.value, height - bottom.value)
    thin = Ruling.of(box, _THIN)
    if thin is not None:
        yield thin
        return
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(thing.raw, mode, stroked)
    if not stroked.value:
        return
    yield from _segments(thing, height)


def _segments(thing: Any, height: float) -> Iterator[Ruling]:
    """Yield the straight segments of a path that is more than one line."""
    matrix = thing.get_matrix()
    points: list[tuple[float, float]] = []
    start: tuple[float, float] | None = None
    x, y = ctypes.c_float(), ctypes.c_float()
    for at in range(min(pdfium.FPDFPath_CountSegments(thing.raw), _MAX_OBJECTS)):
        segment = pdfium.FPDFPath_GetPathSegment(thing.raw, at)
        if not pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = matrix.on_point(x.value, y.value)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
            start, points = point, [point]
            continue
        points.append(point)
        yield from _ruling(points[-2], point, height)
        if pdfium.FPDFPathSegment_GetClose(segment) and start is not None:
            yield from _ruling(point, start, height)


def _ruling(one: tuple[float, float], other: tuple[float, float], height: float) -> Iterator[Ruling]:
    (x1, y1), (x2, y2) = one, other
    box = Box(min(x1, x2), height - max(y1, y2), max(x1, x2), height - min(y1, y2))
    found = Ruling.of(box, _THIN)
    if found is not None:
        yield found
