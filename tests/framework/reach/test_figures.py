"""What a formula can be: bounds and grain of its value."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.framework.expression import Formula
from chiso.framework.model import FactType
from chiso.framework.reach.figures import Figures, figures_of, quotient_of
from chiso.framework.reach.pointset import EMPTY, PointSet

F = Fraction
TYPES: dict[str, FactType] = {"a": "count", "b": "count", "s": "share", "m": "amount", "y": "yes_no", "d": "days"}


def of(text: str) -> Figures:
    return figures_of(Formula.parse(text), TYPES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", Figures(F(0), None, grain=F(1))),
        ("d", Figures(F(0), None, grain=F(1))),
        ("m", Figures(F(0), None)),
        ("s", Figures(F(0), F(1))),
        ("y", Figures(F(0), F(1), grain=F(1))),
        ("a+b", Figures(F(0), None, grain=F(1))),
        ("y+y+y", Figures(F(0), F(3), grain=F(1))),
        ("a/4", Figures(F(0), None, grain=F(1, 4))),
        ("a/4+b/6", Figures(F(0), None, grain=F(1, 12))),
        ("2*a", Figures(F(0), None, grain=F(2))),
        ("s*s", Figures(F(0), F(1))),
        ("a/b", Figures(F(0), None)),
        ("s/(s+1)", Figures(F(0), F(1))),
        ("(s+1)/(s+2)", Figures(F(1, 3), F(1))),
        ("3-s", Figures(F(2), F(3))),
        ("a-b", Figures(None, None, grain=F(1))),
        ("(a-b)*2", Figures(None, None, grain=F(2))),
        ("(a-b)/m", Figures(None, None)),
        ("a/0", Figures(F(0), None)),
        ("0.5", Figures(F(1, 2), F(1, 2), grain=F(1, 2))),
    ],
)
def test_a_formula_has_these_values(text: str, expected: Figures) -> None:
    assert of(text) == expected


def test_counts_above_nine_start_at_ten() -> None:
    assert of("a").where("above", F(9)) == Figures(F(10), None, grain=F(1))
    assert of("a").where("above", F(19, 2)) == Figures(F(10), None, grain=F(1))


def test_counts_below_ten_end_at_nine() -> None:
    assert of("a").where("below", F(10)) == Figures(F(0), F(9), grain=F(1))
    assert of("a").where("below", F(19, 2)) == Figures(F(0), F(9), grain=F(1))


def test_counts_have_nothing_between_two_neighbours() -> None:
    above = of("a").where("above", F(9))
    assert above is not None
    assert above.where("below", F(10)) is None


def test_amounts_below_a_bound_leave_it_out() -> None:
    assert of("m").where("below", F(1)) == Figures(F(0), F(1), high_open=True)


def test_amounts_above_a_bound_leave_it_out() -> None:
    assert of("m").where("above", F(1)) == Figures(F(1), None, low_open=True)


def test_an_open_end_stays_open_under_a_bound_at_the_same_value() -> None:
    above, below = of("m").where("above", F(1)), of("m").where("below", F(1))
    assert above is not None
    assert below is not None
    assert above.where("at_least", F(1)) == above
    assert below.where("at_most", F(1)) == below


def test_a_bound_outside_changes_nothing() -> None:
    assert of("s").where("at_most", F(2)) == of("s")
    assert of("s").where("at_least", F(0)) == of("s")


def test_what_does_not_satisfy_a_bound_is_the_rest() -> None:
    assert of("s").where_not("at_least", F(1, 2)) == Figures(F(0), F(1, 2), high_open=True)
    assert of("s").where_not("at_most", F(1, 2)) == Figures(F(1, 2), F(1), low_open=True)
    assert of("s").where_not("above", F(0)) == Figures(F(0), F(0))


def test_points_of_counts_are_multiples_up_to_the_top() -> None:
    assert of("a").points(F(3), F(2)) == PointSet.of(F(0), F(2), F(4), F(6))


def test_points_of_counts_reach_a_top_that_is_no_multiple() -> None:
    assert of("a").points(F(5, 2), F(1)) == PointSet.of(F(0), F(1), F(2), F(5, 2))


def test_points_of_a_ratio_are_an_interval() -> None:
    assert of("a/b").points(F(1, 2), F(20)) == PointSet.between(F(0), F(10))


def test_points_below_an_open_end_do_not_reach_it() -> None:
    below = of("a/b").where("below", F(1, 100))
    assert below is not None
    assert below.points(F(1, 100), F(1000)) == PointSet.between(F(0), F(10), high_open=True)


def test_points_of_figures_that_are_all_above_the_top_are_the_top() -> None:
    above = of("a").where("at_least", F(7))
    assert above is not None
    assert above.points(F(5), F(1)) == PointSet.of(F(5))


def test_points_of_figures_that_may_be_negative_start_at_zero() -> None:
    assert of("a-b").points(F(2), F(1)) == PointSet.of(F(0), F(1), F(2))
    assert of("0-1").points(F(2), F(1)) == EMPTY


def test_a_quotient_is_written_as_steps_would_write_it() -> None:
    assert str(quotient_of(Formula.parse("b+c"), Formula.parse("a"))) == "(b+c)/a"
