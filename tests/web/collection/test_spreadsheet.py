"""What an Excel form would change is told before anything is changed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from chiso.framework.loader import load, load_text
from chiso.web.collection.spreadsheet import Preview, plain, preview, write_form
from chiso.workbook.form_map import SHEET, FormMap
from tests.web.factories import SMALL

FRAMEWORK = load_text(SMALL)


def cell(text: str) -> dict[str, object]:
    return {"v": text, "by": 1, "at": "2025-11-25T08:00:00+00:00", "n": 1}


def csv(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "facts.csv"
    path.write_text("\n".join(["unit,code,input,value,source", *rows]) + "\n", "utf-8")
    return path


def compared(path: Path, values: dict[str, dict[str, object]] | None = None, lang: str = "vi") -> Preview:
    return preview(path, FRAMEWORK, "Xã A", values or {}, 7, lang)


def test_each_figure_is_new_changed_the_same_or_refused(tmp_path: Path) -> None:
    path = csv(
        tmp_path, "Xã A,1.1,a,30,Công an xã", "Xã A,,households,40,", "Xã A,1.2,choice,Cấp phó,", "Xã A,1.3,plan,chưa,"
    )
    found = compared(path, {"1.1/a": cell("25"), "households": cell("40")})

    assert [(line.fact, line.current, line.text, line.verdict) for line in found.lines] == [
        ("1.1/a", "25", "30", "changed"),
        ("households", "40", "40", "same"),
        ("1.2/choice", "", "deputy", "new"),
        ("1.3/plan", "", "chưa", "refused"),
    ]
    assert "có hoặc không" in found.lines[3].reason
    assert {fact: (one.text, one.seen, one.source) for fact, one in found.written.items()} == {
        "1.1/a": ("30", 7, "Công an xã"),
        "1.2/choice": ("deputy", 7, ""),
    }


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("Xã B,1.1,a,30,", "Xã B"),
        ("Xã A,9.9,a,30,", "9.9"),
        ("Xã A,1.1,z,30,", "z"),
        ("Xã A,,unknown_fact,30,", "unknown_fact"),
    ],
)
def test_a_row_of_no_figure_of_this_report_is_told(tmp_path: Path, row: str, words: str) -> None:
    found = compared(csv(tmp_path, row))

    assert (found.written, len(found.faults)) == ({}, 1)
    assert words in found.faults[0]
    assert found.faults[0].startswith("facts.csv")


def test_a_figure_stated_twice_counts_once_and_a_contradiction_is_told(tmp_path: Path) -> None:
    found = compared(csv(tmp_path, "Xã A,1.1,a,30,", "Xã A,1.1,a,30,", "Xã A,1.1,b,40,", "Xã A,,households,41,"))

    assert {fact: one.text for fact, one in found.written.items()} == {"1.1/a": "30", "households": "40"}
    assert len(found.faults) == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (12.0, "12"), (0.1, "0.1"), (True, "true"), ("Cấp phó", "Cấp phó"), (2.5e15, "2500000000000000")],
)
def test_a_cell_is_read_as_it_would_be_typed(value: object, text: str) -> None:
    assert plain(value) == text


def test_a_form_goes_out_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_form(path, FRAMEWORK, "Xã A", {}, "vi")
    book = openpyxl.load_workbook(path)
    filled = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for one in row:
                if (
                    one.protection.locked is False
                    and sheet.sheet_state == "visible"
                    and one.value is None
                    and not filled
                ):
                    one.value, filled = 17, 1
    book.save(path)
    found = compared(path)

    assert filled == 1
    assert [line.text for line in found.lines] == ["17"]
    assert found.count("new") == 1


def test_a_form_of_another_framework_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_form(path, load("khung-2024-commune"), "Xã A", {}, "vi")

    with pytest.raises(Exception, match=r"W201|khung-2024-commune") as refused:
        compared(path)
    assert refused.type.__name__ == "TableError"


KEPT = {
    "households": {**cell("12040"), "source": "Niên giám", "as_of": "31/12/2024", "note": "đã đối chiếu\nvới thống kê"},
    "1.1/a": cell("n/a"),
    "1.3/plan": {**cell(""), "note": "chưa ban hành"},
}


def filled_form(path: Path, values: dict[str, dict[str, object]], **changes: object) -> Path:
    """Write a form with values and change the cell of some facts, or what stands ``beside`` it, by input."""
    write_form(path, FRAMEWORK, "Xã A", values, "vi")
    book = openpyxl.load_workbook(path)
    asked = FormMap.read(book[SHEET].iter_rows(values_only=True)).asked
    for name, value in changes.items():
        key, _, column = name.partition("__")
        one = next(one for one in asked if one.input == key)
        row, at = getattr(one, column or "cell")
        book[one.sheet].cell(row + 1, at + 1).value = value
    book.save(path)
    return path


def test_a_form_that_nobody_touched_changes_nothing(tmp_path: Path) -> None:
    found = compared(filled_form(tmp_path / "form.xlsx", KEPT), KEPT)
    assert (found.written, found.faults) == ({}, [])
    assert {line.fact: line.verdict for line in found.lines} == dict.fromkeys(KEPT, "same")


def test_what_the_report_says_stands_in_the_form(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled_form(tmp_path / "form.xlsx", KEPT))
    one = next(one for one in FormMap.read(book[SHEET].iter_rows(values_only=True)).asked if one.input == "b")
    row = book[one.sheet][one.cell[0] + 1]
    assert [row[at].value for _, at in (one.cell, one.source, one.as_of, one.note)] == [
        *(12040, "Niên giám", "31/12/2024", "đã đối chiếu\nvới thống kê"),
    ]


def test_a_changed_cell_changes_its_figure_and_no_other(tmp_path: Path) -> None:
    found = compared(filled_form(tmp_path / "form.xlsx", KEPT, b=12050), KEPT)
    assert {fact: (one.text, one.source, one.seen) for fact, one in found.written.items()} == {
        "households": ("12050", "Niên giám", 7)
    }


def test_a_cell_that_was_cleared_takes_its_figure_back(tmp_path: Path) -> None:
    found = compared(filled_form(tmp_path / "form.xlsx", KEPT, b=None), KEPT)
    assert {fact: one.text for fact, one in found.written.items()} == {"households": ""}
    assert [line.current for line in found.lines if line.verdict == "changed"] == ["12040"]


def test_a_source_that_was_mended_is_a_change(tmp_path: Path) -> None:
    found = compared(filled_form(tmp_path / "form.xlsx", KEPT, b__source="Niên giám 2024"), KEPT)
    assert {fact: (one.text, one.source) for fact, one in found.written.items()} == {
        "households": ("12040", "Niên giám 2024")
    }


def test_an_untouched_cell_does_not_undo_what_others_wrote_meanwhile(tmp_path: Path) -> None:
    now = {**KEPT, "households": cell("13000")}
    found = compared(filled_form(tmp_path / "form.xlsx", KEPT), now)
    assert found.written == {}


def test_a_suppliers_figure_says_so_and_stays_the_suppliers(tmp_path: Path) -> None:
    supplied = {"households": {**cell("9000"), "source": "Niên giám", "from": "provider"}}
    path = filled_form(tmp_path / "form.xlsx", supplied)
    book = openpyxl.load_workbook(path)
    one = next(one for one in FormMap.read(book[SHEET].iter_rows(values_only=True)).asked if one.input == "b")
    assert (
        book[one.sheet].cell(one.source[0] + 1, one.source[1] + 1).value == "Do cơ quan cung cấp số liệu ghi: Niên giám"
    )
    assert compared(path, {}).written == {}

    changed = compared(filled_form(tmp_path / "form.xlsx", supplied, b=9100), {})
    assert {fact: (one.text, one.source) for fact, one in changed.written.items()} == {"households": ("9100", "")}
