"""A cell that holds a name and the lines of its rule, with their points on lines of the cell beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from chiso.decree.language.letters import one_line
from chiso.decree.language.numbers import points

#: What opens a line of the rule below or behind a name.
_ITEM = re.compile(r"(?:\n|(?<=\S)\s)\s*[-–+•]\s+(?=[^\W\d_]|\d|[<>≥≤])")
#: Lines of a rule, and points beside them, are at least so many.
_FEWEST = 2


def has_lines(title: str) -> bool:
    """Tell whether a name holds what looks like the lines of its rule."""
    return len(_ITEM.split(title)) > _FEWEST


def lines_beside(title: str, beside: Mapping[int, str]) -> tuple[str, list[str], int, str] | None:
    """Split a name from the lines of its rule, where a cell beside it holds as many points.

    Returns the name, the lines, the column of the points, and the maximum where it stands above them. The name is
    empty where a page break has parted it from its lines.
    """
    name, *items = (one_line(part) for part in _ITEM.split(f"\n{title}" if title[:1] in "-–+•" else title))
    if len(items) < _FEWEST:
        return None
    for column, text in beside.items():
        given = text.split()
        if any(points(one) is None for one in given):
            continue
        most = given[0] if len(given) == len(items) + 1 else ""
        if len(given) - bool(most) == len(items):
            worth = given[bool(most) :]
            lines = [f"- {item.rstrip(' .;:')}: {one} điểm" for item, one in zip(items, worth, strict=True)]
            return name, lines, column, most
    return None
