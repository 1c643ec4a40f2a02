"""Files of points: what is understood, and what is refused with a remedy."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from chiso.reconcile import read_points
from chiso.reconcile.finding import PublishedError
from chiso.reconcile.table import MAX_BYTES, MAX_UNPACKED
from chiso.scoring.states import State

F = Fraction
Save = Callable[[str, bytes | str], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write


def refused(path: Path) -> str:
    with pytest.raises(PublishedError) as caught:
        read_points(path)
    return caught.value.code


def workbook(*sheets: list[list[Any]]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return target.getvalue()


# -- CSV


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_read_with_any_usual_separator(save: Save, mark: str) -> None:
    table = read_points(save("p.csv", f"code{mark}points\n1{mark}63.33\n1.1{mark}\n"))
    assert table.points == {"1": F("63.33"), "1.1": State.MISSING}
    assert table.faults == ()


def test_a_csv_with_semicolons_may_have_decimal_commas(save: Save) -> None:
    assert read_points(save("p.csv", "code;points\n1;63,33\n")).points == {"1": F("63.33")}


def test_a_decimal_comma_between_commas_is_reported(save: Save) -> None:
    table = read_points(save("p.csv", "code,points\n1,63,33\n"))
    assert [(fault.code, fault.place) for fault in table.faults] == [("R108", "p.csv:2")]


def test_a_byte_order_mark_and_a_title_do_not_matter(save: Save) -> None:
    table = read_points(save("p.csv", "\ufeffĐiểm năm 2022\n\nCode,Points,Printed\n8.1,1.6,1.60\n"))
    assert (table.points, table.places) == ({"8.1": F(8, 5)}, {"8.1": 2})


def test_columns_may_stand_in_any_order(save: Save) -> None:
    assert read_points(save("p.csv", "title,points,code\nx,5,1.1\n")).points == {"1.1": F(5)}


def test_a_faulty_row_is_named_by_file_and_line(save: Save) -> None:
    table = read_points(save("p.csv", "code,points\n1.1,5\n1.2,năm\n1.3,7\n"))
    assert [(fault.code, fault.place) for fault in table.faults] == [("R103", "p.csv:3")]
    assert table.points == {"1.1": F(5), "1.2": State.ERROR, "1.3": F(7)}


def test_a_csv_in_another_encoding_is_refused(save: Save) -> None:
    assert refused(save("p.csv", "code,points\n1,năm\n".encode("utf-16"))) == "R904"


@pytest.mark.parametrize("content", ["", "mã,điểm\n1,5\n", "code,score\n1,5\n"])
def test_a_csv_without_the_columns_is_refused(save: Save, content: str) -> None:
    assert refused(save("p.csv", content)) == "R906"


def test_a_csv_without_rows_is_refused(save: Save) -> None:
    assert refused(save("p.csv", "code,points\n")) == "R907"


def test_a_workbook_that_calls_itself_csv_is_refused(save: Save) -> None:
    assert refused(save("p.csv", workbook([["code", "points"]]))) == "R909"


def test_a_csv_that_breaks_its_reader_is_refused(save: Save) -> None:
    assert refused(save("p.csv", "code,points\n1," + "9" * 200_000 + "\n")) == "R910"


# -- JSON


def test_json_lists_rows(save: Save) -> None:
    rows: list[Any] = [{"code": "1", "points": "1.60"}, {"code": "1.1", "points": None}]
    table = read_points(save("p.json", json.dumps(rows)))
    assert table.points == {"1": F(8, 5), "1.1": State.MISSING}


def test_json_maps_codes_to_points(save: Save) -> None:
    assert read_points(save("p.json", '{"1": "5", "1.1": 2.5}')).points == {"1": F(5), "1.1": F(5, 2)}


def test_json_numbers_are_exact_and_keep_their_zeros(save: Save) -> None:
    table = read_points(save("p.json", '{"1": 0.1, "2": 1.60}'))
    assert (table.points, table.places) == ({"1": F(1, 10), "2": F(8, 5)}, {"1": 1, "2": 2})


def test_json_may_say_what_the_table_is(save: Save) -> None:
    content = {"framework": "x", "unit": "Huyện A", "year": 2022, "source": "s", "decimals": 2, "points": {"1": 5}}
    table = read_points(save("p.json", json.dumps(content)))
    assert (table.framework, table.unit, table.year, table.source, table.decimals) == ("x", "Huyện A", 2022, "s", 2)
    assert table.points == {"1": F(5)}


def test_a_json_key_that_stands_twice_is_reported(save: Save) -> None:
    table = read_points(save("p.json", '{"1": 5, "1": 6}'))
    assert [fault.code for fault in table.faults] == ["R106"]


@pytest.mark.parametrize("content", ["[", "[1", "{'1': 5}", "\ufeff", "[" * 100_000])
def test_what_is_no_json_is_refused(save: Save, content: str) -> None:
    assert refused(save("p.json", content)) == "R910"


@pytest.mark.parametrize("content", ["5", '"x"', "null", "[5]", '[{"points": 5}]'])
def test_json_without_codes_is_refused(save: Save, content: str) -> None:
    assert refused(save("p.json", content)) == "R906"


def test_a_json_number_that_is_none_is_reported(save: Save) -> None:
    table = read_points(save("p.json", '{"1": NaN, "2": 5}'))
    assert [fault.code for fault in table.faults] == ["R103"]


# -- YAML


def test_yaml_is_written_as_the_bundled_tables(save: Save) -> None:
    table = read_points(save("p.yaml", 'unit: Huyện A\ndecimals: 2\npoints: {"1": "1.60", "1.1": null}\n'))
    assert table.points == {"1": F(8, 5), "1.1": State.MISSING}
    assert (table.unit, table.decimals, table.places["1"]) == ("Huyện A", 2, 2)


def test_yaml_without_points_is_refused(save: Save) -> None:
    assert refused(save("p.yaml", 'points: ["1"]\n')) == "R906"


def test_a_yaml_key_that_stands_twice_is_refused_with_its_fault(save: Save) -> None:
    with pytest.raises(PublishedError) as caught:
        read_points(save("p.yaml", 'points: {"1": "5", "1": "6"}\n'))
    assert caught.value.code == "R910"
    assert caught.value.text("en").startswith("The content of p.yaml cannot be read: ")


# -- XLSX


def test_a_workbook_is_read(save: Save) -> None:
    rows: list[list[Any]] = [["code", "points", "printed"], ["1", 63.33, "63,33"], ["1.1", "", ""], ["1.10", 10, "10"]]
    table = read_points(save("p.xlsx", workbook(rows)))
    assert table.points == {"1": F("63.33"), "1.1": State.MISSING, "1.10": F(10)}
    assert table.faults == ()


def test_a_row_of_a_workbook_is_named_by_its_number_in_the_sheet(save: Save) -> None:
    table = read_points(save("p.xlsx", workbook([[], ["Title"], ["code", "points"], ["1", "x"]])))
    assert [fault.place for fault in table.faults] == ["p.xlsx:4"]


def test_the_sheet_that_has_the_heading_is_read(save: Save) -> None:
    table = read_points(save("p.xlsx", workbook([["Ghi chú"]], [["code", "points"], ["1", 5]])))
    assert table.points == {"1": F(5)}


def test_a_workbook_without_heading_is_refused(save: Save) -> None:
    assert refused(save("p.xlsx", workbook([["1", 5]]))) == "R906"


@pytest.mark.parametrize(
    "content", [b"", b"code,points\n1,5\n", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_what_is_no_workbook_is_refused(save: Save, content: bytes) -> None:
    assert refused(save("p.xlsx", content)) == "R909"


def test_a_package_that_holds_no_workbook_is_refused(save: Save) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("readme.txt", "x")
    assert refused(save("p.xlsx", target.getvalue())) == "R910"


def test_a_package_that_unpacks_beyond_the_limit_is_refused(save: Save) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"\0" * (MAX_UNPACKED + 1))
    assert refused(save("p.xlsx", target.getvalue())) == "R908"


@pytest.mark.parametrize(("row", "column"), [(20_000, 0), (1, 200)])
def test_a_cell_far_outside_is_refused(save: Save, row: int, column: int) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["code", "points"])
        sheet.write(row, column, 1)
    assert refused(save("p.xlsx", target.getvalue())) == "R911"


def test_a_damaged_part_is_refused(save: Save) -> None:
    content = bytearray(workbook([["code", "points"], ["1", 5]]))
    at = content.find(b"PK\x03\x04", 4)
    content[at + 60 : at + 70] = b"\xff" * 10
    assert refused(save("p.xlsx", bytes(content))) == "R909"


# -- any file


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "p.csv") == "R902"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "p.csv").mkdir()
    assert refused(tmp_path / "p.csv") == "R903"


def test_a_name_that_no_file_can_have_is_refused() -> None:
    assert refused(Path("a\0b.csv")) == "R903"


def test_another_kind_of_file_is_refused_with_what_can_be_read(save: Save) -> None:
    with pytest.raises(PublishedError) as caught:
        read_points(save("p.pdf", b"%PDF"))
    assert caught.value.text("en") == "Files such as p.pdf cannot be read. Use one of: .csv, .json, .xlsx, .yaml."


def test_a_file_beyond_the_limit_is_refused(save: Save) -> None:
    assert refused(save("p.csv", b"x" * (MAX_BYTES + 1))) == "R908"
