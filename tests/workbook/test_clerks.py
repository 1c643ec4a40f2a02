"""Forms and tables as offices hand them in: re-saved, hidden, filtered, sorted, merged, pasted, copied together."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from chiso.scoring.entries import EntryReader
from chiso.workbook.entries import read_entries
from chiso.workbook.faults import TableError
from chiso.workbook.template import write_template
from tests.workbook.example import framework, parts_of, workbook, zipped
from tests.workbook.test_form import FIRST, GENERAL, cell_at, form_map, row_of

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

HEAD = ("unit", "code", "input", "value", "as_of", "source", "note")


def filled(path: Path, change: Callable[[openpyxl.Workbook], None] = lambda _: None) -> Path:
    """Write the form of the example for Huyện A, filled in, and let a clerk work on it."""
    write_template(framework(), path, ["Huyện A"])
    book = openpyxl.load_workbook(path)
    for name, value in (("households", 12040), ("population", 130000)):
        one = next(one for one in form_map(book).asked if one.input == name)
        cell_at(book[one.sheet], one.cell).value = value
        cell_at(book[one.sheet], one.source).value = "Niên giám"
    cell_at(book[FIRST], (row_of(book[FIRST], "1.2", "Số hộ có máy tính") - 1, 3)).value = 9030
    change(book)
    book.save(path)
    return path


def read(path: Path) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the figures by input, and each fault with its place."""
    entries, faults = read_entries(path, framework())
    found = {one.input: one.value for one in entries if one.value is not None}
    return found, [(fault.code, fault.place) for fault in faults]


FILLED = {"households": 12040, "population": 130000, "a": 9030}


def converted(path: Path, suffix: str) -> Path:
    """Save a file anew with LibreOffice."""
    folder = path.parent / "again"
    profile = f"-env:UserInstallation=file://{path.parent}/profile"
    command = [str(OFFICE), profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{suffix}"


@needs_office
def test_a_form_that_libreoffice_saved_is_read_as_it_was(tmp_path: Path) -> None:
    assert read(converted(filled(tmp_path / "form.xlsx"), "xlsx")) == (FILLED, [])


@needs_office
@pytest.mark.parametrize(("suffix", "code", "words"), [("ods", "W013", "ODS"), ("xls", "W015", ".xlsx")])
def test_a_form_in_another_format_is_refused_with_a_remedy(tmp_path: Path, suffix: str, code: str, words: str) -> None:
    with pytest.raises(TableError) as refused:
        read(converted(filled(tmp_path / "form.xlsx"), suffix))
    assert (refused.value.code, refused.value.file) == (code, f"form.{suffix}")
    assert words in refused.value.text("vi")


def test_a_form_saved_with_macros_is_read_without_them(tmp_path: Path) -> None:
    path = filled(tmp_path / "form.xlsx")
    zipped(tmp_path / "form.xlsm", {**parts_of(path), "xl/vbaProject.bin": b"x"})
    assert read(tmp_path / "form.xlsm") == (FILLED, [("W102", "form.xlsm")])


def test_rows_and_columns_that_are_hidden_or_filtered_away_are_read(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        general = book[GENERAL]
        general.row_dimensions[5].hidden = True
        general.column_dimensions["E"].hidden = True
        general.auto_filter.ref = "A3:I9"
        general.auto_filter.add_filter_column(3, ["130000"])

    assert read(filled(tmp_path / "form.xlsx", hide)) == (FILLED, [])


def test_rows_of_a_table_that_are_hidden_or_filtered_away_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [HEAD, ("A", "1.2", "a", 7), ("B", "1.2", "a", 8)])
    book = openpyxl.load_workbook(path)
    book.worksheets[0].row_dimensions[2].hidden = True
    book.worksheets[0].auto_filter.ref = "A1:D3"
    book.save(path)
    assert [(one.unit, one.value) for one in read_entries(path, framework())[0]] == [("A", 7), ("B", 8)]


def test_rows_of_a_form_that_were_sorted_are_reported_and_not_read(tmp_path: Path) -> None:
    def sort(book: openpyxl.Workbook) -> None:
        general = book[GENERAL]
        for column in range(1, general.max_column + 1):
            first, second = general.cell(5, column), general.cell(6, column)
            first.value, second.value = second.value, first.value

    entries, faults = read(filled(tmp_path / "form.xlsx", sort))
    assert ("households" in entries, "population" in entries) == (False, False)
    assert faults[0] == ("W207", "form.xlsx")


def test_figures_that_were_merged_are_nobodys(tmp_path: Path) -> None:
    found, faults = read(filled(tmp_path / "form.xlsx", lambda book: book[GENERAL].merge_cells("D5:D6")))
    assert (found, faults) == ({"a": 9030}, [("W113", f"form.xlsx: {GENERAL}!D5")])


def test_a_source_that_was_merged_over_rows_holds_for_each(tmp_path: Path) -> None:
    entries, faults = read_entries(
        filled(tmp_path / "form.xlsx", lambda book: book[GENERAL].merge_cells("E5:E6")), framework()
    )
    assert faults == []
    assert [(one.input, one.source) for one in entries] == [
        ("households", "Niên giám"),
        ("population", "Niên giám"),
        ("a", ""),
    ]


def _typed(name: str, value: Any, number_format: str = "General") -> Callable[[openpyxl.Workbook], None]:
    def write(book: openpyxl.Workbook) -> None:
        one = next(one for one in form_map(book).asked if one.input == name)
        cell = cell_at(book[one.sheet], one.cell)
        cell.value, cell.number_format = value, number_format

    return write


@pytest.mark.parametrize(
    ("written", "meant"),
    [("12 040", 12040), ("12040 ", 12040), ("\u00a012.040.000", 12040000), ("12040,0", 12040), ("1.204,00", 1204)],
)
def test_numbers_that_were_typed_as_text_are_numbers(tmp_path: Path, written: str, meant: int) -> None:
    reader = EntryReader(framework())
    facts = reader.read(
        read_entries(filled(tmp_path / "form.xlsx", _typed("households", written, "@")), framework())[0]
    )
    assert reader.faults == []
    assert facts.column("households").value(0) == meant


@pytest.mark.parametrize(
    ("value", "number_format", "code"),
    [
        (dt.datetime(2024, 2, 1), "dd/mm/yyyy", "D123"),  # noqa: DTZ001 - cells know no zones
        (0.5, "0%", "D123"),
        ("khoảng 12000", "@", "D123"),
        (-5, "General", "D124"),
        (1.5, "General", "D125"),
    ],
)
def test_what_is_no_count_is_named_with_its_cell(tmp_path: Path, value: Any, number_format: str, code: str) -> None:
    path = filled(tmp_path / "form.xlsx", _typed("households", value, number_format))
    reader = EntryReader(framework())
    reader.read(read_entries(path, framework())[0])
    assert [(one.code, one.place) for one in reader.faults] == [(code, f"form.xlsx: {GENERAL}!D5")]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        (dt.datetime(2023, 12, 31), "2023-12-31"),  # noqa: DTZ001 - cells know no zones
        (45291, "2023-12-31"),
        (2023, "2023"),
        ("Quý IV/2023", "Quý IV/2023"),
        ("31/12/2023", "31/12/2023"),
    ],
)
def test_the_day_of_a_figure_is_a_day_even_where_its_format_was_lost(tmp_path: Path, written: Any, day: str) -> None:
    def write(book: openpyxl.Workbook) -> None:
        book[GENERAL]["F5"].value, book[GENERAL]["F5"].number_format = written, "General"

    entries, _ = read_entries(filled(tmp_path / "form.xlsx", write), framework())
    assert entries[0].as_of == day
    table = workbook(tmp_path / "t.xlsx", [HEAD, ("A", "1.2", "a", 7, written)])
    assert [one.as_of for one in read_entries(table, framework())[0]] == [day]


