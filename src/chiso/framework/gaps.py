"""What can be checked of a file whose shape is wrong in places: stand-ins fill the gaps, and the gaps are remembered.

So that all faults are reported at once, each value that the model refuses is replaced, in a copy, by one that it
accepts. What stands around the gap is then checked as usual; what depends on a gap is not, since such a fault might
only be the echo of another one.
"""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from chiso.framework.faults import MAX_FAULTS, Fault
from chiso.framework.model import Framework
from chiso.framework.rules import Children, Line, Option, Otherwise, Relative, Target
from chiso.framework.schema import bare, field_at
from chiso.framework.shape import faults_of, place_of
from chiso.framework.source import Block, Place, Rows, Source, Spot

#: Rounds in which gaps are filled: a value that stands in may let the model see a fault that it could not see before.
_ROUNDS = 10

#: Faults of a whole entry that one of its values makes; they say nothing new where a value below was replaced.
_CULPRITS = {"F036": "default", "F037": "range"}

#: Keys that entries need beyond those that the model demands of each.
_ALSO: dict[type[BaseModel], dict[str, Any]] = {
    Option: {"share": 0},
    Line: {"at_least": 1, "share": 0},
    Otherwise: {"share": 0},
    Relative: {"constant": 1},
    Target: {"has": True},
    Children: {},
}

_WORDS = {"label", "printed", "id"}
_BOUNDS = {"at_least", "above", "at_most", "below", "target", "full_at", "all_at_least", "has", "all_of_total"}
_WORTH = {"share", "points", "weight", "constant", "given", "floor", "ceiling"}
_NAMES = {"input", "done", "value"}
_AROUND = {"type", "row", "lead", "support", "due", "range", "adds_up", "provider", "as_of"}

#: Keys without a say in which inputs a rule asks for, in units of measure, and in how much a rule can give.
_NAMELESS = frozenset(_WORDS | _BOUNDS | _WORTH | {"part_of_whole", "unit"})
_UNITLESS = frozenset(_WORDS | _BOUNDS | _WORTH | _NAMES | _AROUND)
_WORTHLESS = frozenset(_WORDS | _BOUNDS | _NAMES | {"given", "unit", "of", "numerator", "denominator", "part_of_whole"})


@dataclass
class Gaps:
    """Where something else stands than what the author meant.

    ``places`` have been filled; ``open`` are mappings with a key that was not understood, so that a key which is not
    there may be the one that was meant. ``rows_unsure``: rows are missing or not as they should be, so that codes and
    sums say nothing.
    """

    places: set[Place] = field(default_factory=set)
    open: set[Place] = field(default_factory=set)
    rows_unsure: bool = False

    def at(self, place: Place) -> bool:
        """Tell whether a value, or something that holds it, is a gap."""
        return bool(self.places) and any(place[:length] in self.places for length in range(len(place) + 1))

    def lacks(self, place: Place, key: str, value: object) -> bool:
        """Tell whether a key may say something else than its ``value``: it was filled, or perhaps misspelt."""
        return self.at((*place, key)) or (not value and place in self.open)

    def names_unsure(self, place: Place) -> bool:
        """Tell whether a rule may ask for other inputs than it seems to."""
        return self._below(place, _NAMELESS)

    def units_unsure(self, place: Place) -> bool:
        """Tell whether what a rule or an input measures may have other units of measure than it seems to."""
        return self._below(place, _UNITLESS)

    def worth_unsure(self, place: Place) -> bool:
        """Tell whether a rule may give more or less than it seems to."""
        return self._below(place, _WORTHLESS)

    def inside(self, place: Place) -> bool:
        """Tell whether there is any gap at a place or below."""
        return self._below(place, frozenset())

    def _below(self, place: Place, harmless: frozenset[str]) -> bool:
        if self.at(place):
            return True
        below = [one for one in self.places if one[: len(place)] == place and one[-1] not in harmless]
        return bool(below) or any(one[: len(place)] == place for one in self.open)


def bridged(source: Source) -> tuple[Framework | None, list[Fault], Gaps]:
    """Return what a file says with its gaps filled, every fault of its shape, and the gaps.

    No framework where the gaps are such that nothing can stand in for them.
    """
    gaps = Gaps(set(source.doubtful), set(source.open), source.rows_unsure)
    faults: list[Fault] = []
    filled = source
    for round_ in range(_ROUNDS):
        try:
            return Framework.model_validate(filled.data), faults, gaps
        except ValidationError as error:
            if error.error_count() > MAX_FAULTS:  # too many for anything to stand in for them all
                return None, [*faults, *faults_of(error, source)], gaps
            places = [place_of(tuple(problem["loc"]), filled) for problem in error.errors()]
            for fault, place in zip(faults_of(error, source), places, strict=True):
                if not round_ or _is_of_the_file(fault.code, place, gaps):
                    faults.append(fault)
            if not round_:
                filled = Source(source.file, copy.deepcopy(source.data))
            if not _fill(filled, error, gaps):
                break
    return None, faults, gaps


