"""JSON in: a list of objects, or an object that holds one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from chiso.framework.faults import near_misses
from chiso.workbook.columns import Record, Wanted, tidy
from chiso.workbook.faults import Faults, TableError
from chiso.workbook.phrases import phrase

#: JSON is read as a whole; larger tables belong into CSV.
MAX_BYTES = 64 << 20

#: Halves of characters, which JSON can spell out and no file can hold.
_HALVES = re.compile("[\ud800-\udfff]")

#: Numbers longer than this stay text, for the reader of values to refuse.
_MAX_DIGITS = 60


def records(path: Path, encoding: str, wanted: Wanted, faults: Faults, lang: str) -> Iterator[Record]:
    """Yield the objects of a JSON file; those that cannot be read are reported and left out.

    Raises:
        TableError: it is no JSON, holds no list, is too large, or no object has the wanted keys.
    """
    objects = _objects(path, encoding, wanted)
    if not objects:
        faults.add("W103", path.name)
    spellings = _spellings(objects, wanted, path.name)
    for number, one in enumerate(objects, 1):
        place = phrase("item", lang, file=path.name, number=number)
        if isinstance(one, _Repeated):
            faults.add("W120", place, name=one.key)
            continue
        if not isinstance(one, dict):
            faults.add("W117", place)
            continue
        record = _record(place, one, wanted, spellings, faults)
        if record is not None:
            yield record


def _objects(path: Path, encoding: str, wanted: Wanted) -> list[Any]:
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise TableError("W004", path.name, size=size >> 20, limit=MAX_BYTES >> 20)
    try:
        data = json.loads(
            path.read_text(encoding),
            parse_float=_number,
            parse_int=_number,
            parse_constant=str,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as error:
        raise TableError("W021", path.name, line=error.lineno, problem=error.msg) from error
    except RecursionError as error:
        raise TableError("W021", path.name, line=1, problem="[[[[…") from error
    if isinstance(data, _Repeated):
        raise TableError("W023", path.name, key=data.key)
    if isinstance(data, dict):
        data = data.get(wanted.key)
    if not isinstance(data, list):
        raise TableError("W022", path.name, key=wanted.key)
    return data


@dataclass(frozen=True, slots=True)
class _Repeated:
    """An object that says the same key twice: which of the two holds, nobody can tell."""

    key: str


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Repeated:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            return _Repeated(key)
        found[key] = value
    return found


def _number(text: str) -> int | str:
    """Keep a number exactly as it is written: 1.10 may be a code, and no float is exact."""
    if len(text) > _MAX_DIGITS:
        return text
    if text.lstrip("-").isdecimal():
        return int(text)
    number = Decimal(text)
    # 1e2 is written out; what would become endless stays as it is, to be refused.
    return format(number, "f") if "e" in text.casefold() and abs(number.adjusted()) < _MAX_DIGITS else text


def _spellings(objects: list[Any], wanted: Wanted, file: str) -> dict[str, str]:
    """Return the wanted name of each key in use, whatever its case."""
    keys = dict.fromkeys(key for one in objects if isinstance(one, dict) for key in one)
    found = {key: tidy(key).casefold() for key in keys if tidy(key).casefold() in wanted.names}
    # The code of a shared fact is empty, so a table of shared facts may do without the key.
    missing = [name for name in wanted.required if name not in found.values() and name != "code"]
    if missing and any(isinstance(one, dict) for one in objects):
        near = tuple(f"{key} → {guess[0]}" for key in keys if (guess := near_misses(key.casefold(), missing)))
        raise TableError("W030", file, near, missing=", ".join(missing), found=", ".join(keys)[:300])
    return found


def _record(
    place: str, one: dict[str, Any], wanted: Wanted, spellings: dict[str, str], faults: Faults
) -> Record | None:
    values: dict[str, Any] = dict.fromkeys(wanted.names)
    present = set()
    for key, value in one.items():
        name = spellings.get(key)
        if name is None:
            continue
        if isinstance(value, list | dict | _Repeated):
            faults.add("W118", place, name=key)
            return None
        if isinstance(value, str) and _HALVES.search(value):
            faults.add("W121", place, name=key)
            return None
        values[name] = value
        present.add(name)
    # Nor need a missing figure have a value.
    missing = [name for name in wanted.required if name not in present and name not in ("code", "value")]
    if missing:
        faults.add("W119", place, missing=", ".join(missing))
        return None
    return Record(place, values)
