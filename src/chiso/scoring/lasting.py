"""What was done once and goes on counting: whether it still does on the day of the assessment (reading A25).

The day on which it was done is the ``as_of`` of its figure. The day of the assessment is the ``as_of`` of the whole it
is counted within, else the last day of the reporting year.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from chiso.days import day_of
from chiso.framework.inputs import asked, every_rule
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import CountsFor, Levels
from chiso.scoring.facts import Facts, Mask


class Lasting(NamedTuple):
    """When something was done, the days on which it counts, the day of the assessment, and so whether it counts."""

    done: dt.date
    first: dt.date
    last: dt.date
    assessed: dt.date

    @property
    def counts(self) -> bool:
        """Whether it counts on the day of the assessment."""
        return self.first <= self.assessed <= self.last


def lasting_facts(framework: Framework) -> set[str]:
    """Return the facts whose ``as_of`` decides whether they count."""
    return {
        one.fact
        for criterion, rule in _lasting(framework)
        for one in asked(framework, criterion)
        if rule.numerator is not None and one.name in rule.numerator.names()
    }


def dated_facts(framework: Framework) -> set[str]:
    """Return the facts whose ``as_of`` the engine looks at: what goes on counting, and what it is counted within."""
    return {
        one.fact
        for criterion, rule in _lasting(framework)
        for one in asked(framework, criterion)
        if any(formula is not None and one.name in formula.names() for formula in (rule.numerator, rule.denominator))
    }


def _lasting(framework: Framework) -> Iterator[tuple[Criterion, Levels]]:
    for criterion in framework.criteria.values():
        for rule in every_rule(criterion.effective_rule):
            if isinstance(rule, Levels) and rule.counts_for is not None:
                yield criterion, rule


def lasting(facts: Facts, unit: int, done: str, whole: str, rule: CountsFor) -> Lasting | None:
    """Return how long the fact ``done`` of a unit counts; None where no day is known, and it counts as reported."""
    on = _stated(facts, unit, done)
    if on is None:
        return None
    assessed = _stated(facts, unit, whole)
    if assessed is None and facts.year is not None:
        assessed = dt.date(facts.year, 12, 31)
    return None if assessed is None else Lasting(on, *_span(on, rule), assessed)


def counting(facts: Facts, start: int, stop: int, done: str, whole: str, rule: CountsFor) -> Mask:
    """Return of which units ``start:stop`` the fact ``done`` counts."""
    if not facts.origins:
        return np.ones(stop - start, np.bool_)
    found = (lasting(facts, unit, done, whole, rule) for unit in range(start, stop))
    return np.fromiter((one is None or one.counts for one in found), np.bool_, stop - start)


def _stated(facts: Facts, unit: int, fact: str) -> dt.date | None:
    origin = facts.origins.get((unit, fact))
    return None if origin is None else day_of(origin.as_of)


def _span(done: dt.date, rule: CountsFor) -> tuple[dt.date, dt.date]:
    """Return the first and last day on which something counts."""
    if rule.calendar_years is not None:
        year = min(done.year + rule.calendar_years - 1, dt.MAXYEAR)
        return dt.date(done.year, 1, 1), dt.date(year, 12, 31)
    assert rule.months is not None, "the model demands one of both"
    # A period of months ends with the day of the same number, or the last of its month (Civil Code 2015, article 148).
    year, month = divmod(done.year * 12 + done.month - 1 + rule.months, 12)
    if year > dt.MAXYEAR:
        return done, dt.date.max
    return done, dt.date(year, month + 1, min(done.day, calendar.monthrange(year, month + 1)[1]))
