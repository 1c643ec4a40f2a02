"""Wordings that a drafter could write, with the noise of scans and portals, are read back as what they were made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from chiso.decree.wording.agreement import difference
from chiso.decree.wording.reading import read_rule
from tests.decree.wording.engine import made
from tests.decree.wording.generator import KINDS, NOISE, Worded, worded

SEEDS = 40


def outcomes(kind: str) -> Iterator[tuple[Worded, str]]:
    for seed in range(SEEDS):
        one = worded(seed, kind)
        reading = read_rule(one.text, title=one.title, max_points=one.full)
        same = difference(made(reading.rule), made(one.rule), one.full) is None
        yield one, "same" if same else reading.confidence


@pytest.mark.parametrize("kind", KINDS)
def test_wordings_compute_the_points_of_the_rule_they_were_made_of(kind: str) -> None:
    found = list(outcomes(kind))
    assert [one.text for one, outcome in found if outcome == "high"] == []
    assert Counter(outcome for _, outcome in found)["same"] >= 0.95 * SEEDS


def test_the_generator_makes_every_noise_and_many_wordings() -> None:
    made_ = [worded(seed) for seed in range(400)]
    assert {name for one in made_ for name in one.noise} == set(NOISE)
    assert {one.kind for one in made_} == set(KINDS)
    assert len({one.text for one in made_}) > 390


def test_a_seed_always_gives_the_same_wording() -> None:
    assert worded(7) == worded(7)
