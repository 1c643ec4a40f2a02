"""Maturity of all units at once: which targets each one meets, the level it has reached, and what it lacks.

Targets are compared with the arithmetic of ``columns``: float64 with proven bounds. A unit whose comparison is too
close to tell is measured with fractions by ``levels``, which also gives each reported value and its explanation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np

from chiso.framework.model import Framework
from chiso.framework.rules import Children, Levels, Target
from chiso.scoring.approximate import GIVEN, Approximate, given
from chiso.scoring.columns import ColumnArithmetic, blocks
from chiso.scoring.exact import Exact
from chiso.scoring.facts import Facts, Indices, Mask, States
from chiso.scoring.levels import REGISTERED, Measured, measure, reported
from chiso.scoring.meaning import measured_share
from chiso.scoring.peers import BlockPeers, Peers
from chiso.scoring.plan import Leaf, Plan
from chiso.scoring.states import State

ZERO = Fraction(0)

T = TypeVar("T")


class Attainment:
    """What all units have attained, in the order of the facts.

    ``reached``: the level of each unit, 0 for none. It is the highest whose criteria all hold; by default lower levels
    need not hold too (reading A11). A criterion that is not applicable counts as the framework says: left out, or
    undecided. Nothing lacking is not enough: where every criterion is left out there is nothing that was reached.
    """

    def __init__(self, framework: Framework, plan: Plan, facts: Facts, peers: Peers) -> None:
        self.framework, self.facts, self.peers = framework, facts, peers
        self.leaves = [leaf for leaf in plan.leaves if isinstance(leaf.rule, Levels)]
        self.numbers = sorted(level.number for level in framework.levels)
        #: Row of each criterion by its code, in printed order.
        self.rows = {leaf.code: row for row, leaf in enumerate(self.leaves)}
        self._places = {number: place for place, number in enumerate(self.numbers)}
        shape = (len(self.leaves), len(facts))
        self._states: States = np.full(shape, State.MISSING, np.uint8)
        self._met: Mask = np.zeros((shape[0], len(self.numbers), shape[1]), np.bool_)
        self._applies: Mask = np.array(
            [[_targets(leaf).get(number) is not None for number in self.numbers] for leaf in self.leaves], np.bool_
        ).reshape(shape[0], len(self.numbers))
        self.reached: Indices = np.zeros(len(facts), np.intp)
        self._compute()

    def of(self, unit: int) -> Reached:
        """Return what one unit has attained."""
        return Reached(self, unit)

    def unmet(self, unit: int) -> dict[int, list[str]]:
        """Return the criteria that a unit lacks for each level."""
        return dict(zip(self.numbers, self._unmet.of(unit), strict=True))

    def satisfied(self, unit: int) -> dict[str, list[int]]:
        """Return the levels whose target a unit meets, for each criterion."""
        return dict(zip(self.rows, self._satisfied.of(unit), strict=True))

    def open(self, unit: int) -> list[str]:
        """Return the criteria of which nothing is decided yet for a unit."""
        return self._open.of(unit)[0]

    def registered(self, unit: int) -> int | None:
        """Return the level that a unit has registered; None where it has registered none."""
        column = self.facts.columns.get(REGISTERED)
        if column is None or column.state(unit) is not State.GIVEN:
            return None
        return self.framework.levels[int(column.value(unit))].number

    def forecast(self, unit: int) -> bool:
        """Say whether levels of child units count that nobody has recognised yet (A23)."""
        by_children = any(one.rule.kind == "levels" and one.rule.value == "children" for one in self.leaves)
        return by_children and bool(self.facts.self_assessed.get(unit))

    def value(self, unit: int, code: str) -> Exact:
        """Return what a unit reports for a criterion, or the reason why nothing is decided."""
        row = self.rows[code]
        if self._states[row, unit] == GIVEN:
            return reported(self.leaves[row], self.facts, unit, self.peers)
        return self.measured(unit, code).value

    def measured(self, unit: int, code: str) -> Measured:
        """Return what a unit reports for a criterion, and which targets that meets."""
        return measure(self.leaves[self.rows[code]], self.facts, unit, self.peers)

    def update(self, facts: Facts, unit: int, leaves: Sequence[Leaf]) -> None:
        """Measure one unit again in some criteria, after its facts have changed."""
        self.facts = facts
        for leaf in leaves:
            if leaf.code in self.rows:
                self._set(self.rows[leaf.code], unit)
        self.reached[unit] = self._reach(slice(unit, unit + 1))[0]
        for name in ("_unmet", "_satisfied", "_open"):
            self.__dict__.pop(name, None)

    # -- measuring

    def _compute(self) -> None:
        # Zero denominators are errors by their state; what float division makes of them is never looked at.
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            for start, stop in blocks(len(self.facts)):
                arithmetic = ColumnArithmetic(self.facts, start, stop, BlockPeers(self.peers, start, stop))
                for row, leaf in enumerate(self.leaves):
                    self._measure(row, leaf, arithmetic)
        self.reached[:] = self._reach(slice(None))

    def _measure(self, row: int, leaf: Leaf, arithmetic: ColumnArithmetic) -> None:
        rule = leaf.rule
        assert isinstance(rule, Levels)
        block = slice(arithmetic.start, arithmetic.stop)
        if rule.value == "children":
            self._measure_children(row, leaf, block)
            return
        arithmetic.doubt = None
        meter = _Meter(rule, leaf, arithmetic)
        for number, target in _targets(leaf).items():
            self._met[row, self._places[number], block] = meter.meets(target)
        self._states[row, block] = meter.states()
        if arithmetic.doubt is not None:
            for unit in np.flatnonzero(arithmetic.doubt):
                self._set(row, block.start + int(unit))

    def _measure_children(self, row: int, leaf: Leaf, block: slice) -> None:
        children = self._children
        known = np.logical_and(children.all > 0, children.unknown == 0)[block]
        waiting = np.where(children.all[block] > 0, np.uint8(State.WAITING), np.uint8(State.MISSING))
        self._states[row, block] = np.where(known, GIVEN, waiting)
        for number, target in _targets(leaf).items():
            condition = target.children
            assert isinstance(condition, Children), "the loader demands a condition on children"
            self._met[row, self._places[number], block] = np.logical_and(known, children.meet(condition)[block])

    @cached_property
    def _children(self) -> _ChildLevels:
        return _ChildLevels.count(self.facts)

    def _set(self, row: int, unit: int) -> None:
        """Measure one unit in one criterion exactly."""
        measured = measure(self.leaves[row], self.facts, unit, self.peers)
        self._states[row, unit] = measured.value.state
        for number, met in measured.met.items():
            self._met[row, self._places[number], unit] = met

    # -- levels

    def _left_out(self, units: slice) -> Mask:
        """Return where a criterion does not count: by row and unit."""
        found: Mask = self._states[:, units] == State.NOT_APPLICABLE
        for row, leaf in enumerate(self.leaves):
            if leaf.left_out is not None:
                found[row] = True
            elif leaf.consequence == "undecided":
                found[row] = False
        return found

    def _lacking(self, units: slice) -> Mask:
        """Return where a target that applies and counts is not met: by row, level and unit."""
        counts = np.logical_and(self._applies[:, :, None], ~self._left_out(units)[:, None, :])
        found: Mask = np.logical_and(counts, ~self._met[:, :, units])
        return found

    def _reach(self, units: slice) -> Indices:
        free = ~self._lacking(units).any(axis=0)
        shown = np.logical_and(self._met[:, :, units], ~self._left_out(units)[:, None, :]).any(axis=0)
        if self.framework.policies.levels == "cumulative":
            free = np.logical_and.accumulate(free, axis=0)
        held = np.logical_and(free, shown)
        levels = np.array(self.numbers, np.intp)
        found: Indices = np.where(held, levels[:, None], 0).max(axis=0, initial=0)
        return found

    # -- lists

    @cached_property
    def _unmet(self) -> _Lists[str]:
        return _Lists.where(self._lacking(slice(None)).transpose(2, 1, 0), list(self.rows))

    @cached_property
    def _satisfied(self) -> _Lists[int]:
        return _Lists.where(self._met.transpose(2, 0, 1), self.numbers)

    @cached_property
    def _open(self) -> _Lists[str]:
        open_ = np.logical_and(self._states != GIVEN, ~self._left_out(slice(None)))
        return _Lists.where(open_.transpose(1, 0)[:, None, :], list(self.rows))


class Reached:
    """What one unit has attained; each part is put together where it is asked for.

    While there are ``open`` criteria, of which nothing is decided yet, the level is provisional (A19).
    """

    def __init__(self, attainment: Attainment, unit: int) -> None:
        self._attainment, self._unit = attainment, unit

    @property
    def number(self) -> int:
        """The level reached; 0 is none."""
        return int(self._attainment.reached[self._unit])

    @property
    def registered(self) -> int | None:
        """The level that the unit has registered; None where it has registered none."""
        return self._attainment.registered(self._unit)

    @property
    def registered_met(self) -> bool | None:
        """Whether the registered level, or a higher one, is reached (A18)."""
        return None if self.registered is None else self.number >= self.registered

    @property
    def forecast(self) -> bool:
        """Whether the level rests on levels of child units that nobody has recognised yet (A23)."""
        return self._attainment.forecast(self._unit)

    @cached_property
    def unmet(self) -> dict[int, list[str]]:
        """The criteria that each level still lacks."""
        return self._attainment.unmet(self._unit)

    @cached_property
    def satisfied(self) -> dict[str, list[int]]:
        """The levels whose target is met, for each criterion."""
        return self._attainment.satisfied(self._unit)

    @cached_property
    def open(self) -> list[str]:
        """The criteria of which nothing is decided yet."""
        return self._attainment.open(self._unit)

    def value(self, code: str) -> Exact:
        """Return what is reported for a criterion, or the reason why nothing is decided."""
        return self._attainment.value(self._unit, code)

    def measured(self, code: str) -> Measured:
        """Return what is reported for a criterion, and which targets that meets."""
        return self._attainment.measured(self._unit, code)


class _Meter:
    """Compares what the units of a block report for one criterion with its targets."""

    def __init__(self, rule: Levels, leaf: Leaf, arithmetic: ColumnArithmetic) -> None:
        self._a, facts = arithmetic, leaf.scope.facts
        share = rule.value == "share"
        self._value = measured_share(rule, leaf.scope, arithmetic) if share else arithmetic.fact(facts["value"])
        self._total: Approximate | None = arithmetic.fact(facts["total"]) if "total" in facts else None
        self._given = given(self._value.states, arithmetic.units)
        self._undecided: Mask | None = None

    def meets(self, target: Target) -> Mask:
        """Return where a target is met; where that depends on a total that is not known is remembered."""
        met, undecided = self._decide(target)
        if undecided is not None:
            undecided = np.logical_and(undecided, self._given)
            self._undecided = undecided if self._undecided is None else np.logical_or(self._undecided, undecided)
        return np.logical_and(met, self._given)

    def _decide(self, target: Target) -> tuple[Mask, Mask | None]:
        if target.any_of is not None:
            return self._any_of(target.any_of)
        if target.has:
            return self._a.whole(self._value.numbers != 0.0), None
        if target.all_of_total:
            return self._all_of_total()
        assert target.at_least is not None, "the loader demands a condition"
        return self._a.whole(self._a.holds(self._value, "at_least", target.at_least)), None

    def _any_of(self, targets: Sequence[Target]) -> tuple[Mask, Mask | None]:
        met: Mask = np.zeros(self._a.units, np.bool_)
        open_: Mask | None = None
        for target in targets:
            one, undecided = self._decide(target)
            met = np.logical_or(met, one)
            if undecided is not None:
                open_ = undecided if open_ is None else np.logical_or(open_, undecided)
        return met, None if open_ is None else np.logical_and(open_, ~met)

    def _all_of_total(self) -> tuple[Mask, Mask | None]:
        """Return where the count reaches the total; "100 %" of nothing is not a hundred per cent (A12)."""
        total = self._total
        assert total is not None, "a target that asks for a total asks for its figure"
        known = given(total.states, self._a.units)
        something = self._a.whole(total.numbers > 0.0)
        all_ = self._a.whole(self._a.holds(self._a.subtract(self._value, total), "at_least", ZERO))
        return np.logical_and(np.logical_and(known, something), all_), None if total.states is None else ~known

    def states(self) -> States:
        """Return the state of the criterion: that of its value, or of the total on which a target depends."""
        states = np.zeros(self._a.units, np.uint8) if self._value.states is None else self._value.states
        if self._undecided is None or self._total is None or self._total.states is None:
            return states
        return np.where(self._undecided, self._total.states, states)


@dataclass(frozen=True, slots=True)
class _ChildLevels:
    """How many child units each unit has, how many of these have no known level, and whose levels are which."""

    all: Indices
    unknown: Indices
    owners: Indices
    levels: Indices

    @classmethod
    def count(cls, facts: Facts) -> _ChildLevels:
        """Count the child units of all units."""
        units = len(facts)
        flat = [(unit, level) for unit, levels in facts.children.items() for level in levels]
        owners = np.array([unit for unit, _ in flat], np.intp)
        unknown = np.array([unit for unit, level in flat if level is None], np.intp)
        # A level that is not known reaches nothing.
        levels = np.array([-1 if level is None else level for _, level in flat], np.intp)
        return cls(np.bincount(owners, minlength=units), np.bincount(unknown, minlength=units), owners, levels)

    def meet(self, condition: Children) -> Mask:
        """Return which units fulfil a condition, where all levels are known."""
        met: Mask = self._at_least(condition.all_at_least) == self.all
        if condition.share is None or condition.at_least is None:
            return met
        # Python's whole numbers, which have no end: numerators and denominators may be of any size.
        enough = self._at_least(condition.at_least).astype(object) * condition.share.denominator
        needed = self.all.astype(object) * condition.share.numerator
        return np.logical_and(met, (enough >= needed).astype(np.bool_))

    def _at_least(self, level: int) -> Indices:
        return np.bincount(self.owners[self.levels >= level], minlength=len(self.all))


@dataclass(frozen=True, slots=True)
class _Lists(Generic[T]):
    """For each unit as many lists as ``width``, all in one."""

    things: list[T]
    ends: list[int]
    width: int

    @classmethod
    def where(cls, mask: Mask, things: Sequence[T]) -> _Lists[T]:
        """Return the things for which a mask holds: by unit, list, and thing."""
        places = np.nonzero(mask)[2]
        ends = np.cumsum(np.count_nonzero(mask, axis=2).ravel())
        return cls(np.array(things, object)[places].tolist(), [0, *ends.tolist()], mask.shape[1])

    def of(self, unit: int) -> list[list[T]]:
        """Return the lists of a unit."""
        first = unit * self.width
        return [self.things[start:stop] for start, stop in pairwise(self.ends[first : first + self.width + 1])]


def _targets(leaf: Leaf) -> dict[int, Target]:
    assert isinstance(leaf.rule, Levels)
    return {number: target for number, target in leaf.rule.targets.items() if target is not None}
