"""Rules of readings as the engine sees them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter

from chiso.decree.wording.agreement import points_of
from chiso.framework.rules import Rule

_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


def made(rule: dict[str, Any]) -> Rule:
    return _RULE.validate_python(rule)


def scored(rule: dict[str, Any], full: int | str, **values: int | str) -> Fraction | str:
    """Return the points that the engine computes, or the word of the state where there are none."""
    result = points_of(made(rule), Fraction(full), {name: Fraction(value) for name, value in values.items()})
    return result.value if result.known else result.state.word