@pytest.mark.parametrize("error", ["#REF!", "#DIV/0!", "#NAME?", "#N/A"])
def test_a_pasted_formula_that_shows_an_error_is_named_with_its_cell(tmp_path: Path, error: str) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["A", "1.2", "a"])
        sheet.write_formula(1, 3, "=[other.xlsx]T!A1", None, error)
        sheet.write_row(2, 0, ["B", "1.2", "a", 8])
    entries, faults = read_entries(path, framework())
    assert [(one.unit, one.value) for one in entries] == [("B", 8)]
    assert [(one.code, one.place, dict(one.data)) for one in faults] == [
        ("W112", "t.xlsx: Số liệu!D2", {"value": error})
    ]


def test_a_formula_that_a_clerk_wrote_counts_with_its_value(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["A", "1.2", "a"])
        sheet.write_formula(1, 3, "=3+4", None, 7)
    assert [one.value for one in read_entries(path, framework())[0]] == [7]


def test_a_sheet_that_is_gone_or_renamed_is_named_and_the_others_read(tmp_path: Path) -> None:
    def remove(book: openpyxl.Workbook) -> None:
        del book[FIRST]

    def rename(book: openpyxl.Workbook) -> None:
        book[FIRST].title = "Sheet1"

    for change in (remove, rename):
        found, faults = read(filled(tmp_path / "form.xlsx", change))
        assert found == {"households": 12040, "population": 130000}
        assert faults == [("W204", "form.xlsx")]


def _copied(source: Worksheet, book: openpyxl.Workbook) -> None:
    target = book.create_sheet(f"{source.title} (2)")
    for row in source.iter_rows():
        for cell in row:
            if cell.value is not None:
                target.cell(cell.row, cell.column).value = cell.value


def test_sheets_of_a_second_form_in_the_same_file_are_named(tmp_path: Path) -> None:
    def join(book: openpyxl.Workbook) -> None:
        for name in ("Hướng dẫn", GENERAL, FIRST, "_chiso"):
            _copied(book[name], book)
        book["_chiso (2)"].sheet_state = "hidden"

    path = filled(tmp_path / "form.xlsx", join)
    found, faults = read_entries(path, framework())
    assert {one.input: one.value for one in found if one.value is not None} == FILLED
    assert [(one.code, one.data["sheet"]) for one in faults] == [
        ("W208", f"{GENERAL} (2)"),
        ("W208", f"{FIRST} (2)"),
    ]


def test_a_sheet_of_notes_beside_a_form_is_no_fault(tmp_path: Path) -> None:
    def note(book: openpyxl.Workbook) -> None:
        book.create_sheet("Ghi chú của tôi")["A3"] = "gọi lại cho phòng Thống kê"

    assert read(filled(tmp_path / "form.xlsx", note)) == (FILLED, [])


def test_forms_made_before_rows_had_marks_of_their_own_are_read(tmp_path: Path) -> None:
    def older(book: openpyxl.Workbook) -> None:
        book["_chiso"]["B1"] = 1
        for sheet in book.worksheets:
            for row in sheet.iter_rows(min_row=4) if sheet.sheet_state == "visible" else ():
                for cell in row:
                    if isinstance(cell.value, float) and cell.value < 3:
                        cell.value = int(cell.value)

    assert read(filled(tmp_path / "form.xlsx", older)) == (FILLED, [])
