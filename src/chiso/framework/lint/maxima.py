"""Maxima and counts: blank ones, sums that do not hold, numbers in the prose that are not the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from chiso.framework.lint.finding import Finding, exact, finding, joined
from chiso.framework.model import Criterion, Dimension, Framework, Pillar, PrintedCount

#: What ``printed_max`` says where the document prints no maximum.
BLANK = "blank"


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield findings about maxima, sums of maxima and printed counts."""
    yield from _counts(framework)
    if framework.is_maturity:
        return
    for dimension in framework.dimensions:
        yield from _dimension(dimension)
    yield from _total(framework)
    for pillar in (*framework.pillars, *framework.groups):
        yield from _pillar(framework, pillar)


def _dimension(dimension: Dimension) -> Iterator[Finding]:
    if dimension.max_points is None and dimension.unscored:
        codes = joined(criterion.code for criterion in dimension.criteria)
        yield finding("L101", dimension.code, rows=len(dimension.criteria) + 1, codes=codes)
        return
    if dimension.max_points is None and dimension.aggregation.kind == "sum":
        parts = [exact(criterion.max_points) for criterion in dimension.criteria if criterion.max_points is not None]
        total = _maximum(dimension)
        yield finding("L102", dimension.code, inferred=total, equation=f"{' + '.join(parts)} = {exact(total)}")
    if dimension.max_points is not None:
        yield from _blank(dimension)
        if dimension.aggregation.kind == "sum":
            yield from _sum(dimension.code, dimension.max_points, dimension.criteria)
    for criterion in dimension.walk():
        if criterion.max_points is None:
            yield finding("L101", criterion.code, rows=1, codes=criterion.code)
        else:
            yield from _blank(criterion)
            yield from _sum(criterion.code, criterion.max_points, criterion.criteria)


def _blank(row: Criterion | Dimension) -> Iterator[Finding]:
    if row.printed_max == BLANK or row.inferred is not None:
        yield finding("L102", row.code, inferred=row.max_points, equation=row.inferred or "?")


def _sum(place: str, printed: Fraction, children: Sequence[Criterion]) -> Iterator[Finding]:
    total = _added(children)
    if children and total != printed:
        yield finding("L103", place, printed=printed, children=total, difference=printed - total)


def _total(framework: Framework) -> Iterator[Finding]:
    if framework.max_points is None or framework.total.kind != "sum":
        return
    total = _points(framework, [one.code for one in framework.dimensions if not one.unscored])
    if total != framework.max_points:
        difference = framework.max_points - total
        yield finding("L104", "total", printed=framework.max_points, children=total, difference=difference)


def _pillar(framework: Framework, pillar: Pillar) -> Iterator[Finding]:
    if pillar.max_points is None or pillar.aggregation.kind != "sum":
        return
    total = _points(framework, pillar.dimensions)
    if total != pillar.max_points:
        difference = pillar.max_points - total
        yield finding("L105", pillar.code, printed=pillar.max_points, children=total, difference=difference)


def _points(framework: Framework, codes: Sequence[str]) -> Fraction:
    return sum((_maximum(one) for one in framework.dimensions if one.code in codes), Fraction(0))


def _maximum(dimension: Dimension) -> Fraction:
    """Return the maximum of a dimension; where it is blank, what its criteria add up to."""
    return _added(dimension.criteria) if dimension.max_points is None else dimension.max_points


def _added(criteria: Sequence[Criterion]) -> Fraction:
    return sum((one.max_points for one in criteria if one.max_points is not None), Fraction(0))


def _counts(framework: Framework) -> Iterator[Finding]:
    for count in framework.printed_counts:
        within = count.within or [dimension.code for dimension in framework.dimensions]
        if count.what == "points":
            total = _points(framework, within)
            if total != count.printed:
                figures = {"printed": count.printed, "rows": total, "difference": count.printed - total}
                yield finding("L107", count.clause, within=joined(within), **figures)
            continue
        rows = _rows(framework, count, within)
        if count.printed not in rows:
            figures = {"printed": count.printed, "rows": rows[0], "difference": count.printed - rows[0]}
            yield finding("L106", count.clause, what=count.what, within=joined(within), **figures)


def _rows(framework: Framework, count: PrintedCount, within: Sequence[str]) -> list[int]:
    """Return the numbers that the prose may mean: criteria of the first level, or those that are scored."""
    dimensions = [dimension for dimension in framework.dimensions if dimension.code in within]
    if count.what == "dimensions":
        return [len(dimensions)]
    leaves = sum(not criterion.criteria for dimension in dimensions for criterion in dimension.walk())
    return [sum(len(dimension.criteria) for dimension in dimensions), leaves]
