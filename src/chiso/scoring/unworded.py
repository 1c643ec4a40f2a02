"""Results as they are kept: reasons as codes with their data, and no names; words in either language come on reading.

``worded(json of unit_results(scores, None), framework, lang)`` is what ``unit_results(scores, lang)`` gives.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from chiso.framework.model import Framework
from chiso.scoring.phrases import phrase
from chiso.scoring.trace import figure_names, reason_words

#: How numbers and days are told from text in the data of a reason.
_NUMBER, _DAY = "number", "day"


def unworded(code: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a reason as it is kept."""
    return {"code": code, "data": {key: _packed(value) for key, value in data.items()}}


def worded(told: Mapping[str, Any], framework: Framework, lang: str) -> dict[str, Any]:
    """Return the result of one unit with its words, from one that is kept; words that were kept already stay.

    A criterion that the framework does not know has no words: the result was made with another one.
    """
    found = dict(told)
    if "not_ranked" in found:
        found["not_ranked"] = _absence(told["not_ranked"], lang)
    if found.get("class"):
        found["class_name"] = next((one.name[lang] for one in framework.classes if one.id == found["class"]), None)
    if found.get("level"):
        names = {level.number: level.name[lang] for level in framework.levels}
        found["level"] = {**told["level"], "name": names.get(told["level"]["reached"])}
    found["criteria"] = {code: _entry(code, one, framework, lang) for code, one in told.get("criteria", {}).items()}
    return found


def _entry(code: str, entry: Mapping[str, Any], framework: Framework, lang: str) -> dict[str, Any]:
    message = entry.get("message")
    if isinstance(message, dict):
        criterion = framework.criteria.get(code)
        names = figure_names(framework, criterion, lang) if criterion is not None else None
        message = None if names is None else reason_words(message["code"], _unpacked(message["data"]), lang, names)
    return {**entry, "message": message}


def _absence(found: Any, lang: str) -> str | None:
    """Return why a unit is not ranked; the day in it is text."""
    return phrase(found["code"], lang, **_unpacked(found["data"])) if isinstance(found, dict) else found


def _packed(value: Any) -> Any:
    if isinstance(value, Fraction):
        return {_NUMBER: str(value)}
    return {_DAY: value.isoformat()} if isinstance(value, dt.date) else value


def _unpacked(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in data.items()}


def _value(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return Fraction(value[_NUMBER]) if _NUMBER in value else dt.date.fromisoformat(value[_DAY])
