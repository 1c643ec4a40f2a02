"""Figures while they are read, kept in a few bytes each: a file may hold millions of rows.

A row is not kept as it stands. Of each figure remain its value, its state, which rows stated it, where the first of
them stands, and where the figure came from; texts that many rows share are kept once.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
import numpy.typing as npt

from chiso.scoring.facts import EXACT_LIMIT, PLACEHOLDER, Column, Indices, Origin
from chiso.scoring.states import State

Whole = npt.NDArray[np.int64]

#: Different sources, dates and notes that are kept; of figures beyond so many only the place is.
MAX_ORIGINS = 200_000

#: What stands for no place.
_NOWHERE = -1

#: Units for which there is room when a new one comes.
_AHEAD = 64

_STATES = tuple(State)

#: The number that a place ends in: "số liệu.csv, dòng 12" and "số liệu.xlsx: Sheet1!D12" differ from row to row in it.
_NUMBER = re.compile(r"([1-9][0-9]{0,11})([^0-9]*)$", re.ASCII)
_MOST_DIGITS = 12
_NUMBER_BITS = 40

#: Ways to state a fact (a code and a letter) that are told apart.
_WAYS = 63


class Places:
    """Places of rows as whole numbers; :meth:`text` gives one back."""

    def __init__(self) -> None:
        self._frames: dict[tuple[str, str | None], int] = {}
        self._listed: list[tuple[str, str | None]] = []
        #: What the last place that ends in its number starts with, and one more than the number of its frame.
        self._last = ("", 0)

    def pack(self, place: str) -> int:
        """Return the number that stands for a place."""
        if not place:
            return _NOWHERE
        # Most rows stand in the file of the row before, and their places differ in the number at the end alone.
        before, index = self._last
        number = place[len(before) :]
        if index and place.startswith(before) and number.isdigit() and number.isascii() and number[0] != "0":
            return (index - 1) << _NUMBER_BITS | int(number) if len(number) <= _MOST_DIGITS else self._pack(place)
        return self._pack(place)

    def _pack(self, place: str) -> int:
        match = _NUMBER.search(place)
        frame = (place, None) if match is None else (place[: match.start()], match[2])
        index = self._frames.get(frame)
        if index is None:
            index = self._frames[frame] = len(self._listed)
            self._listed.append(frame)
        if match is not None and not match[2]:
            self._last = (frame[0], index + 1)
        return index << _NUMBER_BITS | (int(match[1]) if match is not None else 0)

    def text(self, packed: int) -> str:
        """Return a place by its number."""
        if packed == _NOWHERE:
            return ""
        before, after = self._listed[packed >> _NUMBER_BITS]
        return before if after is None else f"{before}{packed & (1 << _NUMBER_BITS) - 1}{after}"


class Cells:
    """What is known of one fact: a cell a unit, by the position of the unit."""

    def __init__(self) -> None:
        self._over, self._under = array("q"), array("q")
        self._states = bytearray()
        self._stated = array("Q")
        self._first, self._place = array("q"), array("q")
        self._origin = array("I")
        self._ways: dict[tuple[str, str], int] = {}

    def get(self, position: int) -> Fraction | State:
        """Return the value of a cell, or the state that stands in its place."""
        if position >= len(self._states):
            return State.MISSING
        state = self._states[position]
        return _STATES[state] if state else Fraction(self._over[position], self._under[position])

    def put(self, position: int, value: Fraction | State) -> None:
        """Set a cell."""
        if position >= len(self._states):
            self._reach(position)
        if isinstance(value, Fraction):
            self._over[position], self._under[position] = value.numerator, value.denominator
            self._states[position] = State.GIVEN
        else:
            self._states[position] = value

    def take(self, position: int, value: Fraction, way: tuple[str, str], place: int, origin: int) -> bool:
        """Set a cell that no row has given a value yet, with all that is noted of it; return whether it was such."""
        if position >= len(self._states):
            self._reach(position)
        if self._stated[position]:
            return False
        self._over[position], self._under[position] = value.numerator, value.denominator
        self._states[position] = 0
        self._stated[position] = self._bit(way)
        self._first[position] = self._place[position] = place
        self._origin[position] = origin
        return True

    def _bit(self, way: tuple[str, str]) -> int:
        at = self._ways.get(way)
        if at is None:
            at = self._ways[way] = len(self._ways)
        return 1 << min(at, _WAYS)

    def state_by(self, position: int, way: tuple[str, str], place: int) -> tuple[int, bool]:
        """Note that a row states a cell; return the place of the first one, and whether it was stated that way."""
        if position >= len(self._states):
            self._reach(position)
        known = self._stated[position]
        if not known:
            self._first[position] = place
        bit = self._bit(way)
        self._stated[position] = known | bit
        # Beyond so many ways they are no longer told apart, so that nothing is called a repetition that is none.
        return self._first[position], bool(known & bit) and bit < 1 << _WAYS

    def is_stated(self, position: int) -> bool:
        """Say whether a row gave a cell a value."""
        return position < len(self._stated) and self._stated[position] != 0

    def came_from(self, position: int, origin: int, place: int) -> None:
        """Note where the value of a cell comes from."""
        self._origin[position], self._place[position] = origin, place

    def origin(self, position: int) -> tuple[int, int]:
        """Return where the value of a cell comes from; both are numbers, 0 and -1 where nothing is known."""
        known = position < len(self._origin)
        return (self._origin[position], self._place[position]) if known else (0, _NOWHERE)

    def __len__(self) -> int:
        return len(self._states)

    def _reach(self, position: int) -> None:
        # Some room ahead: most files go on to the next unit, and each fact of it would be a step of its own.
        more = position + _AHEAD - len(self._states)
        self._states.extend(bytes([State.MISSING]) * more)
        for cells in (self._over, self._stated, self._origin):
            cells.extend([0] * more)
        self._under.extend([1] * more)
        for cells in (self._first, self._place):
            cells.extend([_NOWHERE] * more)

    def column(self, units: int) -> Column:
        """Return the column of so many units.

        Raises:
            OverflowError: the values need more digits than a column holds.
        """
        states = np.full(units, State.MISSING, np.uint8)
        known = np.frombuffer(self._states, np.uint8)[:units]
        states[: len(known)] = known
        given, over, under = self._given()
        scales = [int(one) for one in np.unique(under)]
        scale = lcm(1, *scales)
        if any(int(np.abs(over[under == one]).max()) * (scale // one) >= EXACT_LIMIT for one in scales):
            raise OverflowError("values of one fact need more than 15 digits together")
        numbers = np.full(units, PLACEHOLDER)
        numbers[given] = over * (scale // under)
        return Column(numbers, scale, None if len(given) == units else states)

    def too_precise(self) -> list[int]:
        """Return the cells to give up so that as many as possible fit one scale."""
        given, over, under = self._given()
        magnitudes = np.abs(over)
        scales, scale = [1], 1
        for denominator in np.unique(under):
            scale = lcm(scale, int(denominator))
            if scale >= EXACT_LIMIT:
                break
            scales.append(scale)

        def fitting(one: int) -> npt.NDArray[np.bool_]:
            small = magnitudes <= (EXACT_LIMIT - 1) // np.maximum(one // under, 1)
            found: npt.NDArray[np.bool_] = np.logical_and(one % under == 0, small)
            return found

        best = max(scales, key=lambda one: int(fitting(one).sum()))
        return [int(at) for at in given[~fitting(best)]]

    def _given(self) -> tuple[Indices, Whole, Whole]:
        """Return which cells have a value, and their numerators and denominators."""
        given = np.flatnonzero(np.frombuffer(self._states, np.uint8) == State.GIVEN)
        return given, np.array(self._over, np.int64)[given], np.array(self._under, np.int64)[given]


class Origins(Mapping[tuple[int, str], Origin]):
    """Where values come from, by position of the unit and fact; put together when it is asked for."""

    def __init__(self, cells: Mapping[str, Cells], places: Places, kept: list[tuple[str, str, str]]) -> None:
        self._cells, self._places, self._kept = cells, places, kept

    def __getitem__(self, key: tuple[int, str]) -> Origin:
        position, fact = key
        cells = self._cells.get(fact)
        origin, place = cells.origin(position) if cells is not None else (0, _NOWHERE)
        if not origin and place == _NOWHERE:
            raise KeyError(key)
        return Origin(*self._kept[origin], self._places.text(place))

    def __iter__(self) -> Iterator[tuple[int, str]]:
        for fact, cells in self._cells.items():
            yield from ((at, fact) for at in range(len(cells)) if cells.origin(at) != (0, _NOWHERE))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        """Say whether anything is known; counting it all for that would take as long as reading it."""
        return any(True for _ in self)


class Gathered:
    """All that has been read so far."""

    def __init__(self) -> None:
        self.cells: dict[str, Cells] = {}
        self.places = Places()
        self.messages: dict[tuple[int, str], tuple[str, dict[str, Any]]] = {}
        self.references: dict[str, dict[str, Fraction]] = {}
        self.outside: dict[tuple[str, str], str] = {}
        self.exemptions: dict[tuple[int, str], str] = {}
        self.grants: dict[tuple[int, str], Origin] = {}
        self.exempted: dict[tuple[int, str], str] = {}
        self._origins: dict[tuple[str, str, str], int] = {("", "", ""): 0}

    def of(self, fact: str) -> Cells:
        """Return the cells of a fact."""
        found = self.cells.get(fact)
        if found is None:
            found = self.cells[fact] = Cells()
        return found

    def origin(self, source: str, as_of: str, note: str) -> int:
        """Return the number that stands for a source, date and note; 0 where there is no room for more of them."""
        key = (source, as_of, note)
        found = self._origins.get(key)
        if found is not None:
            return found
        if len(self._origins) >= MAX_ORIGINS:
            return 0
        self._origins[key] = len(self._origins)
        return self._origins[key]

    def origins(self) -> Origins:
        """Return where values come from."""
        return Origins(self.cells, self.places, list(self._origins))
