"""Facts of many units in the engine's own memory format: a column a fact, exact, with a state a cell.

A column holds whole numbers in float64 and one scale for all: the value of a cell is ``number / scale``. Whole numbers
below 2**53 are exact in float64, so the columns are exact and still ready for fast arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from chiso.scoring.states import State

#: Whole numbers below this are exact in float64.
EXACT_LIMIT = 2**53

#: What stands in a cell without value: harmless as a denominator, and masked by the state.
PLACEHOLDER = 1.0

#: States by their number, which is quicker to look up than to make.
_STATES = tuple(State)

Floats = npt.NDArray[np.float64]
States = npt.NDArray[np.uint8]
Indices = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Column:
    """One fact of all units. ``states`` is None when every cell is given."""

    numbers: Floats
    scale: int = 1
    states: States | None = None

    @classmethod
    def build(cls, values: Sequence[Fraction | State]) -> Column:
        """Make a column from exact values; a :class:`State` stands for a cell without value.

        Raises:
            OverflowError: the values need more digits than a column holds (see :func:`fits`).
        """
        given = [value for value in values if isinstance(value, Fraction)]
        scale = lcm(1, *{value.denominator for value in given})
        if any(abs(value) * scale >= EXACT_LIMIT for value in given):
            raise OverflowError("values of one fact need more than 15 digits together")
        numbers = np.fromiter(
            (float(value * scale) if isinstance(value, Fraction) else PLACEHOLDER for value in values),
            np.float64,
            len(values),
        )
        if len(given) == len(values):
            return cls(numbers, scale)
        states = np.fromiter((0 if isinstance(value, Fraction) else value for value in values), np.uint8, len(values))
        return cls(numbers, scale, states)

    @classmethod
    def single(cls, value: Fraction | State) -> Column:
        """Make a column of one cell, as :meth:`build` would: a form that is being filled in asks for dozens at once.

        Raises:
            OverflowError: see :meth:`build`.
        """
        if isinstance(value, State):
            return cls(np.array([PLACEHOLDER]), 1, np.array([value], np.uint8))
        number = value.numerator
        if abs(number) >= EXACT_LIMIT:
            raise OverflowError("values of one fact need more than 15 digits together")
        return cls(np.array([float(number)]), value.denominator)

    @cached_property
    def largest(self) -> float:
        """The largest magnitude among ``numbers``."""
        return float(np.abs(self.numbers).max(initial=0.0))

    @cached_property
    def codes(self) -> Indices:
        """The numbers as positions, for choices."""
        return self.numbers.astype(np.intp)

    @classmethod
    def absent(cls, units: int) -> Column:
        """Return a column of which nothing is known."""
        return cls(np.full(units, PLACEHOLDER), 1, np.full(units, State.MISSING, np.uint8))

    def state(self, unit: int) -> State:
        """Return the state of one cell."""
        return State.GIVEN if self.states is None else _STATES[self.states[unit]]

    def value(self, unit: int) -> Fraction:
        """Return the exact value of a given cell."""
        number = int(self.numbers[unit])
        return Fraction(number) if self.scale == 1 else Fraction(number, self.scale)

    def with_cell(self, unit: int, value: Fraction | State) -> Column:
        """Return a copy in which one cell is different.

        Raises:
            OverflowError: see :meth:`build`.
        """
        cell = Column.single(value)
        if len(self.numbers) == 1:
            return cell
        scale = lcm(self.scale, cell.scale)
        numbers = self.numbers * float(scale // self.scale)
        numbers[unit] = cell.numbers[0] * float(scale // cell.scale)
        if float(np.abs(numbers).max(initial=0.0)) >= EXACT_LIMIT:
            # Perhaps only the old value of the cell needed so fine a scale.
            kept = [
                self.value(one) if self.state(one) is State.GIVEN else self.state(one) for one in range(len(numbers))
            ]
            return Column.build([*kept[:unit], value, *kept[unit + 1 :]])
        states = None if self.states is None else self.states.copy()
        if isinstance(value, State):
            states = np.zeros(len(numbers), np.uint8) if states is None else states
            states[unit] = value
        elif states is not None:
            states[unit] = State.GIVEN
        return Column(numbers, scale, states)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from, for its explanation."""

    source: str = ""
    as_of: str = ""
    note: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """An assessed body: its name, kind, parent, the group it is ranked in, and the first and last day it exists."""

    name: str
    kind: str = ""
    parent: str = ""
    group: str = ""
    valid_from: str = ""
    valid_to: str = ""

    def absence(self, year: int | None) -> tuple[str, dict[str, Any]] | None:
        """Return why a unit does not exist at the end of a year, as code and data; None where it does.

        The day that counts is 31 December. Without a year every unit exists.
        """
        if year is None:
            return None
        last_day = f"{year}-12-31"
        if self.valid_to and self.valid_to < last_day:
            return "S116", {"date": self.valid_to, "year": year}
        if self.valid_from > last_day:
            return "S117", {"date": self.valid_from, "year": year}
        return None


