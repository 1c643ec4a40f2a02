"""Clauses that can be read in more than one way."""

from __future__ import annotations

from typing import Any

from tests.framework.lint.sample import criterion, dimension, findings, framework, lint

QUESTION = {"vi": "Làm tròn ở đâu?", "en": "Where is it rounded?"}
TOTAL = {"label": {"vi": "Tổng", "en": "Total"}}
EACH = {"label": {"vi": "Từng tiêu chí", "en": "Each"}, "policies": {"rounding": {"at": "criterion"}}}


def _reading(**options: Any) -> list[dict[str, Any]]:
    return [{"id": "A15", "clause": "Điều 7", "question": QUESTION, "default": "total", "options": options}]


def test_a_clause_with_two_readings_is_noted_at_the_clause() -> None:
    (found,) = findings(criterion(), readings=_reading(total=TOTAL, each=EACH))
    assert (found.code, found.place, found.severity) == ("L901", "Điều 7", "note")
    assert found.figures == {"reading": "A15", "option": "total", "others": "each"}
    assert found.sentence("vi") == "Có thể hiểu nhiều cách (A15); đang hiểu là “Tổng”; cách khác: “Từng tiêu chí”."


def test_the_reading_that_was_chosen_is_the_one_in_force() -> None:
    rows = dimension("1", [criterion()])
    (found,) = lint(framework(rows, readings=_reading(total=TOTAL, each=EACH), readings_chosen={"A15": "each"}))
    assert found.figures == {"reading": "A15", "option": "each", "others": "total"}


def test_a_clause_with_one_reading_is_settled() -> None:
    assert findings(criterion(), readings=_reading(total=TOTAL)) == []
