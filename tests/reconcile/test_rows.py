"""What is wrong with single rows."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from chiso.framework.loader import load
from chiso.framework.reach.pointset import PointSet
from chiso.reconcile.finding import PublishedError
from chiso.reconcile.report import reconcile
from tests.reconcile.example import (
    dimension,
    findings,
    framework,
    parent,
    ratio,
    table,
    told,
    unscored,
    yes_no,
)

F = Fraction
OF = framework(
    dimension("1", 30, yes_no("1.1"), parent("1.2", 20, ratio("1.2.1"), ratio("1.2.2"))),
    dimension("2", None, yes_no("2.1"), yes_no("2.2"), unscored=True),
)
#: A table in which nothing is wrong, apart from the unscored dimension that is blank.
GOOD = {"1": "14", "1.1": "10", "1.2": "4", "1.2.1": "1", "1.2.2": "3", "2": None, "2.1": None, "2.2": None}


def with_(**changes: Any) -> dict[str, Any]:
    return {**GOOD, **{code.replace("_", ".").removeprefix("c"): value for code, value in changes.items()}}


def without(*codes: str) -> dict[str, Any]:
    return {code: value for code, value in GOOD.items() if code not in codes}


def found(points: dict[str, Any], *only: str) -> list[tuple[str, str]]:
    return told(findings(OF, points, 2, *only))


def test_a_good_table_has_only_the_note_on_what_is_not_scored() -> None:
    (one,) = findings(OF, GOOD)
    assert (one.code, one.place, one.figures) == ("R204", "2", {"codes": ["2", "2.1", "2.2"]})


def test_an_unknown_code_is_reported_at_its_row_with_near_misses() -> None:
    (one,) = findings(OF, with_(c1_2_3="5"), 2, "R102")
    assert (one.place, one.figures["name"]) == ("points.csv:10", "1.2.3")
    assert one.figures["near"] == ("1.2.2", "1.2.1", "1.2")
    assert one.text("en").endswith("Is it: 1.2.2, 1.2.1, 1.2?")


def test_an_unknown_code_resembling_nothing_has_no_near_misses() -> None:
    (one,) = findings(OF, with_(XYZ="5"), 2, "R102")
    assert one.text("en") == 'The framework has no code "XYZ"; the row is not used.'


def test_the_rest_of_a_table_with_an_unknown_code_is_used() -> None:
    assert ("R301", "1.1") in found(with_(c9="5", c1_1="11"))


def test_faults_of_rows_come_first() -> None:
    points = with_(c1_1="x")
    assert [one.code for one in reconcile(OF, table(points))][:1] == ["R103"]


def test_a_table_of_another_framework_is_reported() -> None:
    codes = [one.code for one in reconcile(OF, table(GOOD, framework="gia-lai-2023-province"))]
    assert codes[0] == "R111"


def test_a_table_of_this_framework_is_not() -> None:
    assert "R111" not in [one.code for one in reconcile(OF, table(GOOD, framework="example"))]


def test_a_maturity_framework_has_no_points_to_reconcile() -> None:
    with pytest.raises(PublishedError, match="R912"):
        reconcile(load("khung-2024-commune"), table({"I": "5"}))


# -- blanks


def test_a_blank_criterion_is_reported() -> None:
    assert ("R201", "1.1") in found(with_(c1_1=None))


def test_a_blank_sum_is_reported_apart_from_its_parts() -> None:
    assert found(with_(c1_2=None), "R201") == [("R201", "1.2")]


def test_a_sum_that_is_blank_with_all_its_parts_is_reported_once() -> None:
    assert found(with_(c1_2=None, c1_2_1=None, c1_2_2=None), "R201") == [("R201", "1.2")]


def test_an_unscored_row_that_is_blank_beside_one_that_is_not_is_a_note_of_its_own() -> None:
    assert found(with_(c2_2="5"), "R204") == [("R204", "2"), ("R204", "2.1")]


def test_an_unscored_criterion_of_a_scored_dimension_may_be_blank() -> None:
    of = framework(dimension("1", 10, ratio("1.1"), unscored("1.2")))
    assert told(findings(of, {"1": "5", "1.1": "5", "1.2": None})) == [("R204", "1.2")]


def test_rows_that_are_not_there_are_reported_together() -> None:
    (one,) = findings(OF, without("1.2.1", "1.1"), 2, "R202")[:1]
    assert (one.place, one.figures) == ("1", {"codes": ["1.1"]})
    assert found(without("1.2.1"), "R202") == [("R202", "1.2")]


def test_a_table_without_rows_below_a_sum_is_a_note() -> None:
    assert found(without("1.2.1", "1.2.2"), "R202", "R203") == [("R203", "1.2")]


def test_dimensions_alone_are_a_table() -> None:
    assert found({"1": "14"}) == [("R203", "1")]


def test_a_dimension_that_is_not_there_is_reported() -> None:
    of = framework(dimension("1", 10, ratio("1.1")), dimension("2", 10, ratio("2.1")))
    (one,) = findings(of, {"1": "5", "1.1": "5"})
    assert (one.code, one.place, one.figures) == ("R202", "example", {"codes": ["2"]})


def test_not_applicable_is_a_note_and_no_blank() -> None:
    assert found(with_(c1_1="n/a", c1="4"), "R201", "R205") == [("R205", "1.1")]


# -- values


def test_points_above_the_maximum_are_an_error_with_their_figures() -> None:
    (one,) = findings(OF, with_(c1_1="11", c1="15"), 2, "R301")
    assert (one.place, one.severity) == ("1.1", "error")
    assert one.figures == {"printed": F(11), "maximum": F(10), "possible": PointSet.of(F(0), F(10))}


def test_a_sum_above_its_maximum_is_reported() -> None:
    assert ("R301", "1") in found(with_(c1="31"))


def test_points_at_the_maximum_are_not_above_it() -> None:
    assert found(with_(c1_1="10"), "R301") == []


def test_points_that_the_rule_cannot_give_are_an_error_with_their_neighbours() -> None:
    (one,) = findings(OF, with_(c1_1="5", c1="9"), 2, "R302")
    assert (one.place, one.severity) == ("1.1", "error")
    assert one.figures == {"printed": F(5), "possible": PointSet.of(F(0), F(10)), "below": F(0), "above": F(10)}


def test_points_of_a_ratio_are_never_out_of_its_reach() -> None:
    assert found(with_(c1_2_1="3.33", c1_2="6.33", c1="16.33"), "R302") == []


@pytest.mark.parametrize(("printed", "reported"), [("3.33", False), ("3.3", True), ("3.34", True), ("3.333", False)])
def test_points_are_compared_as_they_would_be_printed(printed: str, reported: bool) -> None:
    third = {
        "kind": "choice",
        "options": [{"id": "a", "label": "?", "share": "1/3"}, {"id": "b", "label": "?", "share": 1}],
    }
    of = framework(dimension("1", 10, yes_no("1.1") | {"rule": third}))
    codes = [one.code for one in findings(of, {"1": printed, "1.1": printed})]
    assert ("R302" in codes) == reported


def test_a_sum_that_its_parts_cannot_reach_is_reported_where_they_are_not_printed() -> None:
    of = framework(dimension("1", 20, yes_no("1.1"), yes_no("1.2")))
    assert ("R302", "1") in told(findings(of, {"1": "15"}))


def test_a_sum_that_its_parts_cannot_reach_is_a_matter_of_the_sum_where_they_are_printed() -> None:
    of = framework(dimension("1", 20, yes_no("1.1"), yes_no("1.2")))
    assert told(findings(of, {"1": "15", "1.1": "10", "1.2": "0"})) == [("R401", "1"), ("R501", "1")]


def test_points_where_none_are_given_are_reported() -> None:
    assert found(with_(c2_1="5"), "R110") == [("R110", "2.1")]


def test_points_where_none_are_given_are_in_no_sum() -> None:
    assert found(with_(c2="5", c2_1="5"), "R401", "R402") == []


def test_points_of_a_dimension_that_is_not_scored_are_reported() -> None:
    assert found(with_(c2="5"), "R110") == [("R110", "2")]


def test_more_places_than_the_table_prints_are_a_note() -> None:
    (one,) = findings(OF, with_(c1_2_1="1.004", c1_2="4.00"), 2, "R109")
    assert (one.place, one.figures) == ("1.2.1", {"points": F("1.004"), "places": 3, "decimals": 2})


def test_more_places_than_the_table_prints_are_taken_as_exact() -> None:
    # 1.004 is at most 1.0045, so 4.01 is not the sum of it and 3.
    assert ("R401", "1.2") in found(with_(c1_2_1="1.0004", c1_2_2="3.0000", c1_2="4.01"))
    assert ("R402", "1.2") in found(with_(c1_2_1="1.00", c1_2_2="3.00", c1_2="4.01"))


def test_a_reading_that_the_points_rule_out_is_a_note() -> None:
    half = {
        "kind": "choice",
        "options": [{"id": "a", "label": "?", "share": "1/2"}, {"id": "b", "label": "?", "share": 0}],
    }
    words = {"vi": "Một nửa", "en": "One half"}
    reading = {
        "id": "A6",
        "clause": "1",
        "question": words,
        "default": "all",
        "options": {"all": {"label": words}, "half": {"label": words, "rules": {"1.1": half}}},
    }
    of = framework(dimension("1", 10, yes_no("1.1")), readings=[reading])
    (one,) = findings(of, {"1": "10", "1.1": "10"})
    assert (one.code, one.place, one.figures["reading"], one.figures["name"]) == ("R303", "1.1", "A6", "half")
    assert findings(of, {"1": "0", "1.1": "0"}) == []
