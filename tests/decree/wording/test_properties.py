"""Whatever stands in a cell: no crash, bounded time, the same answer every time, never more than the maximum."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chiso.decree.wording import RuleReading
from chiso.decree.wording.examples import examples
from chiso.decree.wording.reading import MAX_LENGTH, read_rule, read_target
from chiso.framework.check import most
from chiso.framework.loader import load_text
from chiso.framework.source import read_source
from tests.decree.wording.engine import made
from tests.decree.wording.generator import worded

WORDS = st.sampled_from(
    [
        "Điểm tối đa",
        "điểm",
        "Tỷ lệ",
        "80%",
        "a/b",
        "(c+d)",
        "/",
        "*",
        "x",
        "từ",
        "đến",
        "dưới",
        "trở lên",
        "1/2",
        "0,5",
        ":",
        ";",
        "-",
        "+",
        ".",
        "\n",
        "mỗi",
        "trừ",
        "cộng",
        "chậm",
        "ngày",
        "không quá",
        "cao nhất",
        "1.",
        "2.",
        "a =",
        "b =",
        "hoặc",
        "Không",
        "Có",
        "≥",
        "<",
        "=",
        "(",
        ")",
        "10 điểm",
        "Mức 1",
        "min-max",
        "hội nghị",
        "nếu",
        "thì",
        "đạt",
        "tổng số",
        "trên",
        "không phát sinh",
    ]
)
SALAD = st.lists(WORDS, max_size=60).map(" ".join)


def usable(reading: RuleReading) -> None:
    """Assert what holds of every reading: it loads, it never exceeds the maximum, low means manual."""
    rule = made(reading.rule)
    assert most(rule) <= 1
    assert (reading.confidence == "low") == (reading.rule == {"kind": "manual"})
    assert "0." not in json.dumps([one for one in _numbers(reading.rule) if isinstance(one, float)])
    for one in examples(rule, Fraction(10)):
        assert not one.points.known or 0 <= one.points.value <= 10
    if reading.rule["kind"] != "sum":
        load_text(framework_text(reading))


def _numbers(data: object) -> list[object]:
    if isinstance(data, dict):
        return [one for value in data.values() for one in _numbers(value)]
    if isinstance(data, list):
        return [one for value in data for one in _numbers(value)]
    return [data]


def framework_text(reading: RuleReading) -> str:
    criterion = {"code": "1.1", "title": "x", "max_points": 10, "rule": reading.rule, "inputs": reading.inputs}
    return json.dumps(
        {
            "format": 1,
            "id": "x",
            "version": "1",
            "title": {"vi": "x", "en": "x"},
            "legal": {"number": "1", "year": 2024, "issuer": "x", "title": "x"},
            "unit_kinds": ["commune"],
            "max_points": 10,
            "dimensions": [{"code": "1", "title": "x", "max_points": 10, "criteria": [criterion]}],
        }
    )


@given(SALAD)
@settings(max_examples=150, deadline=None)
def test_a_salad_of_scoring_words_is_read_or_kept(text: str) -> None:
    usable(read_rule(text, title="Tỷ lệ hồ sơ", max_points=Fraction(10)))


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_kept(text: str) -> None:
    usable(read_rule(text, title=text[:40], max_points=Fraction(10)))
    read_target(text)


@given(SALAD)
@settings(max_examples=60, deadline=None)
def test_a_target_is_read_or_kept(text: str) -> None:
    reading = read_target(text)
    assert reading.target is not None or reading.how == "not_applied" or reading.confidence == "low"


@pytest.mark.parametrize("seed", range(30))
def test_every_reading_of_a_wording_loads(seed: int) -> None:
    one = worded(seed)
    usable(read_rule(one.text, title=one.title, max_points=one.full))


LONG = {
    "brackets": "(" * 5_000 + "a" + ")" * 5_000,
    "words": "điểm tối đa " * 800,
    "colons": ":" * 10_000,
    "numbers": "1/2*" * 2_500,
    "lines": "- Có: 1 điểm;\n" * 700,
    "sums": "Điểm = " + "a/b*Điểm tối đa + " * 500 + "a/b*Điểm tối đa",
    "tags": "<li>" * 2_500,
    "entities": "&lt;" * 2_500,
    "latex": "\\frac{" * 1_500 + "}" * 1_500,
    "slashes": "a/" * 5_000,
    "commas": "Có, " * 2_500,
    "quotes": "\"'" * 5_000,
    "parted": "1. a 2. b " * 1_000,
    "digits": "9" * 10_000,
    "marks": "- + " * 2_500,
    "conditions": "từ 1 đến 2, " * 800,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_ten_thousand_characters_take_less_than_two_seconds(text: str) -> None:
    started = time.process_time()
    reading = read_rule(text, title="x", max_points=Fraction(10))
    read_target(text)
    assert time.process_time() - started < 2
    usable(reading)


def test_longer_text_is_refused_and_its_beginning_kept() -> None:
    reading = read_rule("x" * (MAX_LENGTH + 1))
    assert (reading.how, reading.rule, len(reading.left_over[0])) == ("too_long", {"kind": "manual"}, MAX_LENGTH)


def test_another_process_gives_the_same_answer() -> None:
    """Nothing depends on the order of sets, which changes from process to process."""
    program = (
        "from tests.decree.wording.generator import worded\n"
        "from chiso.decree.wording.reading import read_rule\n"
        "for seed in range(25):\n"
        "    one = worded(seed)\n"
        "    print(read_rule(one.text, title=one.title, max_points=one.full))\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": str(seed), "PYTHONPATH": ":".join(sys.path), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2)
    }
    assert len(answers) == 1


def test_yaml_of_a_reading_holds_no_float() -> None:
    reading = read_rule("≥ 0,5 tỷ: 10 điểm; < 0,5 tỷ: 2,5 điểm", max_points=Fraction(10))
    assert read_source(json.dumps(reading.rule), "rule.yaml").data["lines"][0]["at_least"] == "0.5"
