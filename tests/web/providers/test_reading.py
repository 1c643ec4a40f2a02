"""A value and its reason stand in one cell; what is written back is understood again."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from chiso.framework.inputs import collected
from chiso.framework.loader import load_text
from chiso.web.collection.cells import Cell
from chiso.web.collection.services import Written
from chiso.web.providers.reading import RefusedError, entry_text, read
from tests.web.factories import SMALL

ASKED = collected(load_text(SMALL))


def reading(text: str, fact: str = "households", **told: str) -> tuple[str, str]:
    found = read(Written(text, **told), ASKED[fact], "vi")
    return found.text, found.note


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("12040", ("12040", "")),
        ("12.040", ("12040", "")),
        ("1.234.567", ("1234567", "")),
        ("", ("", "")),
        ("không phát sinh: mới tách xã", ("n/a", "mới tách xã")),
        ("n/a : a: b", ("n/a", "a: b")),
    ],
)
def test_a_cell_is_read_with_its_reason(text: str, kept: tuple[str, str]) -> None:
    assert reading(text) == kept


def test_a_reason_may_stand_in_the_note() -> None:
    assert reading("n/a", note="mới tách xã") == ("n/a", "mới tách xã")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-5", "âm"),
        ("nhiều", "nhiều"),
        ("12,5", "nguyên"),
        ("12.04", "nguyên"),
        ("12 km", "12 km"),
        ("n/a", "dấu hai chấm"),
        ("không phát sinh:  ", "dấu hai chấm"),
        ("5: vì sao", "5: vì sao"),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(text: str, words: str) -> None:
    with override("vi"), pytest.raises(RefusedError, match=words):
        reading(text)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    ("fact", "text", "note"),
    [
        ("households", "12040", ""),
        ("households", "1234567", ""),
        ("households", "n/a", "mới tách xã"),
        ("1.2/choice", "deputy", ""),
        ("1.3/plan", "yes", ""),
        ("1.3/plan", "no", ""),
    ],
)
def test_what_stands_in_a_cell_is_understood_again(fact: str, text: str, note: str, lang: str) -> None:
    with override(lang):
        shown = entry_text(ASKED[fact], Cell(text, 1, "", 1, note=note), lang)
        assert reading(shown, fact, note=note) == (text, note)


def test_thousands_stand_apart() -> None:
    shown = [
        entry_text(ASKED["households"], Cell(text, 1, "", 1), lang)
        for text, lang in (("7215", "vi"), ("1234567", "en"))
    ]
    assert shown == ["7.215", "1,234,567"]


def test_nothing_stands_in_an_empty_cell() -> None:
    assert entry_text(ASKED["households"], None, "vi") == ""
