"""Names of units that are probably one, written in two ways."""

from __future__ import annotations

import unicodedata

import pytest

from chiso.scoring.names import alike


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Hòa Bình", "Hoà Bình"),
        ("Hòa Bình", "HOÀ BÌNH"),
        ("Thủy Nguyên", "Thuỷ Nguyên"),
        ("Phường Phù Liễn", "phường  phù liễn"),
        ("Huyện Krông Pa", unicodedata.normalize("NFD", "Huyện Krông Pa")),
    ],
)
def test_alike(first: str, second: str) -> None:
    assert list(alike([first, "Pleiku", second])) == [(first, second)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("Hòa Bình", "Hỏa Bình"), ("Tân An", "Tan An"), ("An Bình", "Bình An"), ("Xã A", "Xã B"), ("Ia Grai", "IaGrai")],
)
def test_not_alike(first: str, second: str) -> None:
    assert list(alike([first, second])) == []


def test_the_same_name_is_no_other() -> None:
    assert list(alike(["Hòa Bình", "Hòa Bình"])) == []


def test_every_other_spelling_is_named_beside_the_first() -> None:
    assert list(alike(["Hòa Bình", "Hoà Bình", "HÒA BÌNH"])) == [("Hòa Bình", "Hoà Bình"), ("Hòa Bình", "HÒA BÌNH")]
