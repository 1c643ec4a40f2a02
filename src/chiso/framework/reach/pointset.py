"""Sets of points, exactly: single values and intervals, with or without their ends.

A choice gives a few values, a ratio an interval, parts all sums of both. Sets are added, subtracted, scaled, joined and
intersected as sets of numbers; nothing is rounded. A set of more than :data:`LIMIT` pieces becomes the interval that
holds it: an answer "not in the set" stays right, and the work bounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

#: Most pieces kept apart: of the bundled sums Gia Lai 5.12 needs most, 109.
LIMIT = 1_000

#: Most pairs of pieces added one by one: beyond, the set of more pieces counts as the interval that holds it.
PAIRS = 5_000


@dataclass(frozen=True, slots=True)
class Span:
    """An interval that is not empty; a single value is a span whose ends are the same."""

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    @property
    def is_point(self) -> bool:
        """Whether it is a single value."""
        return self.low == self.high

    def contains(self, value: Fraction) -> bool:
        """Tell whether a value lies in it."""
        above = value > self.low or (value == self.low and not self.low_open)
        return above and (value < self.high or (value == self.high and not self.high_open))

    def negated(self) -> Span:
        """Return the span of the negative values."""
        return Span(-self.high, -self.low, self.high_open, self.low_open)


def _span(low: Fraction, high: Fraction, *, low_open: bool, high_open: bool) -> Iterator[Span]:
    """Yield the span between two ends, nothing when it is empty."""
    if low < high or (low == high and not (low_open or high_open)):
        yield Span(low, high, low_open, high_open)


def _common(one: Span, other: Span) -> Iterator[Span]:
    low, high = max(one.low, other.low), min(one.high, other.high)
    low_open = any(span.low_open for span in (one, other) if span.low == low)
    high_open = any(span.high_open for span in (one, other) if span.high == high)
    yield from _span(low, high, low_open=low_open, high_open=high_open)


def _added(one: Span, other: Span) -> Span:
    low_open, high_open = one.low_open or other.low_open, one.high_open or other.high_open
    return Span(one.low + other.low, one.high + other.high, low_open, high_open)


def _touches(left: Span, right: Span) -> bool:
    """Tell whether two spans, the left one starting first, leave no gap between them."""
    return right.low < left.high or (right.low == left.high and not (left.high_open and right.low_open))


def _joined(left: Span, right: Span) -> Span:
    if left.high == right.high:
        return Span(left.low, left.high, left.low_open, left.high_open and right.high_open)
    last = max(left, right, key=lambda span: span.high)
    return Span(left.low, last.high, left.low_open, last.high_open)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.low, one.low_open)):
        if found and _touches(found[-1], span):
            found[-1] = _joined(found[-1], span)
        else:
            found.append(span)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PointSet:
    """A set of points as disjoint spans in ascending order; equal sets compare equal."""

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, *values: Fraction) -> PointSet:
        """Return the set of some single values."""
        return cls._made(Span(value, value) for value in values)

    @classmethod
    def between(cls, low: Fraction, high: Fraction, *, low_open: bool = False, high_open: bool = False) -> PointSet:
        """Return the interval between two ends; empty when there is nothing between them."""
        return cls(tuple(_span(low, high, low_open=low_open, high_open=high_open)))

    @classmethod
    def _made(cls, spans: Iterable[Span]) -> PointSet:
        made = cls(_merged(spans))
        return made if len(made.spans) <= LIMIT else made.hull()

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __contains__(self, value: Fraction) -> bool:
        return any(span.contains(value) for span in self.spans)

    def __or__(self, other: PointSet) -> PointSet:
        return self._made((*self.spans, *other.spans))

    def __and__(self, other: PointSet) -> PointSet:
        pairs = product(self.spans, other.spans)
        return self._made(span for one, two in pairs for span in _common(one, two))

    def __add__(self, other: PointSet) -> PointSet:
        """Return every sum of one value of each set."""
        one, two = sorted((self, other), key=lambda each: len(each.spans))
        if len(one.spans) * len(two.spans) > PAIRS:
            two = two.hull()
        return self._made(_added(left, right) for left, right in product(one.spans, two.spans))

    def __neg__(self) -> PointSet:
        return PointSet(tuple(span.negated() for span in reversed(self.spans)))

    def __sub__(self, other: PointSet) -> PointSet:
        """Return every difference of a value of this set and one of the other."""
        return self + -other

    def scaled(self, factor: Fraction) -> PointSet:
        """Return every value times a factor."""
        if factor < 0:
            return (-self).scaled(-factor)
        if not factor:
            return PointSet.of(factor) if self else self
        return PointSet(
            tuple(Span(span.low * factor, span.high * factor, span.low_open, span.high_open) for span in self.spans)
        )

    def kept_between(self, floor: Fraction, ceiling: Fraction) -> PointSet:
        """Return the set in which what is below the floor is raised to it, and what is above the ceiling lowered."""
        if not self:
            return self
        ends = [floor] if self.low < floor else []
        ends += [ceiling] if self.high > ceiling else []
        return (self & PointSet.between(floor, ceiling)) | PointSet.of(*ends)

    def hull(self) -> PointSet:
        """Return the smallest interval that holds the set."""
        if not self:
            return self
        first, last = self.spans[0], self.spans[-1]
        return PointSet((Span(first.low, last.high, first.low_open, last.high_open),))

    @property
    def low(self) -> Fraction:
        """The lower end, in the set or not."""
        return self.spans[0].low

    @property
    def high(self) -> Fraction:
        """The upper end, in the set or not."""
        return self.spans[-1].high

    @property
    def width(self) -> Fraction:
        """The distance between the ends; 0 for a single value."""
        return self.high - self.low

    @property
    def only(self) -> Fraction | None:
        """The value of a set that has exactly one."""
        return self.low if len(self.spans) == 1 and self.spans[0].is_point else None

    def neighbours(self, value: Fraction) -> tuple[Fraction | None, Fraction | None]:
        """Return the nearest ends of the set below and above a value that is not in it."""
        ends = [end for span in self.spans for end in (span.low, span.high)]
        below = max((end for end in ends if end <= value), default=None)
        return below, min((end for end in ends if end >= value), default=None)

    def nearest(self, value: Fraction) -> Fraction:
        """Return the value of the set, or the open end of it, that is closest to a value; the lower one of two."""
        if value in self:
            return value
        ends = [end for end in self.neighbours(value) if end is not None]
        return min(ends, key=lambda end: (abs(end - value), end))


EMPTY = PointSet()


def added(sets: Iterable[PointSet]) -> PointSet:
    """Return every sum of one value of each set; without any set the sum is 0."""
    total = PointSet.of(Fraction(0))
    for one in sets:
        total = total + one
    return total
