"""Which values a formula over facts can take: from where to where, and whether only multiples of something.

Figures of offices are never negative; a difference of two may be. That two letters of a formula may be the same fact is
not used, so the values found may be more than the formula can give, never fewer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import gcd

from chiso.framework.expression import Formula, Name, Number, Operation, Term
from chiso.framework.model import FactType
from chiso.framework.reach.pointset import EMPTY, LIMIT, PointSet

ZERO, ONE = Fraction(0), Fraction(1)

_OPPOSITE = {"at_least": "below", "below": "at_least", "above": "at_most", "at_most": "above"}


@dataclass(frozen=True, slots=True)
class Figures:
    """The values from ``low`` to ``high`` (None: without end); only multiples of ``grain`` where there is one."""

    low: Fraction | None = ZERO
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False
    grain: Fraction | None = None

    @classmethod
    def exactly(cls, value: Fraction) -> Figures:
        """Return the one value."""
        return cls(value, value, grain=value or ONE)

    @classmethod
    def of_type(cls, kind: FactType) -> Figures:
        """Return what a fact of a type can be: counts and days are whole, shares are entered up to 100 %."""
        if kind in ("count", "days", "choice"):
            return cls(grain=ONE)
        if kind == "yes_no":
            return cls(ZERO, ONE, grain=ONE)
        return cls(ZERO, ONE) if kind == "share" else cls()

    @property
    def may_be_negative(self) -> bool:
        """Whether there are values below 0."""
        return self.low is None or self.low < 0

    def where(self, kind: str, bound: Fraction) -> Figures | None:
        """Return the values that satisfy a bound of steps; None when there are none."""
        found = self
        if kind == "at_least" and (self.low is None or bound > self.low):
            found = replace(self, low=bound, low_open=False)
        elif kind == "above" and (self.low is None or bound >= self.low):
            found = replace(self, low=bound, low_open=True)
        elif kind == "at_most" and (self.high is None or bound < self.high):
            found = replace(self, high=bound, high_open=False)
        elif kind == "below" and (self.high is None or bound <= self.high):
            found = replace(self, high=bound, high_open=True)
        return found._settled()

    def where_not(self, kind: str, bound: Fraction) -> Figures | None:
        """Return the values that do not satisfy a bound; None when there are none."""
        return self.where(_OPPOSITE[kind], bound)

    def _settled(self) -> Figures | None:
        """Return the same with ends that are multiples of the grain; None when nothing is left."""
        low, high, low_open, high_open = self.low, self.high, self.low_open, self.high_open
        if self.grain is not None and low is not None:
            steps = -(-low // self.grain)
            low, low_open = self.grain * (steps + (low_open and steps * self.grain == low)), False
        if self.grain is not None and high is not None:
            steps = high // self.grain
            high, high_open = self.grain * (steps - (high_open and steps * self.grain == high)), False
        if low is not None and high is not None and (low > high or (low == high and (low_open or high_open))):
            return None
        return Figures(low, high, low_open, high_open, self.grain)

    def points(self, top: Fraction, factor: Fraction) -> PointSet:
        """Return every ``min(value, top) * factor`` of the values from 0 up."""
        found = PointSet.of(top) if self.high is None or self.high > top else EMPTY
        below = self.where("at_most", top)
        below = below and below.where("at_least", ZERO)
        if below is None:
            return found.scaled(factor)
        low, high = below.low, below.high
        assert low is not None, "bounded by 0"
        assert high is not None, "bounded by the top"
        if below.grain is not None and (high - low) / below.grain < LIMIT:
            steps = int((high - low) / below.grain)
            found |= PointSet.of(*(low + step * below.grain for step in range(steps + 1)))
        else:
            found |= PointSet.between(low, high, low_open=below.low_open, high_open=below.high_open)
        return found.scaled(factor)


def figures_of(formula: Formula, types: Mapping[str, FactType]) -> Figures:
    """Return the values that a formula can take; ``types`` holds the type of each letter."""
    return _term(formula.term, types)


def quotient_of(over: Formula, under: Formula) -> Formula:
    """Return the formula of a ratio, as a rule of steps would write it."""
    return Formula(Operation("/", over.term, under.term))


def _term(term: Term, types: Mapping[str, FactType]) -> Figures:
    if isinstance(term, Name):
        return Figures.of_type(types[term.name])
    if isinstance(term, Number):
        return Figures.exactly(term.value)
    left, right = _term(term.left, types), _term(term.right, types)
    if term.symbol == "+":
        return _sum(left, right)
    if term.symbol == "-":
        return _difference(left, right)
    return _product(left, right) if term.symbol == "*" else _quotient(left, right)


def _shared(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    """Return the largest number of which both grains are multiples."""
    if one is None or other is None:
        return None
    crossed = gcd(one.numerator * other.denominator, other.numerator * one.denominator)
    return Fraction(crossed, one.denominator * other.denominator)


def _sum(left: Figures, right: Figures) -> Figures:
    low = None if left.low is None or right.low is None else left.low + right.low
    high = None if left.high is None or right.high is None else left.high + right.high
    return Figures(low, high, grain=_shared(left.grain, right.grain))


def _difference(left: Figures, right: Figures) -> Figures:
    low = None if left.low is None or right.high is None else left.low - right.high
    high = None if left.high is None or right.low is None else left.high - right.low
    return Figures(low, high, grain=_shared(left.grain, right.grain))


def _product(left: Figures, right: Figures) -> Figures:
    grain = None if left.grain is None or right.grain is None else left.grain * right.grain
    if left.may_be_negative or right.may_be_negative:
        return Figures(None, None, grain=grain)
    low = None if left.low is None or right.low is None else left.low * right.low
    high = None if left.high is None or right.high is None else left.high * right.high
    return Figures(low, high, grain=grain)


def _quotient(left: Figures, right: Figures) -> Figures:
    if right.low == right.high and right.low is not None and right.low > 0:
        return _product(left, Figures.exactly(1 / right.low))
    if left.may_be_negative or right.may_be_negative:
        return Figures(None, None)
    low = left.low / right.high if left.low is not None and right.high else ZERO
    high = left.high / right.low if left.high is not None and right.low else None
    return Figures(low, high)
