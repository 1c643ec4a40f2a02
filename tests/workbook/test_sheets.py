from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from chiso.scoring.entries import Entry
from chiso.workbook import sheets
from chiso.workbook.entries import read_entries
from chiso.workbook.faults import TableError
from tests.workbook.example import framework, parts_of, workbook, zipped

HEADER = ["unit", "code", "input", "value"]


def read(path: Path) -> tuple[list[Entry], list[tuple[str, str, object]]]:
    entries, faults = read_entries(path, framework())
    return entries, [(one.code, one.place, dict(one.data)) for one in faults]


def book(path: Path, rows: list[list[Any]]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.worksheets[0].title = "Số liệu"
    for row in [HEADER, *rows]:
        made.worksheets[0].append(row)
    return made


@pytest.mark.parametrize(
    ("cell", "value"),
    [(12, 12), (12.0, 12), (0.1, 0.1), (12.345, 12.345), ("12,5", "12,5"), ("n/a", "n/a"), (True, True), (None, None)],
)
def test_a_cell_is_read_as_what_it_holds(tmp_path: Path, cell: object, value: object) -> None:
    entries, faults = read(workbook(tmp_path / "f.xlsx", [HEADER, ["Huyện A", "1.2", "a", cell]], names=["Số liệu"]))
    assert (entries, faults) == ([Entry("Huyện A", "1.2", "a", value, place="f.xlsx: Số liệu!D2")], [])
    assert type(entries[0].value) is type(value)


def test_a_number_beyond_fifteen_digits_stays_what_the_file_holds(tmp_path: Path) -> None:
    entries, _ = read(workbook(tmp_path / "f.xlsx", [HEADER, ["A", "1.2", "a", 1e300]]))
    assert entries[0].value == 1e300
    assert type(entries[0].value) is float


def test_a_table_may_stand_anywhere_on_its_sheet(tmp_path: Path) -> None:
    rows: list[list[object]] = [[], [None, None, "BIỂU"], [None, *HEADER], [], [None, "A", "1.2", "a", 5]]
    entries, faults = read(workbook(tmp_path / "f.xlsx", rows, names=["S"]))
    assert (entries, faults) == ([Entry("A", "1.2", "a", 5, place="f.xlsx: S!E5")], [])


def test_every_sheet_with_the_columns_is_read(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "f.xlsx",
        [HEADER, ["A", "1.2", "a", 1]],
        [["Ghi chú"], ["Người lập: ..."]],
        [HEADER, ["B", "1.2", "a", 2]],
        names=["Một", "Ghi chú", "Hai"],
    )
    entries, faults = read(path)
    assert [(one.unit, one.place) for one in entries] == [("A", "f.xlsx: Một!D2"), ("B", "f.xlsx: Hai!D2")]
    assert faults == []


def test_a_sheet_that_almost_has_the_columns_is_reported(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "f.xlsx", [HEADER, ["A", "1.2", "a", 1]], [["unit", "code", "input", "vlaue"], ["B", "1.2", "a", 2]]
    )
    entries, faults = read(path)
    assert faults == [("W110", "f.xlsx", {"sheet": "Trang 2", "missing": "value"})]
    assert [one.unit for one in entries] == ["A"]


def test_a_workbook_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read(workbook(tmp_path / "f.xlsx", [["unit", "code", "value"], ["A", "1.2", 1]]))
    assert (caught.value.code, caught.value.data["missing"]) == ("W030", "input")


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read(workbook(tmp_path / "f.xlsx", []))
    assert caught.value.code == "W031"


def test_a_header_without_rows_is_reported(tmp_path: Path) -> None:
    assert read(workbook(tmp_path / "f.xlsx", [HEADER])) == ([], [("W103", "f.xlsx: Trang 1", {})])


def test_a_hidden_sheet_is_not_read_in_silence(tmp_path: Path) -> None:
    made = book(tmp_path, [["A", "1.2", "a", 1]])
    hidden = made.create_sheet("Kín")
    hidden.append(HEADER)
    hidden.append(["B", "1.2", "a", 2])
    hidden.sheet_state = "hidden"
    made.save(tmp_path / "f.xlsx")
    entries, faults = read(tmp_path / "f.xlsx")
    assert faults == [("W114", "f.xlsx", {"sheet": "Kín"})]
    assert [one.unit for one in entries] == ["A"]


def test_a_protected_sheet_is_read(tmp_path: Path) -> None:
    made = book(tmp_path, [["A", "1.2", "a", 1]])
    made.worksheets[0].protection.sheet = True
    made.worksheets[0].protection.password = "bí mật"
    made.save(tmp_path / "f.xlsx")
    assert read(tmp_path / "f.xlsx") == ([Entry("A", "1.2", "a", 1, place="f.xlsx: Số liệu!D2")], [])


@pytest.mark.parametrize(("shown", "value"), [(0.5, "50%"), (0.07, "7%"), (0.29, "29%"), (1, "100%"), (0.125, "12.5%")])
@pytest.mark.parametrize("style", ["0%", "0.00%", '#,##0.0" phần" %'])
def test_a_percentage_is_read_as_the_person_sees_it(tmp_path: Path, shown: float, value: str, style: str) -> None:
    made = book(tmp_path, [["A", "1.2", "a", shown]])
    made.worksheets[0]["D2"].number_format = style
    made.save(tmp_path / "f.xlsx")
    assert read(tmp_path / "f.xlsx")[0][0].value == value


def test_a_percent_sign_that_is_only_text_changes_nothing(tmp_path: Path) -> None:
    made = book(tmp_path, [["A", "1.2", "a", 0.5]])
    made.worksheets[0]["D2"].number_format = '0.0" %"'
    made.save(tmp_path / "f.xlsx")
    assert read(tmp_path / "f.xlsx")[0][0].value == 0.5


def with_cell(path: Path, xml: bytes) -> Path:
    """Replace the value cell of a workbook by XML."""
    parts = parts_of(workbook(path, [HEADER, ["A", "1.2", "a", 7777], ["B", "1.2", "a", 2]], names=["S"]))
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b'<c r="D2" t="n"><v>7777</v></c>' in sheet
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'<c r="D2" t="n"><v>7777</v></c>', xml)
    return zipped(path, parts)


