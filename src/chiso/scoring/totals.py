"""What points add up to: dimensions, pillars, totals, classes and ranks.

A dimension, pillar or total either adds points up or averages normalised values (0 to 1) with weights. What is missing
contributes nothing but still counts in the denominator, so a provisional total is never above the final one; what is
left out or not applicable is taken out of the denominator too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from weakref import proxy

import numpy as np
import numpy.typing as npt

from chiso.framework.model import Aggregation, ScoreClass
from chiso.quantity import exact_sum, round_half_up
from chiso.scoring.approximate import ROUNDOFF
from chiso.scoring.facts import Floats
from chiso.scoring.plan import Leaf
from chiso.scoring.ranks import NO_RANK, Integers, rank, with_ties_broken
from chiso.scoring.states import State

if TYPE_CHECKING:
    from chiso.scoring.score import Scores

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Amount:
    """Points and the maximum that applies; for averages, a value out of 1. Exact, or floats for all units."""

    points: Any
    most: Any

    def share(self) -> Any:
        """Return points over maximum; 0 where nothing applies."""
        if isinstance(self.points, Fraction):
            return self.points / self.most if self.most else ZERO
        return self.points / np.where(self.most == 0.0, 1.0, self.most)


@dataclass(frozen=True, slots=True)
class Amounts:
    """What points add up to, for one unit exactly or for many as floats."""

    dimensions: Mapping[str, Amount]
    pillars: Mapping[str, Amount]
    total: Amount


class Totals:
    """Totals and ranks of all units of a :class:`~chiso.scoring.score.Scores`.

    ``published``: totals (or, where the ranking is by share, shares) rounded half up to the declared decimals, as
    whole numbers; exact. ``ranks``: 0 for a unit that has no points at all, and for one that does not exist at the
    end of the reporting year. ``scored``: which units have any points.
    """

    def __init__(self, scores: Scores) -> None:
        # A part of the scores, never outliving them: a strong reference back would keep their arrays until the next
        # collection of cycles, and a batch of millions would not fit.
        self.scores: Scores = proxy(scores)
        framework = scores.framework
        self.framework = framework
        self.by_dimension = scores.plan.by_dimension
        self._members: dict[str, tuple[list[Leaf], Fraction]] = {}
        self._published: Integers = np.zeros(0, np.int64)
        self._ranks: Integers = np.zeros(0, np.int64)
        self._scored: npt.NDArray[np.bool_] = np.zeros(0, np.bool_)
        #: Units of which facts have changed since totals and ranks were worked out.
        self._changed: set[int] = set()

    @property
    def published(self) -> Integers:
        """The rounded values that the ranking goes by."""
        self._catch_up()
        return self._published

    @property
    def ranks(self) -> Integers:
        """The ranks within the groups."""
        self._catch_up()
        return self._ranks

    @property
    def scored(self) -> npt.NDArray[np.bool_]:
        """Which units have any points."""
        self._catch_up()
        return self._scored

    # -- exact, one unit

    def dimension(self, unit: int, code: str) -> Amount:
        """Return the exact points of a dimension."""
        dimension = next(one for one in self.framework.dimensions if one.code == code)
        if dimension.aggregation.kind == "sum":
            return self._sum(unit, self.by_dimension[code], self.scores.plan.fulls[code])
        amounts = {criterion.code: self.criterion(unit, criterion.code) for criterion in dimension.criteria}
        mean = _mean(dimension.aggregation, amounts)
        full = dimension.max_points if dimension.max_points is not None else ONE
        return Amount(mean.points * full, mean.most * full)

    def _leaves(self, code: str) -> list[Leaf]:
        return self._counted(code)[0]

    def _counted(self, code: str) -> tuple[list[Leaf], Fraction]:
        """Return the leaves that count at or below a criterion, and the sum of their maxima."""
        found = self._members.get(code)
        if found is None:
            leaves = [leaf for leaf in self.scores.plan.below(self.framework, code) if leaf.counted]
            found = self._members[code] = (leaves, sum((leaf.full for leaf in leaves), ZERO))
        return found

    def criterion(self, unit: int, code: str) -> Amount:
        """Return the exact points of a criterion that is the sum of its sub-criteria."""
        return self._sum(unit, *self._counted(code))

    def _sum(self, unit: int, leaves: Sequence[Leaf], most: Fraction) -> Amount:
        states, points = self.scores.states_of(unit), []
        for leaf in leaves:
            if states[leaf.row] == State.GIVEN:
                points.append(self.scores.exact(unit, leaf.code).value)
            elif self.scores.left_out(unit, leaf):
                most -= leaf.full
        return Amount(exact_sum(points), most)

    def dimensions(self, unit: int) -> dict[str, Amount]:
        """Return the exact points of every dimension."""
        return {dimension.code: self.dimension(unit, dimension.code) for dimension in self.framework.dimensions}

    def known(self, unit: int, code: str) -> bool:
        """Say whether anything that counts in a dimension has points yet; nothing known is not zero."""
        return self._known(unit, self.by_dimension[code])

    def _known(self, unit: int, leaves: Iterable[Leaf]) -> bool:
        states = self.scores.states_of(unit)
        return any(states[leaf.row] == State.GIVEN for leaf in leaves)

    def pillars(self, dimensions: Mapping[str, Amount]) -> dict[str, Amount]:
        """Return the exact points of every pillar; a dimension may count in several (A24)."""
        return {
            pillar.code: _join(
                pillar.aggregation, {code: dimensions[code] for code in pillar.dimensions}, pillar.max_points
            )
            for pillar in self.framework.pillars
        }

    def total(self, unit: int, dimensions: Mapping[str, Amount] | None = None) -> Amount:
        """Return the exact total."""
        found = dict(self.dimensions(unit) if dimensions is None else dimensions)
        counted = {one.code: found[one.code] for one in self.framework.dimensions if not one.unscored}
        if self.framework.total.kind == "sum":
            return _join(self.framework.total, counted, None)
        members = self.pillars(found) if self.framework.pillars else counted
        return _join(self.framework.total, members, self.framework.max_points)

    def amounts(self, unit: int) -> Amounts:
        """Return all exact sums and means of a unit."""
        dimensions = self.dimensions(unit)
        return Amounts(dimensions, self.pillars(dimensions), self.total(unit, dimensions))

    def provisional(self, unit: int) -> bool:
        """Say whether something that counts is not scored yet (A19)."""
        states = self.scores.states_of(unit)
        return any(
            states[leaf.row] != State.GIVEN and not self.scores.left_out(unit, leaf)
            for leaves in self.by_dimension.values()
            for leaf in leaves
        )

    def class_of(self, total: Amount) -> ScoreClass | None:
        """Return the band that a total falls in."""
        fitting = [one for one in self.framework.classes if total.share() >= one.at_least]
        return max(fitting, key=lambda one: one.at_least, default=None)

    def rank(self, unit: int) -> int | None:
        """Return a unit's rank within its ranking group."""
        found = int(self.ranks[unit])
        return None if found == NO_RANK else found

    def published_value(self, unit: int) -> Fraction:
        """Return the rounded value that the ranking goes by."""
        return Fraction(int(self.published[unit]), 10 ** self._decimals())

    # -- floats, all units

    def compute(self) -> None:
        """Work out published totals and ranks of all units."""
        units = len(self.scores.facts)
        self._published = np.zeros(units, np.int64)
        counted = [leaf.row for leaves in self.by_dimension.values() for leaf in leaves]
        self._counted_rows = np.array(counted, np.intp)
        self._scored = self._any_scored(slice(None))
        self._publish(np.arange(units))
        self._rank()

    def update(self, units: Iterable[int]) -> None:
        """Have the totals of some units redone, and the ranks, when they are asked for.

        Whoever shows one unit while it changes asks for its exact sums alone, which are always worked out anew.
        """
        self._changed.update(units)

    def _catch_up(self) -> None:
        if self._changed:
            chosen = np.array(sorted(self._changed), np.intp)
            self._changed.clear()
            self._scored[chosen] = self._any_scored(chosen)
            self._publish(chosen)
            self._rank()

    def _any_scored(self, units: Any) -> npt.NDArray[np.bool_]:
        found: npt.NDArray[np.bool_] = np.zeros(len(self.scores.facts), np.bool_)[units]
        for row in self._counted_rows:
            found |= self.scores.states[row][units] == State.GIVEN
            if found.all():
                break
        return found

    def _publish(self, units: npt.NDArray[np.intp]) -> None:
        values, error = self._values(units)
        scale = 10 ** self._decimals()
        shifted = values * float(scale) + 0.5
        self._published[units] = np.floor(shifted).astype(np.int64)
        doubt = np.abs(shifted - np.rint(shifted)) <= error * scale + np.abs(shifted) * 4 * ROUNDOFF
        for unit in units[doubt]:
            self._published[unit] = int(round_half_up(self._ranked_by(int(unit)), self._decimals()) * scale)

    def _ranked_by(self, unit: int) -> Fraction:
        total = self.total(unit)
        value: Fraction = total.share() if self.framework.policies.ranking.by == "share" else total.points
        return value

    def _decimals(self) -> int:
        # A share of the maximum needs two more places than a percentage shows.
        extra = 2 if self.framework.policies.ranking.by == "share" else 0
        return self.framework.policies.rounding.decimals + extra

    def _values(self, units: npt.NDArray[np.intp]) -> tuple[Floats, float]:
        """Return what the ranking goes by, as floats, and a bound on the error."""
        total = self.approximate(units).total
        by_share = self.framework.policies.ranking.by == "share"
        values = np.broadcast_to(np.asarray(total.share() if by_share else total.points, np.float64), len(units))
        return values, self.error(by_share=by_share)

    def approximate(self, units: npt.NDArray[np.intp]) -> Amounts:
        """Return all sums and means of some units as floats, within :meth:`error` of the exact ones."""
        whole = len(units) == len(self.scores.facts)
        amounts = {code: self._float_dimension(code, units, whole=whole) for code in self.by_dimension}
        counted = {one.code: amounts[one.code] for one in self.framework.dimensions if not one.unscored}
        pillars = self.pillars(amounts)
        if self.framework.total.kind == "sum":
            return Amounts(amounts, pillars, _join(self.framework.total, counted, None))
        total = _join(self.framework.total, pillars or counted, self.framework.max_points)
        return Amounts(amounts, pillars, total)

    def approximate_sum(self, code: str, units: npt.NDArray[np.intp]) -> Amount:
        """Return the points of a criterion that is the sum of others, within :attr:`absolute_error`."""
        leaves, full = self._counted(code)
        return self._float_sum(leaves, units, full, whole=len(units) == len(self.scores.facts))

    @property
    def absolute_error(self) -> float:
        """A bound on the error of the sum of any leaves that count."""
        rows = self._counted_rows
        leaves = float(self.scores.errors[rows].sum())
        size = sum(leaf.weight for one in self.by_dimension.values() for leaf in one)
        return (leaves + 4 * (len(rows) + 8) * ROUNDOFF * size) * 2

    def error(self, *, by_share: bool) -> float:
        """Return a bound on the error of dimensions, pillars and totals, or of their shares."""
        absolute = self.absolute_error
        means = [scales for scales in self._scales_of_means() if scales]
        if not means and not by_share:
            return absolute
        # A mean divides by maxima and is scaled to another: the extremes bound how much an error grows at each step.
        fulls = [leaf.weight for one in self.by_dimension.values() for leaf in one if leaf.full]
        scales = [scale for scales in means for scale in scales if scale]
        smallest = min([*fulls, *scales], default=1.0)
        grown = absolute * max(1.0, max(scales, default=1.0) / smallest) ** len(means)
        return grown / smallest if by_share else grown

    def _scales_of_means(self) -> list[list[float]]:
        """Return what dimensions, pillars and the total are scaled to where they are means."""
        framework = self.framework
        found = [
            [one.max_points for one in members if one.aggregation.kind == "weighted_mean"]
            for members in (framework.dimensions, framework.pillars)
        ]
        found.append([framework.max_points] if framework.total.kind == "weighted_mean" else [])
        return [[1.0 if scale is None else float(scale) for scale in scales] for scales in found]

    def _float_dimension(self, code: str, units: npt.NDArray[np.intp], *, whole: bool) -> Amount:
        dimension = next(one for one in self.framework.dimensions if one.code == code)
        if dimension.aggregation.kind == "sum":
            return self._float_sum(self.by_dimension[code], units, self.scores.plan.fulls[code], whole=whole)
        amounts = {
            criterion.code: self._float_sum(leaves, units, sum((leaf.full for leaf in leaves), ZERO), whole=whole)
            for criterion in dimension.criteria
            for leaves in [self._leaves(criterion.code)]
        }
        mean = _mean(dimension.aggregation, amounts)
        full = float(dimension.max_points) if dimension.max_points is not None else 1.0
        return Amount(mean.points * full, mean.most * full)

    def _float_sum(self, leaves: Sequence[Leaf], units: npt.NDArray[np.intp], full: Fraction, *, whole: bool) -> Amount:
        points = np.zeros(len(units))
        sometimes: list[tuple[Leaf, Floats]] = []
        for leaf in leaves:
            row = self.scores.points[leaf.row]
            points += row if whole else row[units]
            out = self.left_out_of(leaf, units)
            if out is not None:
                sometimes.append((leaf, out))
        # Added up and never taken away, so that nothing applies where the float is 0, and only there.
        most: Any = float(full - sum((leaf.full for leaf, _ in sometimes), ZERO))
        for leaf, out in sometimes:
            most = most + (1.0 - out) * leaf.weight
        return Amount(points, most)

    def left_out_of(self, leaf: Leaf, units: npt.NDArray[np.intp]) -> Floats | None:
        """Return 1.0 for each unit for which a leaf does not count; None when it counts for all."""
        exempt = [unit for unit, code in self.scores.facts.exemptions if code == leaf.code]
        by_rule = leaf.consequence == "leave_out"
        if not by_rule and not (exempt and self.framework.policies.exemption == "leave_out"):
            return None
        out = self.scores.states[leaf.row] == State.NOT_APPLICABLE
        if not by_rule:
            only = np.zeros(len(out), np.bool_)
            only[exempt] = True
            out = np.logical_and(out, only)
        chosen: Floats = out[units].astype(np.float64)
        return chosen

    def _rank(self) -> None:
        groups = self.scores.peers.groups.astype(np.int64)
        absent = self.scores.facts.absent
        ranked = self._scored if absent is None else np.logical_and(self._scored, ~absent)
        policy = self.framework.policies.ranking
        values = self._published
        if policy.tie_break:
            values = with_ties_broken(values, ranked, groups, self._deciding)
        self._ranks = rank(values, ranked, groups, policy.ties)

    def _deciding(self, unit: int) -> tuple[tuple[bool, Fraction], ...]:
        """Return what decides where a unit is equal to others; what has no points yet is behind all that has."""
        found = []
        for code in self.framework.policies.ranking.tie_break:
            known = self._known(unit, self.by_dimension[code] if code in self.by_dimension else self._leaves(code))
            amount = self.dimension(unit, code) if code in self.by_dimension else self.criterion(unit, code)
            found.append((known, amount.points))
        return tuple(found)


