"""Exact rational numbers: how they are read, rounded and written.

Official points are those of rational arithmetic (design, principle 2), so every number that a decision
or an office writes becomes a :class:`fractions.Fraction` here, and only here turns into text again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer, WithJsonSchema

#: Longest written number accepted, in characters: no official figure needs more, hostile input may try.
MAX_DIGITS = 60

_DECIMAL = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"
_RATIONAL = re.compile(rf"\s*(?P<over>{_DECIMAL})\s*(?:/\s*(?P<under>{_DECIMAL})\s*)?(?P<percent>%)?\s*")


@lru_cache(maxsize=4096)
def parse_rational(text: str) -> Fraction:
    """Read ``12.86``, ``1/2``, ``80 %`` or ``0.25%`` exactly.

    Raises:
        ValueError: the text is not such a number, is longer than :data:`MAX_DIGITS`, or divides by zero.
    """
    match = _RATIONAL.fullmatch(text) if len(text) <= MAX_DIGITS else None
    if match is None:
        raise ValueError(f"{text[:MAX_DIGITS]!r} is not a number such as 12.5, 1/2 or 80%")
    value = Fraction(match["over"])
    if match["under"] is not None:
        under = Fraction(match["under"])
        if not under:
            raise ValueError(f"{text!r} divides by zero")
        value /= under
    return value / 100 if match["percent"] else value


@lru_cache(maxsize=4096)
def _fraction(value: int | Decimal) -> Fraction:
    return Fraction(value)


def to_rational(value: object) -> Fraction:
    """Turn a number of a framework file into a fraction; a float is refused, since it is not exact."""
    kind = type(value)
    if kind is int or kind is Decimal:
        return _fraction(value)
    if kind is str:
        return parse_rational(value)
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool | float):
        raise ValueError(f"{value!r} is not an exact number; write it as text such as 12.5, 1/2 or 80%")
    if isinstance(value, int | Decimal):
        return Fraction(value)
    if isinstance(value, str):
        return parse_rational(value)
    raise ValueError(f"{value!r} is not a number such as 12.5, 1/2 or 80%")


def write_rational(value: Fraction) -> str:
    """Write a fraction as ``p/q``, or as ``p`` when it is whole."""
    return str(value)


Rational = Annotated[
    Fraction,
    BeforeValidator(to_rational),
    PlainSerializer(write_rational, return_type=str),
    WithJsonSchema({"type": ["number", "string"], "description": "an exact number: 12.5, 1/2 or 80%"}),
]


def exact_sum(values: Iterable[Fraction]) -> Fraction:
    """Return the sum; a common denominator for all costs less than one after each addition."""
    over: dict[int, int] = {}
    for value in values:
        over[value.denominator] = over.get(value.denominator, 0) + value.numerator
    common = lcm(*over)
    return Fraction(sum(part * (common // under) for under, part in over.items()), common)


def round_half_up(value: Fraction, decimals: int) -> Fraction:
    """Round to ``decimals`` places, halves away from zero, as Vietnamese decisions do (reading A15)."""
    places = _places(value, decimals)
    return Fraction(places if value >= 0 else -places, 10**decimals)


def _places(value: Fraction, decimals: int) -> int:
    """Return how many of the last place the magnitude has, rounded half up: 8.125 has 813 hundredths."""
    places: int = (2 * abs(value.numerator) * 10**decimals + value.denominator) // (2 * value.denominator)
    return places


def decimal_text(value: Fraction, decimals: int = 6) -> str:
    """Write with at most ``decimals`` places, rounded half up, without trailing zeros: ``8.125``."""
    # Whole numbers all the way: results of thousands of units are written with this.
    places = _places(value, decimals)
    return places_text(-places if value.numerator < 0 else places, decimals)


def places_text(places: int, decimals: int) -> str:
    """Write a number given in whole units of its last place, without trailing zeros: 8125 thousandths as ``8.125``."""
    whole, rest = divmod(abs(places), 10**decimals)
    sign = "-" if places < 0 else ""
    return f"{sign}{whole}.{rest:0{decimals}d}".rstrip("0") if rest else f"{sign}{whole}"


def local_text(value: Fraction, lang: str, decimals: int = 6) -> str:
    """Write for people: ``1.234.567,5`` in Vietnamese, ``1,234,567.5`` in English."""
    places = _places(value, decimals)
    whole, rest = divmod(places, 10**decimals)
    sign = "-" if places and value.numerator < 0 else ""
    grouped, mark = (f"{whole:,}".replace(",", "."), ",") if lang == "vi" else (f"{whole:,}", ".")
    return f"{sign}{grouped}{mark}{rest:0{decimals}d}".rstrip("0") if rest else sign + grouped


def fixed_text(value: Fraction, lang: str, decimals: int) -> str:
    """Write for people with exactly so many places, rounded half up, so that columns compare: ``141,30``."""
    text = local_text(value, lang, decimals)
    if not decimals:
        return text
    mark = "," if lang == "vi" else "."
    whole, _, rest = text.partition(mark)
    return f"{whole}{mark}{rest:0<{decimals}}"


def percent_text(value: Fraction, lang: str, decimals: int = 4) -> str:
    """Write a share as a percentage for people: ``83,3333 %``."""
    return f"{local_text(value * 100, lang, decimals)} %"


def plain(value: Any) -> Any:
    """Turn the fractions inside a structure into ``p/q`` text, and days into ``2023-05-10``, for JSON."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Fraction):
        return write_rational(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
