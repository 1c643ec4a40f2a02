"""Ranks within groups: equal published numbers share one (A17)."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.scoring.ranks import rank

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


@given(
    st.lists(
        st.tuples(st.integers(-(2**40), 2**40) | st.integers(0, 3), st.integers(0, 3), st.booleans()), max_size=30
    ),
    st.sampled_from(["skip", "dense"]),
)
def test_a_rank_is_one_more_than_those_ahead(units: list[tuple[int, int, bool]], ties: Ties) -> None:
    found = ranks([one[0] for one in units], [one[1] for one in units], [one[2] for one in units], ties)

    for (value, group, ranked), place in zip(units, found, strict=True):
        ahead = [other[0] for other in units if other[1] == group and other[2] and other[0] > value]
        assert place == (1 + (len(ahead) if ties == "skip" else len(set(ahead))) if ranked else 0)
