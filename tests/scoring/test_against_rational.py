"""Whatever the rules and the figures, the engine gives the points, totals, ties and ranks of rational arithmetic."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.framework.model import Framework
from tests.scoring.agreement import check
from tests.scoring.frameworks import KINDS, frameworks, one_criterion
from tests.scoring.tables import random_table

RANDOM = st.randoms(use_true_random=False)


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), random=RANDOM, units=st.integers(1, 6))
def test_every_kind_of_rule_gives_the_same_points(kind: str, data: st.DataObject, random: Random, units: int) -> None:
    framework = data.draw(one_criterion(kind))
    check(framework, random_table(framework, random, units, absent=6))


@given(framework=frameworks(), random=RANDOM, units=st.integers(0, 7))
def test_every_framework_gives_the_same_totals_and_ranks(framework: Framework, random: Random, units: int) -> None:
    check(framework, random_table(framework, random, units))
