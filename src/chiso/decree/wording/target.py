"""Reads one cell of a maturity row: what a criterion asks at one level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from chiso.decree.wording import TargetReading
from chiso.decree.wording.bounds import Bound, bound_of
from chiso.decree.wording.emission import written
from chiso.decree.wording.lexing import Token, folded, tokens_of
from chiso.decree.wording.parsing import branches, leaves, parse
from chiso.decree.wording.sayings import is_one_of, opens_with
from chiso.decree.wording.tidy import tidy_lines

#: Longest cell read, in characters.
MAX_LENGTH = 2_000

#: Names of maturity levels, the lowest first, where a framework does not say otherwise.
LEVELS = ("khởi động", "kết nối", "cơ bản", "nâng cao", "toàn diện")

_OR = re.compile(r"\s+hoặc\s+|\s+hoac\s+", re.IGNORECASE)


def read_target(text: str, *, levels: Sequence[str] = LEVELS) -> TargetReading:
    """Read what a maturity criterion asks at one level.

    ``levels`` are the names of the maturity levels, the lowest first; they occur in targets about child units.
    """
    printed = " ".join(tidy_lines(text[: MAX_LENGTH + 1])).strip(" ;.,")
    if len(text) > MAX_LENGTH or not printed:
        # An empty cell may be a level at which nothing is asked, or a cell that was lost.
        left = (printed,) if printed else ()
        return TargetReading(None, None, "low", "too_long" if printed else "empty", left_over=left)
    if is_one_of("not_asked", printed) or re.fullmatch(r"[-–x/\s]*", printed):
        return TargetReading(None, None, "high" if is_one_of("not_asked", printed) else "medium", "not_applied")
    either = _OR.split(printed)
    if len(either) > 1:
        found = _any_of(printed, either, levels)
        if found is not None:
            return found
    return _single(printed, levels)


def _single(printed: str, levels: Sequence[str]) -> TargetReading:
    tokens = tokens_of(printed)
    children = _children(printed, tokens, levels)
    if children is not None:
        return children
    # A comma only lists what is counted: "Có 2 doanh nghiệp, hợp tác xã".
    bound = bound_of([token for token in tokens if token.type != "COMMA"])
    if bound is not None:
        return _threshold(printed, bound)
    if any(token.type in ("NUMBER", "PERCENT", "FRACTION") for token in tokens):
        return TargetReading(None, None, "low", "not_understood", left_over=(printed,))
    if opens_with("negative", printed):
        return TargetReading(None, None, "low", "not_understood", left_over=(printed,))
    said = any(opens_with("there", word) for word in printed.split())
    return TargetReading({"printed": printed, "has": True}, "yes_no", "high" if said else "medium", "has")


def _threshold(printed: str, bound: Bound) -> TargetReading:
    """Return "50%", "Tối thiểu 03 hệ thống", "Có 2 doanh nghiệp" as the least that is asked."""
    share = bound.dimension == "share"
    unclear = bound.dimension not in ("share", "count") or bound.low is None or bound.low_open
    if unclear or bound.low is None or (bound.high is not None and not bound.exact):
        return TargetReading(None, None, "low", "not_understood", left_over=(printed,))
    target: dict[str, Any] = {"printed": printed, "at_least": written(bound.low, share=share)}
    return TargetReading(target, "share" if share else "count", "high", "at_least")


def _any_of(printed: str, either: Sequence[str], levels: Sequence[str]) -> TargetReading | None:
    """Return "Có 3 doanh nghiệp trở lên hoặc 100% doanh nghiệp trên địa bàn" as one of several targets."""
    found = [_single(one.strip(), levels) for one in either]
    if any(one.target is None for one in found):
        return None
    values = {one.value for one in found}
    targets = [dict(one.target or {}) for one in found]
    if values == {"yes_no"}:
        # "Có hệ thống hoặc nền tảng" is one thing to have.
        return TargetReading({"printed": printed, "has": True}, "yes_no", found[0].confidence, "has")
    if values == {"count", "share"}:
        for target, one in zip(targets, found, strict=True):
            if one.value == "share":
                if target["at_least"] != "100%":
                    return None
                del target["at_least"]
                target["all_of_total"] = True
        return TargetReading({"printed": printed, "any_of": targets}, "count", "high", "any_of")
    if len(values) > 1:
        return None
    return replace(found[0], target={"printed": printed, "any_of": targets}, how="any_of")


def _children(printed: str, tokens: Sequence[Token], levels: Sequence[str]) -> TargetReading | None:
    """Return "100% xã đạt mức ... trở lên, trong đó tối thiểu 50% đạt mức ..." as a condition on child units."""
    tree = parse("target", _levelled(printed, tokens, levels))
    if tree is None:
        return None
    asked = [
        (one[0].value or Fraction(0), int(one[-1].data))
        for one in ([t for t in leaves(branch) if t.type in ("PERCENT", "LEVEL")] for branch in branches(tree))
    ]
    if asked[0][0] != 1:
        return None
    condition: dict[str, Any] = {"all_at_least": asked[0][1]}
    if len(asked) > 1:
        condition |= {"share": written(asked[1][0], share=True), "at_least": asked[1][1]}
    return TargetReading({"printed": printed, "children": condition}, "children", "high", "children")


def _levelled(printed: str, tokens: Sequence[Token], levels: Sequence[str]) -> list[Token]:
    """Return only the tokens that ``target.lark`` knows, with the names of levels as one token each."""
    plain = folded(printed)
    if len(plain) != len(printed):
        return []
    names = {folded(name): number for number, name in enumerate(levels, start=1)}
    named = "|".join(map(re.escape, names)) or "(?!)"
    found = [
        Token("LEVEL", match.group(), match.start(), match.end(), data=str(names.get(match["name"], match["number"])))
        for match in re.finditer(rf"muc(?: do)?(?: chuyen doi so)? (?:(?P<name>{named})|(?P<number>\d))\b", plain)
    ]
    found += [Token("WITHIN", match.group(), match.start(), match.end()) for match in re.finditer(r"trong do", plain)]
    inside = [(one.start, one.end) for one in found]
    for token in tokens:
        overlaps = any(start < token.end and token.start < end for start, end in inside)
        if token.type in ("PERCENT", "AT_LEAST", "UPWARD") and not overlaps:
            found.append(token)
    return sorted(found, key=lambda token: token.start)