def _is_of_the_file(code: str, place: Place, gaps: Gaps) -> bool:
    """Tell whether a fault that shows only when gaps are filled is one of the file, and not made by filling them."""
    return not (gaps.at(place) or place in gaps.open or (code in _CULPRITS and gaps.inside(place)))


def _fill(source: Source, error: ValidationError, gaps: Gaps) -> bool:
    """Let something that fits stand in for each value that was refused; tell whether anything could be done."""
    done = False
    for problem in sorted(error.errors(), key=lambda one: -len(one["loc"])):
        done |= _fill_one(source, tuple(problem["loc"]), problem["type"], gaps)
    return done


def _fill_one(source: Source, location: Place, kind: str, gaps: Gaps) -> bool:
    if location[-1:] == ("[key]",):  # the key itself is not one that may stand there
        location, kind = location[:-1], "extra_forbidden"
    place = place_of(location, source)
    if kind == "extra_forbidden":
        return _drop(source, place, gaps)
    if kind in _CULPRITS:
        location, place = (*location, _CULPRITS[kind]), (*place, _CULPRITS[kind])
    found = field_at(location, Framework)
    if found is None or not location:
        return False
    at: Place = (*place, location[-1]) if kind == "missing" else place
    present = _value(source, at)
    value = _stand_in(*found, present if _is_entry(kind) else None, _fresh(gaps))
    if kind == "F036":
        value = next(iter(_value(source, (*place[:-1], "options"))))
    if kind == "too_short" and isinstance(present, Rows):
        value = [*present, *value[len(present) :]]
    _put(source, at, value)
    gaps.places.add(at)
    return True


def _is_entry(kind: str) -> bool:
    """Tell whether a fault is one of a whole entry, whose keys are right one by one."""
    return re.fullmatch(r"F03\d", kind) is not None


def _drop(source: Source, place: Place, gaps: Gaps) -> bool:
    holder = _value(source, place[:-1])
    if not isinstance(holder, Block) or place[-1] not in holder:
        return False
    del holder[str(place[-1])], holder.spots[str(place[-1])]
    gaps.open.add(place[:-1])
    return True


def _value(source: Source, place: Place) -> Any:
    value = source.data
    for step in place:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _put(source: Source, place: Place, value: Any) -> None:
    holder, spot = _value(source, place[:-1]), source.spot(place)
    if isinstance(holder, Block):
        holder.put(str(place[-1]), _planted(value, spot), spot)
    elif isinstance(holder, Rows):
        holder[int(place[-1])] = _planted(value, spot)


def _planted(value: Any, spot: Spot) -> Any:
    """Return plain data as mappings and lists that know where they stand: all at one spot."""
    if isinstance(value, Block | Rows):
        return value
    if isinstance(value, dict):
        block = Block(spot)
        for key, inner in value.items():
            block.put(key, _planted(inner, spot), spot)
        return block
    if isinstance(value, list):
        rows = Rows(spot)
        for inner in value:
            rows.add(_planted(inner, spot), spot)
        return rows
    return value


def _fresh(gaps: Gaps) -> Iterator[int]:
    """Return numbers that no other gap has, so that no two stand-ins share a name."""
    return count(1000 * (len(gaps.places) + 1))


def _stand_in(annotation: Any, metadata: Iterable[Any], present: Any, numbers: Iterator[int]) -> Any:
    """Return data that the model accepts; an entry keeps those of its keys that the model demands."""
    annotation, metadata = bare(annotation, tuple(metadata))
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _entry(annotation, present if isinstance(present, dict) else {}, numbers)
    if origin is Literal:
        return arguments[0]
    if origin in (Union, UnionType):  # the only one that is left is that of all rules
        return {"kind": "manual"}
    if origin is list:
        least = max((_least(one) for one in metadata), default=0)
        return [_stand_in(arguments[0], (), None, numbers) for _ in range(least)]
    if origin is tuple:
        return ["0", "1"]
    if origin is dict:
        return {f"gap{next(numbers)}": _stand_in(arguments[1], (), None, numbers)} if any(map(_least, metadata)) else {}
    if annotation is bool:
        return True
    if annotation is dt.date:
        return "2000-01-01"
    if annotation is str:
        return _name(metadata, numbers)
    return 1 if annotation is int else "1"


def _entry(model: type[BaseModel], present: dict[str, Any], numbers: Iterator[int]) -> dict[str, Any]:
    made = {
        name: present.get(name, _stand_in(one.annotation, one.metadata, None, numbers))
        for name, one in model.model_fields.items()
        if one.is_required()
    }
    return {**made, **_ALSO.get(model, {})}


def _least(constraint: Any) -> int:
    return getattr(constraint, "min_length", None) or 0


def _name(metadata: Iterable[Any], numbers: Iterator[int]) -> str:
    """Return a name that nothing else has; readings are named in a way of their own."""
    number = next(numbers)
    patterns = [pattern for one in metadata if (pattern := getattr(one, "pattern", None))]
    return next((name for name in (f"gap{number}",) if all(re.search(one, name) for one in patterns)), f"A{number}")
