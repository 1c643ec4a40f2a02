"""What an Excel form would change is told before anything is changed."""

from __future__ import annotations

import tempfile
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from chiso.framework.loader import load, load_text
from chiso.web.collection.spreadsheet import Own, Preview, plain, preview, write_form
from chiso.workbook.columns import tidy
from chiso.workbook.entries import read_entries
from chiso.workbook.form_map import SHEET, Asked, FormMap
from tests.web.factories import SMALL

#: With general information: a name, an address, a number that no rule reads, a contact.
FRAMEWORK = load_text(
    SMALL.replace(
        "dimensions:\n",
        """general_information:
  - {no: "1", label: Tên đơn vị}
  - {no: "2", label: Địa chỉ}
  - {no: "3", label: Số phòng, type: count}
  - {no: "4", label: Điện thoại liên hệ, personal: true}
dimensions:
""",
        1,
    )
)


def cell(text: str) -> dict[str, object]:
    return {"v": text, "by": 1, "at": "2025-11-25T08:00:00+00:00", "n": 1}


def csv(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "facts.csv"
    path.write_text("\n".join(["unit,code,input,value,source", *rows]) + "\n", "utf-8")
    return path


def compared(path: Path, values: dict[str, dict[str, object]] | None = None, lang: str = "vi") -> Preview:
    return preview(path, FRAMEWORK, Own("Xã A", values or {}, values or {}, 7), lang)


def test_each_figure_is_new_changed_the_same_or_refused(tmp_path: Path) -> None:
    path = csv(
        tmp_path, "Xã A,1.1,a,30,Công an xã", "Xã A,,households,40,", "Xã A,1.2,choice,Cấp phó,", "Xã A,1.3,plan,chưa,"
    )
    found = compared(path, {"1.1/a": cell("25"), "households": cell("40")})

    assert [(line.fact, line.current, line.text, line.verdict) for line in found.lines] == [
        ("1.1/a", "25 hộ", "30 hộ", "changed"),
        ("households", "40 hộ", "40 hộ", "same"),
        ("1.2/choice", "", "Cấp phó", "new"),
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
        ("Xã A,1.1,z,30,", "“z”. Các số liệu: a (Số hộ gia đình có Internet); b (Tổng số hộ gia đình)."),
        ("Xã A,1.2,z,30,", "“z”. Các số liệu: Người đứng đầu chỉ đạo."),
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
    write_form(path, FRAMEWORK, Own("Xã A", {}, {}), "vi")
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

    assert (filled, found.count("new")) == (1, 1)
    assert [one.text for one in found.written.values()] == ["17"]


def test_a_form_of_another_framework_cannot_be_used(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    write_form(path, load("khung-2024-commune"), Own("Xã A", {}, {}), "vi")

    with pytest.raises(Exception, match=r"W201|khung-2024-commune") as refused:
        compared(path)
    assert refused.type.__name__ == "TableError"


KEPT = {
    "households": {**cell("12040"), "source": "Niên giám", "as_of": "31/12/2024", "note": "đã đối chiếu\nvới thống kê"},
    "1.1/a": {**cell("n/a"), "note": "chưa có hộ nào"},
    "1.3/plan": {**cell(""), "note": "chưa ban hành"},
    "1.3#explanation": cell("Kế hoạch đang trình ký.\nSẽ bổ sung trong tháng 12."),
    "general#1": cell("Thôn Đông, xã A"),
    "general#2": cell("12"),
}


def asked_in(book: openpyxl.Workbook) -> dict[str, Asked]:
    return {one.input: one for one in FormMap.read(book[SHEET].iter_rows(values_only=True)).asked}


def filled_form(path: Path, values: dict[str, dict[str, object]], changes: dict[str, object] | None = None) -> Path:
    """Write a form with values that count, and change the cells of some inputs, or what stands beside: ``b source``."""
    own = {fact: cell for fact, cell in values.items() if "from" not in cell}
    write_form(path, FRAMEWORK, Own("Xã A", own, values, parts=3), "vi")
    book = openpyxl.load_workbook(path)
    for name, value in (changes or {}).items():
        key, _, column = name.partition(" ")
        one = asked_in(book)[key]
        row, at = getattr(one, column or "cell")
        book[one.sheet].cell(row + 1, at + 1).value = value
    book.save(path)
    return path


def shown_in(path: Path, name: str) -> list[object]:
    book = openpyxl.load_workbook(path)
    one = asked_in(book)[name]
    row = book[one.sheet][one.cell[0] + 1]
    return [row[at].value for _, at in (one.cell, *filter(None, one.beside))]


def test_a_form_that_nobody_touched_changes_nothing(tmp_path: Path) -> None:
    found = compared(filled_form(tmp_path / "form.xlsx", KEPT), KEPT)
    assert (found.written, found.faults) == ({}, [])
    assert {line.fact: line.verdict for line in found.lines} == dict.fromkeys(KEPT, "same")


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("b", [12040, "Niên giám", "31/12/2024", "đã đối chiếu\nvới thống kê"]),
        ("a", ["n/a", None, None, "chưa có hộ nào"]),
        ("plan", [None, None, None, "chưa ban hành"]),
        ("1.3#explanation", ["Kế hoạch đang trình ký.\nSẽ bổ sung trong tháng 12."]),
        ("1.1#explanation", [None]),
        ("general#1", ["Thôn Đông, xã A", None, None, None]),
        ("general#2", [12, None, None, None]),
    ],
)
def test_what_the_report_says_stands_in_the_form(tmp_path: Path, name: str, cells: list[object]) -> None:
    assert shown_in(filled_form(tmp_path / "form.xlsx", KEPT), name) == cells


def test_personal_data_have_no_place_in_the_form(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled_form(tmp_path / "form.xlsx", KEPT))
    row = next(row for sheet in book for row in sheet if any("Điện thoại" in str(cell.value) for cell in row))
    assert "general#3" not in asked_in(book)
    assert "Ghi trên trang báo cáo, không ghi ở đây." in [cell.value for cell in row]
    assert all(cell.protection.locked for cell in row)


def test_remarks_stand_at_their_criterion_to_be_read(tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    said = {"": "Ghi đủ các thôn", "1.3": "05/10/2025 08:00 Thẩm định mẫu: Kế hoạch số mấy?\n=1+1"}
    write_form(path, FRAMEWORK, Own("Xã A", KEPT, KEPT), "vi", said)
    book = openpyxl.load_workbook(path)
    plan, general = asked_in(book)["plan"], asked_in(book)["general#1"]
    header = [one.value for one in book[plan.sheet][3]]
    column = header.index("Ý kiến chưa giải quyết (để đọc; trả lời trên trang báo cáo)")
    sheet = book[plan.sheet]
    rows = {sheet.cell(row, 1).value: sheet.cell(row, column + 1) for row in range(4, sheet.max_row + 1)}

    assert {code: one.value for code, one in rows.items() if one.value} == {"1.3": said["1.3"]}
    assert (rows["1.3"].data_type, rows["1.3"].protection.locked) == ("s", True)
    last = [row[0].value for row in book[general.sheet].iter_rows() if row[0].value][-2:]
    assert last == ["Ý kiến chưa giải quyết (để đọc; trả lời trên trang báo cáo)", "Ghi đủ các thôn"]
    found = compared(path, KEPT)
    assert (found.written, found.faults) == ({}, [])


def test_a_form_without_remarks_has_no_column_for_them(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled_form(tmp_path / "form.xlsx", KEPT))
    words = {str(one.value) for sheet in book for row in sheet.iter_rows() for one in row}
    assert not [word for word in words if "Ý kiến" in word]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"b": 12050}, {"households": ("12050", "31/12/2024", "Niên giám", "đã đối chiếu\nvới thống kê")}),
        ({"b": None}, {"households": ("", "31/12/2024", "Niên giám", "đã đối chiếu\nvới thống kê")}),
        ({"b source": "Sổ hộ"}, {"households": ("12040", "31/12/2024", "Sổ hộ", "đã đối chiếu\nvới thống kê")}),
        ({"b note": "một\nhai"}, {"households": ("12040", "31/12/2024", "Niên giám", "một\nhai")}),
        ({"a note": "không có"}, {"1.1/a": ("n/a", "", "", "không có")}),
        ({"plan": "Có"}, {"1.3/plan": ("yes", "", "", "chưa ban hành")}),
        ({"plan note": None}, {"1.3/plan": ("", "", "", "")}),
        ({"1.3#explanation": "Đã trình."}, {"1.3#explanation": ("Đã trình.", "", "", "")}),
        ({"1.3#explanation": None}, {"1.3#explanation": ("", "", "", "")}),
        ({"1.1#explanation": "Chưa có."}, {"1.1#explanation": ("Chưa có.", "", "", "")}),
        ({"general#1": "Thôn Đoài"}, {"general#1": ("Thôn Đoài", "", "", "")}),
        ({"general#2": 14}, {"general#2": ("14", "", "", "")}),
        ({"choice": "Cấp phó", "choice note": "từ tháng 3"}, {"1.2/choice": ("deputy", "", "", "từ tháng 3")}),
    ],
)
def test_a_changed_cell_changes_its_figure_and_no_other(
    tmp_path: Path, changes: dict[str, object], wanted: dict[str, tuple[str, ...]]
) -> None:
    found = compared(filled_form(tmp_path / "form.xlsx", KEPT, changes), KEPT)
    told = {fact: (one.text, one.as_of, one.source, one.note) for fact, one in found.written.items()}
    assert (told, {one.seen for one in found.written.values()}, found.faults) == (wanted, {7}, [])


