"""Who supplies which figure, however the documents write an agency's name."""

from __future__ import annotations

import pytest

import chiso
from chiso.framework.loader import load_text
from chiso.web.collection.agencies import agencies_in, agency_key, supplied_by, suppliers_of
from tests.web.factories import SMALL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chi Cục thuế", "chi cục  Thuế"),
        ("Phòng Văn hóa & Thông tin", "Phòng Văn hoá và Thông tin"),
        ("Phòng Tài chính – Kế hoạch", "Phòng Tài chính-Kế hoạch"),
        ("Công an tỉnh.", " Công an tỉnh"),
    ],
)
def test_ways_of_writing_one_agency_are_the_same(one: str, other: str) -> None:
    assert agency_key(one) == agency_key(other)


@pytest.mark.parametrize("other", ["Công an huyện", "Công an", "Công an tỉnh mẫu"])
def test_another_agency_is_another(other: str) -> None:
    assert agency_key("Công an tỉnh") != agency_key(other)


def test_a_list_in_one_text_names_several() -> None:
    found = agencies_in(["Công an huyện; Bưu điện huyện", "Sở Nội vụ;"])
    assert found == {agency_key(name) for name in ("Công an huyện", "Bưu điện huyện", "Sở Nội vụ")}


def test_the_office_supplies_what_it_leads_but_not_what_the_catalogue_gives_to_another() -> None:
    framework = load_text(SMALL)
    assert supplied_by(framework, ["VĂN PHÒNG"]) == ("1.1/a", "1.2/choice", "1.3/plan")
    assert supplied_by(framework, ["cơ quan thống kê"]) == ("households",)
    assert supplied_by(framework, ["Công an"]) == ()


def test_a_row_of_general_information_prevails_over_the_catalogue() -> None:
    row = "general_information: [{no: '1', label: Số hộ, fact: households, provider: [Chi cục Thống kê]}]\ndimensions:"
    framework = load_text(SMALL.replace("dimensions:", row, 1))
    assert suppliers_of(framework)["households"] == {agency_key("Chi cục Thống kê")}


def test_an_input_with_its_own_agency_is_not_the_leads() -> None:
    text = SMALL.replace("unit: household}", "unit: household, lead: [Viễn thông]}", 1)
    framework = load_text(text)
    assert supplied_by(framework, ["viễn thông"]) == ("1.1/a",)
    assert "1.1/a" not in supplied_by(framework, ["Văn phòng"])


def test_police_and_tax_office_supply_what_gia_lai_prints_them_for() -> None:
    framework = chiso.load("gia-lai-2023-province")
    for agency in ("công an TỈNH", "Cục thuế"):
        codes = {one.code for one in framework.criteria.values() if agency_key(agency) in agencies_in(one.lead)}
        facts = supplied_by(framework, [agency])
        assert codes
        assert {fact.partition("/")[0] for fact in facts if "/" in fact} <= codes
