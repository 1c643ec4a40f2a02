"""What blanks and impossible points must be, or can still be, given the sums."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from chiso.framework.model import Framework
from chiso.framework.reach.pointset import PointSet
from chiso.reconcile.finding import PublishedFinding
from tests.reconcile.example import dimension, findings, framework, parent, ratio, yes_no

F = Fraction
TWO = framework(dimension("1", 20, yes_no("1.1"), ratio("1.2")))
RATIOS = framework(dimension("1", 20, ratio("1.1"), ratio("1.2")))


def solved(of: Framework, points: dict[str, Any], decimals: int | None = 2) -> list[tuple[str, str, Any]]:
    """Return code, place and what is left of each unknown: the value it must be, or the points it can be."""
    found = findings(of, points, decimals, "R501", "R502", "R503")
    return [(one.code, one.place, one.figures.get("value", one.figures.get("possible"))) for one in found]


def first(of: Framework, points: dict[str, Any], code: str) -> PublishedFinding:
    return next(one for one in findings(of, points) if one.code == code)


def test_a_blank_is_what_the_sum_leaves() -> None:
    assert solved(TWO, {"1": "14", "1.1": "10", "1.2": None}) == [("R501", "1.2", F(4))]


def test_a_blank_that_gives_all_or_nothing_is_known_though_others_are_rounded() -> None:
    of = framework(dimension("1", 30, yes_no("1.1"), ratio("1.2"), ratio("1.3")))
    assert solved(of, {"1": "16.67", "1.1": None, "1.2": "3.33", "1.3": "3.33"}) == [("R501", "1.1", F(10))]


def test_a_range_that_another_unknown_leaves_open_is_no_value() -> None:
    # 45 to 50 is a twentieth of what 1.1 can give, but not because of rounding.
    of = framework(dimension("1", 105, ratio("1.1", 100), ratio("1.2", 5)))
    assert solved(of, {"1": "50", "1.1": None, "1.2": None})[0] == (
        "R502",
        "1.1",
        PointSet.between(F("44.995"), F("50.005"), high_open=True),
    )


def test_a_value_that_rounding_leaves_open_a_little_names_its_range() -> None:
    found = first(RATIOS, {"1": "7", "1.1": "3", "1.2": None}, "R501")
    # 7 stands for [6.995, 7.005), 3 for [2.995, 3.005)
    assert found.figures["range"] == PointSet.between(F("3.99"), F("4.01"), low_open=True, high_open=True)


def test_a_value_that_is_the_only_one_names_no_range() -> None:
    assert "range" not in first(TWO, {"1": "14", "1.1": None, "1.2": "4"}, "R501").figures


def test_points_above_the_maximum_are_looked_for() -> None:
    assert solved(TWO, {"1": "14", "1.1": "100", "1.2": "4"}) == [("R501", "1.1", F(10))]


def test_points_that_the_rule_cannot_give_are_looked_for() -> None:
    assert solved(TWO, {"1": "14", "1.1": "7", "1.2": "4"}) == [("R501", "1.1", F(10))]


def test_points_that_could_not_be_read_are_looked_for() -> None:
    assert solved(TWO, {"1": "14", "1.1": "mười", "1.2": "4"}) == [("R501", "1.1", F(10))]


def test_rows_that_are_not_there_are_looked_for_as_well() -> None:
    assert solved(TWO, {"1": "14", "1.1": "10"}) == [("R501", "1.2", F(4))]


def test_ranges_of_rows_that_are_not_there_are_not_told() -> None:
    of = framework(dimension("1", 30, ratio("1.1"), ratio("1.2"), ratio("1.3")))
    assert solved(of, {"1": "9", "1.1": "3"}) == []


def test_a_blank_among_averaged_values_is_found_with_the_weights() -> None:
    mean = {"kind": "weighted_mean", "weights": {"1.1": 3, "1.2": 1}}
    of = framework(dimension("1", 100, ratio("1.1", 10), ratio("1.2", 20), aggregation=mean))
    # 100 * (3 * 0.4 + 1 * 0.6) / 4 = 45
    assert solved(of, {"1": "45", "1.1": None, "1.2": "12"}) == [("R501", "1.1", F(4))]


def test_a_blank_sum_is_what_its_parts_add_up_to() -> None:
    assert solved(RATIOS, {"1": None, "1.1": "3.33", "1.2": "3.34"}) == [("R501", "1", F("6.67"))]


def test_two_unknowns_are_both_known_when_only_one_pair_fits() -> None:
    # 10 + 0 is the only way: the ratio has at most 5
    of = framework(dimension("1", 15, yes_no("1.1"), ratio("1.2", 5)))
    assert solved(of, {"1": "10", "1.1": "100", "1.2": None}) == [("R501", "1.1", F(10)), ("R501", "1.2", F(0))]


def test_two_unknowns_keep_every_pair_that_fits() -> None:
    # 10 + 0 or 0 + 10
    assert solved(TWO, {"1": "10", "1.1": "100", "1.2": None}) == [
        ("R502", "1.1", PointSet.of(F(0), F(10))),
        ("R502", "1.2", PointSet.between(F(0), F("0.005"), high_open=True) | PointSet.between(F("9.995"), F(10))),
    ]


def test_two_unknowns_keep_the_ranges_that_fit() -> None:
    assert solved(RATIOS, {"1": "3", "1.1": None, "1.2": None}) == [
        ("R502", "1.1", PointSet.between(F(0), F("3.005"), high_open=True)),
        ("R502", "1.2", PointSet.between(F(0), F("3.005"), high_open=True)),
    ]


def test_a_range_is_no_value_when_the_table_is_too_coarse() -> None:
    # Printed without places, 7 stands for [6.5, 7.5) and 3 for [2.5, 3.5).
    assert solved(RATIOS, {"1": "7", "1.1": "3", "1.2": None}, 0) == [
        ("R502", "1.2", PointSet.between(F(3), F(5), low_open=True, high_open=True))
    ]


def test_what_one_sum_settles_helps_the_next() -> None:
    of = framework(dimension("1", 30, parent("1.1", 20, ratio("1.1.1"), ratio("1.1.2")), ratio("1.2")))
    points = {"1": "12", "1.1": None, "1.1.1": "3", "1.1.2": "4", "1.2": None}
    assert solved(of, points) == [("R501", "1.1", F(7)), ("R501", "1.2", F(5))]


def test_what_a_sum_above_settles_helps_the_one_below() -> None:
    of = framework(dimension("1", 30, parent("1.1", 20, ratio("1.1.1"), ratio("1.1.2")), ratio("1.2")))
    points = {"1": "12", "1.1": None, "1.1.1": "3", "1.1.2": None, "1.2": "5"}
    assert solved(of, points) == [("R501", "1.1", F(7)), ("R501", "1.1.2", F(4))]


def test_the_equation_names_what_each_letter_can_be() -> None:
    found = first(TWO, {"1": "14", "1.1": "100", "1.2": None}, "R501")
    assert found.text("vi") == ("1.1 phải là 10, vì x + y = 14, trong đó x là 1.1 (0; 10), y là 1.2 (từ 0 đến 10).")
    assert found.text("en") == "1.1 must be 10, since x + y = 14, where x is 1.1 (0; 10), y is 1.2 (0 to 10)."


def test_an_equation_shows_what_another_sum_has_settled_before() -> None:
    of = framework(dimension("1", 30, parent("1.1", 20, yes_no("1.1.1"), yes_no("1.1.2")), ratio("1.2")))
    points = {"1": "15", "1.1": None, "1.1.1": "10", "1.1.2": "0", "1.2": None}
    found = next(one for one in findings(of, points) if one.code == "R501" and one.place == "1.2")
    assert "x là 1.1 (10)" in found.text("vi")


def test_unknowns_that_cannot_make_a_sum_hold_are_reported() -> None:
    assert solved(TWO, {"1": "14", "1.1": "100", "1.2": "6"}) == [("R503", "1", None)]
    found = first(TWO, {"1": "14", "1.1": "100", "1.2": "6"}, "R503")
    assert found.figures["codes"] == ["1.1"]


def test_what_contradicts_another_sum_is_not_called_forced() -> None:
    of = framework(dimension("1", 30, parent("1.1", 20, ratio("1.1.1"), ratio("1.1.2")), ratio("1.2")))
    points = {"1": "12", "1.1": None, "1.1.1": "3", "1.1.2": "4", "1.2": "1"}
    codes = [(code, place) for code, place, _ in solved(of, points)]
    assert codes == [("R503", "1"), ("R502", "1.1")]


def test_a_sum_with_many_unknowns_says_nothing() -> None:
    of = framework(dimension("1", 100, *(ratio(f"1.{number}") for number in range(1, 11))))
    points: dict[str, Any] = {"1": "30", "1.1": "3", **{f"1.{number}": None for number in range(2, 11)}}
    assert solved(of, points) == []


@pytest.mark.parametrize(("whole", "expected"), [("6.66", F("3.33")), ("6.67", F("3.33"))])
def test_a_value_is_told_with_the_places_that_the_table_prints(whole: str, expected: Fraction) -> None:
    third = {
        "kind": "choice",
        "options": [{"id": "a", "label": "?", "share": "1/3"}, {"id": "b", "label": "?", "share": 1}],
    }
    one = yes_no("1.1") | {"rule": third}
    of = framework(dimension("1", 20, one, ratio("1.2")))
    assert solved(of, {"1": whole, "1.1": None, "1.2": "3.33"}) == [("R501", "1.1", expected)]
