"""Text that holds one cell a line: the cells are cut into rows by the length of the heading and by what opens a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from chiso.decree.document.limits import Allowance
from chiso.decree.document.markup import plain
from chiso.decree.document.shape import Block, Cell, Paragraph, Place, Row, Table
from chiso.decree.language.codes import row_code
from chiso.decree.language.headings import role_of
from chiso.decree.language.letters import one_line
from chiso.decree.language.numbers import most_points

_CODE = re.compile(r"(?:[IVXLC]{1,6}|\d{1,3}(?:\.\d{1,3})*)\.?")


#: Widest row that is looked for, and the share of cells that are like their column where all rows are whole.
_WIDEST, _REGULAR = 20, 0.85
#: Share of rows with too few or too many cells above which no row is certain.
_DOUBTED = 0.1


@dataclass
class _Piece:
    """One cell of the stream: its words, its line, and whether a blank line stands before it."""

    line: int
    text: str
    after_blank: bool
    outside: bool = False
    lines: list[str] = field(default_factory=list)


def stream_tables(lines: list[tuple[int, str]], allowance: Allowance) -> Iterator[Block]:
    """Yield paragraphs and tables of a text with one cell a line."""
    run: list[_Piece] = []
    for piece in _pieces(lines):
        if piece.outside:
            yield from _table(run, allowance)
            run = []
            yield Paragraph(one_line(plain(piece.text)), Place(line=piece.line))
        else:
            run.append(piece)
    yield from _table(run, allowance)


def _pieces(lines: list[tuple[int, str]]) -> Iterator[_Piece]:
    """Yield cells and, between tables, paragraphs: a mark opens each cell, or closes it."""
    mark = "\t" if sum("\t" in text for _, text in lines) >= sum("|" in text for _, text in lines) else "|"
    marked = [text.strip() for _, text in lines if mark in text]
    closing = mark == "|" and sum(text.endswith("|") and not text.startswith("|") for text in marked) * 2 > len(marked)
    yield from _closed(lines) if closing else _started(lines, mark)


def _closed(lines: list[tuple[int, str]]) -> Iterator[_Piece]:
    """Yield cells that end at a pipe; lines that no pipe ends are paragraphs."""
    waiting: list[tuple[int, str]] = []
    blank = False
    for number, text in lines:
        if "|" not in text:
            if text.strip():
                waiting.append((number, text))
            elif waiting:
                yield from (_Piece(line, said, after_blank=True, outside=True) for line, said in waiting)
                waiting = []
            blank = blank or not text.strip()
            continue
        *cells, _ = text.split("|")
        for cell in cells:
            words = "\n".join([said.strip() for _, said in waiting] + [cell.strip()]).strip()
            yield _Piece(waiting[0][0] if waiting else number, words, after_blank=blank)
            waiting, blank = [], False
    yield from (_Piece(line, said, after_blank=True, outside=True) for line, said in waiting)


def _started(lines: list[tuple[int, str]], mark: str) -> Iterator[_Piece]:
    """Yield cells that a mark begins.

    A line that opens no cell continues the one above; after a blank line it only does so where the row above is not
    complete, which is seen from the length of the heading.
    """
    found: list[_Piece] = []
    blank, width, count = False, 0, 0
    for number, text in lines:
        if not text.strip() and mark not in text:
            blank = True
            continue
        opened = _opened(text, mark)
        if opened is None:
            if found and count and not (blank and count >= (width or count) and count % max(width, 1) == 0):
                found[-1].text += f"\n{text.strip()}"
            else:
                yield from found
                yield _Piece(number, text, after_blank=blank, outside=True)
                found, width, count = [], 0, 0
        else:
            if not width and blank and count:
                width = count if _is_heading(found) else 0
            for cell in opened:
                found.append(_Piece(number, cell, after_blank=blank))
                count += 1
                blank = False
        blank = False
    yield from found


def _opened(text: str, mark: str) -> list[str] | None:
    """Return the cells that a line holds, or nothing where it only continues one."""
    if mark not in text:
        return None
    parts = [part.strip() for part in text.split(mark)]
    if mark == "|":
        filled = [part for part in parts if part]
        return filled or [""]
    return parts[1:] if not parts[0] else parts


def _is_heading(pieces: list[_Piece]) -> bool:
    return sum(role_of(piece.text) is not None for piece in pieces) >= min(2, len(pieces))


def _table(pieces: list[_Piece], allowance: Allowance) -> Iterator[Block]:
    if not pieces:
        return
    regular = _regular_width(pieces)
    width = regular or _heading_width(pieces)
    rows = []
    at = 0
    while at < len(pieces):
        length = regular or _length(pieces, at, width)
        cells = [Cell(plain(piece.text)) for piece in pieces[at : at + length]]
        allowance.take("rows", 1)
        allowance.take("cells", len(cells))
        whole = regular or (length == width and _opens(pieces[at]))
        rows.append(Row(tuple(cells), Place(line=pieces[at].line), unsure=not whole))
        at += length
    if sum(row.unsure for row in rows) > _DOUBTED * len(rows):
        rows = [replace(row, unsure=True) for row in rows]
    yield Table(tuple(rows), Place(line=pieces[0].line))


def _regular_width(pieces: list[_Piece]) -> int:
    """Return how many cells each row has where all have as many: numbers and words then stand below their like.

    0 where no number of cells fits, as where rows have lost some.
    """
    texts = [piece.text.strip() for piece in pieces]
    found: dict[int, float] = {}
    for width in range(3, _WIDEST + 1):
        if len(texts) % width or len(texts) // width < 3 or not _heads(texts, width):
            continue
        rows = [texts[at : at + width] for at in range(0, len(texts), width)]
        found[width] = _alike([row for row in rows if len({role_of(text) for text in row if text} - {None}) < 2])
    return next((width for width in found if found[width] >= max(_REGULAR, _best(found, width, texts) - 0.01)), 0)


def _best(found: dict[int, float], width: int, texts: list[str]) -> float:
    """Return how regular other rows are, but for two in one, where the second does not go on with the headings."""
    following = any(role_of(text) is not None for text in texts[width : 2 * width])
    return max((share for other, share in found.items() if other % width or following), default=0.0)


def _heads(texts: list[str], width: int) -> bool:
    """Tell whether so many cells are the headings: some are known, and the next row begins with none.

    A title may stand above them, merged over all columns.
    """
    if sum(map(bool, texts[:width])) == 1 and len(texts) > 2 * width:
        texts = texts[width:]
    known = {role for text in texts[:width] if (role := role_of(text)) is not None}
    following = texts[width]
    return len(known) > 1 and (role_of(following) is None or row_code(following) is not None)


def _alike(rows: list[list[str]]) -> float:
    """Return how many cells are like most of their column: a number or short mark, or words."""
    same = whole = 0
    for column in zip(*rows, strict=True):
        short = sum(bool(text) and (row_code(text) is not None or most_points(text) is not None) for text in column)
        filled = sum(map(bool, column))
        if filled > 1:  # one cell is always like itself
            same, whole = same + max(short, filled - short) - 1, whole + filled - 1
    return same / whole if whole else 0.0


def _heading_width(pieces: list[_Piece]) -> int:
    """Return the length of the heading: the cells before the first number, or before the first blank line."""
    for at, piece in enumerate(pieces[:60]):
        if at > 1 and (piece.after_blank or _CODE.fullmatch(piece.text.strip())):
            return at // 2 if _is_double(pieces[:at]) else at
    return len(pieces)


def _is_double(pieces: list[_Piece]) -> bool:
    """Tell whether headings are two rows: the second only has words where it divides columns of the first."""
    half = len(pieces) // 2
    first, second = pieces[:half], pieces[half:]
    if len(pieces) % 2 or half < 4:
        return False
    blank = [not piece.text.strip() for piece in second]
    divided = [at for at, piece in enumerate(first) if not piece.text.strip()]
    return blank[0] and blank[1] and len(divided) > 1 and all(not blank[at] for at in divided)


def _length(pieces: list[_Piece], at: int, width: int) -> int:
    """Return how many cells the row that opens here has."""
    left = len(pieces) - at
    if left <= width:
        short = _next_code(pieces, at + 1, left)
        return short or left
    if _opens(pieces[at + width]):
        return _split(pieces, at, width)
    return _next_code(pieces, at + 1, width) or width


def _split(pieces: list[_Piece], at: int, width: int) -> int:
    """Return less than the full length where a row that lost its last cells runs into a row that is complete."""
    for length in range(2, width):
        here, end = pieces[at + length], at + length + width
        if not _CODE.fullmatch(here.text.strip()) or here.text.strip().isdigit():
            continue
        if end >= len(pieces) or _opens(pieces[end]):
            return length
    return width


def _next_code(pieces: list[_Piece], start: int, within: int) -> int | None:
    for at in range(start, min(start + within, len(pieces))):
        if "." in pieces[at].text and _CODE.fullmatch(pieces[at].text.strip()):
            return at - start + 1
    return None


def _opens(piece: _Piece) -> bool:
    """Tell whether a cell can open a row: it is empty or a number."""
    text = piece.text.strip()
    return not text or bool(_CODE.fullmatch(text)) or piece.after_blank