def test_a_preview_tells_what_changes_beside_a_figure(tmp_path: Path) -> None:
    found = compared(filled_form(tmp_path / "form.xlsx", KEPT, {"b source": "Sổ hộ"}), KEPT)
    line = next(line for line in found.lines if line.verdict == "changed")
    assert (line.current, line.text, line.beside) == (
        "12.040 hộ",
        "12.040 hộ",
        (("Nguồn số liệu", "Niên giám", "Sổ hộ"),),
    )


def test_an_untouched_cell_does_not_undo_what_others_wrote_meanwhile(tmp_path: Path) -> None:
    now = {**KEPT, "households": cell("13000"), "1.3#explanation": cell("Đã ký.")}
    found = compared(filled_form(tmp_path / "form.xlsx", KEPT), now)
    assert found.written == {}


def test_a_source_that_was_mended_does_not_undo_the_figure_of_others(tmp_path: Path) -> None:
    now = {**KEPT, "households": {**cell("13000"), "source": "Niên giám", "as_of": "31/12/2024"}}
    found = compared(filled_form(tmp_path / "form.xlsx", KEPT, {"b source": "Sổ hộ"}), now)
    assert [(one.text, one.source, one.note) for one in found.written.values()] == [("13000", "Sổ hộ", "")]


@pytest.mark.parametrize(
    ("origin", "said", "source"),
    [
        ("provider", "Niên giám", "Do cơ quan cung cấp số liệu ghi: Niên giám"),
        ("provider", "", "Do cơ quan cung cấp số liệu ghi"),
        ("parts", "", "Cộng từ 3 đơn vị"),
    ],
)
def test_a_figure_of_others_says_so_and_stays_theirs(tmp_path: Path, origin: str, said: str, source: str) -> None:
    given = {**cell("9000"), "source": said, "as_of": "30/6/2025", "note": "ghi chú của cơ quan", "from": origin}
    own = {"households": {**cell(""), "note": "đơn vị thấy đúng"}}

    def written(changes: dict[str, object]) -> dict[str, tuple[str, ...]]:
        path = tmp_path / "form.xlsx"
        write_form(path, FRAMEWORK, Own("Xã A", own, {"households": given}, parts=3), "vi")
        if not changes:
            assert shown_in(path, "b") == [9000, source, "30/6/2025", "đơn vị thấy đúng"]
        book = openpyxl.load_workbook(path)
        for name, value in changes.items():
            one = asked_in(book)["b"]
            row, at = getattr(one, name)
            book[one.sheet].cell(row + 1, at + 1).value = value
        book.save(path)
        found = preview(path, FRAMEWORK, Own("Xã A", own, {"households": given}, 7), "en")
        assert found.faults == []
        return {fact: (one.text, one.as_of, one.source, one.note) for fact, one in found.written.items()}

    assert written({}) == {}
    assert written({"cell": 9100}) == {"households": ("9100", "30/6/2025", "", "đơn vị thấy đúng")}
    assert written({"note": "xem lại"}) == {"households": ("", "", "", "xem lại")}


