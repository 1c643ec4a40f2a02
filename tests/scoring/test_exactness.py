"""Where float64 sees nothing, or something that is not there, the points are still exact."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.scoring.worth import Written, worth


def test_a_difference_that_float64_takes_for_zero_is_no_zero_denominator() -> None:
    rule = {"kind": "per_item", "of": "a/(b*c-d*e)", "points": "1"}
    n = 94_906_266
    assert float(n) * float(n) - float(n - 1) * float(n + 1) != 1

    assert worth(rule, {"a": 3, "b": n, "c": n, "d": n - 1, "e": n + 1}) == 3


@pytest.mark.parametrize(("d", "points"), [(3, "error"), (4, Fraction(10))])
def test_a_difference_of_quotients_is_a_zero_denominator_only_where_it_is_zero(d: int, points: Fraction | str) -> None:
    rule = {"kind": "per_item", "of": "a/(b/c-1/d)", "points": "1"}

    assert worth(rule, {"a": 1, "b": 1, "c": 3, "d": d}) == points


def test_thirds_add_up_to_a_whole() -> None:
    third = {"label": "part", "share": "1/3", "rule": {"kind": "count", "of": "n", "target": "1"}}

    assert worth({"kind": "parts", "parts": [third, third, third]}, {"n": 1}) == 10


def test_a_ratio_of_decimals_meets_its_threshold_exactly() -> None:
    """0.1 + 0.2 over 0.3 is one, though not in float64."""
    rule = {
        "kind": "steps",
        "of": "(a+b)/c",
        "lines": [{"at_least": "1", "share": "1", "label": "full"}],
        "otherwise": {"share": "0", "label": "less"},
    }

    assert worth(rule, {"a": "0.1", "b": "0.2", "c": "0.3"}) == 10


@pytest.mark.parametrize(
    ("a", "b", "bound", "higher"),
    [
        (3_002_399_751_580_330, 9_007_199_254_740_991, "1/3", False),
        (900_719_925_474_099, 9_007_199_254_740_989, "0.1", True),
    ],
)
@pytest.mark.parametrize("kind", ["at_least", "above", "at_most", "below"])
def test_a_quotient_that_float64_takes_for_the_bound(a: int, b: int, bound: str, higher: bool, kind: str) -> None:
    assert a / b == float(Fraction(bound))
    lines = [{kind: bound, "share": "1", "label": "line"}]
    rule = {"kind": "steps", "of": "a/b", "lines": lines, "otherwise": {"share": "0", "label": "otherwise"}}

    assert worth(rule, {"a": a, "b": b}) == (10 if (kind in ("at_least", "above")) is higher else 0)


@pytest.mark.parametrize(
    ("bound", "points"), [("at_least", [0, 10]), ("above", [0, 10]), ("at_most", [10, 0]), ("below", [10, 0])]
)
def test_a_bound_between_two_whole_numbers(bound: str, points: list[int]) -> None:
    lines = [{bound: "5/2", "share": "1", "label": "line"}]
    rule = {"kind": "steps", "of": "n", "lines": lines, "otherwise": {"share": "0", "label": "otherwise"}}

    assert [worth(rule, {"n": n}) for n in (2, 3)] == points


@pytest.mark.parametrize(
    ("of", "figures", "points"),
    [
        ("a+b-c", {"a": 2**53 - 1, "b": 2, "c": 2**53 - 1}, 2),
        ("a*b-c*b", {"a": 2**52 + 1, "b": 3, "c": 2**52}, 3),
        ("a-b+c", {"a": "0.1", "b": "0.1", "c": "0.000001"}, Fraction(1, 10**6)),
        ("(a+b)*c-a*c", {"a": "12345678.9", "b": "0.3", "c": 3}, Fraction(9, 10)),
    ],
)
def test_whole_numbers_beyond_those_of_float64(of: str, figures: dict[str, Written], points: Fraction) -> None:
    assert worth({"kind": "per_item", "of": of, "points": "1"}, figures) == points


@pytest.mark.parametrize(("more", "points"), [(0, "error"), (1, 10)])
def test_a_product_that_exceeds_another_by_one(more: int, points: Fraction | str) -> None:
    """n * n is one more than (n - 1) * (n + 1), which float64 does not see."""
    n = 94_906_266
    assert float(n) * float(n) == float(n - 1) * float(n + 1)
    rule = {"kind": "ratio", "numerator": "a*a", "denominator": "b*c+d", "part_of_whole": True}

    assert worth(rule, {"a": n, "b": n - 1, "c": n + 1, "d": more}) == points


def test_a_difference_of_zero_that_float64_puts_below_it_is_no_fault() -> None:
    assert 3 / 10 - 1 / 10 - 2 / 10 < 0
    rule = {"kind": "ratio", "numerator": "a/10-b/10-c/10", "denominator": "d", "part_of_whole": True}

    assert worth(rule, {"a": 3, "b": 1, "c": 2, "d": 7}) == 0
