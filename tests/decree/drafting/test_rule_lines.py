"""The lines of a printed rule."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.decree.drafting.rule_lines import rule_lines
from chiso.decree.wording.reading import read_rule


@pytest.mark.parametrize(
    ("joined", "lines"),
    [
        (
            "- Đã ban hành: Điểm tối đa; - Chưa ban hành: 0 điểm.",
            ["- Đã ban hành: Điểm tối đa;", "- Chưa ban hành: 0 điểm."],
        ),
        (
            "a = Số hộ; b = Tổng số hộ; - Tỷ lệ = a/b- Điểm = Tỷ lệ*Điểm tối đa",
            ["a = Số hộ;", "b = Tổng số hộ;", "- Tỷ lệ = a/b", "- Điểm = Tỷ lệ*Điểm tối đa"],
        ),
        (
            "Tỷ lệ = a/b Tỷ lệ ≥ 20%: điểm tối đa Tỷ lệ < 20%: điểm = điểm tối đa * tỷ lệ/20%",
            ["Tỷ lệ = a/b", "Tỷ lệ ≥ 20%: điểm tối đa", "Tỷ lệ < 20%: điểm = điểm tối đa * tỷ lệ/20%"],
        ),
        (
            "1. Triển khai - Đã triển khai: 1/2*Điểm tối đa; - Chưa triển khai: 0 điểm. "
            "2. Kết nối - Đã kết nối: 1/2*Điểm tối đa",
            [
                "1. Triển khai",
                "- Đã triển khai: 1/2*Điểm tối đa;",
                "- Chưa triển khai: 0 điểm.",
                "2. Kết nối",
                "- Đã kết nối: 1/2*Điểm tối đa",
            ],
        ),
        (
            "- Điểm = Tỷ lệ*Điểm tối đa Giải thích: là những DVCTT",
            ["- Điểm = Tỷ lệ*Điểm tối đa", "Giải thích: là những DVCTT"],
        ),
        ("- Đài Phát thanh - Truyền hình đã có: Điểm tối đa", ["- Đài Phát thanh - Truyền hình đã có: Điểm tối đa"]),
        ("Mức 1: ≥ 2 tỷ: 100% điểm; Mức 2: ≥ 1 tỷ: 70% điểm", ["Mức 1: ≥ 2 tỷ: 100% điểm;", "Mức 2: ≥ 1 tỷ: 70% điểm"]),
        ("Tỷ lệ * Điểm tối đa", ["Tỷ lệ * Điểm tối đa"]),
        (
            "- Có trang và tần suất\n1 tuần/1 lần: Điểm\ntối đa;\n- Không: 0 điểm",
            ["- Có trang và tần suất 1 tuần/1 lần: Điểm tối đa;", "- Không: 0 điểm"],
        ),
        (
            "- Đúng hạn:\nĐiểm tối đa;\n- Trễ:\n1/2*Điểm tối đa;",
            ["- Đúng hạn: Điểm tối đa;", "- Trễ: 1/2*Điểm tối đa;"],
        ),
        ("- Điểm:\n+ Tỷ lệ ≥ 80%: Điểm tối đa", ["- Điểm:", "+ Tỷ lệ ≥ 80%: Điểm tối đa"]),
        ("Có: 10 điểm\nKhông: 0 điểm", ["Có: 10 điểm", "Không: 0 điểm"]),
    ],
)
def test_each_item_gets_a_line(joined: str, lines: list[str]) -> None:
    assert rule_lines(joined).split("\n") == lines


def test_lines_that_are_no_steps_end_the_search() -> None:
    text = (
        "- Có chuyên trang và tần suất cập nhật trung bình\n1 tuần/1 lần: Điểm tối đa;\n"
        "- Có chuyên trang nhưng tần suất cập nhật trung\nbình ít hơn 1 tuần/1 lần: 1/2*Điểm tối đa;\n"
        "- Không có chuyên trang: 0 điểm."
    )
    options = read_rule(rule_lines(text), title="Có chuyên trang", max_points=Fraction(10)).rule["options"]
    assert [option["share"] for option in options] == [1, "1/2", 0]
    assert options[0]["label"] == "Có chuyên trang và tần suất cập nhật trung bình 1 tuần/1 lần"
