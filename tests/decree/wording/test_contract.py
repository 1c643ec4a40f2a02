"""What the readers of wordings return."""

import dataclasses

import pytest

from chiso.decree.wording import RuleReading, TargetReading


def test_a_reading_cannot_be_changed_after_it_was_reported():
    reading = RuleReading({"kind": "manual"}, [], "low", "not_understood", left_over=("trừ điểm",))
    with pytest.raises(dataclasses.FrozenInstanceError):
        reading.confidence = "high"


def test_a_level_at_which_nothing_is_asked_has_no_target():
    reading = TargetReading(None, None, "high", "not_applied")
    assert (reading.target, reading.alternatives, reading.left_over) == (None, (), ())
