"""What extraction tears, runs together or loses may make a wording doubted or unread, never certain and wrong."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace

import pytest

from chiso.decree.drafting.rule_lines import rule_lines
from tests.decree.wording.elsewhere import wordings


def wrapped(width: int) -> Callable[[str], str]:
    def torn(text: str) -> str:
        parts = (textwrap.wrap(one, width, break_long_words=False, break_on_hyphens=False) for one in text.split("\n"))
        return "\n".join(line for lines in parts for line in lines)

    return torn


HARM: dict[str, Callable[[str], str]] = {
    "in a cell": lambda text: text,
    "run together": lambda text: text.replace("\n", " "),
    "without semicolons": lambda text: text.replace("\n", " ").replace("; ", " "),
    "each on a line": lambda text: text.replace("; ", "\n"),
    "torn at 40": wrapped(40),
    "torn at 28": wrapped(28),
    "torn at 18": wrapped(18),
    "without colons": lambda text: text.replace(": ", " "),
    "commas for semicolons": lambda text: text.replace("; ", ", "),
    "full stops for semicolons": lambda text: text.replace("; ", ". "),
}


@pytest.mark.parametrize("harm", HARM)
def test_no_harmed_wording_is_certain_and_wrong(harm: str) -> None:
    wrong = []
    for one in wordings():
        harmed = replace(one, text=rule_lines(HARM[harm](one.text)))
        reading = harmed.reading()
        if one.claims and reading.confidence == "high" and harmed.verdict(reading) == "wrong":
            wrong.append((harmed.text, reading.rule))
    assert not wrong


def test_most_wordings_survive_what_extraction_does_to_their_lines() -> None:
    for harm, least in (("run together", 690), ("each on a line", 620), ("torn at 28", 710)):
        harmed = [replace(one, text=rule_lines(HARM[harm](one.text))) for one in wordings() if one.claims]
        assert sum(one.verdict(one.reading()) == "right" for one in harmed) >= least
