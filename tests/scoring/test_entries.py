"""Rows of figures become facts; each bad row is reported with its place, and the rest is kept."""

from __future__ import annotations

import unicodedata
from fractions import Fraction
from typing import Any

import pytest

from chiso.framework.inputs import Asked, asked
from chiso.framework.model import Framework
from chiso.scoring.entries import DataFault, Entry, EntryReader, find_input
from chiso.scoring.facts import EXACT_LIMIT, Facts, Origin, Unit
from chiso.scoring.score import score
from chiso.scoring.states import State
from tests.scoring.entry_sample import faults, framework, read, reader


def cell(facts: Facts, fact: str, unit: int = 0) -> Fraction | State:
    """Return one figure."""
    column = facts.column(fact)
    return column.value(unit) if column.state(unit) is State.GIVEN else column.state(unit)


def test_rows_become_facts() -> None:
    facts, wrong = read([("A", "1.2", "a", "30"), ("A", "1.2", "b", 40), ("B", "1.1", "choice", "deputy")])

    assert wrong == []
    assert [cell(facts, "1.2/a"), cell(facts, "households"), cell(facts, "1.1/choice", 1)] == [30, 40, 1]
    assert [unit.name for unit in facts.units] == ["A", "B"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("", "1.2", "a", 1), "D101"),
        (("C", "1.2", "a", 1), "D102"),
        (("@beste", "1.3", "a", 1), "D103"),
        (("A", "1.9", "a", 1), "D104"),
        (("A", "", "housholds", 1), "D105"),
        (("A", "1.2", "z", 1), "D106"),
        (("A", "1.5", "points", 1), "D107"),
        (("A", "1.2", "exempt", "best"), "D108"),
        (("A", "1.2", "a", "1" * 17), "D111"),
        (("@best", "1.2", "a", 1), "D112"),
        (("A", "1.1", "choice", "boss"), "D121"),
        (("A", "1.4", "#1", "maybe"), "D122"),
        (("A", "1.2", "a", "thirty"), "D123"),
        (("A", "1.2", "a", "-1"), "D124"),
        (("A", "1.2", "a", "1.5"), "D125"),
    ],
)
def test_each_bad_row_is_reported_with_its_place_and_the_rest_is_read(row: tuple[Any, ...], code: str) -> None:
    facts, wrong = read([("A", "1.5.1", "points", 3), row, ("B", "1.5.1", "points", 4)])

    assert [(fault.code, fault.place, fault.unit, fault.criterion) for fault in wrong] == [(code, "row 2", *row[:2])]
    assert [cell(facts, "1.5.1/points", unit) for unit in (0, 1)] == [3, 4]


@pytest.mark.parametrize(
    ("row", "near"),
    [
        (("Huyện Chư Sẻ", "1.2", "a", 1), ("Huyện Chư Sê",)),
        (("@bst", "1.3", "a", 1), ("@best",)),
        (("Huyện Chư Sê", "1.55", "a", 1), ("1.5", "1.5.2", "1.5.1")),
        (("Huyện Chư Sê", "", "housholds", 1), ("households",)),
        (("Huyện Chư Sê", "1.5.1", "point", 1), ("points",)),
        (("Huyện Chư Sê", "1.2", "exempt", "ful"), ("full",)),
        (("Huyện Chư Sê", "1.1", "choice", "depuy"), ("deputy",)),
    ],
)
def test_near_misses_are_named(row: tuple[Any, ...], near: tuple[str, ...]) -> None:
    (fault,) = read([row], ["Huyện Chư Sê"])[1]

    assert fault.near == near
    assert ", ".join(near) in fault.text("vi")
    assert "Có phải bạn muốn ghi" in fault.text("vi")
    assert "Did you mean" in fault.text("en")


def test_an_unknown_input_names_those_that_exist() -> None:
    (fault,) = read([("A", "1.2", "z", 1)])[1]

    assert (
        fault.text("en")
        == 'Criterion 1.2 has no input "z". Its inputs: a (Số hộ có máy tính); b (Tổng số hộ gia đình).'
    )
    assert (
        fault.text("vi")
        == "Tiêu chí 1.2 không có số liệu “z”. Các số liệu: a (Số hộ có máy tính); b (Tổng số hộ gia đình)."
    )


def test_a_fault_is_located_by_place_unit_and_criterion() -> None:
    (fault,) = read([("A", "1.2", "a", "-1")])[1]

    assert fault.located("en") == "row 1: A: 1.2: The number -1 is negative. Write 0 or more. [D124]"
    assert DataFault("D101", "").located("en") == "The row names no unit. Write it in the column unit. [D101]"


