"""What a form looks like from inside: what is locked, what each field accepts, where shared figures stand."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from chiso.framework.inputs import asked
from chiso.framework.loader import bundled, load, load_text
from chiso.workbook.faults import TableError
from chiso.workbook.form_map import FormMap
from chiso.workbook.template import write_template
from tests.workbook.example import FRAMEWORK, framework
from tests.workbook.test_form import FIRST, GENERAL, SECOND, row_of

ASSESSING = "Dành cho bên thẩm định"


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    path = tmp_path_factory.mktemp("form") / "f.xlsx"
    write_template(framework(), path)
    return openpyxl.load_workbook(path)


def rules(sheet: Worksheet, cell: str) -> list[DataValidation]:
    return [rule for rule in sheet.data_validations.dataValidation if cell in rule.sqref]


def condition(form: Workbook, sheet: str, code: str, label: str) -> tuple[str, str]:
    """Return the cell of a figure and what it accepts."""
    cell = f"D{row_of(form[sheet], code, label)}"
    [rule] = rules(form[sheet], cell)
    assert (rule.showErrorMessage, rule.errorStyle or "stop", rule.allowBlank) == (True, "stop", True)
    return cell, str(rule.formula1)


def choices(form: Workbook, source: str) -> list[str]:
    sheet, _, area = source.partition("!")
    return [row[0].value for row in form[sheet.strip("'")][area.replace("$", "")]]


def test_sheets_stand_in_the_order_of_work(form: Workbook) -> None:
    states = [(sheet.title, sheet.sheet_state) for sheet in form.worksheets if sheet.sheet_state == "visible"]
    assert [name for name, _ in states] == ["Hướng dẫn", GENERAL, FIRST, SECOND, ASSESSING]
    assert {sheet.title: sheet.sheet_state for sheet in form.worksheets if sheet.sheet_state != "visible"} == {
        "_lists": "veryHidden",
        "_chiso": "veryHidden",
    }
    assert form.active.title == "Hướng dẫn"


def test_the_form_of_a_report_in_the_browser_has_no_sheet_for_decisions(tmp_path: Path) -> None:
    write_template(framework(), tmp_path / "f.xlsx", words={})
    form = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert ASSESSING not in form.sheetnames
    inputs = {one.input for one in FormMap.read(form["_chiso"].iter_rows(values_only=True)).asked}
    assert not inputs & {"decided", "exempt", "registered_level"}


def test_decided_points_and_exemptions_accept_nothing_else(form: Workbook) -> None:
    cell, formula = condition(form, ASSESSING, "1.1", "Điểm quyết định khi đơn vị trả lời “Không thuộc trường hợp nào”")
    assert formula == f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<=10),FALSE)"
    _, source = condition(form, ASSESSING, "1.1", "Miễn tiêu chí cho đơn vị")
    assert choices(form, source) == ["Miễn: nhận điểm cao nhất của các đơn vị khác", "Miễn: nhận điểm tối đa"]


def test_every_sheet_that_people_see_is_protected_without_password(form: Workbook) -> None:
    for sheet in form.worksheets:
        if sheet.sheet_state == "visible":
            assert (sheet.protection.sheet, sheet.protection.password) == (True, None)


def test_only_fields_are_unlocked(form: Workbook) -> None:
    found = FormMap.read(form["_chiso"].iter_rows(values_only=True))
    assert found.unit_at is not None
    fields = {(found.unit_at[0], found.unit_at[1])} | {(one.sheet, one.cell) for one in found.asked}
    rows = {(sheet, row) for sheet, (row, _) in fields} | {(GENERAL, 6)}  # the contact is asked, and scores nothing
    unlocked = {
        (sheet.title, cell.row - 1, cell.column_letter)
        for sheet in form.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert unlocked == {(sheet, row, column) for sheet, row in rows for column in "DEFG"}


def test_counts_are_whole_and_not_negative_or_do_not_apply(form: Workbook) -> None:
    cell, formula = condition(form, FIRST, "1.2", "Số hộ có máy tính")
    assert formula == f'IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),LOWER(TRIM({cell}))="n/a")'


def test_points_stay_below_their_maximum(form: Workbook) -> None:
    cell, formula = condition(form, FIRST, "1.3.1", "Điểm chấm")
    assert formula == f'IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<=12.5),LOWER(TRIM({cell}))="n/a")'


def test_percentages_end_at_a_hundred(tmp_path: Path) -> None:
    of = load("khung-2024-commune")
    write_template(of, tmp_path / "f.xlsx")
    form = openpyxl.load_workbook(tmp_path / "f.xlsx")
    cell, formula = condition(form, "Chính quyền số", "I.1", of.criteria["I.1"].title)
    assert formula == f'IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<=100),LOWER(TRIM({cell}))="n/a")'


def test_a_choice_offers_the_printed_lines(form: Workbook) -> None:
    _, source = condition(form, FIRST, "1.1", "Người đứng đầu là trưởng ban")
    assert choices(form, source) == [
        "Trưởng ban, là người đứng đầu",
        "Không phải",
        "Không thuộc trường hợp nào",
        "Không phát sinh",
    ]


def test_figures_of_printed_lines_may_be_answered_with_none(tmp_path: Path) -> None:
    of = load("khanh-hoa-2023-district")
    write_template(of, tmp_path / "f.xlsx")
    form = openpyxl.load_workbook(tmp_path / "f.xlsx")
    lined = [(criterion, one) for criterion in of.criteria.values() for one in asked(of, criterion) if one.lines]
    criterion, one = next((criterion, one) for criterion, one in lined if one.type == "count" and len(lined) > 1)
    sheet = next(row.title for row in of.dimensions if criterion in list(row.walk()))
    cell, formula = condition(form, sheet, criterion.code, one.label)
    assert formula == (
        f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),"
        f'OR(LOWER(TRIM({cell}))="n/a",LOWER(TRIM({cell}))="none"))'
    )


def test_yes_and_no_are_offered_in_words(form: Workbook) -> None:
    _, source = condition(form, SECOND, "2.10", "Việc hai")
    assert choices(form, source) == ["Có", "Không", "Không phát sinh"]


@pytest.mark.parametrize("name", bundled())
def test_no_two_lines_of_a_choice_are_the_same(name: str) -> None:
    of = load(name)
    for criterion in of.criteria.values():
        for one in asked(of, criterion):
            labels = [option.label.casefold().rstrip(".;") for option in one.options]
            assert len(set(labels)) == len(labels), f"{criterion.code}: {labels}"


def test_a_shared_figure_is_asked_once_and_shown_elsewhere(form: Workbook) -> None:
    first, second = form[FIRST], form[SECOND]
    households = f"=IF('{GENERAL}'!D5=\"\",\"\",'{GENERAL}'!D5)"
    screens = f"=IF('{GENERAL}'!D9=\"\",\"\",'{GENERAL}'!D9)"
    label = framework().known_facts["households"].label.vi
    shown = [
        first.cell(row_of(first, "1.2", label), 4),
        second.cell(row_of(second, "2.1", label), 4),
        second.cell(row_of(second, "2.1", "Số màn hình"), 4),
        first.cell(row_of(first, "1.3.2", "Số màn hình"), 4),
    ]
    assert [cell.value for cell in shown] == [households, households, screens, screens]
    assert all(cell.protection.locked for cell in shown)
    assert form[GENERAL]["I5"].value == "1.2 (b), 2.1"
    assert (form[GENERAL]["H5"].value, form[GENERAL]["H9"].value) == ("Phòng Thống kê", "Văn phòng")


def test_the_rule_the_maximum_and_the_agencies_stand_beside_the_fields(form: Workbook) -> None:
    sheet = form[FIRST]
    header = [cell.value for cell in sheet[3] if cell.value]
    assert header == [
        *("Mã", "Tiêu chí, số liệu", "Đơn vị tính", "Số liệu", "Nguồn, tài liệu kiểm chứng", "Thời điểm số liệu"),
        *("Ghi chú, giải trình", "Điểm tối đa", "Cách tính điểm", "Chủ trì"),
    ]
    row = row_of(sheet, "1.1", "Người đứng đầu là trưởng ban")
    assert [sheet.cell(row, column).value for column in (8, 9, 10)] == ["10", "- Trưởng: tối đa", "Văn phòng"]


def test_a_criterion_of_others_asks_nothing(form: Workbook) -> None:
    row = row_of(form[FIRST], "1.3", "Nhóm con")
    assert form[FIRST].cell(row, 4).value is None
    assert form[FIRST].cell(row, 4).protection.locked


def test_pages_are_a4_landscape_with_their_header_rows(form: Workbook) -> None:
    for name in (GENERAL, FIRST, SECOND):
        sheet = form[name]
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.freeze_panes == "D4"


def test_progress_is_counted_by_the_spreadsheet(form: Workbook) -> None:
    guide = form["Hướng dẫn"]
    [row] = [row for row in guide.iter_rows() if row[0].value == FIRST]
    assert row[2].value == 3
    assert row[3].value == f"=SUMPRODUCT((INT('{FIRST}'!K4:K11)=1)*('{FIRST}'!D4:D11<>\"\"))"
    marks = [form[FIRST].cell(at, 11).value for at in range(4, 12)]
    assert marks == [1.00004, None, 1.00006, None, None, 1.00009, None, None]
    assert form[FIRST].column_dimensions["K"].hidden


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    write_template(framework(), tmp_path / "f.xlsx", ["=cmd()", "+1", "http://x.vn"])
    form = openpyxl.load_workbook(tmp_path / "f.xlsx")
    for name in (GENERAL, FIRST, SECOND):
        cells = form[name][3][3:6]
        assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
            ("=cmd()", "s", None),
            ("+1", "s", None),
            ("http://x.vn", "s", None),
        ]


@pytest.mark.parametrize(
    ("units", "code", "data"),
    [
        ([f"u{number}" for number in range(41)], "W210", {"limit": 40, "count": 41}),
        (["A", "B", " A"], "W211", {"name": "A"}),
        (["A", " "], "W212", {"name": "", "limit": 200}),
        (["@best"], "W212", {"name": "@best", "limit": 200}),
        (["A" * 201], "W212", {"name": "A" * 200, "limit": 200}),
        (["A\udcff"], "W212", {"name": "A\udcff", "limit": 200}),
    ],
)
def test_units_that_a_form_cannot_hold_are_refused(tmp_path: Path, units: list[str], code: str, data: object) -> None:
    with pytest.raises(TableError) as caught:
        write_template(framework(), tmp_path / "f.xlsx", units)
    assert (caught.value.code, caught.value.data) == (code, data)
    assert not (tmp_path / "f.xlsx").exists()


def test_forty_units_have_a_column_each(tmp_path: Path) -> None:
    units = [f"Xã {number}" for number in range(40)]
    write_template(framework(), tmp_path / "f.xlsx", units)
    form = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert [form[FIRST].cell(3, column).value for column in range(4, 44)] == units
    [rule] = rules(form[FIRST], "AQ4")
    assert str(rule.sqref) == "D4:AQ4"


def test_a_place_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        write_template(framework(), tmp_path / "none" / "f.xlsx")
    assert (caught.value.code, caught.value.file) == ("W005", "f.xlsx")


def test_the_same_form_is_the_same_file(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        write_template(framework(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_form_speaks_english_where_the_document_does_not_speak(tmp_path: Path) -> None:
    write_template(framework(), tmp_path / "f.xlsx", lang="en")
    form = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert form.sheetnames[0] == "Guide"
    assert [cell.value for cell in form[FIRST][3]][:4] == ["Code", "Criterion, figure", "Unit of measure", "Figure"]


@pytest.mark.parametrize("name", bundled())
def test_every_bundled_form_can_be_written_for_several_units(tmp_path: Path, name: str) -> None:
    of = load(name)
    write_template(of, tmp_path / "f.xlsx", ["A", "B"])
    form = openpyxl.load_workbook(tmp_path / "f.xlsx")
    visible = [sheet.title for sheet in form.worksheets if sheet.sheet_state == "visible"]
    assert len(visible) == len(of.dimensions) + (2 if of.is_maturity else 3)
    assert all(len(title) <= 31 for title in visible)


def test_information_that_no_catalogue_knows_is_still_typed(tmp_path: Path) -> None:
    text = FRAMEWORK.replace("label: Người liên hệ, type: text", "label: Số điện thoại viên, type: count")
    write_template(load_text(text), tmp_path / "f.xlsx")
    form = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert [rule.formula1 for rule in rules(form[GENERAL], "D7")] == [
        'IF(ISNUMBER(D7),AND(D7>=0,D7=INT(D7)),LOWER(TRIM(D7))="n/a")'
    ]
    assert [one.input for one in FormMap.read(form["_chiso"].iter_rows(values_only=True)).asked if not one.code] == [
        *("households", "population", "screens"),
    ]


def test_points_without_a_maximum_are_only_not_negative(tmp_path: Path) -> None:
    manual = "\n            rule: {kind: manual}"
    text = FRAMEWORK.replace(f"max_points: 12.5{manual}", f"max_points: 1/3{manual}")
    write_template(load_text(text), tmp_path / "f.xlsx")
    form = openpyxl.load_workbook(tmp_path / "f.xlsx")
    cell, formula = condition(form, FIRST, "1.3.1", "Điểm chấm")
    assert formula == f'IF(ISNUMBER({cell}),AND({cell}>=0),LOWER(TRIM({cell}))="n/a")'


def test_fields_that_would_repeat_the_title_say_what_they_want(tmp_path: Path) -> None:
    of = load("khanh-hoa-2023-district")
    write_template(of, tmp_path / "f.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "f.xlsx")["Thể chế số"]
    first = row_of(sheet, "2.2", of.criteria["2.2"].title)
    assert [sheet.cell(first + below, 2).value for below in (1, 2)] == [
        "Số ngày chậm (đúng hạn: 0)",
        "Đã thực hiện hay chưa (không bắt buộc)",
    ]


def test_long_names_of_units_are_seen_whole(tmp_path: Path) -> None:
    write_template(framework(), tmp_path / "f.xlsx", ["A", "Ủy ban nhân dân đặc khu Trường Sa, tỉnh Khánh Hòa"])
    form = openpyxl.load_workbook(tmp_path / "f.xlsx")
    assert form[GENERAL].row_dimensions[4].height >= 4 * 15
