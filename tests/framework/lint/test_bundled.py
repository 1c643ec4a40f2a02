"""What the linter says about the bundled frameworks: exactly the faults that a reading of the documents finds.

The sets were written down from the documents. A finding that appears or goes away is a change of what users are told
about a decision: look it up in the document before changing a set here.
"""

from __future__ import annotations

import pytest

from chiso.framework.lint import lint
from chiso.framework.loader import bundled, load

#: Faults by code, with the places where the document has them. L901 (open readings) has a test of its own.
EXPECTED: dict[str, dict[str, set[str]]] = {
    "an-giang-2024-department": {},
    "an-giang-2024-district": {
        # "Dân số trưởng thành", "độ tuổi trưởng thành": no age in the row.
        "L608": {"3.1", "8.3"},
        # "06 chỉ số chính được phân thành nhóm" was left over from the department index: eight dimensions.
        "L106": {'Điều 5.2, đoạn "06 chỉ số chính được phân"'},
        # A district is asked for its "Số lượng huyện và tương đương".
        "L705": {"general_information 7"},
    },
    "gia-lai-2023-province": {
        # "Bộ TT&TT chưa chấm điểm": three rows with rules and no maximum.
        "L101": {"9"},
        # 100 of 10.
        "L301": {"4.2"},
        # 64.74 printed, 64.97 by its twelve rows.
        "L302": {"7"},
        # 61.99 and 18.91 printed, 62 and 18.92 by their rows.
        "L303": {"3", "8"},
        # The only blank cell among the points of 2022.
        "L304": {"4.12"},
        # 5 of 5, where the printed lines give one half.
        "L306": {"6.4"},
        "L506": {"6.4"},
        # "Đã hoàn thành", 0 of 10.
        "L307": {"4.3"},
        # "Quý II năm 2024", although 10 of 10 were reached.
        "L308": {"1.6", "1.7"},
        # "Từ 1 tuần/1 lần".
        "L406": {"1.4", "1.8", "1.10"},
        # "Dân số trưởng thành" over all people: no age.
        "L608": {"3.1"},
        # "phương pháp Min-Max" as the ratio to the province that spends most.
        "L404": {"8.6", "8.7"},
        # ">= x %" and "<= x %".
        "L503": {"8.2", "8.3", "8.5"},
        # "Chưa đáp ứng: 0 điểm" strayed into part 1; "Thực hiện: Điểm tối đa" twice.
        "L504": {"6.2", "9.3"},
        # The line for not doing it is missing.
        "L505": {"9.3"},
        # Issued, but not brought into line with the framework of architecture.
        "L508": {"2.4"},
        # Adults over all, workers over people of working age, adults over 15+, all people over those of working age.
        "L601": {"3.1", "4.10", "8.3", "8.5"},
        # Plans in the title, systems in the rule.
        "L602": {"5.8"},
        # Contract staff above the stroke only.
        "L604": {"4.6"},
        # Blank cells in the column of deadlines.
        "L704": {"4.1", "4.2"},
    },
    "khanh-hoa-2023-district": {
        # Blank maxima that 50, 760 and 50 force.
        "L102": {"2.1", "8", "10.1"},
        # 7.5.3 is followed by 7.5.5.
        "L201": {"7.5.5"},
        # a/b with a = all inspections, b = those done online.
        "L401": {"7.8.6"},
        # "Tỷ lệ" of a title that speaks of a number, or of a single line; "100%" of documents, by which count?
        "L403": {"2.5", "3.3", "4.4", "5.1", "5.2", "5.3", "7.3", "7.4", "7.8.3"},
        # "1 tháng/1 lần" beside "1 lần/1 tuần".
        "L406": {"6.5"},
        # "đúng biểu mẫu" in the title only.
        "L511": {"2.5"},
        # "Thạc sĩ", "Đại học", "Khác": a doctorate would earn 0.
        "L512": {"4.2"},
        # Enterprises, which no district counts (general information 18), in a row without lead agency.
        "L706": {"8.4"},
        # "Dưới 1%: Tỷ lệ * điểm tối đa".
        "L501": {"10.2", "10.3", "10.4", "10.5"},
        # In time with other content; issued late; all times but with the wrong people.
        "L508": {"2.2", "2.3", "2.4", "5.7"},
        # "không đầy đủ, kịp thời".
        "L509": {"6.2", "7.5.1", "7.7.1", "7.7.2", "7.7.3", "7.7.6"},
        # Not always and with the wrong people: in proportion, or nothing.
        "L510": {"4.4"},
        # Agencies in the title, inspections in the rule.
        "L602": {"7.8.6"},
        # "trên địa bàn tỉnh" in an index of districts.
        "L603": {"8.4", "9.6"},
        # Blank cells in the column of lead agencies.
        "L701": {"1.1", "5.8", "7.7.5", "8.4"},
        # A blank cell, and "cấp huyện không quản lý doanh nghiệp" twice.
        "L703": {"general_information 13", "general_information 18", "general_information 19"},
    },
    "khung-2024-commune": {
        # Officials in the title, computers in the method.
        "L602": {"I.8"},
        # Adults from 15 in III.1, from 18 in III.3.
        "L605": {"III.3"},
        # "trừ hồ sơ mật" over all documents.
        "L607": {"I.3"},
        # "Độ tuổi trưởng thành": from 15 as in III.1, or from 18 as in III.3?
        "L608": {"III.4"},
        # "hoặc 100% doanh nghiệp" at level 5 only: a commune with one enterprise cannot have two for level 4.
        "L805": {"II.4"},
        # "Số: /QĐ-BTTTT".
        "L902": {"legal"},
    },
    "khung-2024-district": {
        "L602": {"II.8"},
        "L607": {"II.3"},
        # Teams over communes and villages.
        "L609": {"IV.1"},
        "L902": {"legal"},
        # Two blank cells.
        "L804": {"I.1"},
    },
    "yen-dinh-2023-district": {
        # 10 points for the frequency of a programme whose existence earned 0 (1.5).
        "L309": {"1.6"},
        # "Văn phòng HĐND-UBND" in both cells.
        "L702": {"3.2"},
        # "Dân số trưởng thành": no age in the row.
        "L608": {"3.6"},
        # "Số: /UBND-VHTT".
        "L902": {"legal"},
    },
}


