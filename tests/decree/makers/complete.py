"""Whole decisions written down as text, each with what its draft must hold, derived by hand.

Lines are paragraphs, ``=`` before one centres it in bold, ``+`` makes it bold. ``[[2`` begins a table with two rows of
headings, ``[[0`` one without, as letterheads are set; ``]]`` ends it. Cells stand between ``|``, ``¶`` breaks a line,
``>>`` goes on with the cell to the left and ``^^`` with the one above. Below ``####`` stands what is expected:
``@number=...`` of the head, ``## commune 100`` for each set with its total, then its rows as
``code | title | maximum | lead: ... | rule: ...``; ``level1: ...`` is what a row asks at a level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from tests.decree.makers.printed import Block, PCell, PParagraph, PTable


@dataclass
class ExpectedSet:
    """What the draft of one set must hold: kind of units, total, title and classes, and its rows by code."""

    kind: str
    total: str
    words: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class Expected:
    """What the drafts of a document must hold: its head, and its sets."""

    legal: dict[str, str] = field(default_factory=dict)
    sets: list[ExpectedSet] = field(default_factory=list)


def complete(path: Path) -> tuple[list[Block], Expected]:
    """Read a document and what is expected of it."""
    printed, _, expected = path.read_text("utf-8").partition("\n####\n")
    return list(_blocks(printed.splitlines())), _expected(expected.splitlines())


def _blocks(lines: Sequence[str]) -> list[Block]:
    found: list[Block] = []
    rows: list[list[str]] = []
    headings: int | None = None  # of the table that is open
    for line in (line.strip() for line in lines):
        if line.startswith("[["):
            rows, headings = [], int(line[2:])
        elif line.startswith("]]"):
            found.append(_table(rows, headings or 0))
            headings = None
        elif headings is not None and line:
            rows.append([cell.strip().replace("¶", "\n") for cell in line.split("|")])
        elif line:
            found.append(PParagraph(line.lstrip("=+").strip(), bold=line[0] in "=+", centred=line[0] == "="))
    return found


def _table(rows: list[list[str]], headings: int) -> PTable:
    width = max(map(len, rows))
    grid = [[*row, *[""] * (width - len(row))] for row in rows]
    return PTable([_cells(grid, at, headings) for at in range(len(grid))], headings)


def _cells(grid: Sequence[Sequence[str]], at: int, headings: int) -> list[PCell]:
    row, found, column = grid[at], [], 0
    while column < len(row):
        across = 1 + _run([text == ">>" for text in row[column + 1 :]])
        if row[column] != "^^":
            down = 1 + _run([below[column] == "^^" for below in grid[at + 1 :]])
            found.append(PCell(row[column], across, down))
        elif at >= headings:  # what hangs down in the headings is not written again
            found.append(PCell("", across, 0))
        column += across
    return found


def _run(same: Sequence[bool]) -> int:
    return same.index(False) if False in same else len(same)


def _expected(lines: Sequence[str]) -> Expected:
    found = Expected()
    for line in (line.strip() for line in lines):
        if line.startswith("## "):
            kind, total = line[3:].split()
            found.sets.append(ExpectedSet(kind, total))
        elif line.startswith("@"):
            name, _, value = line[1:].partition("=")
            (found.sets[-1].words if found.sets else found.legal)[name] = value
        elif line:
            code, title, most, *rest = (part.strip() for part in line.split("|"))
            others = {name.strip(): value.strip() for name, _, value in (part.partition(":") for part in rest)}
            found.sets[-1].rows[code] = {"title": title, "max_points": most, **others}
    return found


def claims(text: str) -> list[tuple[dict[str, Fraction], Fraction]]:
    """Read ``num=1, den=2 → 5; ...``: values of inputs and the points that follow from them."""
    found = []
    for claim in text.split(";"):
        values, points = claim.split("→")
        pairs = (pair.split("=") for pair in values.split(","))
        found.append(({name.strip(): Fraction(value) for name, value in pairs}, Fraction(points)))
    return found
