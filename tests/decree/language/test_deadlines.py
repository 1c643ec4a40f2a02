"""Deadlines as printed."""

import datetime as dt
from typing import Any

import pytest

from chiso.decree.language.deadlines import deadline_of


@pytest.mark.parametrize(
    ("printed", "meaning"),
    [
        ("Đã hoàn thành", {"kind": "done"}),
        ("Thường xuyên", {"kind": "continuous"}),
        ("Thường xuyên, liên tục", {"kind": "continuous"}),
        ("cập nhật khi có sự thay đổi", {"kind": "continuous"}),
        ("Thống kê số liệu", {"kind": "statistics"}),
        ("Quý IV năm 2024", {"kind": "quarter", "quarter": 4, "year": 2024}),
        ("Quý II/2025", {"kind": "quarter", "quarter": 2, "year": 2025}),
        ("Quý 3 năm 2024", {"kind": "quarter", "quarter": 3, "year": 2024}),
        ("Quý IV hàng năm", {"kind": "yearly", "quarter": 4}),
        ("Hằng năm", {"kind": "yearly"}),
        ("Định kỳ tháng 11 hằng năm", {"kind": "yearly", "month": 11}),
        ("Trước ngày 25 tháng 12 hàng năm", {"kind": "yearly", "month": 12, "day": 25}),
        ("Trước ngày 15/10 hằng năm", {"kind": "yearly", "month": 10, "day": 15}),
        ("Năm 2025", {"kind": "year", "year": 2025}),
        ("Hằng quý", {"kind": "quarterly"}),
        ("Định kỳ hằng quý", {"kind": "quarterly"}),
        ("Báo cáo hàng quý, năm", {"kind": "quarterly"}),
        ("Mỗi quý 01 lần", {"kind": "quarterly"}),
        ("01 quý/lần", {"kind": "quarterly"}),
        ("Trước ngày 15 tháng cuối quý", {"kind": "quarterly", "day": 15}),
        ("Trước ngày 15 của tháng cuối hằng quý", {"kind": "quarterly", "day": 15}),
        ("Hàng tháng", {"kind": "monthly"}),
        ("Trước ngày 25 hằng tháng", {"kind": "monthly", "day": 25}),
        ("Định kỳ 6 tháng", {"kind": "half_yearly"}),
        ("06 tháng một lần", {"kind": "half_yearly"}),
        ("Báo cáo 6 tháng và hằng năm", {"kind": "half_yearly"}),
        ("6 tháng, năm", {"kind": "half_yearly"}),
        ("Định kỳ hằng năm", {"kind": "yearly"}),
        ("Quý I hằng năm", {"kind": "yearly", "quarter": 1}),
        ("Trước ngày 30/6/2024", {"kind": "date", "date": dt.date(2024, 6, 30)}),
        ("Tháng 12/2024", {"kind": "date", "date": dt.date(2024, 12, 31)}),
        (
            "Trong vòng 02 tháng kể từ ngày hoàn thành xây dựng hệ thống",
            {"kind": "relative", "months": 2, "event": "ngày hoàn thành xây dựng hệ thống"},
        ),
    ],
)
def test_a_deadline_is_understood(printed: str, meaning: dict[str, Any]) -> None:
    assert deadline_of(printed) == meaning


@pytest.mark.parametrize(
    "printed", ["Ngày 31/02/2024", "Sau khi có hướng dẫn", "Quý V năm 2024", "Ngày 15/13 hằng năm", "10"]
)
def test_what_is_not_understood_is_nothing(printed: str) -> None:
    assert deadline_of(printed) is None
