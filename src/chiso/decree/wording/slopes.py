"""Points that rise evenly over the range of a line: "từ 75% đến dưới 95%: tính nội suy từ 2 điểm đến 4 điểm"."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from chiso.decree.wording.bounding import Pair
from chiso.decree.wording.bounds import Bound
from chiso.decree.wording.desk import Desk
from chiso.decree.wording.nodes import Figure, Joined, Proportional, Value, top
from chiso.decree.wording.values import always
from chiso.decree.wording.worth import Slope
from chiso.framework.expression import Name, Number, Operation


def sloped(desk: Desk, pairs: Sequence[Pair]) -> list[Pair] | None:
    """Return lines with what the ones of them give that rise evenly; None where that cannot be told."""
    found: list[Pair] = []
    for item, value in pairs:
        if isinstance(item.worth, Slope):
            ends = None if item.bound is None else _ends(desk, item.worth, item.bound, pairs)
            made = None if item.bound is None or ends is None else _rising(desk, item.bound, *ends)
            if made is None:
                return None
            value = made
        found.append((item, value))
    return found


def _ends(desk: Desk, slope: Slope, bound: Bound, pairs: Sequence[Pair]) -> tuple[Fraction, Fraction] | None:
    """Return the shares at both ends: as they are printed, or else those of the lines below and above."""
    if slope.low is not None and slope.high is not None:
        return (slope.low / desk.most, slope.high / desk.most) if desk.most else None
    others = [(one.bound, value) for one, value in pairs if one.bound and not isinstance(one.worth, Slope)]
    below = [top(value) for one, value in others if one.high == bound.low]
    above = [top(value) for one, value in others if one.low == bound.high]
    if len(below) != 1 or len(above) != 1:
        return None
    desk.doubt("rises_between")
    return below[0], above[0]


def _rising(desk: Desk, bound: Bound, low: Fraction, high: Fraction) -> Value | None:
    if bound.dimension != "share" or bound.low is None or bound.high is None or not low < high <= 1:
        return None
    figure = desk.sheet.quotient()
    if not isinstance(figure.over, Name) or figure.under is None:
        return None
    length = bound.high - bound.low
    over = Operation("-", Operation("/", figure.over, figure.under), Number(bound.low))
    rise = Proportional(Figure(over), (high - low) / length, high - low)
    more = ("Phần tăng thêm", rise)
    if not low:
        return Joined((more,))
    return Joined((("Điểm ở ngưỡng dưới", always(desk, low, figure.over.name)), more))
