"""A framework that extends another: the base with the differences that the file states.

Keys of the file replace those of the base; ``facts``, ``deadlines`` and ``policies`` are joined entry by entry;
``changes`` names rows by their code. Every value keeps the file and line on which it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from chiso.framework.faults import Fault, FrameworkError, near_misses
from chiso.framework.model import Changes
from chiso.framework.shape import faults_of
from chiso.framework.source import Block, Place, Rows, Source

_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")

#: Keys whose entries are joined with those of the base, and down to which depth.
_JOINED = {"facts": 1, "deadlines": 1, "policies": 2}


@dataclass(frozen=True, slots=True)
class Sources:
    """Where bases come from: a reader that takes a name and a folder, and the names that it surely knows."""

    read: Callable[[str, Path | None], Source | None]
    known: Callable[[], list[str]]


def extended(source: Source, digest: Any, sources: Sources, seen: tuple[str, ...] = ()) -> Source:
    """Return a file joined with what it extends; feeds the content of every file read into ``digest``.

    Raises:
        FrameworkError: the base is unknown or extends itself in a circle, so that nothing can be joined.
    """
    digest.update(repr(source.data).encode())
    name = source.data.get("extends")
    if not isinstance(name, str):
        return source
    chain = (*seen, source.file)
    base = sources.read(name, source.folder) if _ID.fullmatch(name) else None
    if base is None:
        unknown = source.fault("F010", ("extends",), near_misses(name, sources.known()), name=name)
        raise FrameworkError([*source.faults, unknown])
    if base.file in chain:
        circle = " -> ".join((*chain, base.file))
        raise FrameworkError([*source.faults, source.fault("F011", ("extends",), chain=circle)])
    base = extended(base, digest, sources, chain)
    missing = [source.fault("F022", (), name=key) for key in ("id", "version") if key not in source.data]
    faults = [*base.faults, *source.faults, *missing]
    # Where rows have moved, the place of a value that is in doubt says nothing: then any may be.
    doubtful: list[Place] = [()] if base.faults or source.faults else []
    joined = Source(source.file, _joined(base.data, source.data), faults, source.folder, doubtful)
    joined.rows_unsure = base.rows_unsure
    if "changes" in source.data:
        _change(joined, source)
    return joined


def _joined(base: Block, own: Block) -> Block:
    joined = {key for key in _JOINED if isinstance(base.get(key), Block) and isinstance(own.get(key), Block)}
    base.take(own, "changes", *joined)
    for key in joined:
        base[key].merge(own[key], _JOINED[key])
    base.spot = own.spot
    return base


def _change(joined: Source, source: Source) -> None:
    """Apply ``changes``: fields of rows by code, rows added below a code, rows removed; keep what cannot be applied."""
    faults, faulty = _faulty_changes(source)
    readable, added = _readable(joined.data.get("dimensions")), all(kind != "add" for kind, _ in faulty)
    for kind in ("criteria", "dimensions"):
        known = entries(joined.data)
        for code, fields in _sound(source, ("changes", kind), faulty):
            if code in known:
                _mark_own(known[code], fields, source)
                known[code].take(fields)
            else:
                faults.append(_no_code(code, ("changes", kind, code), known, source))
    known = entries(joined.data)
    for index, addition in _sound(source, ("changes", "add"), faulty):
        if addition["under"] in known:
            _below(known[addition["under"]]).add(addition["criterion"], addition.spots["criterion"])
        else:
            faults.append(_no_code(addition["under"], ("changes", "add", index, "under"), known, source))
    known = entries(joined.data)
    removed = dict(_sound(source, ("changes", "remove"), faulty))
    for index, code in removed.items():
        if code not in known:
            faults.append(_no_code(code, ("changes", "remove", index), known, source))
    _remove(joined.data.get("dimensions"), set(removed.values()))
    joined.rows_unsure = joined.rows_unsure or bool(faults)
    # Where a row does not show its code, or was not added, a code that is not found may be that of this row.
    echoes = () if readable and added else ("changes.add", "changes.remove") if readable else ("changes.",)
    joined.faults += [one for one in faults if one.code != "F141" or not one.key.startswith(echoes)]


def _mark_own(row: Block, fields: Block, source: Source) -> None:
    """Mark a rule where the document prints none as the operator's own (A16), unless the file is of a new document."""
    rule = row.get("rule")
    unprinted = isinstance(rule, Block) and rule.get("kind") == "manual"
    if "rule" in fields and unprinted and "printed_rule" not in fields and "legal" not in source.data:
        row.put("own_rule", value=True, spot=fields.spots["rule"])


def _faulty_changes(source: Source) -> tuple[list[Fault], set[Place]]:
    """Return the faults in the shape of ``changes``, and the entries (kind, and code or position) that have any."""
    try:
        Changes.model_validate(source.data["changes"])
    except ValidationError as error:
        locations = [(*problem["loc"], "", "")[:2] for problem in error.errors()]
        return faults_of(error, source, Changes, ("changes",)), set(locations)
    return [], set()


def _sound(source: Source, place: Place, faulty: set[Place]) -> Iterator[tuple[Any, Any]]:
    """Yield the entries of one kind of changes whose shape is right, by code or position."""
    kind = str(place[-1])
    changes = source.data["changes"]
    found = changes.get(kind) if isinstance(changes, Block) and (kind, "") not in faulty else None
    numbered = found.items() if isinstance(found, Block) else enumerate(found or ())
    yield from ((key, value) for key, value in numbered if (kind, key) not in faulty)


def entries(data: Block) -> dict[str, Block]:
    """Return every dimension and criterion of a file by its code; what has no shape yet is passed over."""
    found: dict[str, Block] = {}
    waiting = [data.get("dimensions")]
    while waiting:
        rows = waiting.pop()
        for entry in rows if isinstance(rows, Rows) else ():
            if isinstance(entry, Block):
                found[str(entry.get("code"))] = entry
                waiting.append(entry.get("criteria"))
    return found


def _readable(rows: Any) -> bool:
    """Tell whether every row shows its code."""
    return isinstance(rows, Rows) and all(
        isinstance(row, Block) and isinstance(row.get("code"), str) and _readable(row.get("criteria", Rows(row.spot)))
        for row in rows
    )


def _below(entry: Block) -> Rows:
    if not isinstance(entry.get("criteria"), Rows):
        entry.put("criteria", Rows(entry.spot), entry.spot)
    rows: Rows = entry["criteria"]
    return rows


def _remove(rows: Any, codes: set[str]) -> None:
    for index in reversed(range(len(rows) if isinstance(rows, Rows) else 0)):
        if isinstance(rows[index], Block):
            if rows[index].get("code") in codes:
                rows.drop(index)
            else:
                _remove(rows[index].get("criteria"), codes)


def _no_code(code: str, place: Place, known: Mapping[str, Any], source: Source) -> Fault:
    return source.fault("F141", place, near_misses(code, known), name=code)
