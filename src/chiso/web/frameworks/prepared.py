"""What pages need of a framework is prepared once in each process, and only so much of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from chiso.framework.model import Framework

T = TypeVar("T")

#: Frameworks of which something is prepared, in one process.
_KEPT = 64


def once_each(prepare: Callable[..., T]) -> Callable[..., T]:
    """Prepare something once for each framework, with its readings, and the words that follow it.

    A process loads a framework once (``services.loaded``), so that it is known by being the same object: its hash and
    readings would have to be put together for every question.
    """
    kept: dict[tuple[object, ...], tuple[Framework, T]] = {}

    @wraps(prepare)
    def prepared(framework: Framework, *more: str) -> T:
        key = (id(framework), *more)
        found = kept.get(key)
        # While something is kept, so is its framework: no other one can stand in its place in memory.
        if found is None:
            if len(kept) >= _KEPT:
                kept.clear()
            found = kept[key] = framework, prepare(framework, *more)
        return found[1]

    return prepared
