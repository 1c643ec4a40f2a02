"""Which units of a list are assessed, and what their children have reached."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Answer, Chiso, facts_csv, unit

COMMUNE = "khung-2024-commune"
DISTRICT = "khung-2024-district"
DEPARTMENT = "an-giang-2024-department"


@pytest.fixture
def scored(chiso: Chiso, tmp_path: Path) -> Chiso:
    """Score some units of a list; each has one figure."""

    def run(name: str, listed: str, names: str = "AB", code: str = "I.1", *options: object) -> Answer:
        units = tmp_path / "units.csv"
        units.write_text(listed, "utf-8")
        letter = "points" if name == DEPARTMENT else "value"
        facts = facts_csv(tmp_path / "facts.csv", [(one, code, letter, 5) for one in names])
        return chiso("score", name, "--facts", facts, "--units", units, "--format", "json", *options)

    return run


def names(answer: Answer) -> list[str]:
    """Return the units of a result."""
    return [one["unit"] for one in answer.json["units"]]


def test_units_of_the_list_are_scored_even_without_figures(scored: Chiso) -> None:
    answer = scored(COMMUNE, "unit,kind\nA,commune\nB,commune\nC,commune\n")

    assert (answer.code, names(answer)) == (0, ["A", "B", "C"])


@pytest.mark.parametrize("kind", ["commune", "xã", "Phường", "thị trấn", "ĐẶC KHU", " cấp  xã "])
def test_kinds_may_be_written_as_offices_do(scored: Chiso, kind: str) -> None:
    answer = scored(COMMUNE, f"unit,kind\nA,{kind}\nB,{kind}\nC,huyện\n")

    assert (answer.code, names(answer)) == (0, ["A", "B"])
    assert unit(answer, "A")["kind"] == "commune"


def test_a_unit_that_is_not_listed_is_reported_with_near_misses(scored: Chiso) -> None:
    answer = scored(COMMUNE, "unit,kind\nXã A,xã\n", ["Xã B"])

    assert (answer.code, answer.faults, names(answer)) == (1, ["D102"], ["Xã A"])
    assert "Có phải bạn muốn ghi: Xã A?" in answer.err


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [("xã miền núi", "C101", "Không rõ loại đơn vị “xã miền núi”"), ("", "C103", "Chưa ghi loại đơn vị")],
)
def test_a_unit_of_unknown_kind_is_scored_and_reported(scored: Chiso, kind: str, code: str, words: str) -> None:
    answer = scored(COMMUNE, f"unit,kind\nA,xã\nB,{kind}\n")

    assert (answer.code, answer.faults, names(answer)) == (1, [code], ["A", "B"])
    assert answer.err.startswith(f"units.csv: B: {words}")


def test_rows_of_a_unit_that_this_set_does_not_assess_say_so(scored: Chiso) -> None:
    answer = scored(COMMUNE, "unit,kind\nA,xã\nB,huyện\n")

    assert (answer.code, answer.faults, names(answer)) == (1, ["C102"], ["A"])
    assert answer.err == (
        "facts.csv, dòng 3: B: I.1: Bộ chỉ số này chỉ đánh giá commune; dòng không được tính. "
        "Bỏ dòng, hoặc sửa cột kind của đơn vị. [C102]\n"
    )


def test_a_list_without_kinds_assesses_everybody(scored: Chiso) -> None:
    answer = scored(COMMUNE, "unit\nA\nB\n")

    assert (answer.code, names(answer)) == (0, ["A", "B"])


def test_kinds_are_groups_where_no_group_is_named(scored: Chiso) -> None:
    answer = scored(DEPARTMENT, "unit,kind,parent,group\nA,sở,Tỉnh,\nB,sở,Tỉnh,khối 2\nTỉnh,tỉnh,,\n", "AB", "1.1")

    assert [(one["unit"], one["parent"], one["group"], one["rank"]) for one in answer.json["units"]] == [
        ("A", "Tỉnh", "department", 1), ("B", "Tỉnh", "khối 2", 1),
    ]  # fmt: skip


def test_names_typed_on_two_machines_are_the_same(scored: Chiso) -> None:
    answer = scored(COMMUNE, unicodedata.normalize("NFD", "unit,kind\n  Xã   Hòa Bình ,xã\n"), ["Xã Hòa Bình"])

    assert (answer.code, names(answer)) == (0, ["Xã Hòa Bình"])


@pytest.mark.parametrize(
    ("listed", "code"),
    [
        ("unit,kind\nA,xã\nB,xã\nA,xã\n", "W302"),
        ("unit,kind\nA,xã\nB,xã\n,xã\n", "W301"),
        ("unit,kind,parent\nA,xã,B\nB,xã,A\n", "W304"),
        ("unit,kind,valid_from\nA,xã,2024-02-30\nB,xã,\n", "W305"),
        (f"unit,kind\nA,xã\nB,xã\n{'x' * 201},xã\n", "W309"),
    ],
)
def test_a_faulty_row_of_the_list_is_reported_and_the_others_scored(scored: Chiso, listed: str, code: str) -> None:
    answer = scored(COMMUNE, listed)

    assert (answer.code, answer.faults, names(answer)) == (1, [code], ["A", "B"])
    assert answer.err.startswith("units.csv, dòng ")


def test_a_list_that_cannot_be_used_stops_everything(chiso: Chiso, tmp_path: Path) -> None:
    facts = facts_csv(tmp_path / "facts.csv", [("A", "I.1", "value", 5)])
    answer = chiso("score", COMMUNE, "--facts", facts, "--units", tmp_path / "none.csv")

    assert (answer.code, answer.out, answer.faults) == (2, "", ["W001"])


def test_too_many_units_are_refused(scored: Chiso, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chiso.workbook.units.MAX_UNITS", 2)
    answer = scored(COMMUNE, "unit\nA\nB\nC\n")

    assert (answer.code, answer.out, answer.faults) == (2, "", ["W308"])


# -- levels of child units


@pytest.fixture
def reached(chiso: Chiso, tmp_path: Path) -> Chiso:
    """Return what a district is told of its communes."""

    def run(children: object, listed: str = "") -> Answer:
        path = tmp_path / "communes.json"
        path.write_text(children if isinstance(children, str) else json.dumps(children), "utf-8")
        facts = facts_csv(tmp_path / "facts.csv", [("A", "II.1", "value", 80)])
        options: list[object] = []
        if listed:
            (tmp_path / "units.csv").write_text(listed, "utf-8")
            options = ["--units", tmp_path / "units.csv"]
        return chiso("score", DISTRICT, "--facts", facts, "--children", path, "--format", "json", *options)

    return run


def commune(name: str, level: object, parent: str = "A") -> dict[str, Any]:
    """Return the result of a commune."""
    return {"unit": name, "parent": parent, "level": {"reached": level}}


def children_entry(answer: Answer) -> tuple[str, list[int]]:
    """Return the status of the criterion that looks at the communes, and the levels whose target is met."""
    found = unit(answer, "A")
    return found["criteria"]["I.1"]["status"], found["level"]["satisfied"]["I.1"]


def test_children_belong_to_the_parent_that_their_result_names(reached: Chiso) -> None:
    answer = reached({"units": [commune("X", 3), commune("Y", 1, "B")]})

    assert (answer.code, children_entry(answer)) == (0, ("scored", [1, 2, 3]))


def test_the_list_of_units_decides_who_belongs_to_whom(reached: Chiso) -> None:
    listed = "unit,kind,parent\nA,huyện,\nB,huyện,\nX,xã,B\nY,xã,A\n"
    answer = reached({"units": [commune("X", 3), commune("Y", 1, "B")]}, listed)

    assert (answer.code, children_entry(answer)) == (0, ("scored", [1]))


def test_a_child_without_result_leaves_its_parent_waiting(reached: Chiso) -> None:
    listed = "unit,kind,parent\nA,huyện,\nX,xã,A\nY,xã,A\n"

    assert children_entry(reached({"units": [commune("X", 3)]}, listed)) == ("waiting", [])


@pytest.mark.parametrize("level", ["3", 2.5, True, None, -1, 11, [3]])
def test_a_level_that_is_none_is_not_known(reached: Chiso, level: object) -> None:
    assert children_entry(reached({"units": [commune("X", 3), commune("Y", level)]})) == ("waiting", [])


def test_without_children_the_criterion_is_missing(reached: Chiso) -> None:
    assert children_entry(reached({"units": []})) == ("missing", [])


def test_results_of_this_program_are_read_back(chiso: Chiso, tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("unit,kind,parent\nA,huyện,\nX,xã,A\nY,xã,A\n", "utf-8")
    facts = facts_csv(tmp_path / "communes.csv", [("X", "I.1", "value", 100), ("Y", "I.1", "value", 100)])
    chiso("score", COMMUNE, "--facts", facts, "--units", units, "-o", tmp_path / "communes.json")
    own = facts_csv(tmp_path / "districts.csv", [("A", "II.1", "value", 80)])
    answer = chiso(
        "score",
        DISTRICT,
        "--facts",
        own,
        "--units",
        units,
        "--children",
        tmp_path / "communes.json",
        "--format",
        "json",
    )

    assert (answer.code, children_entry(answer)) == (0, ("scored", []))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "{}",
        "3",
        '{"units": null}',
        '{"units": [1]}',
        '{"units": [{"level": {}}]}',
        '{"units": [{"unit": "X"}]}',
        '{"units": [{"unit": "X", "level": null}]}',
        '{"units": [{"unit": "X", "level": {"reached": ' + "9" * 5000 + "}}]}",
        "[" * 100_000,
        "unit,code\nX,1\n",
    ],
)
def test_what_is_no_result_is_refused(reached: Chiso, text: str) -> None:
    answer = reached(text)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "communes.json: Tệp không phải là kết quả mức độ. Tạo tệp bằng: chiso score … --format json, "
        "hoặc lập bảng unit,level. [W312]\n"
    )


def test_a_result_that_cannot_be_opened_is_said_in_a_sentence(chiso: Chiso, tmp_path: Path) -> None:
    facts = facts_csv(tmp_path / "facts.csv", [("A", "II.1", "value", 80)])
    (tmp_path / "x.json").mkdir()
    for name, problem in (("none.json", "No such file or directory"), ("x.json", "Is a directory")):
        answer = chiso("score", DISTRICT, "--facts", facts, "--children", tmp_path / name)
        words = f"{name}: Không mở được tệp: {problem}. Kiểm tra đường dẫn và quyền đọc. [W002]\n"
        assert (answer.code, answer.err) == (2, words)


# -- recognised levels and forecasts


def forecast(answer: Answer) -> tuple[bool, str | None]:
    """Return whether a district's result is a forecast, and what is said of the criterion."""
    found = unit(answer, "A")
    return found["level"]["forecast"], found["criteria"]["I.1"]["message"]


