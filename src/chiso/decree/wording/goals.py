"""A goal that is printed once and meant by lines and formulas: "Mục tiêu 80%. Đạt mục tiêu: 10 điểm; ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from chiso.decree.wording.bounds import Bound
from chiso.decree.wording.desk import ONE, Desk
from chiso.decree.wording.items import Item
from chiso.decree.wording.lexing import folded, number_of
from chiso.decree.wording.nodes import Figure, Node, Proportional, Value
from chiso.decree.wording.sayings import opens_with
from chiso.decree.wording.worth import Worth
from chiso.framework.expression import Name, Term

# Compared without capitals and diacritics.

_NAME = r"(?:muc tieu|chi tieu|ke hoach)(?: (?:duoc )?(?:giao|de ra|dat ra))?"
_SHARE = r"(?:dat )?[≥>=]*\s*(?P<share>\d+(?:[.,]\d+)?)\s*%"
#: An entry that only says what the goal is.
_STATED = re.compile(rf"{_NAME}(?: (?:den )?nam \d{{4}})?(?: (?:la|phai dat|dat))?\s*[:=]?\s*{_SHARE}[ .;]*")
#: A line that holds where the goal is reached, perhaps with the goal in brackets.
_REACHED = re.compile(rf"(?:neu )?(?:dat|hoan thanh|dat (?:hoac|va) vuot|bang hoac vuot) (?:100% )?{_NAME}\b")
_BRACKETED = re.compile(rf"\(\s*{_SHARE}\s*(?:tro len)?\)")


def with_goal(items: Sequence[Item]) -> list[Item]:
    """Return items in which lines and formulas that name the goal have it as a number."""
    stated = [_STATED.fullmatch(folded(item.text)) for item in items]
    reached = [_BRACKETED.search(folded(item.label)) for item in items if _is_reached(item)]
    found = [match for match in (*stated, *reached) if match]
    goal = number_of(found[0]["share"]) if len(found) == 1 else None
    if not goal:
        return list(items)
    kept = [item for item, match in zip(items, stated, strict=True) if match is None]
    return [_meant(item, goal / 100) for item in kept]


def _is_reached(item: Item) -> bool:
    return item.kind == "line" and bool(_REACHED.match(folded(item.label)))


def _meant(item: Item, goal: Fraction) -> Item:
    if _is_reached(item) and (item.bound is None or item.bound.exact):
        item = replace(item, bound=Bound("share", goal, goal, exact=True))
    worth = item.worth
    if not isinstance(worth, Worth) or len(worth.under) != 1 or not _names_goal(worth.under[0]):
        return item
    return replace(item, worth=replace(worth, factor=worth.factor / goal, under=()))


def _names_goal(term: Term) -> bool:
    return isinstance(term, Name) and bool(re.fullmatch(_NAME, folded(term.name)))


def of_goal(desk: Desk, pairs: Sequence[tuple[Item, Value]]) -> Node | None:
    """Return "đạt chỉ tiêu: 5 điểm; không đạt: tính theo tỷ lệ" as the ratio to a goal that is not printed."""
    if len(pairs) != 2 or not _is_reached(pairs[0][0]) or pairs[0][0].bound or pairs[0][1] != ONE:
        return None
    other, value = pairs[1]
    whole = isinstance(value, Proportional) and value.factor == value.cap == ONE
    if not whole or not opens_with("negative", other.label) or desk.sheet.ratio is not None:
        return None
    desk.how = "ratio"
    desk.sheet.forget("num", "den")
    num = desk.sheet.named("num", f"Kết quả thực hiện: {desk.title}")
    den = desk.sheet.named("den", "Chỉ tiêu được giao")
    desk.sheet.measured_alike(num, den)
    return Proportional(Figure(Name(num), Name(den)), ONE, ONE)
