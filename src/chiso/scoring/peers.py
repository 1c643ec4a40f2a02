"""What a rule may know of other units: the lowest and highest value within each ranking group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from chiso.framework.expression import Formula
from chiso.framework.inputs import asked, every_rule
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import MinMax, ShareOfBest
from chiso.scoring.approximate import GIVEN, Approximate
from chiso.scoring.columns import ColumnArithmetic, Range
from chiso.scoring.exact import Exact, ExactArithmetic, Extremes
from chiso.scoring.facts import Facts, Floats, Indices, Mask, facts_of
from chiso.scoring.meaning import Scope, formula_value

#: A formula whose values are compared among peers: criterion and formula.
Key = tuple[str, str]


def scope_of(framework: Framework, criterion: Criterion) -> Scope:
    """Return the scope in which a criterion's rule is worked out."""
    return Scope(criterion.code, {one.name: one.fact for one in asked(framework, criterion)})


def peer_formulas(criterion: Criterion) -> list[Formula]:
    """Return the formulas of a criterion that are compared among peers."""
    rules = every_rule(criterion.effective_rule)
    return [rule.of for rule in rules if isinstance(rule, MinMax | ShareOfBest)]


@dataclass(frozen=True)
class Group:
    """Extremes of one formula, one entry a ranking group, and each unit's value."""

    lowest: Floats
    highest: Floats
    known: Indices
    absolute: float
    values: Floats
    counts: Mask


