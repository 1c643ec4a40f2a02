"""Units of measure multiply, cancel, and are named in both languages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chiso.framework.measures import DIMENSIONLESS, Measure, MeasureMismatch, known_units

HOUSEHOLDS, PEOPLE, MONEY = Measure.of("household"), Measure.of("person"), Measure.of("billion_vnd")

measures = st.lists(st.sampled_from([HOUSEHOLDS, PEOPLE, MONEY, DIMENSIONLESS]), max_size=6).map(
    lambda parts: parts[0] * parts[1] / parts[2] if len(parts) > 2 else DIMENSIONLESS
)


def test_a_share_has_no_unit() -> None:
    assert Measure.of("share") == Measure.of("") == DIMENSIONLESS


def test_like_units_cancel() -> None:
    assert HOUSEHOLDS / HOUSEHOLDS == DIMENSIONLESS


@given(measures, measures)
def test_division_undoes_multiplication(left: Measure, right: Measure) -> None:
    assert left * right / right == left


@given(measures, measures)
def test_the_order_of_factors_makes_no_difference(left: Measure, right: Measure) -> None:
    assert left * right == right * left


def test_measures_are_written_as_a_quotient() -> None:
    assert str(DIMENSIONLESS) == "share"
    assert str(MONEY / PEOPLE) == "billion_vnd/person"
    assert str(MONEY * MONEY / PEOPLE / PEOPLE) == "billion_vnd^2/person^2"
    assert str(MONEY / PEOPLE / HOUSEHOLDS) == "billion_vnd/(household*person)"
    assert str(DIMENSIONLESS / PEOPLE) == "1/person"


def test_measures_are_put_into_the_words_of_the_catalogue() -> None:
    assert (MONEY / HOUSEHOLDS).words("vi") == "tỷ đồng/hộ"
    assert (MONEY / HOUSEHOLDS).words("en") == "billion VND/households"
    assert DIMENSIONLESS.words("vi") == "tỷ lệ"
    assert DIMENSIONLESS.words("en") == "a share"


def test_a_unit_outside_the_catalogue_is_written_by_its_id() -> None:
    assert Measure.of("parsec").words("vi") == "parsec"


def test_a_mismatch_keeps_both_sides() -> None:
    wrong = MeasureMismatch("a", HOUSEHOLDS, "p", PEOPLE)
    assert (wrong.left, wrong.left_measure, wrong.right, wrong.right_measure) == ("a", HOUSEHOLDS, "p", PEOPLE)


def test_every_unit_of_the_catalogue_has_both_words() -> None:
    assert all(words["vi"] and words["en"] and set(words) == {"vi", "en"} for words in known_units().values())
    assert known_units()["household"] == {"vi": "hộ", "en": "households"}
