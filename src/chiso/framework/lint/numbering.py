"""Numbers as printed: gaps, order, and rows that stand below another number than their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chiso.framework.lint.finding import Finding, finding
from chiso.framework.model import Criterion, Framework

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN_NUMBER = re.compile(r"(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield gaps and disorder in the numbers of dimensions, criteria and general information."""
    yield from _sequence("", [dimension.code for dimension in framework.dimensions])
    for dimension in framework.dimensions:
        yield from _below(dimension.code, dimension.criteria)
    numbers = [row.no for row in framework.general_information if row.no]
    for before, after, missing in _gaps(numbers):
        if not before:  # a sheet may begin where another left off
            continue
        yield finding("L203", f"general_information {after}", before=before, after=after, missing=missing)


def _below(parent: str, children: Sequence[Criterion]) -> Iterator[Finding]:
    yield from _sequence(parent, [child.code for child in children])
    for child in children:
        yield from _below(child.code, child.criteria)


def _sequence(parent: str, codes: Sequence[str]) -> Iterator[Finding]:
    prefix = f"{parent}." if parent else ""
    own = [code.removeprefix(prefix) for code in codes if code.startswith(prefix) and "." not in code[len(prefix) :]]
    if len(own) < len(codes):
        for code in codes:
            if code.removeprefix(prefix) not in own:
                yield finding("L202", code, before=parent or "-", after=code)
        return
    for before, after, missing in _gaps(own):
        yield finding(
            "L201" if missing else "L202",
            f"{prefix}{after}",
            before=f"{prefix}{before}" if before else parent or "-",
            after=f"{prefix}{after}",
            **({"missing": _written(prefix, missing)} if missing else {}),
        )


def _gaps(texts: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (number before, number after, numbers missing between); nothing missing means they are out of order."""
    numbers = _numbers(texts)
    if numbers is None:
        return
    before, before_text = 0, ""
    for number, text in zip(numbers, texts, strict=True):
        if number > before + 1:
            missing = range(before + 1, number)
            yield before_text, text, ", ".join(_like(text, one) for one in missing)
        elif number <= before:
            yield before_text, text, ""
        before, before_text = number, text


def _numbers(texts: Sequence[str]) -> list[int] | None:
    """Return the numbers written as 1, 2, ..., as I, II, ... or as a, b, ...; ``None`` for any other kind."""
    for read in (_decimal, _roman, _letter):
        numbers = [read(text) for text in texts]
        if all(number is not None for number in numbers):
            return [number for number in numbers if number is not None]
    return None


def _decimal(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else None


def _roman(text: str) -> int | None:
    if not _ROMAN_NUMBER.fullmatch(text):
        return None
    values = [_ROMAN[letter] for letter in text]
    return sum(
        -value if any(later > value for later in values[place + 1 :]) else value for place, value in enumerate(values)
    )


def _letter(text: str) -> int | None:
    return ord(text.lower()) - ord("a") + 1 if len(text) == 1 and text.isascii() and text.isalpha() else None


def _like(sample: str, number: int) -> str:
    """Write a number the way the sample is written."""
    if _decimal(sample) is not None:
        return str(number)
    if _roman(sample) is None:
        return chr(ord("A" if sample.isupper() else "a") + number - 1)
    tens = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"][number // 10]
    return tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][number % 10]


def _written(prefix: str, missing: str) -> str:
    return ", ".join(f"{prefix}{number}" for number in missing.split(", "))
