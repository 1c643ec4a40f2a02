"""Ranks within groups: equal published numbers share one (A17)."""

from __future__ import annotations

from typing import Literal
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.scoring.ranks import rank, with_ties_broken

Ties = Literal["skip", "dense"]


def ranks(
    values: list[int], groups: list[int] | None = None, ranked: list[bool] | None = None, ties: Ties = "skip"
) -> list[int]:
    count = len(values)
    found: list[int] = rank(
        np.array(values, np.int64),
        np.array([True] * count if ranked is None else ranked, np.bool_),
        np.array([0] * count if groups is None else groups, np.int64),
        ties,
    ).tolist()
    return found


def test_the_greatest_value_is_first() -> None:
    assert ranks([10, 30, 20]) == [3, 1, 2]


def test_equal_values_share_a_rank_and_the_next_is_skipped() -> None:
    assert ranks([20, 30, 20, 10]) == [2, 1, 2, 4]


def test_dense_ranks_skip_nothing() -> None:
    assert ranks([20, 30, 20, 10], ties="dense") == [2, 1, 2, 3]


def test_ties_in_front_and_at_the_end() -> None:
    assert ranks([5, 5, 1, 1, 1]) == [1, 1, 3, 3, 3]


def test_groups_are_ranked_apart() -> None:
    assert ranks([1, 2, 3, 4], groups=[0, 1, 0, 1]) == [2, 2, 1, 1]


@pytest.mark.parametrize(("ties", "expected"), [("skip", [3, 1, 1, 3, 1]), ("dense", [2, 1, 1, 2, 1])])
def test_ties_stay_within_their_group(ties: Ties, expected: list[int]) -> None:
    assert ranks([1, 2, 2, 1, 5], groups=[0, 0, 0, 0, 1], ties=ties)[:4] == expected[:4]
    assert ranks([1, 2, 2, 1, 5], groups=[0, 0, 0, 0, 1], ties=ties)[4] == expected[4]


def test_a_unit_without_points_has_no_rank_and_takes_none() -> None:
    assert ranks([0, 30, 20], ranked=[False, True, True]) == [0, 1, 2]


def test_nobody_to_rank() -> None:
    assert ranks([]) == []
    assert ranks([3, 4], ranked=[False, False]) == [0, 0]


def test_values_too_far_apart_to_pack_into_one_number() -> None:
    assert ranks([2**61, -(2**61), 2**61, 0], groups=[1, 1, 0, 1]) == [1, 3, 1, 2]


def broken(values: list[int], keys: list[int], groups: list[int], ranked: list[bool]) -> list[int]:
    asked: list[int] = []

    def key(unit: int) -> tuple[int]:
        asked.append(unit)
        return (keys[unit],)

    order, who = np.array(values, np.int64), np.array(ranked, np.bool_)
    where = np.array(groups, np.int64)
    found: list[int] = rank(with_ties_broken(order, who, where, key), who, where, "skip").tolist()
    equal = [[value, group] for value, group, one in zip(values, groups, ranked, strict=True) if one]
    assert sorted(asked) == [
        unit for unit, one in enumerate(ranked) if one and equal.count([values[unit], groups[unit]]) > 1
    ]
    return found


def test_a_key_decides_among_equals_and_nowhere_else() -> None:
    everybody = [True] * 6
    assert broken([5, 5, 5, 9, 5, 1], [1, 3, 1, 0, 2, 9], [0] * 6, everybody) == [4, 2, 4, 1, 3, 6]


def test_a_key_decides_within_a_group_and_among_the_ranked() -> None:
    assert broken([5, 5, 5, 5], [1, 2, 3, 4], [0, 1, 0, 1], [True, True, True, False]) == [2, 1, 1, 0]
    assert broken([], [], [], []) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=20))
def test_ranks_with_a_key_are_those_of_value_and_key_together(units: list[tuple[int, int, int, bool]]) -> None:
    found = broken(*([one[at] for one in units] for at in range(4)))
    for (value, key, group, ranked), place in zip(units, found, strict=True):
        ahead = [one for one in units if one[2] == group and one[3] and (one[0], one[1]) > (value, key)]
        assert place == (1 + len(ahead) if ranked else 0)


@given(
    st.lists(
        st.tuples(st.integers(-(2**40), 2**40) | st.integers(0, 3), st.integers(0, 3), st.booleans()), max_size=30
    ),
    st.sampled_from(["skip", "dense"]),
    st.sampled_from([0, 1, 8]),
)
def test_a_rank_is_one_more_than_those_ahead(units: list[tuple[int, int, bool]], ties: Ties, sparse: int) -> None:
    with patch("chiso.scoring.ranks._SPARSE", sparse):
        found = ranks([one[0] for one in units], [one[1] for one in units], [one[2] for one in units], ties)

    for (value, group, ranked), place in zip(units, found, strict=True):
        ahead = [other[0] for other in units if other[1] == group and other[2] and other[0] > value]
        assert place == (1 + (len(ahead) if ties == "skip" else len(set(ahead))) if ranked else 0)


@pytest.mark.parametrize("ties", ["skip", "dense"])
def test_counting_and_sorting_give_the_same_ranks(ties: Ties) -> None:
    random = np.random.default_rng(1)
    values, groups = random.integers(-40, 40, 200).tolist(), random.integers(0, 3, 200).tolist()
    found = []
    for sparse in (0, 8):
        with patch("chiso.scoring.ranks._SPARSE", sparse):
            found.append(ranks(values, groups, ties=ties))

    assert found[0] == found[1]
