"""Rules carried out for all units at once in float64, with a proven bound on every error.

Values are never negative, so rounding errors stay relative: each operation adds at most one unit of roundoff
(Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., chapter 3). Where a value is the one rounding of a
quotient of whole numbers with a small enough denominator, comparing it with a bound is exact, since rounding keeps
order and two different such quotients cannot round to the same number. Any other comparison that falls within the
error is marked as a doubt, and the cell is worked out again with fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

import numpy as np

from chiso.framework.expression import Formula
from chiso.framework.rules import CountsFor
from chiso.scoring.approximate import (
    GIVEN,
    ROUNDOFF,
    Approximate,
    anywhere,
    fits,
    given,
    scaled,
    state_where,
    with_states,
    worse,
)
from chiso.scoring.facts import EXACT_LIMIT, PLACEHOLDER, Column, Facts, Floats, Mask, States
from chiso.scoring.lasting import counting
from chiso.scoring.meaning import Bound, Branch, Scope
from chiso.scoring.states import State

#: Units worked out together: fits the processor's cache, and large enough for the cost of a call not to matter.
BLOCK = 16_384


@dataclass(frozen=True, slots=True)
class Range:
    """Lowest and highest value among each unit's peers, their absolute error, and where they are not known."""

    lowest: Floats
    highest: Floats
    absolute: float
    lowest_unknown: Mask
    highest_unknown: Mask


class PeerRanges(Protocol):
    """Supplies the ranges of peers for the units of a block."""

    def ranges(self, formula: Formula, scope: Scope) -> Range:
        """Return the range of each unit's peers."""


