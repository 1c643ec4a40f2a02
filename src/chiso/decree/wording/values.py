"""What formulas give: a quantity times a share of the maximum, sums of such, and comparisons with other units."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from chiso.decree.wording.desk import ONE, ZERO, Desk, percent
from chiso.decree.wording.items import Item
from chiso.decree.wording.lexing import folded
from chiso.decree.wording.nodes import (
    Change,
    Changed,
    Compared,
    Each,
    Figure,
    Joined,
    Node,
    Proportional,
    Stepped,
    Value,
    top,
)
from chiso.decree.wording.sayings import holds
from chiso.decree.wording.sheet import weighted
from chiso.decree.wording.worth import BEST, RATIO, WORST, Added, Worth
from chiso.framework.expression import Formula, Name, Number, Operation, Term


def linear(desk: Desk, worth: Worth) -> Node | None:
    """Return a quantity times a share of the maximum."""
    if any(_of_peers(term) for term in (*worth.over, *worth.under)):
        return _peer_formula(desk, worth)
    factor = _factor(desk, worth)
    if factor is None or not worth.over or (RATIO in worth.over and RATIO in worth.under):
        return None
    if len(worth.over) == 1 and not worth.under and isinstance(worth.over[0], Name) and "/" in worth.over[0].name:
        return None  # whether the slash divides or only parts words is not clear
    figure = desk.sheet.figure(worth.over, worth.under)
    scaled = _scaled(desk, worth, factor)
    if scaled <= 0:
        return None
    _doubt_points(desk, figure)
    quotient = figure.under is not None and not isinstance(figure.under, Number)
    if quotient and desk.sheet.ratio is None and desk.sheet.turned_round(figure):
        assert figure.under is not None, "a quotient"
        figure = replace(figure, over=figure.under, under=figure.over)
        desk.doubt("turned_round")
    if figure.under is None and scaled == 1 and isinstance(figure.over, Name):
        if re.match(r"(?:tong so|so luong|so)\b(?! diem)", folded(desk.sheet.inputs[figure.over.name].label)):
            return None  # a number of things is no share: what it is divided by must have been lost
        desk.sheet.as_share(figure.over.name)  # "Mức độ hài lòng x điểm tối đa"
    # A ratio is never above 1, so that this is the most it can give; a count may be anything.
    cap = min(scaled, ONE) if _bounded(figure) else ONE
    limit = None if worth.limit is None else desk.share(worth.limit)
    if worth.limit is not None and limit is None:
        return None
    if limit is not None and limit > 1:
        desk.doubt("exceeds", grave=True, share=percent(limit))
    return Proportional(figure, scaled, cap if limit is None else min(cap, limit))


def _doubt_points(desk: Desk, figure: Figure) -> None:
    """Doubt a formula over points that were given elsewhere: what they are out of is not said."""
    if figure.under is not None:
        return
    labels = [desk.sheet.inputs[name].label for name in Formula(figure.over).names() if name in desk.sheet.inputs]
    found = next(
        (label for label in labels if re.match(r"(so )?diem (?!phuc vu|giao dich|truy cap|wifi)", folded(label))), ""
    )
    if found:
        desk.doubt("points_of_others", label=found)


def _bounded(figure: Figure) -> bool:
    """Tell whether a figure is a share, so that it cannot exceed 1."""
    return figure.under is not None and not weighted(figure.over)


def _factor(desk: Desk, worth: Worth) -> Fraction | None:
    if worth.whole:
        return worth.factor
    return None if desk.most is None else worth.factor / desk.most


def _scaled(desk: Desk, worth: Worth, factor: Fraction) -> Fraction:
    """Return the factor of a ratio that is a figure from 0 to 100 for one from 0 to 1."""
    hundred = desk.percent or worth.percent or (worth.whole and factor.numerator == 1)
    return factor * 100 if RATIO in worth.over and factor <= Fraction(1, 20) and hundred else factor


def formulas_of(desk: Desk, formulas: Sequence[Item]) -> Node | None:
    """Return formulas that stand without a condition; several add up."""
    found: list[tuple[str, Node]] = []
    several = len(formulas) > 1 or re.search(r"\b(trên|so với) tổng\b", formulas[0].text)
    own = several and desk.sheet.ratio is None
    for item in formulas:
        with desk.sheet.titled(_own_ratio(item) if own else ""):
            value = formula_of(desk, item)
        if value is None:
            return None
        if value not in [one for _, one in found]:
            found.append((item.text, value))
    desk.how = desk.how or "formula"
    if len(found) == 1:
        return found[0][1]
    desk.judge_parts(sum((top(node) for _, node in found), ZERO), grave=True)
    return Joined(tuple(found))


def _own_ratio(item: Item) -> str:
    """Return the words of the ratio that a formula names itself: "Tỷ lệ số hóa kết quả x 2 điểm"."""
    named = re.match(r"(?:[^=]*=)?\s*(t[ỷỉyi] l[ệe] [^=*/()]{6,}?)\s*(?:[*]|\bx\b|\bnhân\b)", item.text, re.IGNORECASE)
    return named[1] if named and len(named[1].split()) > 3 else ""


def formula_of(desk: Desk, item: Item) -> Node | None:
    """Return what one formula gives."""
    if isinstance(item.worth, Added):
        return sum_of(desk, item.worth)
    return linear(desk, item.worth) if isinstance(item.worth, Worth) else None


def sum_of(desk: Desk, added: Added) -> Node | None:
    """Return a sum of worths as parts, and what is taken away as a deduction."""
    plus: list[tuple[str, Node]] = []
    minus: list[Change] = []
    constant = ZERO
    for sign, worth in added.parts:
        if not sign:
            change = _taken(desk, worth)
            if change is None:
                return None
            minus.append(change)
        elif worth.constant:
            share = desk.share(worth)
            if share is None:
                return None
            constant += share
        else:
            node = linear(desk, worth)
            if node is None:
                return None
            plus.append((words_of(node), node))
    if constant:
        plus.insert(0, ("Điểm tối đa", always(desk, constant, minus[0].of if minus else "")))
    if not plus:
        return None
    base: Node = plus[0][1] if len(plus) == 1 else Joined(tuple(plus))
    if len(plus) > 1:
        desk.how = "parts"
        desk.judge_parts(top(base))
    if not minus:
        return base
    desk.how = "adjusted"
    return Changed(base, (), tuple(minus), top(base))


def _taken(desk: Desk, worth: Worth) -> Change | None:
    """Return what a formula takes away for each of something."""
    if worth.constant or worth.under or len(worth.over) != 1 or (worth.whole and desk.most is None):
        return None
    points = worth.factor * desk.most if worth.whole and desk.most is not None else worth.factor
    term = worth.over[0]
    if isinstance(term, Name) and holds("late", term.name):
        name = desk.sheet.named("days_late", term.name, "day", "days")
    else:
        resolved = desk.sheet.resolved(term)
        if not isinstance(resolved, Name):
            return None
        name = resolved.name
    return Change(desk.sheet.inputs[name].label, name, points)


def always(desk: Desk, share: Fraction, of: str = "") -> Node:
    """Return a rule that always gives the same: no node of the format is a bare constant."""
    name = of or desk.sheet.named("n", desk.title or "Số lượng")
    unit = desk.sheet.inputs[name].unit if name in desk.sheet.inputs else ""
    return Stepped(Figure(Name(name), unit=unit), (("at_least", ZERO, share, "Điểm tối đa"),), (ZERO, "—"))


def words_of(value: Value) -> str:
    """Return a label for a part that has no words of its own."""
    return value.figure.formula if isinstance(value, Proportional | Compared | Each) else "—"


# -- Comparisons with other units


def compared(desk: Desk, item: Item) -> Node:
    """Return "theo phương pháp Min-Max" as a comparison."""
    desk.how = item.name
    kind = "share_of_best" if item.name == "share_of_best" else "min_max"
    return Compared(kind, _peer_figure(desk, item.text), ONE)  # type: ignore[arg-type]


def _peer_figure(desk: Desk, text: str) -> Figure:
    """Return what is compared: the ratio, or the figure that the title names."""
    plain = folded(text)
    of_best = re.search(r"ty le cua (\w+ ){1,3}(voi|so voi)", plain)
    ratio = desk.sheet.ratio is not None or (re.search(r"ty (le|trong)", plain) and not of_best)
    if ratio or re.match(r"ty (le|trong)\b", folded(desk.title)):
        return desk.sheet.quotient()
    return Figure(Name(desk.sheet.named("n", desk.title or text)))


def of_best(desk: Desk, lines: Sequence[Item], formulas: Sequence[Item]) -> Node | None:
    """Return "the highest gets all, the others in proportion" as the share of the best."""
    highest = [item for item in lines if re.search(r"(cao|lon|nhieu|tot) nhat|dan dau", folded(item.label))]
    others = [item for item in (*lines, *formulas) if item not in highest]
    if len(highest) != 1 or len(others) != 1 or not isinstance(others[0].worth, Worth):
        return None
    first, worth = highest[0].worth, others[0].worth
    if not isinstance(first, Worth) or not first.constant or desk.share(first) != 1:
        return None
    return linear(desk, worth) if any(_of_peers(term) for term in worth.under) else None


def _peer_formula(desk: Desk, worth: Worth) -> Node | None:
    """Return "x / highest" and "(x - lowest)/(highest - lowest)"."""
    factor = _factor(desk, worth)
    if factor is None or len(worth.over) != 1 or len(worth.under) != 1:
        return None
    own, under = worth.over[0], worth.under[0]
    if under == BEST:
        desk.how = "share_of_best"
        return Compared("share_of_best", _own_figure(desk, own), factor)
    if (
        under != Operation("-", BEST, WORST)
        or not isinstance(own, Operation)
        or own.symbol != "-"
        or own.right != WORST
    ):
        return None
    desk.how = "min_max"
    return Compared("min_max", _own_figure(desk, own.left), factor)


def _own_figure(desk: Desk, own: Term) -> Figure:
    """Return what a unit has itself, in a formula that compares it with others."""
    if own == RATIO or (
        isinstance(own, Name) and own.name not in desk.sheet.inputs and own.name not in desk.sheet.derived
    ):
        if desk.sheet.ratio is not None or (own == RATIO and holds_ratio(desk.title)):
            return desk.sheet.quotient()
        return Figure(Name(desk.sheet.named("n", desk.title or str(Formula(own)).lstrip("@"))))
    return desk.sheet.figure((own,), ())


def holds_ratio(title: str) -> bool:
    """Tell whether a title names a ratio, or nothing at all."""
    return not title or re.search(r"\bt[yi] (le|trong)\b", folded(title)) is not None


def _of_peers(term: Term) -> bool:
    if isinstance(term, Operation):
        return _of_peers(term.left) or _of_peers(term.right)
    return term in (BEST, WORST)