def of(count: int, all_: int) -> str:
    return f"Dự báo: mức độ của {count} trên {all_} đơn vị cấp dưới là tự đánh giá, chưa được công nhận."


def test_levels_of_a_result_are_self_assessed(reached: Chiso) -> None:
    assert forecast(reached({"units": [commune("X", 3), commune("Y", 2)]})) == (True, of(2, 2))


def test_a_result_that_names_its_decision_is_recognised(reached: Chiso) -> None:
    answer = reached({"recognition": "12/QĐ-UBND", "units": [commune("X", 3), commune("Y", 2)]})

    assert (forecast(answer), children_entry(answer)) == ((False, None), ("scored", [1, 2, 3]))


def test_a_level_that_was_decided_goes_before_the_one_reached(reached: Chiso) -> None:
    decided = {"unit": "X", "parent": "A", "level": {"reached": 3, "recognised": 1}}
    answer = reached({"units": [decided, commune("Y", 2)]})

    assert (forecast(answer), children_entry(answer)) == ((True, of(1, 2)), ("scored", [1, 2]))


@pytest.fixture
def decided(chiso: Chiso, tmp_path: Path) -> Chiso:
    """Return what a district is told of its communes by the table of a decision."""

    def run(table: str, *options: object, command: str = "score") -> Answer:
        path = tmp_path / "decision.csv"
        path.write_text(table, "utf-8")
        facts = facts_csv(tmp_path / "facts.csv", [("A", "II.1", "value", 80)])
        (tmp_path / "units.csv").write_text("unit,kind,parent\nA,huyện,\nX,xã,A\nY,xã,A\n", "utf-8")
        told = ("--facts", facts, "--units", tmp_path / "units.csv", "--children", path)
        return chiso(command, DISTRICT, *told, *(options or ("--format", "json")))

    return run


