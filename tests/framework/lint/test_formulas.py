"""Printed formulas against the rule."""

from __future__ import annotations

import pytest

from tests.framework.lint.sample import choice, criterion, findings, places, ratio

ALL, PART = "Số hoạt động kiểm tra trong năm", "Số hoạt động kiểm tra thực hiện trên môi trường số"
TITLE = "Hoạt động kiểm tra trên môi trường số"


def _upside_down(printed: str, over: str = "b", under: str = "a") -> list[tuple[str, str]]:
    rule = {"kind": "ratio", "numerator": over, "denominator": under, "part_of_whole": True}
    found = findings(ratio(TITLE, ALL, PART, rule=rule, printed_rule=printed))
    return [(one.code, one.figures["rule"]) for one in found]


def test_a_formula_printed_upside_down_is_reported_beside_the_rule_that_is_right() -> None:
    assert _upside_down("- Số hoạt động (a)\n- Số hoạt động qua mạng (b)\n- Tỷ lệ: a/b") == [("L401", "b/a")]


def test_a_formula_printed_as_the_rule_computes_it_is_quiet() -> None:
    assert _upside_down("- Tỷ lệ: b/a") == []


def test_a_rule_that_follows_the_printed_formula_upside_down_is_known_by_its_words() -> None:
    assert _upside_down("- Tỷ lệ: a/b", "a", "b") == [("L401", "b/a")]


def test_a_whole_that_could_be_reached_is_not_a_part() -> None:
    over, under = "Số dịch vụ công trực tuyến", "Số dịch vụ công trực tuyến đủ điều kiện cung cấp"
    assert findings(ratio("Tỷ lệ dịch vụ công trực tuyến", over, under)) == []


def test_a_whole_with_its_place_is_not_a_part() -> None:
    assert findings(ratio("Tỷ lệ hộ gia đình", "Số hộ gia đình", "Tổng số hộ gia đình của huyện và xã")) == []


def test_a_sum_is_the_same_in_any_order() -> None:
    names = [{"name": name, "label": f"Số {name}", "type": "count"} for name in "abc"]
    rule = {"kind": "ratio", "numerator": "b+c", "denominator": "a", "part_of_whole": True}
    assert findings(criterion(inputs=names, rule=rule, printed_rule="- Tỷ lệ = (c+b)/a")) == []


def test_a_formula_with_other_letters_than_the_rule_is_reported() -> None:
    names = [{"name": name, "label": f"Số {name}", "type": "count"} for name in "abc"]
    rule = {"kind": "ratio", "numerator": "b+c", "denominator": "a", "part_of_whole": True}
    (found,) = findings(criterion(inputs=names, rule=rule, printed_rule="- Tỷ lệ = b/(a+c)"))
    assert (found.code, found.figures) == ("L402", {"printed": "b/(a+c)", "rule": "(b+c)/a"})


def test_a_printed_constant_below_the_stroke_may_be_a_target() -> None:
    row = criterion(
        inputs=[{"name": "a", "label": "Số nền tảng", "type": "count"}],
        rule={"kind": "count", "of": "a", "target": 7},
        printed_rule="a = Số nền tảng;\nb = Số nền tảng tối thiểu (7);\n- Tỷ lệ = a/b\n- Điểm = Tỷ lệ*Điểm tối đa",
    )
    assert findings(row) == []


def test_a_ratio_that_neither_rule_nor_title_defines_is_reported() -> None:
    row = ratio("Số lượng máy chủ cài đặt phòng, chống mã độc", "Số máy chủ cài đặt", "Tổng số máy chủ")
    (found,) = findings({**row, "printed_rule": "- Dưới 100%: Tỷ lệ * điểm tối đa\n- 100%: Điểm tối đa"})
    assert (found.code, found.figures) == ("L403", {"title": row["title"]})


def test_a_ratio_in_one_line_of_a_choice_needs_a_definition_too() -> None:
    printed = "- Tham dự đủ: Điểm tối đa\n- Tham dự không đủ: Tỷ lệ * điểm tối đa\n- Không tham dự: 0 điểm"
    rule = choice(("Tham dự đủ", 1), ("Không tham dự", 0))
    assert places(findings(criterion(title="Tham dự các buổi họp", rule=rule, printed_rule=printed))) == [
        ("L403", "1.1")
    ]


def test_a_title_that_says_the_ratio_defines_it() -> None:
    printed = "Tỷ lệ * Điểm tối đa"
    for title in (
        "Tỷ lệ máy chủ được cài đặt",
        "Chi cho chính quyền số trên tổng chi ngân sách",
        "Máy chủ/Tổng số máy chủ",
    ):
        assert places(findings(ratio(title, "Số lượng có", "Tổng số lượng", printed_rule=printed)), "L403") == []


