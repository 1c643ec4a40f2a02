"""Which points must add up to which."""

from __future__ import annotations

from fractions import Fraction

from chiso.framework.loader import load
from chiso.reconcile.equations import Equation, Structure, printed_equations
from tests.reconcile.example import dimension, framework, parent, ratio, unscored, yes_no

F = Fraction
TREE = framework(
    dimension("1", 30, yes_no("1.1"), parent("1.2", 20, yes_no("1.2.1"), ratio("1.2.2")), unscored("1.3")),
    dimension("2", 10, yes_no("2.1")),
    dimension("3", None, yes_no("3.1"), unscored=True),
)


def parts(of: Structure) -> dict[str, dict[str, Fraction]]:
    return {one.whole: dict(one.parts) for one in of.equations}


def ones(*codes: str) -> dict[str, Fraction]:
    return dict.fromkeys(codes, F(1))


def test_every_row_is_the_sum_of_what_is_scored_below_it() -> None:
    assert parts(Structure(TREE)) == {
        "1.2": ones("1.2.1", "1.2.2"),
        "1": ones("1.1", "1.2"),
        "2": ones("2.1"),
        "total": ones("1", "2"),
    }


def test_the_deepest_sums_come_first() -> None:
    assert [one.whole for one in Structure(TREE).equations] == ["1.2", "1", "2", "total"]


def test_a_criterion_left_out_for_the_year_is_in_no_sum() -> None:
    left_out = [{"code": "1.1", "year": 2022, "reason": "?"}]
    of = framework(dimension("1", 20, yes_no("1.1"), yes_no("1.2")), left_out=left_out)
    assert parts(Structure(of))["1"] == ones("1.2")


def test_averaged_values_count_with_their_weights() -> None:
    mean = {"kind": "weighted_mean", "weights": {"1.1": 3, "1.2": 1}}
    of = framework(dimension("1", 100, ratio("1.1", 10), ratio("1.2", 20), aggregation=mean))
    # 100 * (3 * x / 10 + 1 * y / 20) / 4
    assert parts(Structure(of))["1"] == {"1.1": F(15, 2), "1.2": F(5, 4)}


def test_values_without_weights_count_alike() -> None:
    of = framework(
        dimension("1", 10, ratio("1.1")), dimension("2", 20, ratio("2.1", 20)), full=1, total={"kind": "weighted_mean"}
    )
    assert parts(Structure(of))["total"] == {"1": F(1, 20), "2": F(1, 40)}


def test_a_value_without_weight_is_in_no_sum() -> None:
    mean = {"kind": "weighted_mean", "weights": {"1.1": 0, "1.2": 1}}
    of = framework(dimension("1", 10, ratio("1.1"), ratio("1.2"), aggregation=mean))
    assert parts(Structure(of))["1"] == {"1.2": F(1)}


def test_pillars_may_share_dimensions() -> None:
    pillars = [
        {"code": name, "title": {"vi": name, "en": name}, "dimensions": ["1", other]}
        for name, other in (("A", "2"), ("B", "3"))
    ]
    rows = [dimension(code, 10, ratio(f"{code}.1")) for code in ("1", "2", "3")]
    found = parts(Structure(framework(*rows, pillars=pillars)))
    assert (found["A"], found["B"], found["total"]) == (ones("1", "2"), ones("1", "3"), ones("1", "2", "3"))


def test_an_average_of_pillars_is_a_sum_of_pillars() -> None:
    pillars = [
        {"code": name, "title": {"vi": name, "en": name}, "dimensions": [name.lower()], "max_points": 10}
        for name in "AB"
    ]
    rows = [dimension(code, 10, ratio(f"{code}.1")) for code in "ab"]
    total = {"kind": "weighted_mean", "weights": {"A": 1, "B": 4}}
    found = parts(Structure(framework(*rows, pillars=pillars, full=1000, total=total)))
    assert found["total"] == {"A": F(20), "B": F(80)}


def test_a_pillar_with_the_code_of_a_dimension_is_not_what_a_table_means() -> None:
    pillars = [{"code": "1", "title": {"vi": "1", "en": "1"}, "dimensions": ["1", "2"]}]
    rows = [dimension(code, 10, ratio(f"{code}.1")) for code in "12"]
    found = Structure(framework(*rows, pillars=pillars)).equations
    assert [one.whole for one in found] == ["1", "2", "total"]


def test_gia_lai_has_a_sum_for_every_scored_row_with_rows_below() -> None:
    wholes = [one.whole for one in Structure(load("gia-lai-2023-province")).equations]
    assert wholes == ["1", "2", "3", "4", "5.12", "5", "6", "7", "8.8.1", "8.8.2", "8.8.3", "8.8", "8", "total"]


def checked(*printed: str) -> list[Equation]:
    return printed_equations(Structure(TREE), printed)


def test_a_sum_is_checked_where_it_and_a_part_are_printed() -> None:
    assert checked("1", "1.1") == [Equation("1", ones("1.1", "1.2"))]


def test_a_sum_is_not_checked_where_no_part_is_printed() -> None:
    assert checked("1", "2") == []


def test_a_sum_is_not_checked_where_it_is_not_printed_itself() -> None:
    assert checked("1.1", "1.2") == []


def test_a_sum_that_is_not_printed_is_replaced_by_its_parts() -> None:
    assert checked("1", "1.1", "1.2.1") == [Equation("1", ones("1.1", "1.2.1", "1.2.2"))]


def test_the_total_is_checked_against_the_criteria_of_dimensions_that_are_not_printed() -> None:
    assert checked("total", "1.1", "2") == [Equation("total", ones("1.1", "1.2", "2"))]


def test_a_dimension_of_two_pillars_that_are_not_printed_counts_with_both() -> None:
    pillars = [
        {"code": name, "title": {"vi": name, "en": name}, "dimensions": ["1", other]}
        for name, other in (("A", "2"), ("B", "3"))
    ]
    rows = [dimension(code, 10, ratio(f"{code}.1")) for code in ("1", "2", "3")]
    total = {"kind": "weighted_mean", "weights": {"A": 1, "B": 3}}
    of = Structure(framework(*rows, pillars=pillars, full=100, total=total))
    # 100 * (1 * (x1 + x2) / 20 + 3 * (x1 + x3) / 20) / 4
    expected = {"1": F(5), "2": F(5, 4), "3": F(15, 4)}
    assert printed_equations(of, ["total", "1", "2", "3"]) == [Equation("total", expected)]