def test_the_kept_value_of_a_formula_is_used(tmp_path: Path) -> None:
    entries, faults = read(with_cell(tmp_path / "f.xlsx", b'<c r="D2"><f>1+1</f><v>41</v></c>'))
    assert ([one.value for one in entries], faults) == ([41, 2], [])


def test_the_kept_text_of_a_formula_is_used_even_when_empty(tmp_path: Path) -> None:
    entries, faults = read(with_cell(tmp_path / "f.xlsx", b'<c r="D2" t="str"><f>""</f><v></v></c>'))
    assert ([one.value for one in entries], faults) == ([None, 2], [])


@pytest.mark.parametrize("inside", [b"<f>1+1</f>", b"<f>1+1</f><v></v>", b"<f/>"])
def test_a_formula_that_was_never_computed_is_reported(tmp_path: Path, inside: bytes) -> None:
    entries, faults = read(with_cell(tmp_path / "f.xlsx", b'<c r="D2">' + inside + b"</c>"))
    assert faults == [("W111", "f.xlsx: S!D2", {})]
    assert [one.unit for one in entries] == ["B"]


def test_an_error_in_a_cell_is_reported_as_it_shows(tmp_path: Path) -> None:
    entries, faults = read(with_cell(tmp_path / "f.xlsx", b'<c r="D2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'))
    assert faults == [("W112", "f.xlsx: S!D2", {"value": "#DIV/0!"})]
    assert [one.unit for one in entries] == ["B"]


def test_names_merged_over_rows_hold_for_each(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        [["A", "1.2", "a", 1], [None, "2.10", "#1", "có"], [None, "2.10", "#2", "không"], ["B", "1.2", "a", 2]],
    )
    made.worksheets[0].merge_cells("A2:A4")
    made.worksheets[0].merge_cells("B3:B4")
    made.save(tmp_path / "f.xlsx")
    entries, faults = read(tmp_path / "f.xlsx")
    assert [(one.unit, one.code, one.input) for one in entries] == [
        ("A", "1.2", "a"),
        ("A", "2.10", "#1"),
        ("A", "2.10", "#2"),
        ("B", "1.2", "a"),
    ]
    assert faults == []