@pytest.mark.parametrize(
    ("table", "satisfied", "said"),
    [
        ("unit,level\nX,3\nY,2\n", [1, 2, 3], (False, None)),
        ("unit,level\nX,Mức 3\nY,mức độ 2\n", [1, 2, 3], (False, None)),
        ("unit;level\nX;1.0\nY;3\n", [1, 2], (False, None)),
        ("unit,level,recognised\nX,3,có\nY,2,yes\n", [1, 2, 3], (False, None)),
        ("unit,level,recognised\nX,3,có\nY,2,không\n", [1, 2, 3], (True, of(1, 2))),
        ("unit,level,recognised\nX,3,\nY,2,\n", [1, 2, 3], (True, of(2, 2))),
        ("unit,level\nX,3\nY,0\n", [], (False, None)),
    ],
)
def test_the_table_of_a_decision(
    decided: Chiso, table: str, satisfied: list[int], said: tuple[bool, str | None]
) -> None:
    answer = decided(table)

    assert (answer.code, children_entry(answer), forecast(answer)) == (0, ("scored", satisfied), said)


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ("unit,level\nX,3\nY,ba\n", "W310"),
        ("unit,level\nX,3\nY,11\n", "W310"),
        ("unit,level\nX,3\nY,-1\n", "W310"),
        ("unit,level\nX,3\n,2\n", "W301"),
        ("unit,level\nX,3\nX,2\n", "W302"),
        (f"unit,level\nX,3\n{'x' * 201},2\n", "W309"),
    ],
)
def test_a_faulty_row_of_a_decision_is_reported_and_leaves_the_district_waiting(
    decided: Chiso, table: str, code: str
) -> None:
    answer = decided(table)

    assert (answer.code, answer.faults, children_entry(answer)) == (1, [code], ("waiting", []))
    assert answer.err.startswith("decision.csv, dòng 3: ")


