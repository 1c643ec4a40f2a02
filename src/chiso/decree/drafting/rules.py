"""The rule of a criterion: the words that make it up, how they are read, and what the draft says where they are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from chiso.decree.drafting.rule_lines import rule_lines
from chiso.decree.fields import Field, Recorder
from chiso.decree.language.agencies import agencies_of
from chiso.decree.language.deadlines import unbroken
from chiso.decree.language.letters import one_line
from chiso.decree.language.numbers import says_points
from chiso.decree.language.spelling import misread_digits, with_digits
from chiso.decree.table.lines import Line, joined
from chiso.decree.table.parallel import has_lines
from chiso.decree.table.tree import Node
from chiso.decree.wording import Confidence, Doubt, RuleReading, TargetReading
from chiso.decree.wording.reading import read_rule, read_target

_LETTER_BEHIND = re.compile(r"^\s*[-–+•]?\s*(?P<label>.+?)\s*\(\s*(?P<letter>[a-zđ])\s*\)\s*[;:.]?\s*$")
#: What stands behind a name: after a colon, or in brackets at the end.
_BEHIND_NAME = re.compile(r"\s*(?:\((?P<bracketed>[^()]{6,}(?:\([^()]*\)[^()]*)*)\)\s*[.;]?$|:\s+(?P<said>\S.{6,}))$")
_UNIT_ONLY = re.compile(
    r"\(?\s*(?:đơn vị(?: tính)?\s*:?\s*)?(?:tỷ|triệu|nghìn|người|%|hộ)(?:\s+đồng)?\s*\)?", re.IGNORECASE
)
_ORDER: dict[Confidence, int] = {"low": 0, "medium": 1, "high": 2}


class RuleWriter:
    """Writes rule, inputs and printed words of criteria."""

    def __init__(self, record: Recorder) -> None:
        self.record = record

    def write(self, node: Node, line: Line, extra: Sequence[Line], out: dict[str, Any]) -> None:
        """Write the rule of a criterion without sub-criteria. ``extra`` are its unnumbered or lettered rows."""
        figures = [one for one in extra if figure_of(one) is not None]
        own = line.text("rule") or (line.text("note") if says_points(line.text("note")) else "")
        brought = [one for one in extra if one.text("rule") and not _UNIT_ONLY.fullmatch(one.text("rule").strip())]
        text = joined(
            [own, *(one.text("rule") for one in brought)] if own else [one.text("rule") for one in brought],
            by_lines=True,
        )
        self.record.use(line, "rule")
        for one in extra:
            self.record.use(one, "rule")
        if line.text("changes").strip():
            self._changed(node, line, text, out)
            self._figures_as_notes(node, figures, out)
            return
        if not text.strip() and self._in_title(node, line, out):
            return
        if not text.strip():
            out["rule"] = {"kind": "manual"}
            sure: Confidence = "medium" if has_lines(line.text("title")) else "high"
            self.record.add(Field(node.code, "rule", out["rule"], "", line.place, "not_printed", sure))
            self._figures_as_notes(node, figures, out)
            return
        text = rule_lines(text)
        out["printed_rule"] = text
        most = Fraction(str(out["max_points"])) if "max_points" in out else None
        reading = read_rule(with_digits(_with_figures(text, figures)), title=_title(out), max_points=most)
        if misread_digits(text) and reading.confidence == "high":
            reading = replace(reading, confidence="medium", doubts=(*reading.doubts, Doubt("digits_misread")))
        self._settle(node, line, reading, figures, out)

    def _changed(self, node: Node, line: Line, text: str, out: dict[str, Any]) -> None:
        """Keep the words of a rule that columns of what is added and taken go with: a person decides how they join."""
        most = Fraction(str(out["max_points"])) if "max_points" in out else None
        alone = read_rule(with_digits(rule_lines(text)), title=_title(out), max_points=most) if text.strip() else None
        whole = rule_lines(joined([text, line.text("changes")], by_lines=True))
        self.record.use(line, "changes")
        out["printed_rule"], out["rule"] = whole, {"kind": "manual"}
        other = (_alternative(alone),) if alone is not None and alone.rule.get("kind") != "manual" else ()
        doubt = Doubt("changes_apart")
        self.record.add(
            Field(
                node.code,
                "rule",
                out["rule"],
                whole,
                line.place,
                "rule.not_understood",
                "low",
                other,
                (whole,),
                (doubt,),
            )
        )

    def _in_title(self, node: Node, line: Line, out: dict[str, Any]) -> bool:
        """Write a rule that is printed behind a name: "Tập huấn (mỗi lần 5 điểm, tối đa 15 điểm)"."""
        printed = one_line(line.text("title"))
        match = _BEHIND_NAME.search(printed)
        words = (match["bracketed"] or match["said"]) if match is not None else ""
        if match is None or not says_points(words) or "max_points" not in out:
            return False
        out["printed_rule"] = words
        reading = read_rule(words, title=printed[: match.start()], max_points=Fraction(str(out["max_points"])))
        doubt = Doubt("behind_name")
        sure: Confidence = "low" if reading.confidence == "low" else "medium"
        self._settle(node, line, replace(reading, confidence=sure, doubts=(*reading.doubts, doubt)), [], out)
        return True

    def _settle(
        self, node: Node, line: Line, reading: RuleReading, figures: Sequence[Line], out: dict[str, Any]
    ) -> None:
        printed = out["printed_rule"]
        alternatives = tuple(_alternative(one) for one in reading.alternatives)
        if reading.not_applicable is not None:
            out["not_applicable"] = reading.not_applicable
        how, left = f"rule.{reading.how}", reading.left_over
        if reading.confidence == "low":
            out["rule"] = {"kind": "manual"}
            seen = (_alternative(reading), *alternatives) if reading.rule.get("kind") != "manual" else alternatives
            self.record.add(
                Field(
                    node.code,
                    "rule",
                    out["rule"],
                    printed,
                    line.place,
                    how,
                    "low",
                    seen,
                    left or (printed,),
                    reading.doubts,
                )
            )
            self._figures_as_notes(node, figures, out)
            return
        out["rule"] = reading.rule
        inputs = [dict(one) for one in reading.inputs]
        self._figures(node, figures, inputs, out)
        if inputs:
            out["inputs"] = inputs
        self.record.add(
            Field(
                node.code,
                "rule",
                reading.rule,
                printed,
                line.place,
                how,
                reading.confidence,
                alternatives,
                left,
                reading.doubts,
            )
        )

    def _figures(self, node: Node, figures: Sequence[Line], inputs: list[dict[str, Any]], out: dict[str, Any]) -> None:
        """Mark the inputs that have a row of their own, with the agencies of that row."""
        by_name = {one["name"]: one for one in inputs}
        rest = []
        for line in figures:
            name, label = figure_of(line) or ("", "")
            if name not in by_name:
                rest.append(line)
                continue
            known = by_name[name]
            known["label"] = label
            known["row"] = True
            self.record.use(line, "code", "title")
            self._row_of(line, known)
            self.record.add(Field(node.code, f"inputs.{name}", label, _row_words(line), line.place, "row", "high"))
        self._figures_as_notes(node, rest, out)

    def _row_of(self, line: Line, known: dict[str, Any]) -> None:
        for role in ("lead", "support"):
            if text := line.text(role):
                known[role] = agencies_of(text)
                self.record.use(line, role)
        if text := unbroken(line.text("due")):
            known["due"] = text
            self.record.use(line, "due")

    def _figures_as_notes(self, node: Node, figures: Sequence[Line], out: dict[str, Any]) -> None:
        """Keep rows of figures that no rule uses as notes: a framework may not declare an input that is not used."""
        for line in figures:
            note = f"Dòng in: {_row_words(line)}"
            out.setdefault("notes", []).append(note)
            self.record.use(line, "code", "title", "rule", "lead", "support", "due")
            self.record.add(Field(node.code, "notes", note, note, line.place, "figure_unused", "medium"))

    def levels(self, node: Node, line: Line, out: dict[str, Any]) -> None:
        """Write what a criterion asks for at each level of maturity."""
        assert line.columns is not None
        numbers = sorted(line.columns.levels.values())
        readings = {number: read_target(line.text(number)) for number in numbers}
        printed = " | ".join(f"{number}: {line.text(number)}" for number in numbers)
        for number in numbers:
            self.record.use(line, number)
        sure = min((one.confidence for one in readings.values()), key=_ORDER.__getitem__)
        values = {one.value for one in readings.values() if one.value is not None}
        unread = tuple(line.text(number) for number, one in readings.items() if one.confidence == "low")
        if len(values) != 1 or sure == "low":
            out["rule"] = {"kind": "unscored"}
            out["printed_rule"] = printed
            self.record.add(
                Field(
                    node.code,
                    "rule",
                    out["rule"],
                    printed,
                    line.place,
                    "levels.not_understood",
                    "low",
                    left_over=unread or (printed,),
                )
            )
            return
        targets = {number: _target(one) for number, one in readings.items()}
        out["rule"] = {"kind": "levels", "value": values.pop(), "targets": targets}
        how = f"levels.{next((one.how for one in readings.values() if one.target), 'not_applied')}"
        self._totals(readings, out)
        self.record.add(Field(node.code, "rule", out["rule"], printed, line.place, how, sure))

    def _totals(self, readings: dict[int, TargetReading], out: dict[str, Any]) -> None:
        """Declare what a target compares a count with, where it asks for all of them."""
        if any("all_of_total" in str(one.target) for one in readings.values()):
            out["inputs"] = [{"name": "total", "label": f"Tổng số: {out['title']}", "type": "count"}]


def _alternative(reading: RuleReading) -> dict[str, Any]:
    """Return another reading as the draft would write it."""
    return {"rule": reading.rule, "inputs": reading.inputs} if reading.inputs else {"rule": reading.rule}


def _row_words(line: Line) -> str:
    """Return all words of a row, as printed."""
    return " | ".join(
        one_line(line.text(key)) for key in ("code", "title", "rule", "lead", "support", "due") if line.text(key)
    )


def _target(reading: TargetReading) -> Any:
    if reading.target is None:
        return "Không áp dụng"
    target = dict(reading.target)
    if set(target) == {"printed", "at_least"} and str(target["printed"]) == str(target["at_least"]):
        return target["at_least"]
    return target


def figure_of(line: Line) -> tuple[str, str] | None:
    """Return letter and name of a row that is a figure of the rule above it: ``a | Tổng số`` or ``Tổng số (a)``."""
    title = one_line(line.text("title"))
    if line.code is not None and line.code.kind == "letter":
        return line.code.text, title
    match = _LETTER_BEHIND.match(title)
    return (match["letter"], match["label"]) if match else None


def _with_figures(text: str, figures: Sequence[Line]) -> str:
    """Put the figures that have rows of their own before the rule that uses their letters."""
    found = []
    for line in figures:
        name, label = figure_of(line) or ("", "")
        if not re.search(rf"(?m)^\s*[-+]?\s*{name}\s*[=:.]\s*\S", text):
            unit = line.text("rule").strip() if _UNIT_ONLY.fullmatch(line.text("rule").strip()) else ""
            found.append(f"{name} = {label}{f' ({unit})' if unit else ''};")
    return "\n".join([*found, text])


def _title(out: dict[str, Any]) -> str:
    detail = out.get("detail")
    return str(detail if detail else out["title"])
