"""The one door: ``score(framework, facts)`` returns points, totals and ranks of all units, exact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from chiso.framework.model import Framework
from chiso.framework.rules import Unscored
from chiso.quantity import round_half_up
from chiso.scoring.approximate import GIVEN, ROUNDOFF
from chiso.scoring.attainment import Attainment, Reached
from chiso.scoring.columns import ColumnArithmetic, blocks
from chiso.scoring.exact import Exact, ExactArithmetic, Step
from chiso.scoring.facts import Facts, Floats, States
from chiso.scoring.meaning import decided_points
from chiso.scoring.peers import BlockPeers, Peers
from chiso.scoring.plan import Leaf, Plan, plan_of
from chiso.scoring.states import State
from chiso.scoring.totals import Totals

#: Up to so many units, exact arithmetic with its trace costs less than setting up the arithmetic of all at once.
FEW = 2

#: Lowest and highest of the peers, exact; None where not known.
Range = tuple[Fraction | None, Fraction | None]


@dataclass
class Scores:
    """Results of all units, in the order of ``facts.units``.

    ``points``: one row a leaf, one column a unit; an approximation within ``errors`` of the exact points, 0 where
    there are none. ``states``: why. Exact points are worked out where they are asked for: see :meth:`exact`.
    """

    framework: Framework
    facts: Facts
    plan: Plan
    peers: Peers
    points: Floats
    states: States
    errors: Floats
    totals: Totals = field(init=False)
    #: What maturity levels are reached; only of a maturity framework.
    attainment: Attainment | None = field(default=None, init=False)
    #: What has been explained while it was worked out, for a few units only.
    _explained: dict[tuple[int, str], tuple[Exact, list[Step]]] = field(default_factory=dict, repr=False)
    #: The unit that was asked for last, its states, and its exact points: a result needs each of them several times.
    _asked: int = field(default=-1, init=False, repr=False)
    _states: list[int] = field(default_factory=list, init=False, repr=False)
    _exact: dict[str, Exact] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        self.totals = Totals(self)

    def reached(self, unit: int) -> Reached:
        """Return the maturity level of a unit, and what it lacks for each level."""
        assert self.attainment is not None, "only maturity frameworks have levels"
        return self.attainment.of(unit)

    def exact(self, unit: int, code: str) -> Exact:
        """Return the exact points of a leaf, or why there are none."""
        if unit != self._asked:
            return self.explained(unit, code, trace=False)[0]
        found = self._exact.get(code)
        if found is None:
            found = self._exact[code] = self.explained(unit, code, trace=False)[0]
        return found

    def keep(self, unit: int, exact: Mapping[str, Exact]) -> None:
        """Keep exact points of a unit that are known already, as long as no other unit is asked for."""
        self.states_of(unit)
        self._exact.update(exact)

    def states_of(self, unit: int) -> list[int]:
        """Return the states of all leaves of a unit; what is exact of it is kept until another is asked for."""
        if unit != self._asked:
            self._asked, self._states, self._exact = unit, self.states[:, unit].tolist(), {}
        return self._states

    def explained(self, unit: int, code: str, *, trace: bool = True) -> tuple[Exact, list[Step]]:
        """Return the exact points of a leaf with the steps that lead to them."""
        known = self._explained.get((unit, code))
        if known is not None:
            return known
        leaf = self.plan.leaves[self.plan.rows[code]]
        if leaf.left_out is not None:
            left_out = {"year": leaf.left_out.year, "reason": leaf.left_out.reason}
            return Exact(State.NOT_APPLICABLE, code="S115", data=left_out), []
        exemption = self.facts.exemptions.get((unit, code))
        if exemption is not None and not isinstance(leaf.rule, Unscored):
            return self._exempt(leaf, unit, exemption)
        names = {fact: name for name, fact in leaf.scope.facts.items()} | {leaf.decided: "decided"}
        arithmetic = ExactArithmetic(self.facts, unit, names, self.peers, trace=trace)
        value = decided_points(leaf.rule, leaf.full, leaf.scope, leaf.decided, arithmetic)
        return self._settled(value, leaf, arithmetic), arithmetic.steps

    def _settled(self, value: Exact, leaf: Leaf, arithmetic: ExactArithmetic) -> Exact:
        """Apply the framework's consequence of "not applicable", and its rounding where it is per criterion."""
        if value.state is State.NOT_APPLICABLE and leaf.consequence == "full":
            arithmetic.step("T131", full=leaf.full)
            return Exact(State.GIVEN, leaf.full)
        rounding = self.framework.policies.rounding
        if value.known and rounding.at == "criterion":
            rounded = round_half_up(value.value, rounding.decimals)
            if rounded != value.value:
                arithmetic.step("T132", value=value.value, rounded=rounded, decimals=rounding.decimals)
            return value._replace(value=rounded)
        return value

    def _exempt(self, leaf: Leaf, unit: int, exemption: str) -> tuple[Exact, list[Step]]:
        if self.framework.policies.exemption == "leave_out":
            return Exact(State.NOT_APPLICABLE, code="S112"), [Step("T133", {})]
        if exemption == "full":
            return Exact(State.GIVEN, leaf.full, code="S114"), [Step("T134", {"full": leaf.full})]
        best = self.best_of_others(leaf, unit)
        if best is None:
            return Exact(State.WAITING, code="S111"), []
        return Exact(State.GIVEN, best, code="S114"), [Step("T135", {"best": best})]

    def best_of_others(self, leaf: Leaf, unit: int) -> Fraction | None:
        """Return the highest exact points among the other, not exempt units of a unit's ranking group (A4)."""
        others = np.flatnonzero(
            np.logical_and(self.peers.groups == self.peers.groups[unit], self.states[leaf.row] == State.GIVEN)
        )
        others = others[[(int(one), leaf.code) not in self.facts.exemptions for one in others]]
        if self.facts.absent is not None:
            others = others[~self.facts.absent[others]]
        if not len(others):
            return None
        row = self.points[leaf.row, others]
        near = others[row >= row.max() - 2 * self.errors[leaf.row]]
        return max(self.exact(int(one), leaf.code).value for one in near)

    def exempt_units(self, code: str) -> set[int]:
        """Return the units that are exempt from a criterion."""
        return {unit for unit, exempt in self.facts.exemptions if exempt == code}

    def left_out(self, unit: int, leaf: Leaf) -> bool:
        """Say whether a leaf does not count for a unit, so that the denominator is rescaled."""
        if not leaf.counted:
            return True
        if self.states_of(unit)[leaf.row] != State.NOT_APPLICABLE:
            return False
        exempt = (unit, leaf.code) in self.facts.exemptions
        return exempt or leaf.consequence == "leave_out"

    # -- working out

    def compute(self) -> None:
        """Work everything out."""
        self._asked = -1
        units = len(self.facts)
        if units <= FEW:
            self._one_by_one()
        else:
            self._all_at_once()
        self._exemptions()
        self.totals.compute()
        if self.framework.is_maturity:
            self.attainment = Attainment(self.framework, self.plan, self.facts, self.peers)

    def _one_by_one(self) -> None:
        for leaf in self.plan.leaves:
            self.errors[leaf.row] = 2 * ROUNDOFF * leaf.weight
            for unit in range(len(self.facts)):
                if leaf.rule.kind == "levels" or leaf.left_out is not None:
                    self.points[leaf.row, unit], self.states[leaf.row, unit] = 0.0, _without_points(leaf)
                elif (unit, leaf.code) not in self.facts.exemptions:
                    self._explained[unit, leaf.code] = self.explained(unit, leaf.code)
                    self._set(leaf, unit)

    def _all_at_once(self) -> None:
        # Zero denominators are errors by their state; what float division makes of them is never looked at.
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            for start, stop in blocks(len(self.facts)):
                self._block(start, stop)

    def _block(self, start: int, stop: int) -> None:
        arithmetic = ColumnArithmetic(self.facts, start, stop, BlockPeers(self.peers, start, stop))
        for leaf in self.plan.leaves:
            if leaf.rule.kind == "levels" or leaf.left_out is not None:
                self.points[leaf.row, start:stop] = 0.0
                self.states[leaf.row, start:stop] = _without_points(leaf)
            else:
                self._leaf(leaf, arithmetic)

    def _leaf(self, leaf: Leaf, arithmetic: ColumnArithmetic) -> None:
        arithmetic.doubt = None
        value = decided_points(leaf.rule, leaf.full, leaf.scope, leaf.decided, arithmetic)
        start, stop = arithmetic.start, arithmetic.stop
        row = self.points[leaf.row, start:stop]
        numbers = value.real()
        error = (value.error() + ROUNDOFF) * leaf.weight + value.absolute
        if error > self.errors[leaf.row]:
            self.errors[leaf.row] = error
        if value.states is not None:
            self.states[leaf.row, start:stop] = value.states
            _copy_given(numbers, value.states, row)
        else:
            row[...] = numbers
            self.states[leaf.row, start:stop] = State.GIVEN
        if self.framework.policies.rounding.at == "criterion":
            arithmetic.doubt = self._round(row, error, arithmetic.doubt)
        if value.states is not None and leaf.consequence == "full":
            self._grant_full(leaf, start, stop)
        if arithmetic.doubt is not None:
            for unit in np.flatnonzero(arithmetic.doubt):
                self._set(leaf, start + int(unit))

    def _grant_full(self, leaf: Leaf, start: int, stop: int) -> None:
        states = self.states[leaf.row, start:stop]
        self.points[leaf.row, start:stop][states == State.NOT_APPLICABLE] = leaf.weight
        states[states == State.NOT_APPLICABLE] = State.GIVEN

    def _round(self, row: Floats, error: float, doubt: npt.NDArray[np.bool_] | None) -> npt.NDArray[np.bool_]:
        scale = 10.0**self.framework.policies.rounding.decimals
        shifted = row * scale + 0.5
        whole = np.floor(shifted)
        near = np.abs(shifted - np.rint(shifted)) <= error * scale + np.abs(shifted) * 4 * ROUNDOFF
        row[...] = whole / scale
        return near if doubt is None else np.logical_or(near, doubt)

    def _set(self, leaf: Leaf, unit: int) -> None:
        """Work one cell out exactly."""
        value = self.exact(unit, leaf.code)
        self.states[leaf.row, unit] = value.state
        self.points[leaf.row, unit] = float(value.value) if value.known else 0.0

    def _exemptions(self) -> None:
        for unit, code in self.facts.exemptions:
            leaf = self.plan.leaves[self.plan.rows[code]]
            self.states[leaf.row, unit] = State.WAITING
        for unit, code in self.facts.exemptions:
            self._set(self.plan.leaves[self.plan.rows[code]], unit)

    # -- after a change

    def update(self, unit: int, values: Mapping[str, Fraction | State]) -> None:
        """Change some facts of one unit and redo only what depends on them."""
        facts = self.facts.with_values(unit, values)
        touched = list({leaf.row: leaf for fact in values for leaf in self.plan.by_fact.get(fact, ())}.values())
        before = {leaf.row: self._extremes(leaf) for leaf in touched}
        # What is explained of other leaves stays true: it depends on facts, peers and exempt points of its own leaf.
        rows = {leaf.code for leaf in touched}
        for key in [key for key in self._explained if key[1] in rows]:
            del self._explained[key]
        self._asked = -1
        self.facts = self.peers.facts = facts
        changed = {unit}
        for leaf in touched:
            if leaf.left_out is not None:
                continue
            if leaf.peer_formulas:
                changed |= self._redo_peers(leaf, before[leaf.row])
            elif leaf.rule.kind != "levels":
                if len(facts) <= FEW and (unit, leaf.code) not in facts.exemptions:
                    self._explained[unit, leaf.code] = self.explained(unit, leaf.code)
                self._set(leaf, unit)
            changed |= self._redo_exempt(leaf)
        self.totals.update(changed)
        if self.attainment is not None:
            self.attainment.update(facts, unit, touched)

    def _extremes(self, leaf: Leaf) -> list[list[Range]]:
        """Return, for each ranking group, the lowest and highest values with which a leaf compares."""
        firsts = np.unique(self.peers.groups, return_index=True)[1] if leaf.peer_formulas else ()
        return [
            [
                (found.lowest, found.highest)
                for of in leaf.peer_formulas
                for found in [self.peers.extremes(of, leaf.scope, int(unit))]
            ]
            for unit in firsts
        ]

    def _redo_peers(self, leaf: Leaf, extremes: list[list[Range]]) -> set[int]:
        before = self.points[leaf.row].copy()
        states = self.states[leaf.row].copy()
        self.peers.forget(leaf.code)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            for start, stop in blocks(len(self.facts)):
                self._leaf(leaf, ColumnArithmetic(self.facts, start, stop, BlockPeers(self.peers, start, stop)))
        changed = np.logical_or(before != self.points[leaf.row], states != self.states[leaf.row])
        # An extreme may have moved by less than float64 can tell, and a total that stood on a half with it.
        moved = [old != new for old, new in zip(extremes, self._extremes(leaf), strict=True)]
        changed |= np.array(moved, np.bool_)[self.peers.groups]
        return {int(unit) for unit in np.flatnonzero(changed)}

    def _redo_exempt(self, leaf: Leaf) -> set[int]:
        exempt = self.exempt_units(leaf.code)
        for unit in exempt:
            self._set(leaf, unit)
        return exempt


