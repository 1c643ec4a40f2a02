"""Rules carried out with whole numbers for a block of units at once: exact, as long as they fit 64 bits.

Results of thousands of units state the exact points of every criterion as a fraction. Most figures are small enough
for numerators and denominators in columns; where a number might not fit, the criterion is left to ``exact``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from chiso.framework.expression import Formula
from chiso.framework.rules import CountsFor
from chiso.scoring.exact import ONE, ZERO, ExactPeers, Extremes
from chiso.scoring.facts import Facts, Indices, Mask
from chiso.scoring.lasting import counting
from chiso.scoring.meaning import Bound, Branch, Scope
from chiso.scoring.states import State

Whole = npt.NDArray[np.int64]

#: Magnitudes stay below this, so that the sum of two still fits.
_LIMIT = 2**62

#: Quotients with larger numbers than this are reduced at once, so that the next product is more likely to fit.
_LARGE = 2**31


class TooLargeError(ArithmeticError):
    """A number might not fit: the criterion is worked out unit by unit instead."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """``over / under``, one a unit; ``under`` is above zero. Where ``known`` does not hold the numbers mean nothing."""

    over: Whole
    under: Whole
    known: Mask

    def reduced(self) -> Quotient:
        """Return the same in lowest terms."""
        common = np.gcd(self.over, self.under)
        return Quotient(self.over // common, self.under // common, self.known)


class WholeArithmetic:
    """Carries out rules for the units ``start:stop``.

    Raises:
        TooLargeError: from any operation.
    """

    def __init__(self, facts: Facts, start: int, stop: int, peers: ExactPeers) -> None:
        self.facts, self.start, self.stop, self.peers = facts, start, stop, peers
        self._read: dict[str, Quotient] = {}

    def constant(self, value: Fraction) -> Quotient:
        """Return the same number for every unit."""
        return self._spread([value], np.zeros(self.stop - self.start, np.intp))

    def _spread(self, values: Sequence[Fraction | None], at: Indices) -> Quotient:
        """Return for each unit the value at its position in a list; None is not known."""
        numbers = [ZERO if one is None else one for one in values]
        if any(max(abs(one.numerator), one.denominator) >= _LIMIT for one in numbers):
            raise TooLargeError
        over = np.array([one.numerator for one in numbers], np.int64)
        under = np.array([one.denominator for one in numbers], np.int64)
        known = np.array([one is not None for one in values], np.bool_)
        return Quotient(over[at], under[at], known[at])

    def fact(self, fact: str) -> Quotient:
        """Return a fact."""
        found = self._read.get(fact)
        if found is None:
            column, here = self.facts.column(fact), slice(self.start, self.stop)
            over = column.numbers[here].astype(np.int64)
            known = np.ones(len(over), np.bool_) if column.states is None else column.states[here] == State.GIVEN
            found = self._read[fact] = Quotient(over, np.full(len(over), column.scale, np.int64), known)
        return found

    def add(self, left: Quotient, right: Quotient) -> Quotient:
        """Return the sum."""
        return self._plus_minus(left, right, np.add)

    def subtract(self, left: Quotient, right: Quotient) -> Quotient:
        """Return the difference."""
        return self._plus_minus(left, right, np.subtract)

    def _plus_minus(self, left: Quotient, right: Quotient, operation: Any) -> Quotient:
        known = np.logical_and(left.known, right.known)
        if np.array_equal(left.under, right.under):
            return _made(operation(left.over, right.over), left.under, known)
        over = operation(_product(left.over, right.under), _product(right.over, left.under))
        return _made(over, _product(left.under, right.under), known)

    def multiply(self, left: Quotient, right: Quotient) -> Quotient:
        """Return the product."""
        known = np.logical_and(left.known, right.known)
        return _made(_product(left.over, right.over), _product(left.under, right.under), known)

    def divide(self, left: Quotient, right: Quotient) -> Quotient:
        """Return the quotient; it is not known where the denominator is zero."""
        known = np.logical_and(np.logical_and(left.known, right.known), right.over != 0)
        over = _product(left.over, right.under) * np.where(right.over < 0, -1, 1)
        return _made(over, _product(left.under, np.where(right.over == 0, 1, np.abs(right.over))), known)

    def within(self, part: Quotient, whole: Quotient, code: str) -> Quotient:  # noqa: ARG002 - the exact arithmetic words the error
        """Return ``part``; it is not known where it is negative or exceeds ``whole``."""
        wrong = np.logical_or(part.over < 0, _compared(part, whole) > 0)
        # Where the whole is not given, its own state says so.
        return Quotient(part.over, part.under, np.logical_and(part.known, ~np.logical_and(whole.known, wrong)))

    def times(self, value: Quotient, factor: Fraction) -> Quotient:
        """Return the value times a constant."""
        return value if factor == 1 else self.multiply(value, self.constant(factor))

    def proportion(self, value: Quotient, top: Fraction, full: Fraction) -> Quotient:
        """Return ``full`` for a value from ``top`` on, in proportion below."""
        return self.times(self.capped(value, top), full / top)

    def portion(self, share: Fraction, full: Fraction) -> Quotient:
        """Return a constant share of ``full``."""
        return self.constant(share * full)

    def total(self, values: Sequence[Quotient]) -> Quotient:
        """Return the sum of parts."""
        result = values[0]
        for value in values[1:]:
            result = self.add(result, value)
        return result

    def at_most(self, value: Quotient, top: Fraction) -> Quotient:
        """Return the smaller of both."""
        limit = self.constant(top)
        return _where(_compared(value, limit) > 0, limit, value, value.known)

    def capped(self, value: Quotient, top: Fraction) -> Quotient:
        """Return the value, kept between 0 and ``top``."""
        return self.between(value, ZERO, top)

    def between(self, value: Quotient, floor: Fraction, ceiling: Fraction) -> Quotient:
        """Return the value, kept between both."""
        lowest = self.constant(floor)
        return self.at_most(_where(_compared(value, lowest) < 0, lowest, value, value.known), ceiling)

    def pick(self, fact: str, branches: Sequence[Branch[Quotient]]) -> Quotient:
        """Return the branch at the position that a fact gives."""
        chosen = self.fact(fact)
        found = branches[0]()
        for position, branch in enumerate(branches[1:], 1):
            found = _chosen(chosen.over == position, branch(), found)
        return Quotient(found.over, found.under, np.logical_and(found.known, chosen.known))

    def unless(self, answer: Quotient, value: Branch[Quotient], otherwise: Branch[Quotient]) -> Quotient:
        """Return ``otherwise`` where the answer is given and no, else ``value``."""
        return _chosen(np.logical_and(answer.known, answer.over == 0), otherwise(), value())

    def first(
        self, value: Quotient, lines: Sequence[tuple[Bound, Branch[Quotient]]], otherwise: Branch[Quotient]
    ) -> Quotient:
        """Return the branch of the first bound that holds."""
        found = otherwise()
        for (kind, bound), branch in reversed(lines):
            order = _compared(value, self.constant(bound))
            found = _chosen(_HOLDS[kind](order, 0), branch(), found)
        return Quotient(found.over, found.under, np.logical_and(found.known, value.known))

    def largest(self, values: Sequence[Quotient]) -> Quotient:
        """Return the largest of the values that are known."""
        found = values[0]
        for value in values[1:]:
            larger = np.logical_or(~found.known, _compared(value, found) > 0)
            found = _chosen(np.logical_and(value.known, larger), value, found)
        return found

    def either(self, value: Quotient, other: Branch[Quotient]) -> Quotient:
        """Return ``value``, or ``other`` where it is missing."""
        return _chosen(value.known, value, other())

    def decide(self, value: Quotient, decided: str, full: Fraction) -> Quotient:  # noqa: ARG002 - never above it where it counts
        """Return ``value``, or the points in the fact ``decided`` where it is not known."""
        return _chosen(value.known, value, self.fact(decided)) if decided in self.facts.columns else value

    def still_counting(self, value: Quotient, done: str, whole: str, rule: CountsFor) -> Quotient:
        """Return ``value``, or 0 where what was done counts no more on the day of the assessment (A25)."""
        kept = counting(self.facts, self.start, self.stop, done, whole, rule)
        return _where(kept, value, self.constant(ZERO), value.known)

    def min_max(self, value: Quotient, formula: Formula, scope: Scope) -> Quotient:
        """Return the place of the value between the lowest and highest of the peers, 0 to 1 (A2)."""
        peers, at = self._peers(formula, scope)
        lows = [one.lowest for one in peers]
        spreads = [_less(one.highest, one.lowest) for one in peers]
        share = self.divide(self.subtract(value, self._spread(lows, at)), self._spread(spreads, at))
        equal = np.array([one == 0 for one in spreads])[at]
        return _where(equal, self.constant(ONE), share, np.where(equal, value.known, share.known))

    def share_of_best(self, value: Quotient, formula: Formula, scope: Scope) -> Quotient:
        """Return the value over the highest of the peers, 0 to 1 (A2)."""
        peers, at = self._peers(formula, scope)
        highest = self._spread([one.highest for one in peers], at)
        share = self.divide(_where(value.over < 0, self.constant(ZERO), value, value.known), highest)
        # Nothing above zero anywhere: whoever equals the highest has all of it, as when all peers are equal.
        nothing = np.logical_and(highest.known, highest.over <= 0)
        all_of_it = self._spread([ZERO, ONE], (_compared(value, highest) == 0).astype(np.intp))
        return _where(nothing, all_of_it, share, np.where(nothing, value.known, share.known))

    def _peers(self, formula: Formula, scope: Scope) -> tuple[list[Extremes], Indices]:
        """Return the extremes of the groups in the block, and the position of each unit's among them."""
        if self.facts.absent is not None:
            # Units that are no peers of others are compared as if they were: each has extremes of its own.
            raise TooLargeError
        groups = self.facts.groups[self.start : self.stop]
        _, firsts, at = np.unique(groups, return_index=True, return_inverse=True)
        return [self.peers.extremes(formula, scope, self.start + int(one)) for one in firsts], at

    def reference(self, scope: Scope) -> Quotient:
        """Return the reference value given from outside; not known where nobody gives one."""
        value = self.facts.references.get("@reference", {}).get(f"{scope.code}/reference")
        return self.unscored() if value is None else self.constant(value)

    def unscored(self) -> Quotient:
        """Return no points, since none are given yet."""
        nothing = self.constant(ZERO)
        return Quotient(nothing.over, nothing.under, ~nothing.known)


