"""Points that come from elsewhere, out of another number: "Điểm khảo sát (thang 5) x 2", "Điểm đạt được x 10/100"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from chiso.decree.wording.desk import ONE, Desk
from chiso.decree.wording.lexing import number_of
from chiso.decree.wording.nodes import Figure, Node, Proportional
from chiso.framework.expression import Name

_NUMBER = r"\d+(?:[.,]\d+)?"
_CALLED = r"(?:điểm(?: số)?(?: quy đổi| đánh giá| đạt được)?\s*=\s*)?"
_FIGURE = r"(?P<figure>(?=[^=:;()]*(?:điểm|kết quả|khảo sát))[^=:;()*/\d]{6,80}?)"
_OUT_OF = rf"(?:\(\s*)?(?:theo\s+)?thang(?: điểm)?\s*(?P<scale>{_NUMBER})\s*(?:điểm\s*)?\)?"
#: Each says how many points one point of the other scale is worth.
_SAYINGS = tuple(
    re.compile(rf"\W*{_CALLED}{_FIGURE}\s*{rest}[\s.;]*", re.IGNORECASE)
    for rest in (
        rf"{_OUT_OF}\s*(?:[x*]|nhân(?: với)?)\s*(?P<times>{_NUMBER})",
        rf"{_OUT_OF}\s*(?:[:/]|chia(?: cho)?)\s*(?P<by>{_NUMBER})",
        rf"[x*]\s*(?P<most>{_NUMBER})\s*/\s*(?P<scale>{_NUMBER})",
        rf"{_OUT_OF},?\s*(?:được\s+)?quy đổi (?:về|sang|ra|theo) thang(?: điểm)?\s*(?P<most>{_NUMBER})",
    )
)


def scaled(desk: Desk, lines: Sequence[str]) -> Node | None:
    """Return points of another scale as points of the criterion; None where the whole scale is not the maximum."""
    match = next((found for one in _SAYINGS if (found := one.fullmatch(lines[0]))), None) if len(lines) == 1 else None
    if match is None or not desk.most:
        return None
    said = {
        name: number_of(text) or Fraction(0) for name, text in match.groupdict().items() if text and name != "figure"
    }
    if not all(said.values()):
        return None
    scale = said["scale"]
    worth = said["times"] if "times" in said else ONE / said["by"] if "by" in said else said["most"] / scale
    if worth * scale != desk.most:
        return None
    desk.how = "scale"
    desk.doubt("other_scale", scale=match["scale"])
    name = desk.sheet.named("n", match["figure"].strip(" ,"), kind="number")
    return Proportional(Figure(Name(name)), worth / desk.most, ONE)
