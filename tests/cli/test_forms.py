"""``chiso template``: a form is made, filled in by an office, and read back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

import chiso as product
from chiso.workbook.form_map import SHEET
from tests.cli.command import Chiso, points, unit

KHANH_HOA = "khanh-hoa-2023-district"

#: 10 (head) + 7.5 (3 of 4 meetings) + 1.25 (1 of 8 households).
FIGURES = {("1.1", "choice"): "Trưởng ban là người đứng đầu địa phương", ("1.2", "n"): 3, ("3.1", "a"): 1}
HOUSEHOLDS = 8


def fill(path: Path, figures: dict[tuple[str, str], Any], column: int = 0) -> None:
    """Fill a form in as a person would, finding its cells by the hidden map."""
    book = openpyxl.load_workbook(path)
    asked = {
        (row[3] or "", row[4]): (row[1], row[2]) for row in book[SHEET].iter_rows(values_only=True) if row[0] == "ask"
    }
    for key, value in figures.items():
        sheet, cell = asked[key]
        book[str(sheet)][str(cell)].offset(column=column).value = value
    book.save(path)


def name_unit(path: Path, name: str) -> None:
    """Write the name of the unit where the form asks for it."""
    book = openpyxl.load_workbook(path)
    _, sheet, cell = next(row[:3] for row in book[SHEET].iter_rows(values_only=True) if row[0] == "unit_at")
    book[str(sheet)][str(cell)] = name
    book.save(path)


def test_a_form_is_made_filled_and_scored(chiso: Chiso, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    made = chiso("template", KHANH_HOA, "-o", form)
    assert (made.code, made.out, made.err) == (0, "", f"Đã tạo mẫu {form}.\n")

    name_unit(form, "Huyện A")
    fill(form, {**FIGURES, ("", "households"): HOUSEHOLDS})
    answer = chiso("score", KHANH_HOA, "--facts", form, "--format", "json")

    assert (answer.code, answer.err) == (0, "")
    assert points(answer, "Huyện A") == {"1.1": "10", "1.2": "7.5", "3.1": "1.25"}
    assert unit(answer, "Huyện A")["total"] == "18.75"


def test_forms_of_many_units_are_read_at_once(chiso: Chiso, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    assert chiso("template", KHANH_HOA, "-o", first, "--unit", "A", "B").code == 0
    assert chiso("template", KHANH_HOA, "-o", second, "--unit", "C").code == 0
    fill(first, {("1.2", "n"): 1})
    fill(first, {("1.2", "n"): 2}, column=1)
    fill(second, {("1.2", "n"): 4})

    answer = chiso("score", KHANH_HOA, "--facts", first, second, "--format", "json")
    assert {name: points(answer, name)["1.2"] for name in "ABC"} == {"A": "2.5", "B": "5", "C": "10"}


def test_bad_cells_are_named(chiso: Chiso, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    chiso("template", KHANH_HOA, "-o", form, "--unit", "A")
    fill(form, {("1.2", "n"): "ba", ("3.1", "a"): -1, ("1.1", "choice"): "Trưởng ban là người đứng đầu địa phương"})

    answer = chiso("score", KHANH_HOA, "--facts", form, "--format", "json")
    assert (answer.code, sorted(answer.faults)) == (1, ["D123", "D124"])
    assert all(line.startswith("form.xlsx: ") and "!" in line.split(": ")[1] for line in answer.err.splitlines())
    assert points(answer) == {"1.1": "10"}


def test_a_form_of_another_framework_is_refused(chiso: Chiso, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    chiso("template", KHANH_HOA, "-o", form, "--unit", "A")
    answer = chiso("score", "gia-lai-2023-province", "--facts", form)

    assert (answer.code, answer.out) == (2, "")
    assert "[W201]" in answer.err


@pytest.mark.parametrize(("lang", "words"), [("vi", "Đã tạo mẫu"), ("en", "The form")])
def test_the_form_speaks_the_language_asked_for(chiso: Chiso, tmp_path: Path, lang: str, words: str) -> None:
    answer = chiso("template", KHANH_HOA, "-o", tmp_path / "form.xlsx", "--lang", lang)

    assert words in answer.err
    assert (tmp_path / "form.xlsx").exists()


@pytest.mark.parametrize("name", product.bundled())
def test_every_set_has_a_form_with_a_sheet_a_dimension(chiso: Chiso, tmp_path: Path, name: str) -> None:
    form = tmp_path / "form.xlsx"
    assert chiso("template", name, "-o", form).code == 0

    visible = [
        sheet for sheet in openpyxl.load_workbook(form).worksheets if sheet.sheet_state == Worksheet.SHEETSTATE_VISIBLE
    ]
    assert len(visible) >= len(product.load(name).dimensions) + 1


@pytest.mark.parametrize("name", ["form", "form.csv", "form.xlsm"])
def test_another_ending_is_refused(chiso: Chiso, tmp_path: Path, name: str) -> None:
    answer = chiso("template", KHANH_HOA, "-o", tmp_path / name)

    assert (answer.code, list(tmp_path.iterdir())) == (2, [])
    assert answer.err == f"Tên tệp mẫu “{tmp_path / name}” phải có đuôi .xlsx.\n"


@pytest.mark.parametrize(
    ("units", "code"),
    [
        (["A", " A "], "W211"),
        ([""], "W212"),
        (["@best"], "W212"),
        (["x" * 201], "W212"),
        ([str(at) for at in range(41)], "W210"),
    ],
)
def test_names_that_a_form_cannot_hold_are_refused(chiso: Chiso, tmp_path: Path, units: list[str], code: str) -> None:
    answer = chiso("template", KHANH_HOA, "-o", tmp_path / "form.xlsx", "--unit", *units)

    assert (answer.code, answer.faults, list(tmp_path.iterdir())) == (2, [code], [])


def test_a_form_that_cannot_be_written_is_said_in_a_sentence(chiso: Chiso, tmp_path: Path) -> None:
    answer = chiso("template", KHANH_HOA, "-o", tmp_path / "none" / "form.xlsx")

    assert (answer.code, answer.faults) == (2, ["W005"])
    assert "No such file or directory" in answer.err


def facts(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["unit,code,input,value,as_of,source,note", *rows, ""]), "utf-8")
    return path


def test_known_figures_are_filled_in_and_score_as_they_are(chiso: Chiso, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    known = facts(
        tmp_path / "known.csv",
        "Huyện A,,households,8,2023,Thống kê,",
        "Huyện A,1.2,n,3,,,",
        "Huyện B,,households,9,2023,Thống kê,",
        "Huyện B,,population,40000,2022,Công an,",
    )
    made = chiso("template", KHANH_HOA, "-o", form, "--facts", known)
    assert (made.code, made.out, made.err) == (0, "", f"Đã tạo mẫu {form}.\n")

    before = chiso("score", KHANH_HOA, "--facts", known, "--format", "json")
    after = chiso("score", KHANH_HOA, "--facts", form, "--format", "json")
    assert (after.code, after.err) == (0, "")
    assert after.json["units"] == before.json["units"]
    assert points(after, "Huyện A") == {"1.2": "7.5"}


def test_a_form_for_one_of_the_known_units(chiso: Chiso, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    known = facts(tmp_path / "known.csv", "Huyện A,1.2,n,3,,,", "Huyện B,1.2,n,2,,,", "@best,10.2,value,5,,,")
    made = chiso("template", KHANH_HOA, "-o", form, "--facts", known, "--unit", "Huyện B", "Huyên A")

    assert made.err.splitlines()[-2:] == [
        "Không có số liệu nào của đơn vị “Huyên A” trong tệp số liệu; các ô của đơn vị để trống. "
        "Có phải là: Huyện A, Huyện B?",
        f"Đã tạo mẫu {form}.",
    ]
    answer = chiso("score", KHANH_HOA, "--facts", form, "--format", "json")
    assert points(answer, "Huyện B") == {"1.2": "5"}
    assert [unit["unit"] for unit in answer.json["units"]] == ["Huyện B", "Huyên A"]


def test_values_from_outside_have_no_place_in_a_form(chiso: Chiso, tmp_path: Path) -> None:
    known = facts(tmp_path / "known.csv", "Tỉnh A,4.5,a,3,,,", "@best,4.5,value,5,,,")
    made = chiso("template", "gia-lai-2023-province", "-o", tmp_path / "form.xlsx", "--facts", known)

    assert made.err.splitlines()[0] == (
        "Giá trị tham chiếu (@best) dùng chung cho mọi đơn vị nên không ghi vào mẫu; giữ tệp số liệu này để tính điểm."
    )


def test_known_figures_that_are_wrong_are_named_and_left_empty(chiso: Chiso, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    known = facts(tmp_path / "known.csv", "Huyện A,1.2,n,ba,,,", "Huyện A,9.99,n,2,,,", "Huyện A,3.1,a,1,,,")
    made = chiso("template", KHANH_HOA, "-o", form, "--facts", known)

    assert (made.code, sorted(made.faults)) == (1, ["D104", "D123"])
    answer = chiso("score", KHANH_HOA, "--facts", form, "--format", "json")
    assert (answer.code, answer.faults) == (0, [])


def test_more_known_units_than_a_form_holds_are_refused(chiso: Chiso, tmp_path: Path) -> None:
    known = facts(tmp_path / "known.csv", *(f"Huyện {at},1.2,n,3,,," for at in range(41)))
    made = chiso("template", KHANH_HOA, "-o", tmp_path / "form.xlsx", "--facts", known)

    assert (made.code, made.faults, (tmp_path / "form.xlsx").exists()) == (2, ["W210"], False)
