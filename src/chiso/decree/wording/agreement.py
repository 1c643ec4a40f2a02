"""Whether two rules compute the same points: tried on many figures with the engine, never by comparing text.

The inputs of both are brought together by name, else by their place: the first choice with the first choice, a formula
with the formula at the same place. Figures are the boundary values of both rules and their neighbours, and a fixed
sample of others, so that the answer is always the same.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chiso.framework.expression import Formula, Name, Operation
from chiso.framework.inputs import every_rule, formulas, implied
from chiso.framework.rules import (
    Adjusted,
    Choice,
    Count,
    Lateness,
    Manual,
    PerItem,
    Ratio,
    Relative,
    Rule,
    Steps,
    Sum,
    Unscored,
    YesNo,
)
from chiso.scoring.exact import Exact, ExactArithmetic, Extremes
from chiso.scoring.facts import Facts
from chiso.scoring.meaning import Scope, formula_value, points
from chiso.scoring.states import State

Values = Mapping[str, Fraction]

#: Figures tried beside the boundary values.
SAMPLE = 300

_USUAL = [Fraction(value) for value in (0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 19, 20, 50, 52, 99, 100, 1000)]


@dataclass(frozen=True, slots=True)
class Difference:
    """Figures for which two rules differ, and what each gives: exact points, or the word of a state."""

    values: dict[str, Fraction]
    first: str
    second: str


_NO_FACTS = Facts((), {})


class _Sheet(ExactArithmetic):
    """The engine's exact arithmetic over given values; the other units have values of their own."""

    def __init__(self, values: Values, peers: Sequence[Values]) -> None:
        super().__init__(_NO_FACTS, 0, {}, _Peers([values, *peers]), trace=False)
        self.values = values

    def fact(self, fact: str) -> Exact:
        value = self.values.get(fact)
        return Exact(State.MISSING, text=fact) if value is None else Exact(State.GIVEN, value, fact)

    def reference(self, scope: Scope) -> Exact:  # noqa: ARG002 - the same for every rule
        return Exact(State.GIVEN, Fraction(7), "reference")


class _Peers:
    def __init__(self, units: Sequence[Values]) -> None:
        self.units = units

    def extremes(self, formula: Formula, scope: Scope, unit: int) -> Extremes:  # noqa: ARG002 - all are one group
        """Return the extremes of a formula over all units."""
        found = [formula_value(formula, scope, _Sheet(values, ())) for values in self.units]
        known = [one.value for one in found if one.known]
        return Extremes(min(known, default=None), max(known, default=None), len(known))


def points_of(rule: Rule, full: Fraction, values: Values, peers: Sequence[Values] = ()) -> Exact:
    """Return what the engine gives for a rule whose inputs have these values; a choice is the place of its option."""
    return points(rule, full, _scope(rule), _Sheet(values, peers))


def _scope(rule: Rule) -> Scope:
    names = {name for formula in formulas(rule) for name in formula.names()} | {one.name for one in implied(rule)}
    return Scope("rule", {name: name for name in names})


def difference(first: Rule, second: Rule, full: Fraction) -> Difference | None:
    """Return figures for which two rules differ, None where both give the same throughout."""
    first, second = _scored(first), _scored(second)
    plain = (Sum, Manual, Unscored)
    if isinstance(first, plain) or isinstance(second, plain):
        return None if first.kind == second.kind else Difference({}, first.kind, second.kind)
    binding = _binding(first, second)
    if binding is None:
        return Difference({}, f"inputs of {first.kind}", f"inputs of {second.kind}")
    tried = list(_samples(first, second))
    bound = [binding.bound(values) for values in tried]
    scopes = _scope(first), _scope(second)
    for place, values in enumerate(tried):
        peers = [(place * step + step) % len(tried) for step in (3, 7)]
        one = points(first, full, scopes[0], _Sheet(bound[place], [bound[peer] for peer in peers]))
        other = points(second, full, scopes[1], _Sheet(values, [tried[peer] for peer in peers]))
        if (one.state, one.value if one.known else None) != (other.state, other.value if other.known else None):
            return Difference(dict(values), _said(one), _said(other))
    return None


def _said(result: Exact) -> str:
    return str(result.value) if result.known else result.state.word


def _scored(rule: Rule) -> Rule:
    """Return the rule that is kept for the day it counts."""
    return rule.rule if isinstance(rule, Unscored) and rule.rule is not None else rule


@dataclass(frozen=True)
class _Binding:
    """How the inputs of one rule follow from those of another."""

    picks: tuple[tuple[Choice | YesNo, Choice | YesNo], ...]
    terms: Mapping[str, Formula]
    same: frozenset[str]

    def bound(self, values: Values) -> dict[str, Fraction]:
        """Return the values of the first rule's inputs for values of the second's."""
        found = {name: values[name] for name in self.same if name in values}
        for mine, theirs in self.picks:
            if theirs.input in values:
                found[mine.input] = _picked(mine, theirs, values[theirs.input])
        for name, formula in self.terms.items():
            scope = Scope("rule", {one: one for one in formula.names()})
            value = formula_value(formula, scope, _Sheet(values, ()))
            if value.known:
                found[name] = value.value
        return found


