"""What stands around the steps of a trace: inputs with their origin, result, reasons, numbers for people."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.framework.loader import load
from chiso.phrases import LANGUAGES
from chiso.scoring.entries import Entry, EntryReader
from chiso.scoring.facts import Unit
from chiso.scoring.score import score
from chiso.scoring.trace import explain, number_text, value_text
from tests.scoring.frameworks import Data, criterion_of, framework_of
from tests.scoring.worth import CHOICE, PARTS, Written, facts, traced


def test_inputs_with_their_words_and_origin() -> None:
    loaded = load("gia-lai-2023-province")
    reader = EntryReader(loaded, [Unit("Gia Lai")])
    rows = [
        Entry("Gia Lai", "3.3", "a", 250_000, "31/12/2022", "Cục Thống kê", "ước tính", "số liệu.csv, dòng 7"),
        Entry("Gia Lai", "3.3", "b", 350_000),
    ]
    trace = explain(score(loaded, reader.read(rows)), 0, "3.3")
    first, second = trace.as_dict("en")["inputs"]

    assert (first["name"], first["value"], first["status"]) == ("a", "250,000 households", "given")
    assert (first["source"], first["as_of"], first["note"], first["place"]) == (
        "Cục Thống kê",
        "31/12/2022",
        "ước tính",
        "số liệu.csv, dòng 7",
    )
    assert (second["fact"], second["source"]) == ("households", "")
    assert trace.as_dict("vi")["inputs"][0]["value"] == "250.000 hộ"


def test_the_trace_as_plain_data() -> None:
    found = traced({"kind": "count", "of": "n", "target": "3"}, {"n": 1}).as_dict("en")

    assert {key: found[key] for key in ("unit", "code", "title", "clause", "status", "exact", "message")} == {
        "unit": "u0",
        "code": "1.1",
        "title": "1.1",
        "clause": None,
        "status": "scored",
        "exact": "10/3",
        "message": None,
    }
    assert found["steps"] == [
        {
            "code": "T122",
            "data": {"value": "1", "top": "3", "factor": "10", "result": "10/3"},
            "text": "1 ÷ 3 × 10 = 10/3 ≈ 3.333333",
        }
    ]


@pytest.mark.parametrize(
    ("value", "status", "message"),
    [
        ("missing", "missing", "The figure “n” is missing."),
        ("not_applicable", "not_applicable", "The unit answers that “n” does not apply."),
        ("error", "error", "The figure “n” is faulty. Mend it."),
    ],
)
def test_an_input_that_is_not_there(value: str, status: str, message: str) -> None:
    found = traced({"kind": "count", "of": "n", "target": "3"}, {"n": value}).as_dict("en")

    assert (found["inputs"][0]["status"], found["inputs"][0]["value"]) == (status, None)
    assert (found["status"], found["exact"], found["message"]) == (status, None, message)


@pytest.mark.parametrize(
    ("over", "under", "row", "message"),
    [
        ("a", "b", {"a": 1, "b": 0}, "The denominator b is 0 while a is not. Check both."),
        ("a", "b", {"a": 0, "b": 0}, "The denominator b is 0. If there is nothing to count, write n/a and say why."),
        ("a", "2*b", {"a": 1, "b": 0}, "The denominator 2*b is 0 while a is not. Check both."),
        (
            "a-b",
            "c",
            {"a": 1, "b": 1, "c": 0},
            "The denominator c is 0. If there is nothing to count, write n/a and say why.",
        ),
    ],
)
def test_a_zero_denominator_is_named(over: str, under: str, row: dict[str, Written], message: str) -> None:
    rule: Data = {"kind": "ratio", "numerator": over, "denominator": under, "part_of_whole": False}

    assert traced(rule, row).as_dict("en")["message"] == message


def test_points_above_the_maximum_are_named() -> None:
    assert (
        traced({"kind": "manual"}, {"points": "10.5"}).as_dict("vi")["message"]
        == "Điểm 10,5 vượt điểm tối đa 10. Kiểm tra lại điểm."
    )


def test_waiting_is_explained() -> None:
    assert (
        traced({"kind": "relative", "of": "n", "given": "x"}, {"n": 1}).as_dict("en")["message"]
        == "Waiting for the reference value (@reference)."
    )
    told = facts([{}], exemptions={(0, "1.1"): "peers_best"})
    assert (
        traced({"kind": "manual"}, told=told).as_dict("en")["message"]
        == "Exempt: waiting for the points of other units of the group."
    )


def test_what_is_left_out_for_the_year_says_why() -> None:
    left_out = [{"code": "1.1", "year": 2024, "reason": "chưa có số liệu"}]
    found = traced({"kind": "manual"}, {"points": 5}, left_out=left_out).as_dict("en")

    assert (found["status"], found["message"]) == ("not_applicable", "Left out in 2024: chưa có số liệu")


def test_an_unknown_criterion_has_no_trace() -> None:
    with pytest.raises(KeyError, match=r"9\.9"):
        traced({"kind": "manual"}, {"points": 5}, code="9.9")


@pytest.mark.parametrize(
    ("value", "vi", "en"),
    [
        ("1234.5", "1.234,5", "1,234.5"),
        ("1/3", "1/3 ≈ 0,333333", "1/3 ≈ 0.333333"),
        ("0.0000001", "1/10000000 ≈ 0", "1/10000000 ≈ 0"),
    ],
)
def test_numbers_for_people_are_exact(value: str, vi: str, en: str) -> None:
    assert [number_text(Fraction(value), lang) for lang in LANGUAGES] == [vi, en]


def test_supplied_values_for_people() -> None:
    framework = framework_of(criterion_of("1.1", CHOICE), criterion_of("1.2", PARTS))
    scores = score(framework, facts([{"1.1/choice": 1, "1.2/#1": 0}]))
    (choice,) = explain(scores, 0, "1.1").supplied
    answer = explain(scores, 0, "1.2").supplied[1]

    assert value_text(choice.asked, Fraction(1), "vi") == "Không có"
    assert [value_text(answer.asked, Fraction(0), lang) for lang in LANGUAGES] == ["không", "no"]


@pytest.mark.parametrize(
    ("name", "rule", "called"),
    [
        ("a", {"kind": "count", "of": "a", "target": "3"}, "a (Số hộ)"),
        ("n", {"kind": "count", "of": "n", "target": "3"}, "“Số hộ”"),
        ("num", {"kind": "count", "of": "num", "target": "3"}, "“Số hộ”"),
        ("#1", {"kind": "yes_no", "input": "#1", "label": "Ban hành"}, "“Số hộ”"),
    ],
)
def test_inputs_are_called_what_people_call_them(name: str, rule: Data, called: str) -> None:
    kind = "yes_no" if rule["kind"] == "yes_no" else "count"
    criterion = {**criterion_of("1.1", rule), "inputs": [{"name": name, "label": " Số\n hộ:", "type": kind}]}
    trace = explain(score(framework_of(criterion), facts([{}])), 0, "1.1")

    assert trace.reason("vi") == f"Chưa có số liệu {called}."


def test_formulas_keep_printed_letters_and_name_the_others() -> None:
    rule: Data = {"kind": "ratio", "numerator": "a", "denominator": "den-b", "part_of_whole": False}
    inputs = [{"name": name, "label": f"Số {name}", "type": "count"} for name in ("a", "den", "b")]
    criterion = {**criterion_of("1.1", rule), "inputs": inputs}
    told = facts([{"1.1/a": 1, "1.1/den": 2, "1.1/b": 2}])
    trace = explain(score(framework_of(criterion), told), 0, "1.1")

    assert trace.reason("en") == "The denominator “Số den” - b is 0 while a is not. Check both."
