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
    """Prepare something once for each framework, with its readings, and the words that follow it."""
    kept: dict[tuple[object, ...], T] = {}

    @wraps(prepare)
    def prepared(framework: Framework, *more: str) -> T:
        key = (framework.hash, tuple(sorted(framework.chosen_readings.items())), *more)
        found = kept.get(key)
        if found is None:
            if len(kept) >= _KEPT:
                kept.clear()
            found = kept[key] = prepare(framework, *more)
        return found

    return prepared