def _picked(mine: Choice | YesNo, theirs: Choice | YesNo, value: Fraction) -> Fraction:
    """Return the place of an option, or yes and no, that corresponds to one of the other rule."""
    if isinstance(mine, YesNo) == isinstance(theirs, YesNo):
        return value
    if isinstance(mine, YesNo):
        assert isinstance(theirs, Choice), "of the other kind"
        return Fraction(1 if theirs.options[int(value)].share != 0 else 0)
    full = next((place for place, option in enumerate(mine.options) if option.share != 0), 0)
    empty = next((place for place, option in enumerate(mine.options) if option.share == 0), len(mine.options) - 1)
    return Fraction(full if value else empty)


def _binding(first: Rule, second: Rule) -> _Binding | None:
    mine, theirs = list(_asks(first)), list(_asks(second))
    if len(mine) != len(theirs):
        return None
    for one, other in zip(mine, theirs, strict=True):
        if isinstance(one, Choice) and isinstance(other, Choice) and len(one.options) < len(other.options):
            return None
    known = {name for formula in formulas(second) for name in formula.names()} | {
        name for rule in every_rule(second) if isinstance(rule, Lateness) for name in (rule.input, rule.done)
    }
    terms: dict[str, Formula] = {}
    for formula, counterpart in zip(formulas(first), formulas(second), strict=False):
        if isinstance(formula.term, Name) and formula.term.name not in known:
            terms.setdefault(formula.term.name, counterpart)
        terms |= _quotient_terms(formula, counterpart, known)
    needed = {name for formula in formulas(first) for name in formula.names()}
    if needed - known - set(terms):
        return None
    late = {name for rule in every_rule(first) if isinstance(rule, Lateness) for name in (rule.input, rule.done)}
    return _Binding(tuple(zip(mine, theirs, strict=True)), terms, frozenset((needed | late) & known - set(terms)))


def _quotient_terms(one: Formula, other: Formula, known: set[str]) -> dict[str, Formula]:
    """Return the letters of one quotient by the sides of another."""
    found: dict[str, Formula] = {}
    if isinstance(one.term, Operation) and isinstance(other.term, Operation) and one.term.symbol == other.term.symbol:
        for mine, theirs in ((one.term.left, other.term.left), (one.term.right, other.term.right)):
            if isinstance(mine, Name) and mine.name not in known:
                found[mine.name] = Formula(theirs)
    return found


def _asks(rule: Rule) -> Iterator[Choice | YesNo]:
    for node in every_rule(rule):
        if isinstance(node, Choice | YesNo):
            yield node


def _samples(first: Rule, second: Rule) -> Iterator[dict[str, Fraction]]:
    """Yield values for the inputs of the second rule: boundary values of both, then a fixed sample."""
    chance = random.Random(20_231_102)  # noqa: S311 - a fixed sample, no secret
    bounds = sorted({value for rule in (first, second) for node in every_rule(rule) for value in bounds_of(node)})
    near = sorted({value + step for value in bounds for step in (-1, 0, 1)} | set(_USUAL))
    near = [value for value in near if value >= 0]
    names = sorted({name for formula in formulas(second) for name in formula.names()})
    days = sorted({one.input for one in every_rule(second) if isinstance(one, Lateness)})
    asks = list(_asks(second))
    for formula in formulas(second):
        yield from _at_bounds(formula, bounds, names, asks, chance)
    for left, right in _sides(second):
        yield from _at_bounds(Formula(Operation("/", left.term, right.term)), bounds, names, asks, chance)
    for _ in range(SAMPLE):
        values = {name: chance.choice(near) for name in (*names, *days)}
        yield {**values, **_picks(asks, chance)}


def _sides(rule: Rule) -> Iterator[tuple[Formula, Formula]]:
    for node in every_rule(rule):
        if isinstance(node, Ratio):
            yield node.numerator, node.denominator


def _picks(asks: Sequence[Choice | YesNo], chance: random.Random) -> dict[str, Fraction]:
    return {one.input: Fraction(chance.randrange(len(one.options) if isinstance(one, Choice) else 2)) for one in asks}


def _at_bounds(
    formula: Formula,
    bounds: Sequence[Fraction],
    names: Sequence[str],
    asks: Sequence[Choice | YesNo],
    chance: random.Random,
) -> Iterator[dict[str, Fraction]]:
    """Yield values that put a formula at, just below and just above each bound."""
    term = formula.term
    if not (isinstance(term, Operation) and term.symbol == "/"):
        return
    above, below = Formula(term.left).names(), Formula(term.right).names()
    if not above or not below:
        return
    for bound in (*bounds, Fraction(1, 3), Fraction(1)):
        for step in (-1, 0, 1):
            values = {name: Fraction(1) for name in names}
            values |= dict.fromkeys(below, Fraction(10_000))
            values |= dict.fromkeys(above, Fraction(0))
            # Every whole counts once, so that the part is a share of their sum.
            values[above[0]] = max(bound * 10_000 * len(below) + step, Fraction(0))
            yield {**values, **_picks(asks, chance)}


def bounds_of(node: Rule) -> Iterator[Fraction]:
    """Yield the values at which a rule node, itself only, changes what it gives."""
    match node:
        case Steps():
            yield from (line.bound[1] for line in node.lines)
        case Ratio():
            yield node.full_at
        case Count():
            yield node.target
        case Relative() if node.constant is not None:
            yield node.constant
        case Lateness():
            yield from (line.at_most for line in node.lines)
        case PerItem():
            yield from (Fraction(1), 10 / node.points)
        case Adjusted():
            for one in (*node.bonuses, *node.deductions):
                yield from () if one.at_most is None else (one.at_most / one.points,)
