"""What each rule node gives, in exact numbers worked out by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.scoring.frameworks import Data
from tests.scoring.worth import Written, worth

THIRD = Fraction(1, 3)

CHOICE: Data = {
    "kind": "choice",
    "options": [
        {"id": "head", "label": "head", "share": "1"},
        {"id": "deputy", "label": "deputy", "share": "1/2"},
        {"id": "by_count", "label": "by count", "rule": {"kind": "count", "of": "n", "target": "4"}},
    ],
}
STEPS: Data = {
    "kind": "steps",
    "of": "a",
    "lines": [
        {"at_least": "52", "share": "1", "label": "weekly"},
        {"at_least": "12", "share": "1/2", "label": "monthly"},
    ],
    "otherwise": {"share": "1/8", "label": "less"},
}
LATENESS: Data = {
    "kind": "lateness",
    "lines": [
        {"at_most": "0", "share": "1", "label": "on time"},
        {"at_most": "10", "share": "1/2", "label": "10 days"},
    ],
    "otherwise": {"share": "1/4", "label": "later"},
}
HALVES: Data = {
    "kind": "parts",
    "parts": [
        {"label": "first", "share": "1/2", "rule": {"kind": "yes_no", "input": "#1", "label": "first"}},
        {"label": "second", "share": "1/2", "rule": {"kind": "per_item", "of": "n", "points": "2"}},
    ],
}
BEST_OF: Data = {
    "kind": "best_of",
    "cases": [
        {"label": "a", "rule": {"kind": "count", "of": "a", "target": "10"}},
        {"label": "b", "rule": {"kind": "count", "of": "b", "target": "10"}},
    ],
}
ADJUSTED: Data = {
    "kind": "adjusted",
    "base": {"kind": "yes_no", "input": "#1", "label": "done"},
    "bonuses": [{"label": "more", "of": "a", "points": "0.5", "at_most": "2"}],
    "deductions": [{"label": "less", "of": "b", "points": "3"}],
    "floor": "1/10",
    "ceiling": "9/10",
}
SURVEY: Data = {
    "kind": "survey",
    "answers": [
        {"input": "a", "label": "good", "weight": "1"},
        {"input": "b", "label": "fair", "weight": "1/2"},
        {"input": "c", "label": "bad", "weight": "0"},
    ],
}


def ratio(*, part_of_whole: bool = True, full_at: str = "1", over: str = "a", under: str = "b") -> Data:
    return {
        "kind": "ratio",
        "numerator": over,
        "denominator": under,
        "full_at": full_at,
        "part_of_whole": part_of_whole,
    }


@pytest.mark.parametrize(
    ("figures", "points"),
    [
        ({"choice": 0}, 10),
        ({"choice": 1}, 5),
        ({"choice": 2, "n": 1}, Fraction(5, 2)),
        ({"choice": 2, "n": "error"}, "error"),
        ({"choice": 0, "n": "error"}, 10),
        ({"choice": "missing", "n": "error"}, "missing"),
        ({"choice": "not_applicable"}, "not_applicable"),
        ({"choice": "error", "n": 4}, "error"),
    ],
)
def test_choice_gives_the_share_of_the_option_chosen(figures: dict[str, Written], points: Fraction | str) -> None:
    assert worth(CHOICE, figures) == points


@pytest.mark.parametrize(("answer", "points"), [(1, 10), (0, 0), ("missing", "missing"), ("error", "error")])
def test_yes_gives_everything_and_no_nothing(answer: Written, points: Fraction | str) -> None:
    assert worth({"kind": "yes_no", "input": "#1", "label": "done"}, {"#1": answer}) == points


@pytest.mark.parametrize(
    ("a", "b", "points"),
    [
        (1, 3, Fraction(10, 3)),
        (3, 3, 10),
        (0, 3, 0),
        (4, 3, "error"),
        (0, 0, "error"),
        (1, 0, "error"),
        ("missing", 3, "missing"),
        (1, "not_applicable", "not_applicable"),
        ("missing", "not_applicable", "not_applicable"),
        ("missing", 0, "missing"),
        ("error", "not_applicable", "error"),
    ],
)
def test_a_part_of_its_whole(a: Written, b: Written, points: Fraction | str) -> None:
    assert worth(ratio(), {"a": a, "b": b}) == points


def test_a_ratio_of_unlike_things_is_capped_at_the_maximum() -> None:
    assert worth(ratio(part_of_whole=False), {"a": 5, "b": 3}) == 10


@pytest.mark.parametrize(("a", "points"), [(79, Fraction(79, 8)), (80, 10), (81, 10), (40, 5)])
def test_a_ratio_is_full_from_its_threshold_on(a: int, points: Fraction) -> None:
    assert worth(ratio(full_at="0.8"), {"a": a, "b": 100}) == points


def test_a_difference_below_zero_gives_no_points() -> None:
    assert worth(ratio(part_of_whole=False, over="a-b", under="c"), {"a": 1, "b": 3, "c": 4}) == 0


def test_a_difference_below_zero_is_no_part_of_a_whole() -> None:
    assert worth(ratio(over="a-b", under="c"), {"a": 1, "b": 3, "c": 4}) == "error"


@pytest.mark.parametrize(
    ("a", "points"),
    [("53", 10), ("52", 10), ("51.999999", 5), ("12", 5), ("11.999999", Fraction(5, 4)), ("0", Fraction(5, 4))],
)
def test_the_first_line_that_holds_gives_the_points(a: str, points: Fraction) -> None:
    assert worth(STEPS, {"a": a}) == points


@pytest.mark.parametrize(
    ("bound", "below", "at", "above"),
    [("at_least", 0, 10, 10), ("above", 0, 0, 10), ("at_most", 10, 10, 0), ("below", 10, 0, 0)],
)
def test_each_kind_of_bound_at_and_beside_it(bound: str, below: int, at: int, above: int) -> None:
    rule = {
        "kind": "steps",
        "of": "a/b",
        "lines": [{bound: "1/3", "share": "1", "label": "line"}],
        "otherwise": {"share": "0", "label": "otherwise"},
    }

    assert [worth(rule, {"a": a, "b": 3_000_000}) for a in (999_999, 1_000_000, 1_000_001)] == [below, at, above]


def test_steps_over_a_part_refuse_more_than_its_whole() -> None:
    rule = {**STEPS, "of": "a/b", "part_of_whole": True}

    assert worth(rule, {"a": 4, "b": 3}) == "error"


def test_a_line_may_hold_a_rule_of_its_own() -> None:
    rule = {**STEPS, "otherwise": {"rule": {"kind": "count", "of": "a", "target": "12"}, "label": "by count"}}

    assert worth(rule, {"a": 3}) == Fraction(5, 2)


@pytest.mark.parametrize(("n", "points"), [(0, 0), (1, Fraction(5, 2)), (4, 10), (5, 10)])
def test_a_count_is_full_from_its_target_on(n: int, points: Fraction) -> None:
    assert worth({"kind": "count", "of": "n", "target": "4"}, {"n": n}) == points


@pytest.mark.parametrize(("n", "points"), [(0, 0), (3, Fraction(9, 2)), (6, 9), (7, 10)])
def test_items_give_points_up_to_the_maximum(n: int, points: Fraction) -> None:
    assert worth({"kind": "per_item", "of": "n", "points": "1.5"}, {"n": n}) == points


@pytest.mark.parametrize(
    ("figures", "points"),
    [
        ({"#1": 1, "n": 1}, 7),
        ({"#1": 0, "n": 9}, 5),
        ({"#1": 1, "n": 9}, 10),
        ({"#1": 1, "n": "missing"}, "missing"),
        ({"#1": "error", "n": "missing"}, "error"),
    ],
)
def test_each_part_is_capped_on_its_own(figures: dict[str, Written], points: Fraction | str) -> None:
    assert worth(HALVES, figures) == points


@pytest.mark.parametrize(
    ("figures", "points"),
    [
        ({"days_late": 0}, 10),
        ({"days_late": 1}, 5),
        ({"days_late": 10}, 5),
        ({"days_late": 11}, Fraction(5, 2)),
        ({"days_late": 0, "done": 0}, Fraction(5, 2)),
        ({"days_late": "missing", "done": 0}, Fraction(5, 2)),
        ({"days_late": 0, "done": 1}, 10),
        ({"days_late": "missing", "done": 1}, "missing"),
        ({"days_late": "missing"}, "missing"),
        ({"days_late": 0, "done": "error"}, "error"),
        ({"days_late": 0, "done": "not_applicable"}, "not_applicable"),
        ({"days_late": "error", "done": "not_applicable"}, "error"),
    ],
)
def test_lateness(figures: dict[str, Written], points: Fraction | str) -> None:
    assert worth(LATENESS, figures) == points


@pytest.mark.parametrize(("n", "points"), [(0, 0), (1, Fraction(10, 7)), (7, 10), (8, 10)])
def test_relative_to_a_constant(n: int, points: Fraction) -> None:
    assert worth({"kind": "relative", "of": "n", "constant": "7"}, {"n": n}) == points


@pytest.mark.parametrize(("reference", "points"), [("3", Fraction(10, 3)), ("1", 10), ("1/2", 10), ("0", "error")])
def test_relative_to_a_reference_from_outside(reference: str, points: Fraction | str) -> None:
    rule = {"kind": "relative", "of": "n", "given": "asked for"}

    assert worth(rule, {"n": 1}, references={"@reference": {"reference": reference}}) == points


def test_relative_waits_for_its_reference() -> None:
    assert worth({"kind": "relative", "of": "n", "given": "asked for"}, {"n": 1}) == "waiting"


@pytest.mark.parametrize(
    ("a", "b", "points"),
    [
        (3, 7, 7),
        (7, 3, 7),
        (3, "missing", 3),
        ("not_applicable", 4, 4),
        ("missing", "not_applicable", "missing"),
        (3, "error", "error"),
    ],
)
def test_the_best_case_that_is_known_counts(a: Written, b: Written, points: Fraction | str) -> None:
    assert worth(BEST_OF, {"a": a, "b": b}) == points


@pytest.mark.parametrize(
    ("done", "a", "b", "points"),
    [
        (1, 0, 0, 9),
        (1, 0, 1, 7),
        (1, 1, 1, Fraction(15, 2)),
        (1, 100, 1, 9),
        (1, 4, 2, 6),
        (0, 1, 0, 1),
        (0, 3, 0, Fraction(3, 2)),
        (1, 0, 4, 1),
        (1, "missing", 0, "missing"),
        (1, 0, "error", "error"),
    ],
)
def test_bonuses_and_deductions_between_floor_and_ceiling(
    done: int, a: Written, b: Written, points: Fraction | str
) -> None:
    assert worth(ADJUSTED, {"#1": done, "a": a, "b": b}) == points


@pytest.mark.parametrize(
    ("a", "b", "c", "points"),
    [(1, 1, 1, 5), (2, 0, 1, Fraction(20, 3)), (0, 0, 5, 0), (0, 0, 0, "error"), (1, "missing", 1, "missing")],
)
def test_the_mean_weight_of_answers(a: Written, b: Written, c: Written, points: Fraction | str) -> None:
    assert worth(SURVEY, {"a": a, "b": b, "c": c}) == points


@pytest.mark.parametrize(
    ("entered", "points"),
    [("0", 0), ("12.86", Fraction("12.86")), ("12.861", "error"), ("missing", "missing"), ("not_applicable",) * 2],
)
def test_points_entered_against_the_maximum(entered: str, points: Fraction | str) -> None:
    assert worth({"kind": "manual"}, {"points": entered}, full="12.86") == points


def test_an_unscored_rule_gives_no_points_whatever_the_figures() -> None:
    rule = {"kind": "unscored", "rule": {"kind": "yes_no", "input": "#1", "label": "done"}}

    assert worth(rule, {"#1": 1}) == "unscored"


@pytest.mark.parametrize(
    ("of", "points"),
    [
        ("a+b", 8),
        ("a-b", 4),
        ("a*b", 10),
        ("a/b", 3),
        ("-b+a", 4),
        ("(a+b)/b-1", 3),
        ("100*b/a", 10),
        ("a/(b-c)", "error"),
    ],
)
def test_formulas(of: str, points: Fraction | str) -> None:
    figures: dict[str, Written] = {"a": 6, "b": 2, "c": 2}

    assert worth({"kind": "per_item", "of": of, "points": "1"}, figures) == points


def test_a_zero_denominator_beside_a_missing_figure_is_missing() -> None:
    assert worth({"kind": "count", "of": "a/b", "target": "1"}, {"a": "missing", "b": 0}) == "missing"


def test_a_maximum_of_zero_gives_zero_points() -> None:
    assert worth({"kind": "per_item", "of": "n", "points": "1"}, {"n": 3}, full="0") == 0
