"""Whatever the rules and the figures, the engine gives the points, totals, ties and ranks of rational arithmetic."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chiso.framework.model import Framework
from tests.scoring.agreement import check, check_levels
from tests.scoring.frameworks import KINDS, frameworks, maturity_frameworks, one_criterion
from tests.scoring.tables import random_table

SEEDS = st.integers(0, 2**32)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), random=st.randoms(use_true_random=False), units=st.integers(1, 6))
def test_every_kind_of_rule_gives_the_same_points(kind: str, data: st.DataObject, random: Random, units: int) -> None:
    framework = data.draw(one_criterion(kind))
    check(framework, random_table(framework, random, units, absent=6))


@settings(max_examples=settings().max_examples * 3)
@given(framework=frameworks(), seed=SEEDS, units=st.integers(0, 7))
def test_every_framework_gives_the_same_totals_and_ranks(framework: Framework, seed: int, units: int) -> None:
    check(framework, random_table(framework, Random(seed), units))


@settings(max_examples=settings().max_examples * 2)
@given(framework=maturity_frameworks(), seed=SEEDS, units=st.integers(1, 4))
def test_every_maturity_framework_gives_the_same_levels(framework: Framework, seed: int, units: int) -> None:
    check_levels(framework, random_table(framework, Random(seed), units))