def test_a_row_of_a_table_keeps_what_it_does_not_speak_of(tmp_path: Path) -> None:
    same = compared(csv(tmp_path, "Xã A,1.1,b,12040,"), KEPT)
    other = compared(csv(tmp_path, "Xã A,1.1,b,12041,"), KEPT)
    assert same.written == {}
    assert [(one.text, one.source, one.note) for one in other.written.values()] == [("12041", "", "")]


def test_the_command_line_reads_such_a_form_without_its_words(tmp_path: Path) -> None:
    entries, faults = read_entries(filled_form(tmp_path / "form.xlsx", KEPT), FRAMEWORK)
    assert {entry.input: entry.value for entry in entries} == {"b": 12040.0, "a": "n/a", "plan": None}
    assert faults == []


def _line() -> st.SearchStrategy[str]:
    signs = st.characters(codec="utf-8", categories=("L", "Nd", "P", "S", "Zs"), exclude_characters="\u3000")
    return st.text(signs, max_size=30).map(tidy)


def _lines() -> st.SearchStrategy[str]:
    return st.lists(_line().filter(bool), max_size=3).map("\n".join)


_FIGURES = {
    "households": st.integers(0, 10**9).map(str),
    "1.1/a": st.one_of(st.integers(0, 10**9).map(str), st.just("n/a")),
    "1.2/choice": st.sampled_from(["head", "deputy", "none_of_them", "n/a", "none of these"]),
    "1.3/plan": st.sampled_from(["yes", "no", "n/a"]),
}
_TEXTS = ["1.1#explanation", "1.2#explanation", "1.3#explanation", "general#1"]


