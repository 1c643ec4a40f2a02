"""Last year's points against maxima, sums, rules and deadlines."""

from __future__ import annotations

import pytest

from tests.framework.lint.sample import choice, criterion, dimension, findings, framework, lint, places, ratio

HALF = choice(("Có chức năng A và B", 1), ("Chỉ có A", "1/2"), ("Chưa có", 0))
DEADLINES = {
    "Đã hoàn thành": {"kind": "done"},
    "Quý II năm 2024": {"kind": "quarter", "quarter": 2, "year": 2024},
    "Quý IV hằng năm": {"kind": "yearly", "quarter": 4},
}


def _with_total(total: object, *points: object) -> list[tuple[str, str]]:
    rows = [criterion(f"1.{place}", f"Tiêu chí {place}", previous=one) for place, one in enumerate(points, 1)]
    manual = [{**row, "rule": {"kind": "manual"}} for row in rows]
    return places(lint(framework(dimension("1", manual, previous=total))))


def test_points_above_the_maximum_are_reported() -> None:
    (found,) = findings(criterion(previous=100))
    assert (found.code, found.place, found.figures) == ("L301", "1.1", {"printed": "100", "maximum": "10"})


def test_points_above_the_maximum_stay_reported_after_their_correction() -> None:
    correction = {"field": "previous", "printed": "100", "corrected": "10", "reason": "tổng buộc phải là 10"}
    (found,) = findings(criterion(previous=10, corrections=[correction]))
    assert (found.code, found.figures["printed"]) == ("L301", "100")


def test_a_correction_that_is_no_number_is_passed_over() -> None:
    correction = {"field": "previous", "printed": "l0", "corrected": "10", "reason": "lỗi nhận dạng"}
    assert findings(criterion(previous=10, corrections=[correction])) == []


def test_a_total_that_is_not_the_sum_is_reported_with_the_difference() -> None:
    rows = [criterion(f"1.{place}", f"Tiêu chí {place}", rule={"kind": "manual"}, previous=3.5) for place in (1, 2)]
    rows = [{**row, "previous": "3.5"} for row in rows]
    (found,) = lint(framework(dimension("1", rows, previous="6.77")))
    assert (found.code, found.place, found.severity) == ("L302", "1", "error")
    assert found.figures == {"printed": "6.77", "children": "7", "difference": "-0.23"}


def test_rounding_explains_half_a_unit_of_the_last_place_for_each_rounded_number() -> None:
    assert _with_total("6.67", "3.33", "3.33") == [("L303", "1")]


def test_rounding_does_not_explain_more() -> None:
    assert _with_total("6.69", "3.33", "3.33") == [("L302", "1")]


def test_rounding_does_not_explain_a_difference_between_whole_numbers() -> None:
    assert _with_total("8", "3", "4") == [("L302", "1")]


def test_a_total_that_is_the_sum_is_quiet() -> None:
    assert _with_total("6.66", "3.33", "3.33") == []


def test_blank_points_beside_filled_ones_are_reported_with_what_the_total_leaves() -> None:
    rows = [criterion(previous="10"), criterion("1.2", "Có kế hoạch")]
    (found,) = lint(framework(dimension("1", rows, previous="10")))
    assert (found.code, found.place, found.figures) == ("L304", "1.2", {"filled": "1", "blank": "1", "left": "0"})


def test_points_that_no_row_has_are_not_blank() -> None:
    assert findings(criterion(), criterion("1.2", "Có kế hoạch")) == []


def test_points_between_the_options_cannot_come_from_a_choice() -> None:
    (found,) = findings(criterion(rule=HALF, previous=4))
    assert (found.code, found.place) == ("L305", "1.1")
    assert found.figures == {"printed": "4", "maximum": "10", "possible": "0, 5, 10"}


def test_points_of_an_option_are_quiet() -> None:
    assert findings(criterion(rule=HALF, previous=5)) == []


def test_points_rounded_from_an_option_are_quiet() -> None:
    assert findings(criterion(rule=choice(("Có", 1), ("Một phần", "1/3"), ("Chưa", 0)), previous="3.33")) == []


def test_any_points_up_to_the_maximum_can_come_from_a_ratio() -> None:
    assert (
        findings(ratio("Tỷ lệ người dân có tài khoản", "Số người có tài khoản", "Tổng số người", previous="3.337"))
        == []
    )


