"""Figures that stand exactly on a threshold of a rule, and next to it on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from chiso.framework.expression import Formula, Name, Operation, Term
from chiso.framework.inputs import Asked, asked, every_rule
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import (
    Count,
    Lateness,
    Levels,
    Manual,
    MinMax,
    PerItem,
    Ratio,
    Relative,
    Rule,
    ShareOfBest,
    Steps,
    Target,
)
from tests.scoring.rational import Figure, formula

Figures = dict[str, Figure]

#: Many whole shares of it are whole.
MUCH = Fraction(360360 * 1000)

LITTLE = Fraction(1, 1_000_000)


def edge_figures(framework: Framework, criterion: Criterion) -> Iterator[Figures]:
    """Yield figures, by name of the input, for every threshold of a criterion: below, at and above it."""
    inputs = asked(framework, criterion)
    for rule in every_rule(criterion.effective_rule):
        for name, value in _single_edges(rule, criterion):
            for step in _steps(inputs, name):
                figure = value + step * _unit_of(inputs, name)
                if figure >= 0:
                    yield {**_elsewhere(inputs), name: figure}
        for of, value in formula_edges(rule, criterion):
            yield from _around(inputs, of, value)


def formula_edges(rule: Rule, criterion: Criterion) -> Iterator[tuple[Formula, Fraction]]:
    """Yield every formula of a rule with the values at which its points bend or jump."""
    full = criterion.max_points or Fraction(0)
    match rule:
        case Ratio():
            of = Formula(Operation("/", rule.numerator.term, rule.denominator.term))
            yield from ((of, value) for value in (Fraction(0), rule.full_at, Fraction(1)))
        case Steps():
            yield from ((rule.of, line.bound[1]) for line in rule.lines)
        case Count():
            yield rule.of, rule.target
        case PerItem():
            yield rule.of, full / rule.points
        case Relative():
            yield rule.of, rule.constant or Fraction(10)
        case MinMax() | ShareOfBest():
            yield from ((rule.of, value) for value in (Fraction(0), Fraction(1, 3), Fraction(1)))
        case Levels() if rule.numerator is not None and rule.denominator is not None:
            of = Formula(Operation("/", rule.numerator.term, rule.denominator.term))
            yield from ((of, value) for value in _bounds(rule))


def _single_edges(rule: Rule, criterion: Criterion) -> Iterator[tuple[str, Fraction]]:
    match rule:
        case Lateness():
            yield from ((rule.input, line.at_most) for line in rule.lines)
        case Manual():
            yield "points", criterion.max_points or Fraction(0)
        case Levels() if rule.value != "children":
            yield from (("value", value) for value in _bounds(rule))


def _bounds(rule: Levels) -> list[Fraction]:
    return sorted({bound for target in rule.targets.values() if target for bound in _target_bounds(target)})


def _target_bounds(target: Target) -> Iterator[Fraction]:
    if target.at_least is not None:
        yield target.at_least
    if target.has:
        yield Fraction(1)
    for inner in target.any_of or ():
        yield from _target_bounds(inner)


def _around(inputs: tuple[Asked, ...], of: Formula, wanted: Fraction) -> Iterator[Figures]:
    """Yield figures for which a formula has a value exactly, and the nearest ones on both sides."""
    for name in of.names():
        figures = solved(inputs, of, name, wanted)
        if figures is None:
            continue
        for step in _steps(inputs, name):
            value = figures[name]
            assert isinstance(value, Fraction)
            figure = value + step * _unit_of(inputs, name)
            if figure >= 0:
                yield {**figures, name: figure}
        return


def _steps(inputs: tuple[Asked, ...], name: str) -> tuple[int, ...]:
    """Return the neighbours to try: an answer is no or yes, and there is nothing above yes."""
    (one,) = [one for one in inputs if one.name == name]
    return (-1, 0) if one.type == "yes_no" else (-1, 0, 1)


def solved(inputs: tuple[Asked, ...], of: Formula, name: str, wanted: Fraction) -> Figures | None:
    """Return figures that give a formula a value, by way of one input it is linear in; None where there are none."""
    below = set(_denominators(of.term))
    others: Figures = {one: MUCH if one in below else Fraction(0) for one in of.names()}
    figures = {**_elsewhere(inputs), **others}
    at = [formula(of, {**figures, name: Fraction(value)}) for value in (0, 1)]
    if isinstance(at[0], str) or isinstance(at[1], str) or at[0] == at[1]:
        return None
    found = figures[name] = (wanted - at[0]) / (at[1] - at[0])
    exact = formula(of, figures) == wanted and found >= 0
    return figures if exact and (found / _unit_of(inputs, name)).denominator == 1 else None


def _denominators(term: Term, *, below: bool = False) -> Iterator[str]:
    if isinstance(term, Name) and below:
        yield term.name
    elif isinstance(term, Operation):
        yield from _denominators(term.left, below=below)
        yield from _denominators(term.right, below=below or term.symbol == "/")


def _unit_of(inputs: tuple[Asked, ...], name: str) -> Fraction:
    """Return the smallest step a figure can take: a whole, or the last of six decimals."""
    (one,) = [one for one in inputs if one.name == name]
    return Fraction(1) if one.type in ("count", "days", "yes_no", "choice") else LITTLE


def _elsewhere(inputs: tuple[Asked, ...]) -> Figures:
    """Return an answer for every input, so that no other part of a rule lacks one."""
    return {one.name: "missing" if one.optional else Fraction(1) for one in inputs}
