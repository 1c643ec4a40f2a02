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


def test_a_bound_that_is_said_of_each_of_many_is_not_taken_for_their_number():
    text = "Tất cả nhân viên học từ 24 giờ trở lên: 5 điểm; có nhân viên học dưới 24 giờ: 3 điểm; không có: 0 điểm"
    reading = read_rule(text, title="Đào tạo nhân viên", max_points=Fraction(5))
    assert (reading.rule, reading.confidence) == ({"kind": "manual"}, "low")
    assert "two_figures" in [doubt.code for doubt in reading.doubts]
