"""Rows that lost cells on the way: each cell is put under the column whose contents it looks like, in order."""

from __future__ import annotations

import re
from functools import lru_cache

from chiso.decree.document.shape import Cell, Row
from chiso.decree.language.agencies import looks_like_agency
from chiso.decree.language.codes import row_code
from chiso.decree.language.deadlines import looks_like_deadline
from chiso.decree.language.headings import Role
from chiso.decree.language.letters import folded
from chiso.decree.language.numbers import most_points, points
from chiso.decree.table.columns import Columns

_RULE = re.compile(r"diem toi da|0 diem|ty le|=|%")


def fitted(row: Row, columns: Columns) -> dict[int, int]:
    """Return which cell of a row stands in each column."""
    width = len(columns.roles)
    cells = list(row.cells)
    if len(cells) > width:
        while len(cells) > width and not cells[-1].text:
            cells.pop()
    if len(cells) >= width or _in_place(cells, columns):
        return {n: n for n in range(len(cells))}
    return _aligned(cells, columns)


def _in_place(cells: list[Cell], columns: Columns) -> bool:
    """Tell whether a short row only lacks its last cells: what is there fits where it stands."""
    return all(_fit(cell.text, _role(columns, n)) >= 0 for n, cell in enumerate(cells) if cell.text)


def _role(columns: Columns, n: int) -> Role | int | None:
    return columns.levels.get(n, columns.roles[n])


def _aligned(cells: list[Cell], columns: Columns) -> dict[int, int]:
    """Put the cells under columns from left to right so that most fit (dynamic programming over cells and columns)."""
    width = len(columns.roles)
    best: list[list[tuple[float, tuple[int, ...]]]] = [[(0.0, ()) for _ in range(width + 1)]]
    for at, cell in enumerate(cells):
        line: list[tuple[float, tuple[int, ...]]] = [(float("-inf"), ())] * (width + 1)
        for n in range(1, width + 1):
            skipped = line[n - 1]
            value, places = best[at][n - 1]
            taken = (value + _fit(cell.text, _role(columns, n - 1)) - 0.01 * (n - 1 - at), (*places, n - 1))
            line[n] = max(skipped, taken, key=lambda found: found[0])
        best.append(line)
    return {n: at for at, n in enumerate(best[-1][width][1])}


@lru_cache(maxsize=8192)
def _fit(text: str, role: Role | int | None) -> float:
    """Return how well words look like the contents of a column: below 0 where they cannot stand there."""
    if not text:
        return 0.0
    if role == "code":
        return 2.0 if row_code(text) is not None else -2.0
    if role in ("max_points", "previous", "self_points", "verified_points", "count"):
        return 2.0 if most_points(text) is not None else -1.0
    if role in ("lead", "support"):
        return 2.0 if looks_like_agency(text) else -1.0 if points(text) is not None else 0.1
    if role == "due":
        return 2.0 if looks_like_deadline(text) else -0.5
    if points(text) is not None or (row_code(text) is not None and len(text) < 6):
        return -1.0
    if looks_like_agency(text):
        return -0.5
    return 1.0 if role == "title" else 0.5 if role == "rule" and _RULE.search(folded(text)) else 0.2