def test_points_above_what_a_bounded_rule_gives_cannot_come_from_it() -> None:
    rule = {"kind": "parts", "parts": [{"label": "A", "share": "1/2", "rule": {"kind": "manual"}}]}
    found = findings(criterion(rule=rule, previous=7))
    assert [(one.code, one.figures.get("possible")) for one in found] == [("L305", "0 – 5"), ("L506", None)]


def test_points_that_another_reading_could_not_give_speak_against_it() -> None:
    one_half = {"label": {"vi": "Một nửa", "en": "Half"}, "rules": {"1.1": choice(("Có", "1/2"), ("Chưa", 0))}}
    options = {"full": {"label": {"vi": "Đủ", "en": "Full"}}, "one_half": one_half}
    reading = {"id": "A6", "clause": "dòng 1.1", "question": {"vi": "?", "en": "?"}, "default": "full"}
    found = findings(criterion(previous=10), readings=[{**reading, "options": options}])
    assert places(found) == [("L306", "1.1"), ("L901", "dòng 1.1")]
    assert found[0].figures == {"printed": "10", "maximum": "10", "reading": "A6", "option": "one_half"}


def test_a_task_said_to_be_done_that_lacks_points_is_reported() -> None:
    (found,) = findings(criterion(previous=0, due="Đã hoàn thành"), deadlines=DEADLINES)
    assert (found.code, found.place) == ("L307", "1.1")
    assert found.figures == {"printed": "0", "maximum": "10", "due": "Đã hoàn thành"}


def test_a_task_done_with_all_points_is_quiet() -> None:
    assert findings(criterion(previous=10, due="Đã hoàn thành"), deadlines=DEADLINES) == []


def test_a_deadline_to_come_for_what_has_all_points_is_noted() -> None:
    (found,) = findings(criterion(previous=10, due="Quý II năm 2024"), deadlines=DEADLINES)
    assert (found.code, found.severity, found.figures["due"]) == ("L308", "note", "Quý II năm 2024")


@pytest.mark.parametrize(("due", "points"), [("Quý II năm 2024", 0), ("Quý IV hằng năm", 10)])
def test_a_deadline_for_what_is_open_or_returns_yearly_is_quiet(due: str, points: int) -> None:
    assert findings(criterion(previous=points, due=due), deadlines=DEADLINES) == []


def test_points_for_how_often_beside_none_for_whether_at_all_are_reported() -> None:
    has = criterion("1.1", "Đài truyền thanh có chuyên mục riêng về chuyển đổi số", previous=0)
    often = criterion("1.2", "Tần suất Đài truyền thanh phát sóng chuyên mục riêng về chuyển đổi số", previous=10)
    (found,) = findings(has, often)
    assert (found.code, found.place, found.figures) == ("L309", "1.2", {"printed": "10", "other": "1.1"})


def test_how_often_is_not_compared_with_another_thing() -> None:
    has = criterion("1.1", "Báo của tỉnh có chuyên mục riêng về chuyển đổi số", previous=0)
    often = criterion("1.2", "Tần suất Đài truyền thanh phát sóng chuyên mục riêng về chuyển đổi số", previous=10)
    assert findings(has, often) == []


def test_a_parent_that_is_said_to_be_done_is_read_through_its_children() -> None:
    child = criterion("1.1.1", "Có kế hoạch", previous=0)
    parent = criterion("1.1", rule=None, previous=0, due="Đã hoàn thành", criteria=[child])
    assert findings(parent, deadlines=DEADLINES) == []


def test_a_row_without_maximum_may_be_done() -> None:
    unscored = criterion(max_points=None, previous=0, due="Đã hoàn thành", rule={"kind": "unscored"})
    found = findings(criterion("1.2", "Có kế hoạch"), {**unscored, "code": "1.1"}, deadlines=DEADLINES)
    assert places(found, "L307") == []


@pytest.mark.parametrize(("target", "shown"), [(11, ""), (12, ", ...")])
def test_at_most_twelve_possible_points_are_named(target: int, shown: str) -> None:
    inputs = [{"name": "n", "label": "Số cuộc họp", "type": "count", "unit": "meeting"}]
    rule = {"kind": "count", "of": "n", "target": target}
    (found,) = findings(criterion(max_points=target, inputs=inputs, rule=rule, previous="0.5"))
    assert found.figures["possible"] == f"0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11{shown}"
