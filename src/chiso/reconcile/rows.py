"""What is wrong with single rows: codes nobody knows, blanks, points above the maximum or out of the rule's reach."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from chiso.framework.faults import near_misses
from chiso.framework.inputs import decided
from chiso.framework.model import Criterion, Dimension
from chiso.framework.reach.points import possible
from chiso.reconcile.finding import PublishedFinding, finding
from chiso.reconcile.published import TOTAL
from chiso.reconcile.stated import Stated
from chiso.scoring.states import State

ZERO = Fraction(0)

Branch = Dimension | Criterion


def rows(stated: Stated) -> Iterator[PublishedFinding]:
    """Yield what is wrong with rows, whatever the sums say."""
    yield from _unknown(stated)
    for code in stated.published.points:
        yield from _state(stated, code)
        yield from _value(stated, code)
        yield from _readings(stated, code)
    for dimension in stated.framework.dimensions:
        yield from _blank(stated, dimension)
    yield from _absent_dimensions(stated)
    yield from _total(stated)


def known_codes(stated: Stated) -> list[str]:
    """Return every code that a table may name, in printed order."""
    framework = stated.framework
    found = [code for one in framework.dimensions for code in (one.code, *(below.code for below in one.walk()))]
    return list(dict.fromkeys([*found, *(pillar.code for pillar in framework.pillars), TOTAL]))


def _unknown(stated: Stated) -> Iterator[PublishedFinding]:
    published, known = stated.published, known_codes(stated)
    if published.framework and published.framework != stated.framework.id:
        yield finding("R111", stated.framework.id, name=published.framework)
    for code in published.points:
        if code not in known:
            yield finding("R102", published.rows.get(code, code), name=code, near=near_misses(code, known))


def _state(stated: Stated, code: str) -> Iterator[PublishedFinding]:
    if stated.published.points[code] is State.NOT_APPLICABLE:
        yield finding("R205", code)


def _value(stated: Stated, code: str) -> Iterator[PublishedFinding]:
    value = stated.published.value(code)
    if value is None or code not in known_codes(stated):
        return
    places = stated.published.places.get(code, 0)
    if places > stated.places:
        yield finding("R109", code, points=value, places=places, decimals=stated.places)
    if code in stated.published.decided and not _has_lines(stated, code):
        yield finding("R113", code, points=value)
    if code not in stated.possible:
        yield finding("R110", code, points=value)
    elif stated.is_above(code):
        figures = {"printed": value, "maximum": stated.maximum(code)}
        yield finding("R301", code, **figures, possible=stated.possible[code])
    elif stated.is_impossible(code) and not _adds_up(stated, code):
        below, above = stated.possible[code].neighbours(value)
        yield finding("R302", code, printed=value, possible=stated.possible[code], below=below, above=above)


def _has_lines(stated: Stated, code: str) -> bool:
    criterion = stated.framework.criteria.get(code)
    return criterion is not None and decided(criterion) is not None


def _adds_up(stated: Stated, code: str) -> bool:
    """Tell whether all parts of a sum are printed: then the sum itself says what is wrong."""
    parts = stated.structure.below(code)
    return bool(parts) and all(stated.published.value(part) is not None for part in parts)


def _readings(stated: Stated, code: str) -> Iterator[PublishedFinding]:
    """Yield the readings that the printed points rule out, where the one in use can give them."""
    criterion = stated.framework.criteria.get(code)
    printed = stated.rounded_from(code)
    if criterion is None or code in stated.published.decided:
        return
    if not printed & stated.possible.get(code, printed - printed):
        return
    for reading in stated.framework.readings:
        for name, option in reading.options.items():
            rule = option.rules.get(code)
            if rule is not None and not printed & possible(stated.framework, criterion, rule):
                value = stated.published.value(code)
                yield finding("R303", code, printed=value, reading=reading.id, option=option.label, name=name)


# -- blanks and rows that are not there


def _blank(stated: Stated, row: Branch) -> Iterator[PublishedFinding]:
    """Yield blanks; rows that are blank together with all that stands below them are one finding."""
    codes = [row.code, *(below.code for below in row.walk() if below.code != row.code)]
    states = [stated.published.points.get(code) for code in codes]
    if states[0] is State.MISSING:
        whole = all(state is None or state is State.MISSING for state in states)
        blank = [code for code, state in zip(codes, states, strict=True) if state is State.MISSING]
        if row.code not in stated.possible:
            yield finding("R204", row.code, codes=blank if whole else [row.code])
        else:
            yield finding("R201", row.code)
        if whole:
            return
    for child in row.criteria:
        yield from _blank(stated, child)


def _absent_dimensions(stated: Stated) -> Iterator[PublishedFinding]:
    scored = [one for one in stated.framework.dimensions if one.code in stated.possible]
    gone = [one.code for one in scored if not _is_there(stated, one)]
    if gone:
        yield finding("R202", stated.framework.id, codes=gone)
    for dimension in scored:
        if dimension.code not in gone:
            yield from _absent(stated, dimension)


def _absent(stated: Stated, row: Branch) -> Iterator[PublishedFinding]:
    """Yield rows that the table lacks: some of those below a row, or all."""
    scored = [child for child in row.criteria if child.code in stated.possible]
    there = [child for child in scored if _is_there(stated, child)]
    gone = [child.code for child in scored if child not in there]
    if gone and there:
        yield finding("R202", row.code, codes=gone)
    elif gone:
        yield finding("R203", row.code)
    for child in there:
        yield from _absent(stated, child)


def _is_there(stated: Stated, row: Branch) -> bool:
    return any(code in stated.published.points for code in (row.code, *(below.code for below in row.walk())))


def _total(stated: Stated) -> Iterator[PublishedFinding]:
    """Yield what the dimensions add up to where no total is printed and all of them are."""
    if stated.published.points.get(TOTAL, State.MISSING) is not State.MISSING:
        return
    equation = next((one for one in stated.structure.equations if one.whole == TOTAL), None)
    if equation is None:
        return
    values = [stated.published.value(code) for code in equation.parts]
    printed = [value * by for value, by in zip(values, equation.parts.values(), strict=True) if value is not None]
    if len(printed) == len(values):
        yield finding("R206", TOTAL, sum=sum(printed, ZERO))
