"""The shares that each kind of rule can give."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter

from chiso.framework.lint.reach import reach
from chiso.framework.rules import Rule

_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)
HALF = Fraction(1, 2)
YES = {"kind": "yes_no", "input": "#1", "label": "Có"}


def _reach(rule: dict[str, Any], full: int = 10, *whole: str) -> set[Fraction] | None:
    return reach(_RULE.validate_python(rule), Fraction(full), whole)


def test_a_choice_gives_its_options_and_what_their_rules_give() -> None:
    options = [{"id": "a", "label": "A", "share": "1/4"}, {"id": "b", "label": "B", "rule": YES}]
    assert _reach({"kind": "choice", "options": options}) == {Fraction(1, 4), Fraction(0), Fraction(1)}


def test_a_choice_with_a_ratio_gives_anything() -> None:
    slope = {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True}
    options = [{"id": "a", "label": "A", "share": 0}, {"id": "b", "label": "B", "rule": slope}]
    assert _reach({"kind": "choice", "options": options}) is None


def test_steps_give_their_lines() -> None:
    lines = [{"at_least": 20, "share": 1, "label": "20"}, {"at_least": 10, "share": "1/2", "label": "10"}]
    rule = {"kind": "steps", "of": "n", "lines": lines, "otherwise": {"share": 0, "label": "khác"}}
    assert _reach(rule) == {Fraction(0), HALF, Fraction(1)}


def test_lateness_gives_its_lines() -> None:
    lines = [{"at_most": 0, "share": 1, "label": "đúng hạn"}]
    rule = {"kind": "lateness", "lines": lines, "otherwise": {"share": "1/5", "label": "trễ"}}
    assert _reach(rule) == {Fraction(1), Fraction(1, 5)}


def test_parts_give_every_sum_of_their_shares() -> None:
    parts = [
        {"label": "A", "share": "1/2", "rule": YES},
        {"label": "B", "share": "1/5", "rule": {**YES, "input": "#2"}},
    ]
    assert _reach({"kind": "parts", "parts": parts}) == {Fraction(0), HALF, Fraction(1, 5), Fraction(7, 10)}


def test_the_best_case_gives_what_any_case_gives() -> None:
    cases = [{"label": "A", "rule": YES}, {"label": "B", "rule": {"kind": "choice", "options": [_option("1/3")]}}]
    assert _reach({"kind": "best_of", "cases": cases}) == {Fraction(0), Fraction(1), Fraction(1, 3)}


def test_points_per_item_give_multiples_up_to_the_maximum() -> None:
    rule = {"kind": "per_item", "of": "n", "points": 4}
    assert _reach(rule, 10, "n") == {Fraction(0), Fraction(2, 5), Fraction(4, 5), Fraction(1)}


def test_points_per_amount_may_be_anything() -> None:
    assert _reach({"kind": "per_item", "of": "n", "points": 4}) is None


def test_a_count_gives_multiples_of_one_over_its_target() -> None:
    rule = {"kind": "count", "of": "n", "target": 4}
    assert _reach(rule, 10, "n") == {Fraction(0), Fraction(1, 4), HALF, Fraction(3, 4), Fraction(1)}


def test_an_amount_against_a_target_gives_anything() -> None:
    assert _reach({"kind": "count", "of": "n", "target": 4}) is None


def test_a_target_of_thousands_gives_too_many_to_list() -> None:
    assert _reach({"kind": "count", "of": "n", "target": 10000}, 10, "n") is None


def test_entered_points_may_be_anything() -> None:
    assert _reach({"kind": "manual"}) is None


def _option(share: object) -> dict[str, object]:
    return {"id": "c", "label": "C", "share": share}
