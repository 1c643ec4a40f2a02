"""Mark-up, formula mark-up, look-alike characters and broken lines."""

from __future__ import annotations

import unicodedata

import pytest

from chiso.decree.wording.tidy import tidy_lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<ul><li>Có: 1 điểm</li><li>Không: 0 điểm</li></ul>", ["- Có: 1 điểm", "- Không: 0 điểm"]),
        ("<ul><li>- Có</li></ul>", ["- Có"]),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", ["- a", "+ b", "- c"]),
        ("<p>Tỷ lệ &lt; 80%</p><br/>Tỷ lệ &ge; 80%", ["Tỷ lệ < 80%", "Tỷ lệ ≥ 80%"]),
        ("Tỷ lệ<80%: 0 điểm", ["Tỷ lệ<80%: 0 điểm"]),
        ("$1/2 * \\text{Điểm tối đa}$", ["1/2 * Điểm tối đa"]),
        ("$\\frac{a}{b} \\geq 80\\%$", ["(a)/(b) ≥ 80%"]),
        ("\\frac{\\frac{a}{b}}{c}", ["((a)/(b))/(c)"]),
        ("**Điểm** × ½", ["Điểm * 1/2"]),
        ("– Có\u00a0: 1\u200b điểm", ["- Có : 1 điểm"]),
        ("≥ 90\t10\n< 90\t0", ["≥ 90 | 10", "< 90 | 0"]),
        ("a = Số hộ Trong đó: hộ nghèo", ["a = Số hộ", "Trong đó: hộ nghèo"]),
        ("Tỷ lệ = (a+b)/c Mức 1 ≥ 10%", ["Tỷ lệ = (a+b)/c", "Mức 1 ≥ 10%"]),
        ("Tỷ lệ = a/b*100% Mức 1: 5 điểm", ["Tỷ lệ = a/b*100%", "Mức 1: 5 điểm"]),
        ("90% ÷ <95%", ["90% - <95%"]),
        ("a ÷ b", ["a / b"]),
        ("\n \n---\n", []),
    ],
)
def test_text_becomes_plain_lines(text: str, lines: list[str]) -> None:
    assert tidy_lines(text) == lines


def test_decomposed_letters_are_composed() -> None:
    assert tidy_lines(unicodedata.normalize("NFD", "Tỷ lệ")) == ["Tỷ lệ"]


@pytest.mark.parametrize(
    "broken",
    [
        "- Đã triển khai Trung tâm\ndữ liệu: 1/2*Điểm tối đa",
        "- Đạt: điểm\ntối đa",
        "- Đạt: điểm tối\nđa;",
        "- Không đạt: không tính\nđiểm;",
        "- Mỗi lỗi trừ 1 điểm\nnhưng không quá 5 điểm",
        "- Có văn bản (đã được\nphê duyệt): 5 điểm",
        "- Trình độ đại học:\nđạt điểm tối đa",
        "- Dưới 1%:\nTỷ lệ * điểm tối đa",
    ],
)
def test_a_broken_line_is_one_again(broken: str) -> None:
    assert tidy_lines(broken) == [broken.replace("\n", " ")]


@pytest.mark.parametrize(
    "text",
    [
        "- Tỷ lệ = a/b\ntối thiểu 50%: điểm tối đa",
        "Có: 5 điểm\nkhông: 0 điểm",
        "a = Số hộ\nb = Tổng số hộ",
        "Thang điểm:\nmức 1: 5 điểm",
        "- Dưới 1%:\nTỷ lệ ≥ 0,5%: 5 điểm",
        "1. Triển khai\n- Có: 5 điểm",
    ],
)
def test_lines_that_stand_alone_stay_apart(text: str) -> None:
    assert tidy_lines(text) == text.split("\n")


def test_what_cannot_be_printed_is_left_out_and_what_parts_lines_and_cells_stays() -> None:
    assert tidy_lines("- C\x01ó: 1 \x7fđiểm\n- Không\t0 điểm") == ["- Có: 1 điểm", "- Không | 0 điểm"]