_HOLDS: dict[str, Callable[[Whole, int], Mask]] = {
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
}


def _made(over: Whole, under: Whole, known: Mask) -> Quotient:
    """Return a quotient, in lowest terms once its numbers are large."""
    made = Quotient(over, under, known)
    return made.reduced() if max(_bound(over), _bound(under)) >= _LARGE else made


def _bound(numbers: Whole) -> int:
    return int(np.abs(numbers).max(initial=0))


def _product(left: Whole, right: Whole) -> Whole:
    if _bound(left) * _bound(right) >= _LIMIT:
        raise TooLargeError
    return left * right


def _compared(left: Quotient, right: Quotient) -> Whole:
    """Return a number below, at or above zero where ``left`` is below, at or above ``right``."""
    return _product(left.over, right.under) - _product(right.over, left.under)


def _where(mask: Mask, value: Quotient, other: Quotient, known: Mask) -> Quotient:
    return Quotient(np.where(mask, value.over, other.over), np.where(mask, value.under, other.under), known)


def _chosen(mask: Mask, value: Quotient, other: Quotient) -> Quotient:
    return _where(mask, value, other, np.where(mask, value.known, other.known))


def _less(highest: Fraction | None, lowest: Fraction | None) -> Fraction | None:
    return None if highest is None or lowest is None else highest - lowest
