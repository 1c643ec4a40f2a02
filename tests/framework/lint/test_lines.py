"""Lines of a rule: jumps, gaps, overlaps, repeats, the zero case, the maximum, lines that never hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.framework.lint.sample import choice, criterion, findings, places, ratio


def _share(printed: str, **fields: Any) -> list[Any]:
    return findings(ratio("Tỷ lệ chi", "Chi cho chính quyền số", "Tổng chi", printed_rule=printed, **fields))


def test_a_slope_that_does_not_meet_the_full_line_jumps() -> None:
    (found,) = _share("- Từ 1% trở lên: điểm tối đa\n- Dưới 1%: Tỷ lệ * điểm tối đa")
    assert (found.code, found.place, found.severity) == ("L501", "1.1", "error")
    assert found.figures == {"at": "1%", "below": "0.1", "above": "10", "jump": "9.9"}


@pytest.mark.parametrize(
    "below", ["Tỷ lệ/80% * Điểm tối đa", "Điểm = Tỷ lệ*Điểm tối đa/80%", "điểm = điểm tối đa * tỷ lệ/80%", "0 điểm"]
)
def test_a_slope_that_meets_the_full_line_and_a_plain_step_are_quiet(below: str) -> None:
    assert _share(f"+ Tỷ lệ >= 80%: Điểm tối đa\n+ Tỷ lệ < 80%: {below}") == []


def test_a_slope_that_is_full_at_all_meets_its_line() -> None:
    assert _share("- 100%: điểm tối đa\n- Dưới 100%: Tỷ lệ * điểm tối đa") == []


def _steps(at_full: str) -> dict[str, Any]:
    slope = {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True, "full_at": at_full}
    lines = [{"at_least": "80%", "share": 1, "label": "Từ 80%"}]
    return {"kind": "steps", "of": "a/b", "lines": lines, "otherwise": {"label": "Dưới 80%", "rule": slope}}


def test_a_jump_in_the_rule_is_found_without_a_printed_one() -> None:
    (found,) = findings(ratio("Tỷ lệ chi", "Chi cho chính quyền số", "Tổng chi", rule=_steps("1")))
    assert (found.code, found.figures) == ("L501", {"at": "80%", "below": "8", "above": "10", "jump": "2"})


def test_a_rule_whose_slope_meets_its_step_is_quiet() -> None:
    assert findings(ratio("Tỷ lệ chi", "Chi cho chính quyền số", "Tổng chi", rule=_steps("80%"))) == []


def test_values_between_two_lines_are_a_gap() -> None:
    (found,) = _share("+ Tỷ lệ >= 80%: Điểm tối đa\n+ Tỷ lệ < 70%: 0 điểm")
    assert (found.code, found.figures["start"], found.figures["end"]) == ("L502", "70%", "80%")


def test_a_bound_that_neither_line_includes_is_a_gap() -> None:
    (found,) = _share("+ Tỷ lệ > 80%: Điểm tối đa\n+ Tỷ lệ < 80%: 0 điểm")
    assert (found.code, found.figures["values"]) == ("L502", "80%")


def test_values_below_the_lowest_line_are_a_gap() -> None:
    (found,) = _share("+ Tỷ lệ >= 80%: Điểm tối đa\n+ Tỷ lệ >= 50%: 1/2*Điểm tối đa")
    assert (found.code, found.figures["values"]) == ("L502", "0% – 50%")


def test_a_share_of_all_that_no_line_names_is_a_gap() -> None:
    (found,) = _share("+ Từ 80% đến dưới 100%: Điểm tối đa\n+ Tỷ lệ < 80%: 0 điểm")
    assert (found.code, found.figures["values"]) == ("L502", "100%")


def _count(printed: str) -> list[tuple[str, str]]:
    row = criterion(
        inputs=[{"name": "n", "label": "Số tin, bài", "type": "count", "unit": "article"}],
        rule={"kind": "count", "of": "n", "target": 20},
        printed_rule=printed,
    )
    return [(one.code, one.figures["values"]) for one in findings(row)]


def test_whole_numbers_leave_no_gap_between_nineteen_and_twenty() -> None:
    assert _count("+ Từ 20 trở lên: điểm tối đa\n+ Từ 10 đến 19: 1/2*Điểm tối đa\n+ Dưới 10: 0 điểm") == []


def test_whole_numbers_that_no_line_names_are_a_gap() -> None:
    assert _count("+ Từ 20 trở lên: điểm tối đa\n+ Từ 10 đến 18: 1/2*Điểm tối đa\n+ Dưới 10: 0 điểm") == [
        ("L502", "18 – 20")
    ]


def test_numbers_above_the_highest_line_are_a_gap() -> None:
    assert _count("+ Từ 10 đến 19: điểm tối đa\n+ Dưới 10: 0 điểm") == [("L502", "> 19")]


def test_a_line_without_bounds_covers_what_is_left() -> None:
    assert _count("+ Từ 20 trở lên: điểm tối đa\n+ Từ 10 đến 19: 1/2*Điểm tối đa\n+ Chưa có: 0 điểm") == []


def test_days_of_delay_in_two_lines_leave_no_gap() -> None:
    printed = "- Trễ không quá 10 ngày: ½ * điểm tối đa\n- Trễ quá 10 ngày: 0 điểm\n- Đúng hạn: Điểm tối đa"
    assert findings(criterion(printed_rule=printed)) == []


def test_a_bound_in_two_lines_that_agree_there_is_only_noted() -> None:
    (found,) = _share("+ Tỷ lệ >= 80%: Điểm tối đa\n+ Tỷ lệ <= 80%: Tỷ lệ/80% * Điểm tối đa")
    assert (found.code, found.severity, found.figures["values"]) == ("L503", "note", "80%")


def test_a_bound_in_two_lines_that_disagree_is_a_warning() -> None:
    (found,) = _share("+ Tỷ lệ >= 80%: Điểm tối đa\n+ Tỷ lệ <= 80%: 0 điểm")
    assert (found.code, found.severity) == ("L503", "warning")


def test_two_ranges_that_share_values_overlap() -> None:
    printed = "+ Từ 20 trở lên: điểm tối đa\n+ Từ 10 đến 25: 1/2*Điểm tối đa\n+ Dưới 10: 0 điểm"
    assert _count(printed) == [("L503", "20 – 25")]


def test_a_ladder_of_lower_bounds_does_not_overlap() -> None:
    assert _share("Mức 1 ≥ 10% (điểm tối đa)\nMức 2 ≥ 7% (70% điểm)\nMức 3 < 7% (0 điểm)") == []


def test_a_line_printed_twice_is_reported() -> None:
    found = findings(criterion(printed_rule="- Thực hiện: Điểm tối đa\n- Thực hiện: Điểm tối đa"))
    assert places(found) == [("L504", "1.1"), ("L505", "1.1")]
    assert found[0].figures == {"line": "thực hiện: điểm tối đa", "times": "2"}


def test_a_zero_line_that_strayed_into_another_part_is_reported() -> None:
    printed = (
        "1. Triển khai\n- Có: 1/2*Điểm tối đa\n- Chưa triển khai: 0 điểm\n- Chưa đáp ứng: 0 điểm\n"
        "2. Kỹ thuật\n- Đã đáp ứng: 1/2*Điểm tối đa\n- Chưa đáp ứng: 0 điểm"
    )
    (found,) = findings(criterion(printed_rule=printed))
    assert (found.code, found.figures) == ("L504", {"line": "chưa đáp ứng: 0 điểm", "times": "2"})


def test_the_same_options_in_two_parts_are_no_repeat() -> None:
    printed = "1. A\n- Có: 1/2*Điểm tối đa\n- Không: 0 điểm\n2. B\n- Có: 1/2*Điểm tối đa\n- Không: 0 điểm"
    assert findings(criterion(printed_rule=printed)) == []


def test_options_with_the_same_words_are_a_repeat_where_nothing_is_printed() -> None:
    found = findings(criterion(rule=choice(("Thực hiện", 1), ("Thực hiện.", 0))))
    assert places(found) == [("L504", "1.1")]


def test_a_choice_without_a_zero_line_is_reported_with_its_lowest_share() -> None:
    (found,) = findings(criterion(printed_rule="- Cấp tỉnh: Điểm tối đa\n- Cấp huyện: 1/2*Điểm tối đa"))
    assert (found.code, found.figures) == ("L505", {"lowest": "50%", "lines": "2"})


def test_a_choice_without_a_zero_option_is_reported_where_nothing_is_printed() -> None:
    (found,) = findings(criterion(rule=choice(("Cấp tỉnh", 1), ("Cấp huyện", "1/4"))))
    assert (found.code, found.figures) == ("L505", {"lowest": "25%", "lines": "2"})


def test_a_slope_has_its_zero_in_itself() -> None:
    row = criterion(
        inputs=[{"name": "n", "label": "Số cuộc họp", "type": "count", "unit": "meeting"}],
        rule={"kind": "count", "of": "n", "target": 4},
        printed_rule="- Đủ 04 cuộc họp trong năm: Điểm tối đa\n- Số cuộc họp/4 * điểm tối đa",
    )
    assert findings(row) == []


def test_printed_lines_that_give_half_do_not_reach_the_maximum() -> None:
    (found,) = findings(criterion(max_points=5, printed_rule="- Đã triển khai A, B: 1/2*Điểm tối đa\n- Chưa: 0 điểm"))
    assert (found.code, found.severity) == ("L506", "error")
    assert found.figures == {"most": "2.5", "maximum": "5", "share": "50%"}


def test_printed_lines_that_add_up_to_the_maximum_reach_it() -> None:
    printed = "- Đáp ứng yêu cầu: 4/5*Điểm tối đa\n- Đã chuyển đổi: 1/5*Điểm tối đa\n- Chưa: 0 điểm"
    assert findings(criterion(printed_rule=printed)) == []


def test_a_rule_that_gives_less_than_the_maximum_does_not_reach_it() -> None:
    (found,) = findings(criterion(rule=choice(("Có", "3/4"), ("Không", 0))))
    assert (found.code, found.figures) == ("L506", {"most": "7.5", "maximum": "10", "share": "75%"})


def test_lines_that_could_not_all_be_read_prove_nothing_about_the_maximum() -> None:
    printed = "- Có: 1/2*Điểm tối đa\n- Không: 0 điểm\n- Đơn vị cao nhất thì điểm tối đa và giảm dần"
    assert findings(criterion(printed_rule=printed)) == []


def _ladder(*bounds: tuple[str, int]) -> list[tuple[str, str]]:
    lines = [
        {name: value, "share": "1/2" if place else 1, "label": f"dòng {place}"}
        for place, (name, value) in enumerate(bounds)
    ]
    rule = {"kind": "steps", "of": "n", "unit": "article", "lines": lines, "otherwise": {"share": 0, "label": "khác"}}
    inputs = [{"name": "n", "label": "Số tin, bài", "type": "count", "unit": "article"}]
    return [(one.code, one.figures["line"]) for one in findings(criterion(rule=rule, inputs=inputs))]


@pytest.mark.parametrize(
    "bounds",
    [
        (("at_least", 10), ("at_least", 20)),
        (("at_least", 10), ("above", 10)),
        (("at_most", 20), ("at_most", 10)),
        (("at_most", 10), ("below", 10)),
        (("at_most", 10), ("at_most", 10)),
        (("below", 10), ("below", 10)),
    ],
)
def test_a_line_below_a_wider_one_never_holds(bounds: tuple[tuple[str, int], ...]) -> None:
    assert _ladder(*bounds) == [("L507", "dòng 1")]


@pytest.mark.parametrize(
    "bounds",
    [
        (("at_least", 20), ("at_least", 10)),
        (("above", 10), ("at_least", 10)),
        (("at_most", 10), ("at_most", 20)),
        (("below", 10), ("at_most", 10)),
        (("at_least", 10), ("at_most", 5)),
        (("at_least", 10), ("at_most", 20)),
        (("at_most", 10), ("at_least", 5)),
    ],
)
def test_a_line_below_a_stricter_one_can_hold(bounds: tuple[tuple[str, int], ...]) -> None:
    assert _ladder(*bounds) == []


def test_a_slope_over_another_ratio_is_not_compared_with_the_steps() -> None:
    slope = {"kind": "ratio", "numerator": "b", "denominator": "a", "part_of_whole": False}
    rule = {**_steps("1"), "otherwise": {"label": "Dưới 80%", "rule": slope}}
    assert findings(ratio("Tỷ lệ chi", "Chi cho chính quyền số", "Tổng chi", rule=rule)) == []


def test_a_slope_over_sums_is_known_as_the_ratio_of_the_steps() -> None:
    inputs = [{"name": name, "label": f"Kinh phí {name}", "type": "count"} for name in "abc"]
    slope = {"kind": "ratio", "numerator": "a+b", "denominator": "c", "part_of_whole": True}
    rule = {**_steps("1"), "of": "(a+b)/c", "otherwise": {"label": "Dưới 80%", "rule": slope}}
    assert places(findings(criterion(rule=rule, inputs=inputs))) == [("L501", "1.1")]


def test_a_slope_up_to_a_bound_jumps_upwards_beyond_it() -> None:
    slope = {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True}
    lines = [{"below": "50%", "rule": slope, "label": "Dưới 50%"}]
    rule = {"kind": "steps", "of": "a/b", "lines": lines, "otherwise": {"share": 1, "label": "Từ 50%"}}
    (found,) = findings(ratio("Tỷ lệ chi", "Chi cho chính quyền số", "Tổng chi", rule=rule))
    assert found.figures == {"at": "50%", "below": "5", "above": "10", "jump": "5"}


def test_labels_of_steps_are_read_where_no_rule_is_printed() -> None:
    lines = [{"at_least": "80%", "share": 1, "label": "Tỷ lệ từ 80% trở lên"}]
    rule = {"kind": "steps", "of": "a/b", "lines": lines, "otherwise": {"share": 0, "label": "Tỷ lệ dưới 70%"}}
    (found,) = findings(ratio("Tỷ lệ chi", "Chi cho chính quyền số", "Tổng chi", rule=rule))
    assert (found.code, found.figures["values"]) == ("L502", "70% – 80%")


def test_nothing_and_all_leave_everything_between_open() -> None:
    (found,) = _share("+ Tỷ lệ = 100%: Điểm tối đa\n+ Tỷ lệ = 0%: 0 điểm")
    assert (found.code, found.figures["values"]) == ("L502", "0% – 100%")


def test_the_lines_of_a_sum_say_how_it_is_made_up() -> None:
    children = [criterion("1.1.1", "Có kế hoạch", max_points=5), criterion("1.1.2", "Có báo cáo", max_points=5)]
    printed = "- Kế hoạch: 1/2*Điểm tối đa"
    assert findings(criterion("1.1", rule=None, criteria=children, printed_rule=printed)) == []


def test_a_missing_zero_case_is_said_once_for_lines_and_options() -> None:
    rule = choice(("Cấp tỉnh", 1), ("Cấp huyện", "1/2"), ("Cấp xã", "1/4"))
    found = findings(criterion(rule=rule, printed_rule="- Cấp tỉnh: Điểm tối đa\n- Cấp huyện: 1/2*Điểm tối đa"))
    assert places(found) == [("L505", "1.1")]