def _copy_given(numbers: Floats | float, states: States, row: Floats) -> None:
    """Copy numbers, and 0 where there is none.

    All bits of a number stay, or none: unlike a product this clears what is not a number, and unlike a copy under a
    mask it costs the same however many are missing.
    """
    mask = np.negative((states == GIVEN).view(np.int8))
    bits = np.asarray(numbers, np.float64).view(np.int64)
    np.bitwise_and(bits, mask, out=row.view(np.int64))


def _without_points(leaf: Leaf) -> State:
    """Return the state of a leaf that is not worked out: left out for a year, or measured by levels."""
    return State.NOT_APPLICABLE if leaf.left_out is not None else State.UNSCORED


def score(framework: Framework, facts: Facts) -> Scores:
    """Score all units at once.

    Points, totals and ranks are those of rational arithmetic, whatever the order of units or criteria.
    """
    plan = plan_of(framework, facts.year)
    shape = (len(plan.leaves), len(facts))
    # Left empty, since every row is written: the pages of a cleared array would each cost a fault of their own.
    points_, states = np.empty(shape), np.empty(shape, np.uint8)
    result = Scores(framework, facts, plan, Peers(framework, facts), points_, states, np.zeros(len(plan.leaves)))
    result.compute()
    return result


def score_in_blocks(framework: Framework, blocks: Iterable[Facts]) -> Iterator[Scores]:
    """Score block after block, each complete in itself, such as the units of one year.

    Peers and ranks are those of the block. Memory stays that of one block as long as the caller keeps no scores.
    """
    for facts in blocks:
        yield score(framework, facts)
