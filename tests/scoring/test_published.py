"""What is published: totals rounded half up, ranks with ties, shares, classes."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.scoring.frameworks import Data, framework_of
from tests.scoring.worth import Written, both, dimension, entered, facts, manual


@pytest.mark.parametrize(
    ("points", "published"), [("8.125", "8.13"), ("8.1249", "8.12"), ("8.1251", "8.13"), ("0.005", "0.01")]
)
def test_totals_are_published_rounded_half_up(points: str, published: str) -> None:
    scores = entered(framework_of(manual("1.1")), {"1.1": points})
    totals = scores.totals

    assert totals.published_value(0) == Fraction(published)
    assert totals.total(0).points == Fraction(points)


def test_halves_that_float64_cannot_hold_are_rounded_up() -> None:
    """1.005 is below 1.005 in float64, 2.675 too; a hundred such units are all right."""
    cases = {
        f"{whole}.{tail}5": f"{whole}.{int(tail) + 1:02}" for whole in range(9) for tail in ("00", "07", "67", "28")
    }
    scores = entered(framework_of(manual("1.1")), *({"1.1": points} for points in cases))
    totals = scores.totals

    assert [totals.published_value(unit) for unit in range(len(cases))] == [Fraction(text) for text in cases.values()]


def test_halves_that_float64_cannot_hold_are_rounded_up_per_criterion_too() -> None:
    cases = {"1.005": "1.01", "2.675": "2.68", "8.125": "8.13", "0.285": "0.29", "1.0049": "1"}
    framework = framework_of(manual("1.1"), policies={"rounding": {"decimals": 2, "at": "criterion"}})
    scores = entered(framework, *({"1.1": points} for points in cases))

    assert scores.points[0].tolist() == [float(text) for text in cases.values()]


def test_rounding_per_criterion_adds_up_rounded_points() -> None:
    at_total = framework_of(manual("1.1"), manual("1.2"), policies={"rounding": {"decimals": 0, "at": "total"}})
    at_criterion = framework_of(manual("1.1"), manual("1.2"), policies={"rounding": {"decimals": 0, "at": "criterion"}})
    row: dict[str, Written] = {"1.1": "2.5", "1.2": "2.5"}
    whole, each = entered(at_total, row), entered(at_criterion, row)

    assert [whole.totals.total(0).points, whole.exact(0, "1.1").value] == [5, Fraction(5, 2)]
    assert [each.totals.total(0).points, each.exact(0, "1.1").value] == [6, 3]


def test_a_maximum_that_is_granted_is_not_rounded() -> None:
    framework = framework_of(
        manual("1.1", "2.5"), policies={"rounding": {"decimals": 0, "at": "criterion"}, "not_applicable": "full"}
    )
    scores = entered(framework, {"1.1": "not_applicable"})

    assert scores.totals.total(0).points == Fraction("2.5")


def test_equal_published_totals_share_a_rank() -> None:
    framework = framework_of(manual("1.1"))
    scores = entered(framework, *({"1.1": points} for points in ("8.124", "8.12", "9", "8.125", "8.1149")))
    totals = scores.totals

    assert [totals.rank(unit) for unit in range(5)] == [3, 3, 1, 2, 5]


def test_ranking_by_share_compares_what_applies() -> None:
    framework = framework_of(
        manual("1.1"), manual("1.2"), policies={"not_applicable": "leave_out", "ranking": {"by": "share"}}
    )
    scores = entered(framework, {"1.1": 8, "1.2": "not_applicable"}, {"1.1": 8, "1.2": 7})
    totals = scores.totals

    assert [totals.rank(unit) for unit in (0, 1)] == [1, 2]
    assert [totals.published_value(unit) for unit in (0, 1)] == [Fraction("0.8"), Fraction("0.75")]


def test_a_share_is_published_as_a_percentage_with_the_declared_decimals() -> None:
    framework = framework_of(manual("1.1", "3"), policies={"ranking": {"by": "share"}, "rounding": {"decimals": 1}})

    scores = entered(framework, {"1.1": 1})

    assert scores.totals.published_value(0) == Fraction("0.333")


def test_groups_have_ranks_of_their_own() -> None:
    framework = framework_of(manual("1.1"))
    scores = entered(framework, {"1.1": 3}, {"1.1": 9}, {"1.1": 5}, groups=("a", "b", "a"))
    totals = scores.totals

    assert [totals.rank(unit) for unit in range(3)] == [2, 1, 1]


def test_a_scaled_mean_on_a_half_is_rounded_up_though_its_floats_are_far_off() -> None:
    """The spread of the peers is tiny, so that float64 loses most digits before the mean is scaled to a thousand."""
    compared: Data = {
        "code": "1.1",
        "title": "",
        "max_points": "1",
        "rule": {"kind": "min_max", "of": "a/b"},
        "inputs": [{"name": "a", "label": "a", "type": "number"}, {"name": "b", "label": "b", "type": "number"}],
    }
    framework = framework_of(
        dimensions=[dimension("1", compared, max_points="1000", aggregation={"kind": "weighted_mean"})],
        policies={"rounding": {"decimals": 2}},
    )
    whole = 10**12
    rows = [{"1.1/a": whole + step, "1.1/b": whole * 3} for step in (0, 200_000, 1, 100_001, 33_333)]
    scores = both(framework, facts(rows))
    totals = scores.totals

    assert [totals.published_value(unit) for unit in range(5)] == [
        0,
        1000,
        Fraction("0.01"),
        Fraction("500.01"),
        Fraction("166.67"),
    ]


@pytest.mark.parametrize(
    ("points", "name"), [("10", "good"), ("8", "good"), ("7.999999", "fair"), ("5", "fair"), ("4", None)]
)
def test_a_class_begins_exactly_at_its_share(points: str, name: str | None) -> None:
    classes = [
        {"id": one, "name": {"vi": one, "en": one}, "at_least": share}
        for one, share in (("fair", "0.5"), ("good", "0.8"))
    ]
    scores = entered(framework_of(manual("1.1"), classes=classes), {"1.1": points})
    totals = scores.totals
    found = totals.class_of(totals.total(0))

    assert (found.id if found else None) == name


def test_nobody_at_all() -> None:
    scores = both(framework_of(manual("1.1")), facts([]))
    totals = scores.totals

    assert (totals.published.tolist(), totals.ranks.tolist()) == ([], [])
