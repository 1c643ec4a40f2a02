"""Which units of a list a framework assesses, and what levels their child units have reached."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chiso.cli.main import UnusableError
from chiso.cli.phrases import phrase
from chiso.cli.streams import readable
from chiso.framework.model import Framework
from chiso.scoring.entries import DataFault
from chiso.scoring.facts import Facts, Unit

#: What offices write for the kinds of units that frameworks name.
KINDS = {
    "tỉnh": "province",
    "cấp tỉnh": "province",
    "sở": "department",
    "ban": "department",
    "ngành": "department",
    "sở, ban, ngành": "department",
    "huyện": "district",
    "quận": "district",
    "thị xã": "district",
    "thành phố": "district",
    "cấp huyện": "district",
    "xã": "commune",
    "phường": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
    "cấp xã": "commune",
}

#: What is kept of a result of child units; the rest of it may be large.
_KEPT = frozenset({"units", "unit", "parent", "level", "reached"})

#: Highest level that a result may name; the national sets have five.
MAX_LEVEL = 10

#: Results of child units by name.
Results = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class UnitFault(DataFault):
    """Something wrong with what a unit is; the rows of the others are scored."""

    def text(self, lang: str = "vi") -> str:
        """Return what is wrong and what to do, as sentences."""
        return phrase(self.code, lang, **self.data)


def kind_of(unit: Unit) -> str:
    """Return the kind of a unit as frameworks name it."""
    return KINDS.get(unit.kind.casefold(), unit.kind)


class Assessed:
    """The units that a framework assesses: those of its kinds, each in the ranking group of its kind.

    A unit whose kind nobody knows is assessed too, and reported. In a list without the framework's kinds all units
    are, apart from those of which a result is given.
    """

    def __init__(self, framework: Framework, listed: Sequence[Unit], place: str, children: Results | None) -> None:
        self._framework, self._place = framework, place
        known = [replace(unit, kind=kind_of(unit)) for unit in listed if unit.name not in (children or {})]
        fitting = any(unit.kind in framework.unit_kinds for unit in known)
        self._odd = [unit for unit in known if fitting and unit.kind not in {*KINDS.values(), *framework.unit_kinds}]
        odd = {unit.name for unit in self._odd}
        chosen = [unit for unit in known if not fitting or unit.kind in framework.unit_kinds or unit.name in odd]
        self.units = [replace(unit, group=unit.group or unit.kind) for unit in chosen]
        names = {unit.name for unit in chosen}
        self._others = {unit.name: unit.kind for unit in listed if unit.name not in names}

    def faults(self) -> Iterator[DataFault]:
        """Yield what is wrong with the kinds of units."""
        kinds = ", ".join(self._framework.unit_kinds)
        for unit in self._odd:
            code = "C101" if unit.kind else "C103"
            yield UnitFault(code, self._place, unit.name, data={"kind": unit.kind, "known": kinds})

    def put_right(self, fault: DataFault) -> DataFault:
        """Return a fault of a row, or a better one where the list has the unit but the framework does not assess it."""
        if fault.code != "D102" or fault.unit not in self._others:
            return fault
        kinds = ", ".join(self._framework.unit_kinds)
        return UnitFault("C102", fault.place, fault.unit, fault.criterion, {"kinds": kinds})


def read_levels(name: str, lang: str) -> dict[str, dict[str, Any]]:
    """Return the units of a result file by name.

    Raises:
        UnusableError: it is not a result of ``chiso score --format json`` of a maturity framework.
    """
    try:
        with readable(name, lang) as path:
            data = json.loads(path.read_text("utf-8-sig"), object_pairs_hook=_kept)
        units = {str(unit["unit"]): unit for unit in data["units"]}
        if not all(isinstance(unit.get("level"), dict) for unit in units.values()):
            raise TypeError("no levels")
    except OSError as error:
        problem = error.strerror or error
        raise UnusableError(phrase("file.open", lang, name=name, problem=problem)) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnusableError(phrase("children.form", lang, name=name)) from error
    return units


def _kept(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    return {key: value for key, value in pairs if key in _KEPT}


def levels_of_children(facts: Facts, listed: Sequence[Unit], results: Results) -> dict[int, tuple[int | None, ...]]:
    """Return the levels of the child units of each unit: by the list of units, else by the parents in the results.

    A level that is none, since it is no whole number or out of range, is not known. A child unit that does not exist at
    the end of the reporting year does not count.
    """
    parents = {unit.name: unit.parent for unit in listed if unit.parent}
    for name, result in results.items():
        parents.setdefault(name, str(result.get("parent") or ""))
    for unit in listed:
        if unit.absence(facts.year) is not None:
            parents.pop(unit.name, None)
    positions = {unit.name: position for position, unit in enumerate(facts.units)}
    found: dict[int, list[int | None]] = {}
    for child, parent in parents.items():
        if parent in positions and child not in positions:
            level = results[child]["level"].get("reached") if child in results else None
            known = isinstance(level, int) and not isinstance(level, bool) and 0 <= level <= MAX_LEVEL
            found.setdefault(positions[parent], []).append(level if known else None)
    return {position: tuple(levels) for position, levels in found.items()}
