"""Working through the doubtful fields of a draft: kept as they are, replaced by another reading, or left to people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chiso.decree.drafting.yaml_text import yaml_text
from chiso.decree.language.numbers import Exact
from chiso.decree.report.account import value_words
from chiso.decree.report.phrases import named, phrase
from chiso.framework.faults import FrameworkError
from chiso.framework.loader import load_text
from chiso.framework.source import parse_source
from chiso.framework.words import rule_lines

#: Fields that a person decides on row by row; the others are looked at in the report.
_SKIPPED = frozenset({"printed_counts", "notes"})


@dataclass
class Review:
    """A draft and its report, as texts; ``decide`` returns what both are after a decision."""

    text: str
    report: dict[str, Any]

    @classmethod
    def of(cls, text: str, report: str) -> Review:
        """Open a draft with its report.

        Raises:
            ValueError: the report is none.
        """
        data = json.loads(report)
        if not isinstance(data, dict) or not isinstance(data.get("fields"), list):
            raise TypeError("no report")
        return cls(text, data)

    def open_fields(self) -> Iterator[dict[str, Any]]:
        """Yield the fields that are not certain and not decided yet, in printed order."""
        for field in self.report["fields"]:
            if field["confidence"] != "high" and field["name"] not in _SKIPPED and not field.get("checked"):
                yield field

    def title(self, field: dict[str, Any]) -> str:
        """Return the name of the row that a field belongs to, empty for those of the whole document."""
        return _title(_plain(parse_source(self.text, "draft.yaml").data), field["row"])

    def in_words(self, field: dict[str, Any], lang: str, number: int | None = None) -> list[str]:
        """Return what the draft says for a field, or another reading by its number, as a person reads it."""
        value = field["value"] if number is None else field["alternatives"][number - 1]
        if field["name"] == "rule":
            try:
                framework = load_text(self.text if number is None else _changed(self.text, field["row"], "rule", value))
            except FrameworkError:
                return [json.dumps(value, ensure_ascii=False)]
            if (criterion := framework.criteria.get(field["row"])) is not None:
                return rule_lines(framework, criterion, lang)
        if value is None and field["name"] == "general_rule":
            return [phrase("fate.left", lang)]
        if (said := value_words(field["name"], value, lang)) is not None:
            return [said]
        if field["name"] == "unit_kinds" and isinstance(value, list):
            value = [named(f"kind.{one}", lang, str(one)) for one in value]
        return ["; ".join(map(str, value)) if isinstance(value, list) else str(value)]

    def keep(self, field: dict[str, Any]) -> None:
        """Note that a person has looked at a field and keeps it."""
        field["checked"] = True

    def take(self, field: dict[str, Any], number: int) -> None:
        """Take another reading of a field into the draft, when the draft still loads with it.

        Raises:
            FrameworkError: it does not; draft and report stay as they were.
        """
        value = field["alternatives"][number - 1]
        text = _changed(self.text, field["row"], field["name"], value)
        load_text(text)
        self.text = text
        field["value"] = value["rule"] if field["name"] == "rule" else value
        field["checked"] = True

    def report_text(self) -> str:
        """Return the report for its file."""
        return json.dumps(self.report, ensure_ascii=False, indent=2) + "\n"


def _changed(text: str, row: str, name: str, value: Any) -> str:
    """Return a framework file with one field of one row replaced; its comment stays."""
    comment = "\n".join(line[2:] for line in text.split("\n") if line.startswith("# "))
    data = _plain(parse_source(text, "draft.yaml").data)
    found = _row(data, row)
    if name == "rule":
        found["rule"] = value["rule"]
        if value.get("inputs"):
            found["inputs"] = value["inputs"]
        else:
            found.pop("inputs", None)
    elif "." in name:  # policies.ranking.ties
        *path, last = name.split(".")
        for key in path:
            found = found.setdefault(key, {})
        found[last] = value
    else:
        found[name] = Exact(value) if isinstance(value, str) and name in ("max_points", "previous") else value
    return yaml_text(data, comment)


def _row(data: dict[str, Any], code: str) -> dict[str, Any]:
    pending = list(data["dimensions"])
    while pending:
        row: dict[str, Any] = pending.pop()
        if row["code"] == code:
            return row
        pending.extend(row.get("criteria", ()))
    return data


def _title(data: dict[str, Any], code: str) -> str:
    found = _row(data, code)
    return "" if found is data else str(found.get("title", ""))


def _plain(value: Any) -> Any:
    """Return what a file says as plain data, its numbers as they are written."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return Exact(str(value)) if isinstance(value, Decimal) else value
