"""Days as offices write them."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest

from chiso.days import day_of

FIFTH = dt.date(2024, 10, 5)


@pytest.mark.parametrize(
    "text",
    [
        "05/10/2024",
        "5/10/2024",
        " 5 / 10 / 2024 ",
        "5-10-2024",
        "05.10.2024",
        "2024-10-05",
        "2024/10/5",
        "05102024",
        "ngày 5 tháng 10 năm 2024",
        "Ngày 05  tháng 10\u00a0năm 2024",
        "5 tháng 10 năm 2024",
        "ngày 5/10/2024",
        unicodedata.normalize("NFD", "ngày 5 tháng 10 năm 2024"),
    ],
)
def test_the_day_stands_before_the_month_however_it_is_written(text: str) -> None:
    assert day_of(text) == FIFTH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023",
        "5/10/24",
        "10/25/2024",  # as an American writes the 25th of October
        "31/02/2023",
        "2023-13-01",
        "0000-01-01",
        "Quý IV/2023",
        "5/10/2024 17:00",
        "tháng 10 năm 2024",
        "20241005",
        "٢٠٢٣-05-10",
        "5/10/2024" + " " * 60,
        "1" * 10_000,
    ],
)
def test_what_names_no_day_is_none(text: str) -> None:
    assert day_of(text) is None


def test_leap_days_are_days_in_leap_years_alone() -> None:
    assert [day_of(f"29/02/{year}") for year in (2023, 2024, 2100)] == [None, dt.date(2024, 2, 29), None]