@pytest.mark.parametrize("area", ["D2:D3", "C2:D2", "C2:C3"])
def test_figures_merged_over_rows_are_no_figures(tmp_path: Path, area: str) -> None:
    made = book(tmp_path, [["A", "1.2", "a", 1], ["A", "2.10", "#1", 1], ["B", "1.2", "a", 2]])
    made.worksheets[0].merge_cells(area)
    made.save(tmp_path / "f.xlsx")
    entries, faults = read(tmp_path / "f.xlsx")
    assert faults == [("W113", f"f.xlsx: Số liệu!{area[:2]}", {"cell": area[:2]})]
    assert [one.unit for one in entries] == (["A", "B"] if area == "C2:D2" else ["B"])


def test_a_merged_title_above_the_table_does_no_harm(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    for row in [["BIỂU SỐ LIỆU"], HEADER, ["A", "1.2", "a", 1]]:
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    made.save(tmp_path / "f.xlsx")
    entries, faults = read(tmp_path / "f.xlsx")
    assert (len(entries), faults) == (1, [])


def test_a_number_that_may_be_two_codes_is_reported(tmp_path: Path) -> None:
    entries, faults = read(workbook(tmp_path / "f.xlsx", [HEADER, ["A", 2.1, "#1", "có"], ["A", 1.2, "a", 5]]))
    assert faults == [("W115", "f.xlsx: Trang 1!D2", {"value": "2.1", "known": "2.1, 2.10"})]
    assert [one.code for one in entries] == ["1.2"]


def test_a_code_that_became_a_date_is_reported(tmp_path: Path) -> None:
    rows = [HEADER, ["A", dt.date(2001, 3, 1), "points", 5], ["A", "1.2", "a", 5]]
    entries, faults = read(workbook(tmp_path / "f.xlsx", rows))
    assert faults == [("W116", "f.xlsx: Trang 1!D2", {"value": "2001-03-01"})]
    assert [one.code for one in entries] == ["1.2"]


def test_dates_are_written_as_days(tmp_path: Path) -> None:
    rows = [[*HEADER, "as_of"], ["A", "1.2", "a", 5, dt.date(2023, 12, 31)], ["A", "1.2", "a", 5, "Quý IV"]]
    entries, _ = read(workbook(tmp_path / "f.xlsx", rows))
    assert [one.as_of for one in entries] == ["2023-12-31", "Quý IV"]


def test_a_unit_that_looks_like_a_formula_is_text(tmp_path: Path) -> None:
    made = book(tmp_path, [["A", "1.2", "a", 1]])
    made.worksheets[0]["A2"].value = "=cmd()"
    made.worksheets[0]["A2"].data_type = "s"
    made.save(tmp_path / "f.xlsx")
    assert read(tmp_path / "f.xlsx")[0][0].unit == "=cmd()"


@pytest.mark.parametrize(("above", "found"), [(19, True), (20, False)])
def test_the_header_is_looked_for_in_twenty_rows(tmp_path: Path, above: int, found: bool) -> None:
    path = workbook(tmp_path / "f.xlsx", [*([["tiêu đề"]] * above), HEADER, ["A", "1.2", "a", 1]])
    if found:
        assert len(read(path)[0]) == 1
    else:
        with pytest.raises(TableError, match="W031"):
            read(path)


class PanicException(BaseException):
    """Stands for a panic of the reader, whose own class cannot be imported."""


@pytest.mark.parametrize(
    ("raised", "seen"), [(PanicException("index"), TableError), (KeyboardInterrupt(), KeyboardInterrupt)]
)
def test_a_panic_of_the_reader_is_damage_and_nothing_else_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException, seen: type[BaseException]
) -> None:
    class Reader:
        @staticmethod
        def from_filelike(file: object) -> None:
            raise raised

    path = workbook(tmp_path / "f.xlsx", [HEADER])
    monkeypatch.setattr(sheets, "CalamineWorkbook", Reader)
    with pytest.raises(seen):
        read(path)
