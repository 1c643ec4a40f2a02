from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from chiso.workbook.look import Book, height, lines_needed, page, sheet_name


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("Nhận thức số", [], "Nhận thức số"),
        ("Tuyên truyền, phổ biến, tập huấn về chuyển đổi số", [], "Tuyên truyền, phổ biến, tập"),
        ("Hạ tầng: số / [mở]?", [], "Hạ tầng số mở"),
        ("Số", ["SỐ"], "Số 2"),
        ("Số", ["Số", "số 2"], "Số 3"),
        ("x" * 40, ["x" * 31], "x" * 29 + " 2"),
        ("'a'", [], "a"),
        ("History", [], "History 2"),
        ("///", [], "-"),
    ],
)
def test_names_of_sheets_are_what_excel_allows(wanted: str, taken: list[str], name: str) -> None:
    assert sheet_name(wanted, taken) == name


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, 1),
        ("một hai", 10, 1),
        ("một\nhai\nba", 10, 3),
        ("mười một mười hai", 10, 2),
        ("HOA HOA HOA", 10, 2),
        ("x" * 30, 10, 4),
        ("Ưỡng Ễ Ặ Ộ ứ", 15, 1),
    ],
)
def test_lines_are_broken_between_words(text: str, width: float, lines: int) -> None:
    assert lines_needed(text, width) == lines


def test_a_row_is_as_high_as_its_longest_cell() -> None:
    assert height([("a", 10), ("a\nb\nc", 10)]) == 48
    assert height([]) == 18
    assert height([("a\n" * 100, 10)]) == 400


def test_an_ampersand_in_a_footer_is_no_command(tmp_path: Path) -> None:
    book = Book(tmp_path / "f.xlsx", "A & B")
    page(book.sheet("S"), repeat=(0, 0), footer="A & B")
    book.close()
    footer = openpyxl.load_workbook(tmp_path / "f.xlsx")["S"].oddFooter
    assert footer.left.text == "A && B"


def test_the_mark_and_the_day_stand_above_every_page(tmp_path: Path) -> None:
    book = Book(tmp_path / "f.xlsx", "T")
    page(book.sheet("S"), repeat=(0, 0), footer="F", mark="SỐ LIỆU MẪU & TẠM TÍNH")
    book.close()
    header = openpyxl.load_workbook(tmp_path / "f.xlsx")["S"].oddHeader
    assert header.left.text == "SỐ LIỆU MẪU && TẠM TÍNH"
    assert header.right.text == "&D"


def test_names_are_unique_within_a_workbook(tmp_path: Path) -> None:
    book = Book(tmp_path / "f.xlsx", "")
    assert [book.sheet("Số").get_name(), book.sheet("Số").get_name()] == ["Số", "Số 2"]
    book.close()


@pytest.mark.parametrize("text", ["=1+1", "{=1}", "http://x.vn", "mailto:a@x.vn", "12"])
def test_text_is_text_however_it_is_written(tmp_path: Path, text: str) -> None:
    book = Book(tmp_path / "f.xlsx", "")
    book.sheet("S").write("A1", text)
    book.close()
    cell = openpyxl.load_workbook(tmp_path / "f.xlsx")["S"]["A1"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_a_file_does_not_say_when_it_was_made(tmp_path: Path) -> None:
    Book(tmp_path / "f.xlsx", "Tên").close()
    found = openpyxl.load_workbook(tmp_path / "f.xlsx").properties
    assert (found.created.isoformat(), found.title) == ("1980-01-01T00:00:00", "Tên")
