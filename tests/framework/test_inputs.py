"""What a criterion asks for: declared and implied inputs, each tied to a fact."""

from __future__ import annotations

import pytest

from chiso.framework.inputs import asked, asked_under, every_rule, formulas, implied
from chiso.framework.loader import shared_facts
from tests.framework.samples import maturity_framework, points_framework

CHOICE = "{kind: choice, options: [{id: full, label: Đủ, share: 1}, {id: none, label: Không, share: 0}]}"


def names_and_types(rule: str, letters: str = "") -> list[tuple[str, str]]:
    framework, criterion = points_framework(rule, letters)
    return [(one.name, one.type) for one in asked(framework, criterion)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (CHOICE, [("choice", "choice")]),
        ("{kind: manual}", [("points", "points")]),
        (
            "{kind: lateness, lines: [{at_most: 0, share: 1, label: x}], otherwise: {share: 0, label: y}}",
            [("days_late", "days"), ("done", "yes_no")],
        ),
        (
            "{kind: parts, parts: [{label: x, share: 1/2, rule: {kind: yes_no, input: '#1', label: x}}, "
            "{label: y, share: 1/2, rule: {kind: yes_no, input: '#2', label: y}}]}",
            [("#1", "yes_no"), ("#2", "yes_no")],
        ),
        (
            "{kind: survey, answers: [{input: a, label: x, weight: 1}, {input: b, label: y, weight: 0}]}",
            [("a", "count"), ("b", "count")],
        ),
        ("{kind: unscored}", []),
    ],
)
def test_a_rule_asks_for_what_it_needs(rule: str, expected: list[tuple[str, str]]) -> None:
    assert names_and_types(rule) == expected


def test_declared_inputs_come_first_and_keep_their_facts() -> None:
    framework, criterion = points_framework("{kind: ratio, numerator: a, denominator: b, part_of_whole: true}", "b a")
    b, a = asked(framework, criterion)
    assert (b.name, b.fact, b.label, b.unit) == ("b", "households", shared_facts()["households"].label.vi, "household")
    assert (a.name, a.fact, a.label, a.unit) == ("a", "1.1/a", "Số hộ có Internet", "household")


def test_an_implied_input_takes_the_title_of_its_criterion() -> None:
    framework, criterion = points_framework("{kind: manual}")
    (points,) = asked(framework, criterion)
    assert (points.fact, points.label, points.unit, points.declared) == ("1.1/points", "Tiêu chí mẫu", "point", None)


def test_a_choice_brings_its_options() -> None:
    framework, criterion = points_framework(CHOICE)
    (choice,) = asked(framework, criterion)
    assert [option.id for option in choice.options] == ["full", "none"]


def test_done_is_optional_and_the_days_are_not() -> None:
    rule = "{kind: lateness, lines: [{at_most: 0, share: 1, label: x}], otherwise: {share: 0, label: y}}"
    framework, criterion = points_framework(rule)
    assert [(one.name, one.optional) for one in asked(framework, criterion)] == [("days_late", False), ("done", True)]


@pytest.mark.parametrize(
    ("rule", "letters", "expected"),
    [
        ("{kind: levels, value: share, targets: {1: 50%, 2: 60%, 3: 70%}}", "", [("value", "share", False)]),
        (
            "{kind: levels, value: share, numerator: a, denominator: b, targets: {1: 50%, 2: 60%, 3: 70%}}",
            "a b",
            [("a", "count", False), ("b", "count", False), ("value", "share", True)],
        ),
        (
            "{kind: levels, value: count, targets: {1: 1, 2: 2, 3: {printed: x, any_of: [{printed: y, at_least: 3}, "
            "{printed: z, all_of_total: true}]}}}",
            "",
            [("value", "count", False), ("total", "count", False)],
        ),
        (
            "{kind: levels, value: yes_no, targets: {1: null, 2: null, 3: {printed: Có, has: true}}}",
            "",
            [("value", "yes_no", False)],
        ),
        (
            "{kind: levels, value: children, targets: {1: null, 2: null, 3: {printed: x, children: {all_at_least: "
            "1}}}}",
            "",
            [],
        ),
    ],
)
def test_a_maturity_criterion_asks_for_its_value(
    rule: str, letters: str, expected: list[tuple[str, str, bool]]
) -> None:
    framework, criterion = maturity_framework(rule, letters)
    assert [(one.name, one.type, one.optional) for one in asked(framework, criterion)] == expected


def test_total_may_be_tied_to_a_fact() -> None:
    rule = "{kind: levels, value: count, targets: {1: 1, 2: 2, 3: {printed: x, all_of_total: true}}}"
    framework, criterion = maturity_framework(rule, "value total")
    assert [(one.name, one.fact) for one in asked(framework, criterion)] == [
        ("value", "I.1/value"),
        ("total", "civil_servants"),
    ]


NESTED = (
    "{kind: adjusted, base: {kind: best_of, cases: [{label: x, rule: {kind: count, of: n, target: 4}}, {label: y, "
    "rule: "
    "{kind: steps, of: n, unit: meeting, lines: [{at_least: 1, label: z, rule: {kind: per_item, of: n, points: 1}}], "
    "otherwise: {label: o, rule: {kind: choice, options: [{id: p, label: p, rule: {kind: manual}}]}}}}]}, "
    "bonuses: [{label: b, of: 2*n, points: 1}], deductions: [{label: d, of: 3*n, points: 1}]}"
)


def test_nested_rules_are_found_from_the_outside_in() -> None:
    _, criterion = points_framework(NESTED, "n")
    kinds = [rule.kind for rule in every_rule(criterion.effective_rule)]
    assert kinds == ["adjusted", "best_of", "count", "steps", "per_item", "choice", "manual"]


def test_formulas_and_inputs_of_nested_rules_are_found() -> None:
    _, criterion = points_framework(NESTED, "n")
    assert [str(one) for one in formulas(criterion.effective_rule)] == ["2*n", "3*n", "n", "n", "n"]
    assert [one.name for one in implied(criterion.effective_rule)] == ["choice", "points"]


def test_rules_inside_the_last_line_and_inside_what_is_unscored_are_found() -> None:
    late = "{kind: lateness, lines: [{at_most: 0, share: 1, label: x}], otherwise: {label: y, rule: {kind: manual}}}"
    _, criterion = points_framework(f"{{kind: unscored, rule: {late}}}")
    assert [rule.kind for rule in every_rule(criterion.effective_rule)] == ["unscored", "lateness", "manual"]


def test_another_rule_can_be_asked_about_without_changing_the_criterion() -> None:
    framework, criterion = points_framework("{kind: manual}")
    _, other = points_framework(CHOICE)
    assert [one.name for one in asked_under(framework, criterion, other.effective_rule)] == ["choice"]
    assert [one.name for one in asked(framework, criterion)] == ["points"]
