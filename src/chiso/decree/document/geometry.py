"""Letters and drawn lines of a page: words, lines of words, and what stands beside and below each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


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

    def joined(self, other: Box) -> Box:
        """Return the smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


class Letter(NamedTuple):
    """A letter, its box, and the size of its font."""

    text: str
    box: Box
    size: float


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

    @property
    def box(self) -> Box:
        """Return the box around the words."""
        box = self.words[0].box
        for word in self.words[1:]:
            box = box.joined(word.box)
        return box

    @property
    def text(self) -> str:
        """Return the words with single spaces."""
        return " ".join(word.text for word in self.words)


def lines_of(letters: Iterable[Letter]) -> list[TextLine]:
    """Return the lines of letters from top to bottom, their words from left to right."""
    found: list[TextLine] = []
    for row in _rows([letter for letter in letters if letter.text.strip() or letter.text == " "]):
        words = _words(row)
        if words:
            found.append(TextLine(words))
    return found


def _rows(letters: Sequence[Letter]) -> list[list[Letter]]:
    """Group letters by the line they stand on; accents and small letters lie within the height of their line."""
    rows: list[list[Letter]] = []
    bounds: list[tuple[float, float]] = []
    for letter in sorted(
        (one for one in letters if one.text.strip()), key=lambda one: (one.box.top + one.box.bottom) / 2
    ):
        middle = letter.box.middle[1]
        top, bottom = letter.box.top, letter.box.bottom
        if bounds and (bounds[-1][0] <= middle <= bounds[-1][1] or top <= sum(bounds[-1]) / 2 <= bottom):
            rows[-1].append(letter)
            bounds[-1] = (min(bounds[-1][0], top), max(bounds[-1][1], bottom))
        else:
            rows.append([letter])
            bounds.append((top, bottom))
    return rows


def _words(row: Sequence[Letter]) -> list[Word]:
    found: list[Word] = []
    for letter in sorted(row, key=lambda one: one.box.left):
        size = letter.size or (letter.box.bottom - letter.box.top)
        gap = letter.box.left - found[-1].box.right if found else 0.0
        if found and gap <= 0.17 * max(size, 4.0):
            found[-1] = Word(found[-1].text + letter.text, found[-1].box.joined(letter.box), size)
        else:
            found.append(Word(letter.text, letter.box, size))
    return found


def clustered(values: Iterable[float], within: float = 3.0) -> list[float]:
    """Return values that lie near each other as one, in order."""
    found: list[list[float]] = []
    for value in sorted(values):
        if found and value - found[-1][-1] <= within:
            found[-1].append(value)
        else:
            found.append([value])
    return [sum(group) / len(group) for group in found]
