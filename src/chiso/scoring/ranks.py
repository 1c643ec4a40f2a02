"""Competition ranks: equal published values share a rank, and the next rank is skipped (reading A17).

A framework may declare what decides among equals; those that are equal in that too still share a rank.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]

#: Stands for a unit without a rank.
NO_RANK = 0

#: Possible values a ranked unit up to which counting them is faster than sorting.
_SPARSE = 8


def rank(values: Integers, ranked: npt.NDArray[np.bool_], groups: Integers, ties: Literal["skip", "dense"]) -> Integers:
    """Return the rank of each unit within its group, the greatest value first.

    ``values`` are published values as whole numbers (a total of 63.33 at two decimals is 6333), so that ties are
    exact. Units that are not ``ranked`` get :data:`NO_RANK`. ``ties``: 1, 2, 2, 4 (skip) or 1, 2, 2, 3 (dense).
    """
    ranks = np.full(len(values), NO_RANK, np.int64)
    members = np.flatnonzero(ranked)
    if not len(members):
        return ranks
    counted = _counted(values[members], groups[members], ties)
    if counted is not None:
        ranks[members] = counted
        return ranks
    order = members[_order(values[members], groups[members])]
    sorted_values, sorted_groups = values[order], groups[order]
    new_group = np.concatenate(([True], sorted_groups[1:] != sorted_groups[:-1]))
    new_value = np.logical_or(new_group, np.concatenate(([True], sorted_values[1:] != sorted_values[:-1])))
    positions = np.arange(len(order))
    group_start = np.maximum.accumulate(np.where(new_group, positions, 0))
    if ties == "skip":
        first_of_value = np.maximum.accumulate(np.where(new_value, positions, 0))
        ranks[order] = first_of_value - group_start + 1
    else:
        seen = np.cumsum(new_value)
        ranks[order] = seen - seen[group_start] + 1
    return ranks


def _counted(values: Integers, groups: Integers, ties: Literal["skip", "dense"]) -> Integers | None:
    """Return ranks by counting how many are ahead; None where the values lie so far apart that sorting is faster."""
    top = int(values.max())
    span = top - int(values.min()) + 1
    places = span * (int(groups.max()) + 1)
    if places > _SPARSE * len(values):
        return None
    keys = groups * span + (top - values)
    found = np.bincount(keys, minlength=places)
    if ties == "dense":
        found = np.minimum(found, 1)
    ahead = np.cumsum(found) - found
    counted: Integers = ahead[keys] - ahead[groups * span] + 1
    return counted


def with_ties_broken(
    values: Integers, ranked: npt.NDArray[np.bool_], groups: Integers, key: Callable[[int], tuple[Any, ...]]
) -> Integers:
    """Return whole numbers in the order of ``values`` in which ranked units of a group that are equal differ by a key.

    The greater key is ahead; units with equal keys stay equal. Keys are asked for only where units are equal.
    """
    distinct, places = np.unique(values, return_inverse=True)
    found: Integers = places.astype(np.int64) * (len(values) + 1)
    members = np.flatnonzero(ranked)
    _, cluster, sizes = np.unique(
        groups[members] * len(distinct) + places[members], return_inverse=True, return_counts=True
    )
    for equals in np.split(members[np.argsort(cluster, kind="stable")], np.cumsum(sizes)[:-1]):
        if len(equals) < 2:
            continue
        keys = [key(int(unit)) for unit in equals]
        steps = {one: step for step, one in enumerate(sorted(set(keys)))}
        found[equals] += np.array([steps[one] for one in keys], np.int64)
    return found


def _order(values: Integers, groups: Integers) -> npt.NDArray[np.intp]:
    """Return the order by group, then by value from high to low; how equals are ordered does not matter."""
    top = int(values.max())
    span = top - int(values.min()) + 1
    if span * (int(groups.max()) + 1) < 2**62:
        # Both keys packed into one number sort several times faster than two.
        return np.argsort(groups * span + (top - values))
    return np.lexsort((-values, groups))
