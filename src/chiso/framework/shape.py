"""Puts what the model refuses about the shape of a file into faults: file, line, key, value and near misses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ValidationError

from chiso.framework.faults import Fault, limited, near_misses
from chiso.framework.model import Framework
from chiso.framework.schema import keys_at
from chiso.framework.source import Place, Source

#: Faults by the name that the validation library gives them, and the detail of its context that the wording needs.
_CODES: dict[str, tuple[str, str]] = {
    "string_type": ("F051", ""),
    "int_type": ("F052", ""),
    "int_parsing": ("F052", ""),
    "int_from_float": ("F052", ""),
    "greater_than_equal": ("F053", "ge"),
    "greater_than": ("F054", "gt"),
    "less_than_equal": ("F055", "le"),
    "list_type": ("F056", ""),
    "tuple_type": ("F056", ""),
    "dict_type": ("F057", ""),
    "model_type": ("F057", ""),
    "model_attributes_type": ("F057", ""),
    "too_short": ("F058", "min_length"),
    "too_long": ("F059", "max_length"),
    "string_pattern_mismatch": ("F060", "pattern"),
    "date_type": ("F061", ""),
    "date_parsing": ("F061", ""),
    "date_from_datetime_parsing": ("F061", ""),
    "date_from_datetime_inexact": ("F061", ""),
    "bool_type": ("F062", ""),
    "bool_parsing": ("F062", ""),
    "union_tag_not_found": ("F024", ""),
}


def faults_of(
    error: ValidationError, source: Source, root: type[BaseModel] = Framework, within: Place = ()
) -> list[Fault]:
    """Return one fault for each thing the model refuses; ``root`` is what stands at the place ``within``."""
    return limited(_fault(dict(problem), source, root, within) for problem in error.errors())


def _fault(problem: dict[str, Any], source: Source, root: type[BaseModel], within: Place) -> Fault:
    location: Place = tuple(problem["loc"])
    place, kind, value = place_of((*within, *location), source), problem["type"], problem.get("input")
    context: dict[str, Any] = problem.get("ctx", {})
    if kind == "extra_forbidden":
        name = str(location[-1])
        return source.fault("F021", place, near_misses(name, keys_at(location[:-1], root)), name=name)
    if kind == "missing":
        return source.fault("F022", place, name=location[-1])
    if kind in ("union_tag_invalid", "literal_error"):
        known = _expected(context)
        given = value.get("kind") if isinstance(value, dict) else value
        return source.fault("F023", place, near_misses(str(given), known), value=_shown(given), expected=known)
    if kind in _CODES:
        code, detail = _CODES[kind]
        return source.fault(code, place, value=_shown(value), limit=_limit(context.get(detail)))
    if kind == "value_error":  # only numbers raise it; everything else names its own code
        return source.fault("F044", place, value=_shown(value))
    if kind.startswith("F"):
        return source.fault(kind, place, value=_shown(value), **context)
    return source.fault("F025", place, value=_shown(value), problem=problem["msg"])


def _expected(context: dict[str, Any]) -> list[str]:
    words = str(context.get("expected_tags") or context.get("expected", "")).replace(" or ", ", ")
    return [word.strip("' ") for word in words.split(",")]


def _shown(value: object) -> str:
    return "…" if isinstance(value, dict | list) else str(value)[:80]


def _limit(limit: object) -> object:
    return Fraction(limit) if isinstance(limit, int) else limit


def place_of(location: Place, source: Source) -> Place:
    """Return where something stands that validation reports: without the steps that the model adds (kinds of rules)."""
    place: Place = ()
    for step in location:
        for written in (step, str(step)):  # the number of a level is text in the file
            if source.holds((*place, written)):
                place = (*place, written)
                break
    return place
