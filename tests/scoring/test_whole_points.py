"""Points worked out together in whole numbers are the exact points, or are left to be worked out by themselves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chiso.framework.loader import bundled, load
from chiso.framework.model import Framework
from chiso.scoring.result import unit_results
from chiso.scoring.score import Scores, score
from chiso.scoring.states import State
from chiso.scoring.whole_points import WholePoints
from tests.scoring.agreement import scored
from tests.scoring.frameworks import KINDS, criterion_of, framework_of, frameworks, one_criterion
from tests.scoring.tables import random_table
from tests.scoring.worth import facts

SEEDS = st.integers(0, 2**32)

RATIO = {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": False}
HALVES = {
    "kind": "parts",
    "parts": [
        {"label": "x", "share": "1/2", "rule": RATIO},
        {"label": "y", "share": "1/2", "rule": {**RATIO, "numerator": "c", "denominator": "d"}},
    ],
}


def together(scores: Scores) -> list[dict[str, Fraction]]:
    """Return what is worked out together of each unit, in two blocks."""
    units = len(scores.facts)
    middle = units // 2
    blocks = [WholePoints(scores, 0, middle), WholePoints(scores, middle, units)]
    found = [blocks[unit >= middle].of(unit) for unit in range(units)]
    return [{code: one.value for code, one in unit.items()} for unit in found]


def check(scores: Scores) -> int:
    """Assert that whatever is worked out together is exact, and given; return how much that is."""
    found = together(scores)
    for unit, known in enumerate(found):
        for code, value in known.items():
            exact, _ = scores.explained(unit, code, trace=False)
            assert (exact.state, exact.value, exact.code) == (State.GIVEN, value, ""), (unit, code)
    return sum(map(len, found))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data(), random=st.randoms(use_true_random=False))
def test_every_kind_of_rule_gives_the_exact_points(kind: str, data: st.DataObject, random: Random) -> None:
    framework = data.draw(one_criterion(kind))
    check(scored(framework, random_table(framework, random, 5), few=0))


@settings(max_examples=settings().max_examples * 2)
@given(framework=frameworks(), seed=SEEDS, units=st.integers(1, 7))
def test_every_framework_gives_the_exact_points_and_the_same_result(
    framework: Framework, seed: int, units: int
) -> None:
    scores = scored(framework, random_table(framework, Random(seed), units), few=0)
    check(scores)
    with patch("chiso.scoring.result.MANY", 1):
        quick = list(unit_results(scores, "vi"))
    with patch("chiso.scoring.result.MANY", units + 1):
        assert quick == list(unit_results(scores, "vi"))


@pytest.mark.parametrize("name", [name for name in bundled() if not load(name).is_maturity])
def test_nearly_all_points_of_the_bundled_sets_are_worked_out_together(name: str) -> None:
    framework = load(name)
    table = random_table(framework, Random(1), 40, absent=0)
    small = {key: one if isinstance(one, str) else min(one, Fraction(1000)) for key, one in table.figures.items()}
    kept = {key: one for key, one in small.items() if not key[1].endswith("/decided")}
    scores = scored(framework, replace(table, figures=kept, exemptions={}), few=0)
    assert check(scores) >= 0.95 * int((scores.states == State.GIVEN).sum())


def test_a_criterion_whose_numbers_may_not_fit_is_left_out_and_the_others_are_not() -> None:
    framework = framework_of(criterion_of("1", HALVES), criterion_of("2", RATIO), max_points="20")
    large = {"1/a": 10**15 - 9, "1/b": 10**15 - 3, "1/c": 10**15 - 11, "1/d": 10**15 - 1}
    scores = score(framework, facts([{**large, "2/a": 1, "2/b": 3}] * 3))
    assert together(scores) == [{"2": Fraction(10, 3)}] * 3


def test_large_numbers_are_reduced_before_they_are_given_up() -> None:
    framework = framework_of(criterion_of("1", HALVES))
    row = {"1/a": 10**12, "1/b": 4 * 10**12, "1/c": 10**12, "1/d": 2 * 10**12}
    assert together(score(framework, facts([row] * 3))) == [{"1": Fraction(15, 4)}] * 3


def test_what_explains_itself_beside_its_points_is_left_out() -> None:
    framework = framework_of(criterion_of("1", RATIO), criterion_of("2", RATIO), max_points="20")
    row = {"1/a": 1, "1/b": 2, "2/a": 1, "2/b": 4}
    scores = score(framework, facts([row] * 3, exemptions={(1, "1"): "full"}))
    half, quarter = Fraction(5), Fraction(5, 2)
    assert together(scores) == [{"1": half, "2": quarter}, {"2": quarter}, {"1": half, "2": quarter}]


def test_rounding_at_each_criterion_is_left_to_whoever_explains_it() -> None:
    policies = {"rounding": {"at": "criterion", "decimals": 1}}
    scores = score(framework_of(criterion_of("1", RATIO), policies=policies), facts([{"1/a": 1, "1/b": 3}] * 3))
    assert together(scores) == [{}] * 3
    assert [unit["exact"] for unit in unit_results(scores, "vi")] == ["33/10"] * 3


def test_full_points_where_nothing_applies() -> None:
    framework = framework_of(criterion_of("1", RATIO, not_applicable="full"))
    rows = [{"1/a": "not_applicable", "1/b": 3}, {"1/a": 1, "1/b": 4}, {"1/b": 4}]
    assert together(score(framework, facts(rows))) == [{"1": Fraction(10)}, {"1": Fraction(5, 2)}, {}]
