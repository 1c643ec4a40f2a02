"""Why a number is what it is: inputs with their origin, each step in both languages, result."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.framework.model import Framework
from chiso.phrases import LANGUAGES
from chiso.scoring.exact import Step
from chiso.scoring.facts import Facts
from chiso.scoring.score import Scores, score
from chiso.scoring.trace import Trace, explain
from tests.scoring.agreement import scored
from tests.scoring.frameworks import Data, criterion_of, framework_of, frameworks, levels_of
from tests.scoring.tables import random_table
from tests.scoring.worth import CHOICE, PARTS, Written, facts, manual, traced


def texts(trace: Trace, lang: str = "en") -> list[str]:
    """Return the steps in words."""
    return [trace.step_text(one, lang) for one in trace.steps]


RATIO: Data = {"kind": "ratio", "numerator": "a", "denominator": "b+c", "full_at": "0.8", "part_of_whole": True}
STEPS: Data = {
    "kind": "steps",
    "of": "100*a/b",
    "lines": [{"above": "50", "share": "1", "label": "more"}, {"at_least": "20", "share": "1/3", "label": "some"}],
    "otherwise": {"share": "0", "label": "few"},
}
LATENESS: Data = {
    "kind": "lateness",
    "lines": [{"at_most": "5", "share": "1/2", "label": "5 days"}],
    "otherwise": {"share": "0", "label": "later"},
}


@pytest.mark.parametrize(
    ("rule", "row", "steps"),
    [
        (
            RATIO,
            {"a": 1, "b": 2, "c": 1},
            ["a/(b+c) = 1 / 3 = 1/3 ≈ 0.333333", "1/3 ≈ 0.333333 ÷ 0.8 × 10 = 25/6 ≈ 4.166667"],
        ),
        (
            RATIO,
            {"a": 9, "b": 8, "c": 2},
            ["a/(b+c) = 9 / 10 = 0.9", "0.9 counts as at most 0.8", "0.8 ÷ 0.8 × 10 = 10"],
        ),
        (
            {**RATIO, "full_at": "1", "part_of_whole": False},
            {"a": 3, "b": 4, "c": 0},
            ["a/(b+c) = 3 / 4 = 0.75", "0.75 × 10 = 7.5"],
        ),
        (
            STEPS,
            {"a": 1, "b": 5},
            ["100*a/b = 100 / 5 = 20", "100*a/b = 20 ≥ 20: this line holds", "33.3333 % × 10 = 10/3 ≈ 3.333333 points"],
        ),
        (
            STEPS,
            {"a": 3, "b": 5},
            ["100*a/b = 300 / 5 = 60", "100*a/b = 60 > 50: this line holds", "100 % × 10 = 10 points"],
        ),
        (
            STEPS,
            {"a": 0, "b": 5},
            ["100*a/b = 0 / 5 = 0", "100*a/b = 0: no line above holds, the last one does", "0 % × 10 = 0 points"],
        ),
        (LATENESS, {"days_late": 5}, ["“1.1” = 5 ≤ 5: this line holds", "50 % × 10 = 5 points"]),
        (LATENESS, {"done": 0}, ["Answered no (“1.1”): the last line holds", "0 % × 10 = 0 points"]),
        (
            PARTS,
            {"#1": 1, "n": 2},
            [
                "Chosen: Ban hành: yes",
                "100 % × 5 = 5 points",
                "2 ÷ 3 × 5 = 10/3 ≈ 3.333333",
                "Sum of the parts: 5 + 10/3 ≈ 3.333333 = 25/3 ≈ 8.333333",
            ],
        ),
        (CHOICE, {"choice": 0}, ["Chosen: Người đứng đầu", "100 % × 10 = 10 points"]),
        ({"kind": "per_item", "of": "n", "points": "4"}, {"n": 3}, ["3 × 4 = 12", "12 counts as at most 10"]),
        (
            {"kind": "count", "of": "a-b", "target": "4"},
            {"a": 1, "b": 3},
            ["-2 is kept within the bounds: 0", "0 ÷ 4 × 10 = 0"],
        ),
        (
            {"kind": "best_of", "cases": [{"label": "", "rule": CHOICE}, {"label": "", "rule": {"kind": "manual"}}]},
            {"choice": 1, "points": 4},
            ["Chosen: Không có", "0 % × 10 = 0 points", "The best of 2 cases: 4"],
        ),
        ({"kind": "manual"}, {"points": 4}, []),
    ],
)
def test_each_step_of_a_calculation(rule: Data, row: dict[str, Written], steps: list[str]) -> None:
    assert texts(traced(rule, row)) == steps


def test_steps_in_vietnamese() -> None:
    assert texts(traced(RATIO, {"a": 1234, "b": 2468, "c": 0}), "vi") == [
        "a/(b+c) = 1.234 / 2.468 = 0,5",
        "0,5 ÷ 0,8 × 10 = 6,25",
    ]


def test_steps_of_a_comparison_with_peers() -> None:
    rows: list[dict[str, Written]] = [{"n": 3}, {"n": 1}, {"n": 9}]

    assert texts(traced({"kind": "min_max", "of": "n"}, *rows)) == [
        "(“n” − lowest) / (highest − lowest) = (3 − 1) / (9 − 1) = 0.25, among 3 units",
        "0.25 × 10 = 2.5",
    ]
    assert texts(traced({"kind": "share_of_best", "of": "n"}, *rows)) == [
        "“n” / highest = 3 / 9 = 1/3 ≈ 0.333333",
        "1/3 ≈ 0.333333 × 10 = 10/3 ≈ 3.333333",
    ]


def test_steps_with_a_reference() -> None:
    told = facts([{"1.1/n": 3}], references={"@reference": {"1.1/reference": Fraction(4)}})

    assert texts(traced({"kind": "relative", "of": "n", "given": "asked for"}, told=told)) == [
        "Reference value: 4",
        "“n” / reference value = 3 / 4 = 0.75",
        "0.75 × 10 = 7.5",
    ]


def test_steps_of_rounding() -> None:
    trace = traced({"kind": "manual"}, {"points": "2.345"}, policies={"rounding": {"decimals": 2, "at": "criterion"}})

    assert texts(trace) == ["2.345 rounded to 2 places: 2.35"]
    assert trace.result.value == Fraction("2.35")


def test_points_that_need_no_rounding_have_no_such_step() -> None:
    policies = {"rounding": {"decimals": 2, "at": "criterion"}}

    assert texts(traced({"kind": "manual"}, {"points": "2.34"}, policies=policies)) == []


def test_steps_of_a_maximum_granted() -> None:
    trace = traced({"kind": "manual"}, {"points": "not_applicable"}, policies={"not_applicable": "full"})

    assert texts(trace) == ["Not applicable: the maximum of 10 is given"]


@pytest.mark.parametrize(
    ("kind", "policy", "steps"),
    [
        ("full", "grant", ["Exempt: the maximum of 10 is given"]),
        ("peers_best", "grant", ["Exempt: the highest points among the others of the group, 7"]),
        ("full", "leave_out", ["Exempt: left out, the denominator is smaller"]),
    ],
)
def test_steps_of_an_exemption(kind: str, policy: str, steps: list[str]) -> None:
    told = facts([{}, {"1.1/points": 7}], exemptions={(0, "1.1"): kind})

    assert texts(traced({"kind": "manual"}, told=told, policies={"exemption": policy})) == steps


def test_steps_of_a_sum() -> None:
    inner: Data = {"code": "1.1.2", "title": "", "max_points": "5", "criteria": [manual("1.1.2.1", "5")]}
    parent: Data = {"code": "1.1", "title": "", "max_points": "10", "criteria": [manual("1.1.1", "5"), inner]}
    scores = score(framework_of(parent), facts([{"1.1.1/points": 2, "1.1.2.1/points": "0.5"}]))

    trace = explain(scores, 0, "1.1")
    assert texts(trace) == ["1.1.1: 2 points", "1.1.2: 0.5 points", "Sum of the sub-criteria: 2.5"]
    assert (trace.result.value, trace.supplied) == (Fraction("2.5"), ())


MATURITY: Data = {
    "kind": "levels",
    "value": "share",
    "numerator": "num",
    "denominator": "den",
    "targets": {"1": "Không áp dụng", "2": "40%", "3": "60%"},
}


def levels(rule: Data, told: Facts) -> Trace:
    framework = framework_of(criterion_of("I.1", rule), max_points=None, levels=levels_of(1, 2, 3))
    return explain(score(framework, told), 0, "I.1")


def test_steps_of_a_level() -> None:
    trace = levels(MATURITY, facts([{"I.1/num": 1, "I.1/den": 2}]))

    assert texts(trace) == [
        "“num” / “den” = 1 / 2 = 0.5",
        "Value: 50 %",
        "Level 2 (40%): met",
        "Level 3 (60%): not met",
    ]
    assert trace.levels == (2,)


def test_steps_of_a_level_in_vietnamese() -> None:
    assert texts(levels(MATURITY, facts([{"I.1/value": "0.5"}])), "vi") == [
        "Giá trị: 50 %",
        "Mức 2 (40%): đạt",
        "Mức 3 (60%): chưa đạt",
    ]


def test_steps_of_an_answer() -> None:
    rule: Data = {"kind": "levels", "value": "yes_no", "targets": {"3": {"printed": "Có", "has": True}}}

    assert texts(levels(rule, facts([{"I.1/value": 1}]))) == ["Value: yes", "Level 3 (Có): met"]


def test_steps_of_communes() -> None:
    target = {"printed": "50 % xã", "children": {"all_at_least": 1, "share": "50%", "at_least": 2}}
    trace = levels(
        {"kind": "levels", "value": "children", "targets": {"2": target}}, facts([{}], children={0: (1, 2, 3)})
    )

    assert texts(trace) == [
        "3 child units: 3 at level 1 or above (100 %)",
        "3 child units: 2 at level 2 or above (66.6667 %)",
        "Level 2 (50 % xã): met",
    ]


def test_a_level_that_hangs_on_a_missing_total_is_not_decided() -> None:
    rule: Data = {"kind": "levels", "value": "count", "targets": {"3": {"printed": "100%", "all_of_total": True}}}

    assert texts(levels(rule, facts([{"I.1/value": 2}])))[-1] == "Level 3 (100%): not decided yet"


# -- always


def holds(step: Step) -> bool:
    """Tell whether the arithmetic that a step states is right."""
    data = step.data
    if step.code == "T110":
        return bool(data["left"] / data["right"] == data["value"])
    if step.code == "T111":
        return bool(data["value"] * data["factor"] == data["result"])
    if step.code == "T122":
        return bool(data["value"] * data["factor"] / data["top"] == data["result"])
    if step.code == "T123":
        return bool(data["share"] * data["full"] == data["result"])
    if step.code == "T124":
        return bool(sum(data["parts"]) == data["result"])
    return step.code != "T112" or bool(data["value"] > data["top"])


@given(framework=frameworks(), seed=st.integers(0, 2**32), units=st.integers(1, 4))
def test_every_step_is_right_and_has_words_in_both_languages(framework: Framework, seed: int, units: int) -> None:
    scores: Scores = scored(framework, random_table(framework, Random(seed), units), few=0)
    for code in scores.plan.rows:
        for unit in range(units):
            trace = explain(scores, unit, code)
            value = scores.exact(unit, code)
            assert (trace.result.state, trace.result.value) == (value.state, value.value)
            assert all(holds(step) for step in trace.steps)
            for lang in LANGUAGES:
                assert all(texts(trace, lang))
                assert bool(trace.as_dict(lang)["message"]) or trace.result.known
