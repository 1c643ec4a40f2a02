"""Points, ties and ranks do not depend on the order of units or of criteria."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chiso.framework.model import Framework
from chiso.scoring.score import Scores
from tests.scoring.agreement import scored
from tests.scoring.frameworks import frameworks
from tests.scoring.rational_points import Table
from tests.scoring.tables import moved, random_table

Outcome = dict[str, Any]


def outcome(scores: Scores, unit: int) -> Outcome:
    """Return everything that is published of a unit, by code."""
    totals = scores.totals
    return {
        "criteria": {code: scores.exact(unit, code)[:2] for code in scores.plan.rows},
        "dimensions": totals.dimensions(unit),
        "total": totals.total(unit),
        "published": totals.published_value(unit),
        "rank": totals.rank(unit),
    }


def shuffled(framework: Framework, random: Random) -> Framework:
    """Return the same framework with dimensions, criteria and sub-criteria in another order."""
    data = framework.model_dump(mode="json")
    _shuffle(data, random)
    random.shuffle(data["pillars"])
    return Framework.model_validate(data)


def _shuffle(row: dict[str, Any], random: Random) -> None:
    for key in ("dimensions", "criteria"):
        random.shuffle(row.get(key, []))
        for one in row.get(key, []):
            _shuffle(one, random)


@given(framework=frameworks(), seed=st.integers(0, 2**32), units=st.integers(1, 7))
def test_order_of_units_does_not_matter(framework: Framework, seed: int, units: int) -> None:
    random = Random(seed)
    table = random_table(framework, random, units)
    order = random.sample(range(units), units)
    first, second = scored(framework, table, few=0), scored(framework, moved(table, order), few=0, block=2)

    assert [outcome(second, place) for place in range(units)] == [outcome(first, unit) for unit in order]


@given(framework=frameworks(), seed=st.integers(0, 2**32), units=st.integers(1, 5))
def test_order_of_criteria_does_not_matter(framework: Framework, seed: int, units: int) -> None:
    random = Random(seed)
    table: Table = random_table(framework, random, units)
    first, second = scored(framework, table, few=0), scored(shuffled(framework, random), table, few=0)

    assert [outcome(second, unit) for unit in range(units)] == [outcome(first, unit) for unit in range(units)]


def test_a_difference_that_a_float_cannot_hold_decides_the_rank() -> None:
    """A third of ten and a sum of parts that is one unit of the last place off in float64 are the same points."""
    tenth, third = Fraction(1, 10), Fraction(1, 3)

    assert float(tenth * 3) != 0.1 + 0.1 + 0.1
    assert third * 3 == 1