def _join(aggregation: Aggregation, members: Mapping[str, Amount], full: Fraction | None) -> Amount:
    """Add amounts up, or average their shares; an average is scaled to ``full`` where one is declared."""
    if aggregation.kind == "sum":
        amounts = list(members.values())
        if not amounts:
            return Amount(ZERO, ZERO)
        points, most = amounts[0].points, amounts[0].most
        for amount in amounts[1:]:
            points, most = points + amount.points, most + amount.most
        return Amount(points, most)
    mean = _mean(aggregation, members)
    exact = isinstance(mean.points, Fraction)
    scale: Any = (full if exact else float(full)) if full is not None else (ONE if exact else 1.0)
    return Amount(mean.points * scale, mean.most * scale)


def _mean(aggregation: Aggregation, members: Mapping[str, Amount]) -> Amount:
    """Return the weighted mean of the shares, out of 1; a member of which nothing applies does not count."""
    exact = all(isinstance(amount.points, Fraction) for amount in members.values())
    over: Any = ZERO if exact else 0.0
    under: Any = ZERO if exact else 0.0
    for code, amount in members.items():
        weight: Any = aggregation.weights.get(code, ZERO) if aggregation.weights else ONE
        weight = weight if exact else float(weight)
        applies = (weight if amount.most else ZERO) if exact else weight * (np.asarray(amount.most) != 0.0)
        over = over + applies * amount.share()
        under = under + applies
    if exact:
        return Amount(over / under if under else ZERO, ONE if under else ZERO)
    return Amount(over / np.where(under == 0.0, 1.0, under), np.where(under == 0.0, 0.0, 1.0))
