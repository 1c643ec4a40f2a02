"""What a maturity criterion asks at one level, in other words than the bundled sets use."""

from __future__ import annotations

from typing import Any

import pytest

from chiso.decree.wording.reading import read_target


@pytest.mark.parametrize(
    ("text", "target", "value"),
    [
        ("≥ 80 %", {"printed": "≥ 80 %", "at_least": "80%"}, "share"),
        ("Đạt từ 62,5% trở lên", {"printed": "Đạt từ 62,5% trở lên", "at_least": "62.5%"}, "share"),
        ("Ít nhất 02 hệ thống", {"printed": "Ít nhất 02 hệ thống", "at_least": 2}, "count"),
        ("CO HE THONG", {"printed": "CO HE THONG", "has": True}, "yes_no"),
        ("Có hệ thống hoặc nền tảng", {"printed": "Có hệ thống hoặc nền tảng", "has": True}, "yes_no"),
        (
            "Có 5 xã trở lên hoặc 100% xã trên địa bàn",
            {
                "printed": "Có 5 xã trở lên hoặc 100% xã trên địa bàn",
                "any_of": [
                    {"printed": "Có 5 xã trở lên", "at_least": 5},
                    {"printed": "100% xã trên địa bàn", "all_of_total": True},
                ],
            },
            "count",
        ),
        (
            "100% xã đạt mức độ 2 trở lên, trong đó ít nhất 30% đạt mức 4",
            {
                "printed": "100% xã đạt mức độ 2 trở lên, trong đó ít nhất 30% đạt mức 4",
                "children": {"all_at_least": 2, "share": "30%", "at_least": 4},
            },
            "children",
        ),
    ],
)
def test_target(text: str, target: dict[str, Any], value: str) -> None:
    reading = read_target(text)
    assert (reading.target, reading.value, reading.confidence) == (target, value, "high")


@pytest.mark.parametrize("text", ["Không áp dụng", "KHONG AP DUNG", "Không yêu cầu", "không áp dụng."])
def test_nothing_is_asked(text: str) -> None:
    assert (read_target(text).target, read_target(text).how, read_target(text).confidence) == (
        None,
        "not_applied",
        "high",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Dưới 20%",
        "Từ 10% đến 20%",
        "Có 2 hoặc 3 phòng, 50% máy",
        "Có 5 xã trở lên hoặc 80% xã",
        "80% xã đạt mức 2",
        "Chưa có",
        "trên 50%",
    ],
)
def test_what_is_no_target_is_not_guessed(text: str) -> None:
    reading = read_target(text)
    assert (reading.target, reading.confidence) == (None, "low")
    assert reading.left_over or not text


def test_the_names_of_levels_may_be_others() -> None:
    reading = read_target("100% huyện đạt mức vàng", levels=["đồng", "bạc", "vàng"])
    assert reading.target == {"printed": "100% huyện đạt mức vàng", "children": {"all_at_least": 3}}
