"""Which values a framework takes from outside."""

from __future__ import annotations

from chiso.framework.loader import load
from chiso.scoring.outside import outside_values


def told(name: str, **readings: str) -> list[tuple[str, str, str]]:
    return [(one.unit, one.fact, one.formula) for one in outside_values(load(name, readings=readings))]


def test_criteria_that_compare_units_take_the_best_and_the_lowest_of_others() -> None:
    found = told("gia-lai-2023-province")

    assert [one for one in found if one[1] == "4.5/value"] == [
        ("@best", "4.5/value", "(a+b+c+d)/(e+f)"), ("@lowest", "4.5/value", "(a+b+c+d)/(e+f)"),
    ]  # fmt: skip
    # A share of the best asks for no lowest value.
    assert [one[0] for one in found if one[1] == "7.10/value"] == ["@best"]


def test_another_reading_asks_for_other_values() -> None:
    assert [one[0] for one in told("gia-lai-2023-province", A2="share_of_best_for_all") if one[1] == "4.5/value"] == [
        "@best"
    ]


def test_a_framework_that_compares_nobody_takes_nothing() -> None:
    assert told("khung-2024-commune") == []