def test_a_level_left_open_is_waited_for(decided: Chiso) -> None:
    answer = decided("unit,level\nX,3\nY,\n")

    assert (answer.code, children_entry(answer)) == (0, ("waiting", []))


def test_what_is_neither_yes_nor_no_is_not_recognised(decided: Chiso) -> None:
    answer = decided("unit,level,recognised\nX,3,có\nY,3,có lẽ\n")

    assert (answer.code, answer.faults, forecast(answer)) == (1, ["W311"], (True, of(1, 2)))


def test_a_table_names_the_parent_where_the_list_does_not(chiso: Chiso, tmp_path: Path) -> None:
    path = tmp_path / "decision.csv"
    path.write_text("unit,level,parent\nX,2,A\n", "utf-8")
    facts = facts_csv(tmp_path / "facts.csv", [("A", "II.1", "value", 80)])
    answer = chiso("score", DISTRICT, "--facts", facts, "--children", path, "--format", "json")

    assert children_entry(answer) == ("scored", [1, 2])


@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_forecast_says_so_in_every_form(decided: Chiso, form: str) -> None:
    table = "unit,level,recognised\nX,3,không\nY,2,không\n"

    assert "dự báo" in decided(table, "--format", form).out.casefold()
    assert "dự báo" not in decided(table.replace("không", "có"), "--format", form).out.casefold()


def test_a_forecast_says_so_in_an_explanation(decided: Chiso) -> None:
    told = decided("unit,level,recognised\nX,3,có\nY,2,không\n", "--unit", "A", "I.1", command="explain")

    assert "Dự báo: 1 trên 2 mức độ là tự đánh giá, chưa được công nhận" in told.out
    assert told.out.endswith(f"{of(1, 2)}\n")
