"""The one way in: reads a framework file, applies what it extends and the chosen readings, and checks everything."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from chiso.framework.check import check
from chiso.framework.faults import Fault, FrameworkError, near_misses
from chiso.framework.model import Fact, Framework, Id
from chiso.framework.source import Place, Source, dotted, read_file, read_source

_FACTS = TypeAdapter(dict[Id, Fact])


def bundled() -> list[str]:
    """Return the ids of the frameworks that ship with the product, sorted."""
    folder = resources.files("chiso.library")
    return sorted(entry.name for entry in folder.iterdir() if entry.joinpath("framework.yaml").is_file())


@lru_cache(maxsize=1)
def shared_facts() -> dict[str, Fact]:
    """Return the catalogue of facts that any framework may use."""
    text = resources.files("chiso.library").joinpath("facts.yaml").read_text("utf-8")
    return _FACTS.validate_python(read_source(text, "facts.yaml").data)


def load(name: str, readings: Mapping[str, str] | None = None) -> Framework:
    """Load a bundled framework by its id, or a framework file by its path.

    ``readings`` chooses another reading of unclear clauses: id -> option.

    Raises:
        FrameworkError: with every fault of the file.
    """
    framework = _load_bundled(name, tuple(sorted((readings or {}).items()))) if _is_bundled(name) else None
    return framework or _build(_read(name), dict(readings or {}))


def load_text(text: str, file: str = "framework.yaml", readings: Mapping[str, str] | None = None) -> Framework:
    """Load a framework from its text; ``file`` names it in faults."""
    return _build(read_source(text, file), dict(readings or {}))


@lru_cache(maxsize=64)
def _load_bundled(name: str, readings: tuple[tuple[str, str], ...]) -> Framework:
    return _build(_read(name), dict(readings))


def _is_bundled(name: str) -> bool:
    return "/" not in name and resources.files("chiso.library").joinpath(name, "framework.yaml").is_file()


def _read(name: str) -> Source:
    if _is_bundled(name):
        path = resources.files("chiso.library").joinpath(name, "framework.yaml")
        return read_source(path.read_text("utf-8"), f"{name}/framework.yaml")
    path = Path(name)
    if not path.exists() and not path.suffix:
        raise FrameworkError([Fault("F010", name, None, "", {"name": name}, near_misses(name, bundled()))])
    return read_file(path)


def _build(source: Source, readings: dict[str, str]) -> Framework:
    digest = hashlib.sha256()
    data = _extended(source, digest)
    framework = _validate(data, source)
    if readings:
        framework = _validate(_with_readings(data, framework, readings, source), source)
        framework._chosen.update(readings)
    framework._shared_facts.update(shared_facts())
    framework._hash = digest.hexdigest()
    faults = check(framework, source)
    if faults:
        raise FrameworkError(faults)
    return framework


def _validate(data: dict[str, Any], source: Source) -> Framework:
    try:
        return Framework.model_validate(data)
    except ValidationError as error:
        raise FrameworkError(_faults_of(error, source)) from error


def _extended(source: Source, digest: Any, seen: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the content of a file with what it extends below it; feeds every file read into ``digest``."""
    data: dict[str, Any] = source.data
    digest.update(repr(data).encode())
    base_name = data.get("extends")
    if not isinstance(base_name, str):
        return data
    if base_name in seen:
        chain = " -> ".join((*seen, base_name))
        raise FrameworkError([Fault("F011", source.file, source.line(("extends",)), "extends", {"chain": chain})])
    try:
        base_source = _read(base_name)
    except FrameworkError as error:
        fault = error.faults[0]
        place = {"line": source.line(("extends",)), "key": "extends", "file": source.file}
        raise FrameworkError([Fault(fault.code, data=fault.data, near=fault.near, **place)]) from error
    base = copy.deepcopy(_extended(base_source, digest, (*seen, base_name)))
    changes = data.get("changes") or {}
    return _changed({**base, **{key: value for key, value in data.items() if key != "changes"}}, changes, source)


def _changed(data: dict[str, Any], changes: Any, source: Source) -> dict[str, Any]:
    """Apply ``changes``: criteria by code, ``remove`` and ``add``; report every code that is not there."""
    known = {"criteria", "dimensions", "remove", "add"}
    if not isinstance(changes, dict) or set(changes) - known:
        unknown = next(iter(set(changes) - known), "") if isinstance(changes, dict) else ""
        line = source.line(("changes", unknown) if unknown else ("changes",))
        near = near_misses(unknown, known)
        raise FrameworkError([Fault("F012", source.file, line, "changes", {"known": ", ".join(sorted(known))}, near)])
    places = _places(data)
    faults = []
    for kind in ("criteria", "dimensions"):
        for code, fields in (changes.get(kind) or {}).items():
            if str(code) in places:
                holder, index = places[str(code)]
                holder[index] = {**holder[index], **fields}
            else:
                faults.append(_no_code(code, ("changes", kind, code), places, source))
    for index, entry in enumerate(changes.get("add") or []):
        under = str(entry.get("under", "")) if isinstance(entry, dict) else ""
        if under in places:
            holder, position = places[under]
            holder[position] = {
                **holder[position],
                "criteria": [*holder[position].get("criteria", []), entry["criterion"]],
            }
        else:
            faults.append(_no_code(under, ("changes", "add", index, "under"), places, source))
    places = _places(data)
    removed = [str(code) for code in changes.get("remove") or []]
    faults += [
        _no_code(code, ("changes", "remove", index), places, source)
        for index, code in enumerate(removed)
        if code not in places
    ]
    if faults:
        raise FrameworkError(faults)
    for code in removed:
        holder, index = places[code]
        holder[index] = None
    data["dimensions"] = _without_gaps(data["dimensions"])
    return data


