"""Last year's points: above the maximum, sums that do not hold, blanks, points the rule cannot give, deadlines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from chiso.framework.lint.finding import Finding, exact, finding, joined, labelled
from chiso.framework.lint.vocabulary import FREQUENCY, FREQUENCY_WORDS
from chiso.framework.model import Correction, Criterion, Deadline, Dimension, Framework
from chiso.framework.reach.points import possible
from chiso.framework.reach.pointset import PointSet
from chiso.framework.rules import Levels, Rule, Sum, Unscored
from chiso.quantity import parse_rational, round_half_up

Row = Criterion | Dimension


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield what is wrong with the points printed for last year."""
    for dimension in framework.dimensions:
        rows: list[Row] = [dimension, *dimension.walk()]
        for row in rows:
            yield from _above(row)
            yield from _sum(row)
        yield from _blank(dimension)
    for criterion in framework.criteria.values():
        yield from _unreachable(framework, criterion)
        yield from _deadline(framework, criterion)
        yield from _frequency(framework, criterion)


def _above(row: Row) -> Iterator[Finding]:
    """Yield points above the maximum: those that stand in the file, and those that were corrected."""
    if row.max_points is None:
        return
    printed = [row.previous] if row.previous is not None else []
    for points in [*printed, *_corrected(row.corrections)]:
        if points > row.max_points:
            yield finding("L301", row.code, printed=points, maximum=row.max_points)


def _corrected(corrections: Sequence[Correction]) -> Iterator[Fraction]:
    for correction in corrections:
        if correction.field == "previous":
            try:
                yield parse_rational(correction.printed.replace(",", "."))
            except ValueError:
                continue


def _sum(row: Row) -> Iterator[Finding]:
    """Yield a total that is not the sum of the points below it, and whether rounding explains it."""
    printed = [child.previous for child in row.criteria if child.previous is not None]
    if row.previous is None or not printed:
        return
    total = sum(printed, Fraction(0))
    if total == row.previous:
        return
    figures = {"printed": row.previous, "children": total, "difference": row.previous - total}
    rounded = [points for points in (row.previous, *printed) if points.denominator > 1]
    step = Fraction(1, 2 * 10 ** max((_decimals(points) for points in rounded), default=0))
    explained = abs(row.previous - total) <= step * len(rounded)
    yield finding("L303" if explained else "L302", row.code, **figures)


def _decimals(points: Fraction) -> int:
    return next((places for places in range(7) if points == round_half_up(points, places)), 6)


def _blank(row: Row) -> Iterator[Finding]:
    """Yield blanks in a column that is otherwise filled in, with what the total leaves for them."""
    filled = [child.previous for child in row.criteria if child.previous is not None]
    blank = [child for child in row.criteria if child.previous is None and not child.criteria]
    if filled and len(filled) >= len(blank):
        for child in blank:
            left = "?" if row.previous is None else exact(row.previous - sum(filled, Fraction(0)))
            yield finding("L304", child.code, filled=len(filled), blank=len(blank), left=left)
    for child in row.criteria:
        yield from _blank(child)


def _unreachable(framework: Framework, criterion: Criterion) -> Iterator[Finding]:
    points, full = criterion.previous, criterion.max_points
    if points is None or not full or points > full:
        return
    decimals = max(framework.policies.rounding.decimals, _decimals(points))
    rule = criterion.effective_rule
    if not _can_give(framework, criterion, rule, points, decimals):
        given = _listed(possible(framework, criterion, rule))
        yield finding("L305", criterion.code, printed=points, maximum=full, possible=given)
        return
    for reading in framework.readings:
        for name, option in reading.options.items():
            other = option.rules.get(criterion.code)
            if other is not None and not _can_give(framework, criterion, other, points, decimals):
                found = finding("L306", criterion.code, printed=points, maximum=full, reading=reading.id, option=name)
                yield labelled(found, option=[option.label])


def _can_give(framework: Framework, criterion: Criterion, rule: Rule, points: Fraction, decimals: int) -> bool:
    """Say whether a rule can give the printed points, rounded as they are."""
    if isinstance(rule, Sum | Unscored | Levels):
        return True
    half = Fraction(1, 2 * 10**decimals)
    stated = PointSet.between(points - half, points + half, high_open=True)
    return bool(possible(framework, criterion, rule) & stated)


def _listed(given: PointSet) -> str:
    """Write the points a rule can give: at most twelve points or ranges."""
    shown = [
        exact(span.low) if span.is_point else f"{exact(span.low)} – {exact(span.high)}" for span in given.spans[:12]
    ]
    return joined(shown) + (", ..." if len(given.spans) > 12 else "")


def _deadline(framework: Framework, criterion: Criterion) -> Iterator[Finding]:
    """Yield a task said to be done that lacks points, and one still to come that has them all."""
    deadline = framework.deadlines.get(criterion.due or "")
    points, full = criterion.previous, criterion.max_points
    if deadline is None or points is None or full is None or criterion.criteria:
        return
    if deadline.kind == "done" and points < full:
        yield finding("L307", criterion.code, printed=points, maximum=full, due=criterion.due)
    if _to_come(deadline, framework.legal.year) and points == full:
        yield finding("L308", criterion.code, printed=points, maximum=full, due=criterion.due)


def _to_come(deadline: Deadline, year: int) -> bool:
    last = deadline.date.year if deadline.date is not None else deadline.year
    return deadline.kind in ("date", "quarter", "year") and last is not None and last >= year


def _frequency(framework: Framework, criterion: Criterion) -> Iterator[Finding]:
    """Yield points for how often something happens beside none for having it at all."""
    parent = framework.parents[criterion.code]
    if not criterion.previous or not criterion.title.casefold().startswith(FREQUENCY):
        return
    about = _words(criterion.title)
    for other in framework.criteria.values():
        same_place = framework.parents[other.code] == parent and other.code != criterion.code
        if same_place and other.previous == 0 and _words(other.title) and _words(other.title) <= about:
            yield finding("L309", criterion.code, printed=criterion.previous, other=other.code)


def _words(title: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", title.casefold())) - FREQUENCY_WORDS
