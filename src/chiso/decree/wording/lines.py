"""From lines to a rule: steps where they bound one figure, parts where they add up, else a choice between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from chiso.decree.wording.bounding import (
    Bounded,
    Pair,
    about,
    as_shares,
    ends,
    late_counted,
    settled,
    two_sides,
    with_all,
)
from chiso.decree.wording.bounds import POINTS, Bound
from chiso.decree.wording.desk import ONE, ZERO, Desk, percent
from chiso.decree.wording.goals import of_goal
from chiso.decree.wording.items import Item
from chiso.decree.wording.ladder import Rung, ladder
from chiso.decree.wording.lateness import lateness
from chiso.decree.wording.lexing import folded
from chiso.decree.wording.nodes import Figure, Held, Joined, Node, Picked, Proportional, Value, top
from chiso.decree.wording.sayings import found_in, holds, is_one_of, opens_with
from chiso.decree.wording.sheet import unit_in
from chiso.decree.wording.values import formulas_of, linear, words_of
from chiso.decree.wording.worth import RATIO, Worth
from chiso.framework.expression import Name, Term

#: A figure compared with a number: steps of that figure, unless something about the line was misread.
_COMPARED = re.compile(r"[<>≥≤]\s*\d")
_BETWEEN = re.compile(r"\b(?:từ|trên|dưới)\s+\d+(?:[.,]\d+)?\s*(?:%|triệu|tỷ)", re.IGNORECASE)

#: In what two lines may be grades of one thing.
_GRADES = ("grade_time", "grade_quality", "grade_whole")


def rule_of_lines(
    desk: Desk, pairs: Sequence[Pair], formulas: Sequence[Item], whole: Fraction | None, context: str
) -> Node | None:
    """Return the rule of lines and of formulas beside them; ``context`` are the words of headings above."""
    node = lateness(desk, pairs) or of_goal(desk, pairs) or _steps(desk, pairs, formulas, context)
    if node is not None:
        return node
    if formulas:
        extra = formulas_of(desk, formulas)
        return None if extra is None else _beside(desk, pairs, extra, whole)
    return _choice_or_parts(desk, pairs, whole)


# -- Steps


def _steps(desk: Desk, pairs: Sequence[Pair], formulas: Sequence[Item], context: str) -> Node | None:
    """Return lines with bounds on one figure as steps, None where they are not."""
    alone = _alone_with_formula(pairs, formulas)
    if alone is not None:
        return alone
    pairs, late = late_counted(settled(pairs))
    bounded = [(item, value, item.bound) for item, value in pairs if item.bound and not item.bound.compound]
    others = [(item, value) for item, value in pairs if not item.bound or item.bound.compound]
    bounded, others = with_all(bounded, others)
    bounded = as_shares(bounded, f"{context} {desk.title}", hundred=desk.percent)
    if not bounded or len({bound.dimension for _, _, bound in bounded}) > 1 or len(formulas) > 1:
        return None
    bounded = _to_bound(desk, bounded)
    if bounded[0][2].dimension != "share" and any(_is_quotient(value) for _, value, _ in bounded):
        return None
    exact = [bound.low for _, _, bound in bounded if bound.exact]
    if len(set(exact)) < len(exact):
        return None  # "có 01 giải nhất", "có 01 giải nhì": the number is not what tells them apart
    rest = [(value, item.label) for item, value in others if opens_with("negative", item.label)]
    if len(rest) < len(others):
        return _mixed(desk, pairs, formulas, context)
    found = _with_rest(desk, bounded, rest)
    if found is None or not _of_one_figure(bounded, pairs, formulas):
        return None
    bounded, rest = found
    _doubt_two_figures(desk, [item for item, _, _ in bounded], converted=bool(late))
    with desk.sheet.titled(late):
        return _stepped(desk, bounded, rest, formulas, context)


def _alone_with_formula(pairs: Sequence[Pair], formulas: Sequence[Item]) -> Node | None:
    """Return "so với mục tiêu 80%: Điểm = Tỷ lệ/80% * 8" as the formula, of which the bound is no condition."""
    if len(pairs) != 1 or formulas:
        return None
    item, value = pairs[0]
    if not isinstance(value, Proportional) or item.bound is None or not item.bound.exact or not item.bound.low:
        return None
    return value if value.factor * item.bound.low == value.cap else None


def _with_rest(
    desk: Desk, bounded: list[Bounded], rest: list[tuple[Value, str]]
) -> tuple[list[Bounded], list[tuple[Value, str]]] | None:
    """Return lines with bounds and the one that holds for no figure of theirs; None where they are not of one figure.

    What is left may be having nothing to count, or, where more is worse, whatever is more than all that is printed.
    """
    if len({str(value) for value, _ in rest}) > 1:
        return None
    if rest and is_one_of("others", rest[0][1]) and (gap := _between(*rest[0], bounded)) is not None:
        return [*bounded, gap], []
    if rest and _better_than_little(bounded, rest[0][0]):
        return (bounded, []) if _nothing_to_count(desk, rest[0][0]) else None
    if rest and _more_is_worse(bounded) and top(rest[0][0]) < _lowest_worth(bounded):
        if not is_one_of("others", rest[0][1]) or any(bound.high is None for _, _, bound in bounded):
            return None  # "trong vòng 24 giờ; sau 24 giờ; không khắc phục": having done nothing is no small figure
        return [*bounded, _above(*rest[0], bounded)], []
    return bounded, rest


def _of_one_figure(bounded: Sequence[Bounded], pairs: Sequence[Pair], formulas: Sequence[Item]) -> bool:
    """Tell whether bounds are steps of one figure rather than a single demand, or things that add up."""
    first, _, bound = bounded[0]
    alone = len(bounded) == 1 and not formulas and bound.exact and bound.dimension == "count"
    if alone and not re.match(r"(du|dat|co du|to chuc du)\b", folded(first.label)):
        return False
    return len({about(item) for item, _, _ in bounded} - {""}) <= 1 or not _adds_up(pairs)


def _stepped(
    desk: Desk, bounded: list[Bounded], rest: Sequence[tuple[Value, str]], formulas: Sequence[Item], context: str
) -> Node | None:
    """Return bounded lines as steps of the figure they speak of."""
    figure = _figure(desk, bounded, formulas, context, rest)
    if any(bound.dimension == "share" and max(ends(bound), default=ZERO) > 1 for _, _, bound in bounded):
        figure = replace(figure, part=False)  # "từ 120% kế hoạch trở lên"
    rungs = [Rung(bound, _measured(value, figure), item.label or item.text) for item, value, bound in bounded]
    values = [*(one.value for one in rungs), *(value for value, _ in rest)]
    if any(isinstance(one, Proportional) and _sides(one.figure) != _sides(figure) for one in values):
        desk.doubt("two_figures")
    if formulas:
        below = _below(desk, rungs, formulas[0], figure)
        if below is None or rest:
            return None
        rungs.append(below)
    before = len(desk.doubts)
    made = ladder(figure, rungs, rest[0] if rest else None, desk.doubts, desk.others)
    if made is None:
        del desk.doubts[before:]
        desk.doubt("contradiction", grave=True)
        return None
    desk.how = "steps"
    if isinstance(made, Proportional):
        desk.how = "count" if figure.under is None else "ratio"
    desk.judge(made)
    return made


def _better_than_little(bounded: Sequence[Bounded], rest: Value) -> bool:
    """Tell whether having none is worth more than having little, which is a line of its own, though more is better."""
    little = [top(value) for _, value, bound in bounded if bound.low is None]
    much = [top(value) for _, value, bound in bounded if bound.high is None or bound.exact]
    return bool(little and much) and max(much) > little[0] and top(rest) > little[0]


def _more_is_worse(bounded: Sequence[Bounded]) -> bool:
    """Tell whether larger figures are worth less: ranks, delays, faults."""
    ordered = sorted(bounded, key=lambda one: _smallest(one[2]))
    worths = [top(value) for _, value, _ in ordered]
    return len(worths) > 1 and all(one > other for one, other in pairwise(worths))


def _smallest(bound: Bound) -> Fraction:
    return Fraction(-1) if bound.low is None else bound.low


def _lowest_worth(bounded: Sequence[Bounded]) -> Fraction:
    """Return what the line with the smallest figures gives."""
    return top(min(bounded, key=lambda one: _smallest(one[2]))[1])


def _above(value: Value, label: str, bounded: Sequence[Bounded]) -> Bounded:
    """Return "các đơn vị còn lại: 0 điểm" below ranks from 1 to 10 as what holds above 10."""
    last = max((bound for _, _, bound in bounded), key=lambda bound: bound.high or ZERO)
    bound = replace(last, low=last.high, high=None, low_open=not last.high_open, high_open=False, exact=False)
    return Item("line", "", label, label=label, bound=bound), value, bound


def _between(value: Value, label: str, bounded: Sequence[Bounded]) -> Bounded | None:
    """Return "các trường hợp khác: ..." beside "từ 95%: 10; dưới 50%: 0" as what holds between them."""
    bounds = [bound for _, _, bound in bounded]
    low = max((bound for bound in bounds if bound.low is None), key=lambda one: one.high or ZERO, default=None)
    high = min((bound for bound in bounds if bound.high is None), key=lambda one: one.low or ZERO, default=None)
    if len(bounds) != 2 or low is None or high is None or low.high is None or high.low is None or low.high >= high.low:
        return None
    ends_ = {"low": low.high, "low_open": not low.high_open, "high": high.low, "high_open": not high.low_open}
    bound = replace(low, exact=False, **ends_)  # type: ignore[arg-type]
    return Item("line", "", label, label=label, bound=bound), value, bound


def _nothing_to_count(desk: Desk, value: Value) -> bool:
    """Take "dưới 75%: 0 điểm; không phát hiện vấn đề: 2 điểm" as what holds where there was nothing to count."""
    if value != ONE:
        return False
    desk.not_applicable = "full"
    desk.doubt("nothing_to_count_assumed")
    return True


def _is_quotient(value: Value) -> bool:
    return isinstance(value, Proportional) and value.figure.under is not None


def _to_bound(desk: Desk, bounded: list[Bounded]) -> list[Bounded]:
    """Return "≥ 15 tin/tháng: tối đa; < 15 tin/tháng: tỷ lệ * tối đa" with the ratio to the bound of 15."""
    lows = [bound.low for _, value, bound in bounded if value == ONE and bound.low]
    if desk.sheet.ratio is not None or bounded[0][2].dimension == "share" or len(lows) != 1:
        return bounded
    found: list[Bounded] = []
    for item, value, bound in bounded:
        ratio = isinstance(item.worth, Worth) and item.worth.over == (RATIO,) and not item.worth.under
        if ratio and isinstance(value, Proportional):
            desk.sheet.forget("num", "den")
            desk.doubt("ratio_to_bound", bound=str(lows[0]))
            name = desk.sheet.named("n", desk.title or item.label, bound.unit)
            figure = Figure(Name(name), unit=desk.sheet.inputs[name].unit)
            value = Proportional(figure, value.factor / lows[0], value.cap)
        found.append((item, value, bound))
    return found


def _mixed(desk: Desk, pairs: Sequence[Pair], formulas: Sequence[Item], context: str) -> Node | None:
    """Return steps of one figure and other lines as parts, where they add up to everything."""
    held = [(item, value) for item, value in pairs if not item.bound and not opens_with("negative", item.label)]
    steps = [pair for pair in pairs if pair not in held]
    total = sum((top(value) for _, value in held), ZERO) + max((top(value) for _, value in steps), default=ZERO)
    if not any(top(value) for _, value in steps):
        return None  # "b) Không ban hành từ 01 văn bản trở lên: 0": the number is not what earns points
    if not held or formulas or total != 1 or not all(isinstance(value, Fraction) and value for _, value in held):
        return None
    kept = len(desk.doubts)
    made = _steps(desk, steps, (), context)
    if made is None:
        return None
    desk.doubts[kept:] = [doubt for doubt in desk.doubts[kept:] if doubt.code != "unreachable"]
    desk.how = "parts"
    return Joined((*((item.label, _part(item, value)) for item, value in held), (steps[0][0].label, made)))


def _below(desk: Desk, rungs: Sequence[Rung], item: Item, figure: Figure) -> Rung | None:
    """Return a formula beside lines as what holds below them: "Đủ 04: tối đa; số cuộc họp/4 * điểm tối đa"."""
    formula = formulas_of(desk, [item])
    low = min((rung.bound.low for rung in rungs if rung.bound.low is not None), default=None)
    if not isinstance(formula, Proportional) or low is None:
        return None
    bound = replace(rungs[0].bound, low=None, high=low, high_open=True, low_open=False, exact=False)
    return Rung(bound, _measured(formula, figure), item.text)


def _sides(figure: Figure) -> tuple[Term, Term | None]:
    return figure.over, figure.under


def _figure(
    desk: Desk,
    bounded: Sequence[tuple[Item, Value, Bound]],
    formulas: Sequence[Item],
    context: str,
    rest: Sequence[tuple[Value, str]],
) -> Figure:
    """Return the figure that the bounds of lines speak of."""
    linear_ones = [*(value for _, value, _ in bounded), *(value for value, _ in rest)]
    if formulas and isinstance(formulas[0].worth, Worth):
        linear_ones.append(linear(desk, formulas[0].worth) or ZERO)
    for value in linear_ones:
        if isinstance(value, Proportional):
            return _with_unit(desk, value.figure)
    bound = bounded[0][2]
    if bound.dimension == "share":
        return desk.sheet.quotient(_ratio_words(bounded[0][0].label))
    if len(desk.sheet.inputs) == 1 and bound.dimension != "rate":
        return _with_unit(desk, Figure(Name(next(iter(desk.sheet.inputs)))))
    units = {one.unit for _, _, one in bounded} - {""}
    unit = next(iter(units)) if len(units) == 1 else ""
    if bound.dimension == "rate":
        unit = "broadcast" if "phat song" in folded(f"{desk.title} {context} {bounded[0][0].label}") else ""
    elif bound.dimension == "count":
        # "02 cuộc" under "Đối thoại với doanh nghiệp" counts no enterprises.
        named = any(one.noun for _, _, one in bounded)
        unit = unit or ("" if named else unit_in(context) or unit_in(desk.title))
    kind = {"money": "amount", "day": "days"}.get(bound.dimension, "count")
    if bound.noun == POINTS:
        desk.doubt("points_of_others", label=desk.title or context or bounded[0][0].label)
    kind = "number" if bound.noun.startswith(POINTS) else kind  # "3 điểm phần trăm"
    label = context or desk.title or bounded[0][0].label
    if "/" in bound.noun:  # "65 triệu đồng/người/năm"
        label = f"{label} ({bound.noun})"
    if bound.per and folded(bound.per) != "nam":  # "05 tin/tháng"
        label = f"{label} (bình quân mỗi {bound.per.casefold()})"
    name = desk.sheet.named("n", label, unit, kind)
    return Figure(Name(name), unit=desk.sheet.inputs[name].unit)


def ratio_words(item: Item) -> str:
    """Return how a line calls what it counts: the name of its ratio, or else all its words."""
    return _ratio_words(item.label) or item.label


def _ratio_words(label: str) -> str:
    """Return "Tỷ lệ hồ sơ trực tuyến" of "Tỷ lệ hồ sơ trực tuyến đạt từ 50% trở lên", empty where no more is said."""
    match = re.match(
        r"(t[ỷỉyi] l[ệe]\s.*?)\s*(?:\b(?:đạt|từ|trên|dưới|tối|ít|lớn|nhỏ|không|hơn|cao|thấp)\b|[<>≥≤=\d])",
        label,
        re.IGNORECASE,
    )
    words = match[1].strip(" :") if match else ""
    return words if len(words.split()) > 3 else ""


def _with_unit(desk: Desk, figure: Figure) -> Figure:
    if figure.under is None and isinstance(figure.over, Name) and figure.over.name in desk.sheet.inputs:
        return replace(figure, unit=desk.sheet.inputs[figure.over.name].unit)
    return figure


def _measured(value: Value, figure: Figure) -> Value:
    """Return a proportion of the same figure with that very figure, so that both compare equal."""
    if isinstance(value, Proportional) and (value.figure.over, value.figure.under) == (figure.over, figure.under):
        return replace(value, figure=figure)
    return value


#: What opens a line that is said of each of many.
_OF_ALL = re.compile(r"\W*(?:tất cả|toàn bộ|100 ?%|mọi)\s(?!đơn vị)", re.IGNORECASE)


def _of_each(item: Item) -> bool:
    """Tell whether a bound holds for each of many: "tất cả nhân viên được đào tạo từ 24 giờ trở lên"."""
    return item.bound is not None and item.bound.dimension != "share" and bool(_OF_ALL.match(item.label))


def _doubt_two_figures(desk: Desk, items: Sequence[Item], *, converted: bool) -> None:
    """Doubt lines with bounds that have no words in common, that count what is late, or are said of each of many."""
    if not converted and (two_sides(items) or any(_of_each(item) for item in items)):
        desk.doubt("two_figures", grave=True)
    abouts = [set(about(item).split()) for item in items]
    if any(one and other and one.isdisjoint(other) for one, other in pairwise(abouts)):
        desk.doubt("two_figures")


# -- Choices and parts


def _beside(desk: Desk, pairs: Sequence[Pair], extra: Node, whole: Fraction | None) -> Node | None:
    """Return lines and a formula that add up; else it is unclear when the formula holds."""
    total = top(extra) + sum((top(value) for _, value in pairs), ZERO)
    # "(b/a)*4; nếu b/a < 0,80: 0 điểm": the line says when the formula does not hold.
    limits = any(not top(value) and re.search(r"\d", item.label) for item, value in pairs)
    if total == (whole or ONE) and not limits:
        desk.how = "parts"
        held = [(item.label, _part(item, value)) for item, value in pairs if top(value)]
        return Joined((*held, (words_of(extra), extra)))
    desk.doubt("formula_beside_lines", grave=True)
    return _choice_or_parts(desk, pairs, whole)


def _choice_or_parts(desk: Desk, pairs: Sequence[Pair], whole: Fraction | None) -> Node | None:
    """Return lines without bounds: parts where they add up to the whole, else a choice between them."""
    if any(not item.label for item, _ in pairs):
        if len(pairs) == 1:
            desk.doubt("no_condition", grave=True)
        return None
    if len(pairs) == 1:
        return _alone(desk, *pairs[0])
    if whole is not None and _adds_up(pairs, whole):
        return _parts(desk, pairs)
    listed = None if whole is None else _listed(desk, pairs, whole)
    if listed is not None:
        return listed
    worths: dict[str, set[str]] = {}
    for item, value in pairs:
        worths.setdefault(folded(item.label), set()).add(str(value))
    if len(worths) < len(pairs):
        unclear = len(worths) == 1 or any(len(found) > 1 for found in worths.values())
        desk.doubt("same_words", grave=unclear)
    bounds = sum(item.bound is not None and not item.bound.compound and not item.bound.exact for item, _ in pairs)
    # A formula beside numbers that were not understood as bounds.
    formula = any(not isinstance(value, Fraction) for _, value in pairs)
    numbers = formula and any(re.search(r"\d", item.label) for item, _ in pairs)
    between = sum(bool(_BETWEEN.search(item.label)) for item, _ in pairs)
    if bounds > 1 or between > 1 or numbers or any(_COMPARED.search(item.label) for item, _ in pairs):
        desk.doubt("bounds_as_choice")
    if any(holds("among_others", item.label) for item, _ in pairs):
        desk.doubt("others_decide")
    desk.how = "choice"
    made = Picked(tuple((item.label, value) for item, value in pairs))
    desk.judge(made, whole or ZERO)
    return made


def _alone(desk: Desk, item: Item, value: Value) -> Node:
    """Return a single line: nothing is said about what else may be."""
    if not isinstance(value, Fraction) and item.children:
        desk.judge(value)
        return value
    desk.how = "choice"
    desk.doubt("nothing_else_said")
    if isinstance(value, Fraction):
        desk.judge(Held(item.label, value))
        return Held(item.label, value)
    return Picked(((item.label, value), ("—", ZERO)), item.label)


def _parts(desk: Desk, pairs: Sequence[Pair]) -> Node:
    desk.how = "parts"
    positive = [(item, value) for item, value in pairs if top(value) > 0]
    made = Joined(tuple((item.label, _part(item, value)) for item, value in positive))
    if any(_graded(*one, *other) for one, other in pairwise(positive)):
        desk.doubt("parts_or_choice", grave=True)
        desk.others.append((made, Picked(tuple((item.label, value) for item, value in pairs))))
    return made


def _part(item: Item, value: Value) -> Node:
    return Held(item.label, value) if isinstance(value, Fraction) else value


def _listed(desk: Desk, pairs: Sequence[Pair], most: Fraction) -> Node | None:
    """Return "cung cấp thông tin, cung cấp DVCTT: 1/2" as one half for each thing listed (reading A6)."""
    positive = [(item, value) for item, value in pairs if top(value) > 0]
    item, value = positive[0] if len(positive) == 1 else (pairs[0][0], ZERO)
    if not isinstance(value, Fraction) or value in (ZERO, most):
        return None
    listed = [words.strip() for words in item.label.split(",")]
    if len(listed) < 2 or value * len(listed) != most:
        return None
    desk.how = "parts"
    desk.doubt("share_each", share=percent(value))
    made = Joined(tuple((words, Held(words, value)) for words in listed))
    desk.others.append((made, Picked(tuple((one.label, worth) for one, worth in pairs))))
    return made


def _adds_up(pairs: Sequence[Pair], most: Fraction = ONE) -> bool:
    """Tell whether lines are parts: none gives everything, and together they do."""
    values = [top(value) for _, value in pairs if top(value) > 0]
    return len(values) > 1 and max(values) < most and sum(values, ZERO) == most


def _graded(first: Item, value: Value, second: Item, other: Value) -> bool:
    """Tell whether two lines look like grades of one thing rather than two things."""
    kinds = (*_GRADES, "grade_level") if value != other else _GRADES
    found = [(set(found_in(kind, first.label)), set(found_in(kind, second.label))) for kind in kinds]
    return any(one and two and one != two for one, two in found)
