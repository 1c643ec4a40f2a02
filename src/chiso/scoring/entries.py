"""From rows of figures, as offices write them, to facts: who, which criterion, which input, what value.

Nothing here stops at the first fault: each bad row is reported with its place and a remedy, and the rest is kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any

from chiso.framework.faults import near_misses
from chiso.framework.inputs import Asked, asked, every_rule
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Relative
from chiso.scoring.facts import EXACT_LIMIT, Column, Facts, Origin, Unit
from chiso.scoring.peers import peer_formulas
from chiso.scoring.phrases import phrase
from chiso.scoring.states import State
from chiso.scoring.values import Misread, read_value

#: Pseudo-units: values given from outside, valid for all units.
OUTSIDE = ("@best", "@lowest", "@reference")

EXEMPTIONS = ("peers_best", "full")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: the value of one input of one criterion of one unit, and where the row stands."""

    unit: str
    code: str
    input: str
    value: Any
    as_of: str = ""
    source: str = ""
    note: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class DataFault:
    """Something wrong with the figures: a stable code, its place, whom and what it concerns, and near misses."""

    code: str
    place: str
    unit: str = ""
    criterion: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    near: tuple[str, ...] = ()

    def text(self, lang: str = "vi") -> str:
        """Return what is wrong and what to do, as sentences."""
        words = phrase(self.code, lang, **self.data)
        return f"{words} {phrase('near', lang, names=', '.join(self.near))}" if self.near else words

    def located(self, lang: str = "vi") -> str:
        """Return the fault as one line."""
        where = ": ".join(part for part in (self.place, self.unit, self.criterion) if part)
        return f"{where}: {self.text(lang)} [{self.code}]" if where else f"{self.text(lang)} [{self.code}]"


@dataclass
class _Gathered:
    """What has been read so far."""

    values: dict[str, dict[int, Fraction | State]] = field(default_factory=dict)
    messages: dict[tuple[int, str], tuple[str, dict[str, Any]]] = field(default_factory=dict)
    origins: dict[tuple[int, str], Origin] = field(default_factory=dict)
    seen: dict[tuple[int, str], str] = field(default_factory=dict)
    rows: set[tuple[int, str, str, str]] = field(default_factory=set)
    references: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    outside: dict[tuple[str, str], str] = field(default_factory=dict)
    exemptions: dict[tuple[int, str], str] = field(default_factory=dict)