class Peers:
    """Extremes of every peer formula over the ranking groups, with values given from outside joined in.

    ``groups``: the ranking group of each unit as a number. Exempt units are left out (A4), and so are units whose
    value is not given, and those that do not exist at the end of the reporting year.
    """

    def __init__(self, framework: Framework, facts: Facts) -> None:
        self.framework, self.facts = framework, facts
        self.groups: Indices = facts.groups
        self.group_count = int(self.groups.max(initial=0)) + 1
        self._found: dict[Key, Group] = {}
        self._exact: dict[tuple[Key, int], Extremes] = {}
        self._outside = {
            (name, *key): value
            for key in (self._keys() if facts.references else ())
            for name, value in self._references(key).items()
        }

    def _keys(self) -> dict[Key, Formula]:
        return {
            (criterion.code, str(formula)): formula
            for criterion in self.framework.criteria.values()
            for formula in peer_formulas(criterion)
        }

    def _references(self, key: Key) -> dict[str, Fraction]:
        """Return the values of a formula that are given from outside: as such, or worked out from their letters."""
        criterion = self.framework.criteria[key[0]]
        found = {}
        for name in ("@best", "@lowest"):
            given: Mapping[str, Fraction] = self.facts.references.get(name, {})
            direct = given.get(f"{criterion.code}/value")
            worked_out = direct if direct is not None else self._worked_out(criterion, key, given)
            if worked_out is not None:
                found[name] = worked_out
        return found

    def _worked_out(self, criterion: Criterion, key: Key, given: Mapping[str, Fraction]) -> Fraction | None:
        facts = facts_of(["@"], {fact: [value] for fact, value in given.items()})
        value = formula_value(
            Formula.parse(key[1]),
            scope_of(self.framework, criterion),
            ExactArithmetic(facts, 0, {}, self, trace=False),
        )
        return value.value if value.known else None

    def extremes(self, formula: Formula, scope: Scope, unit: int) -> Extremes:
        """Return the exact extremes among the peers of a unit, the unit included."""
        key, group = (scope.code, str(formula)), int(self.groups[unit])
        found = self._exact.get((key, group))
        if found is None:
            found = self._exact[key, group] = self._exact_extremes(formula, scope, key, group)
        return found

    def _exact_extremes(self, formula: Formula, scope: Scope, key: Key, group: int) -> Extremes:
        peers = self._group(formula, scope)
        members = np.flatnonzero(np.logical_and(self.groups == group, peers.counts))
        outside_low, outside_high = self._outside.get(("@lowest", *key)), self._outside.get(("@best", *key))
        known = len(members)
        lows = [outside_low] if outside_low is not None else []
        highs = [outside_high] if outside_high is not None else []
        if known:
            values, margin = peers.values[members], 2 * peers.absolute
            near_low = members[values <= values.min() + margin]
            near_high = members[values >= values.max() - margin]
            lows += [self._exact_value(formula, scope, int(unit)) for unit in near_low]
            highs += [self._exact_value(formula, scope, int(unit)) for unit in near_high]
        alone = known < 2
        lowest = None if not lows or (alone and outside_low is None) else min(lows)
        highest = None if not highs or (alone and outside_high is None) else max(highs)
        return Extremes(lowest, highest, known)

    def _exact_value(self, formula: Formula, scope: Scope, unit: int) -> Fraction:
        value = self._exact_result(formula, scope, unit)
        assert value.known, "only given values are peers"
        return value.value

    def _exact_result(self, formula: Formula, scope: Scope, unit: int) -> Exact:
        return formula_value(formula, scope, ExactArithmetic(self.facts, unit, {}, self, trace=False))

    def ranges(self, formula: Formula, scope: Scope, start: int, stop: int) -> Range:
        """Return the range of peers for each unit of a block, as floats with an error bound."""
        key = (scope.code, str(formula))
        peers = self._group(formula, scope)
        low, high, absolute = peers.lowest.copy(), peers.highest.copy(), peers.absolute
        outside_low, outside_high = self._outside.get(("@lowest", *key)), self._outside.get(("@best", *key))
        if outside_low is not None:
            low, absolute = np.minimum(low, float(outside_low)), absolute + abs(float(outside_low)) * 2.0**-52
        if outside_high is not None:
            high, absolute = np.maximum(high, float(outside_high)), absolute + abs(float(outside_high)) * 2.0**-52
        alone = peers.known < 2
        low_unknown = alone if outside_low is None else np.zeros_like(alone)
        high_unknown = alone if outside_high is None else np.zeros_like(alone)
        low, high = np.where(low_unknown, 0.0, low), np.where(high_unknown, 1.0, high)
        if self.group_count == 1:
            # One entry is enough: it is spread over all units by the arithmetic.
            return Range(low, high, absolute, low_unknown, high_unknown)
        groups = self.groups[start:stop]
        return Range(low[groups], high[groups], absolute, low_unknown[groups], high_unknown[groups])

    def _group(self, formula: Formula, scope: Scope) -> Group:
        key = (scope.code, str(formula))
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._gather(formula, scope)
        return found

    def _gather(self, formula: Formula, scope: Scope) -> Group:
        units = len(self.facts)
        block = BlockPeers(self, 0, units)
        arithmetic = ColumnArithmetic(self.facts, 0, units, block)
        # What division makes of a zero denominator is never looked at; its state says that it is an error.
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            value: Approximate = formula_value(formula, scope, arithmetic)
        values = np.broadcast_to(np.asarray(value.real(), np.float64), units)
        counts = np.ones(units, np.bool_) if value.states is None else value.states == GIVEN
        if arithmetic.doubt is not None:
            values, counts = values.copy(), counts.copy()
            for unit in np.flatnonzero(arithmetic.doubt):
                exact = self._exact_result(formula, scope, int(unit))
                values[unit], counts[unit] = float(exact.value), exact.known
        exempt = [unit for unit, code in self.facts.exemptions if code == scope.code]
        if exempt:
            counts = counts.copy()
            counts[exempt] = False
        if self.facts.absent is not None:
            counts = np.logical_and(counts, ~self.facts.absent)
        lowest, highest = np.full(self.group_count, np.inf), np.full(self.group_count, -np.inf)
        if self.group_count == 1:
            lowest[0] = np.where(counts, values, np.inf).min(initial=np.inf)
            highest[0] = np.where(counts, values, -np.inf).max(initial=-np.inf)
            known = np.array([np.count_nonzero(counts)], np.intp)
        else:
            members, given = self.groups[counts], values[counts]
            np.minimum.at(lowest, members, given)
            np.maximum.at(highest, members, given)
            known = np.bincount(members, minlength=self.group_count)
        size = float(np.abs(np.where(counts, values, 0.0)).max(initial=0.0))
        # One rounding of small enough fractions keeps order and equality, so the extremes are the right ones.
        sure = value.exact or (value.grain is not None and value.grain**2 * 2.0**-51 * max(size, 1.0) < 1.0)
        absolute = value.error() * size + value.absolute
        return Group(
            lowest, highest, known, 0.0 if sure and value.exact and value.scale == 1 else absolute, values, counts
        )

    def forget(self, code: str) -> None:
        """Drop what is known of one criterion, since a unit's facts have changed."""
        for key in [key for key in self._found if key[0] == code]:
            del self._found[key]
        for exact_key in [key for key in self._exact if key[0][0] == code]:
            del self._exact[exact_key]


@dataclass(frozen=True, slots=True)
class BlockPeers:
    """The peers of the units of one block."""

    peers: Peers
    start: int
    stop: int

    def ranges(self, formula: Formula, scope: Scope) -> Range:
        """Return the range of each unit's peers."""
        return self.peers.ranges(formula, scope, self.start, self.stop)