class ColumnArithmetic:
    """Carries out rules for the units ``start:stop``. ``doubt`` marks the units whose comparison was too close."""

    def __init__(self, facts: Facts, start: int, stop: int, peers: PeerRanges) -> None:
        self.facts, self.peers = facts, peers
        self.start, self.stop, self.units = start, stop, stop - start
        self.doubt: Mask | None = None
        self._read: dict[str, Approximate] = {}

    def constant(self, value: Fraction) -> Approximate:
        """Return the same number for every unit."""
        if abs(value.numerator) < EXACT_LIMIT and value.denominator < EXACT_LIMIT:
            return Approximate(float(value.numerator), value.denominator, exact=True)
        return Approximate(float(value), relative=ROUNDOFF)

    def fact(self, fact: str) -> Approximate:
        """Return a fact."""
        found = self._read.get(fact)
        if found is None:
            found = self._read[fact] = self._slice(self.facts.column(fact))
        return found

    def _slice(self, column: Column) -> Approximate:
        start, stop = self.start, self.stop
        states = None if column.states is None else column.states[start:stop]
        numbers = column.numbers[start:stop]
        return Approximate(numbers, column.scale, exact=True, states=states, largest=column.largest)

    def add(self, left: Approximate, right: Approximate) -> Approximate:
        """Return the sum."""
        return self._plus_minus(left, right, np.add)

    def subtract(self, left: Approximate, right: Approximate) -> Approximate:
        """Return the difference."""
        difference = self._plus_minus(left, right, np.subtract)
        difference.signed = True
        return difference

    def _plus_minus(self, left: Approximate, right: Approximate, operation: Any) -> Approximate:
        states = worse(left.states, right.states)
        if left.exact and right.exact:
            scale = int(np.lcm(left.scale, right.scale)) if max(left.scale, right.scale) < 2**31 else 0
            if scale and left.bound() * (scale // left.scale) + right.bound() * (scale // right.scale) < EXACT_LIMIT:
                numbers = operation(scaled(left, scale), scaled(right, scale))
                return Approximate(numbers, scale, exact=True, states=states, signed=left.signed or right.signed)
        numbers = operation(left.real(), right.real())
        relative = max(left.error(), right.error()) + ROUNDOFF
        absolute = left.absolute + right.absolute
        if operation is np.add and not (left.signed or right.signed):
            return Approximate(numbers, relative=relative, absolute=absolute, states=states)
        # A difference may cancel, so its error is bounded by the size of its terms and not of the result.
        size = left.bound() / left.scale + right.bound() / right.scale
        return Approximate(numbers, absolute=relative * size + absolute, states=states, signed=True)

    def multiply(self, left: Approximate, right: Approximate) -> Approximate:
        """Return the product."""
        states = worse(left.states, right.states)
        scale = left.scale * right.scale
        if left.exact and right.exact and left.bound() * right.bound() < EXACT_LIMIT and scale < EXACT_LIMIT:
            signed = left.signed or right.signed
            return Approximate(left.numbers * right.numbers, scale, exact=True, states=states, signed=signed)
        relative = left.error() + right.error() + ROUNDOFF
        absolute = left.absolute * right.bound() / right.scale + right.absolute * left.bound() / left.scale
        absolute += left.absolute * right.absolute
        signed = left.signed or right.signed
        return Approximate(
            left.real() * right.real(), relative=relative, absolute=absolute, states=states, signed=signed
        )

    def divide(self, left: Approximate, right: Approximate) -> Approximate:
        """Return the quotient; a zero denominator is an error, never a number (A12)."""
        states = self._where_zero(right, worse(left.states, right.states))
        signed = left.signed or right.signed
        over, under = left.numbers, right.numbers
        if left.exact and right.exact:
            if left.scale != right.scale:
                if left.bound() * right.scale >= EXACT_LIMIT or right.bound() * left.scale >= EXACT_LIMIT:
                    quotient = np.divide(left.real(), right.real())
                    return Approximate(quotient, relative=3 * ROUNDOFF, states=states, signed=signed)
                over, under = over * float(right.scale), under * float(left.scale)
            grain = int(right.bound()) * (left.scale if left.scale != right.scale else 1)
            # NumPy's division, since Python's own refuses a zero also where both are constants.
            return Approximate(np.divide(over, under), relative=ROUNDOFF, grain=grain, states=states, signed=signed)
        quotient = np.divide(left.real(), right.real())
        relative = left.error() + right.error() + 2 * ROUNDOFF
        if not (left.absolute or right.absolute):
            return Approximate(quotient, relative=relative, states=states, signed=signed)
        known = given(states, self.units)
        floor = float(np.where(known, np.abs(right.real()), np.inf).min(initial=np.inf))
        if right.absolute >= floor / 2:
            # The denominator is not known well enough near its smallest value: every cell is worked out exactly.
            self._doubt(np.ones(self.units, np.bool_))
            return Approximate(quotient, relative=1.0, states=states, signed=signed)
        size = Approximate(quotient, states=states).bound()
        absolute = (left.absolute + size * right.absolute) / (floor - right.absolute)
        return Approximate(quotient, relative=relative, absolute=absolute, states=states, signed=signed)

    def _where_zero(self, value: Approximate, states: States | None) -> States | None:
        """Return the states with an error where a denominator is zero."""
        zeros = value.numbers == 0.0
        if value.absolute:
            self._doubt(np.abs(value.real()) <= value.absolute)
        if not anywhere(zeros):
            return states
        zeros = self.whole(zeros)
        if states is not None:
            # Where either is not given, their own state already says so.
            zeros = np.logical_and(zeros, states == GIVEN)
        return worse(states, state_where(zeros, State.ERROR))

    def whole(self, mask: Any) -> Mask:
        """Return a mask of all units, also where it came from a constant."""
        if isinstance(mask, np.ndarray) and mask.ndim:
            return mask
        return np.full(self.units, mask, np.bool_)

    def within(self, part: Approximate, whole: Approximate, code: str) -> Approximate:  # noqa: ARG002 - the exact arithmetic words the error
        """Return ``part``, an error where it is negative or exceeds ``whole`` (A7)."""
        if part.exact and whole.exact and part.scale == whole.scale:
            wrong = part.numbers > whole.numbers
        elif part.exact and whole.exact and fits(part, whole.scale) and fits(whole, part.scale):
            wrong = part.numbers * float(whole.scale) > whole.numbers * float(part.scale)
        else:
            over, limit = part.real(), whole.real()
            size = np.abs(over) + np.abs(limit)
            margin = (part.error() + whole.error() + ROUNDOFF) * size + part.absolute + whole.absolute
            self._doubt(np.abs(over - limit) <= margin)
            if part.absolute:
                self._doubt(np.abs(over) <= part.absolute)
            wrong = over > limit
        if part.signed:
            wrong = np.logical_or(wrong, part.numbers < 0.0)
        if not anywhere(wrong):
            return part
        # Where either is not given, their own state already says so.
        both = worse(part.states, whole.states)
        if both is not None:
            wrong = np.logical_and(wrong, both == GIVEN)
        return with_states(part, worse(part.states, state_where(self.whole(wrong), State.ERROR)))

    def times(self, value: Approximate, factor: Fraction) -> Approximate:
        """Return the value times a constant."""
        if factor == 1:
            return value
        multiplier = float(factor) if value.scale == 1 else float(factor / value.scale)
        numbers = value.numbers * multiplier
        absolute = value.absolute * abs(float(factor)) * (1 + ROUNDOFF)
        relative = value.relative + 2 * ROUNDOFF
        return Approximate(numbers, relative=relative, absolute=absolute, states=value.states, signed=value.signed)

    def proportion(self, value: Approximate, top: Fraction, full: Fraction) -> Approximate:
        """Return ``full`` for a value from ``top`` on, in proportion below."""
        return self.times(self.capped(value, top), full / top)

    def portion(self, share: Fraction, full: Fraction) -> Approximate:
        """Return a constant share of ``full``."""
        # Most options give all or nothing, and multiplying fractions is dear.
        return self.constant(share if not share else full if share == 1 else share * full)

    def total(self, values: Sequence[Approximate]) -> Approximate:
        """Return the sum of parts."""
        result = values[0]
        for value in values[1:]:
            result = self.add(result, value)
        return result

    def at_most(self, value: Approximate, top: Fraction) -> Approximate:
        """Return the smaller of both."""
        limit = float(top * value.scale)
        if value.exact:
            if (top * value.scale).denominator == 1 and limit < EXACT_LIMIT:
                capped = with_states(value, value.states)
                capped.numbers = np.minimum(value.numbers, limit)
                return capped
            return Approximate(np.minimum(value.real(), float(top)), relative=2 * ROUNDOFF, states=value.states)
        numbers = np.minimum(value.numbers, limit)
        relative, absolute = value.relative + ROUNDOFF, value.absolute
        return Approximate(numbers, value.scale, relative=relative, absolute=absolute, states=value.states)

    def capped(self, value: Approximate, top: Fraction) -> Approximate:
        """Return the value, kept between 0 and ``top``."""
        result = self.at_most(value, top)
        if value.signed:
            result.numbers = np.maximum(result.numbers, 0.0)
        return result

    def between(self, value: Approximate, floor: Fraction, ceiling: Fraction) -> Approximate:
        """Return the value, kept between both."""
        numbers = np.clip(value.real(), float(floor), float(ceiling))
        absolute = value.absolute + ROUNDOFF * float(ceiling)
        return Approximate(numbers, relative=value.error(), absolute=absolute, states=value.states)

    def pick(self, fact: str, branches: Sequence[Branch[Approximate]]) -> Approximate:
        """Return the branch at the position that a fact gives; only that branch counts."""
        column = self.facts.column(fact)
        states = None if column.states is None else column.states[self.start : self.stop]
        positions = column.codes[self.start : self.stop]
        values = [branch() for branch in branches]
        if all(isinstance(value.numbers, float) and value.states is None for value in values):
            table = np.array([value.real() for value in values])
            return Approximate(np.take(table, positions, mode="clip"), relative=ROUNDOFF, states=states)
        return self._select([positions == position for position in range(len(values))], values, states)

    def _select(self, masks: list[Any], values: list[Approximate], states: States | None) -> Approximate:
        """Return, for each unit, the value of the first mask that holds; the states of the others do not count."""
        shape = self.units
        numbers, chosen = np.zeros(shape), None
        taken = np.zeros(shape, np.bool_)
        for mask, value in zip(masks, values, strict=True):
            here = np.logical_and(mask, ~taken)
            numbers = np.where(here, value.real(), numbers)
            if value.states is not None:
                if states is not None:
                    here = np.logical_and(here, states == GIVEN)
                chosen = worse(chosen, np.where(here, value.states, GIVEN))
            taken |= mask
        relative = max((value.error() for value in values), default=0.0) + ROUNDOFF
        absolute = max((value.absolute for value in values), default=0.0)
        return Approximate(numbers, relative=relative, absolute=absolute, states=worse(states, chosen))

    def unless(self, answer: Approximate, value: Branch[Approximate], otherwise: Branch[Approximate]) -> Approximate:
        """Return ``otherwise`` where the answer is given and no, else ``value``."""
        refused = np.logical_and(np.asarray(answer.numbers) == 0.0, given(answer.states, self.units))
        result = self._select([refused, ~refused], [otherwise(), value()], None) if refused.any() else value()
        if answer.states is None:
            return result
        prevailing = np.where(answer.states > np.uint8(State.MISSING), answer.states, GIVEN)
        return with_states(result, worse(result.states, prevailing))

    def first(
        self, value: Approximate, lines: Sequence[tuple[Bound, Branch[Approximate]]], otherwise: Branch[Approximate]
    ) -> Approximate:
        """Return the branch of the first bound that holds."""
        masks = [self.holds(value, kind, bound) for (kind, bound), _ in lines]
        values = [branch() for _, branch in lines]
        last = otherwise()
        if all(isinstance(one.numbers, float) and one.states is None for one in (*values, last)):
            numbers: Any = last.real()
            for mask, one in zip(reversed(masks), reversed(values), strict=True):
                numbers = np.where(mask, one.real(), numbers)
            return Approximate(numbers, relative=ROUNDOFF, states=value.states)
        masks.append(np.ones(self.units, np.bool_))
        return self._select(masks, [*values, last], value.states)

    def holds(self, value: Approximate, kind: str, bound: Fraction) -> Any:
        """Return where a bound holds; cells that are too close to tell are marked as doubts."""
        inclusive = kind in ("at_least", "at_most")
        compare = _COMPARE[kind]
        if value.exact:
            # Whole numbers against a bound between two of them: move the bound to the whole number that decides.
            scaled = bound * value.scale
            up = kind in ("at_least", "below")
            edge = -((-scaled.numerator) // scaled.denominator) if up else scaled.numerator // scaled.denominator
            if abs(edge) < EXACT_LIMIT:
                return compare(value.numbers, float(edge))
        limit = float(bound)
        spacing = float(np.spacing(abs(limit))) or ROUNDOFF
        if value.grain is not None and value.scale == 1 and value.grain * bound.denominator * spacing * 2 < 1.0:
            # Equal after rounding means equal: two such fractions that differ cannot round to one number.
            return compare(value.numbers, limit)
        numbers = value.real()
        margin = value.error() * np.abs(numbers) + value.absolute + 2 * spacing
        self._doubt(np.abs(numbers - limit) <= margin)
        return (
            numbers >= limit
            if (kind == "at_least" or kind == "above")
            else numbers <= limit
            if inclusive
            else numbers < limit
        )

    def largest(self, values: Sequence[Approximate]) -> Approximate:
        """Return the largest of the values that are known; an error prevails."""
        shape = self.units
        numbers = np.full(shape, -1.0)
        best_state: States | None = None
        errors: States | None = None
        for value in values:
            known = given(value.states, shape)
            numbers = np.where(known, np.maximum(numbers, value.real()), numbers)
            states = np.zeros(shape, np.uint8) if value.states is None else value.states
            best_state = states if best_state is None else np.minimum(best_state, states)
            errors = worse(errors, state_where(states == State.ERROR, State.ERROR))
        relative = max(value.error() for value in values) + ROUNDOFF
        absolute = max(value.absolute for value in values)
        return Approximate(numbers, relative=relative, absolute=absolute, states=worse(best_state, errors))

    def either(self, value: Approximate, other: Branch[Approximate]) -> Approximate:
        """Return ``value``, or ``other`` where it is missing."""
        if value.states is None:
            return value
        missing = value.states == State.MISSING
        if not missing.any():
            return value
        second = other()
        states = np.where(
            missing, np.zeros_like(value.states) if second.states is None else second.states, value.states
        )
        if missing.all():
            return with_states(second, states)
        numbers = np.where(missing, second.real(), value.real())
        relative = max(value.error(), second.error())
        grain = second.grain if second.grain is not None and value.exact else None
        grain = max(grain, value.scale) if grain is not None else None
        absolute = max(value.absolute, second.absolute)
        return Approximate(numbers, relative=relative, absolute=absolute, grain=grain, states=states)

    def decide(self, value: Approximate, decided: str, full: Fraction) -> Approximate:
        """Return ``value``, or the points in the fact ``decided`` where it is undecided and they are there (A14)."""
        if value.states is None or decided not in self.facts.columns:
            return value
        here = value.states == State.UNDECIDED
        if not here.any():
            return value
        given = self.within(self.fact(decided), self.constant(full), "S105")
        if given.states is not None:
            here = np.logical_and(here, given.states != State.MISSING)
        states = np.where(here, GIVEN if given.states is None else given.states, value.states)
        numbers = np.where(here, given.real(), value.real())
        relative = max(value.error(), given.error())
        absolute = max(value.absolute, given.absolute)
        return Approximate(numbers, relative=relative, absolute=absolute, states=states)

    def still_counting(self, value: Approximate, done: str, whole: str, rule: CountsFor) -> Approximate:
        """Return ``value``, or 0 where what was done counts no more on the day of the assessment (A25)."""
        kept = counting(self.facts, self.start, self.stop, done, whole, rule)
        if kept.all():
            return value
        result = with_states(value, value.states)
        result.numbers = np.where(kept, value.numbers, 0.0)
        return result

    def min_max(self, value: Approximate, formula: Formula, scope: Scope) -> Approximate:
        """Return the place of the value between the lowest and highest of the peers, 0 to 1 (A2)."""
        peers = self._joined(self.peers.ranges(formula, scope), value)
        unknown = np.logical_or(peers.lowest_unknown, peers.highest_unknown)
        spread = peers.highest - peers.lowest
        close = spread <= 2 * peers.absolute
        equal = spread == 0.0
        if peers.absolute:
            self._doubt(np.logical_and(close, ~unknown))
        numbers = (value.real() - peers.lowest) / np.where(equal, PLACEHOLDER, spread)
        numbers = np.where(equal, 1.0, numbers)
        safe = np.where(np.logical_or(close, unknown), np.inf, spread)
        smallest = float(safe.min(initial=np.inf))
        own = self._error(value)
        absolute = (own + 3 * peers.absolute) / smallest * (1 + 4 * ROUNDOFF) + 4 * ROUNDOFF
        states = worse(value.states, state_where(unknown, State.WAITING)) if unknown.any() else value.states
        return Approximate(numbers, absolute=absolute, states=states)

    def share_of_best(self, value: Approximate, formula: Formula, scope: Scope) -> Approximate:
        """Return the value over the highest of the peers, 0 to 1 (A2)."""
        peers = self._joined(self.peers.ranges(formula, scope), value)
        unknown = peers.highest_unknown
        nothing = peers.highest <= 0.0
        numbers = value.real() / np.where(nothing, PLACEHOLDER, peers.highest)
        if value.signed:
            numbers = np.where(nothing, numbers >= peers.highest, np.maximum(numbers, 0.0))
            self._doubt(np.logical_and(peers.highest <= 2 * peers.absolute, ~unknown))
        else:
            numbers = np.where(nothing, 1.0, numbers)
        positive = np.where(np.logical_or(nothing, unknown), np.inf, peers.highest)
        smallest = float(positive.min(initial=np.inf))
        relative = value.error() + 2 * ROUNDOFF
        absolute = (value.absolute + 2 * peers.absolute) / smallest * (1 + 4 * ROUNDOFF)
        states = worse(value.states, state_where(unknown, State.WAITING)) if unknown.any() else value.states
        return Approximate(numbers, relative=relative, absolute=absolute, states=states)

    def _joined(self, peers: Range, value: Approximate) -> Range:
        """Return the range of peers, each unit included that is no peer of others but is compared as if it were one."""
        if self.facts.absent is None:
            return peers
        own = value.real()
        # What is not a number has no value, and its state says so.
        lowest, highest = np.fmin(peers.lowest, own), np.fmax(peers.highest, own)
        absolute = max(peers.absolute, self._error(value))
        return Range(lowest, highest, absolute, peers.lowest_unknown, peers.highest_unknown)

    def _error(self, value: Approximate) -> float:
        return value.error() * (value.bound() / value.scale) + value.absolute

    def reference(self, scope: Scope) -> Approximate:
        """Return the reference value given from outside; waiting where it is not known."""
        value = self.facts.references.get("@reference", {}).get(f"{scope.code}/reference")
        if value is None:
            return Approximate(
                PLACEHOLDER, exact=True, states=state_where(np.ones(self.units, np.bool_), State.WAITING)
            )
        return self.constant(value)

    def unscored(self) -> Approximate:
        """Return no points, since none are given yet."""
        return Approximate(0.0, exact=True, states=state_where(np.ones(self.units, np.bool_), State.UNSCORED))

    def _doubt(self, mask: Any) -> None:
        if anywhere(mask):
            spread = np.broadcast_to(mask, self.units)
            self.doubt = spread.copy() if self.doubt is None else np.logical_or(self.doubt, spread)


_COMPARE: dict[str, Callable[[Any, float], Any]] = {
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
}


def blocks(units: int) -> Iterator[tuple[int, int]]:
    """Yield where each block of units starts and stops."""
    for start in range(0, units, BLOCK):
        yield start, min(start + BLOCK, units)
