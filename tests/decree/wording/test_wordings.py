"""Wordings of other drafters, and the points that follow from their words; derived by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.decree.wording.reading import read_rule
from tests.decree.wording.engine import scored

#: Text, maximum, title, confidence, and claims: values of the inputs and the points that follow.
WORDINGS = [
    (
        "Hoàn thành 100% kế hoạch: 1\nHoàn thành từ 80% - dưới 100% kế hoạch: 0.5\nHoàn thành dưới 80% kế hoạch: 0",
        "1",
        "Mức độ hoàn thành kế hoạch",
        "high",
        [({"num": 100, "den": 100}, "1"), ({"num": 80, "den": 100}, "1/2"), ({"num": 79, "den": 100}, "0")],
    ),
    (
        "Đạt 100%: 1 điểm.\nTừ 70% đến dưới 100%, thì tính theo công thức: (b/a)*1,00\nDưới 70%: 0 điểm\n"
        "a: Tổng số nhiệm vụ\nb: Số nhiệm vụ hoàn thành",
        "1",
        "",
        "high",
        [({"a": 10, "b": 10}, "1"), ({"a": 10, "b": 7}, "7/10"), ({"a": 10, "b": 6}, "0")],
    ),
    (
        "Tỷ lệ (%) = a/b x 100\na: Số văn bản ký số\nb: Tổng số văn bản đi\nĐiểm = Tỷ lệ (%) x Điểm tối đa/100",
        "10",
        "",
        "high",
        [({"a": 3, "b": 4}, "15/2")],
    ),
    (
        "Nếu T ≥ 80%: Điểm = Điểm tối đa; nếu T < 80%: Điểm = T/80% × Điểm tối đa. Trong đó T = a/b",
        "10",
        "",
        "high",
        [({"a": 80, "b": 100}, "10"), ({"a": 40, "b": 100}, "5")],
    ),
    (
        "- Đạt >90%: Điểm tối đa;\n- 70% < tỷ lệ ≤ 90%: 3/4 điểm tối đa;\n- ≤ 70%: 0 điểm",
        "8",
        "Tỷ lệ hồ sơ",
        "high",
        [({"num": 90, "den": 100}, "6"), ({"num": 91, "den": 100}, "8"), ({"num": 70, "den": 100}, "0")],
    ),
    (
        "Tỷ lệ ≥ 95% đạt điểm tối đa, từ 90% đến < 95% đạt 80% điểm tối đa, dưới 90% không điểm",
        "10",
        "Tỷ lệ hồ sơ",
        "high",
        [({"num": 95, "den": 100}, "10"), ({"num": 94, "den": 100}, "8"), ({"num": 89, "den": 100}, "0")],
    ),
    (
        "Tỷ lệ hộ dân (%) | Điểm\n≥ 90 | 10\n80 - < 90 | 8\n< 80 | 0",
        "10",
        "Tỷ lệ hộ dân",
        "high",
        [({"num": 90, "den": 100}, "10"), ({"num": 80, "den": 100}, "8"), ({"num": 79, "den": 100}, "0")],
    ),
    (
        "- Từ 80% đến 100%: 10 điểm\n- Từ 60% đến 79%: 7 điểm\n- Dưới 60%: 3 điểm",
        "10",
        "Tỷ lệ hồ sơ",
        "medium",
        [({"num": 79, "den": 100}, "7"), ({"num": 80, "den": 100}, "10"), ({"num": 59, "den": 100}, "3")],
    ),
    (
        "≤ 5%: 10 điểm; từ trên 5% đến 10%: 5 điểm; > 10%: 0 điểm",
        "10",
        "Tỷ lệ hồ sơ trễ hạn",
        "high",
        [({"num": 5, "den": 100}, "10"), ({"num": 6, "den": 100}, "5"), ({"num": 11, "den": 100}, "0")],
    ),
    (
        "Không có: 0đ - Có 1: 5đ - Có 2 trở lên: 10đ",
        "10",
        "Số mô hình",
        "high",
        [({"n": 0}, "0"), ({"n": 1}, "5"), ({"n": 3}, "10")],
    ),
    (
        "- Từ 500 triệu đồng trở lên: 10 điểm\n- Từ 200 triệu đồng đến dưới 500 triệu đồng: 5 điểm\n"
        "- Dưới 200 triệu đồng: 0",
        "10",
        "Kinh phí",
        "high",
        [({"n": "0.5"}, "10"), ({"n": "0.49"}, "5"), ({"n": "0.1"}, "0")],
    ),
    (
        "Trung bình ≥ 15 tin, bài/tháng: Điểm tối đa; < 15 tin, bài/tháng: Tỷ lệ * Điểm tối đa",
        "10",
        "Tin bài",
        "medium",
        [({"n": 15}, "10"), ({"n": 6}, "4")],
    ),
    (
        "Có từ 02 lần/tuần trở lên: 10 điểm; 01 lần/tuần: 5 điểm; ít hơn 01 lần/tuần: 0 điểm",
        "10",
        "Tần suất",
        "high",
        [({"n": 104}, "10"), ({"n": 52}, "5"), ({"n": 51}, "0")],
    ),
    (
        "- Có ứng dụng: 4 điểm\n- Tỷ lệ hồ sơ trực tuyến đạt từ 50% trở lên: 6 điểm, dưới 50%: 3 điểm",
        "10",
        "",
        "high",
        [({"#1": 1, "num": 50, "den": 100}, "10"), ({"#1": 0, "num": 49, "den": 100}, "3")],
    ),
    (
        "Ban hành đúng hạn: 5 điểm; chậm từ 1 đến 5 ngày: 3 điểm; chậm trên 5 ngày: 1 điểm; không ban hành: 0 điểm",
        "5",
        "",
        "high",
        [
            ({"choice": 0, "days_late": 0}, "5"),
            ({"choice": 0, "days_late": 6}, "1"),
            ({"choice": 1, "days_late": 0}, "0"),
        ],
    ),
    ("Điểm tối đa - 0,5 x số ngày chậm", "10", "", "high", [({"days_late": 3}, "17/2"), ({"days_late": 99}, "0")]),
    (
        "Không phát sinh sự cố: 10 điểm; mỗi sự cố trừ 2 điểm",
        "10",
        "Sự cố",
        "high",
        [({"n": 0}, "10"), ({"n": 2}, "6")],
    ),
    ("Cứ 01 lỗi trừ 0,5 điểm, trừ tối đa 2 điểm", "2", "", "medium", [({"n": 1}, "3/2"), ({"n": 9}, "0")]),
    ("Số cuộc họp x 2 điểm (tối đa 10 điểm)", "10", "Số cuộc họp", "high", [({"n": 2}, "4"), ({"n": 7}, "10")]),
    ("0,5 điểm/1 mô hình, tối đa 2 điểm", "2", "", "high", [({"n": 3}, "3/2"), ({"n": 9}, "2")]),
    (
        "- Về kế hoạch:\n+ Có: 4 điểm\n+ Không: 0 điểm\n- Về báo cáo:\n+ Có: 6 điểm\n+ Không: 0 điểm",
        "10",
        "",
        "high",
        [({"#1": 0, "#2": 1}, "4"), ({"#1": 0, "#2": 0}, "10")],
    ),
    (
        "- Có: 8 điểm\n- Không: 0 điểm\n- Mỗi sáng kiến được cộng 0,5 điểm\n- Tổng điểm cộng không quá 2 điểm",
        "10",
        "",
        "medium",
        [({"#1": 0, "n": 9}, "10"), ({"#1": 1, "n": 9}, "2")],
    ),
    (
        "Mỗi văn bản 1 điểm, không quá 5 điểm; có chuyên mục được 5 điểm",
        "10",
        "",
        "high",
        [({"#1": 1, "n": 9}, "10"), ({"#1": 0, "n": 2}, "2")],
    ),
    ("Mỗi báo cáo chậm trừ 01 điểm", "10", "", "medium", [({"n": 2}, "8")]),
    ("Mức độ hài lòng x điểm tối đa", "10", "Mức độ hài lòng", "high", [({"n": "0.8"}, "8")]),
    ("Tất cả: điểm tối đa; một phần: 50%; không: 0", "10", "", "high", [({"choice": 1}, "5"), ({"choice": 2}, "0")]),
    (
        "Được 10 điểm nếu ban hành trước 31/12; được 5 điểm nếu sau 31/12; không ban hành không được điểm",
        "10",
        "",
        "high",
        [({"choice": 0}, "10"), ({"choice": 1}, "5"), ({"choice": 2}, "0")],
    ),
    (
        "Nếu có thì được 10 điểm, nếu không thì được 0 điểm",
        "10",
        "",
        "high",
        [({"choice": 0}, "10"), ({"choice": 1}, "0")],
    ),
    (
        "- Từ 80% trở lên: điểm tối đa\n- Dưới 80%: Tỷ lệ * điểm tối đa",
        "10",
        "Tỷ lệ hồ sơ",
        "medium",
        [({"num": 79, "den": 100}, "79/10"), ({"num": 80, "den": 100}, "10")],
    ),
    (
        "- Từ 1% trở lên: điểm tối đa\n- Dưới 1%:\nTỷ lệ/1% * điểm tối đa",
        "10",
        "Tỷ lệ chi",
        "high",
        [({"num": 1, "den": 100}, "10"), ({"num": 1, "den": 200}, "5")],
    ),
    (
        "a = Chi đầu tư; b = Chi thường xuyên; c = Tổng chi cho chuyển đổi số\n"
        "- Tỷ lệ = (a+b)/c Thang điểm:\nMức 1 ≥ 10% (điểm tối đa)\nMức 2 < 10% (0 điểm)",
        "10",
        "",
        "high",
        [({"a": 6, "b": 4, "c": 100}, "10"), ({"a": 6, "b": 3, "c": 100}, "0")],
    ),
    (
        "a = Số hộ dùng; b = Tổng số hộ\nTỷ lệ = a/b Tỷ lệ ≥ 50%: điểm tối đa\nTỷ lệ < 50%: tỷ lệ/50% * điểm tối đa",
        "10",
        "",
        "high",
        [({"a": 5, "b": 10}, "10"), ({"a": 2, "b": 10}, "4")],
    ),
    (
        "- Điểm = Tỷ lệ*Điểm tối đa Giải thích: là những hồ sơ đã hoàn thành trong năm",
        "10",
        "Tỷ lệ hồ sơ",
        "high",
        [({"num": 3, "den": 4}, "15/2")],
    ),
    (
        "Tính điểm theo công thức: [Tỷ lệ % đạt được x 4,0]/100%",
        "4",
        "Tỷ lệ hồ sơ",
        "high",
        [({"num": 1, "den": 4}, "1"), ({"num": 4, "den": 4}, "4")],
    ),
    ("Điểm = Tỷ lệ hài lòng (%) x 8/100", "8", "Tỷ lệ hài lòng", "high", [({"num": 3, "den": 4}, "6")]),
    ("Tỷ lệ đạt được nhân với 10 điểm", "10", "Tỷ lệ hồ sơ", "high", [({"num": 3, "den": 4}, "15/2")]),
    (
        "Nếu tỷ lệ >= 95% thì điểm đánh giá là 5; nếu 70% <= tỷ lệ < 95% thì điểm đánh giá là (tỷ lệ/95%)*5; "
        "nếu tỷ lệ < 70% thì 0 điểm",
        "5",
        "Tỷ lệ giải ngân",
        "high",
        [({"num": 95, "den": 100}, "5"), ({"num": 76, "den": 100}, "4"), ({"num": 69, "den": 100}, "0")],
    ),
    (
        "≥ 95%: 4 điểm; 90% ÷ <95%: 3 điểm; <90%: 0 điểm",
        "4",
        "Tỷ lệ giải ngân",
        "high",
        [({"num": 95, "den": 100}, "4"), ({"num": 90, "den": 100}, "3"), ({"num": 89, "den": 100}, "0")],
    ),
    (
        "Không để xảy ra vụ việc: 3 điểm; Mỗi vụ việc xảy ra trừ 1 điểm, trừ tối đa không quá 2 điểm",
        "3",
        "Số vụ việc",
        "high",
        [({"n": 0}, "3"), ({"n": 1}, "2"), ({"n": 5}, "1")],
    ),
    (
        "- Ban hành trước 31/01: tối đa\n- Ban hành sau 31/01: 50% điểm tối đa\n- Không ban hành: Không điểm",
        "10",
        "",
        "high",
        [({"choice": 0}, "10"), ({"choice": 1}, "5"), ({"choice": 2}, "0")],
    ),
    (
        "100% vấn đề được xử lý: 2 điểm; từ 75% - dưới 100%: 1 điểm; dưới 75%: 0 điểm; không phát hiện vấn đề: 2 điểm",
        "2",
        "Xử lý vấn đề",
        "medium",
        [({"num": 4, "den": 4}, "2"), ({"num": 3, "den": 4}, "1"), ({"num": 0, "den": 4}, "0")],
    ),
]


@pytest.mark.parametrize(
    ("text", "full", "title", "confidence", "claims"), WORDINGS, ids=[one[0][:50] for one in WORDINGS]
)
def test_wording_gives_the_points_of_its_words(
    text: str, full: str, title: str, confidence: str, claims: list[tuple[dict[str, int | str], str]]
) -> None:
    reading = read_rule(text, title=title, max_points=Fraction(full))
    assert reading.confidence == confidence, [doubt.code for doubt in reading.doubts]
    for values, points in claims:
        assert scored(reading.rule, full, **values) == Fraction(points), (values, reading.rule)


#: Wordings that nobody may compute, and the doubt that says why.
REFUSED = [
    ("Chấm điểm theo kết quả thực tế do Hội đồng quyết định", "not_understood"),
    ("Có triển khai: từ 5 đến 10 điểm tùy mức độ", "not_understood"),
    ("10 điểm", "no_condition"),
    ("Có: 12 điểm; Không: 0 điểm", "exceeds"),
    ("≥ 80%: 5 điểm; < 50%: 0 điểm", "gap"),
    ("Từ 50% đến 90%: 5 điểm; từ 80% trở lên: 10 điểm; dưới 50%: 0 điểm", "overlap"),
    ("≥ 80%: 10 điểm; ≥ 80%: 3 điểm", "contradiction"),
    ("1. Kế hoạch\n- Có: Điểm tối đa\n- Không: 0 điểm\n2. Báo cáo\n- Có: Điểm tối đa\n- Không: 0 điểm", "parts_exceed"),
    ("Ban hành kịp thời: 6 điểm; ban hành chậm: 4 điểm", "parts_or_choice"),
    ("Đúng hạn: 5 điểm; chậm 1 đến 5 ngày: 10 điểm; chậm trên 5 ngày: 0 điểm", "later_is_better"),
    ("- Không: Điểm tối đa\n- Có sự cố: 50% điểm:\n+ Báo cáo ngay: 25% điểm\n+ Xử lý: 30% điểm", "parts_miss"),
    ("- Có: 10 điểm\n- Một phần, tùy theo mức độ thực tế từ 3 đến 7 điểm\n- Không: 0 điểm", "left_over"),
    ("Có A1: 5 điểm; Có B1: 5 điểm; Có C1: 5 điểm; tổng điểm không quá 10 điểm", "limit_of_lines"),
    ("Tỷ lệ 1 = a/b\nTỷ lệ 2 = c/d\nĐiểm = Tỷ lệ * Điểm tối đa", "two_ratios"),
    ("Tốt được 10 điểm và khá được 7 điểm: 5 điểm; Không: 0 điểm", "worth_nothing"),
    ("Điểm tối đa: 20 điểm\n- Có: 10 điểm\n- Không: 0 điểm", "maximum_differs"),
]


@pytest.mark.parametrize(("text", "doubt"), REFUSED, ids=[text[:50] for text, _ in REFUSED])
def test_what_contradicts_itself_is_not_computed(text: str, doubt: str) -> None:
    reading = read_rule(text, title="Tỷ lệ hồ sơ", max_points=Fraction(10))
    assert (reading.rule, reading.confidence) == ({"kind": "manual"}, "low")
    assert doubt in [one.code for one in reading.doubts]
    assert reading.left_over


#: Doubts that leave a reading usable.
DOUBTED = [
    ("≥ 80%: 10 điểm; từ 50% đến dưới 80%: 5 điểm", "nothing_below"),
    ("Từ 80% đến 100%: 10 điểm; từ 60% đến 80%: 7 điểm; dưới 60%: 0 điểm", "shared_end"),
    ("Trên 80%: 10 điểm; dưới 80%: 5 điểm", "gap_at"),
    ("Có: 6 điểm; Không: 0 điểm", "unreachable"),
    ("Có kế hoạch: 10 điểm", "nothing_else_said"),
    ("Tỷ lệ x 0,5 điểm", "unreachable"),
    ("Hồ sơ trực tuyến từ 80% trở lên: 10 điểm; văn bản ký số dưới 80%: 0 điểm", "two_figures"),
    ("Có sự cố: 50% điểm:\n+ Báo cáo ngay: 25% điểm\n+ Xử lý: 50% điểm", "unreachable"),
    ("Đạt 100%: 10 điểm; 90%: 9 điểm; 80%: 8 điểm; dưới 80%: 0 điểm", "between_exact"),
    ("Đúng hạn: 10 điểm; cứ chậm 5 ngày trừ 1 điểm", "per_several"),
    ("Có: 10 điểm; có: 10 điểm; không: 0 điểm", "same_words"),
    ("Cứ 01 lỗi trừ 1 điểm", "base_assumed"),
    ("a: Số việc đã làm\nb: Số việc phải làm\nTừ 80% trở lên: 10 điểm; dưới 80%: 0 điểm", "ratio_assumed"),
    ("Đã cung cấp thông tin, cung cấp dịch vụ: 1/2 điểm tối đa; chưa cung cấp: 0 điểm", "share_each"),
    ("(a) Tổng số việc; (b) Số việc đã xong\nTỷ lệ = a/b\nĐiểm = Tỷ lệ * Điểm tối đa", "turned_round"),
    ("a = Số việc đã xong; c = Tổng số việc\nTừ 80% trở lên: 10 điểm; dưới 80%: 0 điểm", "letters_unused"),
    ("Tỷ lệ ≥ 10%: điểm tối đa\nTỷ lệ < 10%: diểm = điểm tối đa * tỷ lệ/10%", "bounds_as_choice"),
    ("≥ 80%: 10 điểm; dưới 80%: 2 điểm; không phát hiện việc nào: 10 điểm", "nothing_to_count_assumed"),
]


@pytest.mark.parametrize(("text", "doubt"), DOUBTED, ids=[text[:50] for text, _ in DOUBTED])
def test_a_small_flaw_is_said_and_lowers_the_confidence(text: str, doubt: str) -> None:
    reading = read_rule(text, title="Tỷ lệ hồ sơ", max_points=Fraction(10))
    assert reading.confidence == "medium"
    assert doubt in [one.code for one in reading.doubts]
    assert reading.doubts[0].text("vi") != reading.doubts[0].text("en")


def test_a_maximum_that_is_not_given_is_inferred_and_said() -> None:
    reading = read_rule("Có: 5 điểm; Không: 0 điểm")
    assert [(doubt.code, dict(doubt.data)) for doubt in reading.doubts] == [("maximum_inferred", {"most": "5"})]
    assert (reading.confidence, [one["share"] for one in reading.rule["options"]]) == ("medium", [1, 0])


def test_nothing_to_count_is_a_consequence_and_no_line() -> None:
    reading = read_rule("Tỷ lệ*Điểm tối đa. Đơn vị không phát sinh hồ sơ được điểm tối đa", title="Tỷ lệ hồ sơ")
    assert (reading.rule["kind"], reading.not_applicable) == ("ratio", "full")


def test_both_readings_of_a_jump_are_offered() -> None:
    reading = read_rule("Từ 1% trở lên: điểm tối đa\nDưới 1%: Tỷ lệ * điểm tối đa", title="Tỷ lệ chi")
    assert scored(reading.rule, 10, num=5, den=1000) == 5
    assert [scored(one.rule, 10, num=5, den=1000) for one in reading.alternatives] == [Fraction(1, 20)]


def test_labels_are_the_printed_words() -> None:
    reading = read_rule("- Đã ban hành, đúng quy định: Điểm tối đa;\n- CHƯA ban hành : 0 điểm.")
    assert [one["label"] for one in reading.rule["options"]] == ["Đã ban hành, đúng quy định", "CHƯA ban hành"]


@pytest.mark.parametrize("text", ["", "   \n\t ", "<ul><li></li></ul>"])
def test_no_wording_is_said_to_be_none(text: str) -> None:
    reading = read_rule(text)
    assert (reading.how, reading.rule, reading.confidence) == ("empty", {"kind": "manual"}, "low")
