"""Rules carried out with exact fractions for one unit, leaving a trace of every step.

Official points are what this arithmetic gives; the fast arithmetic of ``columns`` falls back to it wherever its
error bounds leave a doubt.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from chiso.framework.expression import Formula
from chiso.framework.rules import CountsFor
from chiso.quantity import decimal_text
from chiso.scoring.facts import Facts
from chiso.scoring.lasting import lasting
from chiso.scoring.meaning import Bound, Branch, Scope
from chiso.scoring.states import State

ZERO, ONE = Fraction(0), Fraction(1)


#: Shared by all values that need no data.
_NO_DATA: Mapping[str, Any] = MappingProxyType({})


class Exact(NamedTuple):
    """A number or the reason why there is none. ``text`` is how it came about, in the letters of the document."""

    state: State
    value: Fraction = ZERO
    text: str = ""
    code: str = ""
    data: Mapping[str, Any] = _NO_DATA

    @property
    def known(self) -> bool:
        """Whether there is a number."""
        return self.state is State.GIVEN


class Step(NamedTuple):
    """One step of a calculation: a code of ``phrases`` and its data, numbers as fractions."""

    code: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Extremes:
    """Lowest and highest value among the peers; None where not known, and how many units gave a value."""

    lowest: Fraction | None
    highest: Fraction | None
    known: int


class ExactPeers(Protocol):
    """Supplies what a rule needs to know of other units."""

    def extremes(self, formula: Formula, scope: Scope, unit: int) -> Extremes:
        """Return the extremes among the peers of a unit, the unit included."""


class ExactArithmetic:
    """Carries out rules for one unit. ``steps`` holds the trace; with ``trace=False`` it stays empty."""

    def __init__(self, facts: Facts, unit: int, names: Mapping[str, str], peers: ExactPeers, *, trace: bool) -> None:
        self.facts, self.unit, self.names, self.peers = facts, unit, names, peers
        self.trace = trace
        self.steps: list[Step] = []

    def step(self, code: str, **data: Any) -> None:
        """Record a step."""
        if self.trace:
            self.steps.append(Step(code, data))

    def constant(self, value: Fraction) -> Exact:
        """Return the same number for every unit."""
        return Exact(State.GIVEN, value, decimal_text(value))

    def fact(self, fact: str) -> Exact:
        """Return a fact, or the reason why it is not there."""
        column = self.facts.columns.get(fact)
        name = self.names.get(fact, fact)
        state = State.MISSING if column is None else column.state(self.unit)
        if column is not None and state is State.GIVEN:
            return Exact(State.GIVEN, column.value(self.unit), name)
        if state is State.ERROR:
            code, data = self.facts.messages.get((self.unit, fact), ("S103", {"name": name}))
            return Exact(state, ZERO, name, code, data)
        code = {State.MISSING: "S101", State.UNDECIDED: "S118"}.get(state, "S102")
        return Exact(state, ZERO, name, code, {"name": name, "fact": fact})

    def add(self, left: Exact, right: Exact) -> Exact:
        """Return the sum."""
        return _worst(left, right) or Exact(State.GIVEN, left.value + right.value, _joined(left, "+", right))

    def subtract(self, left: Exact, right: Exact) -> Exact:
        """Return the difference."""
        return _worst(left, right) or Exact(State.GIVEN, left.value - right.value, _joined(left, "-", right))

    def multiply(self, left: Exact, right: Exact) -> Exact:
        """Return the product."""
        return _worst(left, right) or Exact(State.GIVEN, left.value * right.value, _joined(left, "*", right))

    def divide(self, left: Exact, right: Exact) -> Exact:
        """Return the quotient; a zero denominator is an error, never a number (A12)."""
        worst = _worst(left, right)
        if worst is not None:
            return worst
        if not right.value:
            code = "S106" if left.value else "S107"
            return Exact(State.ERROR, ZERO, "", code, {"name": right.text, "part": left.text})
        result = Exact(State.GIVEN, left.value / right.value, _joined(left, "/", right))
        self.step("T110", text=result.text, left=left.value, right=right.value, value=result.value)
        return result

    def within(self, part: Exact, whole: Exact, code: str) -> Exact:
        """Return ``part``, an error where it is negative or exceeds ``whole`` (A7)."""
        if not (part.known and whole.known) or ZERO <= part.value <= whole.value:
            return part
        data = {"part": part.text, "value": part.value, "whole": whole.text, "limit": whole.value}
        return Exact(State.ERROR, ZERO, part.text, code, data)

    def times(self, value: Exact, factor: Fraction) -> Exact:
        """Return the value times a constant."""
        if not value.known or factor == ONE:
            return value
        result = Exact(State.GIVEN, value.value * factor)
        self.step("T111", value=value.value, factor=factor, result=result.value)
        return result

    def proportion(self, value: Exact, top: Fraction, full: Fraction) -> Exact:
        """Return ``full`` for a value from ``top`` on, in proportion below."""
        if not value.known:
            return value
        kept = self.capped(value, top)
        result = Exact(State.GIVEN, kept.value * full / top)
        self.step("T111" if top == ONE else "T122", value=kept.value, top=top, factor=full, result=result.value)
        return result

    def portion(self, share: Fraction, full: Fraction) -> Exact:
        """Return a constant share of ``full``."""
        result = Exact(State.GIVEN, share * full)
        self.step("T123", share=share, full=full, result=result.value)
        return result

    def total(self, values: Sequence[Exact]) -> Exact:
        """Return the sum of parts."""
        result = values[0]
        for value in values[1:]:
            result = self.add(result, value)
        if result.known:
            self.step("T124", parts=[value.value for value in values], result=result.value)
        return result

    def at_most(self, value: Exact, top: Fraction) -> Exact:
        """Return the smaller of both."""
        if not value.known or value.value <= top:
            return value
        self.step("T112", value=value.value, top=top)
        return Exact(State.GIVEN, top)

    def capped(self, value: Exact, top: Fraction) -> Exact:
        """Return the value, kept between 0 and ``top``."""
        return self.between(value, ZERO, top) if value.value < ZERO else self.at_most(value, top)

    def between(self, value: Exact, floor: Fraction, ceiling: Fraction) -> Exact:
        """Return the value, kept between both."""
        if not value.known or floor <= value.value <= ceiling:
            return value
        kept = min(max(value.value, floor), ceiling)
        self.step("T113", value=value.value, kept=kept)
        return Exact(State.GIVEN, kept)

    def pick(self, fact: str, branches: Sequence[Branch[Exact]]) -> Exact:
        """Return the branch at the position that a fact gives."""
        index = self.fact(fact)
        if not index.known:
            return index
        self.step("T114", name=index.text, option=int(index.value))
        return branches[int(index.value)]()

    def unless(self, answer: Exact, value: Branch[Exact], otherwise: Branch[Exact]) -> Exact:
        """Return ``otherwise`` where the answer is given and no, else ``value``."""
        if answer.known and not answer.value:
            self.step("T115", name=answer.text)
            return otherwise()
        result = value()
        return answer if answer.state > max(result.state, State.MISSING) else result

    def first(self, value: Exact, lines: Sequence[tuple[Bound, Branch[Exact]]], otherwise: Branch[Exact]) -> Exact:
        """Return the branch of the first bound that holds."""
        if not value.known:
            return value
        for (kind, bound), branch in lines:
            if holds(kind, value.value, bound):
                self.step("T116", text=value.text, value=value.value, kind=kind, bound=bound)
                return branch()
        self.step("T117", text=value.text, value=value.value)
        return otherwise()

    def largest(self, values: Sequence[Exact]) -> Exact:
        """Return the largest of the values that are known; an error prevails."""
        errors = [value for value in values if value.state is State.ERROR]
        known = [value for value in values if value.known]
        if errors or not known:
            return errors[0] if errors else min(values, key=lambda value: value.state)
        best = max(known, key=lambda value: value.value)
        self.step("T118", count=len(known), value=best.value)
        return best

    def either(self, value: Exact, other: Branch[Exact]) -> Exact:
        """Return ``value``, or ``other`` where it is missing."""
        return other() if value.state is State.MISSING else value

    def decide(self, value: Exact, decided: str, full: Fraction) -> Exact:
        """Return ``value``, or the points in the fact ``decided`` where it is undecided and they are there (A14)."""
        if value.state is not State.UNDECIDED:
            return value
        given = self.within(self.fact(decided), self.constant(full), "S105")
        if not given.known:
            return value if given.state is State.MISSING else given
        self.step("T136", points=given.value)
        return Exact(State.GIVEN, given.value, code="S119")

    def still_counting(self, value: Exact, done: str, whole: str, rule: CountsFor) -> Exact:
        """Return ``value``, or 0 where what was done counts no more on the day of the assessment (A25)."""
        found = lasting(self.facts, self.unit, done, whole, rule) if value.known else None
        if found is None:
            return value
        self.step("T144" if found.counts else "T145", **found._asdict())
        return value if found.counts else value._replace(value=ZERO)

    def min_max(self, value: Exact, formula: Formula, scope: Scope) -> Exact:
        """Return the place of the value between the lowest and highest of the peers, 0 to 1 (A2)."""
        if not value.known:
            return value
        peers = self.peers.extremes(formula, scope, self.unit)
        lowest, highest = peers.lowest, peers.highest
        if lowest is None or highest is None:
            return Exact(State.WAITING, ZERO, "", "S108", {})
        # A unit that does not exist at the end of the year is no peer of others, but is compared as if it were one.
        lowest, highest = min(lowest, value.value), max(highest, value.value)
        share = (value.value - lowest) / (highest - lowest) if highest > lowest else ONE
        data = {"text": value.text, "value": value.value, "lowest": lowest, "highest": highest, "known": peers.known}
        self.step("T119", **data, share=share)
        return Exact(State.GIVEN, share)

    def share_of_best(self, value: Exact, formula: Formula, scope: Scope) -> Exact:
        """Return the value over the highest of the peers, 0 to 1 (A2)."""
        if not value.known:
            return value
        highest = self.peers.extremes(formula, scope, self.unit).highest
        if highest is None:
            return Exact(State.WAITING, ZERO, "", "S108", {})
        highest = max(highest, value.value)
        # Nothing above zero anywhere: whoever equals the highest has all of it, as when all peers are equal.
        nothing = ONE if value.value == highest else ZERO
        share = max(value.value, ZERO) / highest if highest > ZERO else nothing
        self.step("T120", text=value.text, value=value.value, highest=highest, share=share)
        return Exact(State.GIVEN, share)

    def reference(self, scope: Scope) -> Exact:
        """Return the reference value given from outside; waiting where it is not known."""
        value = self.facts.references.get("@reference", {}).get(f"{scope.code}/reference")
        if value is None:
            return Exact(State.WAITING, ZERO, "", "S109", {})
        self.step("T121", value=value)
        return Exact(State.GIVEN, value, "reference")

    def unscored(self) -> Exact:
        """Return no points, since none are given yet."""
        return Exact(State.UNSCORED, ZERO, "", "S110", {})


def holds(kind: str, value: Fraction, bound: Fraction) -> bool:
    """Say whether a value satisfies a bound of steps."""
    if kind == "at_least":
        return value >= bound
    if kind == "above":
        return value > bound
    return value <= bound if kind == "at_most" else value < bound


def _worst(left: Exact, right: Exact) -> Exact | None:
    worst = left if left.state >= right.state else right
    return None if worst.known else worst


def _joined(left: Exact, symbol: str, right: Exact) -> str:
    if not (left.text and right.text):
        return ""
    over = f"({left.text})" if symbol in "*/" and any(sign in left.text for sign in "+-") else left.text
    under = f"({right.text})" if symbol in "*/-" and any(sign in right.text for sign in "+-*/") else right.text
    return f"{over}{symbol}{under}"
