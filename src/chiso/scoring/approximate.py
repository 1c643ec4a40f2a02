"""Values of many units in float64 with a proven bound on their error, and their states: what ``columns`` works with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from chiso.scoring.facts import EXACT_LIMIT, Floats, Mask, States
from chiso.scoring.states import State

#: Unit roundoff of float64, doubled: covers the second-order terms of the few hundred operations of a rule.
ROUNDOFF = 2.0**-52

#: Compared with as the type the states are kept in: an enum would be converted, cell by cell.
GIVEN = np.uint8(State.GIVEN)


@dataclass(slots=True)
class Approximate:
    """A value a unit: ``numbers / scale``, within ``relative * value + absolute`` of the exact one.

    ``exact``: ``numbers`` are whole and ``numbers / scale`` is the value itself.
    ``grain``: the value is the one rounding of a fraction whose denominator is at most this; None when it is not.
    ``signed``: the value may be negative, since something was subtracted.
    ``largest``: the largest of ``numbers`` where that is known already.
    ``states``: None when every value is given. Where a value is not given its number means nothing, and may even be
    infinite or not a number.

    Treated as frozen; it is not declared so, since making a frozen one takes four times as long.
    """

    numbers: Floats | float
    scale: int = 1
    exact: bool = False
    relative: float = 0.0
    absolute: float = 0.0
    grain: int | None = None
    states: States | None = None
    signed: bool = False
    largest: float | None = None

    def bound(self) -> float:
        """Return the largest magnitude among the ``numbers`` that are given."""
        if isinstance(self.numbers, float):
            return abs(self.numbers)
        if self.largest is None:
            given = self.numbers if self.states is None else np.where(self.states == GIVEN, self.numbers, 0.0)
            self.largest = float(np.abs(given).max(initial=0.0))
        return self.largest

    def real(self) -> Floats | float:
        """Return the values themselves, without scale."""
        return self.numbers if self.scale == 1 else self.numbers / self.scale

    def error(self) -> float:
        """Return the relative error of :meth:`real`."""
        return self.relative + (ROUNDOFF if self.exact and self.scale != 1 else 0.0)


def scaled(value: Approximate, scale: int) -> Any:
    """Return the whole numbers of an exact value at a multiple of its scale."""
    return value.numbers if value.scale == scale else value.numbers * float(scale // value.scale)


def fits(value: Approximate, factor: int) -> bool:
    """Say whether the whole numbers of an exact value stay exact when they are multiplied."""
    return value.bound() * factor < EXACT_LIMIT


def with_states(value: Approximate, states: States | None) -> Approximate:
    """Return the same value with other states."""
    return Approximate(
        value.numbers,
        value.scale,
        exact=value.exact,
        relative=value.relative,
        absolute=value.absolute,
        grain=value.grain,
        states=states,
        signed=value.signed,
    )


def anywhere(mask: Any) -> bool:
    """Say whether a mask holds anywhere; the method is several times faster than ``numpy.any``."""
    return bool(mask.any()) if isinstance(mask, np.ndarray) else bool(mask)


def worse(left: States | None, right: States | None) -> States | None:
    """Return the greater state of both for each unit; None stands for given."""
    if left is None or right is None:
        return right if left is None else left
    return np.maximum(left, right)


_CODES = {state: np.uint8(state) for state in State}


def state_where(mask: Any, state: State) -> States:
    """Return a state where a mask holds, and given elsewhere."""
    return cast("States", mask.view(np.uint8) * _CODES[state])


def given(states: States | None, shape: int) -> Mask:
    """Return where a value is given."""
    return np.ones(shape, np.bool_) if states is None else states == GIVEN