@dataclass(frozen=True)
class Facts:
    """Everything the engine is told about a set of units.

    ``references``: values from outside by pseudo-unit (``@best``, ``@lowest``, ``@reference``) and fact.
    ``exemptions``: (position of the unit, criterion) -> ``peers_best`` or ``full``.
    ``children``: position of the unit -> maturity levels of its child units; None where a level is not known.
    ``self_assessed``: position of the unit -> how many of these levels nobody has recognised yet; none where left out.
    ``messages``: (position, fact) -> code and data of what is wrong with a cell in the state error.
    ``year``: the reporting year; None where none is stated, and then every unit is ranked.
    ``grants``: (position of the unit, criterion) -> who granted its exemption, when and why, where that is stated.
    """

    units: tuple[Unit, ...]
    columns: Mapping[str, Column]
    references: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    exemptions: Mapping[tuple[int, str], str] = field(default_factory=dict)
    children: Mapping[int, tuple[int | None, ...]] = field(default_factory=dict)
    self_assessed: Mapping[int, int] = field(default_factory=dict)
    origins: Mapping[tuple[int, str], Origin] = field(default_factory=dict)
    messages: Mapping[tuple[int, str], tuple[str, dict[str, Any]]] = field(default_factory=dict)
    year: int | None = None
    grants: Mapping[tuple[int, str], Origin] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.units)

    @cached_property
    def groups(self) -> Indices:
        """The ranking group of each unit as a number, from 0 on."""
        numbers = {name: number for number, name in enumerate(dict.fromkeys(unit.group for unit in self.units))}
        return np.fromiter((numbers[unit.group] for unit in self.units), np.intp, len(self.units))

    @cached_property
    def absent(self) -> Mask | None:
        """Which units do not exist at the end of the reporting year; None where all do."""
        if self.year is None:
            return None
        found = np.fromiter((unit.absence(self.year) is not None for unit in self.units), np.bool_, len(self.units))
        return found if found.any() else None

    def column(self, fact: str) -> Column:
        """Return the column of a fact; one of which nothing is known when nobody supplied it."""
        found = self.columns.get(fact)
        return found if found is not None else Column.absent(len(self.units))

    def position(self, unit: str) -> int:
        """Return the position of a unit by its name.

        Raises:
            KeyError: no such unit.
        """
        for index, one in enumerate(self.units):
            if one.name == unit:
                return index
        raise KeyError(unit)

    def with_values(self, unit: int, values: Mapping[str, Fraction | State]) -> Facts:
        """Return facts in which some values of one unit are different."""
        columns = dict(self.columns)
        for fact, value in values.items():
            columns[fact] = self.column(fact).with_cell(unit, value)
        changed = replace(self, columns=columns)
        changed.__dict__.update(groups=self.groups, absent=self.absent)
        return changed


def facts_of(units: Iterable[str | Unit], values: Mapping[str, Sequence[Fraction | int | State]]) -> Facts:
    """Make facts from values already exact: fact -> one value a unit, in the order of ``units``."""
    made = tuple(unit if isinstance(unit, Unit) else Unit(unit) for unit in units)
    columns = {
        fact: Column.build([value if isinstance(value, State) else Fraction(value) for value in cells])
        for fact, cells in values.items()
    }
    return Facts(made, columns)
