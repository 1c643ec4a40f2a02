"""Figures while they are read: a few bytes each, and nothing of them is lost."""

from __future__ import annotations

from fractions import Fraction
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.scoring.facts import EXACT_LIMIT, Column, Origin
from chiso.scoring.gathered import Cells, Gathered, Places
from chiso.scoring.states import State

DECIMALS = st.builds(lambda n, d: Fraction(n, 10**d), st.integers(0, 10**15), st.integers(0, 6))
STATES = st.sampled_from([State.MISSING, State.NOT_APPLICABLE, State.ERROR])
VALUES = st.dictionaries(st.integers(0, 8), DECIMALS | STATES, max_size=6)

PLACES = [
    "",
    "figures.csv, row 12",
    "figures.csv, row 13",
    "số liệu.xlsx: Sheet1!D12",
    "somewhere",
    "row 0",
    "row 012",
    "7",
    "row 9999999999999",
    "a1b2c",
    "row 12",
    "row 013",
    "row 14",
    "row 9999999999998",
    "row 14x",
    "row ",
    "row ٣",
]


@pytest.mark.parametrize("place", PLACES)
def test_a_place_comes_back_as_it_was(place: str) -> None:
    places = Places()
    packed = [places.pack(one) for one in (*PLACES, place)]

    assert places.text(packed[-1]) == place
    assert [places.text(one) for one in packed[:-1]] == PLACES


@given(st.lists(st.text(max_size=12)))
def test_any_text_may_be_a_place(texts: list[str]) -> None:
    places = Places()
    packed = [places.pack(text) for text in texts]

    assert [places.text(one) for one in packed] == texts


def test_rows_of_one_file_share_what_is_the_same_in_their_places() -> None:
    places = Places()
    for row in range(1, 1000):
        places.pack(f"figures.csv, row {row}")

    assert len(places._listed) == 1


def filled(values: dict[int, Fraction | State]) -> Cells:
    cells = Cells()
    for position, value in values.items():
        cells.put(position, value)
    return cells


@given(VALUES)
def test_cells_give_back_what_was_put(values: dict[int, Fraction | State]) -> None:
    cells = filled(values)

    assert [cells.get(position) for position in range(10)] == [
        values.get(position, State.MISSING) for position in range(10)
    ]


@given(VALUES)
def test_cells_become_the_same_column(values: dict[int, Fraction | State]) -> None:
    listed = [values.get(position, State.MISSING) for position in range(9)]
    try:
        expected = Column.build(listed)
    except OverflowError:
        with pytest.raises(OverflowError, match="15 digits"):
            filled(values).column(9)
        return
    found = filled(values).column(9)

    assert [found.state(one) for one in range(9)] == [expected.state(one) for one in range(9)]
    given_ = [one for one in range(9) if found.state(one) is State.GIVEN]
    assert [found.value(one) for one in given_] == [expected.value(one) for one in given_]


def test_a_column_of_given_cells_needs_no_states() -> None:
    assert filled({0: Fraction(1), 1: Fraction(1, 2)}).column(2).states is None


@given(VALUES)
def test_what_is_kept_fits_one_scale(values: dict[int, Fraction | State]) -> None:
    cells = filled(values)
    given_up = cells.too_precise()
    for position in given_up:
        assert isinstance(values[position], Fraction)
        cells.put(position, State.ERROR)

    kept = cells.column(9)
    assert [kept.state(position) for position in given_up] == [State.ERROR] * len(given_up)


@pytest.mark.parametrize(
    ("values", "given_up"),
    [
        (["0.5", "0.25", "3"], []),
        ([EXACT_LIMIT - 1, "0.5", "0.25"], [0]),
        ([EXACT_LIMIT - 1, EXACT_LIMIT - 2, "0.5"], [2]),
        (["950000000000000", "0.5", "0.2"], [2]),
        (["0.000001", "10000000000", "0.000003"], [1]),
        (["0.000001", "10000000000", "7.5", "10000000001.5"], [0]),
    ],
)
def test_the_fewest_cells_are_given_up(values: list[str | int], given_up: list[int]) -> None:
    assert filled({position: Fraction(value) for position, value in enumerate(values)}).too_precise() == given_up


def test_the_first_row_and_a_repetition_are_known() -> None:
    cells = Cells()

    assert not cells.is_stated(0)
    assert cells.state_by(0, ("1.1", "a"), 7) == (7, False)
    assert cells.state_by(0, ("1.2", "a"), 8) == (7, False)
    assert cells.state_by(0, ("1.1", "a"), 9) == (7, True)
    assert cells.state_by(3, ("1.1", "a"), 10) == (10, False)
    assert [cells.is_stated(position) for position in range(5)] == [True, False, False, True, False]


def test_more_ways_than_are_told_apart_are_no_repetitions() -> None:
    cells = Cells()
    stated = [cells.state_by(0, (f"1.{number}", "a"), number)[1] for number in range(200)]

    assert not any(stated)


def test_origins_are_put_together_from_what_is_kept_once() -> None:
    gathered = Gathered()
    cells = gathered.of("households")
    place = gathered.places.pack("row 3")
    cells.put(0, Fraction(1))
    cells.put(1, Fraction(1))
    cells.put(2, Fraction(1))
    cells.came_from(0, gathered.origin("Cục Thống kê", "31/12", ""), place)
    cells.came_from(2, gathered.origin("", "", ""), place)

    origins = gathered.origins()
    assert dict(origins) == {
        (0, "households"): Origin("Cục Thống kê", "31/12", "", "row 3"),
        (2, "households"): Origin(place="row 3"),
    }
    assert len(origins) == 2
    assert origins
    assert not Gathered().origins()
    assert gathered.of("households") is cells


@pytest.mark.parametrize("key", [(1, "households"), (9, "households"), (0, "communes")])
def test_what_has_no_origin(key: tuple[int, str]) -> None:
    gathered = Gathered()
    gathered.of("households").put(1, Fraction(1))

    with pytest.raises(KeyError):
        gathered.origins()[key]


def test_the_same_origin_is_kept_once_and_only_so_many() -> None:
    with patch("chiso.scoring.gathered.MAX_ORIGINS", 3):
        gathered = Gathered()
        numbers = [gathered.origin(name, "", "") for name in ("a", "b", "a", "c", "b", "")]

    assert numbers == [1, 2, 1, 0, 2, 0]
