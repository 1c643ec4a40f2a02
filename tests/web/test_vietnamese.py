"""Vietnamese text is found without diacritics and sorted as in a dictionary."""

from __future__ import annotations

import unicodedata

import pytest

from chiso.web.vietnamese import folded, ordered


def shuffled(names: list[str]) -> list[str]:
    return names[::-1]


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Đắk Lắk", "dak lak"),
        ("  Thừa Thiên  Huế ", "thua thien hue"),
        ("\0Huế\0", "hue"),
        ("Ưỡng Ễ Ặ Ộ ứ", "uong e a o u"),
        (unicodedata.normalize("NFD", "Quảng Ngãi"), "quang ngai"),
    ],
)
def test_diacritics_fall_away(text: str, bare: str) -> None:
    assert folded(text) == bare


def test_names_sort_as_in_a_dictionary() -> None:
    in_order = ["An", "Anh", "Ăn", "Ân", "Ba", "Ca", "Da", "Đa", "Ô", "Ơ", "U", "Ư", "Y"]
    assert sorted(shuffled(in_order), key=ordered) == in_order


def test_tones_decide_only_among_equals() -> None:
    in_order = ["Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Mai"]
    assert sorted(shuffled(in_order), key=ordered) == in_order


def test_numbers_sort_by_their_value() -> None:
    in_order = ["Phường", "Phường 2", "Phường 10", "Phường An"]
    assert sorted(shuffled(in_order), key=ordered) == in_order


def test_keys_hold_only_what_every_collation_sorts_alike() -> None:
    key = ordered("Thành phố Đà Nẵng (số 1)")
    assert key.isascii()
    assert key.isalnum()
    assert key == key.casefold()
