"""The second reading continued: dimensions, pillars, totals, classes and ranks, in plain rational arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from chiso.framework.model import Aggregation, Criterion, Dimension, Framework
from tests.scoring.rational import ZERO
from tests.scoring.rational_points import Assessment, Table, half_up


@dataclass(frozen=True)
class Amount:
    """Points out of the most that was possible."""

    points: Fraction
    most: Fraction

    @property
    def share(self) -> Fraction:
        """Return the normalised value, 0..1; nothing possible is nothing reached."""
        return self.points / self.most if self.most else ZERO


def total_of(amounts: Iterable[Amount]) -> Amount:
    """Add amounts up."""
    listed = list(amounts)
    return Amount(sum((one.points for one in listed), ZERO), sum((one.most for one in listed), ZERO))


class Standing:
    """Totals and ranks of every unit."""

    def __init__(self, framework: Framework, table: Table) -> None:
        self.framework, self.table = framework, table
        self.assessment = Assessment(framework, table)
        self.units = range(len(table.groups))

    # -- one unit

    def gone(self, criterion: Criterion) -> set[str]:
        """Return the criteria below one that were left out for the year, and everything below them."""
        listed = {one.code for one in self.framework.left_out}
        return {below.code for above in criterion.walk() if above.code in listed for below in above.walk()}

    def leaves(self, unit: int, criterion: Criterion) -> Iterator[Criterion]:
        """Yield the criteria without sub-criteria that count for a unit."""
        gone = self.gone(criterion)
        for one in criterion.walk():
            if not one.criteria and one.code not in gone and not self.assessment.left_out(unit, one):
                yield one

    def of_criterion(self, unit: int, criterion: Criterion) -> Amount:
        """Return points and maximum of a criterion: the sum of what counts below it."""
        amounts = []
        for leaf in self.leaves(unit, criterion):
            points = self.assessment.points(unit, leaf)
            amounts.append(Amount(points if isinstance(points, Fraction) else ZERO, leaf.max_points or ZERO))
        return total_of(amounts)

    def of_dimension(self, unit: int, dimension: Dimension) -> Amount:
        """Return points and maximum of a dimension; one that is only followed has none."""
        if dimension.unscored:
            return Amount(ZERO, ZERO)
        amounts = {one.code: self.of_criterion(unit, one) for one in dimension.criteria}
        return joined(amounts, dimension.aggregation, dimension.max_points)

    def dimensions(self, unit: int) -> dict[str, Amount]:
        """Return every dimension by its code."""
        return {one.code: self.of_dimension(unit, one) for one in self.framework.dimensions}

    def pillars(self, unit: int) -> dict[str, Amount]:
        """Return every pillar by its code: a dimension may count in several."""
        dimensions = self.dimensions(unit)
        found = {}
        for pillar in self.framework.pillars:
            members = {code: dimensions[code] for code in pillar.dimensions}
            found[pillar.code] = joined(members, pillar.aggregation, pillar.max_points)
        return found

    def total(self, unit: int) -> Amount:
        """Return the total: each scored dimension once, or the mean of the pillars."""
        dimensions = {one.code: self.of_dimension(unit, one) for one in self.framework.dimensions if not one.unscored}
        if self.framework.total.kind == "sum":
            return total_of(dimensions.values())
        members = self.pillars(unit) or dimensions
        return joined(members, self.framework.total, self.framework.max_points)

    def counted(self, unit: int) -> list[Criterion]:
        """Return every criterion that counts in a unit's total."""
        return [
            leaf
            for dimension in self.framework.dimensions
            if not dimension.unscored
            for one in dimension.criteria
            for leaf in self.leaves(unit, one)
        ]

    def provisional(self, unit: int) -> bool:
        """Tell whether a criterion that counts has no points yet."""
        return any(not isinstance(self.assessment.points(unit, one), Fraction) for one in self.counted(unit))

    def scored(self, unit: int) -> bool:
        """Tell whether there is anything to add up: a unit of which nothing is known has no total, not zero."""
        return any(isinstance(self.assessment.points(unit, one), Fraction) for one in self.counted(unit))

    def published(self, unit: int) -> Fraction | None:
        """Return the number by which a unit is ranked, as it is printed."""
        if not self.scored(unit):
            return None
        total, policies = self.total(unit), self.framework.policies
        if policies.ranking.by == "points":
            return half_up(total.points, policies.rounding.decimals)
        return half_up(total.share * 100, policies.rounding.decimals) / 100  # a percentage with so many decimals

    def band(self, unit: int) -> str | None:
        """Return the class of the total: the highest whose threshold is reached."""
        reached = [one for one in self.framework.classes if self.total(unit).share >= one.at_least]
        return max(reached, key=lambda one: one.at_least).id if reached and self.scored(unit) else None

    # -- all units

    def ranks(self) -> list[int | None]:
        """Return the rank of every unit in its group; equal printed numbers share a rank."""
        published = [self.published(unit) for unit in self.units]
        found: list[int | None] = []
        for unit in self.units:
            mine = None if unit in self.table.absent else published[unit]
            ahead = [
                value
                for other in self.assessment.peers(unit)
                if (value := published[other]) is not None and mine is not None and value > mine
            ]
            places = len(ahead) if self.framework.policies.ranking.ties == "skip" else len(set(ahead))
            found.append(None if mine is None else places + 1)
        return found


def joined(members: Mapping[str, Amount], aggregation: Aggregation, most: Fraction | None) -> Amount:
    """Join amounts: added up, or the weighted mean of normalised values out of ``most`` (1 where none is given)."""
    if aggregation.kind == "sum":
        return total_of(members.values())
    counted = {code: one for code, one in members.items() if one.most}
    weights = {code: aggregation.weights.get(code, ZERO) if aggregation.weights else Fraction(1) for code in counted}
    scale = Fraction(1) if most is None else most
    if not sum(weights.values(), ZERO):
        return Amount(ZERO, ZERO)
    mean = sum((weights[code] * one.share for code, one in counted.items()), ZERO) / sum(weights.values(), ZERO)
    return Amount(mean * scale, scale)
