"""The second reading continued: the points of every unit in every criterion, with exemptions and rounding."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from chiso.framework.inputs import asked
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Unscored
from tests.scoring.rational import ZERO, Figure, Sight, share

#: The reporting year; what the drawn frameworks leave out is left out for it.
YEAR = 2024


@dataclass(frozen=True)
class Table:
    """What is told of a set of units: a figure for each unit (by position) and fact; what is not there is missing."""

    groups: tuple[str, ...]
    figures: Mapping[tuple[int, str], Figure] = field(default_factory=dict)
    references: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    exemptions: Mapping[tuple[int, str], str] = field(default_factory=dict)
    children: Mapping[int, tuple[int | None, ...]] = field(default_factory=dict)
    #: Units that do not exist at the end of the reporting year.
    absent: frozenset[int] = frozenset()
    #: Days for which figures are stated.
    days: Mapping[tuple[int, str], dt.date] = field(default_factory=dict)


def half_up(value: Fraction, decimals: int) -> Fraction:
    """Round to so many places, a half away from zero."""
    whole, rest = divmod(abs(value) * Fraction(10**decimals), 1)
    rounded = Fraction(whole + (1 if rest >= Fraction(1, 2) else 0), 10**decimals)
    return -rounded if value < 0 else rounded


class Assessment:
    """The points of every unit in every criterion, worked out one by one."""

    def __init__(self, framework: Framework, table: Table) -> None:
        self.framework, self.table = framework, table
        self.rounding = framework.policies.rounding
        self._own: dict[tuple[int, str], Figure] = {}

    def figures(self, unit: int, criterion: Criterion) -> dict[str, Figure]:
        """Return what a unit told, by the names this criterion uses."""
        found: dict[str, Figure] = {}
        for one in asked(self.framework, criterion):
            found[one.name] = self.table.figures.get((unit, one.fact), "missing")
        return found

    def outside(self, pseudo: str, criterion: Criterion) -> dict[str, Figure]:
        """Return what a pseudo-unit tells, by the names this criterion uses."""
        given = self.table.references.get(pseudo, {})
        found: dict[str, Figure] = {
            one.name: given[one.fact] for one in asked(self.framework, criterion) if one.fact in given
        }
        if f"{criterion.code}/value" in given:
            found["value"] = given[f"{criterion.code}/value"]
        return found

    def peers(self, unit: int) -> list[int]:
        """Return the other units of the ranking group that exist at the end of the year."""
        groups, absent = self.table.groups, self.table.absent
        same = [one for one, other in enumerate(groups) if other == groups[unit] and one != unit]
        return [one for one in same if one not in absent]

    def not_exempt_peers(self, unit: int, criterion: Criterion) -> list[int]:
        """Return the other units of the group that are measured in a criterion."""
        return [other for other in self.peers(unit) if (other, criterion.code) not in self.table.exemptions]

    def own_points(self, unit: int, criterion: Criterion) -> Figure:
        """Return what the rule of a criterion gives a unit: exemptions set aside."""
        key = (unit, criterion.code)
        if key not in self._own:
            self._own[key] = self._own_points(unit, criterion)
        return self._own[key]

    def _own_points(self, unit: int, criterion: Criterion) -> Figure:
        full = criterion.max_points or ZERO
        reference = self.table.references.get("@reference", {}).get(f"{criterion.code}/reference")
        sight = Sight(
            self.figures(unit, criterion),
            tuple(self.figures(other, criterion) for other in self.not_exempt_peers(unit, criterion)),
            self.outside("@best", criterion),
            self.outside("@lowest", criterion),
            reference,
            unit not in self.table.absent,
        )
        found = share(criterion.effective_rule, sight, full)
        if found == "undecided":
            found = self.decided(unit, criterion, full)
            if not isinstance(found, str):
                return self.rounded(found)
        if found == "not_applicable" and self.when_not_applicable(criterion) == "full":
            return full
        return found if isinstance(found, str) else self.rounded(found * full)

    def decided(self, unit: int, criterion: Criterion, full: Fraction) -> Figure:
        """Return the points that the verifier decides where no printed line covers the situation (A14)."""
        found = self.table.figures.get((unit, f"{criterion.code}/decided"), "missing")
        if isinstance(found, str):
            return "undecided" if found == "missing" else found
        return found if found <= full else "error"

    def rounded(self, points: Fraction) -> Fraction:
        """Round the points of a criterion where the framework says so."""
        return half_up(points, self.rounding.decimals) if self.rounding.at == "criterion" else points

    def when_not_applicable(self, criterion: Criterion) -> str:
        """Return what follows when a unit has nothing to be counted."""
        return criterion.not_applicable or self.framework.policies.not_applicable

    def points(self, unit: int, criterion: Criterion) -> Figure:
        """Return the points of a unit in a criterion without sub-criteria; one left out for the year gives none."""
        listed = [self.framework.criteria[one.code] for one in self.framework.left_out]
        if criterion.code in {below.code for one in listed for below in one.walk()}:
            return "not_applicable"
        exemption = self.table.exemptions.get((unit, criterion.code))
        if exemption is None or isinstance(criterion.effective_rule, Unscored):
            return self.own_points(unit, criterion)
        if self.framework.policies.exemption == "leave_out":
            return "not_applicable"
        if exemption == "full":
            return criterion.max_points or ZERO
        others = [self.own_points(other, criterion) for other in self.not_exempt_peers(unit, criterion)]
        known = [value for value in others if isinstance(value, Fraction)]
        return max(known) if known else "waiting"

    def left_out(self, unit: int, criterion: Criterion) -> bool:
        """Tell whether a criterion does not count for a unit: neither its points nor its maximum."""
        if any(one.code == criterion.code for one in self.framework.left_out):
            return True
        if isinstance(criterion.effective_rule, Unscored):
            return True
        if (unit, criterion.code) in self.table.exemptions:
            return self.framework.policies.exemption == "leave_out"
        return self.points(unit, criterion) == "not_applicable" and self.when_not_applicable(criterion) == "leave_out"
