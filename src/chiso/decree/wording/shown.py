"""A reading made fit to be shown: its rule as text of a framework file, in words, and as a small table of points."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import yaml

from chiso.decree.wording import RuleReading
from chiso.decree.wording.examples import Example, examples
from chiso.framework.inputs import asked, every_rule
from chiso.framework.model import Framework
from chiso.framework.rules import Choice, Lateness, Rule, YesNo
from chiso.framework.words import rule_lines
from chiso.quantity import local_text, write_rational

#: The maximum of the table where none is given or printed.
HUNDRED = Fraction(100)


class Shown:
    """One reading beside the title and maximum that it was read with."""

    def __init__(self, reading: RuleReading, title: str, max_points: Fraction | None) -> None:
        self.reading, self.title = reading, title or "—"
        inferred = next((doubt.data["most"] for doubt in reading.doubts if doubt.code == "maximum_inferred"), None)
        self.full = max_points or (Fraction(inferred) if inferred else HUNDRED)
        self.framework = _framework(reading, self.title, self.full)
        self.criterion = self.framework.criteria["1.1"]
        self.rule: Rule = self.criterion.effective_rule

    def file_text(self) -> str:
        """Return the rule and its inputs as a framework file writes them."""
        data: dict[str, Any] = {"rule": self.reading.rule}
        if self.reading.inputs:
            data["inputs"] = self.reading.inputs
        text: str = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
        return text.rstrip()

    def words(self, lang: str) -> list[str]:
        """Return the rule as sentences."""
        return rule_lines(self.framework, self.criterion, lang)

    def table(self, lang: str) -> tuple[list[str], list[list[str]]]:
        """Return headings and rows: the inputs by name, and the points that the engine gives."""
        found = examples(self.rule, self.full)
        names = list(dict.fromkeys(name for example in found for name in example.values))
        rows = [[*(self._value(name, example, lang) for name in names), _points(example, lang)] for example in found]
        return names, rows

    def examples(self) -> list[dict[str, Any]]:
        """Return the table for other programs: choices by the id of their option, points exact."""
        return [
            {
                "inputs": {name: self._plain(name, value) for name, value in example.values.items()},
                "points": write_rational(example.points.value) if example.points.known else None,
            }
            for example in examples(self.rule, self.full)
        ]

    def _value(self, name: str, example: Example, lang: str) -> str:
        value = example.values.get(name)
        if value is None:
            return ""
        plain = self._plain(name, value)
        return plain if plain != write_rational(value) else local_text(value, lang)

    def _plain(self, name: str, value: Fraction) -> str:
        for node in every_rule(self.rule):
            if isinstance(node, Choice) and node.input == name:
                return node.options[int(value)].id
            if isinstance(node, YesNo) and node.input == name:
                return "yes" if value else "no"
            if isinstance(node, Lateness) and node.input == name:
                break
        types = {one.name: one.type for one in asked(self.framework, self.criterion)}
        return ("yes" if value else "no") if types.get(name) == "yes_no" else write_rational(value)


def _points(example: Example, lang: str) -> str:
    return local_text(example.points.value, lang) if example.points.known else example.points.state.word


def _framework(reading: RuleReading, title: str, full: Fraction) -> Framework:
    """Return a framework that holds nothing but this rule."""
    criterion = {
        "code": "1.1",
        "title": title,
        "max_points": write_rational(full),
        "rule": reading.rule,
        "inputs": reading.inputs,
    }
    return Framework.model_validate(
        {
            "format": 1,
            "id": "wording",
            "version": "1",
            "title": {"vi": title, "en": title},
            "legal": {"number": "—", "year": 2000, "issuer": "—", "title": title},
            "unit_kinds": ["commune"],
            "max_points": write_rational(full),
            "dimensions": [{"code": "1", "title": title, "max_points": write_rational(full), "criteria": [criterion]}],
        }
    )


def as_dict(shown: Shown, lang: str, *, alternatives: Sequence[Shown] = ()) -> dict[str, Any]:
    """Return everything that is known of a reading, for other programs."""
    reading = shown.reading
    return {
        "rule": reading.rule,
        "inputs": reading.inputs,
        "words": shown.words(lang),
        "confidence": reading.confidence,
        "how": reading.how,
        "doubts": [{"code": doubt.code, "message": doubt.text(lang)} for doubt in reading.doubts],
        "left_over": list(reading.left_over),
        "not_applicable": reading.not_applicable,
        "max_points": write_rational(shown.full),
        "examples": shown.examples(),
        "alternatives": [as_dict(other, lang) for other in alternatives],
    }
