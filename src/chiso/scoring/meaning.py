"""What each rule node means, written once over an abstract arithmetic.

``points`` says how points follow from facts in terms of a dozen operations. Two arithmetics carry them out:
``exact`` with fractions, one unit at a time, leaving a trace; ``columns`` with float64 and proven error bounds, all
units at once. There is no other place where a rule has a meaning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol, TypeVar

from chiso.framework.expression import Formula, Name, Number, Operation, Term
from chiso.framework.rules import (
    Adjusted,
    Adjustment,
    BestOf,
    Choice,
    Count,
    CountsFor,
    Lateness,
    Levels,
    Manual,
    MinMax,
    Parts,
    PerItem,
    Ratio,
    Relative,
    Rule,
    ShareOfBest,
    Steps,
    Survey,
    Unscored,
    YesNo,
)

V = TypeVar("V")

NOTHING, ALL = Fraction(0), Fraction(1)

#: A consequence that is only worked out where it is needed.
Branch = Callable[[], V]

#: A bound of steps: its kind (``at_least``, ``above``, ``at_most``, ``below``) and value.
Bound = tuple[str, Fraction]


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a rule is worked out: its criterion, and the fact behind each input name."""

    code: str
    facts: Mapping[str, str]


class Arithmetic(Protocol[V]):
    """The operations that rules are made of. States travel with the values; the greater state prevails."""

    def constant(self, value: Fraction) -> V:
        """Return the same number for every unit."""

    def fact(self, fact: str) -> V:
        """Return a fact; a choice is the position of its option, a yes/no answer 1 or 0."""

    def add(self, left: V, right: V) -> V:
        """Return the sum."""

    def subtract(self, left: V, right: V) -> V:
        """Return the difference."""

    def multiply(self, left: V, right: V) -> V:
        """Return the product."""

    def divide(self, left: V, right: V) -> V:
        """Return the quotient; a zero denominator is an error, never a number (A12)."""

    def within(self, part: V, whole: V, code: str) -> V:
        """Return ``part``, an error of that code where it exceeds ``whole`` (A7)."""

    def times(self, value: V, factor: Fraction) -> V:
        """Return the value times a constant."""

    def proportion(self, value: V, top: Fraction, full: Fraction) -> V:
        """Return ``full`` for a value from ``top`` on, in proportion below."""

    def portion(self, share: Fraction, full: Fraction) -> V:
        """Return a constant share of ``full``."""

    def total(self, values: Sequence[V]) -> V:
        """Return the sum of parts."""

    def at_most(self, value: V, top: Fraction) -> V:
        """Return the smaller of both."""

    def capped(self, value: V, top: Fraction) -> V:
        """Return the value, kept between 0 and ``top``: points are never negative, whatever is subtracted."""

    def between(self, value: V, floor: Fraction, ceiling: Fraction) -> V:
        """Return the value, kept between both."""

    def pick(self, fact: str, branches: Sequence[Branch[V]]) -> V:
        """Return the branch at the position that a fact gives; only that branch counts."""

    def unless(self, answer: V, value: Branch[V], otherwise: Branch[V]) -> V:
        """Return ``otherwise`` where the answer is given and no, else ``value``."""

    def first(self, value: V, lines: Sequence[tuple[Bound, Branch[V]]], otherwise: Branch[V]) -> V:
        """Return the branch of the first bound that holds."""

    def largest(self, values: Sequence[V]) -> V:
        """Return the largest of the values that are known; not known only where none is."""

    def either(self, value: V, other: Branch[V]) -> V:
        """Return ``value``, or ``other`` where it is missing."""

    def decide(self, value: V, decided: str, full: Fraction) -> V:
        """Return ``value``, or the points in the fact ``decided`` where it is undecided and they are there (A14)."""

    def still_counting(self, value: V, done: str, whole: str, rule: CountsFor) -> V:
        """Return ``value``, or 0 where what was done counts no more on the day of the assessment (A25)."""

    def min_max(self, value: V, formula: Formula, scope: Scope) -> V:
        """Return the place of the value between the lowest and highest of the peers, 0 to 1 (A2)."""

    def share_of_best(self, value: V, formula: Formula, scope: Scope) -> V:
        """Return the value over the highest of the peers, 0 to 1 (A2)."""

    def reference(self, scope: Scope) -> V:
        """Return the reference value given from outside; waiting where it is not known."""

    def unscored(self) -> V:
        """Return no points, since none are given yet."""


def points(rule: Rule, full: Fraction, scope: Scope, a: Arithmetic[V]) -> V:  # noqa: C901 - one case a rule node
    """Return the points of a rule whose maximum is ``full``."""
    match rule:
        case Choice():
            branches = [_branch(option.share, option.rule, full, scope, a) for option in rule.options]
            return a.pick(scope.facts[rule.input], branches)
        case YesNo():
            return a.pick(scope.facts[rule.input], [lambda: a.portion(NOTHING, full), lambda: a.portion(ALL, full)])
        case Ratio():
            return _ratio(rule, full, scope, a)
        case Steps():
            lines = [(line.bound, _branch(line.share, line.rule, full, scope, a)) for line in rule.lines]
            otherwise = _branch(rule.otherwise.share, rule.otherwise.rule, full, scope, a)
            return a.first(_measured(rule, scope, a), lines, otherwise)
        case Count():
            return a.proportion(formula_value(rule.of, scope, a), rule.target, full)
        case PerItem():
            return a.capped(a.times(formula_value(rule.of, scope, a), rule.points), full)
        case Parts():
            return a.total([points(part.rule, part.share * full, scope, a) for part in rule.parts])
        case Lateness():
            return _lateness(rule, full, scope, a)
        case MinMax():
            return a.times(a.min_max(formula_value(rule.of, scope, a), rule.of, scope), full)
        case ShareOfBest():
            return a.times(a.share_of_best(formula_value(rule.of, scope, a), rule.of, scope), full)
        case Relative():
            return _relative(rule, full, scope, a)
        case BestOf():
            return a.largest([points(case.rule, full, scope, a) for case in rule.cases])
        case Adjusted():
            return _adjusted(rule, full, scope, a)
        case Survey():
            return _survey(rule, full, scope, a)
        case Manual():
            return a.within(a.fact(scope.facts["points"]), a.constant(full), "S105")
        case Unscored():
            return a.unscored()
    raise AssertionError(f"{rule.kind} has no points of its own")


