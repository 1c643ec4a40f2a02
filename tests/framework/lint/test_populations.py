"""Titles against what is counted."""

from __future__ import annotations

import pytest

from chiso.framework.lint.populations import population, thing
from tests.framework.lint.sample import criterion, findings, places, ratio


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tỷ lệ dân số trưởng thành có điện thoại", "người trưởng thành"),
        ("dân số trưởng thành từ 15 tuổi trở lên", "từ 15 tuổi"),
        ("tổng dân số trong độ tuổi lao động", "người trong độ tuổi lao động"),
        ("tỷ lệ người lao động được bồi dưỡng", "người lao động"),
        ("tổng dân số của tỉnh", "toàn bộ người dân"),
        ("tổng số máy chủ", None),
    ],
)
def test_the_people_of_a_text(text: str, expected: str | None) -> None:
    assert population(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tỷ lệ phần trăm của số máy tính được trang bị cho công chức", "computers"),
        ("tỷ lệ công chức cấp xã được trang bị máy tính", "people"),
        ("tổng số lượng các hệ thống thông tin", "systems"),
        ("chợ trên địa bàn", "markets"),
        ("chợt", None),
        ("mức độ hài lòng", None),
    ],
)
def test_the_thing_a_text_counts(text: str, expected: str | None) -> None:
    assert thing(text) == expected


def test_adults_over_all_people_disagree() -> None:
    row = ratio("Tỷ lệ dân số trưởng thành có điện thoại", "Số người trưởng thành có", "Tổng dân số")
    (found,) = (one for one in findings(row) if one.code != "L608")
    assert (found.code, found.place) == ("L601", "1.1")
    assert found.figures == {"title": "Tỷ lệ dân số trưởng thành có điện thoại", "denominator": "tổng dân số"}


@pytest.mark.parametrize(
    ("title", "under"),
    [
        ("Số lượng dân số ở độ tuổi trưởng thành có chữ ký số", "Tổng dân số từ 15 tuổi trở lên"),
        ("Tỷ lệ người lao động được tập huấn", "Tổng số người trong độ tuổi lao động"),
        ("Số lượng người dân biết kỹ năng số", "Tổng dân số trong độ tuổi lao động"),
    ],
)
def test_other_people_below_than_in_the_title_disagree(title: str, under: str) -> None:
    assert places(findings(ratio(title, "Số người có kỹ năng", under))) == [("L601", "1.1")]


@pytest.mark.parametrize(
    ("title", "under"),
    [
        ("Tỷ lệ dân số trưởng thành từ 15 tuổi có điện thoại", "Tổng dân số từ 15 tuổi trở lên"),
        ("Số lượng người dân có danh tính số", "Tổng dân số"),
        ("Mức độ hài lòng của người dân", "Số người lao động tham gia đánh giá"),
    ],
)
def test_the_same_people_agree(title: str, under: str) -> None:
    assert findings(ratio(title, "Số người có", under)) == []


def test_the_denominator_may_stand_in_the_title() -> None:
    row = ratio("Tỷ lệ người trưởng thành có tài khoản/Tổng số người dân", "Số lượng có", "Tổng số lượng")
    assert places(findings(row), "L601") == [("L601", "1.1")]


def test_things_counted_that_are_not_those_of_the_title_disagree() -> None:
    (found,) = findings(ratio("Số lượng các phương án ứng cứu", "Số lượng các hệ thống thông tin", "Tổng số hệ thống"))
    assert (found.code, found.figures["counted"]) == ("L602", "số lượng các hệ thống thông tin")


def test_the_unnumbered_row_below_a_title_counts_as_the_title() -> None:
    over, under = "Số hoạt động kiểm tra qua mạng", "Tổng số hoạt động kiểm tra"
    row = ratio("Hoạt động kiểm tra", over, under, detail="Tỷ lệ cơ quan thực hiện hoạt động kiểm tra")
    (found,) = findings(row)
    assert (found.code, found.figures["title"]) == ("L602", "Tỷ lệ cơ quan thực hiện hoạt động kiểm tra")


def _maturity(title: str, method: str) -> list[tuple[str, str]]:
    level = {"number": 1, "name": {"vi": "Khởi động", "en": "Start"}, "description": "Mới bắt đầu"}
    rule = {"kind": "levels", "value": "share", "targets": {1: "50%"}}
    row = criterion(title=title, max_points=None, rule=rule, method=method)
    return places(findings(row, levels=[level], max_points=None))


def test_the_method_column_of_a_maturity_framework_is_read() -> None:
    method = "Tỷ lệ phần trăm của số máy tính được trang bị trên tổng số máy tính hiện có."
    assert _maturity("Tỷ lệ công chức được trang bị máy tính", method) == [("L602", "1.1")]


def test_a_method_that_counts_what_the_title_says_is_quiet() -> None:
    method = "Tỷ lệ phần trăm của số công chức được trang bị trên tổng số công chức."
    assert _maturity("Tỷ lệ công chức được trang bị máy tính", method) == []


def test_an_exclusion_of_the_title_that_the_denominator_forgets_is_reported() -> None:
    method = "Tỷ lệ phần trăm của số văn bản được xử lý trên tổng số văn bản đến và đi."
    assert _maturity("Tỷ lệ xử lý văn bản (trừ hồ sơ mật) trên mạng", method) == [("L607", "1.1")]


def test_an_exclusion_that_the_denominator_keeps_is_quiet() -> None:
    method = "Tỷ lệ phần trăm của số văn bản được xử lý trên tổng số văn bản đến và đi (trừ văn bản mật)."
    assert _maturity("Tỷ lệ xử lý văn bản (trừ hồ sơ mật) trên mạng", method) == []


