"""Reports reach the engine as they were written."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.framework.loader import load_text
from chiso.scoring.score import score
from chiso.scoring.states import State
from chiso.web.collection.facts import Reported, facts_of
from tests.web.factories import SMALL


def cell(text: str, **told: str) -> dict[str, object]:
    return {"v": text, "by": 1, "at": "2025-11-25T08:00:00+00:00", "n": 1, **told}


@pytest.fixture
def scores():
    framework = load_text(SMALL)
    full = {"1.1/a": cell("30"), "households": cell("40"), "1.2/choice": cell("deputy"), "1.3/plan": cell("no")}
    gaps = {"1.1/a": cell("n/a"), "households": cell("40"), "1.2/choice": cell("")}
    return score(framework, facts_of(framework, [Reported("A", "", full), Reported("B", "", gaps)]))


def test_points_follow_from_what_was_reported(scores) -> None:
    assert [scores.exact(0, code).value for code in ("1.1", "1.2", "1.3")] == [15, 5, 0]
    assert scores.totals.total(0).points == Fraction(20)


def test_missing_and_not_applicable_stay_apart(scores) -> None:
    assert [scores.exact(1, code).state for code in ("1.1", "1.2", "1.3")] == [
        State.NOT_APPLICABLE, State.MISSING, State.MISSING,
    ]  # fmt: skip


def test_the_origin_of_a_value_is_told() -> None:
    framework = load_text(SMALL)
    values = {"households": cell("40", source="Chi cục Thống kê", as_of="31/12/2024")}
    facts = facts_of(framework, [Reported("A", "", values)])

    origin = facts.origins[0, "households"]
    assert (origin.source, origin.as_of) == ("Chi cục Thống kê", "31/12/2024")
