"""The second reading continued: which maturity level a unit reaches."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from chiso.framework.inputs import asked
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Levels, Target
from tests.scoring.rational import Figure, formula, prevailing
from tests.scoring.rational_points import YEAR, Assessment, Table


@dataclass(frozen=True)
class Measured:
    """What a unit reports in one criterion, and the levels whose target this meets."""

    value: Figure
    met: tuple[int, ...]


@dataclass(frozen=True)
class Reached:
    """The level of a unit (0: none), what it lacks for each level, and the levels met by criterion."""

    level: int
    unmet: dict[int, list[str]]
    met: dict[str, list[int]]


def reported(framework: Framework, table: Table, unit: int, criterion: Criterion) -> Figure:
    """Return the figure that a criterion's targets are held against; for child units, how many there are."""
    rule = criterion.effective_rule
    assert isinstance(rule, Levels)
    if rule.value == "children":
        children = table.children.get(unit, ())
        if not children:
            return "missing"
        known = [level for level in children if level is not None]
        return Fraction(min(known)) if len(known) == len(children) else "waiting"
    figures = Assessment(framework, table).figures(unit, criterion)
    entered = figures.get("value", "missing")
    if entered != "missing" or rule.numerator is None or rule.denominator is None:
        return entered
    over, under = formula(rule.numerator, figures), formula(rule.denominator, figures)
    if isinstance(over, str) or isinstance(under, str):
        return prevailing([over, under]) or ""
    if under == 0 or (rule.part_of_whole and not 0 <= over <= under):
        return "error"
    return Fraction(0) if _lapsed(rule, framework, table, unit, criterion) else over / under


def _lapsed(rule: Levels, framework: Framework, table: Table, unit: int, criterion: Criterion) -> bool:
    """Tell whether what was done does not count on the day of the assessment, by the words of A25."""
    if rule.counts_for is None or rule.numerator is None or rule.denominator is None:
        return False
    facts = {one.name: one.fact for one in asked(framework, criterion)}
    done = table.days.get((unit, facts[str(rule.numerator)]))
    assessed = table.days.get((unit, facts[str(rule.denominator)]), dt.date(YEAR, 12, 31))
    if done is None:
        return False
    if rule.counts_for.calendar_years is not None:
        return not 0 <= assessed.year - done.year < rule.counts_for.calendar_years
    # Months one after the other: the last day is that of the same number, or the last one that the month has.
    year, month = done.year, done.month
    for _ in range(rule.counts_for.months or 0):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    last = next(day for day in range(done.day, 0, -1) if _exists(year, month, day))
    return not done <= assessed <= dt.date(year, month, last)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


def meets(target: Target, value: Fraction, total: Figure, children: tuple[int | None, ...]) -> bool | str:
    """Tell whether a figure meets a target, or in which state that is."""
    if target.any_of is not None:
        outcomes = [meets(one, value, total, children) for one in target.any_of]
        if True in outcomes:
            return True
        return prevailing([one for one in outcomes if isinstance(one, str)]) or False
    if target.at_least is not None:
        return value >= target.at_least
    if target.has:
        return value == 1
    if target.all_of_total:
        return total if isinstance(total, str) else value >= total > 0  # all of nothing is not all (A12)
    wanted = target.children
    assert wanted is not None
    levels = [level for level in children if level is not None]
    if any(level < wanted.all_at_least for level in levels):
        return False
    if wanted.share is None or wanted.at_least is None:
        return True
    high = sum(1 for level in levels if level >= wanted.at_least)
    return Fraction(high, len(levels)) >= wanted.share


def measure(framework: Framework, table: Table, unit: int, criterion: Criterion) -> Measured:
    """Return what a unit reports in one criterion and which targets it meets."""
    rule = criterion.effective_rule
    assert isinstance(rule, Levels)
    value = reported(framework, table, unit, criterion)
    if isinstance(value, str):
        return Measured(value, ())
    total = Assessment(framework, table).figures(unit, criterion).get("total", "missing")
    children = table.children.get(unit, ())
    outcomes = {
        number: meets(target, value, total, children) for number, target in rule.targets.items() if target is not None
    }
    met = tuple(number for number in sorted(outcomes) if outcomes[number] is True)
    undecided = prevailing([outcome for outcome in outcomes.values() if isinstance(outcome, str)])
    return Measured(undecided or value, met)


def left_out(framework: Framework, criterion: Criterion, found: Measured) -> bool:
    """Tell whether a criterion is not asked for: left out for the year, or not applicable with that consequence."""
    consequence = criterion.not_applicable or framework.policies.not_applicable
    without_object = found.value == "not_applicable" and consequence in ("leave_out", "full")
    return without_object or criterion.code in {one.code for one in framework.left_out}


def open_(framework: Framework, table: Table, unit: int) -> list[str]:
    """Return the criteria that are asked for and of which nothing is decided yet."""
    maturity = [one for one in framework.criteria.values() if isinstance(one.effective_rule, Levels)]
    found = {one.code: measure(framework, table, unit, one) for one in maturity}
    asked_for = [one for one in maturity if not left_out(framework, one, found[one.code])]
    return [one.code for one in asked_for if isinstance(found[one.code].value, str)]


def reach(framework: Framework, table: Table, unit: int) -> Reached:
    """Return the level of a unit: the highest at which every criterion that applies is met (A11)."""
    unmet: dict[int, list[str]] = {level.number: [] for level in framework.levels}
    shown: set[int] = set()
    met: dict[str, list[int]] = {}
    for criterion in framework.criteria.values():
        rule = criterion.effective_rule
        if not isinstance(rule, Levels):
            continue
        found = measure(framework, table, unit, criterion)
        met[criterion.code] = list(found.met)
        if left_out(framework, criterion, found):
            continue
        shown.update(found.met)
        for number, target in rule.targets.items():
            if target is not None and number not in found.met:
                unmet[number].append(criterion.code)
    reached = 0
    for number in sorted(unmet):
        lower = [one for one in unmet if one < number]
        if number not in shown:  # a level at which nothing was met is not reached, though nothing is lacking
            continue
        if not unmet[number] and (framework.policies.levels == "own" or not any(unmet[one] for one in lower)):
            reached = number
    return Reached(reached, unmet, met)
