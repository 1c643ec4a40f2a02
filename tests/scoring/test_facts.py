"""Columns hold exact figures with a state each, and refuse what they cannot hold."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.scoring.facts import EXACT_LIMIT, Column, Facts, Unit, facts_of
from chiso.scoring.states import State

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)

VALUES = st.one_of(
    st.fractions(min_value=0, max_value=10**6, max_denominator=1000),
    st.sampled_from([state for state in State if state is not State.GIVEN]),
)


def cells(column: Column) -> list[Fraction | State]:
    """Return what a column holds."""
    count = len(column.numbers)
    return [column.value(one) if column.state(one) is State.GIVEN else column.state(one) for one in range(count)]


def test_a_column_keeps_values_over_one_scale() -> None:
    column = Column.build([HALF, THIRD, Fraction(2)])

    assert column.scale == 6
    assert column.numbers.tolist() == [3.0, 2.0, 12.0]
    assert column.states is None


def test_a_cell_without_value_has_a_state_and_a_harmless_number() -> None:
    column = Column.build([State.MISSING, Fraction(5), State.ERROR])

    assert column.numbers.tolist() == [1.0, 5.0, 1.0]
    assert column.states is not None
    assert column.states.tolist() == [State.MISSING, State.GIVEN, State.ERROR]


@given(st.lists(VALUES, max_size=6))
def test_a_column_gives_back_what_it_was_built_from(values: list[Fraction | State]) -> None:
    try:
        column = Column.build(values)
    except OverflowError:
        return
    assert cells(column) == values


def test_the_largest_whole_number_that_float64_holds_fits() -> None:
    assert Column.build([Fraction(EXACT_LIMIT - 1)]).value(0) == EXACT_LIMIT - 1


@pytest.mark.parametrize(
    "values",
    [
        [Fraction(EXACT_LIMIT)],
        [Fraction(-EXACT_LIMIT)],
        [Fraction(EXACT_LIMIT - 1), HALF],
        [Fraction(10**9, 10**7 + 1)] * 2 + [Fraction(10**9, 10**7 + 3)],
    ],
)
def test_more_digits_than_float64_holds_are_refused(values: list[Fraction | State]) -> None:
    with pytest.raises(OverflowError, match="15 digits"):
        Column.build(values)


def test_a_column_of_no_units_is_empty() -> None:
    assert cells(Column.build([])) == []


def test_an_absent_column_is_missing_everywhere() -> None:
    assert cells(Column.absent(2)) == [State.MISSING, State.MISSING]


@given(st.lists(VALUES, min_size=1, max_size=5), VALUES, st.data())
def test_one_other_cell_is_like_building_anew(
    values: list[Fraction | State], value: Fraction | State, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(values) - 1))
    wanted = [*values[:place], value, *values[place + 1 :]]
    try:
        column = Column.build(values)
        expected = Column.build(wanted)
    except OverflowError:
        return

    assert cells(column.with_cell(place, value)) == cells(expected)
    assert cells(column) == values


def test_a_cell_that_needs_a_finer_scale_rescales_the_others() -> None:
    column = Column.build([Fraction(5), State.MISSING, HALF]).with_cell(0, THIRD)

    assert cells(column) == [THIRD, State.MISSING, HALF]


def test_a_cell_too_large_for_the_scale_is_refused() -> None:
    column = Column.build([Fraction(1, 10**6), Fraction(1)])

    with pytest.raises(OverflowError, match="15 digits"):
        column.with_cell(1, Fraction(10**12))


def test_a_cell_too_fine_for_the_others_is_refused() -> None:
    column = Column.build([Fraction(10**12), Fraction(1)])

    with pytest.raises(OverflowError, match="15 digits"):
        column.with_cell(1, Fraction(1, 10**6))


def test_the_scale_of_a_value_that_goes_does_not_stay() -> None:
    column = Column.build([Fraction(1, 10**6), Fraction(1)]).with_cell(0, Fraction(10**12))

    assert cells(column) == [10**12, 1]


def test_a_given_cell_loses_its_state() -> None:
    assert cells(Column.build([State.MISSING]).with_cell(0, Fraction(3))) == [Fraction(3)]


def test_a_cell_that_goes_missing_gets_a_state_of_its_own() -> None:
    column = Column.build([HALF, THIRD])
    changed = column.with_cell(1, State.NOT_APPLICABLE)

    assert cells(changed) == [HALF, State.NOT_APPLICABLE]
    assert column.states is None


def test_facts_of_takes_names_units_and_whole_numbers() -> None:
    facts = facts_of(["Pleiku", Unit("An Khê", group="b")], {"households": [3, State.MISSING]})

    assert facts.units == (Unit("Pleiku"), Unit("An Khê", group="b"))
    assert cells(facts.column("households")) == [3, State.MISSING]
    assert len(facts) == 2


def test_a_fact_that_nobody_supplied_is_missing() -> None:
    assert cells(facts_of(["Pleiku"], {}).column("households")) == [State.MISSING]


def test_groups_are_numbered_in_order_of_appearance() -> None:
    units = [Unit("a", group="x"), Unit("b", group=""), Unit("c", group="x")]

    assert np.array_equal(Facts(tuple(units), {}).groups, [0, 1, 0])


def test_a_unit_is_found_by_its_name() -> None:
    facts = facts_of(["Pleiku", "An Khê"], {})

    assert facts.position("An Khê") == 1
    with pytest.raises(KeyError, match="Ayun Pa"):
        facts.position("Ayun Pa")


def test_other_values_of_one_unit_leave_everything_else() -> None:
    facts = facts_of([Unit("a", group="x"), Unit("b", group="y")], {"n": [1, 2], "m": [3, 4]})
    changed = facts.with_values(1, {"n": HALF, "new": State.ERROR})

    assert cells(changed.column("n")) == [1, HALF]
    assert cells(changed.column("m")) == [3, 4]
    assert cells(changed.column("new")) == [State.MISSING, State.ERROR]
    assert cells(facts.column("n")) == [1, 2]
    assert changed.groups.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (State.GIVEN, "scored"),
        (State.WAITING, "waiting"),
        (State.MISSING, "missing"),
        (State.NOT_APPLICABLE, "not_applicable"),
        (State.UNDECIDED, "undecided"),
        (State.ERROR, "error"),
        (State.UNSCORED, "unscored"),
    ],
)
def test_states_have_the_words_of_the_result_file(state: State, word: str) -> None:
    assert state.word == word


def test_states_prevail_in_this_order() -> None:
    assert list(State) == sorted(State)
    names = ["GIVEN", "WAITING", "MISSING", "NOT_APPLICABLE", "UNDECIDED", "ERROR", "UNSCORED"]
    assert [one.name for one in sorted(State)] == names
