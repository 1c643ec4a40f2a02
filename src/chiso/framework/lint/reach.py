"""Which shares of the maximum a rule can give at all: points outside that set cannot come from it."""

from __future__ import annotations

from collections.abc import Container
from fractions import Fraction
from itertools import product

from chiso.framework.check import most
from chiso.framework.expression import Name
from chiso.framework.rules import (
    BestOf,
    Choice,
    Count,
    Lateness,
    Otherwise,
    Parts,
    PerItem,
    Rule,
    Steps,
    YesNo,
)

#: Beyond so many values a set proves nothing that a bound does not.
LIMIT = 500

Shares = set[Fraction] | None


def reach(rule: Rule, full: Fraction, whole: Container[str] = ()) -> Shares:
    """Return every share a rule can give, ``None`` when they are too many to list.

    ``full`` is the maximum; ``whole`` names the inputs that are counts, and so whole numbers.
    """
    match rule:
        case Choice():
            return _union([_consequence(option.share, option.rule, full, whole) for option in rule.options])
        case YesNo():
            return {Fraction(0), Fraction(1)}
        case Steps():
            lines = [_consequence(line.share, line.rule, full, whole) for line in rule.lines]
            return _union([*lines, _otherwise(rule.otherwise, full, whole)])
        case Lateness():
            late: list[Shares] = [{line.share} for line in rule.lines]
            return _union([*late, _otherwise(rule.otherwise, full, whole)])
        case BestOf():
            return _union([reach(case.rule, full, whole) for case in rule.cases])
        case Parts():
            return _sums([_scaled(reach(part.rule, full * part.share, whole), part.share) for part in rule.parts])
        case PerItem() if isinstance(rule.of.term, Name) and rule.of.term.name in whole:
            return _multiples(rule.points / full)
        case Count() if isinstance(rule.of.term, Name) and rule.of.term.name in whole:
            return _multiples(1 / rule.target)
    return {Fraction(0)} if most(rule) == 0 else None


def _consequence(share: Fraction | None, rule: Rule | None, full: Fraction, whole: Container[str]) -> Shares:
    return {share} if share is not None else reach(rule, full, whole) if rule is not None else None


def _otherwise(last: Otherwise, full: Fraction, whole: Container[str]) -> Shares:
    return _consequence(last.share, last.rule, full, whole)


def _union(sets: list[Shares]) -> Shares:
    found: set[Fraction] = set()
    for shares in sets:
        if shares is None:
            return None
        found |= shares
    return found if len(found) <= LIMIT else None


def _scaled(shares: Shares, by: Fraction) -> Shares:
    return None if shares is None else {share * by for share in shares}


def _sums(sets: list[Shares]) -> Shares:
    found = {Fraction(0)}
    for shares in sets:
        if shares is None or len(found) * len(shares) > LIMIT * LIMIT:
            return None
        found = {one + other for one, other in product(found, shares)}
    return found if len(found) <= LIMIT else None


def _multiples(step: Fraction) -> Shares:
    if 1 / step > LIMIT:
        return None
    return {min(Fraction(1), step * number) for number in range(int(1 / step) + 2)}
