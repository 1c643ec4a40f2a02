"""Bounds of lines before they become steps: which figure they speak of, and what their words leave out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from chiso.decree.wording.bounds import Bound
from chiso.decree.wording.desk import ONE, ZERO
from chiso.decree.wording.items import Item
from chiso.decree.wording.lexing import folded
from chiso.decree.wording.nodes import Value
from chiso.decree.wording.sayings import holds, is_one_of, opens_with

#: Words of bounds, and words that name no figure; compared without diacritics.
_BOUNDING = re.compile(
    r"\b(tu|tren|duoi|dat|co|muc|khong|qua|toi thieu|it nhat|du|hon|ty le|so|luong|cua|va|duoc|cac|neu|lon|nho|cao|thap"
    r"|it|hoac|bang|den)\b"
)

#: Words that say how many are missing: "thiếu 01 nhóm", "vắng 02 cuộc"; compared without diacritics.
_MISSING = re.compile(r"(?:con |co |neu |bi )?(?:thieu|vang|bo|khong tham gia|khong tham du|khong du)\b(?=.*\d)")
#: A second condition in front of a bound, rather than more words for the figure.
_SECOND = re.compile(r"(?:co|da|khong)\b|.*\b(?:va|nhung|dong thoi|kem)\b")

Pair = tuple[Item, Value]
Bounded = tuple[Item, Value, Bound]


def settled(pairs: Sequence[Pair]) -> list[Pair]:
    """Return lines with the bounds that their words mean beside each other."""
    return _less_bounded(_missing_counted(_over_plan(_listed_as_one(_parts_of_whole(pairs)))))


def _parts_of_whole(pairs: Sequence[Pair]) -> list[Pair]:
    """Take "từ 1/2 đến dưới 2/3" beside "trên 2/3 số thôn" as shares."""
    share = any(item.bound and item.bound.dimension == "share" for item, _ in pairs)
    return [(_as_part(item) if share else item, value) for item, value in pairs]


def _as_part(item: Item) -> Item:
    bound = item.bound
    bare = bound is not None and bound.dimension == "count" and not bound.noun and not bound.per
    if bound is None or not bare or not re.search(r"\d\s?/\s?\d", item.label) or max(ends(bound)) > 1:
        return item
    return replace(item, bound=replace(bound, dimension="share", unit=""))


def _listed_as_one(pairs: Sequence[Pair]) -> list[Pair]:
    """Take "thảo luận, chất vấn ≥ 40%: ...; dưới 40%: ..." as bounds on one figure that is named by a list."""
    others = [item for item, _ in pairs if item.bound and not item.bound.compound]
    bare = bool(others) and all(not about(item) for item in others)
    return [(_named_by_list(item, bare=bare), value) for item, value in pairs]


def _named_by_list(item: Item, *, bare: bool) -> Item:
    if item.bound is None or not item.bound.compound:
        return item
    before = re.split(r"\d|[<>≥≤=]", folded(item.label))[0]
    ratio = re.match(r"t[yi] (le|trong)\b", before)
    named = ratio or (bare and not _SECOND.match(before))
    return replace(item, bound=replace(item.bound, compound=False)) if named else item


def _over_plan(pairs: Sequence[Pair]) -> list[Pair]:
    """Take "vượt 10% kế hoạch" beside "đạt 100% kế hoạch" as more than 110% of it."""
    plan = any(item.bound and item.bound.dimension == "share" and max(ends(item.bound)) >= 1 for item, _ in pairs)
    return [(_beyond(item) if plan else item, value) for item, value in pairs]


def _beyond(item: Item) -> Item:
    plain, bound = folded(item.label), item.bound
    if bound is None or bound.dimension != "share" or not re.match(r"(?:hoan thanh )?vuot\b", plain):
        return item
    if max(ends(bound)) >= 1:
        return item
    low, high = (None if end is None else end + 1 for end in (bound.low, bound.high))
    return replace(item, bound=replace(bound, low=low, high=high, low_open=bound.low_open and "tro len" not in plain))


#: Words of a line about what was done in time; compared without diacritics.
_TIMELY = re.compile(r"\b(?:(?:dung|truoc) (?:han|thoi han|tien do|thoi gian)|kip thoi)\b")


def late_counted(pairs: Sequence[Pair]) -> tuple[list[Pair], str]:
    """Take "đúng hạn 100%: 10; trễ hạn dưới 5%: 8; ..." as shares of what is late, and return how that is called."""
    shares = [item for item, _ in pairs if item.bound and item.bound.dimension == "share"]
    late = [item for item in shares if speaks_of_delay(item.label)]
    timely = [item for item in shares if _TIMELY.search(folded(item.label)) and item not in late]
    bounds = [item.bound for item in timely if item.bound]
    if not late or len(bounds) != 1 or not bounds[0].exact or bounds[0].low != 1:
        return list(pairs), ""
    none = replace(bounds[0], low=ZERO, high=ZERO)
    called = re.split(r"\s*(?:\b(?:dưới|trên|từ|đạt|đến|không quá)\b|[\d<>≥≤=])", late[0].label, maxsplit=1)[0]
    return [(replace(item, bound=none) if item is timely[0] else item, value) for item, value in pairs], called


def two_sides(items: Sequence[Item]) -> bool:
    """Tell whether some lines count what was done in time and others what was late."""
    late = [item for item in items if speaks_of_delay(item.label)]
    return bool(late) and any(_TIMELY.search(folded(item.label)) for item in items if item not in late)


def speaks_of_delay(label: str) -> bool:
    """Tell whether words speak of what is late, "không đúng hạn" among it."""
    return holds("late", label) or re.search(r"\bkhong (?:dung|kip|bao dam)\b", folded(label)) is not None


def _missing_counted(pairs: Sequence[Pair]) -> list[Pair]:
    """Take "đạt cả 04 nhóm: 4; thiếu 01 nhóm: 2; thiếu từ 02 nhóm: 0" as steps of how many are missing."""
    lacking = [item for item, _ in pairs if item.bound and _MISSING.match(folded(item.label))]
    others = [(item, value) for item, value in pairs if item not in lacking]
    bounds = [item.bound for item in lacking if item.bound]
    counts = all(bound.dimension == "count" for bound in bounds)
    opened = any(bound.high is None and not bound.exact for bound in bounds)
    if not counts or not opened or len(others) != 1 or others[0][1] != ONE:
        return list(pairs)
    none = replace(bounds[0], low=ZERO, high=ZERO, low_open=False, high_open=False, exact=True, compound=False)
    # Numbers of what is missing are exact, "thiếu 01 nhóm" as well as "thiếu từ 03 nhóm".
    return [(item if item in lacking else replace(item, bound=none), value) for item, value in pairs]


def _less_bounded(pairs: Sequence[Pair]) -> list[Pair]:
    """Return "ít hơn: 1 điểm" with the bound that it means: below the lowest that is printed."""
    bounds = [item.bound for item, _ in pairs if item.bound and not item.bound.compound]
    lows = [bound.low for bound in bounds]
    lowest = min((low for low in lows if low is not None), default=None)
    if lowest is None or None in lows:
        return list(pairs)
    below = replace(bounds[0], low=None, low_open=False, high=lowest, high_open=True, exact=False)
    return [
        (replace(item, bound=below), value) if item.bound is None and is_one_of("less", item.label) else (item, value)
        for item, value in pairs
    ]


def with_all(bounded: list[Bounded], others: list[Pair]) -> tuple[list[Bounded], list[Pair]]:
    """Take "tất cả các thôn" beside shares of them as 100%."""
    if not bounded or any(bound.dimension != "share" for _, _, bound in bounded):
        return bounded, others
    everything = Bound("share", ONE, ONE, exact=True)
    whole = [(item, value, everything) for item, value in others if opens_with("all", item.label)]
    return (
        ([*whole, *bounded], [pair for pair in others if not opens_with("all", pair[0].label)])
        if len(whole) == 1
        else (bounded, others)
    )


def as_shares(bounded: list[Bounded], words: str, *, hundred: bool) -> list[Bounded]:
    """Return bounds such as "≥ 90" under a heading "Tỷ lệ (%)", or beside a ratio "a/b x 100", as shares."""
    bare = all(bound.dimension == "count" and not bound.noun for _, _, bound in bounded)
    in_percent = "(%)" in words or (hundred and any(max(ends(bound), default=ZERO) > 1 for _, _, bound in bounded))
    if not bare or not in_percent or any(max(ends(bound), default=ZERO) > 100 for _, _, bound in bounded):
        return bounded
    return [(item, value, _hundredth(bound)) for item, value, bound in bounded]


def ends(bound: Bound) -> list[Fraction]:
    """Return the ends of a bound that are printed."""
    return [end for end in (bound.low, bound.high) if end is not None]


def _hundredth(bound: Bound) -> Bound:
    low, high = (None if end is None else end / 100 for end in (bound.low, bound.high))
    return replace(bound, dimension="share", low=low, high=high, unit="")


def about(item: Item) -> str:
    """Return what a line with a bound speaks of: its words before the figure."""
    return _about(item.label)


@lru_cache(maxsize=1024)
def _about(label: str) -> str:
    plain = re.split(r"\d|[<>≥≤=]", folded(label))[0]
    plain = _BOUNDING.sub(" ", plain)
    return " ".join(plain.split())
