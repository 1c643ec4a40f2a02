"""Whole columns of points are rounded as exact numbers are, also where float64 cannot tell on which side one lies."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chiso.framework.model import Framework
from chiso.quantity import round_half_up
from chiso.scoring.result import unit_result, unit_results
from chiso.scoring.rounded import Decimals, Rounded
from chiso.scoring.score import Scores, score
from chiso.scoring.trace import parent_result
from tests.scoring.agreement import scored
from tests.scoring.frameworks import KINDS, criterion_of, framework_of, frameworks, one_criterion
from tests.scoring.tables import random_table
from tests.scoring.worth import facts

SEEDS = st.integers(0, 2**32)


def numbers(column: Decimals, decimals: int) -> list[Fraction | None]:
    """Return what a column says of each unit."""
    known = column.known.tolist()
    return [Fraction(one, 10**decimals) if known[at] else None for at, one in enumerate(column.places.tolist())]


def check(scores: Scores, decimals: int) -> None:
    """Assert that everything rounded is what the exact number rounds to."""
    units, totals, framework = range(len(scores.facts)), scores.totals, scores.framework
    rounded = Rounded(scores, 0, len(units), decimals)

    def of(value: Fraction | None) -> Fraction | None:
        return None if value is None else round_half_up(value, decimals)

    for code, criterion in framework.criteria.items():
        exact = [parent_result(scores, u, criterion) if criterion.criteria else scores.exact(u, code) for u in units]
        # A sum of which nothing applies is left to whoever says so in words.
        nothing = [bool(criterion.criteria) and not totals.criterion(u, code).most for u in units]
        points = [one.value if one.known and not nothing[u] else None for u, one in enumerate(exact)]
        assert numbers(rounded.points(criterion), decimals) == [of(one) for one in points], code
        most = criterion.max_points
        shares = [None if one is None or not most else one / most for one in points]
        assert numbers(rounded.share(criterion), decimals) == [of(one) for one in shares], code
    amounts = [totals.amounts(unit) for unit in units]
    for one in framework.dimensions:
        expected = [of(amounts[u].dimensions[one.code].points) if totals.known(u, one.code) else None for u in units]
        assert numbers(rounded.dimension(one.code), decimals) == expected, one.code
    for pillar in framework.pillars:
        known = [any(totals.known(unit, code) for code in pillar.dimensions) for unit in units]
        expected = [of(amounts[u].pillars[pillar.code].points) if known[u] else None for u in units]
        assert numbers(rounded.pillar(pillar.code), decimals) == expected, pillar.code
    scored_ = [bool(totals.scored[unit]) for unit in units]
    total = [of(amounts[u].total.points) if scored_[u] else None for u in units]
    assert numbers(rounded.total(), decimals) == total
    share = [of(amounts[u].total.share() * 100) if scored_[u] else None for u in units]
    assert numbers(rounded.total_share(100), decimals) == share
    assert numbers(rounded.most(), decimals) == [of(amounts[u].total.most) for u in units]
    assert rounded.classes() == [totals.class_of(amounts[u].total) for u in units]


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), random=st.randoms(use_true_random=False), decimals=st.sampled_from([0, 2, 6]))
def test_every_kind_of_rule_is_rounded_as_it_is_exactly(
    kind: str, data: st.DataObject, random: Random, decimals: int
) -> None:
    framework = data.draw(one_criterion(kind))
    check(scored(framework, random_table(framework, random, 5), few=0), decimals)


@settings(max_examples=settings().max_examples * 2)
@given(framework=frameworks(), seed=SEEDS, units=st.integers(1, 7), decimals=st.sampled_from([0, 1, 2, 6]))
def test_every_framework_is_rounded_as_it_is_exactly(
    framework: Framework, seed: int, units: int, decimals: int
) -> None:
    check(scored(framework, random_table(framework, Random(seed), units), few=0), decimals)


HALF = framework_of(
    criterion_of("1", {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": False}, "1"),
    max_points="1",
)


@pytest.mark.parametrize(
    ("a", "b", "written"),
    [
        (1, 128, "0.007813"),  # 0.0078125 is a half and goes up
        (3, 128, "0.023438"),
        (78125, 10_000_000, "0.007813"),
        (7_812_499_999_999, 1_000_000_000_000_000, "0.007812"),  # a half less 10**-15, which float64 nearly hides
        (7_812_500_000_001, 1_000_000_000_000_000, "0.007813"),
        (2, 3, "0.666667"),
        (0, 7, "0"),
    ],
)
def test_halves_of_the_last_place(a: int, b: int, written: str) -> None:
    scores = score(HALF, facts([{"1/a": a, "1/b": b}] * 5))
    entries = [unit["criteria"]["1"] for unit in unit_results(scores, "vi", exact=False)]
    assert [one["points"] for one in entries] == [written] * 5
    assert [one["share"] for one in entries] == [written] * 5


def test_the_last_units_of_many_blocks() -> None:
    rows = [{"1/a": unit, "1/b": 1000} for unit in range(600)]
    scores = score(HALF, facts(rows))
    found = list(unit_results(scores, "vi"))
    assert [unit["criteria"]["1"]["points"] for unit in found[254:258]] == ["0.254", "0.255", "0.256", "0.257"]
    assert found[599]["exact"] == "599/1000"
    assert found[599] == unit_result(scores, 599, "vi")
    assert len(found) == 600


def test_a_change_is_not_answered_with_what_was_known_before() -> None:
    scores = score(HALF, facts([{"1/a": 1, "1/b": 4}] * 90))
    scores.states_of(5)
    assert scores.exact(5, "1").value == Fraction(1, 4)
    scores.update(5, {"1/a": Fraction(3)})
    scores.states_of(5)
    assert scores.exact(5, "1").value == Fraction(3, 4)
