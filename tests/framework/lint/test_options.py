"""Situations that no option covers, or two do."""

from __future__ import annotations

from typing import Any

import pytest

from tests.framework.lint.sample import choice, criterion, findings


def _options(*labels: tuple[str, object]) -> list[Any]:
    return findings(criterion(rule=choice(*labels)))


def test_done_but_late_is_a_gap_between_in_time_and_not_done() -> None:
    (found,) = _options(("Đã ban hành kịp thời", 1), ("Chưa ban hành", 0))
    assert (found.code, found.severity, found.figures["situation"]) == ("L508", "warning", "không kịp thời")


def test_in_time_and_not_in_time_leave_no_gap() -> None:
    assert _options(("Phổ biến kịp thời", 1), ("Chưa kịp thời", 0)) == []


def test_two_denials_leave_out_what_only_one_denies() -> None:
    labels = ("Tham dự đầy đủ, đúng thành phần", 1), ("Tham dự không đầy đủ, không đúng thành phần", 0)
    (found,) = _options(*labels)
    expected = "đầy đủ, không đúng thành phần; không đầy đủ, đúng thành phần"
    assert (found.code, found.figures["situation"], found.figures["count"]) == ("L508", expected, "2")


def test_all_four_combinations_leave_no_gap() -> None:
    assert (
        _options(
            ("Báo cáo đầy đủ, kịp thời", 1),
            ("Đầy đủ nhưng chưa kịp thời", "1/2"),
            ("Kịp thời nhưng chưa đầy đủ", "1/4"),
            ("Chưa đầy đủ, chưa kịp thời", 0),
        )
        == []
    )


def test_one_denial_before_two_qualities_can_be_read_in_two_ways() -> None:
    (found,) = _options(("Cập nhật đầy đủ, kịp thời", 1), ("Cập nhật không đầy đủ, kịp thời", 0))
    assert (found.code, found.severity) == ("L509", "note")
    assert found.figures["line"] == "cập nhật không đầy đủ, kịp thời"


def test_a_situation_under_two_lines_with_different_points_is_reported() -> None:
    (found,) = _options(
        ("Tham dự đầy đủ, đúng thành phần", 1),
        ("Tham dự không đầy đủ", "1/2"),
        ("Không tham dự, tham dự không đúng thành phần", 0),
    )
    assert (found.code, found.figures["situation"]) == ("L510", "không đầy đủ, không đúng thành phần")


def test_two_lines_with_the_same_points_do_not_conflict() -> None:
    labels = ("Đầy đủ, đúng thành phần", 1), ("Không đầy đủ", 0), ("Không đúng thành phần", 0)
    assert _options(*labels) == []


def test_a_line_for_all_other_cases_leaves_no_gap() -> None:
    assert _options(("Đã ban hành kịp thời", 1), ("Trường hợp khác", 0)) == []


def test_done_in_time_with_other_content_is_a_gap_of_lateness() -> None:
    lines = [{"at_most": 0, "share": 1, "label": "Đã ban hành theo đúng nội dung, thời gian quy định"}]
    rule = {"kind": "lateness", "lines": lines, "otherwise": {"share": 0, "label": "Ban hành trễ hoặc không ban hành"}}
    (found,) = findings(criterion(rule=rule))
    assert (found.code, found.figures["situation"]) == ("L508", "không đúng nội dung")


def test_options_that_name_no_quality_are_quiet() -> None:
    assert _options(("Thạc sĩ CNTT", 1), ("Đại học CNTT", "1/2"), ("Cao đẳng", 0)) == []


def test_one_denial_may_reach_over_three_qualities() -> None:
    best = "Tham dự đầy đủ, kịp thời, đúng thành phần"
    (found,) = _options((best, 1), ("Tham dự không đầy đủ, kịp thời, đúng thành phần", 0))
    assert found.code == "L509"


def test_a_quality_of_the_title_that_no_line_weighs_is_reported() -> None:
    rule = choice(("Đầy đủ", 1), ("Không đầy đủ", 0))
    (found,) = findings(criterion(title="Báo cáo đầy đủ, đúng biểu mẫu", rule=rule))
    assert (found.code, found.place, found.severity) == ("L511", "1.1", "warning")
    assert found.figures == {"forgotten": "đúng biểu mẫu", "weighed": "đầy đủ"}


@pytest.mark.parametrize(
    ("title", "rule"),
    [
        ("Báo cáo đầy đủ", choice(("Đầy đủ", 1), ("Không đầy đủ", 0))),
        ("Báo cáo đúng biểu mẫu", choice(("Có báo cáo", 1), ("Không báo cáo", 0))),
    ],
    ids=["weighed", "no line weighs any quality"],
)
def test_a_title_whose_qualities_are_weighed_together_is_quiet(title: str, rule: dict[str, Any]) -> None:
    assert findings(criterion(title=title, rule=rule)) == []


def test_a_degree_above_the_highest_line_falls_to_the_remainder() -> None:
    rule = choice(("Thạc sĩ CNTT", 1), ("Đại học CNTT", "1/2"), ("Khác", 0))
    (found,) = findings(criterion(title="Trình độ nhân lực", rule=rule))
    assert (found.code, found.place) == ("L512", "1.1")
    assert found.figures == {"line": "thạc sĩ cntt", "higher": "tiến sĩ"}


@pytest.mark.parametrize(
    "rule",
    [
        choice(("Thạc sĩ trở lên", 1), ("Đại học", "1/2"), ("Khác", 0)),
        choice(("Tiến sĩ", 1), ("Thạc sĩ", "1/2"), ("Khác", 0)),
        choice(("Có trình độ đại học", 1), ("Không", 0)),
    ],
    ids=["and above", "the highest degree", "one degree is no ladder"],
)
def test_degrees_that_leave_nothing_above_are_quiet(rule: dict[str, Any]) -> None:
    assert findings(criterion(title="Trình độ nhân lực", rule=rule)) == []