def test_without_a_list_of_units_every_name_is_a_unit() -> None:
    facts, wrong = read([("X", "1.2", "a", 1), ("Y", "1.2", "a", 2), ("X", "1.2", "b", 3)], None)

    assert wrong == []
    assert [unit.name for unit in facts.units] == ["X", "Y"]
    assert [cell(facts, "1.2/a", 1), cell(facts, "households", 1)] == [2, State.MISSING]


def test_units_without_rows_are_kept() -> None:
    facts, _ = read([("B", "1.2", "a", 1)])

    assert len(facts) == 2
    assert cell(facts, "1.2/a", 0) is State.MISSING


def test_a_unit_listed_twice_counts_once() -> None:
    reading = EntryReader(framework(), [Unit("A", group="x"), Unit("B"), Unit("A", group="y")])
    facts = reading.read([Entry("A", "1.2", "a", 1), Entry("B", "1.2", "a", 2)])

    assert facts.units == (Unit("A", group="x"), Unit("B"))
    assert [cell(facts, "1.2/a", unit) for unit in (0, 1)] == [1, 2]


def test_a_bad_value_is_an_error_that_says_what_is_wrong() -> None:
    facts, _ = read([("A", "1.2", "a", "thirty")])

    assert cell(facts, "1.2/a") is State.ERROR
    code, data = facts.messages[0, "1.2/a"]
    assert (code, data["value"], data["name"], data["label"]) == ("D123", "thirty", "a", "Số hộ có máy tính")


def test_the_result_of_a_bad_value_carries_its_sentence() -> None:
    facts, _ = read([("A", "1.2", "a", "thirty"), ("A", "1.2", "b", 3)])
    found = score(framework(), facts).exact(0, "1.2")

    assert (found.state, found.code) == (State.ERROR, "D123")


@pytest.mark.parametrize(("value", "state"), [("", State.MISSING), ("n/a", State.NOT_APPLICABLE)])
def test_empty_and_not_applicable_are_states(value: str, state: State) -> None:
    facts, wrong = read([("A", "1.2", "a", value)])

    assert wrong == []
    assert cell(facts, "1.2/a") is state


# -- names of inputs


@pytest.mark.parametrize("name", ["a", "A", "1.2/a", "#1", " a "])
def test_an_input_is_meant_by_letter_fact_or_position(name: str) -> None:
    inputs = asked(framework(), framework().criteria["1.2"])

    assert find_input(inputs, name) is inputs[0]


@pytest.mark.parametrize("name", ["", "#0", "#3", "#", "#" + "9" * 5000, "#-1", "1", "aa"])
def test_what_names_no_input(name: str) -> None:
    assert find_input(asked(framework(), framework().criteria["1.2"]), name) is None


def test_a_decomposed_name_is_the_same() -> None:
    one = asked(framework(), framework().criteria["1.4"])[0]

    assert find_input([one], unicodedata.normalize("NFD", "#1")) is one


def test_the_exact_name_goes_before_one_in_other_letters() -> None:
    inputs = [Asked(name, name, "", "count") for name in ("A", "a")]

    assert find_input(inputs, "a") is inputs[1]


def test_printed_positions_of_parts() -> None:
    facts, wrong = read([("A", "1.4", "#2", "có")])

    assert wrong == []
    assert cell(facts, "1.4/#2") == 1


def test_a_shared_fact_needs_no_code() -> None:
    facts, wrong = read([("A", "", "households", 40)])

    assert wrong == []
    assert cell(facts, "households") == 40


def test_the_figure_of_one_criterion_goes_by_its_full_name_too() -> None:
    facts, wrong = read([("A", "", "1.2/a", 30)])

    assert wrong == []
    assert cell(facts, "1.2/a") == 30


def test_general_information_may_be_stated_without_being_scored() -> None:
    facts, wrong = read([("A", "", "population", "45.678.901")])

    assert wrong == []
    assert cell(facts, "population") == 45_678_901


def test_general_information_is_read_by_its_type() -> None:
    assert faults(("A", "", "population", "many")) == [("D123", "row 1")]


# -- the same figure twice


def test_a_shared_fact_may_be_stated_for_each_criterion() -> None:
    facts, wrong = read([("A", "1.2", "b", 40), ("A", "1.3", "b", "40,0")])

    assert wrong == []
    assert cell(facts, "households") == 40


def test_two_inputs_of_a_criterion_may_be_the_same_fact() -> None:
    assert faults(("A", "1.7", "a", 40), ("A", "1.7", "b", 40)) == []


