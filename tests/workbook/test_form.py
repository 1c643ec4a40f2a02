"""Forms that are written, filled in with another program, and read back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from chiso.framework.inputs import asked, decided
from chiso.framework.loader import bundled, load, load_text
from chiso.framework.model import Framework
from chiso.scoring.entries import Entry, EntryReader
from chiso.scoring.score import score
from chiso.workbook.entries import read_entries
from chiso.workbook.faults import TableError
from chiso.workbook.form_map import FormMap, MapDamaged
from chiso.workbook.template import write_template
from tests.workbook.example import FRAMEWORK, framework, parts_of, zipped


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    path = tmp_path / "form.xlsx"
    write_template(framework(), path)
    return path


def form_map(book: openpyxl.Workbook) -> FormMap:
    return FormMap.read(book["_chiso"].iter_rows(values_only=True))


def cell_at(sheet: Worksheet, cell: tuple[int, int], offset: int = 0) -> Any:
    return sheet.cell(cell[0] + 1, cell[1] + 1 + offset)


def row_of(sheet: Worksheet, code: str, label: str) -> int:
    """Find the row of a figure as a person does: below its criterion, by its words."""
    found = False
    for row in sheet.iter_rows(min_col=1, max_col=2):
        found = found or row[0].value == code
        if found and row[1].value == label:
            return int(row[1].row)
    raise AssertionError(f"{code}: no row {label!r}")


def fill(path: Path, changes: dict[tuple[str, str], Any]) -> Path:
    book = openpyxl.load_workbook(path)
    for (sheet, cell), value in changes.items():
        book[sheet][cell] = value
    book.save(path)
    return path


def read(path: Path, of: Framework | None = None) -> tuple[list[Entry], list[tuple[str, str, str, object]]]:
    entries, faults = read_entries(path, of or framework())
    return entries, [(one.code, one.place, one.unit, dict(one.data)) for one in faults]


GENERAL, FIRST, SECOND = "Thông tin chung", "Nhận thức số", "Hạ tầng số dữ liệu mở rất rất"


def test_a_filled_form_gives_its_figures_with_source_day_and_note(blank: Path) -> None:
    general = openpyxl.load_workbook(blank)[GENERAL]
    assert [(row[1].value, row[2].value or None) for row in general.iter_rows(min_row=4, max_row=9)] == [
        ("Tên địa phương", None),
        ("Số hộ", "hộ"),
        ("Số dân", "người"),
        ("Người liên hệ\nThông tin cá nhân, không công bố.", None),
        (None, None),
        ("Số màn hình", "máy trạm"),
    ]
    first = openpyxl.load_workbook(blank)[FIRST]
    machines = row_of(first, "1.2", "Số hộ có máy tính")
    head = row_of(first, "1.1", "Người đứng đầu là trưởng ban")
    fill(
        blank,
        {
            (GENERAL, "D4"): "Huyện  Diên Khánh",
            (GENERAL, "D5"): 12040,
            (GENERAL, "E5"): "Niên giám",
            (GENERAL, "F5"): "31/12/2023",
            (GENERAL, "G5"): "số chính thức",
            (GENERAL, "D6"): 130000,
            (GENERAL, "D7"): "Nguyễn Văn A",
            (GENERAL, "D9"): "n/a",
            (FIRST, f"D{machines}"): 9030,
            (FIRST, f"D{head}"): "Trưởng ban, là người đứng đầu",
        },
    )
    unit, place = "Huyện Diên Khánh", f"form.xlsx: {GENERAL}!"
    assert read(blank) == (
        [
            Entry(
                unit, "", "households", 12040, "31/12/2023", "Niên giám", "số chính thức", f"form.xlsx: {GENERAL}!D5"
            ),
            Entry(unit, "", "population", 130000, place=f"{place}D6"),
            Entry(unit, "", "screens", "n/a", place=f"{place}D9"),
            Entry(unit, "1.1", "choice", "Trưởng ban, là người đứng đầu", place=f"form.xlsx: {FIRST}!D{head}"),
            Entry(unit, "1.2", "a", 9030, place=f"form.xlsx: {FIRST}!D{machines}"),
        ],
        [],
    )


def test_the_points_of_a_filled_form_are_those_of_the_decision(blank: Path) -> None:
    first = openpyxl.load_workbook(blank)[FIRST]
    machines = row_of(first, "1.2", "Số hộ có máy tính")
    fill(blank, {(GENERAL, "D4"): "A", (GENERAL, "D5"): 12, (FIRST, f"D{machines}"): 9})
    reader = EntryReader(framework())
    scores = score(reader.framework, reader.read(read(blank)[0]))
    assert reader.faults == []
    assert scores.exact(0, "1.2").value == 15


def test_a_form_without_the_name_of_its_unit_is_reported(blank: Path) -> None:
    fill(blank, {(GENERAL, "D5"): 12040})
    assert read(blank) == ([], [("W203", "form.xlsx", "", {"cell": f"{GENERAL}!D4"})])


def test_a_form_without_figures_keeps_its_unit(blank: Path) -> None:
    fill(blank, {(GENERAL, "D4"): "Huyện A"})
    entries, faults = read(blank)
    assert faults == [("W206", "form.xlsx", "Huyện A", {})]
    assert [(one.unit, one.value) for one in entries] == [("Huyện A", None)]
    assert [unit.name for unit in EntryReader(framework()).read(entries).units] == ["Huyện A"]


def test_bad_cells_are_reported_by_sheet_and_cell(blank: Path) -> None:
    first = openpyxl.load_workbook(blank)[FIRST]
    machines = row_of(first, "1.2", "Số hộ có máy tính")
    fill(blank, {(GENERAL, "D4"): "A", (FIRST, f"D{machines}"): "chín nghìn", (GENERAL, "D5"): "=1+1"})
    entries, faults = read(blank)
    assert faults == [("W111", f"form.xlsx: {GENERAL}!D5", "", {})]
    reader = EntryReader(framework())
    reader.read(entries)
    assert [(one.code, one.place, one.criterion) for one in reader.faults] == [
        ("D123", f"form.xlsx: {FIRST}!D{machines}", "1.2")
    ]


def test_a_percentage_typed_with_its_sign_is_read_as_seen(tmp_path: Path) -> None:
    of = load("khung-2024-commune")
    write_template(of, tmp_path / "f.xlsx", ["Xã A"])
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    cell = next(one for one in form_map(book).asked if (one.code, one.input) == ("I.1", "value"))
    target = cell_at(book[cell.sheet], cell.cell)
    target.value, target.number_format = 0.5, "0%"
    book.save(tmp_path / "f.xlsx")
    reader = EntryReader(of)
    facts = reader.read(read(tmp_path / "f.xlsx", of)[0])
    assert reader.faults == []
    assert facts.column("I.1/value").value(0) * 100 == 50


def test_a_renamed_sheet_is_reported_and_the_others_read(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    book[GENERAL]["D4"], book[GENERAL]["D5"] = "A", 7
    book[FIRST].title = "Nhận thức sô"
    book.save(blank)
    entries, faults = read_entries(blank, framework())
    assert [(one.code, one.data, one.near) for one in faults] == [("W204", {"sheet": FIRST}, ("Nhận thức sô",))]
    assert [one.value for one in entries] == [7]


@pytest.mark.parametrize("change", ["insert_rows", "delete_rows", "insert_cols", "delete_cols"])
def test_a_sheet_whose_rows_or_columns_have_moved_is_reported_and_not_read(blank: Path, change: str) -> None:
    book = openpyxl.load_workbook(blank)
    one = next(one for one in form_map(book).asked if one.code == "1.2")
    sheet = book[one.sheet]
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    cell_at(sheet, one.cell).value = 40
    getattr(sheet, change)(one.cell[0] + 1 if change.endswith("rows") else 2)
    book.save(blank)
    entries, faults = read(blank)
    assert "W207" in [fault[0] for fault in faults]
    assert not [entry for entry in entries if entry.code == "1.2" and entry.value is not None]


def test_a_form_without_its_first_sheet_names_no_unit(blank: Path) -> None:
    book = openpyxl.load_workbook(blank)
    del book[GENERAL]
    book.save(blank)
    entries, faults = read(blank)
    assert (entries, [one[0] for one in faults]) == ([], ["W204"])


def test_a_form_of_another_framework_is_refused(blank: Path) -> None:
    with pytest.raises(TableError) as caught:
        read(blank, load("yen-dinh-2023-district"))
    assert (caught.value.code, caught.value.data) == (
        "W201",
        {"found": "example-district", "wanted": "yen-dinh-2023-district"},
    )


def test_a_form_of_another_version_is_read_and_reported(blank: Path) -> None:
    fill(blank, {(GENERAL, "D4"): "A", (GENERAL, "D5"): 7})
    newer = load_text(FRAMEWORK.replace('version: "1.0"', 'version: "1.1"'))
    entries, faults = read(blank, newer)
    assert [one.value for one in entries] == [7]
    old, new = framework().hash[:12], newer.hash[:12]
    assert faults == [("W202", "form.xlsx", "", {"found": f"1.0 ({old})", "wanted": f"1.1 ({new})"})]


@pytest.mark.parametrize(
    "row",
    [
        ["form", 9, "x", "1", "h"],
        ["known", "S", "5D", "1", "", "", ""],
        ["ask", "S"],
        ["ask", "S", "D0", "1", "a", "E1", "F1", "G1"],
        ["ask", "S", "D4", "1", "a", "E1", "", "G1"],
        ["unit_at", "S", "d4"],
        ["x"],
    ],
)
def test_a_damaged_map_is_refused_with_its_row(blank: Path, row: list[Any]) -> None:
    book = openpyxl.load_workbook(blank)
    at = 1 if row[0] == "form" else 3
    for column, value in enumerate(row + [None] * (8 - len(row)), 1):
        book["_chiso"].cell(at, column).value = value
    book.save(blank)
    with pytest.raises(TableError) as caught:
        read(blank)
    assert (caught.value.code, caught.value.data) == ("W205", {"line": at})


def test_an_empty_map_is_damaged() -> None:
    with pytest.raises(MapDamaged, match="row 1"):
        FormMap.read([])


def test_a_map_with_more_units_than_a_form_has_is_damaged() -> None:
    rows = [["form", 1, "x", "1", "h"], *(["unit", f"u{number}"] for number in range(41))]
    with pytest.raises(MapDamaged, match="row 42"):
        FormMap.read(rows)


def test_a_map_is_read_as_it_is_written(blank: Path) -> None:
    found = form_map(openpyxl.load_workbook(blank))
    assert FormMap.read(found.rows()) == found
    assert (found.framework, found.version, found.hash) == ("example-district", "1.0", framework().hash)
    assert found.unit_at == (GENERAL, (3, 3))


@pytest.mark.parametrize("name", bundled())
def test_every_figure_that_scores_is_asked_exactly_once(tmp_path: Path, name: str) -> None:
    of = load(name)
    write_template(of, tmp_path / "f.xlsx")
    found = form_map(openpyxl.load_workbook(tmp_path / "f.xlsx"))
    facts = {(c.code, one.name): one.fact for c in of.criteria.values() for one in asked(of, c)}
    written = [facts.get((one.code, one.input), f"{one.code}/{one.input}".lstrip("/")) for one in found.asked]
    information = {row.fact for row in of.general_information if row.fact}
    leaves = [one for one in of.criteria.values() if not one.criteria]
    assessed = {one.fact for one in map(decided, leaves) if one is not None}
    if of.is_maturity:
        information.add("registered_level")
    else:
        assessed |= {f"{one.code}/exempt" for one in leaves if one.effective_rule.kind != "unscored"}
    assert sorted(written) == sorted(set(written))
    assert set(written) == set(facts.values()) | information | assessed


@pytest.mark.parametrize("name", bundled())
def test_what_a_cell_means_stands_beside_it(tmp_path: Path, name: str) -> None:
    of = load(name)
    write_template(of, tmp_path / "f.xlsx")
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    for one in form_map(book).asked:
        if not one.code or one.input in ("decided", "exempt"):
            continue
        wanted = next(found for found in asked(of, of.criteria[one.code]) if found.name == one.input)
        row = one.cell[0] + 1
        text = book[one.sheet].cell(row, 2).value
        title = of.criteria[one.code].title
        own = {"choice": "Trường hợp đúng", "days": "Số ngày chậm", "yes_no": "Đã thực hiện"}.get(wanted.type, title)
        assert text.startswith((wanted.label, title, own))
        above = [book[one.sheet].cell(at, 1).value for at in range(row, 3, -1)]
        assert next(code for code in above if code in of.criteria) == one.code


values = st.one_of(
    st.none(),
    st.integers(0, 10**15),
    st.decimals(0, 10**6, places=3).map(float).filter(lambda value: not value.is_integer()),
    st.sampled_from(["n/a", "không phát sinh", "chữ", "12,5", "1.234.567"]),
)


@pytest.mark.parametrize("name", bundled())
@given(data=st.data())
@settings(max_examples=3)
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, name: str, data: st.DataObject
) -> None:
    of = load(name)
    units = data.draw(st.sampled_from([[], ["Đơn vị A"], ["=cmd()", "Huyện Ứng Hòa", "+1"]]))
    path = tmp_path_factory.mktemp("forms") / "f.xlsx"
    write_template(of, path, units)
    book = openpyxl.load_workbook(path)
    found = form_map(book)
    if found.unit_at is not None:
        cell_at(book[found.unit_at[0]], found.unit_at[1]).value = "Đơn vị B"
    expected: list[tuple[str, str, str, Any]] = []
    for offset, unit in enumerate(units or ["Đơn vị B"]):
        for one in found.asked:
            value = data.draw(values)
            cell_at(book[one.sheet], one.cell, offset).value = value
            if value is not None:
                expected.append((unit, one.code, one.input, value))
    book.save(path)
    entries, faults = read_entries(path, of)
    assert [(one.unit, one.code, one.input, one.value) for one in entries if one.value is not None] == expected
    assert {one.code for one in faults} <= {"W206"}


def test_forms_of_many_units_at_once(tmp_path: Path) -> None:
    write_template(framework(), tmp_path / "f.xlsx", ["A", "B", "C"])
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    sheet = book[GENERAL]
    assert [sheet.cell(3, column).value for column in range(4, 8)] == ["A", "B", "C", "Nguồn, tài liệu kiểm chứng"]
    assert [sheet.cell(4, column).value for column in range(4, 7)] == ["A", "B", "C"]
    sheet["D5"], sheet["F5"], sheet["G5"] = 1, 3, "chung"
    book.save(tmp_path / "f.xlsx")
    entries, faults = read(tmp_path / "f.xlsx")
    place = f"f.xlsx: {GENERAL}!"
    assert [one for one in entries if one.value is not None] == [
        Entry("A", "", "households", 1, source="chung", place=f"{place}D5"),
        Entry("C", "", "households", 3, source="chung", place=f"{place}F5"),
    ]
    assert faults == [("W206", "f.xlsx", "B", {})]


def test_macros_in_a_form_are_left_out(blank: Path) -> None:
    fill(blank, {(GENERAL, "D4"): "A", (GENERAL, "D5"): 7})
    zipped(blank, {**parts_of(blank), "xl/vbaProject.bin": b"x"})
    entries, faults = read(blank)
    assert ([one.value for one in entries], [one[0] for one in faults]) == ([7], ["W102"])


@pytest.mark.parametrize(
    ("day", "levels"),
    [("10/05/2023", [2, 3, 4]), (dt.date(2023, 5, 10), [2, 3, 4]), ("2022-10-15", []), (None, [2, 3, 4])],
)
def test_a_form_carries_the_day_from_which_an_inspection_counts(tmp_path: Path, day: Any, levels: list[int]) -> None:
    of = load("khung-2024-commune")
    write_template(of, tmp_path / "f.xlsx", ["Xã A"])
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    asked_at = {one.input: one for one in form_map(book).asked if one.code in ("", "I.11")}
    inspected, systems = asked_at["num"], asked_at["information_systems"]
    sheet = book[inspected.sheet]
    cell_at(sheet, inspected.cell).value, cell_at(book[systems.sheet], systems.cell).value = 4, 5
    assert inspected.as_of is not None
    stated = cell_at(sheet, inspected.as_of)
    stated.value = day
    asks = [rule for rule in sheet.data_validations.dataValidation if stated.coordinate in rule.sqref]
    book.save(tmp_path / "f.xlsx")
    entries, faults = read_entries(tmp_path / "f.xlsx", of)
    scores = score(of, EntryReader(of, year=2024).read(entries))

    label = sheet.cell(inspected.cell[0] + 1, 2).value
    assert label.endswith("(ghi ngày thực hiện ở cột “Thời điểm số liệu”)")
    assert [(rule.promptTitle, rule.formula1) for rule in asks] == [("Thời điểm số liệu", None)]
    assert (list(scores.reached(0).satisfied["I.11"]), faults) == (levels, [])
