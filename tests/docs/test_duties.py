"""The table of duties is complete for what reporting needs, and leads to tests that exist."""

from __future__ import annotations

import re

from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/reference/duties.md").read_text("utf-8")
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if re.match(r"\| W\d", line)]

#: What the documents ask of reporting: rounds, forms, evidence, sign-off. Verification and publication come later.
REPORTING = (
    *range(1, 17),
    24,
    28,
    29,
    *range(31, 41),
    *range(42, 55),
    59,
    60,
    *range(68, 72),
    74,
    75,
    92,
    94,
    97,
    *range(108, 119),
    120,
    121,
)


def test_every_duty_of_reporting_is_done() -> None:
    done = {int(number) for row in ROWS for number in re.findall(r"W(\d+)", row[0])}
    assert sorted(set(REPORTING) - done) == []


def test_the_tests_that_are_named_exist() -> None:
    named = {path for row in ROWS for path in re.findall(r"`(tests/[^`]+)`", row[3])}
    assert len(named) > 20
    assert sorted(path for path in named if not (ROOT / path).exists()) == []
    assert [row[0] for row in ROWS if "`tests/" not in row[3]] == []


def test_duties_stand_in_their_order() -> None:
    first = [int(re.findall(r"W(\d+)", row[0])[0]) for row in ROWS]
    assert first == sorted(first)
