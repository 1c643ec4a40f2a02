"""Reads a scoring rule as printed: lines with their bounds and consequences, letters with their meaning, formulas.

What it cannot read it leaves alone, so that findings rest only on what is surely there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from chiso.quantity import parse_rational

_SECTION = re.compile(r"\d+\.\s+\S")
_BRACKETED = re.compile(r"\(([^()]*điểm[^()]*)\)$")
_FRACTION = r"\d+/\d+|\d+(?:[.,]\d+)?%"
_MAXIMUM = r"điểm(?:tốiđa|phầnnày)?"

_FULL = re.compile(r"(?:điểm=)?điểmtốiđa")
_ZERO = re.compile(r"0%?điểm")
_SHARE = re.compile(rf"(?:điểm=)?({_FRACTION})\*?{_MAXIMUM}")
_POINTS = re.compile(r"(\d+(?:[.,]\d+)?)điểm")
_SLOPE_FIRST = re.compile(rf"(?:điểm=)?tỷlệ(?:/({_FRACTION}))?\*(?:({_FRACTION})\*)?điểmtốiđa(?:/({_FRACTION}))?")
_SLOPE_LAST = re.compile(rf"(?:điểm=)?(?:({_FRACTION})\*)?điểmtốiđa\*tỷlệ(?:/({_FRACTION}))?")
_COUNTED = re.compile(r"(?:điểm=)?\D+/\D*\d*\*điểmtốiđa")

_NUMBER = r"(\d+(?:[.,]\d+)?)\s*(%|tỷ|ngày)?(?!\s*(?:lần|tuần|tháng|quý|năm|/|\d))"
_RANGE = re.compile(rf"từ\s*{_NUMBER}\s*đến\s*(dưới\s*)?{_NUMBER}")
_BOUNDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("at_most", re.compile(rf"(?:<=|≤|không quá|không vượt quá|tối đa là)\s*{_NUMBER}")),
    ("at_least", re.compile(rf"(?:>=|≥|ít nhất|tối thiểu|đạt từ)\s*{_NUMBER}")),
    ("at_least", re.compile(rf"từ\s*{_NUMBER}\s*trở lên")),
    ("below", re.compile(rf"(?:<|dưới|nhỏ hơn)\s*{_NUMBER}")),
    ("above", re.compile(rf"(?:>|trên|quá|lớn hơn)\s*{_NUMBER}")),
    ("at_least", re.compile(rf"^từ\s*{_NUMBER}$")),
    ("equal", re.compile(rf"(?:^|=\s*){_NUMBER}")),
)
_TIMES = re.compile(r"\d\s*(?:lần|tuần|tháng)")

_LETTER = re.compile(r"^([a-z])\s*[=.:]\s*(.+)$")
_LETTER_LAST = re.compile(r"^(.+?)\s*\(([a-z])\)$")
_SUM = r"\(?\s*[a-z](?:\s*\+\s*[a-z])*\s*\)?"
_QUOTIENT = re.compile(rf"tỷ lệ\s*[=:]\s*({_SUM})\s*/\s*({_SUM})(?!\w)")


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a printed line gives: a share of the maximum, a slope (``share * ratio / full_at``), or points."""

    kind: Literal["share", "slope", "points"]
    share: Fraction
    full_at: Fraction = Fraction(1)

    def at(self, value: Fraction) -> Fraction | None:
        """Return the share of the maximum at a value of the ratio; unknown for points."""
        if self.kind == "slope":
            return self.share * value / self.full_at
        return self.share if self.kind == "share" else None


