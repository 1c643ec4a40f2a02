"""The printed rules of the bundled frameworks compute the same points as the rules written by hand."""

from __future__ import annotations

import pytest

from chiso.decree.wording.measure import MeasuredRule, counts, measured_rules, measured_targets

RULES = list(measured_rules())


def test_printed_rules_compute_the_same_points_but_for_a_misprint() -> None:
    """Gia Lai 9.3 prints the same line twice."""
    assert counts(RULES) == {"same": 197, "high": 0, "medium": 0, "low": 1, "all": 198}
    assert [one.code for one in RULES if one.differs is not None] == ["9.3"]


@pytest.mark.parametrize("one", RULES, ids=lambda one: f"{one.framework} {one.code}")
def test_nothing_of_a_printed_rule_is_left_over(one: MeasuredRule) -> None:
    assert not one.wrong
    assert one.reading.left_over == () or one.code == "9.3"


def test_few_of_them_are_doubtful() -> None:
    doubtful = {one.code: one.reading.doubts[0].code for one in RULES if one.reading.confidence != "high"}
    assert doubtful == {
        "6.4": "share_each",
        "9.3": "same_words",
        "7.8.6": "turned_round",
        **dict.fromkeys(("10.2", "10.3", "10.4", "10.5"), "jump"),
    }


def test_every_target_of_the_maturity_sets_is_read() -> None:
    targets = list(measured_targets())
    assert len(targets) == 355
    assert [one for one in targets if not one.agrees or one.reading.confidence != "high"] == []


def test_one_framework_alone_can_be_measured() -> None:
    assert counts(measured_rules(["khanh-hoa-2023-district"]))["all"] == 83
