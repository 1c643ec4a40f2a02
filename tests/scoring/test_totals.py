"""What points add up to: sums, weighted means, pillars, rescaled denominators, classes, rounding and ties."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.framework.model import Framework
from tests.scoring.frameworks import Data, framework_of
from tests.scoring.worth import Written, dimension, entered, manual

THIRD = Fraction(1, 3)


def national_index() -> Framework:
    """The national index: five foundation dimensions of 100 each in every pillar, one activity dimension of its own."""
    foundation = [
        dimension(str(number), manual(f"{number}.1", "100"), aggregation={"kind": "weighted_mean"})
        for number in range(1, 6)
    ]
    activities = [
        dimension(str(number), manual(f"{number}.1", "100"), aggregation={"kind": "weighted_mean"})
        for number in range(6, 9)
    ]
    pillars = [
        {
            "code": code,
            "title": {"vi": code, "en": code},
            "dimensions": ["1", "2", "3", "4", "5", activity],
            "aggregation": {
                "kind": "weighted_mean",
                "weights": {**dict.fromkeys("12345", "100"), activity: str(weight)},
            },
        }
        for code, activity, weight in (("CQS", "6", 200), ("KTS", "7", 150), ("XHS", "8", 150))
    ]
    return framework_of(
        dimensions=[*foundation, *activities],
        pillars=pillars,
        total={"kind": "weighted_mean"},
        max_points=None,
        policies={"rounding": {"decimals": 4}},
    )


def test_the_national_index() -> None:
    """A pillar is (500 x mean of the five foundation values + w x activity value) / (500 + w), w = 200, 150, 150."""
    values = [60, 50, 40, 30, 45]
    row: dict[str, Written] = {f"{number}.1": value for number, value in enumerate([*values, 55, 65, 80], 1)}
    scores = entered(national_index(), row)
    mean = Fraction(sum(values), 500)
    expected = {
        "CQS": (500 * mean + 200 * Fraction(55, 100)) / 700,
        "KTS": (500 * mean + 150 * Fraction(65, 100)) / 650,
        "XHS": (500 * mean + 150 * Fraction(80, 100)) / 650,
    }

    totals = scores.totals
    pillars = totals.pillars(totals.dimensions(0))
    assert {code: one.points for code, one in pillars.items()} == expected
    assert {code: one.most for code, one in pillars.items()} == dict.fromkeys(expected, 1)
    assert expected["CQS"] == Fraction(335, 700)
    assert totals.total(0).points == sum(expected.values()) / 3
    assert totals.published_value(0) == Fraction("0.5018")


def test_points_add_up_over_dimensions() -> None:
    framework = framework_of(
        dimensions=[dimension("1", manual("1.1"), manual("1.2")), dimension("2", manual("2.1", "5"))]
    )
    scores = entered(framework, {"1.1": "2.5", "1.2": "0.25", "2.1": 5})

    assert {code: (one.points, one.most) for code, one in scores.totals.dimensions(0).items()} == {
        "1": (Fraction("2.75"), 20),
        "2": (5, 5),
    }
    assert scores.totals.total(0).points == Fraction("7.75")
    assert scores.totals.total(0).share() == Fraction("7.75") / 25


def test_a_dimension_may_count_in_several_pillars_and_once_in_the_total() -> None:
    pillar = {"title": {"vi": "", "en": ""}}
    framework = framework_of(
        dimensions=[dimension("1", manual("1.1")), dimension("2", manual("2.1")), dimension("3", manual("3.1"))],
        pillars=[{**pillar, "code": "A", "dimensions": ["1", "2"]}, {**pillar, "code": "B", "dimensions": ["1", "3"]}],
    )
    scores = entered(framework, {"1.1": 1, "2.1": 2, "3.1": 4})
    totals = scores.totals

    assert {code: (one.points, one.most) for code, one in totals.pillars(totals.dimensions(0)).items()} == {
        "A": (3, 20),
        "B": (5, 20),
    }
    assert totals.total(0).points == 7


def test_an_unscored_dimension_stays_out_of_the_total() -> None:
    framework = framework_of(dimensions=[dimension("1", manual("1.1")), dimension("9", manual("9.1"), unscored=True)])
    scores = entered(framework, {"1.1": 4, "9.1": 10})
    totals = scores.totals

    assert (totals.total(0).points, totals.total(0).most) == (4, 10)
    assert (totals.dimensions(0)["9"].points, totals.dimensions(0)["9"].most) == (0, 0)
    assert totals.provisional(0) is False


def test_a_framework_of_unscored_dimensions_has_no_total() -> None:
    framework = framework_of(dimensions=[dimension("9", manual("9.1"), unscored=True)])
    scores = entered(framework, {"9.1": 10})
    totals = scores.totals

    assert (totals.total(0).points, totals.total(0).most, totals.rank(0)) == (0, 0, None)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [({}, Fraction(3, 4)), ({"1.1": "3", "1.2": "1"}, Fraction(5, 8)), ({"1.2": "1"}, Fraction(1))],
)
def test_a_weighted_mean_of_criteria(weights: dict[str, str], expected: Fraction) -> None:
    framework = framework_of(
        dimensions=[
            dimension(
                "1", manual("1.1", "8"), manual("1.2", "5"), aggregation={"kind": "weighted_mean", "weights": weights}
            )
        ]
    )
    scores = entered(framework, {"1.1": 4, "1.2": 5})
    totals = scores.totals

    assert (totals.dimensions(0)["1"].points, totals.dimensions(0)["1"].most) == (expected, 1)


def test_a_mean_is_scaled_to_the_maximum_of_its_dimension() -> None:
    framework = framework_of(
        dimensions=[
            dimension(
                "1", manual("1.1", "3"), manual("1.2", "7"), max_points="50", aggregation={"kind": "weighted_mean"}
            )
        ]
    )
    scores = entered(framework, {"1.1": 1, "1.2": 7})
    totals = scores.totals

    assert (totals.total(0).points, totals.total(0).most) == (50 * Fraction(2, 3), 50)


def test_a_mean_of_dimensions_is_scaled_to_the_maximum_of_the_framework() -> None:
    framework = framework_of(
        dimensions=[dimension("1", manual("1.1", "3")), dimension("2", manual("2.1", "7"))],
        total={"kind": "weighted_mean", "weights": {"1": "1", "2": "2"}},
        max_points="1000",
    )
    scores = entered(framework, {"1.1": 1, "2.1": 7})
    totals = scores.totals

    assert totals.total(0).points == 1000 * (THIRD + 2) / 3


def test_weights_of_zero_leave_nothing() -> None:
    framework = framework_of(
        dimensions=[dimension("1", manual("1.1"), aggregation={"kind": "weighted_mean", "weights": {"1.1": "0"}})],
        policies={"ranking": {"by": "share"}},
    )
    scores = entered(framework, {"1.1": 4})
    totals = scores.totals

    assert (totals.total(0).points, totals.total(0).most, totals.total(0).share()) == (0, 0, 0)


# -- what is missing, not applicable or left out


def test_missing_points_count_in_the_denominator_and_make_the_total_provisional() -> None:
    framework = framework_of(manual("1.1"), manual("1.2"))
    scores = entered(framework, {"1.1": 4})
    totals = scores.totals

    assert (totals.total(0).points, totals.total(0).most) == (4, 20)
    assert totals.provisional(0) is True


@pytest.mark.parametrize("state", ["missing", "error", "not_applicable"])
def test_a_unit_without_any_points_has_no_total_and_no_rank(state: str) -> None:
    framework = framework_of(manual("1.1"))
    scores = entered(framework, {"1.1": state}, {"1.1": 0})
    totals = scores.totals

    assert (bool(totals.scored[0]), totals.rank(0)) == (False, None)
    assert (bool(totals.scored[1]), totals.rank(1)) == (True, 1)


@pytest.mark.parametrize(
    ("consequence", "points", "most", "provisional"),
    [("undecided", 4, 20, True), ("full", 14, 20, False), ("leave_out", 4, 10, False)],
)
def test_the_consequence_of_not_applicable(consequence: str, points: int, most: int, provisional: bool) -> None:
    framework = framework_of(manual("1.1"), manual("1.2"), policies={"not_applicable": consequence})
    scores = entered(framework, {"1.1": 4, "1.2": "not_applicable"})
    totals = scores.totals

    assert (totals.total(0).points, totals.total(0).most, totals.provisional(0)) == (points, most, provisional)


def test_a_criterion_may_say_the_consequence_itself() -> None:
    framework = framework_of(
        manual("1.1", not_applicable="full"),
        manual("1.2", not_applicable="undecided"),
        policies={"not_applicable": "leave_out"},
    )
    scores = entered(framework, {"1.1": "not_applicable", "1.2": "not_applicable"})
    totals = scores.totals

    assert (totals.total(0).points, totals.total(0).most, totals.provisional(0)) == (10, 20, True)


def left_out(*codes: str) -> list[Data]:
    return [{"code": code, "year": 2024, "reason": "not measured"} for code in codes]


def test_a_criterion_left_out_for_the_year_leaves_points_and_denominator() -> None:
    framework = framework_of(
        manual("1.1"), manual("1.2", "5"), left_out=left_out("1.2"), policies={"ranking": {"by": "share"}}
    )
    scores = entered(framework, {"1.1": 4, "1.2": 5})
    totals = scores.totals

    assert (totals.total(0).points, totals.total(0).most, totals.provisional(0)) == (4, 10, False)
    assert totals.published_value(0) == Fraction(2, 5)


def test_leaving_out_a_sum_leaves_out_everything_below_it() -> None:
    parent: Data = {
        "code": "1.2",
        "title": "",
        "max_points": "10",
        "criteria": [manual("1.2.1", "5"), manual("1.2.2", "5")],
    }
    framework = framework_of(manual("1.1"), parent, left_out=left_out("1.2"))
    scores = entered(framework, {"1.1": 4, "1.2.1": 5, "1.2.2": 5})
    totals = scores.totals

    assert (totals.total(0).points, totals.total(0).most) == (4, 10)


def test_what_is_left_out_leaves_a_mean_to_the_others() -> None:
    framework = framework_of(
        dimensions=[
            dimension(
                "1",
                manual("1.1", "0.1"),
                manual("1.2", "0.7"),
                manual("1.3", "0.3"),
                aggregation={"kind": "weighted_mean"},
            )
        ],
        policies={"not_applicable": "leave_out", "rounding": {"decimals": 4}},
    )
    scores = entered(framework, {"1.1": "0.05", "1.2": "not_applicable", "1.3": "not_applicable"})
    totals = scores.totals

    assert totals.total(0).points == Fraction(1, 2)
    assert totals.published_value(0) == Fraction(1, 2)


def test_a_sum_of_which_nothing_applies_leaves_a_mean_to_the_others() -> None:
    """0.1 + 0.7 - 0.1 - 0.7 is no zero in float64."""
    parent: Data = {
        "code": "1.1",
        "title": "",
        "max_points": "0.8",
        "criteria": [manual("1.1.1", "0.1"), manual("1.1.2", "0.7")],
    }
    framework = framework_of(
        dimensions=[dimension("1", parent, manual("1.2", "4"), aggregation={"kind": "weighted_mean"})],
        policies={"not_applicable": "leave_out"},
    )
    scores = entered(
        framework, {"1.1.1": "not_applicable", "1.1.2": "not_applicable", "1.2": 3}, {"1.2": 4}, {"1.2": 4}
    )
    totals = scores.totals

    assert totals.published_value(0) == Fraction("0.75")


def test_declared_dimensions_and_criteria_decide_among_equal_totals() -> None:
    framework = framework_of(
        dimensions=[dimension("1", manual("1.1"), manual("1.2")), dimension("2", manual("2.1"))],
        policies={"ranking": {"tie_break": ["2", "1.2"]}},
    )
    scores = entered(
        framework,
        {"1.1": 5, "1.2": 3, "2.1": 2},
        {"1.1": 4, "1.2": 3, "2.1": 3},
        {"1.1": 3, "1.2": 5, "2.1": 2},
        {"1.1": 5, "1.2": 3, "2.1": 2},
        {"1.1": 5, "1.2": 5},
        {"1.1": 10, "1.2": 10, "2.1": 10},
    )
    assert scores.totals.published.tolist() == [1000, 1000, 1000, 1000, 1000, 3000]
    # The third has more in 1.2; the fifth has no points in dimension 2 yet, which is behind whoever has some.
    assert scores.totals.ranks.tolist() == [4, 2, 3, 4, 6, 1]


def test_exact_points_decide_among_equals_where_published_ones_could_not() -> None:
    framework = framework_of(manual("1.1"), manual("1.2"), policies={"ranking": {"tie_break": ["1.1"]}})
    tiny = Fraction(1, 10**12)
    scores = entered(framework, {"1.1": 5, "1.2": 3}, {"1.1": 5 + tiny, "1.2": 3}, {"1.1": 5, "1.2": 3})
    assert scores.totals.ranks.tolist() == [2, 1, 2]
    scores.update(0, {"1.1/points": 5 + 2 * tiny})
    assert scores.totals.ranks.tolist() == [1, 2, 3]