@st.composite
def documents(draw: st.DrawFn) -> dict[str, dict[str, object]]:
    """Draw what a report holds: figures with what stands beside them, explanations, other text."""
    found = {}
    for fact, texts in {**_FIGURES, **dict.fromkeys(_TEXTS, _lines())}.items():
        beside = {} if fact in _TEXTS else {"as_of": draw(_line()), "source": draw(_line()), "note": draw(_lines())}
        text = draw(st.one_of(st.just(""), texts))
        if text or beside.get("note"):
            found[fact] = {**cell(text), **{key: value for key, value in beside.items() if value}}
    return found


def _without_memory(path: Path) -> None:
    """Let a form forget what it was filled in with, as if people had typed all of it."""
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    for row in range(sheet.max_row, 0, -1):
        if sheet.cell(row, 1).value == "known":
            sheet.delete_rows(row)
    book.save(path)


#: What may have been said of general information and of criteria.
_REMARKS = st.dictionaries(st.sampled_from(["", "1.1", "1.2", "1.3"]), _lines())


@given(documents(), _REMARKS, st.sampled_from(["vi", "en"]))
@settings(max_examples=40, deadline=None)
def test_a_report_goes_down_and_comes_up_unchanged(
    values: dict[str, dict[str, object]], remarks: dict[str, str], lang: str
) -> None:
    with tempfile.TemporaryDirectory() as folder, translation.override(lang):
        path = Path(folder, "form.xlsx")
        write_form(path, FRAMEWORK, Own("Xã A", values, values), lang, remarks)
        assert compared(path, values, lang).written == {}
        _without_memory(path)
        found = compared(path, {}, lang)

    told = {
        fact: {"v": one.text, "as_of": one.as_of, "source": one.source, "note": one.note}
        for fact, one in found.written.items()
    }
    assert told == {
        fact: {key: kept.get(key, "") for key in ("v", "as_of", "source", "note")} for fact, kept in values.items()
    }
