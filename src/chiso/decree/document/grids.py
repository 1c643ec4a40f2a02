"""Tables from drawn lines: lines that cross make a grid; where a line is missing, cells are merged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from chiso.decree.document.geometry import Box, Letter, Ruling, TextLine, clustered, lines_of
from chiso.decree.document.shape import Cell
from chiso.decree.document.wrapping import unwrapped

#: How far apart, in points, lines may lie that are meant as one, and ends that are meant to meet.
_NEAR = 3.0
#: How far apart pieces of one line may lie across its direction.
_SAME = 1.0
#: Share of the side of a cell that must be drawn for it to be a border.
_DRAWN = 0.6
#: Most lines of a grid that is looked at.
_MAX_LINES = 2_000
#: Between a side of a cell and its words, in points, at the most.
_MOST_PADDING = 12.0


@dataclass
class Grid:
    """The columns and rows of a drawn table, and the lines that make them."""

    xs: list[float]
    ys: list[float]
    upright: list[Ruling]
    flat: list[Ruling]

    @property
    def box(self) -> Box:
        """Return the outline of the table."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


def grids_of(rulings: Sequence[Ruling]) -> list[Grid]:
    """Return the tables that lines draw: groups of lines that touch, with at least two cells."""
    upright = _merged([one for one in rulings if one.upright])
    flat = _merged([one for one in rulings if not one.upright])
    if len(upright) + len(flat) > _MAX_LINES:
        return []
    found = []
    for group in _touching(upright, flat):
        sides = [one for one in group if one.upright]
        floors = [one for one in group if not one.upright]
        xs, ys = clustered(one.at for one in sides), clustered(one.at for one in floors)
        if len(xs) >= 3 and len(ys) >= 2:
            found.append(Grid(xs, ys, sides, floors))
    return sorted(found, key=lambda grid: grid.ys[0])


def _merged(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Join pieces of the same line: borders are often drawn cell by cell."""
    found: list[Ruling] = []
    for one in sorted(rulings, key=lambda ruling: (round(ruling.at), ruling.start)):
        last = found[-1] if found else None
        near = last is not None and abs(last.at - one.at) <= _SAME
        if last is not None and near and last.start - _NEAR <= one.start <= last.end + _NEAR:
            found[-1] = last._replace(end=max(last.end, one.end))
        else:
            found.append(one)
    return found


def _touching(upright: Sequence[Ruling], flat: Sequence[Ruling]) -> list[list[Ruling]]:
    """Group lines that cross or meet, directly or through others."""
    lines = [*upright, *flat]
    home = list(range(len(lines)))

    def root(at: int) -> int:
        while home[at] != at:
            home[at] = home[home[at]]
            at = home[at]
        return at

    for a, side in enumerate(upright):
        for b, floor in enumerate(flat, len(upright)):
            if (
                floor.start - _NEAR <= side.at <= floor.end + _NEAR
                and side.start - _NEAR <= floor.at <= side.end + _NEAR
            ):
                home[root(a)] = root(b)
    groups: dict[int, list[Ruling]] = {}
    for at, line in enumerate(lines):
        groups.setdefault(root(at), []).append(line)
    return [group for group in groups.values() if len(group) > 3]


def rows_of(grid: Grid, letters: Sequence[Letter]) -> list[tuple[list[Cell], float]]:
    """Return the rows of a table with their words, and where each begins."""
    columns, lines = len(grid.xs) - 1, len(grid.ys) - 1
    inside: dict[tuple[int, int], list[Letter]] = {}
    homes = _homes(grid, columns, lines)
    for letter in letters:
        x, y = letter.box.middle
        column, row = bisect_right(grid.xs, x) - 1, bisect_right(grid.ys, y) - 1
        if 0 <= column < columns and 0 <= row < lines:
            inside.setdefault(homes[(row, column)], []).append(letter)
    texts = _texts(grid, {home: lines_of(found) for home, found in inside.items()}, homes)
    found = []
    for row in range(lines):
        cells = []
        for column in range(columns):
            home = homes[(row, column)]
            if home == (row, column):
                cells.append(Cell(texts.get(home, "")))
            else:
                above = texts.get(home, "") if home[0] < row and home[1] == column else ""
                cells.append(Cell("", covered=True, above=above))
        found.append((cells, grid.ys[row]))
    return found


def _texts(
    grid: Grid, lines: dict[tuple[int, int], list[TextLine]], homes: dict[tuple[int, int], tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """Return the words of each cell; they end as far from its right side as those of its column begin from the left."""
    last = {home: column for (_, column), home in homes.items()}
    padding: dict[int, float] = {}
    for (_, column), found in lines.items():
        for line in found:
            padding[column] = min(padding.get(column, _MOST_PADDING), line.box.left - grid.xs[column])
    return {
        home: unwrapped(found, grid.xs[last[home] + 1] - max(padding[home[1]], 0.0)) for home, found in lines.items()
    }


def _homes(grid: Grid, columns: int, lines: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each place of the grid the first place of the cell that covers it."""
    homes: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(lines):
        for column in range(columns):
            home = (row, column)
            if column and not _border(grid.upright, grid.xs[column], grid.ys[row], grid.ys[row + 1]):
                home = homes[(row, column - 1)]
            if (
                home == (row, column)
                and row
                and not _border(grid.flat, grid.ys[row], grid.xs[column], grid.xs[column + 1])
            ):
                home = homes[(row - 1, column)]
            homes[(row, column)] = home
    return homes


def _border(rulings: Sequence[Ruling], at: float, start: float, end: float) -> bool:
    """Tell whether a side of a place is drawn."""
    drawn = sum(max(0.0, min(one.end, end) - max(one.start, start)) for one in rulings if abs(one.at - at) <= _NEAR)
    return drawn >= _DRAWN * (end - start)
