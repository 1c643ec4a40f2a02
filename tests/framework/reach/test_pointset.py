"""Sets of points behave as sets of numbers: the algebra is checked against its own definition, value by value."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from chiso.framework.reach.pointset import EMPTY, LIMIT, PointSet, added

F = Fraction

#: Few enough values for ends to meet often.
VALUES = st.integers(-6, 6).map(lambda number: F(number, 2))


@st.composite
def spans(draw: st.DrawFn) -> PointSet:
    low, high = sorted([draw(VALUES), draw(VALUES)])
    return PointSet.between(low, high, low_open=draw(st.booleans()), high_open=draw(st.booleans()))


@st.composite
def sets(draw: st.DrawFn) -> PointSet:
    found = PointSet.of(*draw(st.lists(VALUES, max_size=3)))
    for one in draw(st.lists(spans(), max_size=3)):
        found |= one
    return found


#: Ends of spans, and values between any two of them.
PROBES = [F(number, 8) for number in range(-110, 111)]


def holds(one: PointSet) -> set[Fraction]:
    return {probe for probe in PROBES if probe in one}


def test_a_single_value_holds_itself_alone() -> None:
    assert holds(PointSet.of(F(1, 2))) == {F(1, 2)}


def test_an_open_end_does_not_belong() -> None:
    assert F(1) not in PointSet.between(F(0), F(1), high_open=True)
    assert F(0) not in PointSet.between(F(0), F(1), low_open=True)
    assert F(1) in PointSet.between(F(0), F(1))


def test_nothing_lies_between_an_open_end_and_itself() -> None:
    assert PointSet.between(F(1), F(1), high_open=True) == EMPTY
    assert PointSet.between(F(2), F(1)) == EMPTY


def test_spans_that_meet_are_one() -> None:
    halves = PointSet.between(F(0), F(1), high_open=True) | PointSet.between(F(1), F(2))
    assert halves == PointSet.between(F(0), F(2))


def test_spans_with_a_hole_between_them_stay_apart() -> None:
    both = PointSet.between(F(0), F(1), high_open=True) | PointSet.between(F(1), F(2), low_open=True)
    assert len(both.spans) == 2
    assert F(1) not in both


@given(sets(), sets())
def test_a_union_holds_what_either_holds(one: PointSet, other: PointSet) -> None:
    assert holds(one | other) == holds(one) | holds(other)


@given(sets(), sets())
def test_an_intersection_holds_what_both_hold(one: PointSet, other: PointSet) -> None:
    assert holds(one & other) == holds(one) & holds(other)


@given(sets(), sets())
def test_a_sum_holds_every_sum(one: PointSet, other: PointSet) -> None:
    both = one + other
    assert all(left + right in both for left in holds(one) for right in holds(other))


@given(sets(), sets())
def test_a_sum_holds_nothing_but_sums(one: PointSet, other: PointSet) -> None:
    # A value is a sum when what is left of it after taking away one set meets the other.
    both = one + other
    for probe in PROBES[::3]:
        assert (probe in both) == bool((PointSet.of(probe) - other) & one)


@given(sets(), VALUES.filter(bool))
def test_scaling_back_gives_the_set_again(one: PointSet, factor: Fraction) -> None:
    assert one.scaled(factor).scaled(1 / factor) == one


@given(sets())
def test_scaling_by_a_negative_number_turns_the_set_round(one: PointSet) -> None:
    assert holds(one.scaled(F(-1))) == {-value for value in holds(one)}


def test_scaling_by_zero_leaves_zero() -> None:
    assert PointSet.between(F(1), F(2)).scaled(F(0)) == PointSet.of(F(0))
    assert EMPTY.scaled(F(0)) == EMPTY


@given(sets(), VALUES, VALUES)
def test_keeping_between_moves_what_is_outside_to_the_ends(one: PointSet, first: Fraction, second: Fraction) -> None:
    floor, ceiling = sorted([first, second])
    kept = one.kept_between(floor, ceiling)
    assert {min(max(value, floor), ceiling) for value in holds(one)} <= holds(kept)
    assert not [span for span in kept.spans if span.low < floor or span.high > ceiling]


def test_keeping_between_adds_no_end_that_nothing_reaches() -> None:
    assert PointSet.of(F(1), F(9)).kept_between(F(0), F(5)) == PointSet.of(F(1), F(5))


@given(sets().filter(bool), VALUES)
def test_the_nearest_value_is_nearest(one: PointSet, value: Fraction) -> None:
    distance = abs(one.nearest(value) - value)
    assert all(abs(other - value) >= distance for other in holds(one))


def test_the_neighbours_of_a_value_are_the_ends_around_it() -> None:
    found = PointSet.of(F(0)) | PointSet.between(F(4), F(6))
    assert found.neighbours(F(3)) == (F(0), F(4))
    assert found.neighbours(F(7)) == (F(6), None)


def test_the_sum_of_no_sets_is_zero() -> None:
    assert added([]) == PointSet.of(F(0))


def test_a_set_of_too_many_pieces_becomes_the_interval_that_holds_it() -> None:
    many = PointSet.of(*(F(number) for number in range(LIMIT + 1)))
    assert many == PointSet.between(F(0), F(LIMIT))


def test_adding_sets_of_too_many_pieces_keeps_every_sum() -> None:
    many = PointSet.of(*(F(number, 7) for number in range(LIMIT)))
    both = many + many.scaled(F(1, 11))
    assert (both.low, both.high) == (F(0), F(LIMIT - 1, 7) * F(12, 11))
    assert F(3, 7) + F(5, 77) in both


def test_adding_few_pieces_to_many_keeps_the_few_apart() -> None:
    many = PointSet.of(*(F(number) for number in range(LIMIT)))
    few = PointSet.of(*(F(LIMIT * 2 * number) for number in range(6)))
    assert len((many + few).spans) == 6


def test_only_names_the_value_of_a_set_that_has_one() -> None:
    assert PointSet.of(F(3)).only == F(3)
    assert PointSet.of(F(3), F(4)).only is None
    assert PointSet.between(F(3), F(4)).only is None
