"""How written values are understood, and which are refused."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.framework.inputs import Asked
from chiso.framework.model import FactType
from chiso.framework.rules import Option
from chiso.scoring.facts import EXACT_LIMIT
from chiso.scoring.states import State
from chiso.scoring.values import Misread, parse_number, read_value

OPTIONS = tuple(
    Option.model_validate({"id": name, "label": label, "share": "1"})
    for name, label in (
        ("head", "Trưởng ban là người đứng đầu."),
        ("deputy", "Trưởng ban là cấp phó;"),
        ("none", "Không có  Ban chỉ đạo"),
    )
)
YES_NO = tuple(
    Option.model_validate({"id": name, "label": label, "share": "1"})
    for name, label in (("yes", "Có thực hiện"), ("no", "Không thực hiện"))
)


def asks(type_: FactType, options: tuple[Option, ...] = ()) -> Asked:
    return Asked("a", "1.1/a", "Số hộ", type_, "", options)


def code(value: Any, target: Asked) -> str:
    """Return the fault of a value that is refused."""
    found = read_value(value, target)
    assert isinstance(found, Misread)
    return found.code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("12", "12"),
        ("+12", "12"),
        ("-12", "-12"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        ("12.", "12"),
        ("12,", "12"),
        (".5", "0.5"),
        (",5", "0.5"),
        ("-,5", "-0.5"),
        ("0012", "12"),
        ("1.234", "1.234"),
        ("1,234", "1.234"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("12.345.678.901", "12345678901"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567.89", "1234567.89"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234", "1234"),
        ("1 234 567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1 234.5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("1\u202f234", "1234"),
        ("-1.234.567", "-1234567"),
        ("0,000001", "0.000001"),
        ("9" * 60, "9" * 60),
    ],
)
def test_a_number_as_people_write_it(text: str, number: str) -> None:
    assert parse_number(text) == Fraction(number)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "+", ".", ",", "1..2", "1,2,3", "1.23.456", "12.34.567", "1234.567.890", "1.234.56", "1 23",
        "12 34", "1.234.567.89", "1,234.567,8", "1.234,567.8", "1e3", "0x10", "1/2", "50%", "1_000", "mười", "12 hộ",
        "--1", "+-1", "1-", "NaN", "inf", "Infinity", "١٢", "１２", "²", "1\n2", "9" * 61, "=1+1", "1,234.5.6",
    ],
)  # fmt: skip
def test_what_is_no_clear_number(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(0, 10**14), st.integers(0, 6))
def test_decimals_with_point_and_comma_are_the_same_number(number: int, decimals: int) -> None:
    whole, rest = divmod(number, 10**decimals)
    tail = f"{rest:0{decimals}d}" if decimals else ""

    assert parse_number(f"{whole}.{tail}") == parse_number(f"{whole},{tail}") == Fraction(number, 10**decimals)


@given(st.integers(10**6, 10**15), st.sampled_from([".", ",", " "]))
def test_thousands_in_groups_are_read(number: int, mark: str) -> None:
    assert parse_number(f"{number:,}".replace(",", mark)) == number


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert isinstance(read_value(text, asks("number")), Fraction | State | Misread)


@pytest.mark.parametrize("value", [None, "", "   ", "\u00a0", "\t\n"])
@pytest.mark.parametrize("type_", ["count", "yes_no", "choice", "share"])
def test_nothing_written_is_missing(value: str | None, type_: FactType) -> None:
    assert read_value(value, asks(type_, OPTIONS)) is State.MISSING


@pytest.mark.parametrize("value", ["n/a", "N/A", " na ", "Không áp dụng", "không phát sinh", "KHÔNG  ÁP DỤNG"])
@pytest.mark.parametrize("type_", ["count", "yes_no", "choice", "share"])
def test_not_applicable_is_its_own_state(value: str, type_: FactType) -> None:
    assert read_value(value, asks(type_, OPTIONS)) is State.NOT_APPLICABLE


def test_decomposed_letters_are_the_same() -> None:
    assert read_value(unicodedata.normalize("NFD", "không áp dụng"), asks("count")) is State.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("value", "number"),
    [(0, 0), (12, 12), (12.0, 12), (36.900000000000006, "36.9"), (0.1, "0.1"), (1e-7, "0.0000001"), (0.5, "0.5")],
)
def test_numbers_of_a_spreadsheet_are_those_it_shows(value: float, number: str) -> None:
    assert read_value(value, asks("number")) == Fraction(number)


def test_a_large_whole_number_of_a_spreadsheet_keeps_every_digit() -> None:
    assert read_value(9007199254740991.0, asks("count")) == EXACT_LIMIT - 1


def test_a_computed_third_keeps_fifteen_digits() -> None:
    assert read_value(1 / 3, asks("number")) == Fraction(333333333333333, 10**15)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_in_a_spreadsheet_is_refused(value: float) -> None:
    assert code(value, asks("number")) == "D123"


@pytest.mark.parametrize("value", ["12 hộ", "abc", "1/2", "50%", "=1+1", True])
def test_text_where_a_number_belongs(value: Any) -> None:
    assert code(value, asks("count")) == "D123"


@pytest.mark.parametrize("value", ["-1", -1, "-0.5", "-1.234.567"])
def test_a_negative_number(value: Any) -> None:
    assert code(value, asks("number")) == "D124"


@pytest.mark.parametrize("value", [str(EXACT_LIMIT), "1" + "0" * 20, "0." + "0" * 15 + "1", "1.0000000000000001"])
def test_more_digits_than_can_be_kept(value: str) -> None:
    assert code(value, asks("number")) == "D111"


def test_the_largest_number_that_can_be_kept() -> None:
    assert read_value(str(EXACT_LIMIT - 1), asks("number")) == EXACT_LIMIT - 1


@pytest.mark.parametrize("type_", ["count", "days"])
@pytest.mark.parametrize("value", ["1.5", "1.234", 0.5])
def test_a_count_is_whole(value: Any, type_: FactType) -> None:
    assert code(value, asks(type_)) == "D125"


@pytest.mark.parametrize("value", ["12", "12.0", 12.0, "1.234.567"])
def test_a_count_may_be_written_with_a_decimal_zero(value: Any) -> None:
    assert isinstance(read_value(value, asks("count")), Fraction)


@pytest.mark.parametrize(
    ("value", "share"),
    [("50", "1/2"), ("50%", "1/2"), ("50 %", "1/2"), ("0", "0"), ("100", "1"), ("33,5", "67/200"), (1, "1/100")],
)
def test_a_share_is_written_as_a_percentage(value: Any, share: str) -> None:
    assert read_value(value, asks("share")) == Fraction(share)


@pytest.mark.parametrize("value", ["100.000001", "101%", 200])
def test_a_share_above_a_hundred_per_cent(value: Any) -> None:
    assert code(value, asks("share")) == "D126"


def test_a_percent_sign_belongs_to_shares_only() -> None:
    assert code("50%", asks("amount")) == "D123"


@pytest.mark.parametrize("value", ["có", "Có", "CÓ", "true", "TRUE", "yes", "đúng", True])
def test_yes(value: Any) -> None:
    assert read_value(value, asks("yes_no")) == 1


@pytest.mark.parametrize("value", ["không", "Không", "false", "no", "sai", False])
def test_no(value: Any) -> None:
    assert read_value(value, asks("yes_no")) == 0


@pytest.mark.parametrize("value", ["co", "1", "0", "x", "maybe", 1])
def test_neither_yes_nor_no(value: Any) -> None:
    assert code(value, asks("yes_no")) == "D122"


@pytest.mark.parametrize(
    ("value", "position"),
    [
        ("head", 0),
        ("HEAD", 0),
        ("head.", 0),
        ("Trưởng ban là người đứng đầu.", 0),
        ("trưởng ban là người đứng đầu", 0),
        ("Trưởng ban là cấp phó", 1),
        ("Không có Ban  chỉ đạo;", 2),
        ("1", 0),
        ("#1", 0),
        ("2", 1),
        (3, 2),
        (3.0, 2),
        ("3.0", 2),
    ],
)
def test_an_option_by_id_label_or_position(value: Any, position: int) -> None:
    assert read_value(value, asks("choice", OPTIONS)) == position


def test_an_option_with_decomposed_letters() -> None:
    assert read_value(unicodedata.normalize("NFD", OPTIONS[1].label), asks("choice", OPTIONS)) == 1


@pytest.mark.parametrize("value", ["0", "4", "#4", "-1", "1.5", "9" * 5000, "#", "heads", "có", "²"])
def test_what_is_no_option(value: str) -> None:
    assert code(value, asks("choice", OPTIONS)) == "D121"


@pytest.mark.parametrize(
    ("value", "position"), [("có", 0), ("true", 0), (True, 0), ("không", 1), ("no", 1), (False, 1)]
)
def test_yes_and_no_choose_the_options_of_that_name(value: Any, position: int) -> None:
    assert read_value(value, asks("choice", YES_NO)) == position


def test_a_misspelt_option_names_the_near_ones_and_all_that_are_known() -> None:
    found = read_value("depty", asks("choice", OPTIONS))

    assert isinstance(found, Misread)
    assert found.near == ("deputy",)
    assert found.data["value"] == "depty"
    assert found.data["known"].startswith("head (Trưởng ban là người đứng đầu.); deputy (")


def test_a_refused_value_is_quoted_shortened() -> None:
    found = read_value("x" * 200, asks("count"))

    assert isinstance(found, Misread)
    assert found.data == {"value": "x" * 80, "name": "a", "label": "Số hộ"}
