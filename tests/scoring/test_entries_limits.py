"""Files that are too large, hostile or careless are read as far as it makes sense."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any
from unittest.mock import patch

import pytest

from chiso.framework.loader import load_text
from chiso.scoring import entries
from chiso.scoring.entries import Entry, EntryReader
from chiso.scoring.states import State
from tests.scoring.entry_sample import TEXT, read, reader


def limited(**limits: Any) -> Any:
    return patch.multiple(entries, **limits)


def test_a_name_that_is_too_long_is_no_unit() -> None:
    facts, wrong = read([("x" * 201, "1.2", "a", 1), ("x" * 200, "1.2", "a", 2)], None)

    assert [(fault.code, fault.place, len(fault.unit)) for fault in wrong] == [("D114", "row 1", 200)]
    assert [unit.name for unit in facts.units] == ["x" * 200]


def test_a_remark_beside_the_table_is_no_unit() -> None:
    facts, wrong = read([("Nguồn: Cục Thống kê", "", "", ""), ("A", "1.2", "a", 1)], None)

    assert [(fault.code, fault.place) for fault in wrong] == [("D115", "row 1")]
    assert [unit.name for unit in facts.units] == ["A"]


def test_only_so_many_units() -> None:
    with limited(MAX_UNITS=2):
        facts, wrong = read([(name, "1.2", "a", 1) for name in "ABCADC"], None)

    assert [(fault.code, fault.unit) for fault in wrong] == [("D113", "C"), ("D109", "A")]
    assert wrong[0].data == {"limit": 2, "rows": 3}
    assert [unit.name for unit in facts.units] == ["A", "B"]


def test_too_many_units_are_told_as_soon_as_they_come() -> None:
    told: list[tuple[int, int]] = []
    taken: list[str] = []
    reading = EntryReader(load_text(TEXT), on_limit=lambda limit: told.append((limit, len(taken))))

    def rows() -> Iterator[Entry]:
        for name in "ABCDE":
            taken.append(name)
            yield Entry(name, "1.2", "a", 1)

    with limited(MAX_UNITS=2):
        reading.read(rows())

    assert told == [(2, 3)]
    assert reading.rows_beyond == 3


def test_names_that_differ_only_in_spelling_are_reported() -> None:
    facts, wrong = read([("Hòa Bình", "1.2", "a", 1), ("HOÀ BÌNH", "1.2", "a", 2)], None)

    (fault,) = wrong
    assert (fault.code, fault.place, fault.unit, fault.data["first"], fault.data["place"]) == (
        "D116",
        "row 2",
        "HOÀ BÌNH",
        "Hòa Bình",
        "row 1",
    )
    assert len(facts) == 2


def test_with_a_list_of_units_spelling_is_settled() -> None:
    assert read([("Hòa Bình", "1.2", "a", 1), ("HOÀ BÌNH", "1.2", "a", 2)], ["Hòa Bình", "HOÀ BÌNH"])[1] == []


def test_only_so_many_faults_are_listed_and_the_others_counted() -> None:
    with limited(MAX_FAULTS=2):
        _, wrong = read([("A", "1.2", "a", "x")] + [("A", "9.9", "a", 1)] * 4)

    assert [fault.code for fault in wrong] == ["D123", "D104", "D199"]
    assert wrong[-1].text("en") == "There are 3 more faults. Mend those above and run again."


def test_misread_values_are_counted_too() -> None:
    with limited(MAX_FAULTS=1):
        facts, wrong = read([("A", "1.2", "a", "x"), ("B", "1.2", "a", "y")])

    assert [fault.code for fault in wrong] == ["D123", "D199"]
    assert [facts.column("1.2/a").state(unit) for unit in (0, 1)] == [State.ERROR, State.ERROR]
    assert list(facts.messages) == [(0, "1.2/a")]


def test_near_misses_cost_only_so_much() -> None:
    with limited(_MAX_COMPARISONS=1):
        _, wrong = read([("AA", "1.2", "a", 1), ("AB", "1.2", "a", 1), ("AA", "1.2", "a", 1)], ["A", "B"])

    assert [fault.near for fault in wrong] == [("A",), (), ("A",)]


def test_a_monstrous_name_is_not_compared_and_quoted_shortened() -> None:
    (fault,) = read([("A", "1" * 100_000, "a", 1)])[1]

    assert (fault.code, fault.near, len(fault.criterion), len(fault.data["name"])) == ("D104", (), 200, 200)
    assert fault.data["name"].endswith("…")


def test_values_that_repeat_are_read_alike() -> None:
    with limited(_MAX_KNOWN=1):
        facts, wrong = read(
            [("A", "1.2", "a", "1,5"), ("B", "1.2", "a", "1,5"), ("A", "1.2", "b", "7"), ("B", "1.2", "b", "7")]
        )

    assert [(fault.code, fault.unit) for fault in wrong] == [("D125", "A"), ("D125", "B")]
    assert [facts.column("households").value(unit) for unit in (0, 1)] == [7, 7]


def test_a_value_means_what_its_own_input_asks_for() -> None:
    """A choice and a number may be written alike."""
    facts, wrong = read([("A", "1.1", "choice", "1"), ("A", "1.2", "a", "1"), ("A", "1.5.1", "points", "1")])

    assert wrong == []
    assert [facts.column(fact).value(0) for fact in ("1.1/choice", "1.2/a", "1.5.1/points")] == [0, 1, 1]


@pytest.mark.parametrize("values", [("0.001", "1" + "0" * 15), ("1" + "0" * 15, "0.001")])
def test_a_row_too_many_digits_apart_is_reported_where_it_stands(values: tuple[str, str]) -> None:
    reading = reader()
    facts = reading.read(
        [Entry(unit, "1.5.1", "points", value, place=f"row {unit}") for unit, value in zip("AB", values, strict=True)]
    )

    (fault,) = reading.faults
    assert (fault.code, fault.place) == ("D111", f"row {fault.unit}")
    kept = [
        facts.column("1.5.1/points").value(unit)
        for unit in (0, 1)
        if facts.column("1.5.1/points").state(unit) is State.GIVEN
    ]
    assert len(kept) == 1
    assert kept[0] in (Fraction(1, 1000), 10**15)
