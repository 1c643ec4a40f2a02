"""Reading scoring rules as printed: consequences, bounds, letters, formulas, parts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.framework.lint.printed import Consequence, Interval, Quotient, consequence_of, interval_of, read

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Điểm tối đa", "1"),
        ("điểm tối đa.", "1"),
        ("0 điểm", "0"),
        ("0% điểm", "0"),
        ("1/2*Điểm tối đa", "1/2"),
        ("1/2 điểm tối đa", "1/2"),
        ("1/4* Điểm tối đa", "1/4"),
        ("50% điểm", "1/2"),
        ("100% điểm phần này", "1"),
    ],
)
def test_a_share_of_the_maximum_is_read(text: str, share: str) -> None:
    assert consequence_of(text.lower()) == Consequence("share", Fraction(share))


@pytest.mark.parametrize(
    ("text", "share", "full_at"),
    [
        ("Tỷ lệ * điểm tối đa", "1", "1"),
        ("Điểm = Tỷ lệ*Điểm tối đa", "1", "1"),
        ("Tỷ lệ/80%*Điểm tối đa", "1", "4/5"),
        ("Điểm = Tỷ lệ *Điểm tối đa/80%", "1", "4/5"),
        ("điểm = điểm tối đa * tỷ lệ/0.25%", "1", "1/400"),
        ("Tỷ lệ*1/2*Điểm tối đa", "1/2", "1"),
        ("Số cuộc họp/4 * điểm tối đa", "1", "1"),
    ],
)
def test_a_slope_is_read_with_where_it_is_full(text: str, share: str, full_at: str) -> None:
    assert consequence_of(text.lower()) == Consequence("slope", Fraction(share), Fraction(full_at))


def test_points_for_each_item_are_read() -> None:
    assert consequence_of("1 điểm") == Consequence("points", Fraction(1))


def test_other_words_are_left_alone() -> None:
    assert consequence_of("đã triển khai") is None


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("Tỷ lệ >= 80%", Interval(low=Fraction(4, 5), unit="%")),
        ("Mức 2: ≥ 1 tỷ", Interval(low=Fraction(1), unit="tỷ")),
        ("Từ 1% trở lên", Interval(low=Fraction(1, 100), unit="%")),
        ("Tỷ lệ < 0,5%", Interval(high=Fraction(1, 200), high_closed=False, unit="%")),
        ("Dưới 10", Interval(high=Fraction(10), high_closed=False)),
        ("Tỷ lệ <= 50%", Interval(high=HALF, unit="%")),
        ("trễ không quá 10 ngày", Interval(high=Fraction(10), unit="ngày")),
        ("trễ quá 10 ngày hoặc không ban hành", Interval(low=Fraction(10), low_closed=False, unit="ngày")),
        ("Từ 10 đến 19", Interval(low=Fraction(10), high=Fraction(19))),
        ("Từ 10% đến dưới 20%", Interval(Fraction(1, 10), True, Fraction(1, 5), False, "%")),
        ("Tỷ lệ = 100%", Interval(low=Fraction(1), high=Fraction(1), unit="%")),
        ("100% được cài đặt", Interval(low=Fraction(1), high=Fraction(1), unit="%")),
    ],
)
def test_bounds_are_read(text: str, interval: Interval) -> None:
    assert interval_of(text) == interval


@pytest.mark.parametrize(
    "text",
    ["từ 1 tuần/1 lần", "từ 1 tháng/1 lần/12 tháng", "Đủ 04 cuộc họp trong năm", "Báo cáo ngay (không quá 02 ngày)"],
)
def test_what_is_no_bound_is_left_alone(text: str) -> None:
    assert interval_of(text) is None


def test_a_consequence_in_brackets_is_read() -> None:
    (line,) = read("Mức 2 ≥ 7% (70% điểm)").lines
    assert (line.label, line.consequence.share, line.interval) == (
        "mức 2 ≥ 7%",
        Fraction(7, 10),
        Interval(low=Fraction(7, 100), unit="%"),
    )


def test_numbered_headings_divide_a_rule_into_parts() -> None:
    printed = read("1. Triển khai\n- Có: 1/2*Điểm tối đa\n2. Kỹ thuật\n- Có: ½*Điểm tối đa")
    assert [(line.section, line.consequence.share) for line in printed.lines] == [(1, HALF), (2, HALF)]


def test_letters_are_read_with_the_lines_that_continue_them() -> None:
    printed = read("a = Số công chức, cụ thể gồm:\n+ Số hợp đồng chuyên trách\nb. Tổng số công chức;\n- Tỷ lệ = a/b")
    assert printed.letters == {
        "a": "số công chức, cụ thể gồm; số hợp đồng chuyên trách",
        "b": "tổng số công chức",
    }


def test_letters_may_stand_at_the_end() -> None:
    assert read("- Số hoạt động kiểm tra (a)").letters == {"a": "số hoạt động kiểm tra"}


@pytest.mark.parametrize(
    ("text", "quotient"),
    [
        ("- Tỷ lệ=a/b", Quotient(("a",), ("b",))),
        ("- Tỷ lệ = (c+d)/(a+b)", Quotient(("c", "d"), ("a", "b"))),
        ("Tỷ lệ: b / a", Quotient(("b",), ("a",))),
    ],
)
def test_formulas_are_read(text: str, quotient: Quotient) -> None:
    assert read(text).quotients == (quotient,)


def test_a_formula_is_written_back() -> None:
    assert str(Quotient(("b", "c"), ("a",))) == "(b+c)/a"


def test_words_after_tỷ_lệ_are_no_formula() -> None:
    assert read("- Tỷ lệ = số hộ/tổng số hộ").quotients == ()


def test_lines_about_points_that_cannot_be_read_are_kept_apart() -> None:
    printed = read("- Tổng điểm không quá Điểm tối đa\n- Giải thích: nền tảng số")
    assert (printed.lines, printed.unread) == ((), ("tổng điểm không quá điểm tối đa",))


def test_no_printed_rule_is_empty() -> None:
    assert (read(None).lines, read(None).letters, read(None).quotients) == ((), {}, ())


def test_a_heading_is_no_line() -> None:
    printed = read("1. Mô hình: 1/2*Điểm tối đa\n- Có: 1/2*Điểm tối đa")
    assert [line.label for line in printed.lines] == ["có"]
