"""Tables without drawn lines: columns are the gaps that lines of words leave free above each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from chiso.decree.document.geometry import TextLine, Word
from chiso.decree.document.shape import Cell
from chiso.decree.language.headings import role_of
from chiso.decree.language.letters import folded, starts_small
from chiso.decree.language.worths import worth_of

_CODE = re.compile(r"(?:[IVXLC]{1,6}|\d{1,3}(?:\.\d{1,3})*|[A-Za-zĐđ])[.)]?")
#: A number behind the word for what it numbers.
_NAMED = re.compile(r"(?:tiêu chí|tiêu chuẩn|chỉ tiêu|chỉ số|nhóm|phần|mục)(?: số)? \S{1,6}", re.IGNORECASE)
#: A gap between columns is at least so wide, as a share of the size of the letters.
_GAP = 0.7
#: The narrowest gap between columns whose cells begin below each other, and how exactly they do, in points.
_NARROW, _ALIGNED = 1.0, 1.5
#: Rows are further apart than the lines of a cell: by so much of the height of a line.
_APART = 0.6
#: The height of a line without tall letters says little: from line to line, rows are apart by so much of their size.
_STEP = 1.7
#: What stands so far below is no more of the same heading, and below a table what is so much further than its rows.
_FAR, _FURTHER = 3.0, 1.5
#: Lines of a heading: three, and those of centred cells stand between the lines of others.
_HIGHEST = 6
#: With what a line below a table begins, however short it is.
_BELOW = re.compile(r"\W*(?:ghi chu|luu y|noi nhan)\b")
#: What stands between two tables.
_NEXT = re.compile(r"phu luc(?: so)?(?: [ivx]{1,5}| \d{1,2})?[.:]?")
#: A table without lines has a heading with so many known columns, and so many lines below it.
_HEADINGS, _LINES = 3, 3


def segments(line: TextLine) -> list[TextLine]:
    """Split a line where gaps wider than a space stand between words."""
    found: list[list[Word]] = []
    for word in line.words:
        if found and word.box.left - found[-1][-1].box.right <= _GAP * max(word.size, 4.0):
            found[-1].append(word)
        else:
            found.append([word])
    return [TextLine(words) for words in found]


def heading_at(lines: Sequence[TextLine], at: int) -> int:
    """Return how many lines from here on are the headings of a table: 0 where there is none."""
    best = 0
    # Of centred cells, the highest one begins alone, and the lines of the others stand between its own.
    between = at + 1 < len(lines) and _white(lines[at], lines[at + 1]) < 0
    if len(segments(lines[at])) < _HEADINGS - 1 and not between:
        return best
    for height in range(1, _HIGHEST + 1):
        chosen = lines[at : at + height]
        if len(chosen) < height or _opens(chosen[-1]):
            break
        white = _white(chosen[-2], chosen[-1]) if height > 1 else 0.0
        if white > (_APART if best else _FAR) * _size(chosen[-1]):
            break  # what follows at a distance is the first row, or the rest of one that the page before began
        stacks = _stacked(chosen)
        known = {role for text in stacks if (role := role_of(text)) is not None}
        lines_of_rules = sum(worth_of(text) is not None for text in stacks)
        enough = len(known) >= _HEADINGS or (len(stacks) >= _HEADINGS and ("max_points" in known or lines_of_rules > 1))
        if enough and ("title" in known or ("code" in known and len(stacks) > _HEADINGS)):
            best = height
    return best


def _white(before: TextLine, line: TextLine) -> float:
    """Return how much is left free between two lines."""
    return line.box.top - before.box.bottom


def _size(line: TextLine) -> float:
    return line.box.bottom - line.box.top


def _opens(line: TextLine) -> bool:
    """Tell whether a line begins a row: its first word is a number."""
    return bool(_CODE.fullmatch(segments(line)[0].text))


def _stacked(lines: Sequence[TextLine]) -> list[str]:
    """Join the segments of headings that stand above each other."""
    stacks: list[tuple[float, float, list[str]]] = []
    for line in lines:
        for part in segments(line):
            box = part.box
            home = next((stack for stack in stacks if stack[0] <= box.right and box.left <= stack[1]), None)
            if home is None:
                stacks.append((box.left, box.right, [part.text]))
            else:
                stacks[stacks.index(home)] = (min(home[0], box.left), max(home[1], box.right), [*home[2], part.text])
    return [" ".join(texts) for _, _, texts in stacks]


def columns_of(lines: Sequence[TextLine]) -> list[float]:
    """Return where columns begin: the right edges of the gaps that all lines leave free.

    A line that is merged over columns closes their gaps; it is left out where other lines show them.
    """
    parts = [segments(line) for line in lines]
    divided = [at for at, found in enumerate(parts) if len(found) > 1]
    if len(divided) < _LINES:
        return _starts_of(lines, parts)
    sure = _starts_of([lines[at] for at in divided], [parts[at] for at in divided])
    begins = [[part.box.left for part in parts[at]] for at in divided]
    firm = [start for start in sure[1:] if _supported(start, begins)]
    kept = [at for at, found in enumerate(parts) if len(found) > 1 or not _over(found[0], firm)]
    return _starts_of([lines[at] for at in kept], [parts[at] for at in kept])


def _supported(start: float, begins: Sequence[Sequence[float]]) -> bool:
    """Tell whether enough lines have a cell that begins here."""
    return sum(any(abs(left - start - 1) <= _ALIGNED for left in line) for line in begins) >= _LINES


def _starts_of(lines: Sequence[TextLine], parts: Sequence[Sequence[TextLine]]) -> list[float]:
    words = sorted((word for line in lines for word in line.words), key=lambda one: one.box.left)
    if not words:
        return []
    begins = [[part.box.left for part in found] for found in parts]
    size = sum(word.size for word in words) / len(words)
    starts, end = [words[0].box.left - 1], words[0].box.right
    for word in words:
        free = word.box.left - end
        # A narrow gap is one where cells of several lines begin right behind it: words of a sentence do not.
        if free >= max(2.0, _GAP * size) or (free >= _NARROW and _supported(word.box.left - 1, begins)):
            starts.append(word.box.left - 1)
        end = max(end, word.box.right)
    return starts


def rows_of(lines: Sequence[TextLine], starts: Sequence[float], heading: int) -> list[tuple[list[Cell], bool]]:
    """Return the rows of a table, each with whether it is uncertain where its words belong.

    Rows are bands of lines that stand apart where each has at most one number. Otherwise a row begins where the first
    column has a number, or after a wider gap.
    """
    found: list[tuple[list[list[str]], list[TextLine]]] = []
    previous: TextLine | None = None
    spacing = _spacing(lines)
    bands = _bands(lines, starts, heading)
    for at, line in enumerate(lines):
        cells = _cells(line, starts)
        gap = line.box.top - previous.box.top if previous is not None else 0.0
        begins = at in bands if bands else at > heading and (_numbered(cells) or gap > 1.6 * spacing)
        if at == 0 or at == heading or begins:
            found.append((cells, [line]))
        else:
            found[-1][1].append(line)
            for column, words in enumerate(cells):
                if words:
                    found[-1][0][column].append("\n")
                    found[-1][0][column].extend(words)
        previous = line
    return [
        ([Cell(_joined(words)) for words in cells], _unsure(own, starts, apart=bool(bands))) for cells, own in found
    ]


def _unsure(lines: Sequence[TextLine], starts: Sequence[float], *, apart: bool) -> bool:
    """Tell whether words that stand together were parted by a column, or rows do not stand apart."""
    return not apart or any(_columns(part, starts) > 1 for line in lines for part in segments(line))


def _columns(part: TextLine, starts: Sequence[float]) -> int:
    return sum(1 for words in _cells(part, starts) if words)


def _numbered(cells: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first column of a line holds a number."""
    first = " ".join(cells[0])
    return bool(first and (_CODE.fullmatch(first) or _NAMED.fullmatch(first)))


