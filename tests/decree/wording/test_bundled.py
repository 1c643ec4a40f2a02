"""The printed rules of the bundled frameworks compute the same points as the rules written by hand."""

from __future__ import annotations

import pytest

import chiso
from chiso.decree.wording.reading import read_target
from chiso.framework.rules import Levels, Target
from tests.decree.wording.bundled import Compared, compared

COMPARED = compared()
TARGETS = {
    words: (words, target, criterion.rule.value)
    for name in chiso.bundled()
    for criterion in chiso.load(name).criteria.values()
    if isinstance(criterion.rule, Levels)
    for target in criterion.rule.targets.values()
    for words in ["Không áp dụng" if target is None else target.printed]
}


def test_all_printed_rules_are_there() -> None:
    assert len(COMPARED) == 198


def test_at_least_95_percent_compute_the_same_points() -> None:
    same = [one for one in COMPARED if one.differs is None]
    assert len(same) >= 0.95 * len(COMPARED)


@pytest.mark.parametrize("one", COMPARED, ids=lambda one: one.name)
def test_none_is_wrong_with_high_confidence(one: Compared) -> None:
    assert one.differs is None or one.reading.confidence != "high", one.differs


@pytest.mark.parametrize(("printed", "target", "value"), TARGETS.values(), ids=TARGETS)
def test_every_target_of_the_maturity_sets_is_read(printed: str, target: Target | None, value: str) -> None:
    reading = read_target(printed)
    assert reading.confidence == "high"
    if target is None:
        assert (reading.target, reading.how) == (None, "not_applied")
    else:
        assert reading.value == value
        assert Target.model_validate(reading.target) == target
