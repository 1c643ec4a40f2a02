"""Levels of child units in: a result of this program, or the table of a recognition decision."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from chiso.scoring.entries import MAX_NAME, MAX_UNITS, DataFault
from chiso.scoring.levels import ChildLevel
from chiso.scoring.values import answer_of
from chiso.workbook import delimited, sheets
from chiso.workbook.columns import Record, Wanted, words_of
from chiso.workbook.content import Content, compare_with_name, recognise
from chiso.workbook.faults import Faults, TableError

#: The columns of a recognition decision.
CHILDREN = Wanted(("unit", "level"), ("parent", "recognised"), "children")

#: What is kept of a result of child units; the rest of it may be large.
_KEPT = frozenset({"units", "unit", "parent", "level", "reached", "recognised", "recognition"})

#: Highest level that a result may name; the national sets have five.
MAX_LEVEL = 10

#: A level as offices write it: 3, Mức 3, Mức độ 3.
_LEVEL = re.compile(r"(?:mức(?: độ)? ?)?([0-9]{1,2})(?:\.0)?", re.ASCII)


def read_children(path: Path | str, lang: str = "vi") -> tuple[dict[str, ChildLevel], list[DataFault]]:
    """Return the level of each child unit by name, and what was wrong with the rows of a table.

    A result of ``chiso score`` holds what units reported themselves, unless it says that its levels are recognised:
    ``recognition`` names the decision, or a level has ``recognised`` beside ``reached``. The rows of a table are those
    of a decision, unless its column ``recognised`` says no. A level that is none is not known.

    Raises:
        TableError: the file cannot be used.
    """
    path, faults = Path(path), Faults()
    if path.suffix.lower() == ".json":
        return _of_result(path), []
    recognised = recognise(path)
    compare_with_name(path, recognised.content, faults)
    if recognised.content is Content.JSON:
        return _of_result(path), faults.listed()
    if recognised.content is Content.XLSX:
        with sheets.open_workbook(path, faults) as workbook:
            found = _of_table(sheets.records(workbook, CHILDREN, faults), faults)
    else:
        found = _of_table(delimited.records(path, recognised.encoding, CHILDREN, faults, lang), faults)
    return found, faults.listed()


def _of_result(path: Path) -> dict[str, ChildLevel]:
    try:
        data = json.loads(path.read_text("utf-8-sig"), object_pairs_hook=_kept)
        decided = bool(data.get("recognition"))
        return {str(unit["unit"]): _of_unit(unit, decided=decided) for unit in data["units"]}
    except OSError as error:
        raise TableError("W002", path.name, problem=error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise TableError("W312", path.name) from error


def _kept(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    return {key: value for key, value in pairs if key in _KEPT}


def _of_unit(unit: Mapping[str, Any], *, decided: bool) -> ChildLevel:
    level, parent = unit["level"], str(unit.get("parent") or "")
    if not isinstance(level, dict):
        raise TypeError("no level")
    recognised = _known(level.get("recognised"))
    if recognised is not None:
        return ChildLevel(recognised, parent, recognised=True)
    return ChildLevel(_known(level.get("reached")), parent, recognised=decided)


def _known(level: Any) -> int | None:
    """Return a level; None where it is no whole number or out of range."""
    known = isinstance(level, int) and not isinstance(level, bool) and 0 <= level <= MAX_LEVEL
    return level if known else None


def _of_table(rows: Iterator[Record], faults: Faults) -> dict[str, ChildLevel]:
    found: dict[str, ChildLevel] = {}
    places: dict[str, str] = {}
    for row in rows:
        name = words_of(row.values["unit"])
        if not name:
            faults.add("W301", row.place)
        elif len(name) > MAX_NAME:
            faults.add("W309", row.place, limit=MAX_NAME)
        elif name in found:
            faults.add("W302", row.place, name=name, first=places[name])
        elif len(found) >= MAX_UNITS:
            raise TableError("W308", row.place, limit=MAX_UNITS)
        else:
            found[name], places[name] = _of_row(name, row, faults), row.place
    return found


def _of_row(name: str, row: Record, faults: Faults) -> ChildLevel:
    written = words_of(row.values["level"])
    match = _LEVEL.fullmatch(written.casefold())
    level = _known(int(match[1])) if match else None
    if written and level is None:
        faults.add("W310", row.place, unit=name, value=written[:40], limit=MAX_LEVEL)
    recognised: bool | None = True
    if "recognised" in row.values:
        said = words_of(row.values["recognised"])
        recognised = answer_of(said)
        if said and recognised is None:
            faults.add("W311", row.place, unit=name, value=said[:40])
    return ChildLevel(level, words_of(row.values.get("parent")), recognised=bool(recognised))
