"""Columns that each hold one line of the rule: what earns all points, half of them, none; or points of each grade."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from chiso.decree.document.shape import Row
from chiso.decree.language.headings import Role, role_of
from chiso.decree.language.letters import folded, one_line
from chiso.decree.language.numbers import points
from chiso.decree.language.worths import is_grade, worth_of

#: Share of cells that must look alike, and the fewest columns of lines.
_MOSTLY, _FEWEST = 0.7, 2


def worths_of(headings: Sequence[str], roles: Sequence[Role | None], body: Sequence[Row]) -> dict[int, str]:
    """Return the columns whose heading gives points and whose cells say for what, with what they give."""
    said = {n: worth for n, text in enumerate(headings) if roles[n] is None and (worth := worth_of(text)) is not None}
    words = {n: worth for n, worth in said.items() if _share(body, n) < 1 - _MOSTLY and _cells(body, n)}
    return words if len(words) >= _FEWEST and len(set(words.values())) == len(words) else {}


def grades_of(headings: Sequence[str], roles: Sequence[Role | None], body: Sequence[Row]) -> dict[int, str]:
    """Return the columns whose cells hold the points of a grade that their heading names, with that name.

    The best grade gives the maximum that is printed beside them, or there is no other column of points.
    """
    named = [n for n, text in enumerate(headings) if roles[n] is None and is_grade(text) and _share(body, n) >= _MOSTLY]
    if len(named) < _FEWEST or named != list(range(named[0], named[-1] + 1)):
        return {}
    most = roles.index("max_points") if "max_points" in roles else None
    best = [
        (max(found), row) for row in body if (found := [value for n in named if (value := _points(row, n)) is not None])
    ]
    if most is not None and sum(_points(row, most) == value for value, row in best) < _MOSTLY * len(best):
        return {}
    return {n: one_line(headings[n]) for n in named}


#: Kinds of units, as headings of points name them.
_UNITS = re.compile(
    r"(?<![a-z])(?:so|ban|nganh|huyen|xa|phuong|tinh|thanh pho|truong|don vi|co quan|khoi|nhom|cap|ubnd|quan"
    r"|thi tran)(?![a-z])"
)
_YEAR = re.compile(r"20\d\d")


def points_by_kind(
    headings: Sequence[str], own: Sequence[str], roles: Sequence[Role | None], body: Sequence[Row]
) -> dict[int, str]:
    """Return the columns of maxima that hold for one kind of units each: "Sở, ngành" and "Cấp huyện" below one."""
    found = {}
    for n, text in enumerate(headings):
        said = folded(own[n])
        asked = roles[n] in (None, "max_points") and role_of(text) == "max_points"
        if asked and _UNITS.search(said) and not _YEAR.search(said) and _share(body, n) >= 0.5:
            found[n] = one_line(own[n])
    return found if len(found) >= _FEWEST and len(set(found.values())) == len(found) else {}


def _cells(body: Sequence[Row], n: int) -> list[str]:
    return [row.cells[n].text for row in body if n < len(row.cells) and row.cells[n].text]


def _share(body: Sequence[Row], n: int) -> float:
    texts = _cells(body, n)
    return sum(points(text) is not None for text in texts) / len(texts) if texts else 0.0


def _points(row: Row, n: int) -> Fraction | None:
    return points(row.cells[n].text) if n < len(row.cells) else None