def _bands(lines: Sequence[TextLine], starts: Sequence[float], heading: int) -> set[int]:
    """Return where rows begin that stand apart, their numbers beside any of their lines; nothing where that is unclear.

    Cells that are centred have their number beside the middle of a longer text.
    """
    body = lines[heading:]
    if len(body) < _LINES and not (len(body) > 1 and len(segments(body[-1])) > 1):
        return set()
    size = sum(map(_size, body)) / len(body)
    whites = [_white(before, line) for before, line in pairwise(body)]
    letters = sum(word.size for line in body for word in line.words) / sum(len(line.words) for line in body)
    steps = [line.box.middle[1] - before.box.middle[1] for before, line in pairwise(body)]
    begins = [
        0,
        *(at for at, white in enumerate(whites, 1) if white > _APART * size and steps[at - 1] > _STEP * letters),
    ]
    numbers = [at for at, line in enumerate(body) if _numbered(_cells(line, starts))]
    counts = [sum(one <= at < end for at in numbers) for one, end in zip(begins, [*begins[1:], len(body)], strict=True)]
    if max(counts) > 1 or len(begins) < 2:
        return set()
    if counts.count(0) > 2 * len(numbers) and any(_torn(body[at], starts) for at in begins[1:]):
        return set()
    return {heading + at for at in begins}