class EntryReader:
    """Turns entries into facts of a framework; ``faults`` holds what was wrong."""

    def __init__(self, framework: Framework, units: Sequence[Unit] | None = None) -> None:
        self.framework = framework
        self.faults: list[DataFault] = []
        self.units: dict[str, Unit] = {}
        self._positions: dict[str, int] = {}
        self._closed = units is not None
        self._gathered = _Gathered()
        self._inputs: dict[tuple[str, str], Asked | None] = {}
        self._by_fact = {one.fact: one for one in _general_information(framework)}
        self._compared: set[str] = set()
        for criterion in framework.criteria.values():
            inputs = {one.name: one for one in asked(framework, criterion)}
            self._by_fact.update((one.fact, one) for one in inputs.values())
            self._compared |= {inputs[name].fact for of in peer_formulas(criterion) for name in of.names()}
        for unit in units or ():
            self._add_unit(unit)

    def read(self, entries: Iterable[Entry]) -> Facts:
        """Return the facts that the entries state."""
        for entry in entries:
            self._read(entry)
        return self._facts()

    # -- one row

    def _read(self, entry: Entry) -> None:
        if not entry.unit:
            self._fault("D101", entry)
        elif entry.unit.startswith("@"):
            self._read_outside(entry)
        else:
            position = self._position(entry)
            if position is not None:
                self._read_value(entry, position)

    def _position(self, entry: Entry) -> int | None:
        found = self._positions.get(entry.unit)
        if found is None and not self._closed:
            self._add_unit(Unit(entry.unit))
            return self._positions[entry.unit]
        if found is None:
            self._fault("D102", entry, near_misses(entry.unit, self._positions), name=entry.unit)
        return found

    def _add_unit(self, unit: Unit) -> None:
        if unit.name not in self.units:
            self._positions[unit.name] = len(self._positions)
            self.units[unit.name] = unit

    def _read_outside(self, entry: Entry) -> None:
        if entry.unit not in OUTSIDE:
            self._fault("D103", entry, near_misses(entry.unit, OUTSIDE), name=entry.unit)
            return
        own = self._outside_fact(entry)
        target = own or self._find(entry)
        if target is None:
            return
        if own is None and (entry.unit == "@reference" or target.fact not in self._compared):
            self._fault("D112", entry, (), name=entry.unit, input=target.name)
            return
        value = self._parse(entry, target)
        if isinstance(value, Fraction):
            self._keep_outside(entry, target, value)

    def _keep_outside(self, entry: Entry, target: Asked, value: Fraction) -> None:
        """Keep a value from outside; of two different ones neither can be trusted."""
        given = self._gathered.references.setdefault(entry.unit, {})
        first = self._gathered.outside.get((entry.unit, target.fact))
        if first is None:
            self._gathered.outside[entry.unit, target.fact] = entry.place
            given[target.fact] = value
        elif given.get(target.fact) != value:
            given.pop(target.fact, None)
            self._fault("D110", entry, (), name=target.name, label=target.label, first=first)

    def _outside_fact(self, entry: Entry) -> Asked | None:
        """Return the value that only a pseudo-unit can state: a peers' value as such, or a reference."""
        criterion = self.framework.criteria.get(entry.code)
        if criterion is None:
            return None
        if entry.unit == "@reference" and _takes_reference(criterion):
            return Asked("reference", f"{criterion.code}/reference", criterion.title, "number")
        if entry.input == "value" and peer_formulas(criterion):
            return Asked("value", f"{criterion.code}/value", criterion.title, "number")
        return None

    def _read_value(self, entry: Entry, position: int) -> None:
        if entry.input == "exempt":
            self._read_exemption(entry, position)
            return
        target = self._find(entry)
        if target is None:
            return
        value = self._parse(entry, target)
        if self._repeated(entry, position, target, value):
            return
        self._keep(position, target.fact, value)
        if entry.source or entry.as_of or entry.note or entry.place:
            origin = Origin(entry.source, entry.as_of, entry.note, entry.place)
            self._gathered.origins[position, target.fact] = origin

    def _read_exemption(self, entry: Entry, position: int) -> None:
        criterion = self._criterion(entry)
        value = str(entry.value or "").strip()
        if criterion is None or not value:
            return
        if value not in EXEMPTIONS:
            self._fault("D108", entry, near_misses(value, EXEMPTIONS), value=value, known=", ".join(EXEMPTIONS))
            return
        first = self._gathered.seen.setdefault((position, f"{criterion.code}/exempt"), entry.place)
        for one in criterion.walk():
            if one.criteria:
                continue
            if self._gathered.exemptions.setdefault((position, one.code), value) != value:
                self._fault("D110", entry, (), name=entry.input, label=one.title, first=first)

    def _parse(self, entry: Entry, target: Asked) -> Fraction | State:
        result = read_value(entry.value, target)
        if isinstance(result, Misread):
            self._fault(result.code, entry, result.near, **result.data)
            position = self._positions.get(entry.unit)
            if position is not None:
                self._gathered.messages[position, target.fact] = (result.code, dict(result.data))
            return State.ERROR
        return result

    def _repeated(self, entry: Entry, position: int, target: Asked, value: Fraction | State) -> bool:
        """Deal with a figure that is already there: the same row twice, or another value for a shared fact."""
        if value is State.MISSING:
            return (position, target.fact) in self._gathered.seen
        first = self._gathered.seen.setdefault((position, target.fact), entry.place)
        row = (position, target.fact, entry.code, target.name)
        same_row = row in self._gathered.rows
        self._gathered.rows.add(row)
        earlier = self._gathered.values.get(target.fact, {}).get(position, State.MISSING)
        if earlier is State.MISSING:
            return False
        if State.ERROR in (earlier, value):
            return True
        data = {"name": target.name, "label": target.label, "first": first}
        if earlier != value:
            self._fault("D110", entry, (), **data)
            self._keep(position, target.fact, State.ERROR)
            self._gathered.messages[position, target.fact] = ("D110", data)
        elif same_row:
            self._fault("D109", entry, (), **data)
        return True

    def _keep(self, position: int, fact: str, value: Fraction | State) -> None:
        self._gathered.values.setdefault(fact, {})[position] = value

    # -- what a row is about

    def _find(self, entry: Entry) -> Asked | None:
        if not entry.code:
            found = self._by_fact.get(entry.input)
            if found is None:
                self._fault("D105", entry, near_misses(entry.input, self._by_fact), name=entry.input)
            return found
        key = (entry.code, entry.input)
        if key not in self._inputs:
            criterion = self._criterion(entry)
            if criterion is None:
                return None
            self._inputs[key] = find_input(asked(self.framework, criterion), entry.input)
        target = self._inputs[key]
        if target is None:
            names = [one.name for one in asked(self.framework, self.framework.criteria[entry.code])]
            data = {"name": entry.input, "code": entry.code, "known": ", ".join(names)}
            self._fault("D106" if names else "D107", entry, near_misses(entry.input, names), **data)
        return target

    def _criterion(self, entry: Entry) -> Criterion | None:
        found = self.framework.criteria.get(entry.code)
        if found is None:
            near = near_misses(entry.code, self.framework.criteria)
            self._fault("D104", entry, near, name=entry.code)
        return found

    def _fault(self, code: str, entry: Entry, near: tuple[str, ...] = (), /, **data: Any) -> None:
        self.faults.append(DataFault(code, entry.place, entry.unit, entry.code, data, near))

    # -- all rows

    def _facts(self) -> Facts:
        columns = {fact: self._column(fact, cells) for fact, cells in self._gathered.values.items()}
        gathered = self._gathered
        return Facts(
            tuple(self.units.values()),
            columns,
            gathered.references,
            gathered.exemptions,
            origins=gathered.origins,
            messages=gathered.messages,
        )

    def _column(self, fact: str, cells: dict[int, Fraction | State]) -> Column:
        values: list[Fraction | State] = [State.MISSING] * len(self._positions)
        for position, value in cells.items():
            values[position] = value
        try:
            return Column.build(values)
        except OverflowError:
            return Column.build(self._without_too_precise(fact, values))

    def _without_too_precise(self, fact: str, values: list[Fraction | State]) -> list[Fraction | State]:
        """Keep as many cells as fit one scale; report the others, which are too large or too fine beside them."""
        kept = list(values)
        names = list(self._positions)
        scale = _best_scale([value for value in values if isinstance(value, Fraction)])
        for position, value in enumerate(values):
            if not isinstance(value, Fraction) or _fits(value, scale):
                continue
            kept[position] = State.ERROR
            data = {"name": fact}
            origin = self._gathered.origins.get((position, fact), Origin())
            self.faults.append(DataFault("D111", origin.place, names[position], "", data))
            self._gathered.messages[position, fact] = ("D111", data)
        return kept


