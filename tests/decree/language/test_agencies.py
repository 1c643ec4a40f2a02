"""Agencies that one cell names."""

import pytest

from chiso.decree.language.agencies import agencies_of, without_task


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Sở Tài chính; Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"]),
        (
            "Các sở, ban, ngành; UBND cấp huyện và các đơn vị liên quan",
            ["Các sở, ban, ngành", "UBND cấp huyện", "các đơn vị liên quan"],
        ),
        ("Các sở, ban, ngành, UBND cấp huyện", ["Các sở, ban, ngành", "UBND cấp huyện"]),
        (
            "Phòng Văn hóa và Thông tin, Văn phòng HĐND và UBND",
            ["Phòng Văn hóa và Thông tin", "Văn phòng HĐND và UBND"],
        ),
        (
            "Các cơ quan chuyên môn, đơn vị sự nghiệp, UBND các xã phường",
            ["Các cơ quan chuyên môn", "đơn vị sự nghiệp", "UBND các xã phường"],
        ),
        ("Sở Lao động, Thương binh và Xã hội", ["Sở Lao động, Thương binh và Xã hội"]),
        ("- Văn phòng HĐND-UBND;\n- Công an huyện.", ["Văn phòng HĐND-UBND", "Công an huyện"]),
        (
            "- Văn phòng HĐND-UBND; - Hiệp hội doanh nghiệp huyện.",
            ["Văn phòng HĐND-UBND", "Hiệp hội doanh nghiệp huyện"],
        ),
        ("UBND các huyện, thị xã, thành phố", ["UBND các huyện, thị xã, thành phố"]),
        ("Sở Thông tin\nvà Truyền thông", ["Sở Thông tin và Truyền thông"]),
        ("Sở Nội vụ\nSở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
        ("Các ngân hàng: Vietinbank, Sacombank", ["Vietinbank", "Sacombank"]),
        ("Sở Nội vụ; Sở Nội vụ", ["Sở Nội vụ"]),
        ("", []),
    ],
)
def test_a_cell_is_split_into_agencies(printed: str, names: list[str]) -> None:
    assert agencies_of(printed) == names


def test_what_an_agency_is_to_do_is_no_part_of_its_name() -> None:
    assert without_task("Phòng Văn hóa và Thông tin tổng hợp") == ("Phòng Văn hóa và Thông tin", "tổng hợp")
    assert without_task("Sở Nội vụ") == ("Sở Nội vụ", "")
    assert without_task("Tổ kiểm tra") == ("Tổ kiểm tra", "")
