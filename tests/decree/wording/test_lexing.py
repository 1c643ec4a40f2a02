"""Numbers as Vietnamese offices write them, words without their diacritics, and words that only sometimes compare."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.decree.wording.lexing import folded, number_of, tokens_of, words_in


def kinds(line: str) -> list[str]:
    return [token.type for token in tokens_of(line)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("05", 5),
        ("0,5", Fraction(1, 2)),
        ("0.25", Fraction(1, 4)),
        ("1.500", 1500),
        ("1.234.567", 1234567),
        ("1.234,5", Fraction(2469, 2)),
        ("12,75", Fraction(51, 4)),
        ("0.500", Fraction(1, 2)),
        ("5.12.1", None),
        ("9" * 21, None),
    ],
)
def test_number(text: str, value: Fraction | int | None) -> None:
    assert number_of(text) == value


def test_capitals_and_diacritics_do_not_matter() -> None:
    assert folded("ĐIỂM tối đa") == "diem toi da"
    for line in ("Điểm tối đa", "ĐIỂM TỐI ĐA", "diem toi da", "Điếm tôi đa"):
        assert kinds(line) == ["MAX"]


def test_short_words_keep_their_own_diacritics() -> None:
    assert kinds("chậm") == ["LATE"]
    assert kinds("chấm") == ["GET"]
    assert kinds("cài đặt") == ["WORD", "WORD"]
    assert kinds("hồ sơ") == ["NOUN"]


def test_chậm_without_diacritics_is_told_by_the_days() -> None:
    assert kinds("cham 5 ngay")[0] == "LATE"
    assert kinds("cham 5 diem")[0] == "GET"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("trên 80%", ["ABOVE", "PERCENT"]),
        ("trên địa bàn", ["WORD", "WORD", "WORD"]),
        ("đến dưới 80 %", ["TO", "UNDER", "PERCENT"]),
        ("từ mức cơ bản", ["WORD", "WORD", "WORD"]),
        ("=> 80%", ["GE", "PERCENT"]),
        ("=> 5 điểm", ["ARROW", "NUMBER", "POINTS"]),
        ("10đ", ["NUMBER", "POINTS"]),
        ("4G", ["WORD", "WORD"]),
        ("O điểm", ["NUMBER", "POINTS"]),
        ("a x b", ["LETTER", "STAR", "LETTER"]),
        ("1/2 điểm tối đa", ["FRACTION", "MAX"]),
        ("trước 31/12", ["WORD", "WORD"]),
        ("sau 01/5", ["WORD", "WORD"]),
        ("Quyết định số 12/2023/QĐ-UBND", ["NOUN", "WORD", "WORD"]),
        ("Tỷ lệ (%)", ["RATIO"]),
        ("80 phần trăm", ["PERCENT"]),
    ],
)
def test_terminals(line: str, expected: list[str]) -> None:
    assert kinds(line) == expected


def test_a_noun_knows_its_unit_of_measure_and_a_token_its_words() -> None:
    line = "Có 05 văn bản chỉ đạo trở lên"
    tokens = tokens_of(line)
    assert [token.data for token in tokens if token.type == "NOUN"] == ["document"]
    assert words_in(tokens[2:4], line) == "văn bản chỉ đạo trở lên"


def test_nothing_is_divided_by_nought() -> None:
    assert [token.type for token in tokens_of("0/0 tiêu chí")][:1] == ["WORD"]
