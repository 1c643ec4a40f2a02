"""A set of rows as the data of a framework file: head, information, dimensions and criteria, checks from the prose."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from chiso.decree.counts import Count, counts_of, fits, groups_of, levels_of, pillars_of, summary_counts
from chiso.decree.criteria import RowWriter, clause_of
from chiso.decree.document.shape import Paragraph, Place
from chiso.decree.fields import Field, Recorder
from chiso.decree.inferring import inferred, most
from chiso.decree.information import information_of
from chiso.decree.ledger import Ledger
from chiso.decree.legal import Found, Legal
from chiso.decree.letters import acronyms_of, capitalised, folded, one_line, shouted
from chiso.decree.lines import Line
from chiso.decree.numbers import points, written
from chiso.decree.rule_rows import take_rule_rows
from chiso.decree.rules import RuleWriter, figure_of
from chiso.decree.sets import Contents, RowSet, Summary, heading_lines
from chiso.decree.spelling import mended
from chiso.decree.tree import Node, Tree, tree_of
from chiso.decree.wording import Confidence

_UNKNOWN = "chưa rõ"
_SLUG = re.compile(r"[^0-9a-z]+")


class Assembler:
    """Writes one set as a draft, and keeps the account of its fields."""

    def __init__(
        self,
        number: int,
        rows: RowSet,
        contents: Contents,
        ledger: Ledger,
        legal: Legal,
        prose: Sequence[Paragraph],
        kinds: Sequence[str],
    ) -> None:
        self.number, self.rows, self.contents, self.legal, self.kinds = number, rows, contents, legal, kinds
        self.prose = prose
        self.kind = kinds[number - 1]
        self.record = Recorder(ledger)
        self.deadlines: dict[str, dict[str, Any]] = {}
        self.acronyms = acronyms_of(text for text, _ in ledger.cells.values())
        self.writer = RowWriter(self.record, self.deadlines, self.acronyms)
        self.rules = RuleWriter(self.record)
        self.tree: Tree = tree_of(rows)
        self.counts: list[Count] = []
        self.headings = [paragraph.text for paragraph in rows.headings]

    def framework(self) -> dict[str, Any]:
        """Return the framework in the form of its file."""
        levels = self._levels()
        dimensions = [self._dimension(node) for node in self.tree.dimensions]
        out: dict[str, Any] = {
            "format": 1,
            "id": self._id(),
            "version": "0.1",
            "title": self._title(),
            "legal": self._legal(),
        }
        out["unit_kinds"] = [self.kind]
        if self.legal.valid_from is not None:
            out["valid_from"] = self.legal.valid_from.value
            self._head("valid_from", self.legal.valid_from)
        structure = [one for one in self.contents.summaries if fits(one, self.tree)]
        self._use_summaries(structure)
        self._counts(structure)
        total = None if levels else self._total()
        if total is not None:
            out["max_points"] = written(total)
        information = information_of(self.rows.information, self.record)
        body = {"dimensions": dimensions}
        self._infer({**out, **body}, levels=bool(levels))
        if not levels and "max_points" not in out:
            out["max_points"] = self._sum_of(dimensions)
        parts = {
            "deadlines": self.deadlines,
            "general_information": information,
            "levels": levels,
            "pillars": self._pillars(structure),
            "groups": self._groups(structure),
            "printed_counts": self._printed_counts(),
        }
        out.update({key: value for key, value in parts.items() if value} | body)
        self._homeless()
        return out

    # --- head

    def _id(self) -> str:
        """Return an id from number, year and kind of units: never from the name of the file or a title."""
        number = str(self.legal.number.value) if self.legal.number else ""
        year = str(self.legal.year.value) if self.legal.year else ""
        parts = [folded(number).replace("/", "-"), year if year and year not in number else "", self.kind]
        base = _SLUG.sub("-", "-".join(part for part in parts if part)).strip("-") or "ban-nhap"
        return f"{base}-{self.number}" if self.kinds.count(self.kind) > 1 else base

    def _title(self) -> dict[str, str]:
        found = heading_lines(self.rows.headings)
        names = [
            re.sub(r"^\W*phụ lục(?:\s+(?:số\s+)?[IVX\d]+)?\W*", "", one_line(text), flags=re.IGNORECASE)
            for text in found
        ]
        named = [text for text in names if text and _is_name(text)]
        title = self.legal.title
        text = " ".join(_following(names, named[0])) if named else str(title.value) if title else _UNKNOWN
        text, _ = mended(capitalised(text.strip(" .*"), self.acronyms), "title")
        home = next((one.place for one in self.rows.headings if named and named[0] in one_line(one.text)), None)
        place = home or (title.place if title else Place())
        sure: Confidence = "high" if named else "medium" if title else "low"
        self.record.add(Field("framework", "title", text, text, place, "heading" if named else "legal_title", sure))
        self.record.add(
            Field(
                "framework", "unit_kinds", [self.kind], text, place, "named", "low" if self.kind == "unit" else "medium"
            )
        )
        return {"vi": text, "en": text}

    def _legal(self) -> dict[str, Any]:
        legal = self.legal
        out: dict[str, Any] = {"number": str(legal.number.value) if legal.number else _UNKNOWN}
        if legal.date is not None:
            out["date"] = legal.date.value
        out["year"] = int(str(legal.year.value)) if legal.year else self._year()
        out["issuer"] = str(legal.issuer.value) if legal.issuer else _UNKNOWN
        out["title"] = str(legal.title.value) if legal.title else _UNKNOWN
        for name in ("number", "date", "year", "issuer", "title"):
            found = getattr(legal, name)
            if found is not None:
                self._head(name, found)
            elif name != "date":
                self.record.add(Field("legal", name, out[name], "", Place(), "not_found", "low"))
        for name in ("based_on", "replaces", "errata"):
            if values := getattr(legal, name):
                out[name] = [str(one.value) for one in values]
                for one in values:
                    self._head(name, one)
        return out

    def _year(self) -> int:
        """Return the latest year that the head of the document names, where no date is found."""
        years = [
            int(year)
            for text in [*self.headings, *(one.text for one in self.prose[:80])]
            for year in re.findall(r"\b20\d\d\b", text)
        ]
        return max(years, default=dt.date.min.year)

    def _head(self, name: str, found: Found) -> None:
        value = found.value.isoformat() if isinstance(found.value, dt.date) else found.value
        sure: Confidence = "high" if found.how == "printed" else "medium"
        self.record.add(Field("legal", name, value, found.printed, found.place, found.how, sure))

    # --- rows

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

    def _homeless(self) -> None:
        for line in self.tree.homeless:
            for key in line.pieces:
                self.record.ledger.set_aside(line.spots(key), "before_the_first_row")
        if self.tree.total is not None:
            for key in self.tree.total.pieces:
                if key not in ("title", "code", "max_points") and self.tree.total.text(key):
                    self.record.leave(self.tree.total, key, "total_row")

    # --- points

    def _total(self) -> Fraction | None:
        line = self.tree.total
        if line is not None and (value := points(line.text("max_points"))) is not None:
            self.record.use(line, "title", "code", "max_points")
            self.record.add(
                Field(
                    "framework", "max_points", written(value), line.text("max_points"), line.place, "total_row", "high"
                )
            )
            self.counts.append(Count("points", int(value), (), "Dòng tổng cộng", line.place, line.text("title")))
            return value
        stated = [count for count in self.counts if count.what == "points" and not count.within]
        if stated:
            first = stated[0]
            sums = sum(
                (value for node in self.tree.dimensions if node.line and (value := node.line.max_points)), Fraction(0)
            )
            agreed = next((count for count in stated if count.printed == sums), first)
            self.record.add(
                Field(
                    "framework",
                    "max_points",
                    agreed.printed,
                    agreed.words,
                    agreed.place,
                    "prose",
                    "high" if agreed.printed == sums else "medium",
                )
            )
            return Fraction(agreed.printed) if agreed.printed >= sums else None
        return None

    def _sum_of(self, dimensions: Sequence[dict[str, Any]]) -> Any:
        values = [value for one in dimensions if not one.get("unscored") and (value := most(one)) is not None]
        total = written(sum(values, Fraction(0)))
        self.record.add(Field("framework", "max_points", total, "", Place(), "sum_of_dimensions", "medium"))
        return total

    def _infer(self, whole: dict[str, Any], *, levels: bool) -> None:
        if levels:
            return
        for row in inferred(whole):
            self.record.add(Field(row["code"], "max_points", row["max_points"], "", Place(), "inferred", "medium"))

    # --- checks

    def _use_summaries(self, structure: Sequence[Summary]) -> None:
        for summary in structure:
            for line in summary.lines:
                self.record.use(line, *line.pieces)

    def _counts(self, structure: Sequence[Summary]) -> None:
        names = {
            f"trụ cột {pillar['title']['vi']}": pillar["dimensions"]
            for pillar, _, _ in pillars_of(structure, self.tree)
        }
        names.update((group["title"]["vi"], group["dimensions"]) for group, _ in groups_of(structure, self.tree))
        kinds = list(dict.fromkeys(self.kinds))
        self.counts = list(counts_of(self.prose, self.tree, self.kind, kinds, names))
        for summary in structure:
            self.counts.extend(summary_counts(summary, self.tree))

    def _printed_counts(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for count in self.counts:
            entry = {"what": count.what, "within": list(count.within), "printed": count.printed, "clause": count.clause}
            if entry not in found:
                found.append(entry)
                self.record.add(
                    Field("framework", "printed_counts", count.printed, count.words, count.place, count.what, "medium")
                )
        return found

    def _pillars(self, structure: Sequence[Summary]) -> list[dict[str, Any]]:
        found = []
        for pillar, place, words in pillars_of(structure, self.tree):
            found.append(pillar)
            self.record.add(Field("framework", "pillars", pillar["title"]["vi"], words, place, "structure", "medium"))
        return found

    def _groups(self, structure: Sequence[Summary]) -> list[dict[str, Any]]:
        found = []
        for group, line in groups_of(structure, self.tree):
            found.append(group)
            self.record.use(line, "code", "title", "max_points")
            printed = " | ".join(line.text(key) for key in line.pieces)
            self.record.add(Field("framework", "groups", group["title"]["vi"], printed, line.place, "row", "high"))
        return found

    def _levels(self) -> list[dict[str, Any]]:
        names = self.rows.columns.names if self.rows.columns is not None else {}
        found = []
        for level, place, words in levels_of(self.prose, names):
            found.append(level)
            self.record.add(
                Field("framework", f"levels.{level['number']}", level["name"]["vi"], words, place, "heading", "high")
            )
        return found


_KEYS = [
    "code",
    "title",
    "title_en",
    "detail",
    "max_points",
    "printed_max",
    "inferred",
    "previous",
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


def _is_name(text: str) -> bool:
    plain = folded(text)
    return (
        any(word in plain for word in ("chi so", "tieu chi", "khung", "bang diem", "chi tieu"))
        and "kem theo" not in plain
    )


def _following(names: Sequence[str], first: str) -> list[str]:
    """Return a shouted title and the shouted lines that go on with it."""
    at = list(names).index(first)
    found = [first]
    for text in names[at + 1 :]:
        if not shouted(text) or shouted(first) != shouted(text) or text.startswith("("):
            break
        found.append(text)
    return found
