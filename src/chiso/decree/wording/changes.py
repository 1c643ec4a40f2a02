"""Points for each thing, bonuses and deductions, and the most that they may come to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from chiso.decree.wording.desk import ONE, ZERO, Desk, percent
from chiso.decree.wording.nodes import (
    Change,
    Changed,
    Each,
    Figure,
    Held,
    Joined,
    Node,
    Picked,
    Proportional,
    Stepped,
    top,
)
from chiso.decree.wording.sayings import holds, opens_with
from chiso.decree.wording.statements import Given, Statement
from chiso.decree.wording.values import always
from chiso.framework.expression import Formula, Name, Number, Operation


def changed(desk: Desk, node: Node | None, statements: Sequence[Statement], whole: Fraction | None) -> Node | None:
    """Return a base with what is added and taken away, or points for each thing; None where that is unclear."""
    if len(set(statements)) < len(statements):
        desk.doubt("same_words", grave=True)  # what is printed twice counts once
    roof = next((one.given for one in statements if one.kind == "roof"), None)
    # Points that are added to nothing are points for each thing.
    alone = node is None and all(one.kind in ("add", "each", "roof") for one in statements)
    each = [one for one in statements if one.kind == "each" or (alone and one.kind == "add" and one.each)]
    changes = [one for one in statements if one.kind in ("add", "take") and one not in each]
    parts = [] if node is None else [(node.label if isinstance(node, Held | Picked) and node.label else "—", node)]
    if node is None and len(each) > 1 and not changes and not any(one.limit for one in each):
        return _several(desk, each, roof, whole)
    for one in each:
        made = _each(desk, one, roof if len(each) == 1 and node is None else None, whole)
        if made is None:
            return None
        parts.append((one.thing, made))
    if len(parts) > 1:
        node = Joined(tuple(parts))
        desk.how = "parts"
        desk.drop("unreachable", "nothing_else_said")
        desk.judge_parts(top(node), grave=True)
    elif parts:
        node = parts[0][1]
    return _adjusted(desk, node, changes, roof) if changes else node


def _each(desk: Desk, one: Statement, roof: Given | None, whole: Fraction | None) -> Node | None:
    points = desk.points(one.given)
    if not points or one.late:
        return None
    cap = _cap(desk, one.limit or roof, whole)
    if cap is None:
        return None
    desk.how = "per_item"
    if desk.most and points > cap * desk.most:
        desk.doubt("exceeds", grave=True, share=percent(points / desk.most))
    if one.share:
        if desk.most is None:
            return None
        desk.doubt("per_several", per=percent(one.per))
        return Proportional(desk.sheet.quotient(), points / one.per / desk.most, cap)
    name = desk.sheet.named("n", one.thing or desk.title, one.unit)
    if one.per != 1 or re.search(r"\d+ ?%", one.thing):
        desk.doubt("per_several", per=str(one.per) if one.per != 1 else one.thing)
    return Each(Figure(Name(name)), points / one.per, cap)


def _several(desk: Desk, each: Sequence[Statement], roof: Given | None, whole: Fraction | None) -> Node | None:
    """Return points for each of several things, which together come to no more than a limit or the maximum."""
    cap = _cap(desk, roof, whole)
    first = _each(desk, each[0], roof, whole)
    bonuses = [_change(desk, one, ONE) for one in each[1:]]
    if cap is None or first is None or any(one is None for one in bonuses):
        return None
    if roof is None:
        desk.doubt("limit_assumed")
    desk.how = "adjusted"
    return Changed(first, tuple(one for one in bonuses if one is not None), (), cap)


def _cap(desk: Desk, limit: Given | None, whole: Fraction | None) -> Fraction | None:
    """Return the most that points for each thing come to, as a share of the maximum."""
    full = ONE if whole is None else whole
    if limit is None:
        return full
    if limit.whole and limit.value == 1:
        return full
    most = desk.points(limit)
    if most is None or not desk.most:
        return None
    cap = most / desk.most
    if cap > 1:
        desk.doubt("exceeds", grave=True, share=percent(cap))
        return None
    if cap < 1 and whole == 1:
        desk.doubt("unreachable", share=percent(cap))
    return cap


def _adjusted(desk: Desk, node: Node | None, changes: Sequence[Statement], roof: Given | None) -> Node | None:
    """Return a base with additions and deductions."""
    beyond = _beyond_plan(desk, node, changes[0], roof) if len(changes) == 1 else None
    return _with_changes(desk, node, changes, roof) if beyond is None else beyond


def _with_changes(desk: Desk, node: Node | None, changes: Sequence[Statement], roof: Given | None) -> Node | None:
    bonuses: list[Change] = []
    deductions: list[Change] = []
    start = _full_from(node)
    if len(changes) == 1 and _of_what_is_bad(node, changes[0]):
        desk.sheet.title = changes[0].thing  # "không có hồ sơ quá hạn: 10 điểm; cứ 1% hồ sơ quá hạn trừ 1 điểm"
        start = ZERO
    for one in changes:
        change = _change(desk, one, start, node)
        # What is missing to a bound may be negative, which no other deduction must make up for.
        if change is None or (start < 1 and one.share and len(changes) > 1) or one.below not in (None, start):
            return None
        (bonuses if one.kind == "add" else deductions).append(change)
    if node is None:
        node = _without_base(desk, bonuses, deductions, changes)
        if node is None or isinstance(node, Joined):
            return node
    if bonuses:
        desk.drop("unreachable")
    if deductions and _starts_full(node):
        # "Đúng hạn: điểm tối đa; chậm mỗi ngày trừ 0,5 điểm": who is late starts from the same points.
        desk.drop("nothing_else_said", "nothing_below")
        before, node = node, _start(desk, deductions[0])
        used = {name for one in (*bonuses, *deductions) for name in Formula.parse(one.of).names()}
        if isinstance(before, Stepped):
            desk.sheet.forget(*(name for name in Formula.parse(before.figure.formula).names() if name not in used))
    cap = ONE
    most = None if roof is None or roof.whole else desk.points(roof)
    if most is not None and desk.most:
        cap = min(most / desk.most, ONE)
        if cap < top(node):
            # Less than the base alone: the limit must be one of what is added.
            if len(bonuses) != 1 or bonuses[0].at_most is not None:
                return None
            desk.doubt("limit_of_bonus", limit=str(most))
            bonuses, cap = [replace(bonuses[0], at_most=most)], ONE
    desk.how = "adjusted"
    return Changed(node, tuple(bonuses), tuple(deductions), cap)


def _beyond_plan(desk: Desk, node: Node | None, one: Statement, roof: Given | None) -> Node | None:
    """Return "đạt 100%: 8; dưới 100%: tỷ lệ x 8; vượt thì cộng 0,5 cho mỗi 1%" as more from 100% on."""
    points = desk.points(one.given)
    figure, reached = _reached_at_plan(node)
    if figure is None or node is None or not points or (one.kind, one.share) != ("add", True):
        return None
    over, under = figure.over, figure.under
    if under is None or isinstance(under, Number) or not isinstance(over, Name):
        return None
    limit = desk.points(roof) if roof is not None else None
    most = None if one.limit is None else desk.points(one.limit)
    if any(one is not None and (not desk.most or one > desk.most) for one in (limit, most)):
        return None
    desk.doubt("per_several", per=percent(one.per))
    desk.drop("unreachable")
    desk.how = "adjusted"
    more = Formula(Operation("/", Operation("-", over, under), under))
    # "tối đa 10 điểm" with all else, where that is more than the base; "tối đa cộng 5 điểm" of what is added.
    of_all = most is None or most > reached * (desk.most or ZERO)
    bonus = Change(f"{one.thing} {percent(one.per)}", str(more), points / one.per, None if of_all else most)
    whole = limit if limit is not None else most if of_all else None
    cap = ONE if whole is None or not desk.most else whole / desk.most
    plain = replace(figure, part=False)
    beyond = ("above", ONE, Changed(always(desk, reached, over.name), (bonus,), (), cap), one.thing)
    if isinstance(node, Stepped):
        return replace(node, figure=plain, lines=(beyond, *node.lines))
    assert isinstance(node, Proportional), "of two kinds"
    return Stepped(plain, (beyond,), (replace(node, figure=plain), "—"), share_bounds=True)


def _reached_at_plan(node: Node | None) -> tuple[Figure | None, Fraction]:
    """Return the figure of a rule that gives less than everything from 100% on, and how much."""
    if isinstance(node, Proportional) and node.cap == node.factor < 1:
        return node.figure, node.cap
    if isinstance(node, Stepped) and node.share_bounds:
        kind, bound, value, _ = node.lines[0]
        if (kind, bound) == ("at_least", ONE) and isinstance(value, Fraction) and value < 1:
            return node.figure, value
    return None, ZERO


def docked(desk: Desk, groups: Sequence[tuple[str, Fraction, Fraction | None, Sequence[Statement]]]) -> Node | None:
    """Return parts of which each begins with all its points and loses some, whatever the others lose.

    Of each part: its words, its share, the share of a ratio from which it has all its points, what it loses.
    """
    parts: list[tuple[str, Node]] = []
    for words, share, start, statements in groups:
        with desk.sheet.within(words):
            changes = [_change(desk, one, ONE if start is None else start) for one in statements]
            if any(one is None for one in changes):
                return None
            found = tuple(one for one in changes if one is not None)
            name = next(iter(Formula.parse(found[0].of).names()))
            parts.append((words, Changed(always(desk, share, name), (), found, share)))
    desk.how = "parts"
    return Joined(tuple(parts))


def docked_share(desk: Desk, one: Statement, start: Fraction) -> Node | None:
    """Return everything, less so much for each per cent below a share."""
    change = _change(desk, one, start)
    if change is None:
        return None
    return Changed(always(desk, ONE, next(iter(Formula.parse(change.of).names()))), (), (change,), ONE)


def _without_base(
    desk: Desk, bonuses: Sequence[Change], deductions: Sequence[Change], changes: Sequence[Statement]
) -> Node | None:
    """Return what deductions are taken from where nothing is printed, or additions that make up the maximum as parts.

    "Có A: cộng 6 điểm; có B: cộng 4 điểm", of 10, is read so; additions that come to anything else are not.
    """
    if deductions:
        desk.doubt("base_assumed")
        return _start(desk, deductions[0])
    once = not any(one.each or one.late or one.share or one.limit for one in changes)
    if not once or len(bonuses) < 2 or sum(one.points for one in bonuses) != desk.most or not desk.most:
        desk.doubt("base_assumed", grave=True)
        return None
    desk.sheet.forget(*(one.of for one in bonuses))
    desk.how = "parts"
    desk.doubt("added_up")
    return Joined(tuple((one.label, Held(one.label, one.points / desk.most)) for one in bonuses))


def _starts_full(node: Node) -> bool:
    """Tell whether a rule gives everything for what is as it should be, and says nothing of anything else."""
    if isinstance(node, Stepped):
        return len(node.lines) == 1 and node.lines[0][2] == ONE and node.otherwise == (ZERO, "—")
    return isinstance(node, Held) and node.share == 1


def _of_what_is_bad(node: Node | None, one: Statement) -> bool:
    """Tell whether points go for each per cent of what should not be, rather than of what is missing."""
    held = isinstance(node, Held | Picked) and not isinstance(node, Stepped)
    label = node.label if isinstance(node, Held | Picked) else ""
    bad = opens_with("negative", label) or holds("late", one.thing) or holds("faulty", one.thing)
    return one.share and one.kind == "take" and bool(one.thing) and (node is None or held) and bad


def _full_from(node: Node | None) -> Fraction:
    """Return the share from which a rule gives its points: "đạt 95% trở lên: 10 điểm; cứ giảm 1% trừ 1 điểm"."""
    stepped = isinstance(node, Stepped) and node.share_bounds and len(node.lines) == 1
    return node.lines[0][1] if isinstance(node, Stepped) and stepped and node.otherwise == (ZERO, "—") else ONE


def _start(desk: Desk, first: Change) -> Node:
    """Return everything, whatever the figures say, for a first deduction to be taken from."""
    name = first.of if first.of in desk.sheet.inputs else next(iter(Formula.parse(first.of).names()))
    return always(desk, ONE, name)


def _missing(desk: Desk, start: Fraction, node: Node | None) -> Operation | None:
    """Return how much is missing to the share that gives everything: "cứ giảm 1% trừ 0,1 điểm"."""
    own = isinstance(node, Stepped) and node.share_bounds and start not in (ZERO, ONE)
    figure = node.figure if isinstance(node, Stepped) and own else desk.sheet.quotient()
    if figure.under is None or isinstance(figure.under, Number):
        return None
    wanted = figure.under if start == 1 else Operation("*", Number(start), figure.under)
    return Operation("/", Operation("-", wanted, figure.over), figure.under)


def _change(desk: Desk, one: Statement, start: Fraction, node: Node | None = None) -> Change | None:
    points = desk.points(one.given)
    if not points:
        return None
    label = one.thing or desk.title or "—"
    if one.share:
        missing = _missing(desk, start, node)
        if missing is None or (one.kind == "add" and start == 1):
            return None
        if start == 0 and one.kind == "take":
            assert isinstance(missing.left, Operation), "a difference"
            missing = replace(missing, left=missing.left.right)
        desk.doubt("per_several", per=percent(one.per))
        limit = None if one.limit is None else desk.points(one.limit)
        if one.kind == "add":
            assert isinstance(missing.left, Operation), "a difference"
            more = replace(missing, left=replace(missing.left, left=missing.left.right, right=missing.left.left))
            limit = None if limit == desk.most else limit  # "..., tối đa 10 điểm" with all else
            return Change(f"{label} {percent(one.per)}", str(Formula(more)), points / one.per, limit or None)
        return Change(f"{label} {percent(one.per)}", str(Formula(missing)), points / one.per, limit or None)
    if one.late:
        name = desk.sheet.named("days_late", "Số ngày chậm", "day", "days")
    elif one.each or re.search(r"\b0?1\b", label):
        if not one.each:  # "thiếu 01 nội dung trừ 2 điểm": for each of them
            desk.doubt("each_or_once")
        name = desk.sheet.named("n", label, one.unit)
    else:
        name = desk.sheet.named("n", label, "", "yes_no")
    if one.per != 1:
        desk.doubt("per_several", per=str(one.per))
    limit = None if one.limit is None else desk.points(one.limit)
    return Change(label, name, points / one.per, limit or None)
