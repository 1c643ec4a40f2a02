"""Which points a rule can give at all: points that a table prints outside that set cannot come from the rule.

The set holds every score that the engine can give (points below 0, which no table may print, are left out); points that
a verifier decided are told apart by whoever asks, since they may be anything. It may hold more: that two criteria use
the same fact is not used, and peers and references from outside can be anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from chiso.framework.check import most
from chiso.framework.expression import Formula
from chiso.framework.inputs import asked_under, decided, every_rule
from chiso.framework.model import Criterion, FactType, Framework
from chiso.framework.reach.figures import Figures, figures_of, quotient_of
from chiso.framework.reach.pointset import EMPTY, PointSet, added
from chiso.framework.rules import (
    Adjusted,
    Adjustment,
    BestOf,
    Choice,
    Count,
    Lateness,
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
    YesNo,
)
from chiso.quantity import round_half_up

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class _Known:
    """What is known where a rule stands: the types of its inputs, and formulas that a line above has bounded."""

    types: Mapping[str, FactType]
    bounded: Mapping[str, Figures] = field(default_factory=dict)

    def figures(self, formula: Formula) -> Figures:
        return self.bounded.get(str(formula)) or figures_of(formula, self.types)

    def given(self, formula: Formula, figures: Figures) -> _Known:
        return _Known(self.types, {**self.bounded, str(formula): figures})


def possible(
    framework: Framework, criterion: Criterion, rule: Rule | None = None, *, by_verifier: bool = False
) -> PointSet:
    """Return the points that a criterion without sub-criteria can get, by its own rule or by another one.

    ``by_verifier``: they were decided for a situation that no printed line covers, and may be anything up to the
    maximum where there are lines to choose between (A14). Points granted to an exempt unit do not come from the rule
    and are not counted. Empty for what is not scored.
    """
    rule = criterion.effective_rule if rule is None else rule
    full = criterion.max_points
    if full is None:
        return EMPTY
    types = {one.name: one.type for one in asked_under(framework, criterion, rule)}
    found = reach(rule, full, types)
    consequence = criterion.not_applicable or framework.policies.not_applicable
    if found and by_verifier and decided(criterion) is not None:
        found = PointSet.between(ZERO, full)
    if found and consequence == "full":
        found |= PointSet.of(full)
    rounding = framework.policies.rounding
    return _rounded(found, rounding.decimals) if rounding.at == "criterion" else found


def reach(rule: Rule, full: Fraction, types: Mapping[str, FactType]) -> PointSet:
    """Return the points that a rule can give when its maximum is ``full``; ``types`` holds the type of each input."""
    known = _Known(types)
    if any(known.figures(formula).may_be_negative for one in every_rule(rule) for formula in _measured(one)):
        return PointSet.between(ZERO, most(rule) * full)
    return _reach(rule, full, known)


def _measured(rule: Rule) -> tuple[Formula, ...]:
    """Return the formulas of a node, itself only, that points are in proportion to."""
    match rule:
        case Ratio():
            return (rule.numerator, rule.denominator)
        case Count() | PerItem() | Relative():
            return (rule.of,)
        case Adjusted():
            return tuple(adjustment.of for adjustment in (*rule.bonuses, *rule.deductions))
    return ()


def _rounded(points: PointSet, decimals: int) -> PointSet:
    """Return a set that holds every value of another one after rounding."""
    ends = [(round_half_up(span.low, decimals), round_half_up(span.high, decimals)) for span in points.spans]
    return _union([PointSet.between(low, high) for low, high in ends])


def _reach(rule: Rule, full: Fraction, known: _Known) -> PointSet:  # noqa: C901 - one line per kind of rule
    match rule:
        case Choice():
            return _union([_consequence(option.share, option.rule, full, known) for option in rule.options])
        case YesNo():
            return PointSet.of(ZERO, full)
        case Ratio():
            return _ratio(rule, full, known)
        case Steps():
            return _steps(rule, full, known)
        case Count():
            return known.figures(rule.of).points(rule.target, full / rule.target)
        case PerItem():
            return known.figures(rule.of).points(full / rule.points, rule.points)
        case Parts():
            return added(_reach(part.rule, part.share * full, known) for part in rule.parts)
        case Lateness():
            return _lateness(rule, full, known)
        case Relative() if rule.constant is not None:
            return known.figures(rule.of).points(rule.constant, full / rule.constant)
        case MinMax() | ShareOfBest() | Relative() | Manual():
            return PointSet.between(ZERO, full)
        case BestOf():
            return _union([_reach(case.rule, full, known) for case in rule.cases])
        case Adjusted():
            return _adjusted(rule, full, known)
        case Survey():
            weights = [answer.weight for answer in rule.answers]
            return PointSet.between(min(weights) * full, max(weights) * full)
    return EMPTY  # sums, levels and what is followed without points


def _union(sets: Sequence[PointSet]) -> PointSet:
    found = EMPTY
    for one in sets:
        found |= one
    return found


def _consequence(share: Fraction | None, rule: Rule | None, full: Fraction, known: _Known) -> PointSet:
    if rule is not None:
        return _reach(rule, full, known)
    assert share is not None, "the model demands a share or a rule"
    return PointSet.of(share * full)


def _ratio(rule: Ratio, full: Fraction, known: _Known) -> PointSet:
    figures: Figures | None = known.figures(quotient_of(rule.numerator, rule.denominator))
    if rule.part_of_whole and figures is not None:
        figures = figures.where("at_most", ONE)
    return EMPTY if figures is None else figures.points(rule.full_at, full / rule.full_at)


def _steps(rule: Steps, full: Fraction, known: _Known) -> PointSet:
    found = EMPTY
    rest: Figures | None = known.figures(rule.of)
    for line in rule.lines:
        if rest is None:
            return found
        hit = rest.where(*line.bound)
        if hit is not None:
            found |= _consequence(line.share, line.rule, full, known.given(rule.of, hit))
        rest = rest.where_not(*line.bound)
    if rest is None:
        return found
    return found | _consequence(rule.otherwise.share, rule.otherwise.rule, full, known.given(rule.of, rest))


def _lateness(rule: Lateness, full: Fraction, known: _Known) -> PointSet:
    found = _consequence(rule.otherwise.share, rule.otherwise.rule, full, known)
    rest: Figures | None = Figures.of_type("days")
    for line in rule.lines:
        if rest is not None and rest.where("at_most", line.at_most) is not None:
            found |= PointSet.of(line.share * full)
            rest = rest.where_not("at_most", line.at_most)
    return found


def _adjusted(rule: Adjusted, full: Fraction, known: _Known) -> PointSet:
    floor, ceiling = rule.floor * full, rule.ceiling * full
    base = _reach(rule.base, full, known)
    if not base:
        return base
    endless = [
        [one for one in side if one.at_most is None and known.figures(one.of).high is None]
        for side in (rule.bonuses, rule.deductions)
    ]
    if all(endless):
        return PointSet.between(floor, ceiling)
    # What has no end of its own counts as far as it can still move the result between floor and ceiling.
    far = full + sum((_most(one, known) for one in (*rule.bonuses, *rule.deductions)), ZERO)
    plus = added(_adjustment(one, far, known) for one in rule.bonuses)
    minus = added(_adjustment(one, far, known) for one in rule.deductions)
    return (base + plus - minus).kept_between(floor, ceiling)


def _most(adjustment: Adjustment, known: _Known) -> Fraction:
    """Return the most that an adjustment can be, 0 where it has no end."""
    high = known.figures(adjustment.of).high
    ends = [end for end in (adjustment.at_most, None if high is None else high * adjustment.points) if end is not None]
    return min(ends, default=ZERO)


def _adjustment(adjustment: Adjustment, far: Fraction, known: _Known) -> PointSet:
    top = far if adjustment.at_most is None else adjustment.at_most
    return known.figures(adjustment.of).points(top / adjustment.points, adjustment.points)
