"""Rules that compare with other units: over the ranking group, with values from outside joined in (A2)."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.framework.model import Framework
from chiso.scoring.score import Scores
from tests.scoring.frameworks import Data, criterion_of, framework_of
from tests.scoring.worth import Written, both, facts, figure, plain, worth

MIN_MAX: Data = {"kind": "min_max", "of": "a/b"}
BEST: Data = {"kind": "share_of_best", "of": "a/b"}
COUNTED: Data = {"kind": "min_max", "of": "n"}


def compare(
    rule: Data, *pairs: tuple[Written, Written], groups: tuple[str, ...] = (), exempt: tuple[int, ...] = ()
) -> list[Fraction | str]:
    """Return the points of units by their figures a and b."""
    framework = framework_of(criterion_of("1.1", rule))
    rows = [{"1.1/a": a, "1.1/b": b} for a, b in pairs]
    told = facts(rows, groups, exemptions={(unit, "1.1"): "full" for unit in exempt})
    return [plain(both(framework, told).exact(unit, "1.1")) for unit in range(len(rows))]


def test_min_max_is_the_place_between_the_lowest_and_the_highest() -> None:
    assert compare(MIN_MAX, (1, 2), (1, 3), (1, 6)) == [10, 5, 0]


def test_share_of_best_is_the_value_over_the_highest() -> None:
    assert compare(BEST, (1, 2), (1, 3), (0, 6)) == [10, Fraction(20, 3), 0]


@pytest.mark.parametrize("rule", [MIN_MAX, BEST])
def test_all_equal_get_full_points(rule: Data) -> None:
    assert compare(rule, (1, 3), (2, 6), (3, 9)) == [10, 10, 10]


@pytest.mark.parametrize("rule", [MIN_MAX, BEST])
def test_all_at_zero_are_equal_too(rule: Data) -> None:
    assert compare(rule, (0, 3), (0, 6)) == [10, 10]


@pytest.mark.parametrize("rule", [MIN_MAX, BEST])
def test_alone_it_waits(rule: Data) -> None:
    assert compare(rule, (1, 3)) == ["waiting"]


@pytest.mark.parametrize("other", [("missing", 3), (1, 0), ("not_applicable", "not_applicable"), ("error", 1)])
def test_peers_without_a_value_are_no_peers(other: tuple[Written, Written]) -> None:
    assert compare(MIN_MAX, (1, 3), other)[0] == "waiting"


def test_a_unit_without_a_value_has_its_own_state() -> None:
    assert compare(MIN_MAX, ("missing", 3), (1, 3), (1, 2)) == ["missing", 0, 10]


def test_groups_are_compared_apart() -> None:
    assert compare(MIN_MAX, (1, 2), (1, 3), (1, 4), (1, 5), groups=("a", "b", "a", "b")) == [10, 10, 0, 0]


def test_exempt_units_are_no_peers() -> None:
    assert compare(MIN_MAX, (1, 1), (1, 2), (1, 3), exempt=(0,)) == [10, 10, 0]


def test_extremes_that_float64_cannot_tell_apart_are_told_apart() -> None:
    large = 10**15

    assert compare(MIN_MAX, (large - 2, large), (large - 1, large), (large - 3, large)) == [5, 10, 0]


def test_extremes_that_are_one_number_in_float64_are_two() -> None:
    n = 10**15
    assert (n - 2) / (n - 1) == (n - 1) / n

    assert compare(MIN_MAX, (n - 2, n - 1), (n - 1, n)) == [0, 10]
    assert compare(MIN_MAX, (n - 2, n - 1), (n - 1, n), (n - 2, n - 1), groups=("a", "a", "b")) == [0, 10, "waiting"]


def test_extremes_that_float64_puts_in_the_wrong_order() -> None:
    """0.1 + 0.2 is above 0.3 in float64, and the second value is above 0.3 by less than float64 can tell."""
    rule = {**MIN_MAX, "of": "a/b+c/d"}
    framework = framework_of(criterion_of("1.1", rule))
    rows: list[dict[str, Written]] = [
        {"1.1/a": 1, "1.1/b": 10, "1.1/c": 2, "1.1/d": 10},
        {"1.1/a": 2702159776422295, "1.1/b": 9007199254740983, "1.1/c": 0, "1.1/d": 1},
    ]
    assert 1 / 10 + 2 / 10 > 2702159776422295 / 9007199254740983
    scores = both(framework, facts(rows))

    assert [plain(scores.exact(unit, "1.1")) for unit in (0, 1)] == [0, 10]


def test_products_that_are_one_number_in_float64_are_two() -> None:
    n = 94_906_266

    assert compare({**COUNTED, "of": "a*b"}, (n, n), (n - 1, n + 1)) == [10, 0]


def test_values_that_are_equal_as_fractions_are_equal() -> None:
    third = 333_333_333_333_333

    assert compare(MIN_MAX, (third, 3 * third), (1, 3)) == [10, 10]


@pytest.mark.parametrize("rule", [MIN_MAX, BEST])
def test_values_below_zero(rule: Data) -> None:
    signed = {**rule, "of": "a-b"}

    assert compare(signed, (1, 3), (4, 3), (3, 3))[1] == 10
    assert compare(signed, (1, 3), (4, 3))[0] == 0


def test_share_of_a_best_below_zero() -> None:
    assert compare({**BEST, "of": "a-b"}, (1, 3), (2, 3)) == [0, 10]


def test_a_vanishing_difference_of_quotients_among_peers() -> None:
    """The denominator is zero for the first unit only, though not in float64."""
    framework = framework_of(criterion_of("1.1", {"kind": "min_max", "of": "a/(b/c-1/d)"}))
    rows: list[dict[str, Written]] = [
        {"1.1/a": 1, "1.1/b": "0.1", "1.1/c": "0.3", "1.1/d": 3},
        {"1.1/a": 1, "1.1/b": 1, "1.1/c": 3, "1.1/d": 4},
        {"1.1/a": 2, "1.1/b": 1, "1.1/c": 3, "1.1/d": 4},
        {"1.1/a": 3, "1.1/b": 1, "1.1/c": 3, "1.1/d": 4},
    ]
    scores = both(framework, facts(rows))

    assert [plain(scores.exact(unit, "1.1")) for unit in range(4)] == ["error", 0, 5, 10]


def test_a_sum_of_quotients_that_is_zero_only_in_exact_numbers_makes_no_peer() -> None:
    assert 1 / 10 + 2 / 10 - 3 / 10 != 0
    framework = framework_of(criterion_of("1.1", {"kind": "min_max", "of": "a/(b/10+c/10-d/10)"}))
    rows: list[dict[str, Written]] = [
        {"1.1/a": a, "1.1/b": 1, "1.1/c": 2, "1.1/d": d} for a, d in ((1, 3), (1, 2), (3, 2), (2, 2))
    ]
    scores = both(framework, facts(rows))

    assert [plain(scores.exact(unit, "1.1")) for unit in range(4)] == ["error", 0, 10, 5]


# -- values from outside


@pytest.mark.parametrize(
    ("references", "points"),
    [
        ({"@best": {"value": 8}, "@lowest": {"value": 0}}, Fraction(5, 2)),
        ({"@best": {"n": 8}, "@lowest": {"n": 1}}, Fraction(10, 7)),
        ({"@best": {"value": 1}, "@lowest": {"value": 0}}, 10),
        ({"@best": {"value": 8}, "@lowest": {"value": 2}}, 0),
        ({"@best": {"value": 8}}, "waiting"),
        ({"@lowest": {"value": 0}}, "waiting"),
    ],
)
def test_min_max_alone_against_values_from_outside(
    references: dict[str, dict[str, Written]], points: Fraction | str
) -> None:
    assert worth(COUNTED, {"n": 2}, references=references) == points


def test_one_value_from_outside_joins_the_peers() -> None:
    assert worth(COUNTED, {"n": 2}, {"n": 1}, references={"@best": {"value": 5}}) == Fraction(5, 2)
    assert worth(COUNTED, {"n": 2}, {"n": 3}, references={"@lowest": {"value": 0}}) == Fraction(20, 3)


def test_a_better_peer_goes_before_the_best_from_outside() -> None:
    references: dict[str, dict[str, Written]] = {"@best": {"value": 5}}

    assert worth({"kind": "share_of_best", "of": "n"}, {"n": 2}, {"n": 8}, references=references) == Fraction(5, 2)
    assert worth({"kind": "share_of_best", "of": "n"}, {"n": 2}, {"n": 3}, references=references) == 4


def test_share_of_best_needs_no_lowest() -> None:
    assert worth({"kind": "share_of_best", "of": "n"}, {"n": 2}, references={"@best": {"value": 8}}) == Fraction(5, 2)


def test_a_value_as_such_goes_before_its_letters() -> None:
    references: dict[str, dict[str, Written]] = {"@best": {"a": 9, "b": 1, "value": 1}}

    assert worth(BEST, {"a": 1, "b": 2}, references=references) == 5


@pytest.mark.parametrize("given", [{"a": 9}, {"a": 9, "b": 0}])
def test_letters_that_give_no_value_are_none(given: dict[str, Written]) -> None:
    assert worth(BEST, {"a": 1, "b": 2}, references={"@best": given}) == "waiting"


# -- after a change


def three() -> Scores:
    framework: Framework = framework_of(criterion_of("1.1", COUNTED))
    return both(framework, facts([{"1.1/n": 1}, {"1.1/n": 2}, {"1.1/n": 5}]))


@pytest.mark.parametrize(
    ("change", "expected"),
    [(9, [0, Fraction(5, 4), 10]), ("missing", [0, 10, "missing"]), (2, [0, 10, 10]), (0, [5, 10, 0])],
)
def test_peers_follow_a_change(change: Written, expected: list[Fraction | str]) -> None:
    scores = three()
    scores.update(2, {"1.1/n": figure(change)})

    assert [plain(scores.exact(unit, "1.1")) for unit in range(3)] == expected
    known = [one if isinstance(one, Fraction | int) else 0 for one in expected]
    assert scores.points[0].tolist() == pytest.approx([float(one) for one in known], abs=float(scores.errors[0]))
