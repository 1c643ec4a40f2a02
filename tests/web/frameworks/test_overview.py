"""The rows of a framework, and what of it words are found in."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso import load
from chiso.framework.loader import load_text
from chiso.web.frameworks.overview import rows_of, search
from tests.web.factories import SMALL


def test_rows_stand_in_printed_order_with_their_maxima() -> None:
    rows = rows_of(load_text(SMALL), "vi")

    assert [(row.code, row.depth, row.is_dimension, row.most) for row in rows] == [
        ("1", 0, True, Fraction(40)), ("1.1", 1, False, Fraction(20)),
        ("1.2", 1, False, Fraction(10)), ("1.3", 1, False, Fraction(10)),
    ]  # fmt: skip


def test_a_row_of_a_maturity_framework_says_what_each_level_asks_for() -> None:
    rows = {row.code: row for row in rows_of(load("khung-2024-commune"), "vi")}

    assert rows["I.1"].targets[0] == "từ 50 % trở lên"
    assert len(rows["I.1"].targets) == 5


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("internet", ["1.1"]),
        ("ho gia dinh INTERNET", ["1.1"]),
        ("tổng số hộ", ["1.1"]),  # the label of a shared fact
        ("cap pho", ["1.2"]),  # an option of the rule in words
        ("1.3", ["1.3"]),
        ("van phong", ["1.1", "1.2", "1.3"]),  # the lead agency
        ("internet ke hoach", []),
        ("%", []),
    ],
)
def test_criteria_are_found_without_diacritics(words: str, codes: list[str]) -> None:
    assert [row.code for row in search(load_text(SMALL), words, "vi")] == codes
