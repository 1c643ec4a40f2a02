"""Exempt units get the highest points of the others, or the maximum, or the criterion is left out (A4)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.framework.model import Framework
from chiso.scoring.score import Scores
from tests.scoring.frameworks import criterion_of, framework_of
from tests.scoring.worth import Written, both, facts, figure, manual, plain

POINTS = "1.1/points"


def entered(
    points: list[Written], exemptions: dict[int, str], framework: Framework | None = None, groups: tuple[str, ...] = ()
) -> Scores:
    """Score units with points entered in one criterion, some of them exempt from it."""
    told = facts(
        [{POINTS: one} for one in points], groups, exemptions={(unit, "1.1"): kind for unit, kind in exemptions.items()}
    )
    return both(framework or framework_of(manual("1.1")), told)


def points(scores: Scores) -> list[Fraction | str]:
    return [plain(scores.exact(unit, "1.1")) for unit in range(len(scores.facts))]


def test_an_exempt_unit_gets_the_highest_points_of_the_others() -> None:
    assert points(entered(["missing", 4, "7.25", 0], {0: "peers_best"}))[0] == Fraction("7.25")


def test_its_own_figures_do_not_count() -> None:
    assert points(entered([9, 4], {0: "peers_best"})) == [4, 4]


def test_other_exempt_units_do_not_count() -> None:
    assert points(entered([1, 9, 4], {0: "peers_best", 1: "full"})) == [4, 10, 4]


def test_units_of_other_groups_do_not_count() -> None:
    assert points(entered([1, 9, 4], {0: "peers_best"}, groups=("a", "b", "a"))) == [4, 9, 4]


def test_the_best_of_nothing_is_zero_where_all_have_nothing() -> None:
    assert points(entered(["missing", 0, 0], {0: "peers_best"}))[0] == 0


@pytest.mark.parametrize("others", [[], ["missing"], ["error", "not_applicable"]])
def test_without_points_of_others_it_waits(others: list[Written]) -> None:
    assert points(entered(["missing", *others], {0: "peers_best"}))[0] == "waiting"


def test_exempt_units_alone_wait_for_each_other_in_vain() -> None:
    assert points(entered([5, 5], {0: "peers_best", 1: "peers_best"})) == ["waiting", "waiting"]


def test_the_maximum_needs_no_others() -> None:
    assert points(entered(["missing"], {0: "full"})) == [10]


def test_the_best_may_be_a_maximum_granted_for_not_applicable() -> None:
    framework = framework_of(manual("1.1"), policies={"not_applicable": "full"})

    assert points(entered(["missing", 4, "not_applicable"], {0: "peers_best"}, framework))[0] == 10


def test_the_best_is_exact_where_float64_sees_no_difference() -> None:
    framework = framework_of(
        criterion_of("1.1", {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True}, "1")
    )
    large = 10**15
    rows = [{}, {"1.1/a": large - 2, "1.1/b": large - 1}, {"1.1/a": large - 1, "1.1/b": large}]
    told = facts(rows, exemptions={(0, "1.1"): "peers_best"})

    assert plain(both(framework, told).exact(0, "1.1")) == Fraction(large - 1, large)


def test_the_best_of_rounded_points_is_rounded() -> None:
    framework = framework_of(manual("1.1"), policies={"rounding": {"decimals": 0, "at": "criterion"}})

    assert points(entered(["missing", "4.5"], {0: "peers_best"}, framework))[0] == 5


def test_left_out_where_the_framework_says_so() -> None:
    framework = framework_of(manual("1.1"), manual("1.2"), policies={"exemption": "leave_out"})
    scores = entered(["missing", 4], {0: "peers_best"}, framework)

    assert points(scores) == ["not_applicable", 4]
    assert [scores.totals.total(unit).most for unit in (0, 1)] == [10, 20]


def test_left_out_is_ranked_by_what_applies() -> None:
    framework = framework_of(
        manual("1.1"), manual("1.2"), policies={"exemption": "leave_out", "ranking": {"by": "share"}}
    )
    rows: list[dict[str, Written]] = [{"1.2/points": 5}, {POINTS: 4, "1.2/points": 5}]
    scores = both(framework, facts(rows, exemptions={(0, "1.1"): "full"}))
    totals = scores.totals

    assert [totals.rank(unit) for unit in (0, 1)] == [1, 2]
    assert totals.provisional(0) is False


def test_not_applicable_without_exemption_is_not_left_out() -> None:
    framework = framework_of(manual("1.1"), manual("1.2"), policies={"exemption": "leave_out"})
    scores = entered(["not_applicable", 4], {}, framework)
    totals = scores.totals

    assert [totals.total(unit).most for unit in (0, 1)] == [20, 20]


def test_a_criterion_that_is_not_scored_grants_nothing() -> None:
    framework = framework_of(criterion_of("1.1", {"kind": "unscored"}))

    assert points(entered([1, 1], {0: "full", 1: "peers_best"}, framework)) == ["unscored", "unscored"]


@pytest.mark.parametrize(("change", "best"), [(9, 9), ("missing", 3), (2, 3)])
def test_the_best_follows_a_change_of_the_others(change: Written, best: int) -> None:
    scores = entered(["missing", 4, 3], {0: "peers_best"})
    scores.update(1, {POINTS: figure(change)})

    assert points(scores)[0] == best
    assert scores.totals.published_value(0) == best