def test_every_bundled_framework_has_its_set() -> None:
    assert sorted(EXPECTED) == bundled()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bundled_framework_has_exactly_the_faults_of_its_document(name: str) -> None:
    found: dict[str, set[str]] = {}
    for one in lint(load(name)):
        if one.code != "L901":
            found.setdefault(one.code, set()).add(one.place)
    assert found == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_every_clause_with_several_readings_is_named(name: str) -> None:
    framework = load(name)
    expected = {reading.id for reading in framework.readings if len(reading.options) > 1}
    assert {one.figures["reading"] for one in lint(framework) if one.code == "L901"} == expected


def test_the_jump_at_one_percent_is_from_a_tenth_of_a_point_to_ten() -> None:
    figures = {one.place: one.figures for one in lint(load("khanh-hoa-2023-district")) if one.code == "L501"}
    assert figures["10.2"] == {"at": "1%", "below": "0.1", "above": "10", "jump": "9.9"}


def test_the_jump_is_reported_under_the_literal_reading_as_well() -> None:
    framework = load("khanh-hoa-2023-district", {"A1": "literal"})
    assert [one.place for one in lint(framework) if one.code == "L501"] == ["10.2", "10.3", "10.4", "10.5"]


def test_the_five_points_of_2022_are_impossible_once_half_is_chosen() -> None:
    found = {one.code: one for one in lint(load("gia-lai-2023-province", {"A6": "one_half"})) if one.place == "6.4"}
    assert found["L305"].figures == {"printed": "5", "maximum": "5", "possible": "0, 2.5"}
    assert found["L506"].figures == {"most": "2.5", "maximum": "5", "share": "50%"}


def test_the_blank_points_of_2022_are_left_nothing_by_their_total() -> None:
    (found,) = (one for one in lint(load("gia-lai-2023-province")) if one.code == "L304")
    assert found.figures == {"filled": "12", "blank": "1", "left": "0"}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_finding_speaks_both_languages(name: str) -> None:
    for one in lint(load(name)):
        for lang in ("vi", "en"):
            assert "{" not in one.text(lang) + one.suggestion(lang)
