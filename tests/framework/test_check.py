"""What a framework must satisfy beyond its shape; the refused cases are the files below ``faults/``."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.framework.check import most
from chiso.framework.faults import FrameworkError
from chiso.framework.loader import load_text
from tests.framework.samples import maturity_text, points_framework, points_text

STEPS = (
    "{kind: steps, of: n, unit: meeting, lines: [{at_least: 4, share: %s, label: x}], otherwise: {share: %s, label: y}}"
)
LATE = "{kind: lateness, lines: [{at_most: 0, share: %s, label: x}], otherwise: {share: %s, label: y}}"
PARTS = (
    "{kind: parts, parts: [{label: x, share: %s, rule: {kind: manual}}, "
    "{label: y, share: %s, rule: {kind: choice, input: '#2', options: [{id: p, label: p, share: 1/2}]}}]}"
)
ADJUSTED = (
    "{kind: adjusted, base: {kind: choice, options: [{id: x, label: x, share: 1/2}]}, ceiling: 3/4, "
    "%s: [{label: z, of: n, points: 1}]}"
)


@pytest.mark.parametrize(
    ("rule", "share"),
    [
        ("{kind: manual}", "1"),
        ("{kind: choice, options: [{id: x, label: x, share: 1/4}, {id: y, label: y, share: 1/2}]}", "1/2"),
        ("{kind: choice, options: [{id: x, label: x, share: 0}, {id: y, label: y, rule: {kind: manual}}]}", "1"),
        (STEPS % ("1/4", "0"), "1/4"),
        (STEPS % ("0", "1/3"), "1/3"),
        (LATE % ("1/4", "0"), "1/4"),
        (LATE % ("0", "1/5"), "1/5"),
        (PARTS % ("1/2", "1/2"), "3/4"),
        ("{kind: best_of, cases: [{label: x, rule: {kind: unscored}}, {label: y, rule: {kind: manual}}]}", "1"),
        (ADJUSTED % "deductions", "1/2"),
        (ADJUSTED % "bonuses", "3/4"),
        ("{kind: survey, answers: [{input: a, label: x, weight: 4/5}, {input: b, label: y, weight: 0}]}", "4/5"),
        ("{kind: unscored, rule: {kind: manual}}", "0"),
        ("{kind: per_item, of: n, points: 1}", "1"),
    ],
)
def test_the_most_a_rule_can_give_is_known(rule: str, share: str) -> None:
    letters = "n" if "of: n" in rule else ""
    _, criterion = points_framework(rule, letters)
    assert most(criterion.effective_rule) == Fraction(share)


@pytest.mark.parametrize(
    ("rule", "letters"),
    [
        ("{kind: ratio, numerator: n, denominator: b, part_of_whole: false}", "b n"),
        ("{kind: ratio, numerator: a+c, denominator: 2*b, part_of_whole: true}", "a b c"),
        ("{kind: ratio, numerator: b-a, denominator: b, part_of_whole: true}", "a b"),
        (
            "{kind: steps, of: a/b, lines: [{at_least: 1/2, share: 1, label: x}], otherwise: {share: 0, label: y}}",
            "a b",
        ),
        ("{kind: steps, of: p, lines: [{at_least: 1/2, share: 1, label: x}], otherwise: {share: 0, label: y}}", "p"),
        ("{kind: min_max, of: n/b}", "b n"),
        (PARTS % ("60%", "40%"), ""),
        (PARTS % ("60%", "80%"), ""),
    ],
)
def test_what_fits_is_let_through(rule: str, letters: str) -> None:
    framework, _ = points_framework(rule, letters)
    assert list(framework.criteria) == ["1.1"]


@pytest.mark.parametrize(
    "rule",
    [
        "{kind: levels, value: share, targets: {1: 50%, 2: Không áp dụng, 3: 100%}}",
        "{kind: levels, value: count, targets: {1: 1, 2: 2, 3: {printed: x, any_of: [{printed: y, at_least: 3}, "
        "{printed: z, all_of_total: true}]}}}",
        "{kind: levels, value: yes_no, targets: {1: null, 2: Không áp dụng, 3: {printed: Có, has: true}}}",
        "{kind: levels, value: children, targets: {1: null, 2: null, 3: {printed: x, children: {all_at_least: 1}}}}",
    ],
)
def test_targets_that_fit_what_is_reported_are_let_through(rule: str) -> None:
    assert load_text(maturity_text(rule)).is_maturity


@pytest.mark.parametrize(
    ("value", "target"),
    [
        ("share", "{printed: x, all_of_total: true}"),
        ("share", "{printed: x, children: {all_at_least: 1}}"),
        ("count", "{printed: x, has: true}"),
        ("yes_no", "{printed: x, at_least: 1}"),
        ("children", "{printed: x, has: true}"),
        ("children", "50%"),
    ],
)
def test_a_target_must_fit_what_is_reported(value: str, target: str) -> None:
    with pytest.raises(FrameworkError) as error:
        load_text(maturity_text(f"{{kind: levels, value: {value}, targets: {{1: null, 2: null, 3: {target}}}}}"))
    assert [(fault.code, fault.key) for fault in error.value.faults] == [
        ("F120", "dimensions[0].criteria[0].rule.targets.3")
    ]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (
            "pillars: [{code: K, title: {vi: x, en: x}, dimensions: ['1']}, {code: K, title: {vi: y, en: y}, "
            "dimensions: ['1']}]",
            2,
        ),
        (
            "groups: [{code: K, title: {vi: x, en: x}, dimensions: ['1']}, {code: K, title: {vi: y, en: y}, "
            "dimensions: ['1']}]",
            2,
        ),
        ("classes: [{id: k, name: {vi: x, en: x}, at_least: 1/2}, {id: k, name: {vi: y, en: y}, at_least: 0}]", 2),
    ],
)
def test_names_are_given_once(more: str, code: int) -> None:
    with pytest.raises(FrameworkError) as error:
        load_text(points_text("{kind: manual}", top=more + "\n"))
    assert [fault.code for fault in error.value.faults] == ["F101"] * code


def test_a_pillar_may_have_the_code_of_a_group() -> None:
    entry = "[{code: K, title: {vi: x, en: x}, dimensions: ['1']}]"
    framework = load_text(points_text("{kind: manual}", top=f"pillars: {entry}\ngroups: {entry}\n"))
    assert framework.pillars[0].code == framework.groups[0].code


def test_a_weighted_framework_needs_no_maximum_but_weights_of_its_pillars() -> None:
    text = points_text(
        "{kind: manual}",
        top="pillars: [{code: K, title: {vi: x, en: x}, dimensions: ['1']}]\n"
        "total: {kind: weighted_mean, weights: {K: 2}}\n",
    ).replace("max_points: 10\ndimensions", "dimensions")
    assert load_text(text).max_points is None
    with pytest.raises(FrameworkError) as error:
        load_text(text.replace("weights: {K: 2}", "weights: {'1': 2}"))
    assert [(fault.code, fault.key) for fault in error.value.faults] == [("F142", "total.weights.1")]


def test_an_unscored_dimension_needs_no_maxima() -> None:
    text = points_text("{kind: manual}")
    extra = (
        '  - {code: "2", title: Theo dõi, unscored: true, criteria: [{code: "2.1", title: x, rule: {kind: manual}}]}\n'
    )
    assert load_text(text + extra).criteria["2.1"].max_points is None


def test_children_below_the_maximum_are_no_fault_but_a_matter_for_the_linter() -> None:
    assert load_text(
        points_text("{kind: manual}")
        .replace("    max_points: 10\n", "    max_points: 10.01\n", 1)
        .replace("max_points: 10\ndim", "max_points: 10.01\ndim")
    ).max_points == Fraction("10.01")


@pytest.mark.parametrize("broken", ["fact: householdz", "label: x, unit: householdz"])
def test_an_unknown_fact_or_unit_is_reported_once_and_not_as_a_mismatch_too(broken: str) -> None:
    text = points_text("{kind: ratio, numerator: a, denominator: b, part_of_whole: true}", "a b")
    with pytest.raises(FrameworkError) as error:
        load_text(text.replace("fact: households", broken))
    assert len(error.value.faults) == 1
