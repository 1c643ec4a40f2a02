"""From lines with bounds to steps: in order, without holes, with what holds below the lowest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from chiso.decree.wording import Doubt
from chiso.decree.wording.bounds import Bound
from chiso.decree.wording.nodes import Figure, Node, Proportional, Stepped, Value, top
from chiso.decree.wording.sayings import opens_with

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Rung:
    """One line of a ladder: where it holds, what it gives, its printed words."""

    bound: Bound
    value: Value
    label: str


def ladder(
    figure: Figure,
    rungs: Sequence[Rung],
    rest: tuple[Value, str] | None,
    doubts: list[Doubt],
    others: list[tuple[Node, Node]],
) -> Stepped | Proportional | None:
    """Return the steps that lines with bounds make, None where they contradict each other.

    ``rest`` is what an unbounded line gives ("Chưa có: 0 điểm"). Doubts, and what else the lines may mean,
    are added to the lists.
    """
    share = rungs[0].bound.dimension == "share"
    ordered = sorted((_settled(rung, rungs) for rung in _chained(rungs)), key=_place, reverse=True)
    if not _fit(ordered, doubts, whole_numbers=rungs[0].bound.dimension in ("count", "day")):
        return None
    _closed_above(ordered[0], doubts, share=share)
    lowest = ordered[-1]
    lines = [_line(rung) for rung in ordered if rung.bound.low is not None]
    if lowest.bound.low is None or (lowest.bound.low <= 0 and not lowest.bound.low_open):
        if rest is None or _same(rest[0], lowest.value):
            lines = lines[:-1] if lowest.bound.low is not None else lines
            otherwise = (lowest.value, lowest.label)
        else:
            # "Dưới 10: 1/4; chưa có: 0": one at least, or anything above nothing.
            counted = rungs[0].bound.dimension in ("count", "rate") and (lowest.bound.high or ZERO) > 1
            kind = ("at_least", ONE) if counted else ("above", ZERO)
            lines = [*(line for line in lines if line[1] > 0), (*kind, lowest.value, lowest.label)]
            otherwise = rest
    else:
        if rest is not None and _skips(lowest.bound, rest[1]):
            doubts.append(Doubt("gap", {"low": "1", "high": str(lowest.bound.low)}))
        if rest is None and not _ranked(ordered):
            doubts.append(Doubt("nothing_below", {"bound": str(lowest.bound.low)}))
        otherwise = (ZERO, "—") if rest is None else rest
    if not lines:
        return None
    if share and sum(rung.bound.exact and rung.bound.low not in (ZERO, ONE) for rung in rungs) > 1:
        doubts.append(Doubt("between_exact"))
    made = Stepped(figure, tuple(lines), otherwise, share_bounds=share)
    return _as_proportion(made, doubts, others)


def _skips(bound: Bound, words: str) -> bool:
    """Tell whether nothing is said of one, between none and the least that is printed: "từ 02: 6 điểm; không có: 0"."""
    none = opens_with("nothing_there", words) or words.casefold().startswith("chưa có")
    return none and bound.dimension == "count" and bound.low is not None and 1 < bound.low <= 5


def _ranked(ordered: Sequence[Rung]) -> bool:
    """Tell whether rungs, the highest figures first, begin with the best place, below which there is none."""
    lowest = ordered[-1]
    first = lowest.bound.dimension == "count" and lowest.bound.low == 1
    return first and len(ordered) > 1 and top(lowest.value) == max(top(one.value) for one in ordered)


def _chained(rungs: Sequence[Rung]) -> list[Rung]:
    """Return "dưới 2: 8; dưới 3: 6; dưới 4: 4" as ranges, each from where the one before it ends."""
    ends = {
        one.bound.high: one.bound.high_open for one in rungs if one.bound.low is None and one.bound.high is not None
    }
    if any(one.bound.exact and one.bound.low == 0 for one in rungs):
        ends[ZERO] = False  # "không vắng: 10; vắng dưới 2: 8"
    found: list[Rung] = []
    for rung in rungs:
        start = max((end for end in ends if rung.bound.high is not None and end < rung.bound.high), default=None)
        if rung.bound.low is None and start is not None:
            rung = replace(rung, bound=replace(rung.bound, low=start, low_open=not ends[start]))
        found.append(rung)
    return found


def _settled(rung: Rung, rungs: Sequence[Rung]) -> Rung:
    """Return a rung whose bare number ("100%", "02 văn bản") is a range."""
    bound = rung.bound
    if not bound.exact or bound.low is None:
        return rung
    if bound.dimension == "rate":  # "hằng tuần": as often as that, or more
        return replace(rung, bound=replace(bound, high=None))
    values = [one.bound.low for one in rungs if one.bound.exact and one.bound.low is not None]
    if bound.dimension == "share" and bound.low == 0:
        return replace(rung, bound=replace(bound, low=None))
    highest = all(one is rung or _upper(one.bound) <= bound.low for one in rungs)
    if highest and (bound.dimension != "count" or top(rung.value) == max(top(one.value) for one in rungs)):
        return replace(rung, bound=replace(bound, high=None))
    if bound.dimension == "share" and len(values) > 1:
        above = min((value for value in values if value > bound.low), default=None)
        return replace(rung, bound=replace(bound, high=above, high_open=above is not None))
    return rung


def _upper(bound: Bound) -> Fraction:
    if bound.high is not None:
        return bound.high
    return bound.low if bound.low is not None else ZERO


def _place(rung: Rung) -> tuple[int, Fraction, bool]:
    low = rung.bound.low
    return (0, ZERO, False) if low is None else (1, low, rung.bound.low_open)


def _line(rung: Rung) -> tuple[str, Fraction, Value, str]:
    low = rung.bound.low
    assert low is not None, "only rungs with a lower end make lines"
    return ("above" if rung.bound.low_open else "at_least", low, rung.value, rung.label)


def _same(first: Value, second: Value) -> bool:
    return first == second


def _fit(ordered: Sequence[Rung], doubts: list[Doubt], *, whole_numbers: bool) -> bool:
    """Tell whether rungs, the highest first, leave no hole and do not overlap; small flaws become doubts."""
    for upper, lower in pairwise(ordered):
        start, end = upper.bound.low, lower.bound.high
        if start is None or (
            lower.bound.low is not None and lower.bound.low == start and lower.bound.low_open == upper.bound.low_open
        ):
            return False  # two lines for the same figures
        if end is None:
            continue
        share = upper.bound.dimension == "share"
        if end > start:
            if not isinstance(lower.value, Fraction) or not isinstance(upper.value, Fraction):
                return False
            doubts.append(Doubt("overlap", {"low": _shown(start, share), "high": _shown(end, share)}, grave=True))
        elif end < start:
            step = start - end
            if whole_numbers and step == 1 and not lower.bound.high_open and not upper.bound.low_open:
                continue
            small = step <= Fraction(1, 100) if share else step <= 1
            doubts.append(Doubt("gap", {"low": _shown(end, share), "high": _shown(start, share)}, grave=not small))
        elif _falls_far(upper.value, lower.value, start):
            doubts.append(Doubt("jump", {"bound": _shown(start, share)}))
        elif lower.bound.high_open and upper.bound.low_open:
            doubts.append(Doubt("gap_at", {"bound": _shown(start, share)}))
        elif not lower.bound.high_open and not upper.bound.low_open and not _meets(upper, lower, start):
            doubts.append(Doubt("shared_end", {"bound": _shown(start, share)}))
    return True


def _falls_far(above: Value, below: Value, at: Fraction) -> bool:
    """Tell whether a formula gives less than half of the line above where it ends, or twice as much: it was misread."""
    if not isinstance(below, Proportional) or not isinstance(above, Fraction):
        return False
    return not above / 2 <= below.factor * at <= above * 2


def _meets(upper: Rung, lower: Rung, at: Fraction) -> bool:
    """Tell whether two rungs give the same where both hold."""
    if isinstance(lower.value, Proportional) and isinstance(upper.value, Fraction):
        return lower.value.factor * at == upper.value
    return upper.value == lower.value


def _closed_above(highest: Rung, doubts: list[Doubt], *, share: bool) -> None:
    end = highest.bound.high
    if end is None or (share and end >= 1 and not highest.bound.high_open):
        return
    doubts.append(Doubt("nothing_above", {"bound": _shown(end, share)}, grave=top(highest.value) == 0))


def _shown(value: Fraction, share: bool) -> str:  # noqa: FBT001 - a private helper of sentences
    return f"{value * 100}%" if share else str(value)


def _as_proportion(steps: Stepped, doubts: list[Doubt], others: list[tuple[Node, Node]]) -> Stepped | Proportional:
    """Return "≥ 80 %: all; below: ratio/80 %" as one proportion; a jump at the bound is a doubt (reading A1)."""
    value = steps.otherwise[0]
    if len(steps.lines) != 1 or not isinstance(value, Proportional) or value.figure != steps.figure:
        return steps
    kind, bound, full, _ = steps.lines[0]
    if not isinstance(full, Fraction) or kind not in ("at_least", "above"):
        return steps
    if value.factor * bound == full:
        return Proportional(steps.figure, value.factor, full)
    if value.factor == full and bound < 1:
        doubts.append(Doubt("jump", {"bound": _shown(bound, share=steps.share_bounds)}))
        scaled = Proportional(steps.figure, full / bound, full)
        made, other = (scaled, steps) if bound < Fraction(1, 2) else (steps, scaled)
        others.append((made, other))
        return made
    doubts.append(Doubt("jump", {"bound": _shown(bound, share=steps.share_bounds)}))
    return steps
