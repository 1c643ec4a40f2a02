"""Results as plain data: what ``chiso score --format json`` prints and other programs rely on."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import chiso
from chiso.framework.model import Criterion
from chiso.framework.rules import Levels
from chiso.quantity import decimal_text
from chiso.scoring.attainment import Reached
from chiso.scoring.exact import Exact
from chiso.scoring.phrases import phrase
from chiso.scoring.score import Scores
from chiso.scoring.totals import Amount
from chiso.scoring.trace import parent_result, reason


def result(scores: Scores, lang: str = "vi") -> dict[str, Any]:
    """Return the results of all units; numbers are decimal strings with at most 6 places, absent values null."""
    return {**head(scores), "units": list(unit_results(scores, lang))}


def head(scores: Scores) -> dict[str, Any]:
    """Return what the results were made with: framework, its hash, chosen readings, engine."""
    framework = scores.framework
    return {
        "framework": {"id": framework.id, "version": framework.version, "hash": framework.hash},
        "readings": framework.chosen_readings,
        "engine": f"chiso {chiso.__version__}",
        "year": scores.facts.year,
    }


def unit_results(scores: Scores, lang: str) -> Iterator[dict[str, Any]]:
    """Yield the results of one unit after the other."""
    for unit in range(len(scores.facts)):
        yield unit_result(scores, unit, lang)


def unit_result(scores: Scores, unit: int, lang: str) -> dict[str, Any]:
    """Return the results of one unit."""
    one = scores.facts.units[unit]
    found: dict[str, Any] = {"unit": one.name, "kind": one.kind, "parent": one.parent, "group": one.group}
    found["not_ranked"] = absence(scores, unit, lang)
    if scores.framework.is_maturity:
        return {**found, **_maturity(scores, unit, lang)}
    return {**found, **_points(scores, unit, lang)}


def absence(scores: Scores, unit: int, lang: str) -> str | None:
    """Return why a unit is scored but not ranked: it does not exist at the end of the reporting year."""
    found = scores.facts.units[unit].absence(scores.facts.year)
    return None if found is None else phrase(found[0], lang, **found[1])


def _points(scores: Scores, unit: int, lang: str) -> dict[str, Any]:
    totals = scores.totals
    dimensions = totals.dimensions(unit)
    pillars = totals.pillars(dimensions)
    total = totals.total(unit, dimensions)
    scored = bool(totals.scored[unit])
    band = totals.class_of(total) if scored else None
    return {
        "total": decimal_text(total.points) if scored else None,
        "exact": str(total.points) if scored else None,
        "published": decimal_text(totals.published_value(unit)) if scored else None,
        "max": decimal_text(total.most),
        "share": decimal_text(total.share()) if scored else None,
        "provisional": totals.provisional(unit),
        "rank": totals.rank(unit),
        "class": band.id if band else None,
        "class_name": band.name[lang] if band else None,
        "pillars": {
            one.code: _points_of(scores, unit, pillars[one.code], one.dimensions) for one in scores.framework.pillars
        },
        "dimensions": {code: _points_of(scores, unit, amount, [code]) for code, amount in dimensions.items()},
        "criteria": {
            code: _criterion(scores, unit, criterion, lang) for code, criterion in scores.framework.criteria.items()
        },
        "level": None,
    }


def _points_of(scores: Scores, unit: int, amount: Amount, dimensions: list[str]) -> str | None:
    """Return the points of dimensions; nothing where nothing in them has points yet, which is not zero."""
    known = any(scores.totals.known(unit, code) for code in dimensions)
    return decimal_text(amount.points) if known else None


def _criterion(scores: Scores, unit: int, criterion: Criterion, lang: str) -> dict[str, Any]:
    leaf = not criterion.criteria
    value = scores.exact(unit, criterion.code) if leaf else parent_result(scores, unit, criterion)
    return _entry(value, criterion.max_points, lang)


def _entry(value: Exact, most: Fraction | None, lang: str) -> dict[str, Any]:
    return {
        "status": value.state.word,
        "points": decimal_text(value.value) if value.known else None,
        "share": decimal_text(value.value / most) if value.known and most else None,
        "exact": str(value.value) if value.known else None,
        "max": decimal_text(most) if most is not None else None,
        "message": reason(value, lang),
    }


def _maturity(scores: Scores, unit: int, lang: str) -> dict[str, Any]:
    reached = scores.reached(unit)
    return {
        "total": None,
        "provisional": bool(reached.open),
        "rank": None,
        "pillars": {},
        "dimensions": {},
        "criteria": {code: _measured(scores, unit, code, reached, lang) for code in scores.framework.criteria},
        "level": level_of(scores, unit, lang),
    }


def _measured(scores: Scores, unit: int, code: str, reached: Reached, lang: str) -> dict[str, Any]:
    criterion = scores.framework.criteria[code]
    if not isinstance(criterion.effective_rule, Levels):
        return _entry(scores.exact(unit, code), criterion.max_points, lang)
    value = reached.value(code)
    share = criterion.effective_rule.value == "share" and value.known
    return {
        "status": value.state.word,
        "points": None,
        "share": decimal_text(value.value) if share else None,
        "exact": str(value.value) if value.known else None,
        "max": None,
        "message": reason(value, lang),
    }


def level_of(scores: Scores, unit: int, lang: str) -> dict[str, Any]:
    """Return the level of a unit, whether the one it registered is met, and what it lacks for each."""
    reached = scores.reached(unit)
    names = {level.number: level.name[lang] for level in scores.framework.levels}
    return {
        "reached": reached.number,
        "name": names.get(reached.number),
        "registered": reached.registered,
        "registered_met": reached.registered_met,
        "forecast": reached.forecast,
        "unmet": {str(number): codes for number, codes in reached.unmet.items() if codes},
        "satisfied": reached.satisfied,
    }
