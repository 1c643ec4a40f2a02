"""Exact numbers: read, rounded and written without a float anywhere."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.quantity import (
    MAX_DIGITS,
    decimal_text,
    local_text,
    parse_rational,
    percent_text,
    places_text,
    plain,
    round_half_up,
    to_rational,
    write_rational,
)

fractions = st.fractions(max_denominator=10**9)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=9, min_value=-(10**9), max_value=10**9)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12.86", Fraction(643, 50)),
        ("1/2", Fraction(1, 2)),
        ("80%", Fraction(4, 5)),
        ("80 %", Fraction(4, 5)),
        (" 0.25 % ", Fraction(1, 400)),
        ("-3", Fraction(-3)),
        ("+.5", Fraction(1, 2)),
        ("5.", Fraction(5)),
        ("1.5/0.5", Fraction(3)),
        ("1 / 3", Fraction(1, 3)),
        ("1/2%", Fraction(1, 200)),
        ("-1/-2", Fraction(1, 2)),
        ("0", Fraction(0)),
    ],
)
def test_a_number_as_a_decision_writes_it_is_read_exactly(text: str, value: Fraction) -> None:
    assert parse_rational(text) == value


@pytest.mark.parametrize(
    "text", ["", " ", "mười", "1,5", "1/2/3", "%", "1e3", "0x1f", "1 000", "nan", "inf", "½", "--1", "."]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        parse_rational(text)


@pytest.mark.parametrize("text", ["1/0", "5/0.0%"])
def test_division_by_zero_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="divides by zero"):
        parse_rational(text)


def test_the_longest_number_is_read_and_a_longer_one_refused() -> None:
    assert parse_rational("9" * MAX_DIGITS) == 10**MAX_DIGITS - 1
    with pytest.raises(ValueError, match="is not a number"):
        parse_rational("9" * (MAX_DIGITS + 1))


@pytest.mark.parametrize(
    ("value", "expected"), [(Fraction(1, 3), Fraction(1, 3)), (7, Fraction(7)), (Decimal("0.10"), Fraction(1, 10))]
)
def test_exact_values_become_fractions(value: object, expected: Fraction) -> None:
    assert to_rational(value) == expected


@pytest.mark.parametrize("value", [0.5, True, False])
def test_floats_and_truth_values_are_not_exact_numbers(value: object) -> None:
    with pytest.raises(ValueError, match="is not an exact number"):
        to_rational(value)


@pytest.mark.parametrize("value", [None, [1], {}])
def test_things_without_a_number_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        to_rational(value)


@given(fractions)
def test_what_is_written_reads_back_as_the_same_number(value: Fraction) -> None:
    assert parse_rational(write_rational(value)) == value


@given(decimals, st.integers(min_value=0, max_value=6))
def test_rounding_agrees_with_the_decimal_module(value: Decimal, places: int) -> None:
    expected = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=Context(prec=40))
    assert round_half_up(Fraction(value), places) == Fraction(expected)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(25, 10), 0, Fraction(3)),
        (Fraction(-25, 10), 0, Fraction(-3)),
        (Fraction(8125, 1000), 2, Fraction(813, 100)),
        (Fraction(1, 3), 2, Fraction(33, 100)),
        (Fraction(2, 3), 2, Fraction(67, 100)),
        (Fraction(1, 200), 2, Fraction(1, 100)),
        (Fraction(1, 200) - Fraction(1, 10**9), 2, Fraction(0)),
    ],
)
def test_halves_are_rounded_away_from_zero(value: Fraction, places: int, expected: Fraction) -> None:
    assert round_half_up(value, places) == expected


@given(fractions, st.integers(min_value=0, max_value=6))
def test_rounding_moves_a_number_by_at_most_half_a_place(value: Fraction, places: int) -> None:
    assert abs(round_half_up(value, places) - value) * 2 * 10**places <= 1


@given(fractions, st.integers(min_value=0, max_value=6))
def test_the_decimal_text_is_the_rounded_number(value: Fraction, places: int) -> None:
    text = decimal_text(value, places)
    assert Fraction(text) == round_half_up(value, places)
    assert len(text.partition(".")[2]) <= places


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Fraction(8125, 1000), 6, "8.125"),
        (Fraction(10), 6, "10"),
        (Fraction(1, 3), 6, "0.333333"),
        (Fraction(-1, 3), 2, "-0.33"),
        (Fraction(-1, 1000), 2, "0"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(100), 0, "100"),
        (Fraction(1, 20), 2, "0.05"),
    ],
)
def test_decimal_texts_have_no_trailing_zeros_and_no_negative_zero(value: Fraction, places: int, text: str) -> None:
    assert decimal_text(value, places) == text


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        (Fraction(12345675, 10), "1.234.567,5", "1,234,567.5"),
        (Fraction(-1234), "-1.234", "-1,234"),
        (Fraction(999), "999", "999"),
        (Fraction(1, 8), "0,125", "0.125"),
    ],
)
def test_numbers_are_written_with_the_separators_of_each_language(value: Fraction, vi: str, en: str) -> None:
    assert (local_text(value, "vi"), local_text(value, "en")) == (vi, en)


def test_a_share_is_written_as_a_percentage() -> None:
    assert percent_text(Fraction(5, 6), "vi") == "83,3333 %"
    assert percent_text(Fraction(1, 2), "en") == "50 %"


def test_fractions_inside_a_structure_become_text_and_the_rest_stays() -> None:
    structure = {"a": Fraction(10, 3), "b": [Fraction(2), {"c": (Fraction(1, 2), "x")}], "d": None, "e": 5}
    assert plain(structure) == {"a": "10/3", "b": ["2", {"c": ["1/2", "x"]}], "d": None, "e": 5}


@pytest.mark.parametrize(
    ("places", "decimals", "text"),
    [(8125, 3, "8.125"), (8100, 3, "8.1"), (8000, 3, "8"), (0, 6, "0"), (-5, 1, "-0.5"), (7, 0, "7"), (100, 0, "100")],
)
def test_whole_units_of_the_last_place_are_written_without_trailing_zeros(
    places: int, decimals: int, text: str
) -> None:
    assert places_text(places, decimals) == text
