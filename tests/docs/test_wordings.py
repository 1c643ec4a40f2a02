"""Each wording of the reference page is read, and computes the points that the page states."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from chiso.decree.wording.agreement import points_of
from chiso.decree.wording.phrases import PHRASES
from chiso.decree.wording.reading import read_rule
from tests.decree.wording.engine import made
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/reference/wordings.md").read_text("utf-8")
EXAMPLES = re.findall(r"```wording\n(.*?)```\n\n([^\n]+)", PAGE, re.S)
FULL = Fraction(10)


def values(text: str) -> dict[str, Fraction]:
    return {name: Fraction(value) for name, value in (one.split("=") for one in text.split(", "))}


def stated(line: str) -> list[tuple[list[dict[str, Fraction]], Fraction]]:
    """Return the units that a line names, the one in question first, and its points."""
    found = []
    for claim in line.split("; "):
        units, points = claim.split(" → ")
        found.append(([values(one) for one in re.findall(r"`([^`]+)`", units)], Fraction(points)))
    return found


def test_there_are_examples_of_every_construction() -> None:
    assert len(EXAMPLES) == len(re.findall("```wording", PAGE)) >= 20


@pytest.mark.parametrize(("wording", "line"), EXAMPLES, ids=[wording[:40] for wording, _ in EXAMPLES])
def test_wording_computes_what_the_page_states(wording: str, line: str) -> None:
    reading = read_rule(wording, title="Tỷ lệ hồ sơ" if "num" in line else "", max_points=FULL)
    assert reading.confidence in ("high", "medium")
    assert reading.left_over == ()
    for (unit, *others), points in stated(line):
        result = points_of(made(reading.rule), FULL, unit, others)
        assert (result.known, result.value) == (True, points), (unit, reading.rule)


def test_every_doubt_has_words_in_both_languages() -> None:
    for code in PHRASES.codes():
        assert PHRASES._table[code][0] != PHRASES._table[code][1]
