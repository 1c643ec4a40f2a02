"""Sums that hold, that rounding explains, and that nothing explains."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from chiso.framework.model import Framework
from chiso.reconcile.finding import PublishedFinding
from chiso.reconcile.report import reconcile
from tests.reconcile.example import dimension, findings, framework, parent, ratio, table, told, yes_no

F = Fraction
RATIOS = framework(dimension("1", 30, ratio("1.1"), ratio("1.2"), ratio("1.3")))
YES_NO = framework(dimension("1", 30, yes_no("1.1"), yes_no("1.2"), yes_no("1.3")))


def only(of: Framework, points: dict[str, Any], decimals: int | None = 2) -> PublishedFinding:
    (found,) = findings(of, points, decimals)
    return found


def test_a_sum_that_holds_is_not_mentioned() -> None:
    assert findings(RATIOS, {"1": "8", "1.1": "1.5", "1.2": "2.5", "1.3": "4"}) == []


def test_a_difference_within_rounding_is_a_note_with_its_figures() -> None:
    # up to 0.005 from each of 3.33, 3.33, 3.33 and 10
    found = only(RATIOS, {"1": "10", "1.1": "3.33", "1.2": "3.33", "1.3": "3.33"})
    assert (found.code, found.place, found.severity) == ("R402", "1", "note")
    assert found.figures == {"printed": F(10), "sum": F("9.99"), "difference": F("0.01"), "rounding": F("0.02")}


@pytest.mark.parametrize(("whole", "code"), [("10.00", "R402"), ("10.01", "R401"), ("9.98", "R402"), ("9.97", "R401")])
def test_rounding_explains_a_difference_as_far_as_the_intervals_meet(whole: str, code: str) -> None:
    # The exact sum is at least 9.975 and below 10.005; 10.01 stands for 10.005 and more, 9.97 for less than 9.975.
    assert told(findings(RATIOS, {"1": whole, "1.1": "3.33", "1.2": "3.33", "1.3": "3.33"}))[0] == (code, "1")


def test_the_lower_end_of_what_is_rounded_belongs_to_it_and_the_upper_does_not() -> None:
    two = framework(dimension("1", 20, ratio("1.1"), ratio("1.2")))
    # 1.4995... + 1.4995... cannot reach 3.005; 1.495 + 1.495 = 2.99 is printed as 2.99.
    assert told(findings(two, {"1": "3.01", "1.1": "1.50", "1.2": "1.50"}))[0][0] == "R402"
    assert told(findings(two, {"1": "3.02", "1.1": "1.50", "1.2": "1.50"}))[0][0] == "R401"
    assert told(findings(two, {"1": "2.99", "1.1": "1.50", "1.2": "1.50"}))[0][0] == "R402"


def test_points_that_the_rule_gives_exactly_leave_nothing_to_round() -> None:
    # 0.01 off could be rounding of ratios; all or nothing is never rounded.
    assert told(findings(YES_NO, {"1": "20.01", "1.1": "10", "1.2": "10", "1.3": "0"}, 2, "R401")) == [("R401", "1")]


def test_points_at_the_maximum_can_only_have_been_less() -> None:
    # 10 of 10 stands for 9.995 to 10, so a sum of 20.01 cannot come from rounding.
    two = framework(dimension("1", 20, ratio("1.1"), ratio("1.2")))
    assert told(findings(two, {"1": "19.99", "1.1": "10", "1.2": "10"})) == [("R402", "1")]


def test_a_sum_that_does_not_hold_is_an_error_with_its_figures() -> None:
    found = findings(RATIOS, {"1": "9", "1.1": "1", "1.2": "2", "1.3": "3"})[0]
    assert (found.code, found.place, found.severity) == ("R401", "1", "error")
    figures = dict(found.figures)
    equation = figures.pop("equation")
    assert figures == {"printed": F(9), "sum": F(6), "difference": F(3), "rounding": F("0.02")}
    assert str(equation.text("vi")) == "1 + 2 + 3 = 9"  # type: ignore[union-attr]


def test_more_places_printed_leave_less_to_rounding() -> None:
    points = {"1": "10", "1.1": "3.33", "1.2": "3.33", "1.3": "3.33"}
    assert told(findings(RATIOS, points, 3))[0] == ("R401", "1")


def test_a_table_that_declares_nothing_has_the_places_it_shows() -> None:
    points = {"1": "9.9", "1.1": "3.3", "1.2": "3.3", "1.3": "3.2"}
    assert told(findings(RATIOS, points, None)) == [("R402", "1")]


def test_sums_are_checked_at_any_depth() -> None:
    deep = framework(
        dimension("1", 20, parent("1.1", 20, parent("1.1.1", 20, ratio("1.1.1.1"), ratio("1.1.1.2")))),
    )
    points = {"1": "9", "1.1": "9", "1.1.1": "9", "1.1.1.1": "3", "1.1.1.2": "5"}
    assert ("R401", "1.1.1") in told(findings(deep, points))
    assert ("R401", "1.1") not in told(findings(deep, points))


def test_what_a_sum_stands_for_is_what_its_own_parts_allow() -> None:
    # 5 stands for 4.995 and more by itself, but its parts are exactly 5: nothing is left to explain 0.01.
    of = framework(dimension("1", 20, parent("1.1", 10, yes_no("1.1.1", 5), yes_no("1.1.2", 5)), yes_no("1.2")))
    points = {"1": "14.99", "1.1": "5", "1.1.1": "5", "1.1.2": "0", "1.2": "10"}
    assert ("R401", "1") in told(findings(of, points))


def test_what_a_sum_stands_for_is_at_most_what_its_parts_can_be() -> None:
    # Each parent prints 5, but 5 of 5 and 0 of 5 are at most 5 together: 10.01 is out of reach.
    parents = [parent(code, 10, ratio(f"{code}.1", 5), yes_no(f"{code}.2", 5)) for code in ("1.1", "1.2")]
    points = {"1": "10.01", **dict.fromkeys(("1.1", "1.2", "1.1.1", "1.2.1"), "5"), "1.1.2": "0", "1.2.2": "0"}
    assert ("R401", "1") in told(findings(framework(dimension("1", 20, *parents)), points))


def test_a_sum_that_a_blank_can_make_up_for_is_not_wrong() -> None:
    assert findings(RATIOS, {"1": "8", "1.1": "1", "1.2": "2", "1.3": None}, 2, "R401", "R402") == []


def test_a_sum_that_no_blank_can_make_up_for_is_wrong_by_more_than_rounding_of_what_is_printed() -> None:
    (found,) = findings(RATIOS, {"1": "25", "1.1": "5", "1.2": "5", "1.3": None}, 2, "R401")
    assert (found.figures["difference"], found.figures["rounding"]) == (F(15), F("0.015"))


def test_the_total_is_checked_when_it_is_printed() -> None:
    of = framework(dimension("1", 10, ratio("1.1")), dimension("2", 10, ratio("2.1")))
    points = {"total": "12", "1": "5", "1.1": "5", "2": "6", "2.1": "6"}
    assert ("R401", "total") in told(findings(of, points))


def test_the_sum_of_the_dimensions_is_told_when_no_total_is_printed() -> None:
    (found,) = reconcile(RATIOS, table({"1": "6", "1.1": "1", "1.2": "2", "1.3": "3"}))
    assert (found.code, found.place, found.figures) == ("R206", "total", {"sum": F(6)})


def test_no_sum_of_dimensions_is_told_when_one_is_blank() -> None:
    of = framework(dimension("1", 10, ratio("1.1")), dimension("2", 10, ratio("2.1")))
    found = reconcile(of, table({"1": "5", "1.1": "5", "2": None, "2.1": None}))
    assert "R206" not in [one.code for one in found]


def test_a_pillar_is_checked_when_it_is_printed() -> None:
    pillars = [{"code": "A", "title": {"vi": "A", "en": "A"}, "dimensions": ["1", "2"]}]
    rows = [dimension(code, 10, ratio(f"{code}.1")) for code in "12"]
    points = {"1": "5", "1.1": "5", "2": "6", "2.1": "6", "A": "12"}
    assert ("R401", "A") in told(findings(framework(*rows, pillars=pillars), points))


def test_averaged_values_are_checked_with_their_weights() -> None:
    mean = {"kind": "weighted_mean", "weights": {"1.1": 3, "1.2": 1}}
    of = framework(dimension("1", 100, ratio("1.1", 10), ratio("1.2", 20), aggregation=mean))
    # 100 * (3 * 0.4 + 1 * 0.6) / 4 = 45
    assert findings(of, {"1": "45", "1.1": "4", "1.2": "12"}) == []
    assert told(findings(of, {"1": "46", "1.1": "4", "1.2": "12"}))[0] == ("R401", "1")


def test_what_is_not_applicable_adds_nothing() -> None:
    points = {"1": "3", "1.1": "1", "1.2": "2", "1.3": "n/a"}
    assert told(findings(RATIOS, points)) == [("R205", "1.3")]


def test_points_rounded_before_they_are_added_leave_nothing_to_round() -> None:
    of = framework(
        dimension("1", 30, ratio("1.1"), ratio("1.2"), ratio("1.3")),
        policies={"rounding": {"decimals": 2, "at": "criterion"}},
    )
    points = {"1": "10", "1.1": "3.33", "1.2": "3.33", "1.3": "3.33"}
    assert told(findings(of, points))[0] == ("R401", "1")


# -- one wrong figure


def test_a_sum_that_any_figure_may_have_broken_lists_what_each_would_be() -> None:
    found = findings(RATIOS, {"1": "9", "1.1": "1", "1.2": "2", "1.3": "8"}, 2, "R504", "R505")
    assert told(found) == [("R504", "1")]
    # 1.1 would have to be below 0
    assert found[0].figures == {"candidates": {"1.3": F(6), "1": F(11), "1.2": F(0)}}


def test_a_figure_that_alone_can_repair_a_sum_is_named() -> None:
    # The total holds, so the dimension is right; only 1.3 can make up for 5 points.
    of = framework(dimension("1", 25, yes_no("1.1"), yes_no("1.2"), yes_no("1.3", 5)))
    points = {"total": "15", "1": "15", "1.1": "10", "1.2": "0", "1.3": "0"}
    (found,) = findings(of, points, 2, "R504", "R505")
    assert (found.code, found.place) == ("R505", "1.3")
    assert (found.figures["printed"], found.figures["value"]) == (F(0), F(5))
    assert found.text("en") == (
        "If only one figure is wrong, 1.3 must be 5, not 0: "
        "only then do the sums hold (10 + 0 + x = 15, where x is 1.3 (0; 5))."
    )


def test_a_figure_that_repairs_two_sums_at_once_is_named() -> None:
    of = framework(dimension("1", 20, ratio("1.1"), ratio("1.2")), dimension("2", 10, ratio("2.1")))
    points = {"total": "15", "1": "8", "1.1": "5", "1.2": "4", "2": "6", "2.1": "6"}
    found = findings(of, points, 2, "R504", "R505")
    assert [(one.code, one.place, one.figures["value"]) for one in found] == [("R505", "1", F(9))]


def test_a_figure_whose_change_would_break_another_sum_is_no_candidate() -> None:
    of = framework(dimension("1", 20, ratio("1.1"), ratio("1.2")), dimension("2", 10, ratio("2.1")))
    points = {"total": "14", "1": "8", "1.1": "5", "1.2": "4", "2": "6", "2.1": "6"}
    (found,) = findings(of, points, 2, "R504", "R505")
    assert found.figures == {"candidates": {"1.1": F(4), "1.2": F(3)}}


def test_what_is_not_applicable_is_no_candidate() -> None:
    found = findings(RATIOS, {"1": "9", "1.1": "1", "1.2": "2", "1.3": "n/a"}, 2, "R504")
    assert found[0].figures == {"candidates": {"1.1": F(7), "1.2": F(8), "1": F(3)}}