def test_a_method_called_min_max_that_is_not_computed_so_is_reported() -> None:
    row = criterion(
        inputs=[{"name": "n", "label": "Kinh phí", "type": "amount", "unit": "billion_vnd"}],
        rule={"kind": "share_of_best", "of": "n"},
        printed_rule="Tính điểm theo phương pháp Min-Max dựa vào tỷ lệ của tỉnh với tỉnh chi cao nhất",
    )
    (found,) = findings(row)
    assert (found.code, found.figures) == ("L404", {"printed": "Min-Max", "rule": "share_of_best"})
    assert findings({**row, "rule": {"kind": "min_max", "of": "n"}}) == []


def test_a_rule_that_is_followed_without_points_is_read_as_well() -> None:
    rule = {"kind": "ratio", "numerator": "b", "denominator": "a", "part_of_whole": True}
    row = ratio(TITLE, ALL, PART, rule={"kind": "unscored", "rule": rule}, printed_rule="- Tỷ lệ: a/b")
    assert places(findings(row)) == [("L401", "1.1")]


def test_a_ratio_of_unlike_things_has_no_part() -> None:
    rule = {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": False}
    assert findings(ratio(TITLE, ALL, PART, rule=rule)) == []


def test_sums_are_not_compared_by_their_words() -> None:
    inputs = [{"name": name, "label": label, "type": "count"} for name, label in (("a", ALL), ("b", PART), ("c", ALL))]
    rule = {"kind": "ratio", "numerator": "a+c", "denominator": "b", "part_of_whole": True}
    assert findings(criterion(title=TITLE, inputs=inputs, rule=rule)) == []


def test_a_target_explains_only_the_formula_above_whose_stroke_it_stands() -> None:
    inputs = [{"name": name, "label": f"Số {name}", "type": "count"} for name in "acd"]
    parts = [
        {"label": "Triển khai", "share": "1/2", "rule": {"kind": "count", "of": "a", "target": 7}},
        {
            "label": "Mô hình",
            "share": "1/2",
            "rule": {"kind": "ratio", "numerator": "c", "denominator": "d", "part_of_whole": True},
        },
    ]
    row = criterion(inputs=inputs, rule={"kind": "parts", "parts": parts})
    assert findings({**row, "printed_rule": "- Tỷ lệ = a/b\n- Tỷ lệ = c/d"}) == []
    (found,) = findings({**row, "printed_rule": "- Tỷ lệ = c/b"})
    assert (found.code, found.figures) == ("L402", {"printed": "c/b", "rule": "c/d"})


def test_min_max_may_stand_in_one_part() -> None:
    inputs = [{"name": "n", "label": "Kinh phí", "type": "amount", "unit": "billion_vnd"}]
    yes = {"kind": "yes_no", "input": "#1", "label": "Có kế hoạch"}
    parts = [
        {"label": "A", "share": "1/2", "rule": {"kind": "min_max", "of": "n"}},
        {"label": "B", "share": "1/2", "rule": yes},
    ]
    rule = {"kind": "parts", "parts": parts}
    assert findings(criterion(inputs=inputs, rule=rule, printed_rule="Tính theo phương pháp Min-Max")) == []


@pytest.mark.parametrize("printed", ["Từ 1 tháng/1 lần", "Từ 1 tuần / 2 lần"])
def test_a_frequency_printed_as_time_by_times_is_noted(printed: str) -> None:
    (found,) = findings(
        criterion(title="Tần suất phát sóng", printed_rule=f"- {printed}: Điểm tối đa\n- Không: 0 điểm")
    )
    assert (found.code, found.place, found.severity) == ("L406", "1.1", "note")
    assert found.figures == {"printed": printed.lower().removeprefix("từ ")}


def test_a_frequency_printed_as_times_in_a_period_is_quiet() -> None:
    rule = "- Từ 1 lần/1 tháng: Điểm tối đa\n- Không: 0 điểm"
    assert findings(criterion(title="Tần suất phát sóng", printed_rule=rule)) == []


_ALL_OR_NOTHING = "- 100%: Điểm tối đa\n- Dưới 100%: 0 điểm"


def test_percentages_of_nothing_that_is_said_are_reported() -> None:
    (found,) = findings(criterion(title="Văn bản đi có chữ ký số", printed_rule=_ALL_OR_NOTHING))
    assert (found.code, found.figures) == ("L403", {"title": "Văn bản đi có chữ ký số"})


def test_percentages_of_a_ratio_that_the_title_says_are_quiet() -> None:
    assert findings(criterion(title="Tỷ lệ văn bản đi có chữ ký số", printed_rule=_ALL_OR_NOTHING)) == []