def decided_points(rule: Rule, full: Fraction, scope: Scope, decided: str, a: Arithmetic[V]) -> V:
    """Return the points of a criterion: of its rule, or the verifier's where no printed line covers the situation.

    ``decided`` is the fact that holds the verifier's points; empty where there are no lines to choose between.
    """
    value = points(rule, full, scope, a)
    return a.decide(value, decided, full) if decided else value


def measured_share(rule: Levels, scope: Scope, a: Arithmetic[V]) -> V:
    """Return the share that a maturity criterion measures: the percentage reported, else computed from its parts."""
    reported = a.fact(scope.facts["value"])
    numerator, denominator = rule.numerator, rule.denominator
    if numerator is None or denominator is None:
        return reported

    def computed() -> V:
        part, whole = formula_value(numerator, scope, a), formula_value(denominator, scope, a)
        part = a.within(part, whole, "S104") if rule.part_of_whole else part
        if rule.counts_for is not None:
            done, within = (scope.facts[one.names()[0]] for one in (numerator, denominator))
            part = a.still_counting(part, done, within, rule.counts_for)
        return a.divide(part, whole)

    return a.either(reported, computed)


def formula_value(formula: Formula, scope: Scope, a: Arithmetic[V]) -> V:
    """Return the value of a formula."""
    return _term(formula.term, scope, a)


def _term(term: Term, scope: Scope, a: Arithmetic[V]) -> V:
    if isinstance(term, Name):
        return a.fact(scope.facts[term.name])
    if isinstance(term, Number):
        return a.constant(term.value)
    left, right = _term(term.left, scope, a), _term(term.right, scope, a)
    match term.symbol:
        case "+":
            return a.add(left, right)
        case "-":
            return a.subtract(left, right)
        case "*":
            return a.multiply(left, right)
    return a.divide(left, right)


def _branch(share: Fraction | None, rule: Rule | None, full: Fraction, scope: Scope, a: Arithmetic[V]) -> Branch[V]:
    if rule is not None:
        return lambda: points(rule, full, scope, a)
    assert share is not None, "the model demands a share or a rule"
    return lambda: a.portion(share, full)


def _ratio(rule: Ratio, full: Fraction, scope: Scope, a: Arithmetic[V]) -> V:
    part, whole = formula_value(rule.numerator, scope, a), formula_value(rule.denominator, scope, a)
    if rule.part_of_whole:
        part = a.within(part, whole, "S104")
        if rule.full_at == 1:
            # A part never exceeds its whole, so there is nothing to cap.
            return a.times(a.divide(part, whole), full)
    return a.proportion(a.divide(part, whole), rule.full_at, full)


def _measured(rule: Steps, scope: Scope, a: Arithmetic[V]) -> V:
    term = rule.of.term
    if not (rule.part_of_whole and isinstance(term, Operation)):  # the loader demands a quotient
        return _term(term, scope, a)
    part, whole = _term(term.left, scope, a), _term(term.right, scope, a)
    return a.divide(a.within(part, whole, "S104"), whole)


def _lateness(rule: Lateness, full: Fraction, scope: Scope, a: Arithmetic[V]) -> V:
    otherwise = _branch(rule.otherwise.share, rule.otherwise.rule, full, scope, a)
    lines: list[tuple[Bound, Branch[V]]] = [
        (("at_most", line.at_most), _branch(line.share, None, full, scope, a)) for line in rule.lines
    ]
    done = a.fact(scope.facts[rule.done])
    return a.unless(done, lambda: a.first(a.fact(scope.facts[rule.input]), lines, otherwise), otherwise)


def _relative(rule: Relative, full: Fraction, scope: Scope, a: Arithmetic[V]) -> V:
    value = formula_value(rule.of, scope, a)
    if rule.constant is not None:
        return a.proportion(value, rule.constant, full)
    return a.proportion(a.divide(value, a.reference(scope)), ALL, full)


def _adjusted(rule: Adjusted, full: Fraction, scope: Scope, a: Arithmetic[V]) -> V:
    value = points(rule.base, full, scope, a)
    for bonus in rule.bonuses:
        value = a.add(value, _adjustment(bonus, scope, a))
    for deduction in rule.deductions:
        value = a.subtract(value, _adjustment(deduction, scope, a))
    return a.between(value, rule.floor * full, rule.ceiling * full)


def _adjustment(adjustment: Adjustment, scope: Scope, a: Arithmetic[V]) -> V:
    value = a.times(formula_value(adjustment.of, scope, a), adjustment.points)
    return value if adjustment.at_most is None else a.at_most(value, adjustment.at_most)


def _survey(rule: Survey, full: Fraction, scope: Scope, a: Arithmetic[V]) -> V:
    counts = [a.fact(scope.facts[answer.input]) for answer in rule.answers]
    weighted = [a.times(count, answer.weight) for count, answer in zip(counts, rule.answers, strict=True)]
    return a.times(a.divide(_sum(weighted, a), _sum(counts, a)), full)


def _sum(values: Sequence[V], a: Arithmetic[V]) -> V:
    result = values[0]
    for value in values[1:]:
        result = a.add(result, value)
    return result
