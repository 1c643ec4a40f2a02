"""Lines and deductions that say together what is left: by how often something happened, or down to a floor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from chiso.decree.wording.bounding import speaks_of_delay
from chiso.decree.wording.bounds import Bound
from chiso.decree.wording.changes import docked_share
from chiso.decree.wording.desk import ONE, ZERO, Desk
from chiso.decree.wording.items import Item
from chiso.decree.wording.nodes import Node, Stepped
from chiso.decree.wording.statements import Statement
from chiso.decree.wording.worth import Worth

#: How often, at the end of the words: "bị nhắc nhở 01 lần".
_TIMES = re.compile(
    r"(?:^|\s)0?(?P<number>\d{1,2}) (?P<thing>lần|vụ|trường hợp|lượt|đơn|người|văn bản)$", re.IGNORECASE
)


def graded(desk: Desk, lines: list[Item], statements: list[Item]) -> tuple[list[Item], list[Item]]:
    """Take "tốt: 5; 01 lần: trừ 1; 02 lần: trừ 2; từ 03 lần: 0" as what each number of times leaves."""
    losses = [(item, _TIMES.search(one.thing)) for item in statements if (one := item.statement) and _once(one)]
    counted = [line for line in lines if line.bound and line.bound.dimension == "count" and not line.bound.compound]
    whole = [line for line in lines if line not in counted and _points(desk, line) == desk.most]
    if not losses or len(losses) < len(statements) or len(whole) != 1 or len(whole) + len(counted) < len(lines):
        return lines, statements
    numbers = [int(match["number"]) for _, match in losses if match]
    starts = [line.bound.low for line in counted if line.bound and line.bound.low is not None]
    if len(numbers) < len(losses) or len({*numbers, *starts}) < max(len(losses) + len(counted), 2):
        return lines, statements
    left = [_left(desk, item, number) for (item, _), number in zip(losses, numbers, strict=True)]
    none = replace(whole[0], bound=_exactly(0))
    return ([none, *left, *counted], []) if all(one is not None for one in left) else (lines, statements)  # type: ignore[list-item]


def _once(one: Statement) -> bool:
    return one.kind == "take" and not (one.each or one.share or one.late or one.limit)


def _points(desk: Desk, line: Item) -> Fraction | None:
    worth = line.worth
    if not isinstance(worth, Worth) or not worth.constant or line.children or not desk.most:
        return None
    return worth.factor * desk.most if worth.whole else worth.factor


def _left(desk: Desk, item: Item, number: int) -> Item | None:
    assert item.statement is not None, "a deduction"
    lost = desk.points(item.statement.given)
    if lost is None or desk.most is None or lost > desk.most:
        return None
    worth = Worth(desk.most - lost, points=True)
    return replace(item, kind="line", label=item.statement.thing, worth=worth, statement=None, bound=_exactly(number))


def _exactly(number: int) -> Bound:
    return Bound("count", Fraction(number), Fraction(number), exact=True)


def floored(desk: Desk, lines: Sequence[Item], statements: Sequence[Item]) -> Node | None:
    """Return "100%: 10; mỗi 1% giảm trừ 0,2; dưới 70%: 0" as what is left from 70% on, and nothing below."""
    one = statements[0].statement if len(statements) == 1 else None
    if one is None or (one.kind, one.share, one.below) != ("take", True, None) or len(lines) != 2:
        return None
    full, none = sorted(lines, key=lambda line: _points(desk, line) or ZERO, reverse=True)
    floor = _floor(none)
    at = full.bound.low if full.bound and full.bound.dimension == "share" else None
    if at is None or floor is None or (_points(desk, full), _points(desk, none)) != (desk.most, ZERO) or floor[1] >= at:
        return None
    rest = docked_share(desk, one, at)
    if rest is None:
        return None
    figure = desk.sheet.quotient()
    desk.how = "adjusted"
    return Stepped(figure, ((*floor, rest, full.label),), (ZERO, none.label), share_bounds=True)


def _floor(line: Item) -> tuple[str, Fraction] | None:
    """Return from where on there is something: "dưới 70%: 0 điểm", or "trễ hạn trên 5%: 0 điểm" of what is in time."""
    bound = line.bound
    if bound is None or bound.dimension != "share" or bound.compound:
        return None
    if bound.low is None and bound.high is not None:
        return ("at_least" if bound.high_open else "above", bound.high)
    if bound.high is None and bound.low is not None and speaks_of_delay(line.label):
        return ("at_least" if bound.low_open else "above", ONE - bound.low)
    return None
