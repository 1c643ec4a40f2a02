"""Readings of unclear clauses: settings that change rules and policies, checked before anyone chooses them."""

from __future__ import annotations

import itertools

import pytest

from chiso.framework.detail import SUFFIX
from chiso.framework.faults import Fault, FrameworkError
from chiso.framework.inputs import asked
from chiso.framework.loader import bundled, load, load_text
from chiso.framework.rules import Manual, Ratio
from tests.framework.samples import LETTERS, points_text

RATIO = "{kind: ratio, numerator: a, denominator: b, part_of_whole: true}"


def reading(rules: str = "{}", policies: str = "{}") -> str:
    return f"""\
readings:
  - id: A3
    clause: Dòng 1.1
    question: {{vi: Tính thế nào?, en: How?}}
    default: written
    options:
      written: {{label: {{vi: Như in, en: As printed}}}}
      other:
        label: {{vi: Khác, en: Another}}
        rules: {rules}
        policies: {policies}
"""


def text(rules: str = "{}", policies: str = "{}", rule: str = RATIO, letters: str = "a b", top: str = "") -> str:
    return points_text(rule, letters, top=top + reading(rules, policies))


def only_fault(written: str, chosen: dict[str, str] | None = None) -> Fault:
    with pytest.raises(FrameworkError) as error:
        load_text(written, readings=chosen)
    (fault,) = error.value.faults
    return fault


def test_the_file_itself_is_written_by_the_default() -> None:
    framework = load_text(text('{"1.1": {kind: manual}}'))
    assert isinstance(framework.criteria["1.1"].rule, Ratio)
    assert framework.chosen_readings == {}


def test_a_chosen_reading_replaces_the_rule_and_is_remembered() -> None:
    framework = load_text(text('{"1.1": {kind: manual}}'), readings={"A3": "other"})
    assert isinstance(framework.criteria["1.1"].rule, Manual)
    assert framework.chosen_readings == {"A3": "other"}


def test_a_chosen_reading_changes_what_is_asked() -> None:
    framework = load_text(text('{"1.1": {kind: manual}}'), readings={"A3": "other"})
    assert [one.name for one in asked(framework, framework.criteria["1.1"])] == ["a", "b", "points"]


def test_choosing_the_default_changes_no_rule() -> None:
    written = text('{"1.1": {kind: manual}}')
    framework = load_text(written, readings={"A3": "written"})
    assert framework.dimensions == load_text(written).dimensions
    assert framework.chosen_readings == {"A3": "written"}


def test_the_hash_is_that_of_the_file_whatever_is_chosen() -> None:
    written = text('{"1.1": {kind: manual}}')
    assert load_text(written, readings={"A3": "other"}).hash == load_text(written).hash


def test_a_chosen_policy_replaces_only_what_it_states() -> None:
    written = text(
        policies="{rounding: {at: criterion}, levels: cumulative}", top="policies: {rounding: {decimals: 3}}\n"
    )
    policies = load_text(written, readings={"A3": "other"}).policies
    assert (policies.rounding.decimals, policies.rounding.at, policies.levels) == (3, "criterion", "cumulative")
    assert load_text(written).policies.rounding.at == "total"


def test_a_chosen_policy_needs_no_policies_in_the_file() -> None:
    assert (
        load_text(text(policies="{ranking: {ties: dense}}"), readings={"A3": "other"}).policies.ranking.ties == "dense"
    )


def test_an_unknown_reading_has_near_misses() -> None:
    fault = only_fault(text(), {"A33": "other"})
    assert (fault.code, fault.key, fault.near) == ("F013", "A33", ("A3",))


def test_an_unknown_option_lists_the_options() -> None:
    fault = only_fault(text(), {"A3": "others"})
    assert (fault.code, fault.near, fault.data["known"]) == ("F014", ("other",), ["written", "other"])


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ('{"1.1": {kind: ratio, numerator: a, denominator: z, part_of_whole: true}}', "F125"),
        ('{"1.1": {kind: ratio, numerator: a, denominator: n, part_of_whole: true}}', "F132"),
        (
            '{"1.1": {kind: survey, answers: [{input: a, label: x, weight: 2}, {input: b, label: y, weight: 0}]}}',
            "F055",
        ),
        ('{"1.2": {kind: manual}}', "F141"),
    ],
)
def test_the_rule_of_an_option_is_checked_before_it_is_chosen(rules: str, code: str) -> None:
    rule = (
        "{kind: parts, parts: [{label: x, share: 1/2, rule: "
        + RATIO
        + "}, {label: y, share: 1/2, rule: {kind: count, of: n, target: 4}}]}"
    )
    assert only_fault(text(rules, rule=rule, letters="a b n")).code == code


@pytest.mark.parametrize(("policies", "code"), [("{roundings: {at: total}}", "F021"), ("{levels: all}", "F023")])
def test_the_policies_of_an_option_are_checked_before_it_is_chosen(policies: str, code: str) -> None:
    assert only_fault(text(policies=policies)).code == code


def test_an_input_may_serve_an_option_alone() -> None:
    rules = '{"1.1": {kind: ratio, numerator: c, denominator: b, part_of_whole: true}}'
    framework = load_text(text(rules, letters="a b c"))
    assert [one.name for one in asked(framework, framework.criteria["1.1"])] == list("abc")
    assert LETTERS["c"].startswith("{name: c")


def choices() -> list[tuple[str, str, str]]:
    return [(name, one.id, option) for name in bundled() for one in load(name).readings for option in one.options]


@pytest.mark.parametrize(("name", "reading_id", "option"), choices())
def test_every_option_of_the_bundled_frameworks_can_be_chosen(name: str, reading_id: str, option: str) -> None:
    framework, default = load(name, {reading_id: option}), load(name)
    printed = [code for code in framework.criteria if not code.endswith(SUFFIX)]
    assert printed == list(default.criteria)
    is_default = next(one for one in default.readings if one.id == reading_id).default == option
    assert not is_default or framework.dimensions == default.dimensions


@pytest.mark.parametrize("name", bundled())
def test_all_other_options_can_be_chosen_together(name: str) -> None:
    others = {
        one.id: next(itertools.chain((key for key in one.options if key != one.default), [one.default]))
        for one in load(name).readings
    }
    assert load(name, others).chosen_readings == others


@pytest.mark.parametrize("name", [name for name in bundled() if not load(name).is_maturity])
def test_a_tie_and_nothing_to_count_can_be_read_otherwise_in_every_set_of_points(name: str) -> None:
    declared = load(name, {"A17": "by_dimensions"}).policies.ranking.tie_break
    assert declared == [one.code for one in load(name).dimensions if not one.unscored]
    assert load(name, {"A12": "full"}).policies.not_applicable == "full"
    left_out = load(name, {"A12": "leave_out"}).policies
    assert (left_out.not_applicable, left_out.ranking.by) == ("leave_out", "share")
