"""Lists of units in: who is assessed, below whom, in which ranking group, and for which time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from chiso.framework.faults import near_misses
from chiso.scoring.entries import MAX_NAME, MAX_UNITS, DataFault
from chiso.scoring.facts import Unit
from chiso.workbook import delimited, objects, sheets
from chiso.workbook.columns import Record, Wanted, words_of
from chiso.workbook.content import Content, compare_with_name, recognise
from chiso.workbook.faults import Faults, TableError

#: The columns of a list of units; only the name is needed.
UNITS = Wanted(("unit",), ("kind", "parent", "group", "valid_from", "valid_to"), "units")

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


def read_units(path: Path | str, lang: str = "vi") -> tuple[list[Unit], list[DataFault]]:
    """Return the units of a file, in its order, and what was wrong with its rows.

    Dates are kept as 2024-11-30. A unit whose parent is unknown stays; in a circle of parents nobody keeps one.

    Raises:
        TableError: the file cannot be used.
    """
    path, faults = Path(path), Faults()
    recognised = recognise(path)
    compare_with_name(path, recognised.content, faults)
    if recognised.content is Content.XLSX:
        with sheets.open_workbook(path, faults) as workbook:
            units, places = _read(sheets.records(workbook, UNITS, faults), faults)
    else:
        reader = delimited if recognised.content is Content.CSV else objects
        units, places = _read(reader.records(path, recognised.encoding, UNITS, faults, lang), faults)
    _check_parents(units, places, faults)
    return list(units.values()), faults.listed()


def _read(rows: Iterator[Record], faults: Faults) -> tuple[dict[str, Unit], dict[str, str]]:
    units: dict[str, Unit] = {}
    places: dict[str, str] = {}
    for row in rows:
        name = words_of(row.values["unit"])
        if not name:
            faults.add("W301", row.place)
        elif len(name) > MAX_NAME:
            faults.add("W309", row.place, limit=MAX_NAME)
        elif name.startswith("@"):
            faults.add("W307", row.place, name=name)
        elif name in units:
            faults.add("W302", row.place, name=name, first=places[name])
        elif len(units) >= MAX_UNITS:
            raise TableError("W308", row.place, limit=MAX_UNITS)
        else:
            units[name] = _unit(name, row, faults)
            places[name] = row.place
    return units, places


def _unit(name: str, row: Record, faults: Faults) -> Unit:
    kind, parent, group = (words_of(row.values.get(key)) for key in ("kind", "parent", "group"))
    start, end = (_date(key, row.values.get(key), row.place, faults) for key in ("valid_from", "valid_to"))
    if start and end and end < start:
        faults.add("W306", row.place, start=start, end=end)
        start = end = ""
    return Unit(name, kind, parent, group, start, end)


def _date(name: str, value: Any, place: str, faults: Faults) -> str:
    text = words_of(value)
    if not text:
        return ""
    day = _DAY.fullmatch(text)
    written = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else text
    try:
        return dt.date.fromisoformat(written).isoformat()
    except ValueError:
        faults.add("W305", place, value=text[:40], name=name)
        return ""


def _check_parents(units: dict[str, Unit], places: dict[str, str], faults: Faults) -> None:
    for name, unit in units.items():
        if unit.parent and unit.parent not in units:
            faults.add("W303", places[name], near_misses(unit.parent, units), name, name=unit.parent)
    for circle in _circles(units):
        faults.add("W304", places[circle[0]], (), circle[0], chain=" → ".join([*circle, circle[0]]))
        for name in circle:
            units[name] = replace(units[name], parent="")


def _circles(units: dict[str, Unit]) -> list[list[str]]:
    """Return each circle of parents once, from its first unit in the order of the list."""
    found: list[list[str]] = []
    settled: set[str] = set()
    for start in units:
        path: dict[str, None] = {}
        name = start
        while name in units and name not in settled and name not in path:
            path[name] = None
            name = units[name].parent
        if name in path:
            members = list(path)
            found.append(members[members.index(name) :])
        settled.update(path)
    return found
