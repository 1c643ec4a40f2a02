"""What the readers of wordings return."""

import dataclasses
from fractions import Fraction

import pytest

from chiso.decree.wording import RuleReading, TargetReading
from chiso.decree.wording.reading import read_rule


def test_a_reading_cannot_be_changed_after_it_was_reported():
    reading = RuleReading({"kind": "manual"}, [], "low", "not_understood", left_over=("trừ điểm",))
    with pytest.raises(dataclasses.FrozenInstanceError):
        reading.confidence = "high"


def test_a_level_at_which_nothing_is_asked_has_no_target():
    reading = TargetReading(None, None, "high", "not_applied")
    assert (reading.target, reading.alternatives, reading.left_over) == (None, (), ())


def test_a_ratio_that_nothing_names_is_asked_for_as_numerator_and_denominator():
    reading = read_rule("Tỷ lệ*Điểm tối đa", max_points=Fraction(4))
    assert [one["label"] for one in reading.inputs] == ["Tử số", "Mẫu số"]