def _area(unit_kind: str, text: str) -> list[tuple[str, str]]:
    return places(findings(ratio("Tỷ lệ hộ gia đình có địa chỉ số", "Số hộ có", text), unit_kinds=[unit_kind]))


def test_a_denominator_of_the_province_is_larger_than_a_district() -> None:
    assert _area("district", "Tổng số hộ gia đình trên địa bàn tỉnh") == [("L603", "1.1")]


def test_a_denominator_of_the_own_area_is_quiet() -> None:
    assert _area("province", "Tổng số hộ gia đình trên địa bàn tỉnh") == []
    assert _area("district", "Tổng số hộ gia đình trên địa bàn huyện") == []


def test_the_area_of_a_kind_that_has_none_is_not_compared() -> None:
    assert _area("department", "Tổng số hộ gia đình trên địa bàn tỉnh") == []


def _staff(under: str, printed: str | None = None) -> list[str]:
    row = ratio(
        "Tỷ lệ công chức, viên chức chuyên trách", "Số công chức, viên chức chuyên trách", under, printed_rule=printed
    )
    return [one.figures["extra"] for one in findings(row) if one.code == "L604"]


def test_staff_counted_above_but_not_below_the_stroke_are_reported() -> None:
    assert _staff("Tổng số công chức") == ["viên chức"]


def test_staff_named_only_in_the_printed_rule_are_reported() -> None:
    printed = "a = Số công chức, viên chức, gồm:\n+ Số hợp đồng chuyên trách\nb = Tổng số công chức, viên chức;"
    assert _staff("Tổng số công chức, viên chức", printed) == ["hợp đồng"]


@pytest.mark.parametrize("under", ["Tổng số cán bộ, công chức, viên chức", "Tổng số CBCCVC", "Tổng số người"])
def test_staff_that_the_whole_includes_are_quiet(under: str) -> None:
    assert _staff(under) == []


def test_adults_of_two_ages_are_noted_at_the_second() -> None:
    first = criterion("1.1", "Dân số trưởng thành từ 15 tuổi trở lên có điện thoại")
    second = criterion("1.2", "Dân số trưởng thành từ 18 tuổi trở lên có chữ ký số")
    (found,) = findings(first, second)
    assert (found.code, found.place) == ("L605", "1.2")
    assert found.figures == {"age": "18", "other_age": "15", "first": "1.1"}


def test_adults_of_one_age_are_quiet() -> None:
    first = criterion("1.1", "Dân số trưởng thành từ 18 tuổi trở lên có điện thoại")
    second = criterion("1.2", "Dân số trưởng thành từ 18 tuổi trở lên có chữ ký số")
    assert findings(first, second) == []


def test_two_rows_with_the_same_title_are_reported() -> None:
    (found,) = findings(criterion("1.1", "Có kế hoạch"), criterion("1.2", "Có kế hoạch."))
    assert (found.code, found.place, found.figures) == ("L606", "1.2", {"first": "1.1"})


def test_staff_may_be_counted_in_several_denominators() -> None:
    inputs = [
        {"name": "a", "label": "Số cán bộ, công chức, viên chức chuyên trách", "type": "count", "unit": "person"},
        {"name": "b", "label": "Tổng số CBCC", "type": "count", "unit": "person"},
        {"name": "c", "label": "Tổng số viên chức", "type": "count", "unit": "person"},
    ]
    rule = {"kind": "ratio", "numerator": "a", "denominator": "b+c", "part_of_whole": True}
    assert findings(criterion(title="Tỷ lệ cán bộ chuyên trách", inputs=inputs, rule=rule)) == []


def test_short_titles_may_stand_twice() -> None:
    assert findings(criterion("1.1", "Ứng dụng"), criterion("1.2", "Ứng dụng")) == []


def test_areas_are_compared_only_if_every_kind_of_unit_has_one() -> None:
    row = ratio("Tỷ lệ hộ gia đình có địa chỉ số", "Số hộ có", "Tổng số hộ gia đình trên địa bàn tỉnh")
    assert findings(row, unit_kinds=["district", "department"]) == []
    assert places(findings(row, unit_kinds=["district", "commune"])) == [("L603", "1.1")]


def test_adults_without_an_age_are_noted() -> None:
    row = ratio(
        "Tỷ lệ dân số trưởng thành có chữ ký số", "Số người trưởng thành có chữ ký số", "Tổng số người trưởng thành"
    )
    assert places(findings(row)) == [("L608", "1.1")]


@pytest.mark.parametrize(
    "under", ["Tổng số người trưởng thành từ 15 tuổi", "Số người trưởng thành từ đủ 18 tuổi trở lên"]
)
def test_adults_whose_age_stands_beside_one_figure_are_quiet(under: str) -> None:
    row = ratio("Tỷ lệ dân số trưởng thành có chữ ký số", "Số người trưởng thành có chữ ký số", under)
    assert places(findings(row), "L608") == []


def test_a_share_of_other_things_than_those_of_its_denominator_is_reported() -> None:
    (found,) = findings(ratio("Tỷ lệ hộ gia đình có máy tính", "Số hộ gia đình có máy tính", "Tổng số người dân"))
    assert (found.code, found.place, found.severity) == ("L609", "1.1", "warning")
    assert found.figures == {"over": "số hộ gia đình có máy tính", "under": "tổng số người dân"}


def test_a_ratio_that_is_no_share_may_count_two_things() -> None:
    rule = {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": False}
    assert findings(ratio("Tỷ lệ doanh nghiệp", "Số doanh nghiệp", "Tổng số người dân", rule=rule)) == []


def test_words_that_are_not_known_are_not_compared() -> None:
    assert findings(ratio("Tỷ lệ nhà văn hóa", "Số nhà văn hóa có mạng", "Tổng số người dân")) == []