def find_input(inputs: Sequence[Asked], name: str) -> Asked | None:
    """Return the input that a name means: its letter, its fact, or its printed position (``#1``)."""
    wanted = unicodedata.normalize("NFC", name).strip()
    for one in inputs:
        if wanted in (one.name, one.fact):
            return one
    for one in inputs:
        if one.name.casefold() == wanted.casefold():
            return one
    digits = wanted[1:] if wanted.startswith("#") else ""
    if digits.isdecimal() and len(digits) < 4 and 1 <= int(digits) <= len(inputs):
        return inputs[int(digits) - 1]
    return None


def _takes_reference(criterion: Criterion) -> bool:
    rules = every_rule(criterion.effective_rule)
    return any(isinstance(rule, Relative) and rule.given is not None for rule in rules)


def _general_information(framework: Framework) -> Iterator[Asked]:
    """Yield the facts that are collected without being scored."""
    for row in framework.general_information:
        fact = framework.known_facts.get(row.fact) if row.fact else None
        if row.fact and fact is not None:
            yield Asked(row.fact, row.fact, row.label, fact.type, fact.unit)


def _best_scale(values: Sequence[Fraction]) -> int:
    """Return the scale at which the most values are whole numbers that float64 holds exactly."""
    candidates, scale = [1], 1
    for denominator in sorted({value.denominator for value in values}):
        scale = lcm(scale, denominator)
        candidates.append(scale)
    return max(candidates, key=lambda one: sum(_fits(value, one) for value in values))


def _fits(value: Fraction, scale: int) -> bool:
    return scale % value.denominator == 0 and abs(value) * scale < EXACT_LIMIT
