"""What recognition reads for digits and signs."""

from __future__ import annotations

import pytest

from chiso.decree.language.spelling import misread_digits, with_digits


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Từ 8O% trở lên: l0 điểm", "Từ 80% trở lên: 10 điểm"),
        ("Từ 800/0 trở lên: 5 điểm", "Từ 80% trở lên: 5 điểm"),
        ("Từ 80 o/o đến dưới 1000/0", "Từ 80% đến dưới 100%"),
    ],
)
def test_digits_and_percent_signs_are_put_right_and_told_of(printed: str, meant: str) -> None:
    assert misread_digits(printed)
    assert with_digits(printed) == meant


@pytest.mark.parametrize("printed", ["Có/không: 10/0", "Từ 80% trở lên: 10 điểm", "Đạt 8/10 tiêu chí"])
def test_what_is_printed_well_stays(printed: str) -> None:
    assert not misread_digits(printed)
    assert with_digits(printed) == printed
