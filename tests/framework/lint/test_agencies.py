"""Who leads, supports and supplies, and until when."""

from __future__ import annotations

from typing import Any

from tests.framework.lint.sample import criterion, dimension, findings, framework, lint, places, ratio

LED = [criterion(f"1.{place}", f"Tiêu chí {place}", lead=["Phòng Nội vụ"]) for place in (1, 2)]
DEADLINES = {"Quý IV năm 2024": {"kind": "quarter", "quarter": 4, "year": 2024}}


def test_a_criterion_that_nobody_leads_is_reported() -> None:
    (found,) = findings(*LED, criterion("1.3", "Có kế hoạch"))
    assert (found.code, found.place, found.figures) == ("L701", "1.3", {"filled": "2", "rows": "3"})


def test_a_framework_without_a_column_of_agencies_is_quiet() -> None:
    assert findings(criterion("1.1", "Có kế hoạch"), criterion("1.2", "Có báo cáo")) == []


def test_children_are_led_by_whoever_leads_their_parent() -> None:
    child = criterion("1.3.1", "Có kế hoạch")
    assert findings(*LED, criterion("1.3", "Kế hoạch", rule=None, lead=["Phòng Nội vụ"], criteria=[child])) == []


def test_a_parent_is_led_through_its_children() -> None:
    child = criterion("1.3.1", "Có kế hoạch", lead=["Phòng Nội vụ"])
    assert findings(*LED, criterion("1.3", "Kế hoạch", rule=None, criteria=[child])) == []


def test_a_criterion_is_led_by_whoever_leads_its_inputs() -> None:
    row: dict[str, Any] = {**ratio("Tỷ lệ người dân", "Số người có", "Tổng số người"), "code": "1.3"}
    inputs = [{**item, "lead": ["Sở Tài chính"]} for item in row["inputs"]]
    assert findings(*LED, {**row, "inputs": inputs}) == []


def test_what_is_not_scored_needs_no_lead() -> None:
    unscored = dimension("2", [criterion("2.1", "Có kế hoạch")], unscored=True)
    assert lint(framework(dimension("1", LED), unscored)) == []


def test_an_agency_that_leads_and_supports_is_reported_once_it_is_the_same_name() -> None:
    (found,) = findings(criterion(lead=["Phòng Văn hóa & Thông tin"], support=["phòng văn hóa và thông tin;"]))
    assert (found.code, found.place, found.figures) == ("L702", "1.1", {"name": "phòng văn hóa và thông tin;"})


def test_an_agency_that_leads_and_supports_an_input_is_reported() -> None:
    row: dict[str, Any] = ratio("Tỷ lệ người dân", "Số người có", "Tổng số người")
    inputs = [{**row["inputs"][0], "lead": ["Sở Tài chính"], "support": ["Sở Tài chính"]}, row["inputs"][1]]
    assert places(findings({**row, "inputs": inputs})) == [("L702", "1.1")]


def test_other_agencies_may_support() -> None:
    assert findings(criterion(lead=["Sở Tài chính"], support=["Sở Nội vụ"])) == []


def _information(*providers: str | None) -> list[dict[str, Any]]:
    rows = [{"no": str(place), "label": f"Số lượng {place}", "type": "count"} for place in range(1, len(providers) + 1)]
    return [{**row, "provider": [name]} if name else row for row, name in zip(rows, providers, strict=True)]


def test_a_figure_that_nobody_supplies_is_reported() -> None:
    (found,) = findings(criterion(), general_information=_information("A", "B", None))
    assert (found.code, found.place) == ("L703", "general_information 3")
    assert found.figures == {"label": "Số lượng 3", "filled": "2", "rows": "3"}


def test_texts_need_no_supplier() -> None:
    rows = _information("A", "B", None)
    assert findings(criterion(), general_information=[*rows[:2], {**rows[2], "type": "text"}]) == []


def test_a_sheet_without_a_column_of_suppliers_is_quiet() -> None:
    assert findings(criterion(), general_information=_information(None, None)) == []


def test_a_criterion_without_deadline_is_noted() -> None:
    rows = [{**row, "due": "Quý IV năm 2024"} for row in LED]
    (found,) = findings(*rows, criterion("1.3", "Có kế hoạch", lead=["Phòng Nội vụ"]), deadlines=DEADLINES)
    assert (found.code, found.place, found.severity) == ("L704", "1.3", "note")


def test_a_unit_that_is_asked_to_count_its_own_kind_is_noted() -> None:
    row = {"no": "1", "label": "Số lượng huyện", "fact": "districts"}
    (found,) = findings(criterion(), general_information=[row])
    assert (found.code, found.place, found.figures["unit_kind"]) == ("L705", "general_information 1", "district")


def test_a_unit_that_is_asked_to_count_other_kinds_is_quiet() -> None:
    row = {"no": "1", "label": "Số lượng xã", "fact": "communes"}
    assert findings(criterion(), general_information=[row]) == []


def test_half_of_the_rows_filled_in_is_no_column() -> None:
    assert findings(LED[0], criterion("1.2", "Có kế hoạch")) == []
    assert findings(criterion(), general_information=_information("A", None)) == []


def _enterprises(**fields: Any) -> list[tuple[str, str]]:
    rows = [
        *_information("Chi cục Thống kê", "Phòng Nội vụ"),
        {"no": "3", "label": "Số lượng DN", "fact": "enterprises"},
    ]
    row = criterion(
        "1.1",
        "Tỷ lệ doanh nghiệp số",
        inputs=[
            {"name": "a", "label": "Số doanh nghiệp số", "unit": "enterprise"},
            {"name": "b", "fact": "enterprises"},
        ],
        rule={"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True},
        **fields,
    )
    return places(findings(row, general_information=rows))


def test_a_criterion_that_nobody_leads_over_a_figure_that_nobody_supplies_is_reported() -> None:
    assert _enterprises() == [("L703", "general_information 3"), ("L706", "1.1")]


def test_whoever_leads_the_criterion_brings_a_figure_that_nobody_supplies() -> None:
    assert _enterprises(lead=["Phòng Kinh tế"]) == [("L703", "general_information 3")]
