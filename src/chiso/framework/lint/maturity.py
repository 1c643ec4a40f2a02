"""Maturity frameworks: targets that fall, stop applying or cannot be reached, and rows without method or basis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from chiso.framework.lint.finding import Finding, exact, finding, joined, percent
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Levels, Target


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield what is wrong with the targets per level, and blanks in the columns that explain them."""
    rows = [(one, one.rule) for one in framework.criteria.values() if isinstance(one.rule, Levels)]
    for criterion, rule in rows:
        yield from _order(criterion.code, rule)
        yield from _alternatives(criterion.code, rule)
        yield from _too_much(criterion.code, rule)
    criteria = [criterion for criterion, _ in rows]
    columns = [name for name in ("method", "legal_basis") if 2 * len(_filled(criteria, name)) > len(criteria)]
    for criterion in criteria:
        blank = [name for name in columns if criterion not in _filled(criteria, name)]
        if blank:
            yield finding("L804", criterion.code, columns=joined(blank), rows=len(criteria))


def _filled(criteria: Sequence[Criterion], column: str) -> list[Criterion]:
    return [criterion for criterion in criteria if getattr(criterion, column)]


def _order(place: str, rule: Levels) -> Iterator[Finding]:
    before: tuple[int, Target] | None = None
    for level in sorted(rule.targets):
        target = rule.targets[level]
        if target is None:
            if before is not None:
                yield finding("L802", place, level=level, lower_level=before[0], lower=before[1].printed)
            continue
        if before is not None and _less(target, before[1]):
            figures = {"lower": _written(rule, before[1]), "higher": _written(rule, target)}
            yield finding("L801", place, level=level, lower_level=before[0], **figures)
        before = (level, target)


def _less(target: Target, before: Target) -> bool:
    """Return whether a level asks for less than the one before it; unlike conditions are not compared."""
    if target.at_least is not None and before.at_least is not None:
        return target.at_least < before.at_least
    if target.children is not None and before.children is not None:
        now, then = target.children, before.children
        if now.all_at_least != then.all_at_least:
            return now.all_at_least < then.all_at_least
        return (now.at_least or 0, now.share or Fraction(0)) < (then.at_least or 0, then.share or Fraction(0))
    return False


def _alternatives(place: str, rule: Levels) -> Iterator[Finding]:
    """Yield an alternative of a level by which a unit can reach it without what the level below asks."""
    applied = [(level, target) for level, target in sorted(rule.targets.items()) if target is not None]
    for (lower_level, lower), (level, higher) in pairwise(applied):
        for way in higher.any_of or ():
            if not any(_asks_as_much(way, one) for one in lower.any_of or (lower,)):
                figures = {"way": way.printed, "lower": lower.printed}
                yield finding("L805", place, level=level, lower_level=lower_level, **figures)


def _asks_as_much(target: Target, before: Target) -> bool:
    """Return whether who meets a target meets an earlier one too; unlike conditions say nothing about each other."""
    alike = target.model_fields_set - {"printed"} == before.model_fields_set - {"printed"}
    return alike and not _less(target, before)


def _too_much(place: str, rule: Levels) -> Iterator[Finding]:
    if rule.value != "share":
        return
    for level, target in sorted(rule.targets.items()):
        if target is not None and target.at_least is not None and target.at_least > 1:
            yield finding("L803", place, level=level, target=percent(target.at_least))


def _written(rule: Levels, target: Target) -> str:
    if target.at_least is None:
        return target.printed
    return percent(target.at_least) if rule.value == "share" else exact(target.at_least)