def _torn(line: TextLine, starts: Sequence[float]) -> bool:
    """Tell whether a line goes on with a sentence, so that lines of a cell are as far apart as rows."""
    filled = [" ".join(words) for words in _cells(line, starts) if words]
    return len(filled) == 1 and starts_small(filled[0])


def _spacing(lines: Sequence[TextLine]) -> float:
    gaps = sorted(after.box.top - before.box.top for before, after in pairwise(lines))
    gaps = [gap for gap in gaps if gap > 2.0]
    return gaps[len(gaps) // 4] if gaps else 12.0


def _cells(line: TextLine, starts: Sequence[float]) -> list[list[str]]:
    cells: list[list[str]] = [[] for _ in starts]
    for word in line.words:
        middle = word.box.left + 0.5
        column = max(at for at, start in enumerate(starts) if start <= middle or at == 0)
        cells[column].append(word.text)
    return cells


def _joined(words: Sequence[str]) -> str:
    return re.sub(r" ?\n ?", "\n", " ".join(words)).strip()


def ends_table(lines: Sequence[TextLine], at: int, starts: Sequence[float]) -> bool:
    """Tell whether a line stands below a table: it is one long line across the columns."""
    parts = segments(lines[at])
    if len(parts) > 1:
        return False
    if _NEXT.fullmatch(folded(parts[0].text)):
        return True
    if _BELOW.match(folded(parts[0].text)) and parts[0].box.left < starts[1]:
        return True
    box = parts[0].box
    crossed = sum(box.left < start - 1 and box.right > start + 6 for start in starts[1:])
    return crossed >= max(2, len(starts) // 2)


def stands_off(lines: Sequence[TextLine], first: int, at: int, starts: Sequence[float]) -> bool:
    """Tell whether a line stands below a table: one piece, and no number, further from the last row than rows are."""
    parts = segments(lines[at])
    if len(parts) > 1 or at - first < 2 or len(starts) < 2 or _CODE.fullmatch(parts[0].text):
        return False
    if parts[0].box.left >= starts[1] and not _over(parts[0], starts[1:]):
        return False
    before = max(_white(one, other) for one, other in pairwise(lines[first:at]))
    return _white(lines[at - 1], lines[at]) > _FURTHER * max(before, _size(lines[at]))


def _over(part: TextLine, starts: Sequence[float]) -> bool:
    """Tell whether words run over where columns begin."""
    return any(part.box.left < start - 1 and part.box.right > start + 1 for start in starts)
