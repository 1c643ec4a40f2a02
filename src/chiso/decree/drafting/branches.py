"""The dimensions and criteria of a set in the form of a framework file, as the tree of rows has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from chiso.decree.document.shape import Place
from chiso.decree.drafting.criteria import RowWriter, clause_of
from chiso.decree.drafting.rule_rows import take_rule_rows
from chiso.decree.drafting.rules import RuleWriter, figure_of
from chiso.decree.fields import Field, Recorder
from chiso.decree.language.letters import folded, one_line
from chiso.decree.language.spelling import mended
from chiso.decree.table.lines import Line
from chiso.decree.table.tree import Node, Tree
from chiso.decree.wording import Confidence


class Branches:
    """Writes dimensions, their criteria and the rules of these; ``headings`` are the paragraphs above the rows."""

    def __init__(self, tree: Tree, record: Recorder, writer: RowWriter, headings: Sequence[str]) -> None:
        self.tree, self.record, self.writer, self.headings = tree, record, writer, headings
        self.rules = RuleWriter(record)

    def dimensions(self) -> Iterator[dict[str, Any]]:
        """Yield the dimensions, each with its criteria."""
        for node in self.tree.dimensions:
            yield self._dimension(node)

    def _dimension(self, node: Node) -> dict[str, Any]:
        out: dict[str, Any] = {"code": node.code}
        self.writer.title(node, out)
        if node.line is not None:
            self.writer.maximum(node, node.line, out)
            self.writer.previous(node, node.line, out)
            aside: dict[str, Any] = {}
            self.writer.agencies(node, node.line, aside)
            self.writer.due(node, node.line, aside)
            self._as_notes(aside, out)
            if rule := node.line.text("rule"):
                out.setdefault("notes", []).append(rule)
                self.record.use(node.line, "rule")
            self._level_cells_of_heading(node.line)
        children = [*node.children, *self._made_children(node)]
        out["clause"] = clause_of(self.headings, node.code)
        self._extra_as_notes(node, out)
        out["criteria"] = [self._criterion(child) for child in children]
        if not _any_points(out) and _printed_rules(out) and self._others_scored(node):
            out["unscored"] = True
            self.record.add(
                Field(
                    node.code,
                    "unscored",
                    value=True,
                    printed="",
                    place=_place(node),
                    how="blank_points",
                    confidence="medium",
                )
            )
        return _in_order(out)

    def _level_cells_of_heading(self, line: Line) -> None:
        for number in line.columns.levels.values() if line.columns is not None else ():
            if line.text(number):
                self.record.leave(line, number, "not_understood")

    def _others_scored(self, node: Node) -> bool:
        return any(
            other is not node and any(one.line is not None and one.line.max_points for one in other.walk())
            for other in self.tree.dimensions
        )

    def _made_children(self, node: Node) -> list[Node]:
        """Return unnumbered rows with points of their own as criteria, numbered in printed order."""
        scored = [line for line in node.extra if line.max_points is not None]
        if not scored or (
            len(scored) == 1 and not node.children and node.line is not None and node.line.max_points is None
        ):
            return []
        if node.line is not None and node.line.text("rule"):
            return []
        node.extra = [line for line in node.extra if line not in scored]
        start = len(node.children)
        return [Node(f"{node.code}.{start + at}", line, made_up=True) for at, line in enumerate(scored, 1)]

    def _criterion(self, node: Node) -> dict[str, Any]:
        out: dict[str, Any] = {"code": node.code}
        line = node.line or Line(Place())
        take_rule_rows(node)
        self.writer.title(node, out)
        self._detail(node, out)
        children = [*node.children, *self._made_children(node)]
        detail = self._detail_line(node)
        for one in [line, *([detail] if detail is not None else [])]:
            if "max_points" not in out:
                self.writer.maximum(node, one, out)
            self.writer.previous(node, one, out)
            self.writer.agencies(node, one, out)
            self.writer.due(node, one, out)
            self.writer.words(node, one, out)
        if children:
            self._sum(node, line, out)
            out["criteria"] = [self._criterion(child) for child in children]
            self._extra_as_notes(node, out)
        elif line.columns is not None and line.columns.levels:
            self.rules.levels(node, line, out)
            self._extra_as_notes(node, out)
        else:
            self._rule(node, line, detail, out)
        out["clause"] = clause_of(self.headings, node.code)
        if node.made_up:
            self.record.add(Field(node.code, "code", node.code, "", line.place, "made_up", "medium"))
        self._agency_of_figures(node, out)
        return _in_order(out)

    def _rule(self, node: Node, line: Line, detail: Line | None, out: dict[str, Any]) -> None:
        extra = [one for one in node.extra if one is not detail]
        figures = [one for one in extra if figure_of(one) is not None or one.text("rule")]
        base = line if detail is None or not detail.text("rule") else detail
        if base is detail and line.text("rule"):
            figures.insert(0, line)
        self.rules.write(node, base, figures, out)
        for one in extra:
            if one not in figures:
                self._note(node, one, out)

    def _detail_line(self, node: Node) -> Line | None:
        """Return the unnumbered row below a numbered title that holds the points: both are one criterion (A21)."""
        if node.children or node.line is None or node.line.max_points is not None:
            return None
        scored = [line for line in node.extra if line.max_points is not None]
        return scored[0] if len(scored) == 1 else None

    def _detail(self, node: Node, out: dict[str, Any]) -> None:
        detail = self._detail_line(node)
        if detail is not None:
            text = one_line(detail.text("title"))
            out["detail"], corrections = mended(text, "detail")
            if corrections:
                out.setdefault("corrections", []).extend(corrections)
            self.record.use(detail, "title", "code")
            self.record.add(Field(node.code, "detail", text, text, detail.place, "unnumbered_row", "high"))

    def _sum(self, node: Node, line: Line, out: dict[str, Any]) -> None:
        """Keep the printed rule of a row whose points are the sum of the rows below."""
        out["rule"] = {"kind": "sum"}
        if text := line.text("rule").strip():
            out["printed_rule"] = text
            self.record.use(line, "rule")
            plain = folded(text)
            sure: Confidence = "high" if re.search(r"cong|tong", plain) else "medium"
            self.record.add(Field(node.code, "rule", out["rule"], text, line.place, "rule.sum", sure))

    def _agency_of_figures(self, node: Node, out: dict[str, Any]) -> None:
        """Give a criterion without an agency the one that is printed with its rule, in the row of a figure."""
        if "lead" in out or node.children or (node.line is not None and node.line.text("rule")):
            return
        for one in node.extra:
            if one.text("rule") and one.text("lead"):
                self.writer.agencies(node, one, out)
                return

    def _extra_as_notes(self, node: Node, out: dict[str, Any]) -> None:
        for line in node.extra:
            self._note(node, line, out)

    def _note(self, node: Node, line: Line, out: dict[str, Any]) -> None:
        """Keep an unnumbered row that is neither figure nor criterion as a note, for a person to place."""
        words = [line.text(key) for key in line.pieces]
        text = one_line(" | ".join(word for word in words if word))
        out.setdefault("notes", []).append(f"Dòng in: {text}")
        self.record.use(line, *line.pieces)
        self.record.add(Field(node.code, "notes", text, text, line.place, "unnumbered_row", "low"))

    def _as_notes(self, aside: dict[str, Any], out: dict[str, Any]) -> None:
        """Keep what a dimension has no field for, such as agencies, in its notes."""
        names = {"lead": "Cơ quan chủ trì", "support": "Cơ quan phối hợp", "due": "Thời hạn"}
        for key, name in names.items():
            if value := aside.get(key):
                text = "; ".join(value) if isinstance(value, list) else value
                out.setdefault("notes", []).append(f"{name}: {text}")
        out.setdefault("notes", []).extend(aside.get("notes", ()))
        if not out["notes"]:
            del out["notes"]


_KEYS = [
    "code",
    "title",
    "title_en",
    "detail",
    "max_points",
    "printed_max",
    "inferred",
    "previous",
    "aggregation",
    "unscored",
    "printed_rule",
    "rule",
    "inputs",
    "lead",
    "support",
    "due",
    "unit",
    "method",
    "legal_basis",
    "evidence",
    "clause",
    "not_applicable",
    "notes",
    "corrections",
    "criteria",
]


def _in_order(out: dict[str, Any]) -> dict[str, Any]:
    """Write the keys of a row in the order in which one reads them; empty ones are left out."""
    return {key: out[key] for key in _KEYS if key in out and (out[key] or out[key] == 0)}


def _any_points(row: dict[str, Any]) -> bool:
    return "max_points" in row or any(_any_points(child) for child in row.get("criteria", ()))


def _printed_rules(row: dict[str, Any]) -> bool:
    return "printed_rule" in row or any(_printed_rules(child) for child in row.get("criteria", ()))


def _place(node: Node) -> Place:
    return node.line.place if node.line is not None else Place()
