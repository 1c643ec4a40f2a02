"""From rows of figures, as offices write them, to facts: who, which criterion, which input, what value.

Nothing here stops at the first fault: each bad row is reported with its place and a remedy, and the rest is kept.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, NamedTuple

from chiso.days import day_of
from chiso.framework.faults import near_misses
from chiso.framework.inputs import Asked, asked, decided, every_rule
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Relative
from chiso.quantity import local_text
from chiso.scoring.facts import Column, Facts, Origin, Unit
from chiso.scoring.gathered import Cells, Gathered
from chiso.scoring.lasting import lasting_facts
from chiso.scoring.levels import REGISTERED, registered_input
from chiso.scoring.names import alike
from chiso.scoring.peers import peer_formulas
from chiso.scoring.phrases import phrase
from chiso.scoring.states import State
from chiso.scoring.values import Misread, read_value

#: Pseudo-units: values given from outside, valid for all units.
OUTSIDE = ("@best", "@lowest", "@reference")

EXEMPTIONS = ("peers_best", "full")

#: Units read in one go; the country has about 10,600 communes. A million unit-years are scored in blocks.
MAX_UNITS = 50_000

#: Longest name of a unit, in characters.
MAX_NAME = 200

#: Faults listed for one reading; more of them tell nobody anything, and a hostile file could hold millions.
MAX_FAULTS = 10_000

#: Faults that only ask to look again.
WARNINGS = frozenset({"D117", "D118", "D127", "D128"})

#: Years as people write them in days and periods.
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)

#: Comparisons of names that near misses may cost in one reading: one takes some microseconds.
_MAX_COMPARISONS = 200_000

#: Written values whose meaning is kept for the rows that follow.
_MAX_KNOWN = 1 << 16


class Entry(NamedTuple):
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

    @property
    def severity(self) -> str:
        """``error``, or ``warning`` where the figures were used all the same."""
        return "warning" if self.code in WARNINGS else "error"

    def text(self, lang: str = "vi") -> str:
        """Return what is wrong and what to do, as sentences."""
        words = phrase(self.code, lang, **self.data)
        return f"{words} {phrase('near', lang, names=', '.join(self.near))}" if self.near else words

    def located(self, lang: str = "vi") -> str:
        """Return the fault as one line."""
        where = ": ".join(part for part in (self.place, self.unit, self.criterion) if part)
        return f"{where}: {self.text(lang)} [{self.code}]" if where else f"{self.text(lang)} [{self.code}]"


class EntryReader:
    """Turns entries into facts of a framework; ``faults`` holds what was wrong.

    ``year``: the reporting year; figures that are stated for another one are used, and mentioned. ``on_limit``: told
    how many units are read, as soon as there are more.
    """

    def __init__(
        self,
        framework: Framework,
        units: Sequence[Unit] | None = None,
        year: int | None = None,
        on_limit: Callable[[int], object] = lambda _limit: None,
    ) -> None:
        self.framework, self.year, self._on_limit = framework, year, on_limit
        #: Rows of units beyond the limit, which are not scored.
        self.rows_beyond = 0
        self._other_years: dict[str, tuple[Entry, int]] = {}
        self.units: dict[str, Unit] = {}
        self._positions: dict[str, int] = {}
        self._closed = units is not None
        self._gathered = Gathered()
        self._faults: list[DataFault] = []
        self._more = 0
        self._comparisons = 0
        self._near: dict[tuple[str, str], tuple[str, ...]] = {}
        self._first_rows: dict[str, int] = {}
        self._inputs: dict[tuple[str, str], Asked | None] = {}
        self._known: dict[tuple[str, str], Fraction | State | Misread] = {}
        self._ranged = {name for name, fact in framework.known_facts.items() if fact.range is not None}
        self._by_fact = {one.fact: one for one in _general_information(framework)}
        self._compared: set[str] = set()
        self._lasting = lasting_facts(framework)
        for criterion in framework.criteria.values():
            inputs = {one.name: one for one in asked(framework, criterion)}
            self._by_fact.update((one.fact, one) for one in inputs.values())
            self._compared |= {inputs[name].fact for of in peer_formulas(criterion) for name in of.names()}
        if framework.is_maturity:
            self._by_fact.setdefault(REGISTERED, registered_input(framework))
        for unit in units or ():
            self._add_unit(unit)

    @property
    def faults(self) -> list[DataFault]:
        """What was wrong so far; the last one says how many there are beyond those that are listed."""
        rows = {"rows": self.rows_beyond}
        found = [replace(one, data={**one.data, **rows}) if one.code == "D113" else one for one in self._faults]
        return [*found, DataFault("D199", "", data={"count": self._more})] if self._more else found

    def read(self, entries: Iterable[Entry]) -> Facts:
        """Return the facts that the entries state."""
        for entry in entries:
            self._read(entry)
        self._compare_names()
        for as_of, (first, count) in self._other_years.items():
            self._fault("D117", first._replace(unit="", code=""), count=count, as_of=_short(as_of), year=self.year)
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
        if found is not None:
            return found
        if len(entry.unit) > MAX_NAME:
            self._fault("D114", entry, limit=MAX_NAME)
        elif self._closed:
            self._fault("D102", entry, entry.unit, self._positions, name=entry.unit)
        elif not (entry.code or entry.input):
            # A remark or a sum beside the table is no unit.
            self._fault("D115", entry)
        elif len(self._positions) >= MAX_UNITS:
            self._beyond(entry)
        else:
            self._add_unit(Unit(entry.unit))
            self._first_rows[entry.unit] = self._gathered.places.pack(entry.place)
            return self._positions[entry.unit]
        return None

    def _beyond(self, entry: Entry) -> None:
        """Report the first row of a unit too many at once, and only count the others: there may be millions."""
        if not self.rows_beyond:
            self._fault("D113", entry, limit=MAX_UNITS)
            self._on_limit(MAX_UNITS)
        self.rows_beyond += 1

    def _add_unit(self, unit: Unit) -> None:
        if unit.name not in self.units:
            self._positions[unit.name] = len(self._positions)
            self.units[unit.name] = unit

    def _compare_names(self) -> None:
        """Report units that are probably one, written in two ways; a list of units would have settled it."""
        for first, second in alike(self._first_rows):
            data = {"name": second, "first": first, "place": self._gathered.places.text(self._first_rows[first])}
            entry = Entry(second, "", "", None, place=self._gathered.places.text(self._first_rows[second]))
            self._fault("D116", entry, **data)

    def _read_outside(self, entry: Entry) -> None:
        if entry.unit not in OUTSIDE:
            self._fault("D103", entry, entry.unit, OUTSIDE, name=_short(entry.unit))
            return
        own = self._outside_fact(entry)
        target = own or self._find(entry)
        if target is None:
            return
        if own is None and (entry.unit == "@reference" or target.fact not in self._compared):
            self._fault("D112", entry, name=entry.unit, input=target.name)
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
            self._fault("D110", entry, name=target.name, label=target.label, first=first)

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
        gathered = self._gathered
        cells, place = gathered.of(target.fact), gathered.places.pack(entry.place)
        origin = gathered.origin(entry.source, entry.as_of, " ".join(entry.note.split()))
        way = (entry.code, target.name)
        if isinstance(value, Fraction) and cells.take(position, value, way, place, origin):
            self._compare_range(entry, target, value)
        elif self._repeated(entry, position, target, value, cells, way, place):
            return
        else:
            cells.put(position, value)
            cells.came_from(position, origin, place)
            if value is State.UNDECIDED and not entry.note.strip():
                self._fault("D118", entry)
        if entry.as_of and target.fact in self._lasting:
            # What was done in another year may count in this one.
            if day_of(entry.as_of) is None:
                self._fault("D128", entry, as_of=_short(entry.as_of), label=target.label)
        elif entry.as_of and self.year is not None:
            self._compare_year(entry)

    def _compare_range(self, entry: Entry, target: Asked, value: Fraction) -> None:
        """Note a figure outside what is plausible, unless somebody explains it."""
        fact = self.framework.known_facts.get(target.fact) if target.fact in self._ranged else None
        if fact is not None and fact.range is not None and not entry.note.strip():
            low, high = fact.range
            if not low <= value <= high:
                data = {"value": local_text(value, "vi"), "label": target.label, "low": str(low), "high": str(high)}
                self._fault("D127", entry, **data)

    def _compare_year(self, entry: Entry) -> None:
        """Note a figure that is stated for another year; those of one day or period are mentioned together."""
        first, count = self._other_years.get(entry.as_of, (entry, 0))
        if count or (len(self._other_years) < MAX_FAULTS and _misses(entry.as_of, self.year)):
            self._other_years[entry.as_of] = (first, count + 1)

    def _read_exemption(self, entry: Entry, position: int) -> None:
        criterion = self._criterion(entry)
        value = str(entry.value or "").strip()
        if criterion is None or not value:
            return
        if value not in EXEMPTIONS:
            self._fault("D108", entry, value, EXEMPTIONS, value=_short(value), known=", ".join(EXEMPTIONS))
            return
        first = self._gathered.exempted.setdefault((position, criterion.code), entry.place)
        for one in criterion.walk():
            if one.criteria:
                continue
            if self._gathered.exemptions.setdefault((position, one.code), value) != value:
                self._fault("D110", entry, name=entry.input, label=one.title, first=first)
                continue
            self._gathered.grants[position, one.code] = Origin(entry.source, entry.as_of, entry.note, entry.place)

    def _parse(self, entry: Entry, target: Asked) -> Fraction | State:
        result = self._meaning(entry.value, target)
        if isinstance(result, Misread):
            self._misread(result, entry)
            position = self._positions.get(entry.unit)
            if position is not None:
                self._explain(position, target.fact, result.code, dict(result.data))
            return State.ERROR
        return result

    def _meaning(self, value: Any, target: Asked) -> Fraction | State | Misread:
        """Return what a value means; rows of many units say the same thing over and over."""
        if not isinstance(value, str):
            return read_value(value, target)
        key = (target.fact, value)
        found = self._known.get(key)
        if found is None:
            found = read_value(value, target)
            if len(self._known) < _MAX_KNOWN and len(value) <= MAX_NAME:
                self._known[key] = found
        return found

    def _repeated(
        self,
        entry: Entry,
        position: int,
        target: Asked,
        value: Fraction | State,
        cells: Cells,
        way: tuple[str, str],
        place: int,
    ) -> bool:
        """Deal with a figure that is already there: the same row twice, or another value for a shared fact."""
        if value is State.MISSING:
            return cells.is_stated(position)
        first, same_row = cells.state_by(position, way, place)
        earlier = cells.get(position)
        if earlier is State.MISSING:
            return False
        if State.ERROR in (earlier, value):
            # Beside a value that cannot be read no other one can be trusted, in whatever order they stand.
            cells.put(position, State.ERROR)
            return True
        data = {"name": target.name, "label": target.label, "first": self._gathered.places.text(first)}
        if earlier != value:
            self._fault("D110", entry, **data)
            cells.put(position, State.ERROR)
            self._explain(position, target.fact, "D110", data)
        elif same_row:
            self._fault("D109", entry, **data)
        return True

    def _explain(self, position: int, fact: str, code: str, data: dict[str, Any]) -> None:
        if len(self._gathered.messages) < MAX_FAULTS:
            self._gathered.messages[position, fact] = (code, data)

    # -- what a row is about

    def _find(self, entry: Entry) -> Asked | None:
        if not entry.code:
            found = self._by_fact.get(entry.input)
            if found is None:
                self._fault("D105", entry, entry.input, self._by_fact, name=_short(entry.input))
            return found
        key = (entry.code, entry.input)
        if key not in self._inputs:
            criterion = self._criterion(entry)
            if criterion is None:
                return None
            by_verifier = decided(criterion) if entry.input == "decided" else None
            self._inputs[key] = by_verifier or find_input(asked(self.framework, criterion), entry.input)
        target = self._inputs[key]
        if target is None:
            inputs = asked(self.framework, self.framework.criteria[entry.code])
            names = [one.name for one in inputs]
            known = "; ".join(f"{one.name} ({_short(one.label)})" for one in inputs)
            data = {"name": _short(entry.input), "code": entry.code, "known": known}
            self._fault("D106" if names else "D107", entry, entry.input, names, **data)
        return target

    def _criterion(self, entry: Entry) -> Criterion | None:
        found = self.framework.criteria.get(entry.code)
        if found is None:
            self._fault("D104", entry, entry.code, self.framework.criteria, name=_short(entry.code))
        return found

    def _fault(self, code: str, entry: Entry, name: str = "", known: Collection[str] = (), /, **data: Any) -> None:
        """Report a row; ``known`` are the names among which ``name`` may have been meant."""
        if len(self._faults) < MAX_FAULTS:
            near = self._near_misses(code, name, known) if known else ()
            self._faults.append(DataFault(code, entry.place, _short(entry.unit), _short(entry.code), data, near))
        else:
            self._more += 1

    def _misread(self, result: Misread, entry: Entry) -> None:
        if len(self._faults) < MAX_FAULTS:
            fault = DataFault(result.code, entry.place, _short(entry.unit), entry.code, result.data, result.near)
            self._faults.append(fault)
        else:
            self._more += 1

    def _near_misses(self, code: str, name: str, known: Collection[str]) -> tuple[str, ...]:
        """Return what may have been meant; among thousands of names that is only worked out a few times."""
        key = (code, name)
        if key not in self._near and (self._comparisons >= _MAX_COMPARISONS or len(name) > MAX_NAME):
            return ()
        if key not in self._near:
            self._comparisons += len(known)
            self._near[key] = near_misses(name, known)
        return self._near[key]

    # -- all rows

    def _facts(self) -> Facts:
        gathered = self._gathered
        self._drop_needless_decisions()
        columns = {fact: self._column(fact, cells) for fact, cells in gathered.cells.items()}
        return Facts(
            tuple(self.units.values()),
            columns,
            gathered.references,
            gathered.exemptions,
            origins=gathered.origins(),
            messages=gathered.messages,
            year=self.year,
            grants=gathered.grants,
        )

    def _drop_needless_decisions(self) -> None:
        """Report points of the verifier where a printed line holds, or no answer is there; they are not used."""
        names = list(self._positions)
        for criterion in self.framework.criteria.values():
            by_verifier = decided(criterion)
            cells = self._gathered.cells.get(by_verifier.fact) if by_verifier is not None else None
            if cells is None:
                continue
            answers = [self._gathered.of(one.fact) for one in asked(self.framework, criterion) if one.lines]
            for position in range(len(cells)):
                answered = [answer.get(position) for answer in answers]
                if cells.get(position) is not State.MISSING and State.UNDECIDED not in answered:
                    cells.put(position, State.MISSING)
                    place = self._gathered.places.text(cells.origin(position)[1])
                    self._fault("D119", Entry(names[position], criterion.code, "decided", None, place=place))

    def _column(self, fact: str, cells: Cells) -> Column:
        try:
            return cells.column(len(self._positions))
        except OverflowError:
            self._drop_too_precise(fact, cells)
            return cells.column(len(self._positions))

    def _drop_too_precise(self, fact: str, cells: Cells) -> None:
        """Keep as many cells as fit one scale; report the others, which are too large or too fine beside them."""
        names = list(self._positions)
        for position in cells.too_precise():
            cells.put(position, State.ERROR)
            place = self._gathered.places.text(cells.origin(position)[1])
            self._fault("D111", Entry(names[position], "", fact, None, place=place), name=fact)
            self._explain(position, fact, "D111", {"name": fact})


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


def _misses(as_of: str, year: int | None) -> bool:
    """Say whether a day or period lies in other years; one that names no year lies in any."""
    years = [int(one) for one in _YEAR.findall(as_of)]
    return bool(years) and not (year is not None and min(years) <= year <= max(years))


def _short(text: str) -> str:
    """Return text cut to what a message can hold."""
    return text if len(text) <= MAX_NAME else f"{text[: MAX_NAME - 1]}…"
