"""How one written value is understood: numbers with point or comma, yes and no, options, nothing, not applicable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import Any

from chiso.framework.faults import near_misses
from chiso.framework.inputs import Asked
from chiso.quantity import MAX_DIGITS
from chiso.scoring.facts import EXACT_LIMIT
from chiso.scoring.states import State

_YES = {"có", "true", "yes", "đúng"}
_NO = {"không", "false", "no", "sai"}
_NONE_OF_THESE = {"none", "none of these", "không thuộc trường hợp nào"}
_NOT_APPLICABLE = {"n/a", "na", "không áp dụng", "không phát sinh"}

_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d*)?|[+-]?[.,]\d+", re.ASCII)
#: Thousands in groups of three, at least two groups or a decimal part after another sign: nothing else is clear.
_GROUPED = re.compile(
    r"[+-]?\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+|(?:,\d{3}){2,}(?:\.\d+)?|,\d{3}\.\d+"
    r"|(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?)",
    re.ASCII,
)


#: Types of which a row of digits is a number and nothing else, and the digits of numbers that every column holds.
_PLAIN_TYPES = frozenset({"count", "number", "amount", "days", "points"})
_SURELY_SMALL = 15


@dataclass(frozen=True, slots=True)
class Misread:
    """Why a value could not be understood."""

    code: str
    data: Mapping[str, Any] = field(default_factory=dict)
    near: tuple[str, ...] = ()


def read_value(value: Any, target: Asked) -> Fraction | State | Misread:
    """Return what a written value means for an input; a choice is the position of its option, yes 1 and no 0."""
    if target.type in _PLAIN_TYPES and _is_plain(value):
        # Most figures of most files: nothing else that a value may mean looks like it.
        return Fraction(int(value))
    text = _text(value)
    if not text:
        return State.MISSING
    if text.casefold() in _NOT_APPLICABLE:
        return State.NOT_APPLICABLE
    if target.lines and text.casefold() in _NONE_OF_THESE and not _is_option(text, target):
        return State.UNDECIDED
    if target.type == "choice":
        return _choice(text, target)
    if target.type == "yes_no":
        return _yes_no(text, target)
    return _number(text, target)


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= _SURELY_SMALL and value.isascii() and value.isdigit()


def parse_number(text: str) -> Fraction | None:
    """Return the number a person wrote, with decimal point or comma; None where it is not clear."""
    if len(text) > MAX_DIGITS:
        return None
    if text.isdigit() and text.isascii():
        return Fraction(int(text))
    if _PLAIN.fullmatch(text):
        return Fraction(text.replace(",", "."))
    if _GROUPED.fullmatch(text):
        # The last sign that stands only once is the decimal sign; all others part thousands.
        sign = max(".,", key=text.rfind)
        whole, _, rest = text.rpartition(sign) if text.count(sign) == 1 else (text, "", "")
        return Fraction(f"{re.sub(r'[^0-9+-]', '', whole)}.{rest or '0'}")
    return None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # Spreadsheets show 15 digits and keep a few more that nobody typed: 36.9 stands as 36.900000000000006.
        shown = repr(value) if value.is_integer() or not isfinite(value) else f"{value:.15g}"
        return format(Decimal(shown), "f") if isfinite(value) else shown
    return " ".join(unicodedata.normalize("NFC", str(value)).split())


def _is_option(text: str, target: Asked) -> bool:
    """Tell whether a text is the id or the words of an option."""
    wanted = text.casefold().rstrip(".;")
    return any(wanted in (option.id.casefold(), _folded(option.label)) for option in target.options)


def _choice(text: str, target: Asked) -> Fraction | Misread:
    wanted = text.casefold().rstrip(".;")
    for position, option in enumerate(target.options):
        if wanted in (option.id.casefold(), _folded(option.label)):
            return Fraction(position)
    answer = "yes" if wanted in _YES else "no" if wanted in _NO else ""
    for position, option in enumerate(target.options):
        if answer and option.id == answer:
            return Fraction(position)
    number = text[1:] if text.startswith("#") else text.removesuffix(".0")
    if number.isdecimal() and 1 <= int(number[:9]) <= len(target.options):
        return Fraction(int(number) - 1)
    ids = [option.id for option in target.options]
    labels = [option.label for option in target.options]
    known = "; ".join(f"{option.id} ({option.label})" for option in target.options)
    near = near_misses(text, [*ids, *labels])
    return Misread("D121", {"value": text[:80], "known": known}, near)


def answer_of(text: str) -> bool | None:
    """Return what a written yes or no means; None where it is neither."""
    wanted = text.casefold()
    return True if wanted in _YES else False if wanted in _NO else None


def _yes_no(text: str, target: Asked) -> Fraction | Misread:
    answer = answer_of(text)
    return Misread("D122", {"value": text[:80], "name": target.name}) if answer is None else Fraction(answer)


def _number(text: str, target: Asked) -> Fraction | Misread:
    percent = target.type == "share" and text.endswith("%")
    number = parse_number(text.removesuffix("%").strip() if percent else text)
    if (
        number is not None
        and number.denominator == 1
        and 0 <= number.numerator < EXACT_LIMIT
        and target.type != "share"
    ):
        return number
    data = {"value": text[:80], "name": target.name, "label": target.label}
    if number is None:
        return Misread("D123", data)
    if number < 0:
        return Misread("D124", data)
    if (
        number.numerator >= EXACT_LIMIT
        or number.denominator >= EXACT_LIMIT
        or number * number.denominator >= EXACT_LIMIT
    ):
        return Misread("D111", data)
    if target.type in ("count", "days") and number.denominator != 1:
        return Misread("D125", data)
    if target.type == "share":
        if number > 100:
            return Misread("D126", data)
        return number / 100
    return number


def _folded(label: str) -> str:
    return " ".join(unicodedata.normalize("NFC", label).split()).casefold().rstrip(".;")
