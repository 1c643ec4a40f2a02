"""Rows that are no figures of a unit: values from outside, and exemptions."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.scoring.entry_sample import faults, read


@pytest.mark.parametrize("pseudo", ["@best", "@lowest"])
def test_a_peers_value_from_outside_as_such(pseudo: str) -> None:
    facts, wrong = read([(pseudo, "1.3", "value", "0,95")])

    assert wrong == []
    assert facts.references == {pseudo: {"1.3/value": Fraction("0.95")}}
    assert [unit.name for unit in facts.units] == ["A", "B"]


def test_a_peers_value_from_outside_by_its_letters() -> None:
    facts, wrong = read([("@best", "1.3", "a", 95), ("@best", "", "households", 100)])

    assert wrong == []
    assert facts.references == {"@best": {"1.3/a": 95, "households": 100}}


@pytest.mark.parametrize("code", ["1.6", "1.7"])
def test_a_reference_from_outside_also_for_a_rule_inside_another(code: str) -> None:
    facts, wrong = read([("@reference", code, "reference", 7)])

    assert wrong == []
    assert facts.references == {"@reference": {f"{code}/reference": 7}}


@pytest.mark.parametrize(
    "row",
    [
        ("@best", "1.2", "a", 1),
        ("@reference", "1.2", "a", 1),
        ("@reference", "1.3", "a", 1),
        ("@best", "1.1", "choice", "head"),
        ("@lowest", "1.5.1", "points", 5),
        ("@reference", "", "households", 5),
    ],
)
def test_a_value_from_outside_that_nothing_is_compared_with(row: tuple[object, ...]) -> None:
    facts, wrong = read([row])

    assert [(fault.code, fault.data["name"]) for fault in wrong] == [("D112", row[0])]
    assert not any(facts.references.values())


@pytest.mark.parametrize(("value", "codes"), [("x", ["D123"]), ("-1", ["D124"]), ("", []), ("n/a", [])])
def test_a_value_from_outside_that_is_no_number_is_left_out(value: str, codes: list[str]) -> None:
    facts, wrong = read([("@best", "1.3", "value", value)])

    assert [fault.code for fault in wrong] == codes
    assert not any(facts.references.values())


def test_an_unknown_letter_of_a_pseudo_unit() -> None:
    assert faults(("@best", "1.3", "z", 1)) == [("D106", "row 1")]


def test_an_unknown_criterion_of_a_pseudo_unit() -> None:
    assert faults(("@best", "1.33", "value", 1)) == [("D104", "row 1")]


def test_the_same_value_from_outside_twice_is_no_fault() -> None:
    facts, wrong = read([("@best", "1.3", "value", 1), ("@best", "1.3", "value", "1,0")])

    assert wrong == []
    assert facts.references == {"@best": {"1.3/value": 1}}


def test_two_different_values_from_outside_leave_none() -> None:
    facts, wrong = read([("@best", "1.3", "value", 1), ("@best", "1.3", "value", 2), ("@best", "1.3", "value", 1)])

    assert [(fault.code, fault.place, fault.data["first"]) for fault in wrong] == [
        ("D110", "row 2", "row 1"),
        ("D110", "row 3", "row 1"),
    ]
    assert not any(facts.references.values())


@pytest.mark.parametrize("kind", ["peers_best", "full", " full "])
def test_an_exemption(kind: str) -> None:
    facts, wrong = read([("B", "1.5.1", "exempt", kind)])

    assert wrong == []
    assert facts.exemptions == {(1, "1.5.1"): kind.strip()}


def test_an_exemption_from_a_sum_holds_for_everything_below_it() -> None:
    assert read([("A", "1.5", "exempt", "full")])[0].exemptions == {(0, "1.5.1"): "full", (0, "1.5.2"): "full"}


@pytest.mark.parametrize("empty", ["", " ", None])
def test_an_empty_exemption_is_none(empty: str | None) -> None:
    facts, wrong = read([("A", "1.5.1", "exempt", empty)])

    assert (dict(facts.exemptions), wrong) == ({}, [])


def test_an_unknown_kind_of_exemption_names_those_that_exist() -> None:
    (fault,) = read([("A", "1.5.1", "exempt", "half")])[1]

    assert (fault.code, fault.data["known"]) == ("D108", "peers_best, full")


def test_an_exemption_from_an_unknown_criterion() -> None:
    assert faults(("A", "1.9", "exempt", "full")) == [("D104", "row 1")]


def test_two_different_exemptions_are_reported_and_the_first_holds() -> None:
    facts, wrong = read([("A", "1.5.1", "exempt", "full"), ("A", "1.5.1", "exempt", "peers_best")])

    assert [(fault.code, fault.place, fault.data["first"]) for fault in wrong] == [("D110", "row 2", "row 1")]
    assert facts.exemptions == {(0, "1.5.1"): "full"}
