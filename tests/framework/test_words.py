"""Rules in words: what an officer reads, in both languages, for every rule node."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from chiso.framework.expression import Formula
from chiso.framework.loader import bundled, load
from chiso.framework.rule_phrases import PHRASES
from chiso.framework.schema import json_schema
from chiso.framework.words import formula_text, legend_lines, rule_lines
from tests.framework.samples import maturity_framework, points_framework

A = "  a = Số hộ có Internet (đơn vị tính: hộ)"
B = "  b = Tổng số hộ gia đình (đơn vị tính: hộ)"
N = "  n = Số cuộc họp (đơn vị tính: cuộc họp)"


def vi(rule: str, letters: str = "", more: str = "", top: str = "") -> list[str]:
    return rule_lines(*points_framework(rule, letters, more, top), "vi")


def en(rule: str, letters: str = "", more: str = "", top: str = "") -> list[str]:
    return rule_lines(*points_framework(rule, letters, more, top), "en")


CHOICE = (
    "{kind: choice, options: [{id: full, label: 'Đã ban hành:', share: 1}, {id: half, label: Đang soạn, share: 1/2}, "
    "{id: some, label: Đang bàn, share: 15%}, {id: none, label: Chưa có, share: 0}]}"
)


def test_choice() -> None:
    assert vi(CHOICE) == [
        "Chọn phương án đúng với thực tế:",
        "- Đã ban hành: 10 điểm (điểm tối đa)",
        "- Đang soạn: 5 điểm (1/2 điểm tối đa)",
        "- Đang bàn: 1,5 điểm (15 % điểm tối đa)",
        "- Chưa có: 0 điểm",
    ]


def test_choice_in_english_keeps_the_printed_labels() -> None:
    assert en(CHOICE) == [
        "Choose the option that holds:",
        "- Đã ban hành: 10 points (the maximum)",
        "- Đang soạn: 5 points (1/2 of the maximum)",
        "- Đang bàn: 1.5 points (15 % of the maximum)",
        "- Chưa có: 0 points",
    ]


def test_yes_no() -> None:
    rule = "{kind: yes_no, input: '#1', label: Có kế hoạch}"
    assert vi(rule) == ["Có: 10 điểm (điểm tối đa); không: 0 điểm."]
    assert en(rule) == ["Yes: 10 points (the maximum); no: 0 points."]


def test_ratio_of_a_part_to_its_whole() -> None:
    rule = "{kind: ratio, numerator: a, denominator: b, part_of_whole: true}"
    assert vi(rule, "a b") == [
        "Điểm = a/b × 10 điểm.",
        "a là một phần của b nên không được lớn hơn b.",
        "Trong đó:",
        A,
        B,
    ]
    assert en(rule, "a b") == [
        "Points = a/b × 10 points.",
        "a is counted within b and cannot be above it.",
        "Where:",
        "  a = Số hộ có Internet (unit: households)",
        "  b = Households (unit: households)",
    ]


def test_ratio_with_full_points_from_a_threshold_on() -> None:
    rule = "{kind: ratio, numerator: a+c, denominator: b, full_at: 80%, part_of_whole: false}"
    assert vi(rule, "a b c")[0] == "Điểm = (a + c)/b ÷ 80 % × 10 điểm; từ 80 % trở lên được điểm tối đa."
    assert en(rule, "a b c")[0] == "Points = (a + c)/b ÷ 80 % × 10 points; from 80 % on the maximum is given."


def test_ratio_of_unlike_things_is_capped() -> None:
    rule = "{kind: ratio, numerator: a, denominator: b, part_of_whole: false}"
    assert vi(rule, "a b")[:2] == ["Điểm = a/b × 10 điểm.", "Điểm không vượt quá 10 điểm."]


def test_ratio_of_unlike_units_says_the_unit_of_its_threshold() -> None:
    rule = "{kind: ratio, numerator: n, denominator: b, full_at: 2, part_of_whole: false}"
    assert vi(rule, "n b")[0] == "Điểm = n/b ÷ 2 cuộc họp/hộ × 10 điểm; từ 2 cuộc họp/hộ trở lên được điểm tối đa."


def test_steps_of_a_ratio_with_every_bound() -> None:
    rule = (
        "{kind: steps, of: a/b, lines: [{at_least: 80%, share: 1, label: Từ 80% trở lên}, {above: 60%, share: 3/4, "
        "label: Trên 60%}, "
        "{below: 10%, share: 0, label: Rất thấp}, {at_most: 50%, share: 1/4, label: Không quá 50%}], "
        "otherwise: {share: 1/2, label: Còn lại}}"
    )
    assert vi(rule, "a b") == [
        "Xét a/b, áp dụng dòng đầu tiên phù hợp:",
        "- từ 80 % trở lên: 10 điểm (điểm tối đa)",
        "- trên 60 %: 7,5 điểm (3/4 điểm tối đa)",
        "- dưới 10 % (văn bản ghi: “Rất thấp”): 0 điểm",
        "- không quá 50 %: 2,5 điểm (1/4 điểm tối đa)",
        "- các trường hợp còn lại (văn bản ghi: “Còn lại”): 5 điểm (1/2 điểm tối đa)",
        "Trong đó:",
        A,
        B,
    ]
    assert en(rule, "a b")[1:5] == [
        "- at least 80 %: 10 points (the maximum)",
        "- above 60 %: 7.5 points (3/4 of the maximum)",
        "- below 10 % (printed: “Rất thấp”): 0 points",
        "- at most 50 %: 2.5 points (1/4 of the maximum)",
    ]


def test_steps_of_a_count_say_the_unit_and_the_printed_words() -> None:
    rule = (
        "{kind: steps, of: n, unit: meeting, lines: [{at_least: 4, share: 1, label: Từ 4 trở lên}, "
        "{at_least: 1, share: 1/2, label: Có họp}], otherwise: {share: 0, label: Không họp}}"
    )
    assert vi(rule, "n")[1:4] == [
        "- từ 4 cuộc họp trở lên: 10 điểm (điểm tối đa)",
        "- từ 1 cuộc họp trở lên (văn bản ghi: “Có họp”): 5 điểm (1/2 điểm tối đa)",
        "- các trường hợp còn lại (văn bản ghi: “Không họp”): 0 điểm",
    ]


def test_steps_of_a_share_that_is_reported_are_percentages() -> None:
    rule = (
        "{kind: steps, of: p, lines: [{at_least: 1, share: 1, label: 100%}], otherwise: {share: 0, label: Dưới 100%}}"
    )
    assert vi(rule, "p")[1] == "- đạt 100 %: 10 điểm (điểm tối đa)"
    assert vi(rule, "p")[-1] == "  p = Mức độ hài lòng"


def test_a_line_of_steps_may_hold_a_rule() -> None:
    rule = (
        "{kind: steps, of: a/b, lines: [{at_least: 1%, share: 1, label: Từ 1% trở lên}], otherwise: {label: Dưới 1%, "
        "rule: {kind: ratio, numerator: a, denominator: b, full_at: 1%, part_of_whole: true}}}"
    )
    assert vi(rule, "a b")[:5] == [
        "Xét a/b, áp dụng dòng đầu tiên phù hợp:",
        "- từ 1 % trở lên: 10 điểm (điểm tối đa)",
        "- các trường hợp còn lại (văn bản ghi: “Dưới 1%”):",
        "    Điểm = a/b ÷ 1 % × 10 điểm; từ 1 % trở lên được điểm tối đa.",
        "    a là một phần của b nên không được lớn hơn b.",
    ]


def test_steps_of_a_part_of_its_whole_say_so() -> None:
    rule = (
        "{kind: steps, of: (a+c)/b, part_of_whole: true, lines: [{at_least: 1/2, share: 1, label: 50%}], "
        "otherwise: {share: 0, label: Dưới 50%}}"
    )
    assert vi(rule, "a b c")[3] == "a + c là một phần của b nên không được lớn hơn b."
    assert vi(rule.replace("true", "false"), "a b c")[3] == "Trong đó:"


def test_count_against_a_target() -> None:
    rule = "{kind: count, of: n, target: 4}"
    assert vi(rule, "n") == ["Điểm = n ÷ 4 cuộc họp × 10 điểm; từ 4 cuộc họp trở lên được điểm tối đa.", "Trong đó:", N]
    assert en(rule, "n")[0] == "Points = n ÷ 4 meetings × 10 points; from 4 meetings on the maximum is given."


def test_per_item() -> None:
    rule = "{kind: per_item, of: a+c, points: 0.5}"
    assert vi(rule, "a c")[0] == "Điểm = (a + c) × 0,5 điểm, không quá 10 điểm."
    assert en(rule, "a c")[0] == "Points = (a + c) × 0.5 point, at most 10 points."


PARTS = (
    "{kind: parts, parts: [{label: 'Kế hoạch;', share: 1/4, rule: {kind: yes_no, input: '#1', label: Kế hoạch}}, "
    "{label: Họp, share: 3/4, rule: {kind: steps, of: n, unit: meeting, lines: [{at_least: 4, share: 1, label: Đủ}], "
    "otherwise: {label: Thiếu, rule: {kind: parts, parts: [{label: Trong, share: 1/2, rule: {kind: count, of: n, "
    "target: 3}}]}}}}]}"
)


def test_parts_state_their_own_maximum_and_nest() -> None:
    assert vi(PARTS, "n") == [
        "Điểm là tổng điểm của các phần sau, mỗi phần không vượt quá điểm tối đa của phần đó:",
        "- Kế hoạch: có được 2,5 điểm (1/4 điểm tối đa), không được 0 điểm",
        "- Họp: tối đa 7,5 điểm (3/4 điểm tối đa)",
        "    Xét n, áp dụng dòng đầu tiên phù hợp:",
        "    - từ 4 cuộc họp trở lên (văn bản ghi: “Đủ”): 7,5 điểm (điểm tối đa của phần này)",
        "    - các trường hợp còn lại (văn bản ghi: “Thiếu”):",
        "        Điểm là tổng điểm của các phần sau, mỗi phần không vượt quá điểm tối đa của phần đó:",
        "        - Trong: tối đa 3,75 điểm (1/2 điểm tối đa của phần này)",
        "            Điểm = n ÷ 3 cuộc họp × 3,75 điểm; từ 3 cuộc họp trở lên được điểm tối đa.",
        "Trong đó:",
        N,
    ]
    assert en(PARTS, "n")[4].endswith("7.5 points (the maximum of this part)")


LATE = (
    "{kind: lateness, lines: [{at_most: 0, share: 1, label: Đúng hạn}, {at_most: 1, share: 3/4, label: Một ngày}, "
    "{at_most: 10, share: 1/2, label: Chậm không quá 10 ngày}], otherwise: {share: 0, label: Không ban hành}}"
)


def test_lateness() -> None:
    assert vi(LATE) == [
        "Xét số ngày chậm so với thời hạn:",
        "- đúng hạn: 10 điểm (điểm tối đa)",
        "- chậm không quá 1 ngày (văn bản ghi: “Một ngày”): 7,5 điểm (3/4 điểm tối đa)",
        "- chậm không quá 10 ngày: 5 điểm (1/2 điểm tối đa)",
        "- chậm hơn nữa hoặc không thực hiện (văn bản ghi: “Không ban hành”): 0 điểm",
    ]
    assert en(LATE)[2].startswith("- at most 1 day late (")


def test_lateness_may_end_in_a_rule() -> None:
    rule = LATE.replace("share: 0, label: Không ban hành", "rule: {kind: manual}, label: Sau đó")
    assert vi(rule)[-2:] == [
        "- chậm hơn nữa hoặc không thực hiện (văn bản ghi: “Sau đó”):",
        "    Văn bản không quy định cách tính; điểm được chấm và nhập trực tiếp, từ 0 đến 10 điểm.",
    ]


def test_min_max() -> None:
    assert vi("{kind: min_max, of: a/b}", "a b")[:2] == [
        "Điểm = (x − thấp nhất) ÷ (cao nhất − thấp nhất) × 10 điểm, với x = a/b.",
        "So với mọi đơn vị cùng nhóm xếp hạng, kể cả đơn vị này; nếu tất cả bằng nhau thì được điểm tối đa.",
    ]
    assert en("{kind: min_max, of: a/b}", "a b")[0] == (
        "Points = (x − lowest) ÷ (highest − lowest) × 10 points, where x = a/b."
    )


def test_share_of_best() -> None:
    assert vi("{kind: share_of_best, of: n}", "n")[0] == "Điểm = x ÷ cao nhất × 10 điểm, với x = n."
    assert en("{kind: share_of_best, of: n}", "n")[1] == (
        "Among all units of the ranking group, this one included; if all are equal the maximum is given."
    )


def test_relative_to_a_constant() -> None:
    rule = "{kind: relative, of: n, constant: 7}"
    assert vi(rule, "n")[0] == "Điểm = n ÷ 7 cuộc họp × 10 điểm; từ 7 cuộc họp trở lên được điểm tối đa."


def test_relative_to_a_value_from_outside() -> None:
    rule = "{kind: relative, of: n, given: số văn bản Bộ yêu cầu}"
    assert vi(rule, "n")[:2] == [
        "Điểm = n ÷ giá trị tham chiếu × 10 điểm, không quá 10 điểm.",
        "Giá trị tham chiếu là số văn bản Bộ yêu cầu, dùng chung cho mọi đơn vị.",
    ]
    assert en(rule, "n")[1] == "The reference value, the same for all units, is: số văn bản Bộ yêu cầu."


def test_best_of() -> None:
    rule = (
        "{kind: best_of, cases: [{label: Họp nhiều, rule: {kind: count, of: n, target: 4}}, "
        "{label: Khác, rule: {kind: manual}}]}"
    )
    assert vi(rule, "n")[:5] == [
        "Lấy điểm của trường hợp cao nhất:",
        "- Họp nhiều:",
        "    Điểm = n ÷ 4 cuộc họp × 10 điểm; từ 4 cuộc họp trở lên được điểm tối đa.",
        "- Khác:",
        "    Văn bản không quy định cách tính; điểm được chấm và nhập trực tiếp, từ 0 đến 10 điểm.",
    ]


def test_adjusted() -> None:
    rule = (
        "{kind: adjusted, base: {kind: manual}, bonuses: [{label: Sáng kiến, of: n, points: 0.5, at_most: 2}], "
        "deductions: [{label: Sự cố, of: a+c, points: 3}], floor: 10%, ceiling: 1}"
    )
    assert vi(rule, "n a c")[:5] == [
        "Điểm ban đầu:",
        "  Văn bản không quy định cách tính; điểm được chấm và nhập trực tiếp, từ 0 đến 10 điểm.",
        "- cộng 0,5 điểm × n (Sáng kiến), tối đa 2 điểm",
        "- trừ 3 điểm × (a + c) (Sự cố)",
        "Kết quả không thấp hơn 1 điểm (10 % điểm tối đa) và không cao hơn 10 điểm (điểm tối đa).",
    ]
    assert en(rule, "n a c")[2:5] == [
        "- plus 0.5 point × n (Sáng kiến), at most 2 points",
        "- minus 3 points × (a + c) (Sự cố)",
        "The result is kept between 1 point (10 % of the maximum) and 10 points (the maximum).",
    ]


def test_survey() -> None:
    rule = "{kind: survey, answers: [{input: a, label: Hài lòng, weight: 1}, {input: b, label: Không, weight: 1/3}]}"
    assert vi(rule) == [
        "Điểm = trung bình trọng số của các câu trả lời × 10 điểm:",
        "- Hài lòng (a): trọng số 100 %",
        "- Không (b): trọng số 1/3",
    ]


def test_sum_names_its_children() -> None:
    rows = [f"{{code: 1.1.{n}, title: x, max_points: 5, rule: {{kind: manual}}}}" for n in (1, 2)]
    more = f", criteria: [{', '.join(rows)}]"
    assert vi("{kind: sum}", more=more) == ["Điểm là tổng điểm của các tiêu chí con: 1.1.1, 1.1.2."]
    assert en("{kind: sum}", more=more) == ["The points of the sub-criteria are added up: 1.1.1, 1.1.2."]


def test_manual() -> None:
    assert en("{kind: manual}") == ["The document prints no rule; points are entered, from 0 to 10 points."]


def test_unscored() -> None:
    assert vi("{kind: unscored}") == ["Chỉ theo dõi, chưa chấm điểm."]
    assert vi("{kind: unscored, rule: {kind: count, of: n, target: 4}}", "n")[:2] == [
        "Chỉ theo dõi, chưa chấm điểm. Cách tính in trong văn bản:",
        "  Điểm = n ÷ 4 cuộc họp × 10 điểm; từ 4 cuộc họp trở lên được điểm tối đa.",
    ]


def test_without_a_maximum_shares_are_of_the_maximum() -> None:
    framework, criterion = points_framework("{kind: unscored, rule: " + CHOICE + "}")
    blank = criterion.model_copy(update={"max_points": None})
    assert rule_lines(framework, blank, "vi")[2:4] == ["  - Đã ban hành: điểm tối đa", "  - Đang soạn: 1/2 điểm tối đa"]
    manual = points_framework("{kind: manual}")[1].model_copy(update={"max_points": None})
    assert rule_lines(framework, manual, "en") == ["The document prints no rule; points are entered."]


def test_points_that_do_not_end_are_fractions() -> None:
    rule = "{kind: choice, options: [{id: x, label: x, share: 1/3}]}"
    assert vi(rule)[1] == "- x: 10/3 điểm (1/3 điểm tối đa)"


@pytest.mark.parametrize(
    ("more", "top", "expected"),
    [
        (", not_applicable: full", "", ["Không phát sinh: được điểm tối đa."]),
        (", not_applicable: leave_out", "", ["Không phát sinh: không tính tiêu chí này vào tổng điểm và điểm tối đa."]),
        ("", "policies: {not_applicable: full}\n", ["Không phát sinh: được điểm tối đa."]),
        (", not_applicable: undecided", "policies: {not_applicable: full}\n", []),
        ("", "", []),
    ],
)
def test_what_follows_when_there_is_nothing_to_count_is_said_where_it_is_decided(
    more: str, top: str, expected: list[str]
) -> None:
    assert vi("{kind: yes_no, input: '#1', label: x}", "", more, top)[1:] == expected


def test_levels_of_a_share() -> None:
    rule = "{kind: levels, value: share, targets: {1: Không áp dụng, 2: 40%, 3: 100%}}"
    framework, criterion = maturity_framework(rule)
    assert rule_lines(framework, criterion, "vi") == [
        "Báo cáo tỷ lệ phần trăm; yêu cầu của từng mức:",
        "- Mức 1 (Khởi động): không áp dụng",
        "- Mức 2 (Kết nối): từ 40 % trở lên",
        "- Mức 3 (Cơ bản): đạt 100 %",
    ]
    assert rule_lines(framework, criterion, "en")[1:] == [
        "- Level 1 (Initial): does not apply",
        "- Level 2 (Connected): at least 40 %",
        "- Level 3 (Basic): 100 %",
    ]


def test_levels_of_a_computed_share() -> None:
    rule = "{kind: levels, value: share, numerator: a, denominator: b, targets: {1: null, 2: null, 3: 1/3}}"
    framework, criterion = maturity_framework(
        rule, "a b", "policies: {levels: cumulative, not_applicable: leave_out}\n"
    )
    assert rule_lines(framework, criterion, "vi") == [
        "Báo cáo tỷ lệ phần trăm hoặc tính từ a/b; yêu cầu của từng mức:",
        "- Mức 1 (Khởi động): không áp dụng",
        "- Mức 2 (Kết nối): không áp dụng",
        "- Mức 3 (Cơ bản): từ 1/3 trở lên",
        "a là một phần của b nên không được lớn hơn b.",
        "Đạt một mức khi đạt cả các mức thấp hơn.",
        "Trong đó:",
        A,
        B,
        "Không phát sinh: không xét tiêu chí này.",
    ]


def test_levels_of_a_count() -> None:
    rule = (
        "{kind: levels, value: count, targets: {1: 1, 2: {printed: Tối thiểu 02 nhân sự, at_least: 2}, 3: {printed: 3 "
        "hoặc tất cả, "
        "any_of: [{printed: '3', at_least: 3}, {printed: tất cả, all_of_total: true}]}}}"
    )
    framework, criterion = maturity_framework(rule, "value total")
    assert rule_lines(framework, criterion, "vi") == [
        "Báo cáo số lượng; yêu cầu của từng mức:",
        "- Mức 1 (Khởi động): từ 1 người trở lên",
        "- Mức 2 (Kết nối): từ 2 người trở lên (văn bản ghi: “Tối thiểu 02 nhân sự”)",
        "- Mức 3 (Cơ bản): từ 3 người trở lên hoặc bằng toàn bộ (Tổng số công chức) (văn bản ghi: “3 hoặc tất cả”)",
    ]


def test_levels_of_yes_and_no() -> None:
    rule = (
        "{kind: levels, value: yes_no, targets: {1: null, 2: {printed: Có, has: true}, "
        "3: {printed: Có hệ thống, has: true}}}"
    )
    framework, criterion = maturity_framework(rule)
    assert rule_lines(framework, criterion, "vi")[2:] == [
        "- Mức 2 (Kết nối): có",
        "- Mức 3 (Cơ bản): có (văn bản ghi: “Có hệ thống”)",
    ]


def test_levels_of_child_units() -> None:
    rule = (
        "{kind: levels, value: children, targets: {1: null, 2: {printed: x, children: {all_at_least: 1}}, "
        "3: {printed: x, children: {all_at_least: 2, share: 50%, at_least: 3}}}}"
    )
    framework, criterion = maturity_framework(rule)
    assert rule_lines(framework, criterion, "vi") == [
        "Xét mức độ đã đạt của các đơn vị cấp dưới; yêu cầu của từng mức:",
        "- Mức 1 (Khởi động): không áp dụng",
        "- Mức 2 (Kết nối): tất cả đạt từ mức 1 trở lên (văn bản ghi: “x”)",
        "- Mức 3 (Cơ bản): tất cả đạt từ mức 2 trở lên, trong đó ít nhất 50 % đạt từ mức 3 trở lên (văn bản ghi: “x”)",
    ]
    assert rule_lines(framework, criterion, "en")[3] == (
        "- Level 3 (Basic): all of them at level 2 or above, and at least 50 % at level 3 or above (printed: “x”)"
    )


@pytest.mark.parametrize(
    ("formula", "vi_text", "en_text"),
    [
        ("(c+d)/(a+b)", "(c + d)/(a + b)", "(c + d)/(a + b)"),
        ("a-(b-c)*0.5", "a − (b − c) × 0,5", "a − (b − c) × 0.5"),
        ("1000*a", "1.000 × a", "1,000 × a"),
    ],
)
def test_formulas_are_written_with_signs_and_local_numbers(formula: str, vi_text: str, en_text: str) -> None:
    assert formula_text(Formula.parse(formula), "vi") == vi_text
    assert formula_text(Formula.parse(formula), "en") == en_text


def test_a_legend_names_the_letters_it_is_asked_for() -> None:
    framework, criterion = points_framework("{kind: ratio, numerator: a, denominator: b, part_of_whole: true}", "a b")
    assert legend_lines(framework, criterion, ["b", "z"], "vi") == [B.strip()]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("name", bundled())
def test_every_bundled_rule_has_words(name: str, lang: str) -> None:
    framework = load(name)
    for criterion in framework.criteria.values():
        lines = rule_lines(framework, criterion, lang)
        assert lines
        assert not [line for line in lines if not line.strip() or re.search(r"[{}]|None|Fraction", line)]


def test_every_kind_of_rule_is_tested_above() -> None:
    rules = json_schema()["$defs"]["Option"]["properties"]["rule"]["anyOf"][0]["discriminator"]["mapping"]
    text = Path(__file__).read_text("utf-8")
    assert [kind for kind in rules if f"kind: {kind}" not in text] == []


@pytest.mark.parametrize("code", PHRASES.codes())
def test_both_languages_use_the_same_data(code: str) -> None:
    vi_text, en_text = PHRASES._table[code]
    assert set(re.findall(r"{(\w+)}", vi_text)) == set(re.findall(r"{(\w+)}", en_text))
