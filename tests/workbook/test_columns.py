"""Words of cells: one spelling for what looks the same."""

from __future__ import annotations

import unicodedata

import pytest

from chiso.workbook.columns import tidy


@pytest.mark.parametrize(
    "written",
    [
        "Huyện A",
        unicodedata.normalize("NFD", "Huyện A"),
        "  Huyện\u00a0 A\t",
        "Huy\u200bện A",  # zero-width space
        "\u202eHuyện A\u202c",  # written from right to left
        "\ufeffHuyện A",  # byte order mark
        "Huyện\u00ad A",  # soft hyphen
        "Huyện \u2066A\u2069",
        "Huy\0ện\x1b \x07A",  # as Excel writes them: _x0000_
        "Huyện\x85A",
    ],
)
def test_a_name_is_the_same_whatever_cannot_be_seen(written: str) -> None:
    assert tidy(written) == "Huyện A"


def test_what_can_be_seen_stays() -> None:
    assert tidy("=cmd() + Đ-1, “x” 👩‍🌾") == "=cmd() + Đ-1, “x” 👩🌾"


def test_a_name_of_invisible_signs_is_no_name() -> None:
    assert tidy("\u200b\u202e") == ""
