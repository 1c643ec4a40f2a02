"""Figures outside the plausible range of a shared fact are used, and a note is asked for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.scoring.entries import Entry
from tests.scoring.entry_sample import reader


@pytest.mark.parametrize(
    ("value", "note", "codes"),
    [
        ("1", "", []),
        ("0", "", [("D127", "warning", "row 1")]),
        ("0", "đảo không có dân", []),
        ("50000000", "", []),
        ("50000001", "", [("D127", "warning", "row 1")]),
        ("n/a", "", []),
    ],
)
def test_a_figure_that_cannot_be_is_mentioned(value: str, note: str, codes: list[tuple[str, str, str]]) -> None:
    reading = reader()
    facts = reading.read([Entry("A", "", "households", value, note=note, place="row 1")])
    assert [(fault.code, fault.severity, fault.place) for fault in reading.faults] == codes
    if value.isdecimal():
        assert facts.columns["households"].value(0) == Fraction(value)
