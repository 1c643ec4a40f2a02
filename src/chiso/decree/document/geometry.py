"""Letters and drawn lines of a page: words, lines of words, and what stands beside and below each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

#: A gap wider than the first, as a share of the size of the letters, parts words where the text layer has a space, one
#: wider than the second everywhere: letters of another font may stand off a little within a word.
_SPACE, _GAP = 0.1, 0.5
_SMALLEST = 4.0


class Box(NamedTuple):
    """A rectangle in points; the top of the page is 0 and numbers grow downwards."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Return the point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


class Letter(NamedTuple):
    """A letter, its box, the size of its font, and whether a space stands before it in the text layer."""

    text: str
    box: Box
    size: float
    opens: bool = True


class Ruling(NamedTuple):
    """A straight drawn line: where it lies across its direction, and from where to where it goes."""

    upright: bool
    at: float
    start: float
    end: float

    @classmethod
    def of(cls, box: Box, thin: float) -> Ruling | None:
        """Return a thin box as a line; nothing where it is no line."""
        width, height = box.right - box.left, box.bottom - box.top
        if width <= thin < height:
            return cls(True, (box.left + box.right) / 2, box.top, box.bottom)  # noqa: FBT003
        if height <= thin < width:
            return cls(False, (box.top + box.bottom) / 2, box.left, box.right)  # noqa: FBT003
        return None


@dataclass
class Page:
    """A page: its number, its size, its letters and its drawn lines."""

    number: int
    width: float
    height: float
    letters: list[Letter]
    rulings: list[Ruling] = field(default_factory=list)


@dataclass
class Word:
    """Letters that stand together."""

    text: str
    box: Box
    size: float


@dataclass
class TextLine:
    """Words on one line, from left to right."""

    words: list[Word]

    @cached_property
    def box(self) -> Box:
        """Return the box around the words."""
        boxes = [word.box for word in self.words]
        return Box(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )

    @property
    def text(self) -> str:
        """Return the words with single spaces."""
        return " ".join(word.text for word in self.words)


def lines_of(letters: Iterable[Letter]) -> list[TextLine]:
    """Return the lines of letters from top to bottom, their words from left to right."""
    found: list[TextLine] = []
    for row in _rows(list(letters)):
        words = _words(row)
        if words:
            found.append(TextLine(words))
    return found


#: Marks whose small box lies below the letters of their line.
_HANGING = frozenset(",;_„‚")


def _rows(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Group letters by the line they stand on; accents and small letters lie within the height of their line."""
    rows: list[list[Letter]] = []
    upper = lower = 0.0
    for letter in sorted(letters, key=_height):
        _, top, _, bottom = letter.box
        hangs = letter.text in _HANGING and top <= lower  # in "12,5 điểm" only the comma reaches below the line
        if rows and (hangs or upper <= (top + bottom) / 2 <= lower or top <= (upper + lower) / 2 <= bottom):
            rows[-1].append(letter)
            upper, lower = min(upper, top), max(lower, bottom)
        else:
            rows.append([letter])
            upper, lower = top, bottom
    return rows


def _height(letter: Letter) -> float:
    return letter.box.top + letter.box.bottom


def _words(row: Sequence[Letter]) -> list[Word]:
    """Join letters that stand together; a page has thousands, so boxes are made once a word is complete."""
    found: list[Word] = []
    signs: list[str] = []
    left = top = right = bottom = size = 0.0
    for sign, box, given, opens in sorted(row, key=_left):
        own = given or box.bottom - box.top
        if signs and box.left - right <= (_SPACE if opens else _GAP) * max(own, _SMALLEST):
            right = max(right, box.right)
            top, bottom = min(top, box.top), max(bottom, box.bottom)
        else:
            if signs:
                found.append(Word("".join(signs), Box(left, top, right, bottom), size))
            signs, (left, top, right, bottom), size = [], box, own
        signs.append(sign)
    if signs:
        found.append(Word("".join(signs), Box(left, top, right, bottom), size))
    return found


def _left(letter: Letter) -> float:
    return letter.box.left


def clustered(values: Iterable[float], within: float = 3.0) -> list[float]:
    """Return values that lie near each other as one, in order."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= within:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]