def test_the_same_row_twice_is_reported_and_kept() -> None:
    facts, wrong = read([("A", "1.2", "a", 30), ("A", "1.2", "#1", 30)])

    assert [(fault.code, fault.place, fault.data["first"]) for fault in wrong] == [("D109", "row 2", "row 1")]
    assert cell(facts, "1.2/a") == 30


@pytest.mark.parametrize("second", [("A", "1.2", "b", 41), ("A", "1.3", "b", 41), ("A", "", "households", "n/a")])
def test_two_values_of_one_figure_leave_none(second: tuple[Any, ...]) -> None:
    facts, wrong = read([("A", "1.2", "b", 40), second])

    assert [(fault.code, fault.place, fault.data["first"]) for fault in wrong] == [("D110", "row 2", "row 1")]
    assert cell(facts, "households") is State.ERROR
    assert facts.messages[0, "households"][0] == "D110"


def test_a_third_value_does_not_bring_back_a_disputed_figure() -> None:
    facts, wrong = read([("A", "1.2", "b", 40), ("A", "1.3", "b", 41), ("A", "", "households", 40)])

    assert [fault.code for fault in wrong] == ["D110"]
    assert cell(facts, "households") is State.ERROR


def test_an_empty_row_does_not_erase_a_figure() -> None:
    facts, wrong = read([("A", "1.2", "b", 40), ("A", "1.3", "b", ""), ("A", "1.2", "b", "")])

    assert wrong == []
    assert cell(facts, "households") == 40


def test_an_empty_row_is_not_the_first_of_two() -> None:
    _, wrong = read([("A", "1.2", "a", ""), ("A", "1.2", "a", 3), ("A", "1.2", "a", 3)])

    assert [(fault.code, fault.place, fault.data["first"]) for fault in wrong] == [("D109", "row 3", "row 2")]


@pytest.mark.parametrize("values", [(30, "x"), ("x", 30)])
def test_beside_a_value_that_cannot_be_read_no_other_is_trusted_in_either_order(values: tuple[Any, Any]) -> None:
    facts, wrong = read([("A", "1.2", "a", value) for value in values])

    assert [fault.code for fault in wrong] == ["D123"]
    assert cell(facts, "1.2/a") is State.ERROR


def test_the_same_figure_of_another_unit_is_no_duplicate() -> None:
    assert faults(("A", "1.2", "a", 30), ("B", "1.2", "a", 31)) == []


# -- origins


def test_a_figure_remembers_where_it_came_from() -> None:
    reading = reader()
    facts = reading.read([Entry("A", "1.2", "a", 30, "31/12", "Chi cục Thống kê", "ước tính", "row 9")])

    assert facts.origins[0, "1.2/a"] == Origin("Chi cục Thống kê", "31/12", "ước tính", "row 9")


def test_a_figure_without_origin_keeps_none() -> None:
    assert reader().read([Entry("A", "1.2", "a", 30)]).origins == {}


# -- digits


def test_a_figure_too_large_for_the_decimals_of_the_others_is_the_one_refused() -> None:
    reading = EntryReader(_with_decimals(framework()), [Unit(name) for name in "ABC"])
    rows = [("A", EXACT_LIMIT - 1), ("B", "5.5"), ("C", "0.25")]
    facts = reading.read([Entry(unit, "1.6", "n", value, place=f"row of {unit}") for unit, value in rows])

    assert [(fault.code, fault.place, fault.unit) for fault in reading.faults] == [("D111", "row of A", "A")]
    assert [cell(facts, "1.6/n", unit) for unit in range(3)] == [State.ERROR, Fraction(11, 2), Fraction(1, 4)]
    assert facts.messages[0, "1.6/n"] == ("D111", {"name": "1.6/n"})


@pytest.mark.parametrize("largest", [950_000_000_000_000, 4_000_000_000_000_000])
def test_decimals_without_a_common_scale_are_refused_one_by_one(largest: int) -> None:
    """Halves and fifths each fit beside a large number, tenths do not."""
    reading = EntryReader(_with_decimals(framework()), [Unit(name) for name in "ABC"])
    facts = reading.read(
        [Entry("A", "1.6", "n", largest), Entry("B", "1.6", "n", "0.5"), Entry("C", "1.6", "n", "0.2")]
    )

    assert sum(fault.code == "D111" for fault in reading.faults) == 1
    assert sum(facts.column("1.6/n").state(unit) is State.GIVEN for unit in range(3)) == 2


def _with_decimals(loaded: Framework) -> Framework:
    """Return the framework with 1.6 counting something that has decimals."""
    data = loaded.model_dump(mode="json")
    (criterion,) = [one for one in data["dimensions"][0]["criteria"] if one["code"] == "1.6"]
    criterion["inputs"][0]["type"] = "number"
    return Framework.model_validate(data)
