"""Columns that only say what has to be reached: "Mức đạt chuẩn: ≥ 80%", one for all units or one for each area."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chiso.decree.document.shape import Row
from chiso.decree.language.headings import Role
from chiso.decree.language.letters import folded, one_line

#: Headings of such columns, and of the criteria beside them.
_ASKED = re.compile(r"chi tieu|muc (?:do )?dat|dat chuan|muc chuan|yeu cau|chuan phai dat|quy dinh dat")
_CRITERIA = re.compile(r"tieu chi")
#: What holds for all areas, printed beside what holds for each.
_COMMON = re.compile(r"chung|toan (?:tinh|quoc)|ca nuoc")
#: What such a cell holds: a bound, a share, or that something is there.
_TARGET = re.compile(
    r"(?:dat|co|hoan thanh)(?: .{0,40})?|khong.{0,40}"
    r"|(?:[<>=]|tu |tren |duoi |toi thieu |it nhat |khong qua |den )?[=\s]*\d.{0,50}"
)
_SIGNS = str.maketrans({"≥": ">", "≤": "<"})
_MOSTLY = 0.7
#: The only target, and the first of several areas, stands for this level: that the standard is met.
MET = "Đạt chuẩn"


def targets_of(
    headings: Sequence[str], own: Sequence[str], roles: Sequence[Role | None], body: Sequence[Row]
) -> dict[int, str]:
    """Return the columns of what has to be reached, with their own headings, in a table of criteria without points."""
    if {"max_points", "rule", "weight"} & set(roles) or not any(_CRITERIA.search(folded(text)) for text in headings):
        return {}
    found = {
        n: one_line(own[n])
        for n, role in enumerate(roles)
        if role in (None, "level", "goal") and _ASKED.search(folded(headings[n])) and _holds(body, n)
    }
    apart = {n: text for n, text in found.items() if not _COMMON.search(folded(text))}
    return apart or found


def _holds(body: Sequence[Row], n: int) -> bool:
    texts = [row.cells[n].text for row in body if n < len(row.cells) and row.cells[n].text]
    fits = sum(bool(_TARGET.fullmatch(folded(text.translate(_SIGNS)))) for text in texts)
    return len(texts) > 1 and fits >= _MOSTLY * len(texts)
