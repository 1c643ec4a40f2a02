"""Rows below a criterion that say what it gives: many decisions print each line of a rule as a row without a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from chiso.decree.drafting.rules import figure_of
from chiso.decree.language.letters import one_line
from chiso.decree.language.numbers import points, says_points
from chiso.decree.table.lines import Key, Line, Piece, gives_points
from chiso.decree.table.tree import Node
from chiso.decree.wording.reading import read_rule

#: What opens a row of additions or deductions, before the words of the rule.
_CHANGE = re.compile(r"^\s*[-–+•*]?\s*(?:điểm trừ|trừ điểm|điểm cộng|cộng điểm|điểm thưởng)\s*:\s*", re.IGNORECASE)
_MARK = re.compile(r"^\s*[-–+•*]\s*")


def take_rule_rows(node: Node) -> None:
    """Move the unnumbered rows of a criterion into its rule where they give its points."""
    _lettered_options(node)
    if node.line is None or node.children:
        return
    if any(one.text("rule") for one in (node.line, *node.extra)):
        _move(node, [one for one in node.extra if _changes(one)])
        return
    rows = _options(node) or _parts(node) or _sentences(node.extra)
    _move(node, rows)


def _lettered_options(node: Node) -> None:
    """Take rows below a criterion for lines of its rule where they are one choice, whatever numbers they have.

    The best gives all the points and they do not add up; rows numbered 1.1.1 are only taken where one gives nothing.
    """
    rows = [child.line for child in node.children if child.line is not None and not (child.children or child.extra)]
    if node.line is None or node.extra or len(rows) < max(2, len(node.children)) or node.line.text("rule"):
        return
    worth = [value for row in rows if (value := row.max_points) is not None]
    alone = all(set(row.pieces) <= {"title", "code", "max_points"} for row in rows)
    lettered = all(row.code is not None and row.code.kind == "letter" for row in rows)
    if alone and len(worth) == len(rows) and _is_choice(worth, node.line.max_points) and (lettered or 0 in worth):
        node.extra, node.children = rows, []


def _is_choice(worth: Sequence[Fraction], whole: Fraction | None) -> bool:
    """Tell whether points are those of one choice: the best gives all, and they do not add up, or one is nothing."""
    return whole is not None and max(worth) == whole and (sum(worth) != whole or 0 in worth)


def _move(node: Node, rows: Sequence[Line]) -> None:
    assert node.line is not None
    for line in rows:
        node.line.pieces.setdefault("rule", []).extend(_as_rule(line))
    node.extra = [line for line in node.extra if line not in rows]


def _changes(line: Line) -> bool:
    """Tell whether a row holds nothing but what is added or taken: "Điểm trừ: mỗi kỳ vắng lãnh đạo trừ 3 điểm"."""
    alone = set(line.pieces) <= {"title", "code"} and figure_of(line) is None
    return alone and bool(_CHANGE.match(one_line(line.text("title"))))


def _sentences(extra: Sequence[Line]) -> list[Line]:
    """Return rows that hold nothing but words, where some of them say what is given."""
    rows = [one for one in extra if set(one.pieces) <= {"title", "code"} and figure_of(one) is None]
    return rows if any(_gives(one.text("title")) for one in rows) else []


def _gives(text: str) -> bool:
    return gives_points(text) or says_points(text)


def _options(node: Node) -> list[Line]:
    """Return rows with points of their own that are one choice: the best has all the points, and they do not add up."""
    assert node.line is not None
    rows, worth = _rows(node)
    whole = node.line.max_points
    return rows if len(worth) > 1 and _is_choice(worth, whole) else []  # a part that is worth nothing is none


def _rows(node: Node) -> tuple[list[Line], list[Fraction]]:
    """Return rows with points of their own, what leads to them ("Thang điểm:"), and the points; nothing for others."""
    rows = [one for one in node.extra if set(one.pieces) <= {"title", "code", "max_points"}]
    scored = [one for one in rows if not _leads(one)]
    worth = [value for one in scored if (value := one.max_points) is not None]
    return (rows, worth) if len(worth) == len(scored) else ([], [])


def _marked(line: Line) -> bool:
    """Tell whether a row stands behind a dash."""
    return bool(_MARK.match(line.text("title"))) or (line.code is not None and line.code.kind == "dash")


def _leads(line: Line) -> bool:
    """Tell whether a row only leads to those below it."""
    return set(line.pieces) == {"title"} and line.text("title").rstrip().endswith(":")


def _parts(node: Node) -> list[Line]:
    """Return rows behind dashes whose points add up to those of their criterion, and that are read as parts of it."""
    assert node.line is not None
    rows, worth = _rows(node)
    marked = all(
        _leads(one) or _MARK.match(one.text("title")) or (one.code and one.code.kind == "dash") for one in rows
    )
    if len(worth) < 2 or not marked or sum(worth) != node.line.max_points:
        return []
    text = "\n".join(piece.text.strip() for one in rows for piece in _as_rule(one) if piece.text)
    reading = read_rule(text, title=node.line.text("title"), max_points=node.line.max_points)
    return rows if reading.how == "parts" and reading.confidence != "low" else []


def _as_rule(line: Line) -> list[Piece]:
    """Return the pieces of a row as a line of the rule: ``Ban hành kịp thời | 1`` is ``Ban hành kịp thời: 1``."""
    given = line.text("max_points")
    words = _CHANGE.sub("", one_line(line.text("title")))
    text = f"{words.rstrip(' .;:')}: {given} điểm" if points(given) is not None else words
    letter = f"{line.code.text})" if line.code is not None and line.code.kind == "letter" else line.text("code")
    mark = "" if _MARK.match(text) or not line.text("code") else f"{letter} "
    keys: tuple[Key, ...] = ("title", "max_points", "code")
    first, *rest = [piece for key in keys for piece in line.pieces.get(key, [])]
    return [Piece(f"\n\n{mark}{text}", first.spot, first.place), *(Piece("", one.spot, one.place) for one in rest)]