def _no_code(code: Any, place: Place, places: Mapping[str, Any], source: Source) -> Fault:
    return Fault("F141", source.file, source.line(place), dotted(place), {"name": code}, near_misses(str(code), places))


def _places(data: Mapping[str, Any]) -> dict[str, tuple[list[Any], int]]:
    """Return where each code stands: the list that holds it, and its position."""
    found: dict[str, tuple[list[Any], int]] = {}
    open_lists = [data.get("dimensions") or []]
    while open_lists:
        entries = open_lists.pop()
        for index, entry in enumerate(entries):
            if isinstance(entry, dict):
                found[str(entry.get("code"))] = (entries, index)
                open_lists.append(entry.get("criteria") or [])
    return found


def _without_gaps(entries: list[Any]) -> list[Any]:
    kept = [entry for entry in entries if entry is not None]
    return [
        {**entry, "criteria": _without_gaps(entry["criteria"])} if entry.get("criteria") else entry for entry in kept
    ]


def _with_readings(
    data: dict[str, Any], framework: Framework, chosen: Mapping[str, str], source: Source
) -> dict[str, Any]:
    """Return the content with the chosen options of its readings applied as differences."""
    known = {reading.id: reading for reading in framework.readings}
    result = copy.deepcopy(data)
    places = _places(result)
    for name, option_name in chosen.items():
        reading = known.get(name)
        if reading is None:
            raise FrameworkError([Fault("F013", source.file, None, name, {"name": name}, near_misses(name, known))])
        if option_name not in reading.options:
            data_ = {"name": option_name, "known": ", ".join(reading.options)}
            near = near_misses(option_name, reading.options)
            raise FrameworkError([Fault("F014", source.file, None, name, data_, near)])
        index = framework.readings.index(reading)
        option = data["readings"][index]["options"][option_name]
        for code, rule in (option.get("rules") or {}).items():
            holder, position = places[str(code)]
            holder[position] = {**holder[position], "rule": rule}
        policies = result.setdefault("policies", {})
        for key, value in (option.get("policies") or {}).items():
            policies[key] = {**policies.get(key, {}), **value} if isinstance(value, dict) else value
    return result


def _faults_of(error: ValidationError, source: Source) -> list[Fault]:
    return [_fault_of(dict(problem), source) for problem in error.errors()]


def _fault_of(problem: dict[str, Any], source: Source) -> Fault:
    place = _real_place(tuple(problem["loc"]), source)
    line, key, kind = source.line(place), dotted(place), problem["type"]
    value = problem.get("input")
    if kind == "extra_forbidden":
        known = _fields_at(tuple(problem["loc"])[:-1])
        return Fault(
            "F021", source.file, line, key, {"name": place[-1] if place else ""}, near_misses(str(place[-1]), known)
        )
    if kind == "missing":
        return Fault("F022", source.file, line, key, {"name": problem["loc"][-1]})
    if kind in ("union_tag_invalid", "literal_error"):
        expected = problem.get("ctx", {}).get("expected_tags") or problem.get("ctx", {}).get("expected", "")
        known = [word.strip("' ") for word in str(expected).replace(" or ", ", ").split(",")]
        given = value.get("kind") if isinstance(value, dict) else value
        data = {"value": given, "expected": ", ".join(known)}
        return Fault("F023", source.file, line, key, data, near_misses(str(given), known))
    if kind == "union_tag_not_found":
        return Fault("F024", source.file, line, key, {})
    message = problem.get("ctx", {}).get("error") if kind == "value_error" else None
    shown = "" if isinstance(value, dict | list) else str(value)[:80]
    return Fault("F025", source.file, line, key, {"value": shown, "problem": str(message or problem["msg"])})


def _real_place(location: tuple[Any, ...], source: Source) -> Place:
    """Drop the steps that the model adds (names of rule kinds) and keep those of the file."""
    place: Place = ()
    for step in location:
        if (*place, step) in source.lines:
            place = (*place, step)
    last = location[-1] if location else None
    return place if not place or place[-1] == last or not isinstance(last, str) else place


def _fields_at(location: tuple[Any, ...]) -> list[str]:
    """Return the keys that are allowed where an unknown one was found, following the location through the models."""
    from chiso.framework.schema import keys_at

    return keys_at(location)
