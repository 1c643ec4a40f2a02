"""Excel forms as offices keep them: several sheets, hidden parts, numbers that are shown otherwise than stored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from io import BytesIO

import pytest
import xlsxwriter

from chiso.decree.document.reader import read_bytes
from chiso.decree.document.shown import shown_date, shown_number
from chiso.decree.draft import Draft, drafts_of

Book = xlsxwriter.Workbook
Sheet = xlsxwriter.worksheet.Worksheet
HEAD = [
    "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN",
    "Quyết định số 12/QĐ-UBND ngày 05/3/2025 của Ủy ban nhân dân tỉnh Mẫu Sơn",
    "BỘ CHỈ SỐ CHUYỂN ĐỔI SỐ CỦA CÁC XÃ, PHƯỜNG",
]
COLUMNS = ["STT", "Tiêu chí", "Điểm tối đa", "Cách tính điểm"]


def workbook(*sheets: tuple[str, Callable[[Book, Sheet], None]]) -> bytes:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for title, write in sheets:
        write(book, book.add_worksheet(title))
    book.close()
    return out.getvalue()


def put(sheet: Sheet, rows: Sequence[Sequence[object]], at: int = 0) -> None:
    for down, row in enumerate(rows, at):
        for column, value in enumerate(row):
            if value not in ("", None):
                sheet.write(down, column, value)


def drafts(*sheets: tuple[str, Callable[[Book, Sheet], None]]) -> list[Draft]:
    return drafts_of(read_bytes(workbook(*sheets), "bang.xlsx"))


def maxima(draft: Draft) -> dict[str, Fraction | None]:
    return {code: one.max_points for code, one in draft.framework.criteria.items()}


def titled(rows: Sequence[Sequence[object]]) -> list[list[object]]:
    return [*([text] for text in HEAD), list(COLUMNS), *map(list, rows)]


ROWS = [
    [1, "Chính quyền số", 30, ""],
    [1.1, "Có kế hoạch", 10, "Có: 10 điểm; không có: 0 điểm"],
    [1.2, "Tỷ lệ hồ sơ trực tuyến", 20, "Tỷ lệ x 20"],
    [2, "Xã hội số", 20, ""],
    [2.1, "Số lớp tập huấn", 20, "Mỗi lớp 5 điểm, tối đa 20 điểm"],
]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1.1, "", "1,1"),
        (3.0, "", "3"),
        (1.1, "0.00", "1,10"),
        (2.0, "0.0", "2,0"),
        (0.8, "0%", "80%"),
        (0.125, "0.0%", "12,5%"),
        (7.0, "00", "07"),
        (1.0, '"Tiêu chí "0', "Tiêu chí 1"),
        (10.0, '0"đ"', "10đ"),
        (2.5, "0.##", "2,5"),
        (-0.5, "0.0", "-0,5"),
        (12.0, "[Red]0", "12"),
        (5.0, '"điểm"', "5"),
    ],
)
def test_numbers_are_read_as_they_are_shown(value: float, form: str, shown: str) -> None:
    assert shown_number(value, form) == shown


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("dd/mm/yyyy", "05/03/2025"),
        ("m/d/yy", "05/03/2025"),
        ("d/m", "5/3"),
        ("dd\\.mm", "05.03"),
        ("d-mmm", "05/03/2025"),
        ("", "05/03/2025"),
    ],
)
def test_dates_are_read_as_they_are_shown(form: str, shown: str) -> None:
    assert shown_date(dt.date(2025, 3, 5), form) == shown


def test_a_number_of_a_row_keeps_the_zero_that_excel_does_not_store() -> None:
    rows = [[1, "Chính quyền số", 110, ""]]
    rows += [[float(f"1.{n}"), f"Tiêu chí về việc thứ {n}", 10, "Có: 10 điểm; không: 0 điểm"] for n in range(1, 12)]
    (draft,) = drafts(("Phụ lục", lambda _, sheet: put(sheet, titled(rows))))
    assert list(maxima(draft)) == [f"1.{n}" for n in range(1, 12)]


def test_a_number_of_a_row_may_be_shown_with_two_decimals_or_taken_for_a_day() -> None:
    def write(book: Book, sheet: Sheet) -> None:
        put(sheet, titled([[1, "Chính quyền số", 30, ""], ["", "Có kế hoạch", 10, ""], ["", "Có báo cáo", 20, ""]]))
        sheet.write_number(5, 0, 1.1, book.add_format({"num_format": "0.00"}))
        sheet.write_datetime(6, 0, dt.date(2025, 11, 1), book.add_format({"num_format": "d-mmm"}))

    (draft,) = drafts(("Phụ lục", write))
    assert maxima(draft) == {"1.10": 10, "1.11": 20}
    by_row = {(one.row, one.name): one.confidence for one in draft.fields}
    assert (by_row["1.10", "title"], by_row["1.11", "title"]) == ("high", "medium")


def test_hidden_rows_columns_and_sheets_are_listed_and_not_read() -> None:
    def write(_: Book, sheet: Sheet) -> None:
        rows = titled([*ROWS, [2.2, "Tiêu chí đã bỏ", 99, ""]])
        put(sheet, [[*row[:2], "Ghi chú nội bộ" if at > 2 else "", *row[2:]] for at, row in enumerate(rows)])
        sheet.set_row(len(rows) - 1, None, None, {"hidden": True})
        sheet.set_column(2, 2, None, None, {"hidden": True})

    def old(_: Book, sheet: Sheet) -> None:
        put(sheet, titled([[1, "Bộ cũ", 5, ""], [1.1, "Tiêu chí cũ", 5, ""]]))
        sheet.hide()

    (draft,) = drafts(("Phụ lục", write), ("Năm 2023", old))
    assert maxima(draft) == {"1.1": 10, "1.2": 20, "2.1": 20}
    hidden = [one.text for one in draft.document.dropped if one.reason == "hidden"]
    assert hidden[0] == "Ghi chú nội bộ"
    assert "2,2 | Tiêu chí đã bỏ | Ghi chú nội bộ | 99" in hidden
    assert "1,1 | Tiêu chí cũ | 5" in hidden
    assert "Tiêu chí đã bỏ" not in draft.text


def test_each_sheet_may_hold_a_set() -> None:
    def write(title: str, rows: list[list[object]]) -> Callable[[Book, Sheet], None]:
        return lambda _, sheet: put(sheet, [[title], COLUMNS, *rows])

    found = drafts(
        ("Sở, ngành", write("BỘ CHỈ SỐ CỦA CÁC SỞ, BAN, NGÀNH", ROWS)),
        ("Xã", write("BỘ CHỈ SỐ CỦA CÁC XÃ, PHƯỜNG", ROWS[:3])),
    )
    assert [one.framework.unit_kinds for one in found] == [["department"], ["commune"]]
    assert [list(maxima(one)) for one in found] == [["1.1", "1.2", "2.1"], ["1.1", "1.2"]]


def test_guidance_on_a_sheet_of_its_own_gives_the_rules() -> None:
    def criteria(_: Book, sheet: Sheet) -> None:
        put(sheet, [row[:3] for row in titled(ROWS)])

    def guidance(_: Book, sheet: Sheet) -> None:
        put(sheet, [["HƯỚNG DẪN CHẤM ĐIỂM"], ["STT", "Tiêu chí", "Hướng dẫn chấm điểm", "Tài liệu kiểm chứng"]])
        put(sheet, [[row[0], row[1], row[3], "Báo cáo"] for row in ROWS if row[3]], at=2)

    (draft,) = drafts(("Bộ chỉ số", criteria), ("Hướng dẫn", guidance))
    found = draft.framework.criteria
    assert {code: one.effective_rule.kind for code, one in found.items()} == {
        "1.1": "choice",
        "1.2": "ratio",
        "2.1": "per_item",
    }
    assert [one.evidence for one in found.values()] == [["Báo cáo"]] * 3
    assert [one.text for one in draft.left_over if one.reason == "not_understood"] == []


def test_guidance_for_other_rows_gives_no_rules() -> None:
    def criteria(_: Book, sheet: Sheet) -> None:
        put(sheet, [row[:3] for row in titled(ROWS)])

    def guidance(_: Book, sheet: Sheet) -> None:
        put(sheet, [["HƯỚNG DẪN"], ["STT", "Tiêu chí", "Hướng dẫn chấm điểm"]])
        put(sheet, [[row[0], "Việc khác hẳn", row[3]] for row in ROWS if row[3]], at=2)

    draft = drafts(("Bộ chỉ số", criteria), ("Hướng dẫn", guidance))[0]
    found = draft.framework.criteria
    assert {found[code].effective_rule.kind for code in ("1.1", "1.2", "2.1")} == {"manual"}


def test_what_a_formula_gives_is_read_and_what_was_never_computed_is_inferred() -> None:
    def write(_: Book, sheet: Sheet) -> None:
        put(sheet, titled(ROWS))
        sheet.write_formula(4, 2, "=SUM(C6:C7)", None, 30)
        sheet.write_formula(7, 2, "=SUM(C9)")  # written by a program that does not compute

    (draft,) = drafts(("Phụ lục", write))
    assert [one.max_points for one in draft.framework.dimensions] == [30, 20]


def test_merged_cells_and_headings_of_several_rows() -> None:
    def write(_: Book, sheet: Sheet) -> None:
        for at, text in enumerate(HEAD):
            sheet.merge_range(at, 0, at, 6, text)
        for column, text in ((0, "STT"), (1, "Tiêu chí"), (2, "Điểm tối đa"), (5, "Cơ quan chủ trì"), (6, "Cách tính")):
            sheet.merge_range(3, column, 4, column, text)
        sheet.merge_range(3, 3, 3, 4, "Điểm đánh giá")
        sheet.write(4, 3, "Tự chấm")
        sheet.write(4, 4, "Thẩm định")
        put(sheet, [[row[0], row[1], row[2], "", "", "", row[3]] for row in ROWS], at=5)
        sheet.merge_range(6, 5, 7, 5, "Văn phòng UBND tỉnh")
        sheet.merge_range(10, 0, 10, 1, "Tổng cộng")
        sheet.write(10, 2, 50)

    (draft,) = drafts(("Phụ lục", write))
    assert maxima(draft) == {"1.1": 10, "1.2": 20, "2.1": 20}
    assert [one.lead for one in draft.framework.criteria.values()] == [["Văn phòng UBND tỉnh"]] * 2 + [[]]
    assert draft.framework.max_points == 50
