"""Shares in the rule against those of the printed lines."""

from __future__ import annotations

from typing import Any

from tests.framework.lint.sample import choice, criterion, findings

PRINTED = "- Đã có: Điểm tối đa;\n- Mới có một phần: 1/2*Điểm tối đa;\n- Chưa có: 0 điểm"


def _found(rule: dict[str, Any], printed: str = PRINTED) -> list[tuple[str, str, str]]:
    found = findings(criterion(rule=rule, printed_rule=printed))
    return [(one.code, one.figures["printed"], one.figures["rule_share"]) for one in found if one.code == "L405"]


def test_an_option_with_another_share_than_printed_is_reported() -> None:
    rule = choice(("Đã có", 1), ("Mới có một phần", "1/4"), ("Chưa có", 0))
    assert _found(rule) == [("L405", "50%", "25%")]


def test_options_with_the_printed_shares_are_quiet() -> None:
    assert _found(choice(("Đã có", 1), ("Mới có một phần", "1/2"), ("Chưa có", 0))) == []


def test_an_option_in_other_words_is_left_alone() -> None:
    assert _found(choice(("Có đủ", 1), ("Có một nửa", "1/4"), ("Không", 0))) == []


def _parts(share: str) -> dict[str, Any]:
    rules = [choice(("Đã có", share), ("Chưa có", 0)), {"kind": "yes_no", "input": "#2", "label": "Đã kết nối"}]
    parts = [{"label": f"Phần {place}", "share": "1/2", "rule": rule} for place, rule in enumerate(rules)]
    return {"kind": "parts", "parts": parts}


PARTS = "1. A\n- Đã có: 1/4*Điểm tối đa\n- Chưa có: 0 điểm\n2. B\n- Đã kết nối: 3/4*Điểm tối đa\n- Chưa: 0 điểm"


def test_shares_of_parts_are_multiplied() -> None:
    assert _found(_parts("1/2"), PARTS) == [("L405", "75%", "50%")]
    assert _found(_parts("1"), PARTS) == [("L405", "25%", "50%"), ("L405", "75%", "50%")]


def test_steps_and_what_remains_are_compared() -> None:
    lines = [{"at_least": 2, "share": "1/2", "label": "Đã có"}]
    rule = {
        "kind": "steps",
        "of": "n",
        "unit": "article",
        "lines": lines,
        "otherwise": {"share": "1/4", "label": "Chưa có"},
    }
    row = criterion(rule=rule, printed_rule=PRINTED, inputs=[{"name": "n", "label": "Số tin", "unit": "article"}])
    assert [one.figures["line"] for one in findings(row) if one.code == "L405"] == ["Đã có", "Chưa có"]


def test_days_late_are_compared() -> None:
    rule = {
        "kind": "lateness",
        "lines": [
            {"at_most": 0, "share": 1, "label": "Đã có"},
            {"at_most": 5, "share": "1/4", "label": "Mới có một phần"},
        ],
        "otherwise": {"share": 0, "label": "Chưa có"},
    }
    assert _found(rule) == [("L405", "50%", "25%")]


def test_every_case_base_and_unscored_rule_is_compared() -> None:
    wrong = choice(("Đã có", "1/2"), ("Chưa có", 0))
    nested = {"kind": "choice", "input": "#1", "options": [{"id": "a", "label": "Khác", "rule": wrong}]}
    for rule in (
        {"kind": "best_of", "cases": [{"label": "A", "rule": wrong}, {"label": "B", "rule": {"kind": "manual"}}]},
        {"kind": "adjusted", "base": wrong},
        {"kind": "unscored", "rule": wrong},
        nested,
    ):
        found = findings(criterion(rule=rule, printed_rule=PRINTED))
        assert [one.figures["line"] for one in found if one.code == "L405"] == ["Đã có"]
