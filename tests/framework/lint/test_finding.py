"""Findings as data and as sentences in both languages."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from chiso.framework.lint.finding import SEVERITIES, Finding, exact, finding, percent
from chiso.framework.lint.phrases import PHRASES

SOURCE = Path(__file__).parents[3] / "src" / "chiso" / "framework" / "lint"
REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "lint-findings.md"


def test_figures_are_written_exactly() -> None:
    found = finding("L103", "1", printed=Fraction(1, 3), children=Fraction(7, 2), difference=-1)
    assert found.figures == {"printed": "1/3", "children": "3.5", "difference": "-1"}


def test_a_share_is_written_as_a_percentage() -> None:
    assert (percent(Fraction(1, 400)), percent(Fraction(1, 3))) == ("0.25%", "100/3%")


def test_a_number_with_more_than_six_places_is_a_fraction() -> None:
    assert (exact(Fraction(1, 64)), exact(Fraction(1, 128))) == ("0.015625", "1/128")


def test_vietnamese_sentences_write_a_decimal_comma() -> None:
    found = finding("L302", "7", printed=Fraction("64.74"), children=Fraction("64.97"), difference=Fraction("-0.23"))
    assert "64,74" in found.text("vi")
    assert "-0,23" in found.text("vi")
    assert "64.74" in found.text("en")


def test_codes_keep_their_points_in_vietnamese() -> None:
    found = finding("L201", "1.3", before="1.1", after="1.3", missing="1.2")
    assert found.text("vi") == "1.3: số thứ tự nhảy từ 1.1 sang 1.3, không có 1.2."


def test_ids_are_shown_in_words() -> None:
    found = finding("L705", "general_information 1", label="Số lượng huyện", unit_kind="district")
    assert "(cấp huyện)" in found.text("vi")
    assert "(districts)" in found.text("en")


def test_a_list_that_shows_the_place_does_not_repeat_it() -> None:
    found = finding("L201", "1.3", before="1.1", after="1.3", missing="1.2")
    assert (found.where("vi"), found.sentence("vi")) == ("1.3", "Số thứ tự nhảy từ 1.1 sang 1.3, không có 1.2.")
    assert [finding("L705", "general_information 7").where(lang) for lang in ("vi", "en")] == [
        "Thông tin chung, dòng 7",
        "General information, row 7",
    ]


def test_json_carries_everything_in_one_language() -> None:
    found = finding("L701", "1.1", filled=3, rows=4)
    assert found.as_dict("en") == {
        "code": "L701",
        "place": "1.1",
        "severity": "warning",
        "figures": {"filled": "3", "rows": "4"},
        "message": "1.1: nobody leads it (3 of 4 criteria have a lead agency).",
        "suggestion": "Name a lead agency before the round opens.",
    }


def test_a_finding_cannot_be_changed() -> None:
    found = Finding("L701", "1.1", {})
    with pytest.raises(AttributeError):
        found.code = "L702"  # type: ignore[misc]


def test_every_code_has_a_sentence_and_a_suggestion() -> None:
    assert PHRASES.codes() == sorted([*SEVERITIES, *(f"{code}.do" for code in SEVERITIES)])


def test_every_code_is_used() -> None:
    text = "".join(
        file.read_text("utf-8") for file in SOURCE.glob("*.py") if not file.name.startswith(("phrases", "finding"))
    )
    assert set(re.findall(r'"(L\d{3})"', text)) == set(SEVERITIES)


def test_every_code_stands_in_the_reference_with_its_severity() -> None:
    rows = re.findall(r"^### (L\d{3}): .+ \((error|warning|note)\)$", REFERENCE.read_text("utf-8"), re.MULTILINE)
    assert dict(rows) == SEVERITIES
    assert len(rows) == len(SEVERITIES)
