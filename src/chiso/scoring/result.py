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
from chiso.scoring.rounded import Rounded, blocks
from chiso.scoring.score import Scores
from chiso.scoring.states import State
from chiso.scoring.trace import figure_names, parent_result, reason
from chiso.scoring.unworded import unworded
from chiso.scoring.whole_points import WholePoints

_SCORED = State.GIVEN.word

#: From so many units in a block on, working out their exact points together pays.
MANY = 16


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


def unit_results(scores: Scores, lang: str | None, *, exact: bool = True) -> Iterator[dict[str, Any]]:
    """Yield the results of one unit after the other; without ``exact`` no fractions are worked out for them.

    ``lang`` None: to be kept, with codes in place of words (``scoring.unworded``).
    """
    for block in blocks(scores):
        yield from _of_block(block, lang, exact=exact)


def unit_result(scores: Scores, unit: int, lang: str | None) -> dict[str, Any]:
    """Return the results of one unit, as :func:`unit_results`."""
    return next(_of_block(Rounded(scores, unit, unit + 1), lang, exact=True))


def absence(scores: Scores, unit: int, lang: str) -> str | None:
    """Return why a unit is scored but not ranked: it does not exist at the end of the reporting year."""
    found = scores.facts.units[unit].absence(scores.facts.year)
    return None if found is None else phrase(found[0], lang, **found[1])


def _absence(scores: Scores, unit: int, lang: str | None) -> str | dict[str, Any] | None:
    found = scores.facts.units[unit].absence(scores.facts.year)
    return unworded(*found) if found is not None and lang is None else absence(scores, unit, lang or "")


def _of_block(block: Rounded, lang: str | None, *, exact: bool) -> Iterator[dict[str, Any]]:
    scores = block.scores
    maturity = scores.framework.is_maturity
    written = None if maturity else _Written(block, lang, exact=exact)
    for unit in range(block.start, block.stop):
        one = scores.facts.units[unit]
        found: dict[str, Any] = {"unit": one.name, "kind": one.kind, "parent": one.parent, "group": one.group}
        found["not_ranked"] = _absence(scores, unit, lang)
        rest = _maturity(scores, unit, lang) if written is None else written.unit(unit - block.start)
        yield {**found, **rest}


class _Written:
    """The decimals of a block of units, worked out column by column and handed out unit by unit."""

    def __init__(self, block: Rounded, lang: str | None, *, exact: bool) -> None:
        self.block, self.scores, self.lang, self.exact = block, block.scores, lang, exact
        many = exact and block.stop - block.start >= MANY
        self._known = WholePoints(block.scores, block.start, block.stop) if many else None
        framework, texts = block.scores.framework, block.texts
        self._criteria = [
            (code, one, {"max": None if one.max_points is None else decimal_text(one.max_points), "message": None}
             | _own(one), texts(block.points(one)), texts(block.share(one)), block.told(code))
            for code, one in framework.criteria.items()
        ]  # fmt: skip
        self._dimensions = {one.code: texts(block.dimension(one.code)) for one in framework.dimensions}
        self._pillars = {one.code: texts(block.pillar(one.code)) for one in framework.pillars}
        self._totals, self._shares = texts(block.total()), texts(block.total_share())
        self._most, self._classes = texts(block.most()), block.classes()

    def unit(self, at: int) -> dict[str, Any]:
        """Return the results of the unit at a position of the block."""
        scores, unit = self.scores, self.block.start + at
        totals, scored = scores.totals, self._totals[at] is not None
        # What is exact of a unit is kept while it is asked for.
        scores.keep(unit, self._known.of(unit) if self._known is not None else {})
        band = self._classes[at] if scored else None
        return {
            "total": self._totals[at],
            **({"exact": str(totals.total(unit).points) if scored else None} if self.exact else {}),
            "published": decimal_text(totals.published_value(unit)) if scored else None,
            "max": self._most[at],
            "share": self._shares[at],
            "provisional": totals.provisional(unit),
            "rank": totals.rank(unit),
            "class": band.id if band else None,
            "class_name": band.name[self.lang] if band and self.lang else None,
            "pillars": {code: texts[at] for code, texts in self._pillars.items()},
            "dimensions": {code: texts[at] for code, texts in self._dimensions.items()},
            "criteria": self._entries(at, unit),
            "level": None,
        }

    def _entries(self, at: int, unit: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for code, criterion, rest, points, shares, told in self._criteria:
            if points[at] is None or at in told:
                found[code] = _criterion(self.scores, unit, criterion, self.lang)
                continue
            entry: dict[str, Any] = {"status": _SCORED, "points": points[at], "share": shares[at]}
            if self.exact:
                entry["exact"] = str(exact_points(self.scores, unit, criterion))
            entry.update(rest)
            found[code] = entry
        return found


def exact_points(scores: Scores, unit: int, criterion: Criterion) -> Fraction:
    """Return the exact points of a criterion that has some."""
    if criterion.criteria:
        points: Fraction = scores.totals.criterion(unit, criterion.code).points
        return points
    return scores.exact(unit, criterion.code).value


def _criterion(scores: Scores, unit: int, criterion: Criterion, lang: str | None) -> dict[str, Any]:
    leaf = not criterion.criteria
    value = scores.exact(unit, criterion.code) if leaf else parent_result(scores, unit, criterion)
    return _entry(scores, criterion, value, lang)


def _entry(scores: Scores, criterion: Criterion, value: Exact, lang: str | None) -> dict[str, Any]:
    most = criterion.max_points
    return {
        "status": value.state.word,
        "points": decimal_text(value.value) if value.known else None,
        "share": decimal_text(value.value / most) if value.known and most else None,
        "exact": str(value.value) if value.known else None,
        "max": decimal_text(most) if most is not None else None,
        "message": _message(scores, criterion, value, lang),
        **({"decided": True} if value.known and value.code == "S119" else {}),
        **_own(criterion),
    }


def _own(criterion: Criterion) -> dict[str, Any]:
    """Return the mark of a rule that is the operator's own and not the document's (A16)."""
    return {"own_rule": True} if criterion.own_rule else {}


def _message(scores: Scores, criterion: Criterion, value: Exact, lang: str | None) -> str | dict[str, Any] | None:
    if not value.code:
        return None
    if lang is None:
        return unworded(value.code, value.data)
    return reason(value, lang, figure_names(scores.framework, criterion, lang))


def _maturity(scores: Scores, unit: int, lang: str | None) -> dict[str, Any]:
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


def _measured(scores: Scores, unit: int, code: str, reached: Reached, lang: str | None) -> dict[str, Any]:
    criterion = scores.framework.criteria[code]
    if not isinstance(criterion.effective_rule, Levels):
        return _entry(scores, criterion, scores.exact(unit, code), lang)
    value = reached.value(code)
    share = criterion.effective_rule.value == "share" and value.known
    return {
        "status": value.state.word,
        "points": None,
        "share": decimal_text(value.value) if share else None,
        "exact": str(value.value) if value.known else None,
        "max": None,
        "message": _message(scores, criterion, value, lang),
    }


def level_of(scores: Scores, unit: int, lang: str | None) -> dict[str, Any]:
    """Return the level of a unit, whether the one it registered is met, and what it lacks for each."""
    reached = scores.reached(unit)
    names = {level.number: level.name[lang] for level in scores.framework.levels} if lang else {}
    return {
        "reached": reached.number,
        "name": names.get(reached.number),
        "registered": reached.registered,
        "registered_met": reached.registered_met,
        "forecast": reached.forecast,
        "unmet": {str(number): codes for number, codes in reached.unmet.items() if codes},
        "satisfied": reached.satisfied,
    }
