"""What the figures force: points that are blank or cannot be right, worked out from the sums they are part of.

Each unknown starts with all the points its rule can give. Every sum narrows it to what the others leave, again and
again until nothing changes, so that what one sum settles helps the next. Rounding is taken into account throughout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from chiso.framework.reach.pointset import PointSet
from chiso.reconcile.equations import Equation
from chiso.reconcile.finding import PublishedFinding, finding
from chiso.reconcile.stated import Stated
from chiso.reconcile.sums import needed, settled, written

#: Most unknowns of one sum: with more of them a sum says next to nothing about each.
MOST_UNKNOWN = 8

#: A range is one value with rounding when it is at most this part of what the rule can give.
NARROW = Fraction(1, 10)


@dataclass
class _Search:
    """What each unknown can still be, which sum said so last, and the sums that nothing can satisfy."""

    can_be: dict[str, PointSet]
    reasons: dict[str, _Reason] = field(default_factory=dict)
    contradicted: list[_Reason] = field(default_factory=list)


@dataclass(frozen=True)
class _Reason:
    """A sum, and what its unknowns could be when it was used."""

    equation: Equation
    sought: dict[str, PointSet]


def forced(stated: Stated) -> Iterator[PublishedFinding]:
    """Yield what each unknown must be or can still be, and the sums that cannot hold whatever it is."""
    search = _Search({code: stated.possible[code] for code in stated.sought})
    equations = [one for one in stated.equations if 0 < len(stated.sought.intersection(one.codes)) <= MOST_UNKNOWN]
    for _ in range(len(equations) + 1):
        changed = [_narrowed(stated, equation, search) for equation in equations]
        if not any(changed):
            break
    for reason in search.contradicted:
        line = written(stated, reason.equation, reason.sought)
        yield finding("R503", reason.equation.whole, codes=list(reason.sought), equation=line)
    for code, reason in search.reasons.items():
        yield from _told(stated, search, code, reason)


def _narrowed(stated: Stated, equation: Equation, search: _Search) -> bool:
    """Narrow the unknowns of one sum; tell whether anything changed."""
    if any(equation == one.equation for one in search.contradicted):
        return False
    sought = {code: search.can_be[code] for code in equation.codes if code in stated.sought}
    sets = {code: stated.stands_for(code) for code in equation.codes} | sought
    left = {code: points & needed(equation, code, sets) for code, points in sought.items()}
    if not all(left.values()):
        search.contradicted.append(_Reason(equation, sought))
        return False
    changed = False
    for code, points in left.items():
        if code not in search.reasons or points != search.can_be[code]:
            search.reasons[code] = _Reason(equation, sought)
            changed = True
    search.can_be.update(left)
    return changed


def _told(stated: Stated, search: _Search, code: str, reason: _Reason) -> Iterator[PublishedFinding]:
    left, equation = search.can_be[code], reason.equation
    line = written(stated, equation, reason.sought)
    if _is_one_value(stated, search, code, reason):
        others = {one: _typical(search.can_be[one]) for one in reason.sought if one != code}
        value = settled(stated, left, equation, code, others)
        range_ = left if left.only is None else None
        yield finding("R501", code, value=value, range=range_, equation=line)
    elif code in stated.published.points:
        yield finding("R502", code, possible=left, equation=line)


def _typical(points: PointSet) -> Fraction:
    return points.nearest((points.low + points.high) / 2)


def _is_one_value(stated: Stated, search: _Search, code: str, reason: _Reason) -> bool:
    """Tell whether what is left of an unknown is one value, or only as many as rounding alone leaves open."""
    left, equation = search.can_be[code], reason.equation
    if any(code in one.sought for one in search.contradicted):
        return False
    if left.only is not None:
        return True
    sets = {one: stated.stands_for(one) for one in equation.codes} | {one: search.can_be[one] for one in reason.sought}
    wide = [one for one in reason.sought if not _is_narrow(stated, search, one)]
    sets |= {one: PointSet.of(_typical(search.can_be[one])) for one in wide}
    return _is_narrow(stated, search, code) and left.width <= needed(equation, code, sets).width


def _is_narrow(stated: Stated, search: _Search, code: str) -> bool:
    return search.can_be[code].width <= NARROW * stated.possible[code].width
