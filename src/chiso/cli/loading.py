"""What the commands share in reading: a framework with its readings, units, facts, and levels of child units."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from chiso.cli.main import UnusableError
from chiso.cli.output import say, watched
from chiso.cli.phrases import phrase
from chiso.framework.faults import FrameworkError
from chiso.framework.loader import load
from chiso.framework.model import Framework
from chiso.scoring.entries import DataFault, Entry, EntryReader
from chiso.scoring.facts import Facts, Unit
from chiso.workbook.entries import read_entries
from chiso.workbook.faults import TableError
from chiso.workbook.units import read_units

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


def load_framework(name: str, options: Namespace) -> Framework:
    """Load a framework with the readings that were chosen.

    Raises:
        UnusableError: with every fault of the file.
    """
    readings = {}
    for chosen in getattr(options, "reading", []):
        key, equals, value = chosen.partition("=")
        if not (key and equals and value):
            raise UnusableError(phrase("reading.form", options.lang, value=chosen))
        readings[key] = value
    try:
        framework = load(name, readings)
    except FrameworkError as error:
        raise UnusableError("\n".join(fault.located(options.lang) for fault in error.faults)) from error
    for reading in framework.readings:
        chosen = readings.get(reading.id)
        if chosen not in (None, reading.default) and not reading.options[chosen].computes:
            say(phrase("reading.recorded", options.lang, id=reading.id, option=chosen))
    return framework


def load_facts(framework: Framework, options: Namespace) -> tuple[Facts, list[DataFault]]:
    """Read the units and facts that the options name; what is wrong with single rows is returned, the rest is kept.

    Raises:
        UnusableError: a file cannot be used at all.
    """
    faults: list[DataFault] = []
    try:
        units: list[Unit] | None = None
        if options.units:
            units, unit_faults = read_units(options.units, options.lang)
            faults += unit_faults
        children = read_levels(options.children, options.lang) if getattr(options, "children", None) else None
        reader = EntryReader(framework, _assessed(framework, units, children))
        facts = reader.read(_entries(framework, options, faults))
    except TableError as error:
        raise UnusableError(error.located(options.lang)) from error
    faults += reader.faults
    if children is not None:
        facts = replace(facts, children=_children(facts, units or [], children))
    return facts, faults


def _entries(framework: Framework, options: Namespace, faults: list[DataFault]) -> Iterator[Entry]:
    for name in options.facts:
        entries, found = read_entries(name, framework, options.lang)
        faults += found
        yield from watched(entries, phrase("progress.facts", options.lang, name=Path(name).name))


def kind_of(unit: Unit) -> str:
    """Return the kind of a unit as frameworks name it."""
    return KINDS.get(unit.kind.strip().casefold(), unit.kind.strip())


def _assessed(
    framework: Framework, units: Sequence[Unit] | None, children: Mapping[str, Any] | None
) -> list[Unit] | None:
    """Return the units that this framework assesses: those of its kinds, each in the ranking group of its kind."""
    if units is None:
        return None
    known = [replace(unit, kind=kind_of(unit)) for unit in units]
    fitting = [unit for unit in known if unit.kind in framework.unit_kinds]
    chosen = fitting or [unit for unit in known if not children or unit.name not in children]
    return [replace(unit, group=unit.group or unit.kind) for unit in chosen]


def read_levels(name: str, lang: str) -> dict[str, dict[str, Any]]:
    """Return the units of a result file by name.

    Raises:
        UnusableError: it is not a result of ``chiso score --format json`` of a maturity framework.
    """
    try:
        data = json.loads(Path(name).read_text("utf-8-sig"))
        units = {str(unit["unit"]): unit for unit in data["units"]}
    except OSError as error:
        raise UnusableError(phrase("file.open", lang, name=name, problem=error.strerror)) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnusableError(phrase("children.form", lang, name=name)) from error
    if not all(isinstance(unit.get("level"), dict) for unit in units.values()):
        raise UnusableError(phrase("children.form", lang, name=name))
    return units


def _children(
    facts: Facts, units: Sequence[Unit], results: Mapping[str, Mapping[str, Any]]
) -> dict[int, tuple[int | None, ...]]:
    """Return the levels of the child units of each unit: by the list of units, else by the parents in the results."""
    parents = {unit.name: unit.parent for unit in units if unit.parent}
    for name, result in results.items():
        parents.setdefault(name, str(result.get("parent") or ""))
    positions = {unit.name: position for position, unit in enumerate(facts.units)}
    found: dict[int, list[int | None]] = {}
    for child, parent in parents.items():
        if parent in positions and child not in positions:
            level = results[child]["level"].get("reached") if child in results else None
            known = isinstance(level, int) and not isinstance(level, bool)
            found.setdefault(positions[parent], []).append(level if known else None)
    return {position: tuple(levels) for position, levels in found.items()}
