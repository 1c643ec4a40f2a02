"""Which units of a list a framework assesses, and what levels their child units have reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chiso.cli.phrases import phrase
from chiso.framework.model import Framework
from chiso.scoring.entries import DataFault
from chiso.scoring.facts import Facts, Unit
from chiso.scoring.levels import ChildLevel

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

#: Levels of child units by name.
Results = Mapping[str, ChildLevel]

#: What is known of a child unit without result.
_UNKNOWN = ChildLevel(None)


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


def with_children(facts: Facts, listed: Sequence[Unit], results: Results) -> Facts:
    """Return facts with the levels of the child units: by the list of units, else by the parents in the results.

    A child unit that does not exist at the end of the reporting year does not count.
    """
    parents = {unit.name: unit.parent for unit in listed if unit.parent}
    for name, result in results.items():
        parents.setdefault(name, result.parent)
    for unit in listed:
        if unit.absence(facts.year) is not None:
            parents.pop(unit.name, None)
    positions = {unit.name: position for position, unit in enumerate(facts.units)}
    found: dict[int, list[ChildLevel]] = {}
    for child, parent in parents.items():
        if parent in positions and child not in positions:
            found.setdefault(positions[parent], []).append(results.get(child, _UNKNOWN))
    levels = {position: tuple(one.level for one in children) for position, children in found.items()}
    unsure = {position: sum(not one.recognised for one in children) for position, children in found.items()}
    return replace(facts, children=levels, self_assessed={one: count for one, count in unsure.items() if count})
