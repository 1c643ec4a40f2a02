"""Figures that show what a rule does: its boundary values, their neighbours, and each answer that can be given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chiso.decree.wording.agreement import Values, bounds_of, points_of
from chiso.framework.expression import Formula, Operation
from chiso.framework.inputs import every_rule, formulas
from chiso.framework.rules import Choice, Lateness, Manual, MinMax, Ratio, Rule, ShareOfBest, Sum, Unscored, YesNo
from chiso.scoring.exact import Exact

#: Rows of a table that a person reads.
MOST_ROWS = 12

#: What each letter of a denominator is in an example.
WHOLE = Fraction(1000)

#: Two other units of the ranking group, for rules that compare: nothing, and twice as much as the examples.
OTHERS = (Fraction(0), Fraction(20))


@dataclass(frozen=True, slots=True)
class Example:
    """Values of the inputs, and the points that the engine gives for them."""

    values: Mapping[str, Fraction]
    points: Exact


def examples(rule: Rule, full: Fraction) -> list[Example]:
    """Return some figures and the points that follow, at most :data:`MOST_ROWS`; none where points are entered."""
    if any(isinstance(one, Manual | Sum | Unscored) for one in every_rule(rule)):
        return []
    peers = _peers(rule)
    found: list[Example] = []
    seen: set[tuple[tuple[str, Fraction], ...]] = set()
    for values in _values(rule):
        key = tuple(sorted(values.items()))
        if key not in seen and len(found) < MOST_ROWS:
            seen.add(key)
            found.append(Example(values, points_of(rule, full, values, peers)))
    return found


def _peers(rule: Rule) -> list[Values]:
    """Return the other units that examples are compared with; none where the rule compares nothing."""
    compared = [one for one in every_rule(rule) if isinstance(one, MinMax | ShareOfBest)]
    names = list(dict.fromkeys(name for one in compared for name in one.of.names()))
    below = {name for one in compared for name in _below(one.of)}
    return [{name: WHOLE if name in below else value for name in names} for value in OTHERS] if compared else []


def _below(formula: Formula) -> tuple[str, ...]:
    term = formula.term
    return Formula(term.right).names() if isinstance(term, Operation) and term.symbol == "/" else ()


def _values(rule: Rule) -> Iterator[dict[str, Fraction]]:
    """Yield one base and what differs from it in one input each, the most telling first."""
    answers: dict[str, Sequence[Fraction]] = {}
    for node in every_rule(rule):
        if isinstance(node, Choice):
            answers[node.input] = [Fraction(place) for place in range(len(node.options))]
        elif isinstance(node, YesNo):
            answers[node.input] = [Fraction(1), Fraction(0)]
        elif isinstance(node, Lateness):
            last = node.lines[-1].at_most
            days = {Fraction(0), last + 1, *(line.at_most for line in node.lines)}
            answers[node.input] = sorted(days)
    figures = list(_figures(rule))
    base = {name: values[0] for name, values in answers.items()} | (figures[0] if figures else {})
    yield base
    for values in figures[1:]:
        yield {**base, **values}
    for name, options in answers.items():
        for option in options[1:]:
            yield {**base, name: option}
    if len(answers) > 1:
        yield {**base, **{name: options[-1] for name, options in answers.items()}}


def _figures(rule: Rule) -> Iterator[dict[str, Fraction]]:
    """Yield values of all letters that put the first formula where it matters, the others in step with it."""
    bounds = sorted({bound for node in every_rule(rule) for bound in bounds_of(node)}, reverse=True)
    quotients = list(_quotients(rule))
    counted = [formula for formula in formulas(rule) if not _below(formula)]
    names = list(dict.fromkeys(name for formula in formulas(rule) for name in formula.names()))
    if not names:
        return
    if quotients:
        for share in dict.fromkeys(
            [Fraction(1), *(bound for bound in bounds if bound < 1), *_between(bounds), Fraction(0)]
        ):
            values = dict.fromkeys(names, Fraction(0))
            for above, below in quotients:
                values |= dict.fromkeys(below, WHOLE)
                values[above[0]] = share * WHOLE * len(below)
            yield values
        return
    steps = [bound + step for bound in bounds for step in (0, -1) if bound + step >= 0 and bound.denominator == 1]
    steps += [bound for bound in bounds if bound.denominator != 1]
    for value in dict.fromkeys([*steps, Fraction(10), Fraction(1), Fraction(0)]):
        yield {name: value for formula in counted for name in formula.names()}


def _between(bounds: Sequence[Fraction]) -> list[Fraction]:
    """Return a share below the lowest bound of a ratio, where points are in proportion."""
    lowest = min((bound for bound in bounds if 0 < bound <= 1), default=Fraction(1))
    return [lowest / 2]


def _quotients(rule: Rule) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    for node in every_rule(rule):
        if isinstance(node, Ratio):
            yield node.numerator.names(), node.denominator.names()
    for formula in formulas(rule):
        term = formula.term
        if isinstance(term, Operation) and _below(formula):
            yield Formula(term.left).names(), _below(formula)