@dataclass(frozen=True, slots=True)
class Interval:
    """The values for which a line holds; an end of ``None`` is open to that side."""

    low: Fraction | None = None
    low_closed: bool = True
    high: Fraction | None = None
    high_closed: bool = True
    unit: str = ""

    def holds(self, value: Fraction) -> bool:
        """Return whether the line holds at a value."""
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line that gives points."""

    text: str
    label: str
    consequence: Consequence
    interval: Interval | None
    section: int


@dataclass(frozen=True, slots=True)
class Quotient:
    """A printed formula ``(c+d)/(a+b)``: the letters above and below the stroke."""

    over: tuple[str, ...]
    under: tuple[str, ...]

    def __str__(self) -> str:
        return f"{_side(self.over)}/{_side(self.under)}"


@dataclass(frozen=True, slots=True)
class PrintedRule:
    """A scoring rule as printed. ``unread`` are lines that speak of points but could not be read."""

    lines: tuple[Line, ...]
    unread: tuple[str, ...]
    letters: Mapping[str, str]
    quotients: tuple[Quotient, ...]


@lru_cache(maxsize=2048)
def read(printed: str | None) -> PrintedRule:
    """Read a printed rule; without one, everything is empty. Each family of findings asks for it anew."""
    lines: list[Line] = []
    unread: list[str] = []
    section = 0
    rows = [unicodedata.normalize("NFC", row) for row in (printed or "").splitlines() if row.strip()]
    for row in rows:
        if _SECTION.match(row):
            section += 1
            continue
        text = plain(row)
        line = _line(text, section)
        if line is not None:
            lines.append(line)
        elif text.endswith("điểm") or "điểm tối đa" in text:
            unread.append(text)
    quotients = tuple(
        Quotient(_letters(match[1]), _letters(match[2])) for row in rows for match in _QUOTIENT.finditer(row.lower())
    )
    return PrintedRule(tuple(lines), tuple(unread), _meanings(rows), quotients)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Return a printed line in lower case, without list marks and closing punctuation."""
    text = unicodedata.normalize("NFC", text).lower().replace("½", "1/2").replace("¼", "1/4")
    return " ".join(text.split()).lstrip(" -–+*•").rstrip(" .;:,")


@lru_cache(maxsize=2048)
def consequence_of(text: str) -> Consequence | None:
    """Read the words that say what a line gives, such as ``1/2*Điểm tối đa``."""
    bare = "".join(text.split()).rstrip(".")
    if _ZERO.fullmatch(bare):
        return Consequence("share", Fraction(0))
    if _FULL.fullmatch(bare):
        return Consequence("share", Fraction(1))
    if match := _SHARE.fullmatch(bare):
        return Consequence("share", _number(match[1]))
    if match := _POINTS.fullmatch(bare):
        return Consequence("points", _number(match[1]))
    if match := _SLOPE_FIRST.fullmatch(bare):
        return Consequence("slope", _number(match[2]), _number(match[1]) * _number(match[3]))
    if match := _SLOPE_LAST.fullmatch(bare):
        return Consequence("slope", _number(match[1]), _number(match[2]))
    if _COUNTED.fullmatch(bare):
        return Consequence("slope", Fraction(1))
    return None


@lru_cache(maxsize=2048)
def interval_of(label: str) -> Interval | None:
    """Read the bounds in a label such as ``Từ 10 đến 19`` or ``Tỷ lệ < 80%``; times per week are left alone."""
    text = re.sub(r"\([^()]*\)", "", label.lower())
    if _TIMES.search(text):
        return None
    if match := _RANGE.search(text):
        unit = match[2] or match[5] or ""
        low, high = _value(match[1], unit), _value(match[4], unit)
        return Interval(low=low, high=high, high_closed=not match[3], unit=unit)
    for name, pattern in _BOUNDS:
        if match := pattern.search(text):
            unit = match[2] or ""
            value = _value(match[1], unit)
            if name == "equal":
                return Interval(low=value, high=value, unit=unit) if unit == "%" else None
            closed = name in ("at_least", "at_most")
            if name in ("at_least", "above"):
                return Interval(low=value, low_closed=closed, unit=unit)
            return Interval(high=value, high_closed=closed, unit=unit)
    return None


def _line(text: str, section: int) -> Line | None:
    if bracketed := _BRACKETED.search(text):
        label, given = text[: bracketed.start()].strip(), bracketed[1]
    else:
        label, _, given = text.rpartition(":")
    consequence = consequence_of(given)
    if consequence is None:
        return None
    return Line(text, label.strip(), consequence, interval_of(label), section)


def _meanings(rows: list[str]) -> dict[str, str]:
    """Return what each letter stands for, continued lines included."""
    found: dict[str, str] = {}
    current = ""
    for row in rows:
        text = plain(row)
        if match := _LETTER.match(text):
            current = match[1]
            found[current] = match[2]
        elif (match := _LETTER_LAST.match(text)) and not consequence_of(text):
            found[match[2]], current = match[1], ""
        elif current and row.lstrip().startswith("+") and _line(text, 0) is None:
            found[current] += "; " + text
        else:
            current = ""
    return found


def _number(text: str | None) -> Fraction:
    return parse_rational(text.replace(",", ".")) if text else Fraction(1)


def _value(text: str, unit: str) -> Fraction:
    return _number(text) / (100 if unit == "%" else 1)


def _letters(text: str) -> tuple[str, ...]:
    return tuple(sorted(re.findall(r"[a-z]", text)))


def _side(letters: tuple[str, ...]) -> str:
    return letters[0] if len(letters) == 1 else f"({'+'.join(letters)})"
