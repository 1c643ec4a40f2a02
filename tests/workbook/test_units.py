from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from chiso.scoring.facts import Unit
from chiso.workbook.faults import TableError
from chiso.workbook.units import read_units
from tests.workbook.example import workbook, write

HEADER = "unit,kind,parent,group,valid_from,valid_to\n"


def read(tmp_path: Path, text: str) -> tuple[list[Unit], list[tuple[str, str, str, object]]]:
    units, faults = read_units(write(tmp_path / "u.csv", text))
    return units, [(one.code, one.place, one.unit, dict(one.data)) for one in faults]


def test_units_keep_their_order_and_their_dates(tmp_path: Path) -> None:
    text = HEADER + "Tỉnh,province,,,,\nHuyện A,district,Tỉnh,miền núi,2021-01-01,30/6/2025\n"
    assert read(tmp_path, text) == (
        [
            Unit("Tỉnh", "province"),
            Unit("Huyện A", "district", "Tỉnh", "miền núi", "2021-01-01", "2025-06-30"),
        ],
        [],
    )


def test_only_the_name_is_needed(tmp_path: Path) -> None:
    assert read(tmp_path, "Unit\nHuyện A\n") == ([Unit("Huyện A")], [])


def test_a_parent_may_stand_below_its_children(tmp_path: Path) -> None:
    assert read(tmp_path, "unit,parent\nA,B\nB,\n") == ([Unit("A", parent="B"), Unit("B")], [])


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",district,,,,", ("W301", "u.csv, dòng 3", "", {})),
        ("A,district,,,,", ("W302", "u.csv, dòng 3", "", {"name": "A", "first": "u.csv, dòng 2"})),
        ("@best,,,,,", ("W307", "u.csv, dòng 3", "", {"name": "@best"})),
    ],
)
def test_a_row_that_is_no_unit_is_reported_and_left_out(tmp_path: Path, row: str, fault: object) -> None:
    assert read(tmp_path, HEADER + "A,,,,,\n" + row + "\n") == ([Unit("A")], [fault])


def test_an_unknown_parent_is_reported_with_near_misses(tmp_path: Path) -> None:
    units, faults = read_units(write(tmp_path / "u.csv", "unit,parent\nHuyện Diên Khánh,\nXã A,Huyện Diên Khanh\n"))
    assert [(one.code, one.place, one.unit, one.data, one.near) for one in faults] == [
        ("W303", "u.csv, dòng 3", "Xã A", {"name": "Huyện Diên Khanh"}, ("Huyện Diên Khánh",))
    ]
    assert units[1].parent == "Huyện Diên Khanh"


def test_a_circle_of_parents_is_reported_once_and_opened(tmp_path: Path) -> None:
    units, faults = read(tmp_path, "unit,parent\nD,A\nA,B\nB,C\nC,A\nE,E\n")
    assert faults == [
        ("W304", "u.csv, dòng 3", "A", {"chain": "A → B → C → A"}),
        ("W304", "u.csv, dòng 6", "E", {"chain": "E → E"}),
    ]
    assert [(one.name, one.parent) for one in units] == [("D", "A"), ("A", ""), ("B", ""), ("C", ""), ("E", "")]


@pytest.mark.parametrize("value", ["2024-02-30", "31/02/2024", "2024", "mai"])
def test_a_date_that_is_none_is_reported(tmp_path: Path, value: str) -> None:
    units, faults = read(tmp_path, HEADER + f"A,,,,{value},\n")
    assert faults == [("W305", "u.csv, dòng 2", "", {"value": value, "name": "valid_from"})]
    assert units == [Unit("A")]


def test_a_time_that_ends_before_it_starts_is_reported(tmp_path: Path) -> None:
    units, faults = read(tmp_path, HEADER + "A,,,,2024-02-01,2024-01-31\n")
    assert faults == [("W306", "u.csv, dòng 2", "", {"start": "2024-02-01", "end": "2024-01-31"})]
    assert units == [Unit("A")]


def test_a_single_day_is_a_time(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER + "A,,,,2024-02-01,2024-02-01\n")[1] == []


def test_units_come_from_workbooks_too(tmp_path: Path) -> None:
    path = workbook(tmp_path / "u.xlsx", [["unit", "valid_from"], ["A", dt.date(2021, 5, 1)]])
    assert read_units(path) == ([Unit("A", valid_from="2021-05-01")], [])


def test_units_come_from_json_too(tmp_path: Path) -> None:
    path = write(tmp_path / "u.json", '{"units": [{"unit": "A", "group": "g"}]}')
    assert read_units(path) == ([Unit("A", group="g")], [])


def test_a_list_without_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read(tmp_path, "name,kind\nA,district\n")
    assert (caught.value.code, caught.value.data["missing"]) == ("W030", "unit")


def test_a_misnamed_list_is_reported(tmp_path: Path) -> None:
    _, faults = read_units(write(tmp_path / "u.json", "unit\nA\n"))
    assert [one.code for one in faults] == ["W101"]
