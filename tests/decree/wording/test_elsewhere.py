"""What becomes of wordings that other decisions print; their points were derived by hand (``elsewhere.yaml``)."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from tests.decree.wording.elsewhere import Wording, claims_of, wordings

WORDINGS = list(wordings())


@pytest.mark.parametrize("one", WORDINGS, ids=[f"{one.family[:12]}: {one.text[:40]}" for one in WORDINGS])
def test_a_wording_of_another_decision_computes_its_points_or_keeps_its_words(one: Wording) -> None:
    reading = one.reading()
    assert one.verdict(reading) in ("right", "kept"), (reading.rule, [doubt.code for doubt in reading.doubts])


def test_hardly_any_is_left_to_be_entered_by_hand() -> None:
    found = Counter(one.verdict(one.reading()) for one in WORDINGS)
    assert len(WORDINGS) >= 832
    assert found["kept"] <= 2


def test_claims_are_read_as_they_are_written() -> None:
    ((units, points),) = claims_of("num=1, den=2 beside #1=1 → 5/2")
    assert units == ({"num": Fraction(1), "den": Fraction(2)}, {"#1": Fraction(1)})
    assert points == Fraction(5, 2)
