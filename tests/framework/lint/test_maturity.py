"""Targets per level, and the columns that explain them."""

from __future__ import annotations

from typing import Any

from chiso.framework.lint import Finding
from tests.framework.lint.sample import criterion, dimension, findings, framework, lint

LEVELS = [
    {"number": number, "name": {"vi": f"Mức {number}", "en": f"Level {number}"}, "description": "…"}
    for number in (1, 2, 3)
]
NOT_APPLIED = "Không áp dụng"


def _row(targets: dict[int, Any], value: str = "share", code: str = "I.1", **fields: Any) -> dict[str, Any]:
    rule = {"kind": "levels", "value": value, "targets": targets}
    return criterion(code, f"Chỉ tiêu {code}", max_points=None, rule=rule, **fields)


def _found(*rows: dict[str, Any]) -> list[Finding]:
    group = dimension("I", list(rows), max_points=None)
    return lint(framework(group, levels=LEVELS, max_points=None))


def test_a_target_that_falls_as_the_level_rises_is_reported() -> None:
    (found,) = _found(_row({1: "50%", 2: "40%", 3: "60%"}))
    assert (found.code, found.place, found.severity) == ("L801", "I.1", "error")
    assert found.figures == {"level": "2", "lower_level": "1", "lower": "50%", "higher": "40%"}


def test_targets_that_stay_or_rise_are_quiet() -> None:
    assert _found(_row({1: NOT_APPLIED, 2: "50%", 3: "50%"})) == []


def test_a_number_that_falls_is_reported() -> None:
    targets = {1: {"printed": "02 hệ thống", "at_least": 2}, 2: {"printed": "01 hệ thống", "at_least": 1}, 3: "3"}
    (found,) = _found(_row(targets, "count"))
    assert (found.code, found.figures["lower"], found.figures["higher"]) == ("L801", "2", "1")


def test_a_condition_on_children_that_falls_is_reported() -> None:
    targets = {
        1: {"printed": "100% mức 1", "children": {"all_at_least": 1, "share": "50%", "at_least": 2}},
        2: {"printed": "100% mức 1, 40% mức 2", "children": {"all_at_least": 1, "share": "40%", "at_least": 2}},
        3: {"printed": "100% mức 2", "children": {"all_at_least": 2}},
    }
    (found,) = _found(_row(targets, "children"))
    assert (found.code, found.figures["level"]) == ("L801", "2")


def test_unlike_conditions_are_not_compared() -> None:
    targets = {1: {"printed": "Có 3", "at_least": 3}, 2: {"printed": "Tất cả", "all_of_total": True}, 3: "4"}
    assert _found(_row(targets, "count")) == []


def test_a_target_that_stops_applying_at_a_higher_level_is_reported() -> None:
    has = {"printed": "Có hệ thống", "has": True}
    (found,) = _found(_row({1: NOT_APPLIED, 2: has, 3: NOT_APPLIED}, "yes_no"))
    assert (found.code, found.figures) == ("L802", {"level": "3", "lower_level": "2", "lower": "Có hệ thống"})


def test_a_share_above_all_cannot_be_reached() -> None:
    (found,) = _found(_row({1: "50%", 2: "100%", 3: "101%"}))
    assert (found.code, found.figures) == ("L803", {"level": "3", "target": "101%"})


def test_a_number_above_one_can_be_reached() -> None:
    assert _found(_row({1: {"printed": "Tối thiểu 02", "at_least": 2}, 2: "2", 3: "3"}, "count")) == []


def test_a_row_without_method_where_others_have_one_is_noted() -> None:
    rising = {1: "50%", 2: "60%", 3: "70%"}
    rows = [_row(rising, code=f"I.{place}", method="Cổng dịch vụ công") for place in (1, 2)]
    (found,) = _found(*rows, _row(rising, code="I.3"))
    assert (found.code, found.place, found.figures) == ("L804", "I.3", {"columns": "method", "rows": "3"})


def test_a_framework_without_a_column_of_methods_is_quiet() -> None:
    rising = {1: "50%", 2: "60%", 3: "70%"}
    assert _found(_row(rising), _row(rising, code="I.2")) == []


def test_criteria_of_points_have_no_levels() -> None:
    assert findings(criterion()) == []


def _two(lower: dict[str, Any], *ways: dict[str, Any]) -> list[tuple[str, str]]:
    targets = {1: NOT_APPLIED, 2: lower, 3: {"printed": "Một trong các cách", "any_of": list(ways)}}
    inputs = [{"name": "value"}, {"name": "total", "label": "Tổng số"}]
    return [(one.code, one.figures.get("way", "")) for one in _found(_row(targets, "count", inputs=inputs))]


TWO, THREE = {"printed": "Có 2", "at_least": 2}, {"printed": "Có 3", "at_least": 3}
ALL = {"printed": "100%", "all_of_total": True}


def test_an_alternative_of_the_higher_level_alone_is_reported() -> None:
    assert _two(TWO, THREE, ALL) == [("L805", "100%")]


def test_an_alternative_that_both_levels_have_is_quiet() -> None:
    assert _two({"printed": "Có 2 hoặc 100%", "any_of": [TWO, ALL]}, THREE, ALL) == []


def test_an_alternative_that_asks_for_less_than_the_level_below_is_reported() -> None:
    assert _two(THREE, ALL, TWO) == [("L805", "100%"), ("L805", "Có 2")]


def test_the_figures_of_an_alternative_name_both_levels() -> None:
    targets = {1: TWO, 2: {"printed": "Có 3 hoặc 100%", "any_of": [THREE, ALL]}, 3: NOT_APPLIED}
    inputs = [{"name": "value"}, {"name": "total", "label": "Tổng số"}]
    found = next(one for one in _found(_row(targets, "count", inputs=inputs)) if one.code == "L805")
    assert (found.place, found.severity) == ("I.1", "warning")
    assert found.figures == {"level": "2", "lower_level": "1", "way": "100%", "lower": "Có 2"}
