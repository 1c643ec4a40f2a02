"""Findings speak both languages, keep their figures exact, and every code is documented."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from chiso.framework.loader import load
from chiso.framework.model import Words
from chiso.framework.reach.pointset import EMPTY, PointSet
from chiso.phrases import LANGUAGES
from chiso.reconcile import PublishedError, PublishedFinding, load_published, reconcile
from chiso.reconcile.finding import (
    ROW_FAULTS,
    SEVERITIES,
    Sum,
    Term,
    exact_text,
    figure_text,
    finding,
    number_text,
    plain_figure,
    set_text,
)
from chiso.reconcile.phrases import PHRASES

F = Fraction
ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "chiso" / "reconcile").glob("*.py"))
REFERENCE = ROOT / "docs" / "reference" / "reconcile-findings.md"


def raised_codes() -> set[str]:
    texts = [path.read_text("utf-8") for path in SOURCES if path.name not in ("phrases.py", "finding.py")]
    return {code for text in texts for code in re.findall(r'"(R\d{3})"', text)}


def test_every_code_has_its_sentences_and_nothing_else_has() -> None:
    worded = {code.removesuffix(".do") for code in PHRASES.codes() if code.startswith("R")}
    assert worded == raised_codes()
    assert {code for code in PHRASES.codes() if code.endswith(".do")} == {f"{code}.do" for code in worded}


def test_every_finding_has_a_severity() -> None:
    assert set(SEVERITIES) == {code for code in raised_codes() if not code.startswith("R9")}


def test_every_code_is_documented_and_nothing_else_is() -> None:
    assert set(re.findall(r"^\| (R\d{3}) \|", REFERENCE.read_text("utf-8"), re.M)) == raised_codes()


def test_the_documented_severities_are_the_real_ones() -> None:
    documented = re.findall(r"^\| (R\d{3}) \| (error|warning|note) \|", REFERENCE.read_text("utf-8"), re.M)
    assert dict(documented) == {**SEVERITIES, **{code: "error" for code in raised_codes() if code.startswith("R9")}}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_of_gia_lai_has_words(lang: str) -> None:
    framework = load("gia-lai-2023-province")
    for one in reconcile(framework, load_published(framework)):
        sentences = one.located(lang)
        assert sentences.startswith(f"{one.place}: ")
        assert not re.search(r"[{}]|Fraction|PointSet", sentences)


def test_a_finding_speaks_with_the_decimal_mark_of_the_language() -> None:
    one = finding("R301", "4.2", printed=F("12.5"), maximum=F(10), possible=PointSet.of(F(0), F("2.5")))
    assert one.text("vi") == "4.2 in 12,5 điểm, quá điểm tối đa 10."
    assert one.text("en") == "4.2 prints 12.5 points, above the maximum of 10."
    assert one.suggestion("vi") == "So lại với văn bản gốc; theo quy tắc chỉ có thể là: 0; 2,5."
    assert one.located("en") == (
        "4.2: 4.2 prints 12.5 points, above the maximum of 10. "
        "Compare with the original; by the rule the points can only be: 0; 2.5. [R301]"
    )


def test_a_finding_is_plain_data() -> None:
    one = finding("R501", "1.2", value=F(10, 3), range=PointSet.between(F(3), F(4), high_open=True), equation=LINE)
    found = one.as_dict("en")
    assert json.loads(json.dumps(found)) == found
    assert (found["code"], found["place"], found["severity"]) == ("R501", "1.2", "warning")
    assert found["figures"] == {
        "value": "10/3",
        "range": [{"low": "3", "high": "4", "low_open": False, "high_open": True}],
        "equation": {"text": "10 + 0.5 × x = 12, where x is 4.2 (0; 10)", "unknown": {"4.2": ["0", "10"]}},
    }
    assert found["message"] == one.text("en")
    assert found["suggestion"] == one.suggestion("en")


LINE = Sum(
    (Term("4.1", F(10)), Term("4.2", None, F(1, 2))),
    Term("4", F(12)),
    {"4.2": PointSet.of(F(0), F(10))},
)


def test_figures_that_are_not_known_are_left_out() -> None:
    assert finding("R302", "1", below=None, above=F(1)).figures == {"above": F(1)}


@pytest.mark.parametrize(
    ("code", "fault"), [("R103", True), ("R106", True), ("R301", False), ("R109", False), ("R110", False)]
)
def test_faults_of_the_data_are_told_from_faults_of_the_document(code: str, fault: bool) -> None:
    assert finding(code, "x").is_row_fault is fault


def test_faults_of_rows_are_findings_about_rows() -> None:
    assert {code for code in SEVERITIES if code < "R109"} | {"R112"} == ROW_FAULTS


@pytest.mark.parametrize(
    ("value", "exact", "vi"),
    [
        (F("0.30"), "0.3", "0,3"),
        (F(1, 3), "1/3", "1/3"),
        (F(-90), "-90", "-90"),
        (F(1, 10**7), "1/10000000", "1/10000000"),
        (F("1234.5"), "1234.5", "1.234,5"),
    ],
)
def test_numbers_are_written_exactly(value: Fraction, exact: str, vi: str) -> None:
    assert (exact_text(value), number_text(value, "vi")) == (exact, vi)


@pytest.mark.parametrize(
    ("points", "vi", "en"),
    [
        (PointSet.of(F(0), F("2.5")), "0; 2,5", "0; 2.5"),
        (PointSet.between(F(0), F(5)), "từ 0 đến 5", "0 to 5"),
        (PointSet.between(F(0), F(5), high_open=True), "từ 0 đến dưới 5", "0 to below 5"),
        (PointSet.between(F(0), F(5), low_open=True), "trên 0 đến 5", "above 0 to 5"),
        (PointSet.between(F(0), F(5), low_open=True, high_open=True), "trên 0 đến dưới 5", "above 0 to below 5"),
        (EMPTY, "không có giá trị nào", "no value"),
    ],
)
def test_sets_are_written_in_words(points: PointSet, vi: str, en: str) -> None:
    assert (set_text(points, "vi"), set_text(points, "en")) == (vi, en)


def test_a_long_set_is_cut_short() -> None:
    assert (
        set_text(PointSet.of(*(F(number) for number in range(20))), "en") == "0; 1; 2; 3; 4; 5; 6; 7; 8; 9; 10; 11; …"
    )


def test_a_long_list_is_cut_short() -> None:
    assert figure_text([str(number) for number in range(13)], "en") == "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"


def test_words_speak_the_language_of_the_reader_and_keep_both_in_data() -> None:
    words = Words(vi="Một nửa", en="One half")
    assert (figure_text(words, "vi"), figure_text(words, "en")) == ("Một nửa", "One half")
    assert plain_figure(words) == {"vi": "Một nửa", "en": "One half"}


def test_values_by_code_are_written_and_kept() -> None:
    values = {"7.6": F("0.3"), "7": F("64.97")}
    assert figure_text(values, "vi") == "7.6 = 0,3; 7 = 64,97"
    assert plain_figure(values) == {"7.6": "0.3", "7": "64.97"}


def test_more_unknowns_than_letters_are_numbered() -> None:
    codes = ["1.1", "1.2", "1.3", "1.4"]
    line = Sum(tuple(Term(code, None) for code in codes), Term("1", F(9)), dict.fromkeys(codes, PointSet.of(F(1))))
    assert line.text("en").startswith("x + y + z + x4 = 9, where x is 1.1 (1)")


def test_an_equation_without_unknowns_needs_no_explanation() -> None:
    assert Sum((Term("1.1", F("1.5")),), Term("1", F(2)), {}).text("vi") == "1,5 = 2"


def test_a_table_that_cannot_be_used_carries_one_fault_like_a_framework_that_cannot_be_loaded() -> None:
    error = PublishedError("R908", "p.csv", size=5, limit=4)
    assert str(error) == (
        "p.csv: The file p.csv has 5 bytes, above the limit of 4. Keep only the table of points in the file. [R908]"
    )
    assert error.faults == (PublishedFinding("R908", "p.csv", {"size": 5, "limit": 4}, "error"),)
