"""A workbook of results: numbers are numbers, rounded exactly; what is missing is said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from chiso.framework.inputs import asked
from chiso.framework.loader import bundled, load, load_text
from chiso.framework.model import Framework
from chiso.scoring.entries import Entry, EntryReader
from chiso.scoring.facts import Unit, facts_of
from chiso.scoring.score import Scores, score
from chiso.workbook import result_points, result_sheet
from chiso.workbook.faults import TableError
from chiso.workbook.result_book import write_result
from chiso.workbook.standings import grades as grades_of
from chiso.workbook.standings import number
from tests.workbook.example import FRAMEWORK, framework

FULL = {"1.1": ("choice", "head"), "1.2": ("a", 10), "1.3.1": ("points", "12.5")}


def scored(
    rows: Sequence[tuple[str, str, str, Any]], of: Framework | None = None, units: Sequence[Unit] | None = None
) -> Scores:
    reader = EntryReader(of or framework(), units)
    facts = reader.read(Entry(*row) for row in rows)
    return score(reader.framework, facts)


def complete(unit: str, **changes: Any) -> list[tuple[str, str, str, Any]]:
    """Return all figures of a unit of the example: 60 + 40 points; ``households`` is the knob."""
    values = {"households": 2, "screens": 3, "machines": 2, **changes}
    return [
        (unit, "", "households", values["households"]),
        (unit, "", "screens", values["screens"]),
        (unit, "1.1", "choice", "head"),
        (unit, "1.2", "a", values["machines"]),
        (unit, "1.3.1", "points", "12.5"),
        (unit, "2.10", "#1", "có"),
        (unit, "2.10", "#2", "có"),
    ]


def saved(scores: Scores, path: Path, **options: Any) -> Workbook:
    write_result(scores, path, **options)
    return openpyxl.load_workbook(path)


def table(book: Workbook, sheet: str) -> list[list[Any]]:
    """Return the header and the rows of a sheet; empty cells as empty text."""
    rows = book[sheet].iter_rows(min_row=6, values_only=True)
    return [[("" if cell is None else cell) for cell in row] for row in rows]


@pytest.fixture
def three(tmp_path: Path) -> Workbook:
    rows = [
        *complete("Huyện B", machines=1),
        *complete("Huyện A"),
        ("=cmd()", "1.1", "choice", "other"),
        ("=cmd()", "1.2", "a", "chữ"),
        ("=cmd()", "2.10", "#1", "n/a"),
    ]
    return saved(scored(rows), tmp_path / "r.xlsx")


def test_sheets_go_from_the_ranking_to_what_it_rests_on(three: Workbook) -> None:
    assert three.sheetnames == ["Xếp hạng", "Biểu đồ", "Điểm theo tiêu chí", "Thiếu và lỗi", "Thang điểm", "Căn cứ"]


def test_the_ranking_says_who_stands_where_and_what_is_provisional(three: Workbook) -> None:
    header, *rows = table(three, "Xếp hạng")
    assert header == [
        *("Hạng", "Đơn vị", "Tổng điểm", "Điểm tối đa", "Tỷ lệ (%)", "Xếp loại", "Tình trạng", "A. Trụ cột A"),
        *("1. Nhận thức số\n(60)", "2. Hạ tầng: số / dữ liệu [mở] rất rất dài\n(40)"),
    ]
    assert rows == [
        [1, "Huyện A", 100, 100, 100, "Tốt", "Đủ số liệu", 60, 60, 40],
        [2, "Huyện B", 90, 100, 90, "Tốt", "Đủ số liệu", 50, 50, 40],
        [3, "=cmd()", 0, 100, 0, "Yếu", "Tạm tính (còn 5)", 0, 0, ""],
    ]
    assert three["Xếp hạng"]["B9"].data_type == "s"


def test_every_sheet_says_that_the_result_is_provisional(three: Workbook) -> None:
    for sheet in three.worksheets:
        assert sheet["A4"].value == (
            "TẠM TÍNH: 1 trên 3 đơn vị còn thiếu hoặc có lỗi số liệu. "
            "Kết quả tính từ số liệu được cung cấp, chưa phải kết quả công bố chính thức."
        )


def test_every_page_says_that_the_result_is_provisional(three: Workbook) -> None:
    for sheet in three.worksheets:
        assert sheet.oddHeader.left.text.startswith("TẠM TÍNH: 1 trên 3 đơn vị còn thiếu hoặc có lỗi số liệu.")


def test_points_stand_by_criterion_with_words_where_there_are_none(three: Workbook) -> None:
    header, *rows = table(three, "Điểm theo tiêu chí")
    assert header == ["Mã", "Tiêu chí", "Điểm tối đa", "Huyện A", "Huyện B", "=cmd()"]
    assert [[row[0], *row[2:]] for row in rows] == [
        ["1", 60, 60, 50, 0],
        ["1.1", 10, 10, 10, 0],
        ["1.2", 20, 20, 10, "lỗi"],
        ["1.3", 30, 30, 30, "thiếu"],
        ["1.3.1", 12.5, 12.5, 12.5, "thiếu"],
        ["1.3.2", 17.5, 17.5, 17.5, "thiếu"],
        ["2", 40, 40, 40, ""],
        ["2.1", 20, 20, 20, "thiếu"],
        ["2.10", 20, 20, 20, "không áp dụng"],
        ["", 100, 100, 90, 0],
    ]


def test_what_is_missing_is_listed_with_a_remedy(three: Workbook) -> None:
    header, *rows = table(three, "Thiếu và lỗi")
    assert header == ["Đơn vị", "Mã", "Tiêu chí", "Tình trạng", "Điểm tối đa", "Lý do và cách xử lý"]
    machines = "a = Số hộ có máy tính (đơn vị tính: hộ)"
    assert [(row[0], row[1], row[3], row[5]) for row in rows] == [
        ("=cmd()", "1.2", "lỗi", f"“chữ” không phải là một số. Ghi số, ví dụ 1234 hoặc 12,5.\n{machines}"),
        ("=cmd()", "1.3.1", "thiếu", "Chưa có số liệu: Điểm chấm."),
        ("=cmd()", "1.3.2", "thiếu", "Chưa có số liệu: Số màn hình."),
        ("=cmd()", "2.1", "thiếu", "Chưa có số liệu: Số màn hình."),
        ("=cmd()", "2.10", "không áp dụng", "Đơn vị trả lời không phát sinh: Việc một."),
    ]


def test_a_part_above_its_whole_is_explained_with_the_printed_words(tmp_path: Path) -> None:
    book = saved(scored(complete("A", machines=3)), tmp_path / "r.xlsx")
    [row] = table(book, "Thiếu và lỗi")[1:]
    label = framework().known_facts["households"].label.vi
    assert row[5] == (
        "a = 3 lớn hơn tổng b = 2. Kiểm tra lại hai số này.\n"
        f"a = Số hộ có máy tính (đơn vị tính: hộ)\nb = {label} (đơn vị tính: hộ)"
    )


def test_nothing_missing_is_said_in_words(tmp_path: Path) -> None:
    book = saved(scored(complete("A")), tmp_path / "r.xlsx")
    assert book["Thiếu và lỗi"]["A7"].value == "Không có."
    assert book["Xếp hạng"]["A4"].value.startswith("Đủ số liệu của 1 đơn vị.")


def test_maxima_stand_with_rule_agency_and_clause(three: Workbook) -> None:
    rows = table(three, "Thang điểm")
    assert rows[2][:6] == ["1.1", "Người đứng đầu là trưởng ban", 10, "- Trưởng: tối đa", "Văn phòng", "dòng 1.1"]


def test_inferred_and_blank_maxima_are_explained(tmp_path: Path) -> None:
    remark = "printed_max: blank\n        inferred: 60 - 40\n        "
    text = FRAMEWORK.replace('printed_rule: "a =', remark + 'printed_rule: "a =')
    book = saved(scored(complete("A"), load_text(text)), tmp_path / "r.xlsx")
    assert table(book, "Thang điểm")[3][6] == "Văn bản in: blank\nVăn bản để trống; suy ra: 60 - 40"


def test_the_basis_lets_a_stranger_recompute(three: Workbook) -> None:
    rows = {row[0]: row[1] for row in table(three, "Căn cứ")}
    assert rows["Mã bộ chỉ số"] == "example-district"
    assert rows["Phiên bản"] == "1.0"
    assert rows["Mã băm (SHA-256) của bộ chỉ số"] == framework().hash
    assert rows["Tính bằng"] == "ChiSo 0.1.0"
    assert rows["Làm tròn"].startswith("Tính chính xác bằng phân số; làm tròn nửa lên 2 chữ số")
    assert rows["Xếp hạng"] == "Điểm bằng nhau cùng hạng, hạng sau bỏ qua (1, 2, 2, 4)."


def test_chosen_readings_are_named(tmp_path: Path) -> None:
    of = load("gia-lai-2023-province", {"A6": "one_half"})
    book = saved(scored([("A", "1.1", "choice", "head")], of), tmp_path / "r.xlsx")
    rows = {row[0]: row[1] for row in table(book, "Căn cứ")}
    assert rows["Cách hiểu A6"].endswith("Chỉ một nửa điểm tối đa (được chọn)")
    assert rows["Cách hiểu A8"].endswith("(mặc định)")


def test_numbers_are_rounded_half_up_and_stay_numbers(tmp_path: Path) -> None:
    book = saved(scored(complete("A", households=7, machines=1)), tmp_path / "r.xlsx")
    cell = book["Điểm theo tiêu chí"]["D9"]
    assert (cell.value, cell.number_format) == (2.86, "#,##0.00")


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [("1/8", 2, 0.13), ("2.675", 2, 2.68), ("1.005", 2, 1.01), ("-1/8", 2, -0.13), ("5/2", 0, 3.0), ("1/3", 4, 0.3333)],
)
def test_a_cell_shows_what_exact_rounding_gives(value: str, decimals: int, shown: float) -> None:
    assert number(Fraction(value), decimals) == shown


def test_groups_are_ranked_and_drawn_apart(tmp_path: Path) -> None:
    units = [Unit("A", group="núi"), Unit("B", group="biển"), Unit("C", group="núi")]
    rows = [*complete("A", machines=1), *complete("B"), *complete("C")]
    book = saved(scored(rows, units=units), tmp_path / "r.xlsx")
    header, *ranking = table(book, "Xếp hạng")
    assert header[2] == "Nhóm xếp hạng"
    assert [row[:4] for row in ranking] == [[1, "B", "biển", 100], [1, "C", "núi", 100], [2, "A", "núi", 90]]
    titles = [chart_title(chart) for chart in book["Biểu đồ"]._charts]
    assert titles == [
        "núi – C cao nhất: 100 điểm",
        "Thấp nhất: Nhận thức số, 94,4 % điểm tối đa",
    ]


def chart_title(chart: Any) -> str:
    return "".join(run.t for paragraph in chart.title.tx.rich.p for run in paragraph.r)


def series_of(chart: Any) -> tuple[str, str]:
    [series] = chart.series
    names = series.cat.strRef or series.cat.numRef
    return names.f, series.val.numRef.f


def test_charts_draw_the_totals_and_the_mean_of_each_dimension(three: Workbook) -> None:
    totals, dimensions = three["Biểu đồ"]._charts
    assert chart_title(totals) == "Huyện A cao nhất: 100 điểm"
    assert series_of(totals) == ("'Xếp hạng'!$B$7:$B$9", "'Xếp hạng'!$C$7:$C$9")
    assert totals.x_axis.scaling.min is None
    assert (totals.y_axis.scaling.min, totals.y_axis.scaling.max) == (0, 100)
    assert series_of(dimensions) == ("'Biểu đồ'!$A$7:$A$8", "'Biểu đồ'!$C$7:$C$8")
    assert table(three, "Biểu đồ")[1:3] == [
        ["1. Nhận thức số", 60, 61.11],
        ["2. Hạ tầng: số / dữ liệu [mở] rất rất dài", 40, 66.67],
    ]


def test_a_single_unit_is_not_compared_with_itself(tmp_path: Path) -> None:
    book = saved(scored(complete("A", machines=1)), tmp_path / "r.xlsx")
    assert [chart_title(chart) for chart in book["Biểu đồ"]._charts] == ["Thấp nhất: Nhận thức số, 83,3 % điểm tối đa"]
    assert table(book, "Biểu đồ")[0][2] == "Tỷ lệ (% điểm tối đa)"


def test_units_that_share_the_top_are_counted_in_the_title(tmp_path: Path) -> None:
    book = saved(scored([*complete("A"), *complete("B"), *complete("C", machines=1)]), tmp_path / "r.xlsx")
    assert chart_title(book["Biểu đồ"]._charts[0]) == "2 đơn vị cùng cao nhất: 100 điểm"


def test_many_units_are_drawn_in_part_and_listed_whole(tmp_path: Path) -> None:
    rows = [row for one in range(45) for row in complete(f"Xã {one:02}", households=one + 2)]
    book = saved(scored(rows), tmp_path / "r.xlsx")
    assert len(table(book, "Xếp hạng")) == 46
    chart = book["Biểu đồ"]._charts[0]
    assert chart_title(chart) == "Xã 00 cao nhất: 100 điểm (30 đơn vị đầu)"
    assert series_of(chart)[0] == "'Xếp hạng'!$B$7:$B$36"
    header, *points = table(book, "Điểm theo tiêu chí")
    assert header[:5] == [
        "Đơn vị",
        "Tổng điểm",
        "1. Nhận thức số\n(60)",
        "1.1. Người đứng đầu là trưởng ban\n(10)",
        "1.2. Tỷ lệ hộ có máy tính\n(20)",
    ]
    assert points[1][:5] == ["Xã 01", 93.33, 53.33, 10, 13.33]
    assert book["Điểm theo tiêu chí"].auto_filter.ref == "A6:K51"


def test_a_ranking_without_points_has_no_chart(tmp_path: Path) -> None:
    book = saved(scored([("A", "1.1", "choice", None)]), tmp_path / "r.xlsx")
    assert "Biểu đồ" not in book.sheetnames
    assert table(book, "Xếp hạng")[1] == ["", "A", "", 100, "", "", "Chưa có số liệu", "", "", ""]


def test_a_chart_of_a_group_starts_at_the_first_row_of_the_group(tmp_path: Path) -> None:
    units = [Unit(name, group="biển") for name in "ABC"] + [Unit(name, group="núi") for name in "DE"]
    rows = [row for name in "ABDE" for row in complete(name)]
    book = saved(scored([*rows, ("C", "1.1", "choice", None)], units=units), tmp_path / "r.xlsx")
    assert [series_of(chart)[0] for chart in book["Biểu đồ"]._charts[:2]] == [
        "'Xếp hạng'!$B$7:$B$8",
        "'Xếp hạng'!$B$10:$B$11",
    ]


def test_units_without_points_come_last(tmp_path: Path) -> None:
    book = saved(scored([("A", "1.1", "choice", None), ("B", "1.1", "choice", "head")]), tmp_path / "r.xlsx")
    assert [row[:2] for row in table(book, "Xếp hạng")[1:]] == [[1, "B"], ["", "A"]]


def test_no_units_at_all_still_make_a_workbook(tmp_path: Path) -> None:
    book = saved(scored([]), tmp_path / "r.xlsx")
    assert len(table(book, "Xếp hạng")) == 1


def test_sample_figures_are_marked_without_being_asked(tmp_path: Path) -> None:
    reader = EntryReader(framework())
    facts = reader.read([Entry("A", "1.1", "choice", "head", source="Số liệu mẫu, tự đặt")])
    book = saved(score(reader.framework, facts), tmp_path / "r.xlsx")
    assert all(sheet["A4"].value.startswith("SỐ LIỆU MẪU: ") for sheet in book.worksheets)


def test_another_mark_stands_on_every_sheet(tmp_path: Path) -> None:
    book = saved(scored(complete("A")), tmp_path / "r.xlsx", mark="MẬT.")
    assert all(sheet["A4"].value.startswith("MẬT. Đủ số liệu") for sheet in book.worksheets)


def test_nothing_starts_a_formula(tmp_path: Path) -> None:
    units = ["=1+1", "+1", "-1", "@x", "\tx", "http://x.vn", '=HYPERLINK("x")']
    rows = [(f"{name}", "1.1", "choice", "head") for name in units if not name.startswith("@")]
    book = saved(scored(rows), tmp_path / "r.xlsx")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert [cell.coordinate for cell in row if cell.data_type == "f" or cell.hyperlink] == []


def test_long_lists_end_with_how_much_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_sheet, "MAX_ROWS", 2)
    book = saved(scored([("A", "1.1", "choice", "head")]), tmp_path / "r.xlsx")
    rows = table(book, "Thiếu và lỗi")
    assert [row[1] for row in rows[1:3]] == ["1.2", "1.3.1"]
    assert rows[3][0] == "Còn 3 dòng khác không ghi ở đây."


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        write_result(scored(complete("A")), tmp_path / "none" / "r.xlsx")
    assert caught.value.code == "W005"


def test_english_headers(tmp_path: Path) -> None:
    book = saved(scored(complete("A")), tmp_path / "r.xlsx", lang="en")
    assert book.sheetnames == ["Ranking", "Charts", "Points by criterion", "Missing and faulty", "Maxima", "Basis"]
    assert table(book, "Ranking")[0][:3] == ["Rank", "Unit", "Total"]


# -- maturity


def commune(unit: str, share: int, answer: str, count: int) -> list[tuple[str, str, str, Any]]:
    of = load("khung-2024-commune")
    rows: list[tuple[str, str, str, Any]] = []
    for code, criterion in of.criteria.items():
        for one in asked(of, criterion):
            if one.name == "value":
                value: Any = {"share": share, "yes_no": answer}.get(one.type, count)
                rows.append((unit, code, "value", value))
            elif one.name == "total":
                rows.append((unit, code, "total", count))
    return rows


@pytest.fixture(scope="module")
def grades(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    of = load("khung-2024-commune")
    rows = [*commune("Xã Thấp", 0, "không", 0), *commune("Xã Cao", 100, "có", 1000)]
    rows = [row for row in rows if row[:2] != ("Xã Thấp", "I.1")]
    return saved(scored(rows, of), tmp_path_factory.mktemp("r") / "r.xlsx")


def test_levels_come_first_and_the_highest_on_top(grades: Workbook) -> None:
    assert grades.sheetnames == [
        *("Mức độ", "Biểu đồ", "Mức theo tiêu chí", "Số liệu theo tiêu chí", "Chưa đạt", "Thiếu và lỗi", "Căn cứ"),
    ]
    header, *rows = table(grades, "Mức độ")
    assert header[:5] == ["Đơn vị", "Mức đạt", "Tên mức", "Tình trạng", "Mức 1: số tiêu chí chưa đạt"]
    assert rows[0] == ["Xã Cao", 5, "Toàn diện", "Đủ số liệu", 0, 0, 0, 0, 0]
    assert rows[1][:4] == ["Xã Thấp", 0, "Chưa đạt mức nào", "Tạm tính (còn 1)"]


def test_levels_and_figures_stand_by_criterion(grades: Workbook) -> None:
    levels = {row[0]: row[2:] for row in table(grades, "Mức theo tiêu chí")}
    figures = {row[0]: row[2:] for row in table(grades, "Số liệu theo tiêu chí")}
    assert (levels["Mã"], levels["I.1"], levels["I.2"]) == (["Xã Cao", "Xã Thấp"], [5, "thiếu"], [5, "chưa đạt"])
    assert (figures["I.1"], figures["I.2"], figures["I.4"]) == (["100 %", "thiếu"], ["100 %", "0 %"], ["Có", "Không"])


def test_what_a_few_units_do_not_meet_is_listed_criterion_by_criterion(grades: Workbook) -> None:
    header, *rows = table(grades, "Chưa đạt")
    assert header == [
        *("Đơn vị", "Mã", "Tiêu chí", "Mức", "Yêu cầu", "Hiện tại", "Các mức khác", "Lý do và cách xử lý"),
    ]
    title = load("khung-2024-commune").criteria["I.1"].title
    lacks = ["từ 50 % trở lên", "thiếu", "2, 3, 4, 5", f"Chưa có số liệu: {title}."]
    assert rows[0] == ["Xã Thấp", "I.1", title, 1, *lacks]
    assert [row[3:] for row in rows if row[1] == "I.2"] == [[1, "từ 20 % trở lên", "0 %", "2, 3, 4, 5", ""]]
    assert {row[0] for row in rows} == {"Xã Thấp"}


@pytest.fixture(scope="module")
def many_grades(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    rows = [row for at in range(6) for row in commune(f"Xã {at}", 0, "không", 0)]
    rows += [*commune("Xã Cao", 100, "có", 1000), *commune("Xã Lỗi", 0, "không", 0)]
    rows = [row for row in rows if row[:2] not in (("Xã 1", "I.1"), ("Xã 1", "I.2"))]
    rows += [("Xã Lỗi", "I.2", "value", 101)]
    return saved(scored(rows, load("khung-2024-commune")), tmp_path_factory.mktemp("r") / "r.xlsx")


def test_many_units_have_a_row_each_with_what_they_lack_for_the_next_level(many_grades: Workbook) -> None:
    header, *rows = table(many_grades, "Chưa đạt")
    assert header == [
        *("Đơn vị", "Mức đạt", "Mức tiếp theo", "Số tiêu chí còn vướng", "Chưa đạt ở mức tiếp theo", "Chưa có số liệu"),
    ]
    scores = scored(commune("Xã 0", 0, "không", 0), load("khung-2024-commune"))
    codes = grades_of(scores, "vi")[0].reached.unmet[1]
    found = {row[0]: row[1:] for row in rows}
    assert len(rows) == 8
    assert found["Xã Cao"] == [5, "Đã ở mức cao nhất", 0, "", ""]
    assert found["Xã 0"] == [0, "1. Khởi động", len(codes), ", ".join(codes), ""]
    assert "I.1" in codes
    known = [code for code in codes if code not in ("I.1", "I.2")]
    unknown = [code for code in codes if code not in known]
    assert unknown
    assert found["Xã 1"] == [0, "1. Khởi động", len(codes), ", ".join(known), ", ".join(unknown)]


def test_common_hurdles_are_counted_over_units(many_grades: Workbook) -> None:
    header, first, *_ = table(many_grades, "Vướng mắc chung")
    assert header == ["Mã", "Tiêu chí", "Số đơn vị vướng ở mức tiếp theo", "Trong đó chưa có số liệu"]
    assert first == ["I.1", load("khung-2024-commune").criteria["I.1"].title, 7, 1]


def test_what_many_units_miss_is_told_in_a_row_a_unit(many_grades: Workbook) -> None:
    header, *rows = table(many_grades, "Thiếu và lỗi")
    assert header == ["Đơn vị", "Tình trạng", "Tiêu chí", "Lý do và cách xử lý"]
    words = "Chưa có số liệu của 2 tiêu chí; chưa có số liệu không phải là 0."
    assert rows[0] == ["Xã 1", "thiếu", "I.1, I.2", words]
    assert [row[:3] for row in rows[1:]] == [["Xã Lỗi", "lỗi", "I.2"]]


def widths_of(sheet: Worksheet) -> list[float]:
    """Return the width of each column; a file states equal neighbours once."""
    stated = [one for one in sheet.column_dimensions.values() if one.min]
    return [one.width for one in sorted(stated, key=lambda one: one.min) for _ in range(one.min, one.max + 1)]


def test_a_wide_table_is_printed_section_by_section_beside_its_units(many_grades: Workbook) -> None:
    for name in ("Mức theo tiêu chí", "Số liệu theo tiêu chí"):
        sheet = many_grades[name]
        assert (sheet.print_title_rows, sheet.print_title_cols) == ("$6:$6", "$A:$B")
        assert sheet.freeze_panes == "C7"
        starts = [one.id for one in sheet.col_breaks.brk]
        widths = widths_of(sheet)
        kept, edges = sum(widths[:2]), [2, *starts, len(widths)]
        assert starts
        # An A4 page holds about 1,000 pixels at its full size, and a character has 7.
        widest = max(kept + sum(widths[first:last]) for first, last in pairwise(edges))
        assert widest * 7 * sheet.page_setup.scale / 100 < 1000
        assert sheet.page_setup.scale >= 60


def test_every_table_is_printed_whole_on_landscape_pages_with_its_header(many_grades: Workbook) -> None:
    for sheet in many_grades.worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        if sheet.title != "Biểu đồ":
            last = get_column_letter(sheet.max_column)
            assert sheet.print_area.split("!")[1] == f"$A$1:${last}${sheet.max_row}"
            assert sheet.print_title_rows == "$6:$6"
            divided = bool(sheet.col_breaks.brk)
            assert divided == (sheet.title in ("Mức theo tiêu chí", "Số liệu theo tiêu chí"))
            assert bool(sheet.sheet_properties.pageSetUpPr.fitToPage) is not divided


def test_a_long_list_of_targets_ends_with_how_much_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_sheet, "MAX_ROWS", 2)
    scores = scored(commune("Xã A", 0, "không", 0), load("khung-2024-commune"))
    rows = table(saved(scores, tmp_path / "r.xlsx"), "Chưa đạt")
    lacking = {code for codes in grades_of(scores, "vi")[0].reached.unmet.values() for code in codes}
    assert (len(rows), rows[3][0]) == (4, f"Còn {len(lacking) - 2} dòng khác không ghi ở đây.")


def test_levels_are_counted_in_a_chart(grades: Workbook) -> None:
    [chart] = grades["Biểu đồ"]._charts
    assert chart_title(chart) == "1 trên 2 đơn vị đạt mức 5, mức nhiều đơn vị nhất"
    assert table(grades, "Biểu đồ")[1:7] == [
        *(["Chưa đạt mức nào", 1], ["1. Khởi động", 0], ["2. Kết nối", 0], ["3. Cơ bản", 0], ["4. Nâng cao", 0]),
        ["5. Toàn diện", 1],
    ]


def test_a_single_unit_sees_what_it_lacks(tmp_path: Path) -> None:
    scores = scored(commune("Xã A", 55, "có", 1000), load("khung-2024-commune"))
    book = saved(scores, tmp_path / "r.xlsx")
    assert chart_title(book["Biểu đồ"]._charts[0]) == "Số tiêu chí Xã A chưa đạt ở từng mức"
    lacking = table(book, "Mức độ")[1][4:]
    assert [row[1] for row in table(book, "Biểu đồ")[1:6]] == lacking
    assert lacking[0] < lacking[4]


def test_no_level_is_said_in_the_title(tmp_path: Path) -> None:
    rows = [*commune("A", 0, "không", 0), *commune("B", 0, "không", 0)]
    book = saved(scored(rows, load("khung-2024-commune")), tmp_path / "r.xlsx")
    assert chart_title(book["Biểu đồ"]._charts[0]) == "2 trên 2 đơn vị chưa đạt mức nào"


def test_levels_of_communes_stand_in_the_districts_result(tmp_path: Path) -> None:
    reader = EntryReader(load("khung-2024-district"), [Unit("Huyện A", group="g")])
    facts = replace(reader.read([]), children={0: (2, 3)})
    book = saved(score(reader.framework, facts), tmp_path / "r.xlsx")
    assert {row[0]: row[2] for row in table(book, "Số liệu theo tiêu chí")}["I.1"] == "2"
    assert table(book, "Mức độ")[1][1] == "g"


@pytest.mark.parametrize("name", bundled())
def test_every_bundled_framework_makes_a_workbook(tmp_path: Path, name: str) -> None:
    of = load(name)
    first = next(code for code, criterion in of.criteria.items() if asked(of, criterion))
    found = saved(scored([("A", first, asked(of, of.criteria[first])[0].name, 1)], of), tmp_path / "r.xlsx")
    assert found.worksheets[0]["A2"].value == of.title.vi


def test_units_go_down_when_they_are_more_than_fit_across() -> None:
    assert result_points.MAX_ACROSS == 6


def test_a_unit_that_has_ended_is_last_and_says_why(tmp_path: Path) -> None:
    units = (Unit("A", valid_to="2024-06-30"), Unit("B"), Unit("C"))
    told = facts_of(units, {"1.1/points": [3, 1, 2]})
    scores = score(load("an-giang-2024-department"), replace(told, year=2024))
    rows = table(saved(scores, tmp_path / "r.xlsx"), "Xếp hạng")

    assert [tuple(row[:3]) for row in rows[1:4]] == [(1, "C", 2), (2, "B", 1), ("", "A", 3)]
    assert "Đơn vị đã kết thúc ngày 2024-06-30, trước cuối năm 2024" in str(rows[3])
