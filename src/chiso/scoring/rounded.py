"""Points of many units as they are written: rounded half up, exactly, without a fraction for each of them.

float64 with its proven error bound tells between which two halves of the last place a number lies; the exact number is
worked out only where it cannot.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from chiso.framework.model import Criterion, ScoreClass
from chiso.quantity import places_text, round_half_up
from chiso.scoring.approximate import ROUNDOFF
from chiso.scoring.facts import Floats
from chiso.scoring.ranks import Integers
from chiso.scoring.score import Scores
from chiso.scoring.states import State
from chiso.scoring.totals import Amount

Mask = npt.NDArray[np.bool_]

#: Units that a block holds: large enough for the cost of a call not to matter, small enough for memory not to.
BLOCK = 256

#: Whole numbers of the last place beyond this are left to exact arithmetic.
_LARGEST = float(2**52)


@dataclass(frozen=True, slots=True)
class Decimals:
    """Numbers of one kind, one a unit of a block, in whole units of the last place. ``known``: where there is one."""

    places: Integers
    known: Mask


class Rounded:
    """The points of a block of units, from ``start`` up to ``stop``, rounded to ``decimals`` places."""

    def __init__(self, scores: Scores, start: int, stop: int, decimals: int = 6) -> None:
        self.scores, self.start, self.stop, self.decimals = scores, start, stop, decimals
        self.units: npt.NDArray[np.intp] = np.arange(start, stop)
        self._written: dict[int, str] = {}

    def points(self, criterion: Criterion) -> Decimals:
        """Return the points of a criterion."""
        return self._column(criterion, None)

    def share(self, criterion: Criterion) -> Decimals:
        """Return the points of a criterion over its maximum; known only where it has one."""
        most = criterion.max_points
        return self._column(criterion, most) if most else Decimals(self._zeros(), np.zeros(len(self.units), np.bool_))

    def dimension(self, code: str) -> Decimals:
        """Return the points of a dimension; known where anything in it has points."""
        return Decimals(
            self._total_places(self._amounts.dimensions[code], lambda unit: self._exact(unit).dimensions[code].points),
            self.any_known([code]),
        )

    def pillar(self, code: str) -> Decimals:
        """Return the points of a pillar; known where anything in it has points."""
        members = next(one.dimensions for one in self.scores.framework.pillars if one.code == code)
        return Decimals(
            self._total_places(self._amounts.pillars[code], lambda unit: self._exact(unit).pillars[code].points),
            self.any_known(members),
        )

    def total(self) -> Decimals:
        """Return the totals."""
        places = self._total_places(self._amounts.total, lambda unit: self._exact(unit).total.points)
        return Decimals(places, self.scores.totals.scored[self.start : self.stop])

    def total_share(self, factor: int = 1) -> Decimals:
        """Return the totals over the maximum that applies, times a factor."""
        totals = self.scores.totals
        values = np.broadcast_to(np.asarray(self._amounts.total.share() * factor, np.float64), len(self.units))
        error = totals.error(by_share=True) * factor
        exact: Callable[[int], Fraction] = lambda unit: self._exact(unit).total.share() * factor  # noqa: E731
        return Decimals(self._rounded(values, error, exact), totals.scored[self.start : self.stop])

    def classes(self) -> list[ScoreClass | None]:
        """Return the band that each total falls in."""
        totals = self.scores.totals
        shares = np.broadcast_to(np.asarray(self._amounts.total.share(), np.float64), len(self.units))
        error = totals.error(by_share=True) + 4 * ROUNDOFF
        found: list[ScoreClass | None] = [None] * len(self.units)
        doubt = np.zeros(len(self.units), np.bool_)
        for one in sorted(self.scores.framework.classes, key=lambda one: one.at_least, reverse=True):
            bound = float(one.at_least)
            doubt |= np.abs(shares - bound) <= error * max(1.0, bound)
            for at in np.flatnonzero(shares >= bound):
                found[at] = found[at] or one
        for at in np.flatnonzero(doubt):
            found[at] = totals.class_of(totals.total(self.start + int(at)))
        return found

    def most(self) -> Decimals:
        """Return the maxima that apply to the totals."""
        amount = Amount(self._amounts.total.most, None)
        places = self._total_places(amount, lambda unit: self._exact(unit).total.most)
        return Decimals(places, np.ones(len(self.units), np.bool_))

    def told(self, code: str) -> set[int]:
        """Return the positions in the block whose points are known but have a remark: exemptions, decisions."""
        exempt = self.scores.exempt_units(code)
        found = {unit - self.start for unit in exempt if self.start <= unit < self.stop}
        plan, columns = self.scores.plan, self.scores.facts.columns
        decided = columns.get(plan.leaves[plan.rows[code]].decided) if code in plan.rows else None
        if decided is None:
            return found
        states = np.zeros(len(self.units)) if decided.states is None else decided.states[self.start : self.stop]
        return found | {int(at) for at in np.flatnonzero(states == State.GIVEN)}

    def any_known(self, dimensions: list[str]) -> Mask:
        """Say of which units anything in some dimensions has points."""
        found: Mask = np.zeros(len(self.units), np.bool_)
        for code in dimensions:
            for leaf in self.scores.totals.by_dimension[code]:
                found |= self._states[leaf.row] == State.GIVEN
        return found

    def texts(self, column: Decimals) -> list[str | None]:
        """Return the numbers of a column as decimal text, without trailing zeros; None where there is none."""
        known = column.known.tolist()
        return [self._text(places) if known[at] else None for at, places in enumerate(column.places.tolist())]

    def _text(self, places: int) -> str:
        found = self._written.get(places)
        if found is None:
            found = self._written[places] = places_text(places, self.decimals)
        return found

    # -- one criterion

    def _column(self, criterion: Criterion, most: Fraction | None) -> Decimals:
        values, error, known = self._sum(criterion) if criterion.criteria else self._leaf(criterion.code)
        if most is not None:
            values, error = values / float(most), error / float(most) + 4 * ROUNDOFF * float(values.max(initial=0.0))

        def exact(unit: int) -> Fraction:
            if criterion.criteria:
                points: Fraction = self.scores.totals.criterion(unit, criterion.code).points
            else:
                points = self.scores.exact(unit, criterion.code).value
            return points if most is None else points / most

        return Decimals(self._rounded(np.where(known, values, 0.0), error, exact), known)

    def _leaf(self, code: str) -> tuple[Floats, float, Mask]:
        row = self.scores.plan.rows[code]
        values = self.scores.points[row, self.start : self.stop]
        return values, float(self.scores.errors[row]), self._states[row] == State.GIVEN

    def _sum(self, criterion: Criterion) -> tuple[Floats, float, Mask]:
        """Return the sums of sub-criteria; they are known where everything that counts below is."""
        totals = self.scores.totals
        amount = totals.approximate_sum(criterion.code, self.units)
        known: Mask = np.broadcast_to(np.asarray(amount.most) != 0.0, len(self.units)).copy()
        for leaf in self.scores.plan.below(self.scores.framework, criterion.code):
            if not leaf.counted:
                continue
            open_ = self._states[leaf.row] != State.GIVEN
            out = totals.left_out_of(leaf, self.units)
            known &= ~open_ if out is None else np.logical_or(~open_, out != 0.0)
        return amount.points, totals.absolute_error, known

    # -- rounding

    def _total_places(self, amount: Amount, exact: Callable[[int], Fraction]) -> Integers:
        values = np.broadcast_to(np.asarray(amount.points, np.float64), len(self.units))
        return self._rounded(values, self.scores.totals.error(by_share=False), exact)

    def _rounded(self, values: Floats, error: float, exact: Callable[[int], Fraction]) -> Integers:
        """Round numbers within ``error`` of the exact ones; ``exact`` gives one of them by its unit."""
        scale = 10**self.decimals
        shifted = values * float(scale) + 0.5
        doubt = np.abs(shifted - np.rint(shifted)) <= error * scale + np.abs(shifted) * 4 * ROUNDOFF
        # Halves go away from zero, and floor would take those below it the other way.
        doubt |= ~((shifted >= 0.0) & (shifted < _LARGEST))
        places: Integers = np.floor(np.where(doubt, 0.0, shifted)).astype(np.int64)
        for at in np.flatnonzero(doubt):
            places[at] = int(round_half_up(exact(self.start + int(at)), self.decimals) * scale)
        return places

    def _zeros(self) -> Integers:
        return np.zeros(len(self.units), np.int64)

    @cached_property
    def _states(self) -> npt.NDArray[np.uint8]:
        return self.scores.states[:, self.start : self.stop]

    @cached_property
    def _amounts(self) -> Any:
        return self.scores.totals.approximate(self.units)

    def _exact(self, unit: int) -> Any:
        return self.scores.totals.amounts(unit)


def blocks(scores: Scores, decimals: int = 6) -> list[Rounded]:
    """Return all units in blocks."""
    units = len(scores.facts)
    return [Rounded(scores, at, min(at + BLOCK, units), decimals) for at in range(0, units, BLOCK)]
