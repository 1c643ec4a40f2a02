"""Weights beside dimensions and criteria, and sections that take points away, as tables print them."""

from __future__ import annotations

from collections.abc import Sequence

from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import Draft, drafts_of
from chiso.framework.model import Aggregation
from tests.decree.makers.docx import docx
from tests.decree.makers.printed import Block, PCell, PParagraph, PTable

WEIGHED = ("STT", "Tiêu chí", "Điểm tối đa", "Trọng số", "Cách tính điểm")
PLAIN = ("STT", "Nội dung", "Điểm tối đa", "Cách tính điểm")
RATIO = "Tỷ lệ x điểm tối đa"


def draft(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Draft:
    blocks: list[Block] = [
        PParagraph("BỘ TIÊU CHÍ ĐÁNH GIÁ CÁC SỞ, BAN, NGÀNH", bold=True, centred=True),
        PTable([[PCell(text) for text in row] for row in (headings, *rows)], 1),
    ]
    (found,) = drafts_of(read_bytes(docx(blocks), "van-ban.docx"))
    return found


def weights(one: Aggregation) -> dict[str, str]:
    return {code: str(value) for code, value in one.weights.items()}


def test_weights_of_all_criteria_weigh_the_dimensions_by_their_sums() -> None:
    found = draft(
        WEIGHED,
        [
            ("1", "Minh bạch", "", "", ""),
            ("1.1", "Tỷ lệ văn bản được công khai", "10", "20%", RATIO),
            ("1.2", "Tỷ lệ hồ sơ được công khai", "10", "15%", RATIO),
            ("2", "Năng động", "", "", ""),
            ("2.1", "Tỷ lệ kiến nghị được trả lời", "10", "40%", RATIO),
            ("2.2", "Tỷ lệ sáng kiến được áp dụng", "10", "25%", RATIO),
        ],
    )
    one, two = found.framework.dimensions
    assert weights(found.framework.total) == {"1": "35", "2": "65"}
    assert (weights(one.aggregation), weights(two.aggregation)) == (
        {"1.1": "20", "1.2": "15"},
        {"2.1": "40", "2.2": "25"},
    )
    assert [str(row.max_points) for row in (one, two, found.framework)] == ["10", "10", "10"]
    assert [item.text for item in found.left_over if item.reason == "not_understood"] == []


def test_weights_of_criteria_may_add_up_to_that_of_their_dimension() -> None:
    found = draft(
        WEIGHED,
        [
            ("1", "Minh bạch", "100", "40%", ""),
            ("1.1", "Tỷ lệ văn bản được công khai", "100", "25%", RATIO),
            ("1.2", "Tỷ lệ hồ sơ được công khai", "100", "15%", RATIO),
            ("2", "Năng động", "100", "60%", ""),
            ("2.1", "Tỷ lệ kiến nghị được trả lời", "100", "50%", RATIO),
            ("2.2", "Tỷ lệ sáng kiến được áp dụng", "100", "10%", RATIO),
        ],
    )
    one, two = found.framework.dimensions
    assert weights(found.framework.total) == {"1": "40", "2": "60"}
    assert (weights(one.aggregation), weights(two.aggregation)) == (
        {"1.1": "25", "1.2": "15"},
        {"2.1": "50", "2.2": "10"},
    )
    assert str(found.framework.max_points) == "100"
    assert found.changes == []


def test_weights_that_say_again_what_the_points_say_change_nothing() -> None:
    found = draft(
        WEIGHED,
        [
            ("1", "Minh bạch", "50", "", ""),
            ("1.1", "Tỷ lệ văn bản được công khai", "20", "0,2", RATIO),
            ("1.2", "Tỷ lệ hồ sơ được công khai", "30", "0,3", RATIO),
            ("2", "Năng động", "50", "", ""),
            ("2.1", "Tỷ lệ kiến nghị được trả lời", "10", "0,1", RATIO),
            ("2.2", "Tỷ lệ sáng kiến được áp dụng", "40", "0,4", RATIO),
        ],
    )
    assert [one.aggregation.kind for one in found.framework.dimensions] == ["sum", "sum"]
    assert (found.framework.total.kind, str(found.framework.max_points)) == ("sum", "100")
    assert [item.text for item in found.left_over if item.reason == "not_understood"] == []


def test_weights_that_make_up_no_whole_are_left_over() -> None:
    found = draft(
        WEIGHED,
        [
            ("1", "Minh bạch", "50", "", ""),
            ("1.1", "Tỷ lệ văn bản được công khai", "20", "2", RATIO),
            ("1.2", "Tỷ lệ hồ sơ được công khai", "30", "1", RATIO),
            ("1.3", "Tỷ lệ hồ sơ được số hóa", "10", "1", RATIO),
        ],
    )
    assert found.framework.dimensions[0].aggregation.kind == "sum"
    assert [item.text for item in found.left_over if item.reason == "not_understood"] == ["2", "1", "1"]


def test_a_section_of_deductions_is_followed_without_points() -> None:
    found = draft(
        PLAIN,
        [
            ("I", "Chỉ đạo, điều hành", "60", ""),
            ("1", "Tỷ lệ nhiệm vụ hoàn thành", "60", RATIO),
            ("II", "Kết quả", "40", ""),
            ("1", "Tỷ lệ hồ sơ đúng hạn", "40", RATIO),
            ("III", "Các nội dung bị trừ điểm", "10", ""),
            ("1", "Báo cáo chậm", "10", "Mỗi lần chậm trừ 2 điểm"),
            ("", "Tổng cộng", "100", ""),
        ],
    )
    third = found.framework.dimensions[2]
    assert (third.unscored, third.max_points, third.printed_max) == (True, None, "10")
    assert [one.effective_rule.kind for one in third.criteria] == ["unscored"]
    assert str(found.framework.max_points) == "100"
    (rule,) = [one for one in found.fields if (one.row, one.name) == ("III.1", "rule")]
    assert (rule.confidence, rule.how, [doubt.code for doubt in rule.doubts]) == ("low", "deducted", ["deducted"])
    assert rule.alternatives[0]["rule"]["kind"] == "adjusted"


def test_points_that_are_left_when_nothing_is_taken_stay_where_the_total_counts_them() -> None:
    found = draft(
        PLAIN,
        [
            ("I", "Chỉ đạo, điều hành", "90", ""),
            ("1", "Tỷ lệ nhiệm vụ hoàn thành", "90", RATIO),
            ("II", "Điểm trừ", "10", ""),
            ("1", "Báo cáo chậm", "10", "Mỗi lần chậm trừ 2 điểm"),
            ("", "Tổng cộng", "100", ""),
        ],
    )
    second = found.framework.dimensions[1]
    assert (second.unscored, str(second.max_points)) == (False, "10")
    assert second.criteria[0].effective_rule.kind == "adjusted"


def test_a_criterion_with_points_below_nothing_is_followed() -> None:
    found = draft(
        PLAIN,
        [
            ("1", "Chỉ đạo, điều hành", "60", ""),
            ("1.1", "Tỷ lệ nhiệm vụ hoàn thành", "30", RATIO),
            ("1.2", "Tỷ lệ văn bản đúng hạn", "30", RATIO),
            ("1.3", "Có công chức bị kỷ luật", "-5", "Mỗi công chức trừ 1 điểm"),
        ],
    )
    third = found.framework.criteria["1.3"]
    assert (third.effective_rule.kind, third.max_points, third.printed_max) == ("unscored", None, "-5")
    assert found.changes == []
    assert [item.text for item in found.left_over if item.reason in ("no_number", "not_understood")] == []
