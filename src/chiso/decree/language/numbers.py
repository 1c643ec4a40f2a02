"""Numbers as a decision prints them: points with a decimal comma or point, in brackets, with or without the word."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from chiso.decree.language.letters import folded, one_line
from chiso.quantity import decimal_text

_POINTS = re.compile(
    r"\(?\s*(?:toi da\s*|\+\s*)?(\d{1,4}(?:[.,]\d{1,4})?)\s*(?:d|diem)?\s*(?:\(?toi da\)?|\*{1,3}|\(\d\))?\s*\)?"
)
#: Where a narrow column breaks a number: "63,3" and "3" below it.
_BROKEN = re.compile(r"(?<=\d[.,]) (?=\d)|(?<=[.,]\d) (?=\d$)")
#: Points that are given by measure: "0 - 10", "từ 0 đến 5 điểm", "0 hoặc 10", "0/3/5".
_RANGE = re.compile(
    r"\(?(?:tu )?(?P<first>\d{1,3}(?:[.,]\d{1,2})?)(?: ?(?:d|diem))?"
    r"(?P<others>(?:\s*(?:[-/]|den|hoac)\s*\d{1,3}(?:[.,]\d{1,2})?(?: ?(?:d|diem))?){1,5})\)?"
)
_TAIL = re.compile(
    r"[\s,;:.–-]*[(\[]?\s*(?:tối đa(?: là)?|điểm tối đa\s*:?|điểm\s*:)?\s*(\d{1,4}(?:[.,]\d{1,4})?)\s*"
    r"(?:đ|[đd]i[êể]m|điểm tối đa)\s*[)\]]?[\s.;:]*$",
    re.IGNORECASE,
)
#: What ends words behind which a number of points is a bound and no maximum.
_BOUND = re.compile(r"(?:(?:dưới|trên|từ|đến|đạt|quá|trừ|thiếu|hơn)(?: \d+)?|[<>≥≤])$", re.IGNORECASE)
#: What words about points say and others do not: what something gives, takes, or how it is worked out.
_SAID = re.compile(
    r"\d\s*(?:diem|d)(?![a-z])|diem (?:toi da|chuan)|(?:tinh|khong|tru|cong) (?:\d+ )?diem|diem(?: so| danh gia)?\s*="
    r"|dat/khong|(?:tinh|cham)(?: diem)? theo (?:ty le|cong thuc)|thi diem"
)
_MIDDLE = re.compile(
    r"(?P<name>[^()]*\S)\s*\(\s*(?:tối đa\s*)?(?P<points>\d{1,4}(?:[.,]\d{1,4})?)\s*(?:đ|điểm)\s*\)\s*[:;.,–-]\s*"
    r"(?P<rest>\S.*)",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.000)+")


def points(text: str) -> Fraction | None:
    """Read a cell that holds points: ``10``, ``(10)``, ``63,33``, ``10 điểm``; nothing where it holds more."""
    text = _BROKEN.sub("", folded(one_line(text)))
    if _THOUSANDS.fullmatch(text):
        return Fraction(text.replace(".", ""))
    match = _POINTS.fullmatch(text)
    return number(match[1]) if match else None


def most_points(text: str) -> Fraction | None:
    """Read the most points that a cell of maxima gives: one number, or the last of a range that begins with none."""
    value = points(text)
    if value is not None:
        return value
    match = _RANGE.fullmatch(folded(one_line(text).replace("–", "-").replace("÷", "-")))
    if match is None:
        return None
    steps = [number(one) for one in (match["first"], *re.findall(r"\d+(?:[.,]\d+)?", match["others"]))]
    return steps[-1] if steps[0] == 0 and steps == sorted(set(steps)) else None


def says_points(text: str) -> bool:
    """Tell whether words say how points are given or taken."""
    return bool(_SAID.search(folded(text)))


@lru_cache(maxsize=1024)
def number(text: str) -> Fraction:
    """Read a number with a decimal comma or point."""
    return Fraction(text.replace(",", "."))


def tail_points(text: str) -> tuple[str, Fraction] | None:
    """Split a name from the points printed behind it: ``Nhận thức số (10đ)`` -> the name and 10."""
    match = _TAIL.search(text)
    if match is None or not text[: match.start()].strip():
        return None
    if text[: match.start()].count("(") > text[: match.start()].count(")"):
        return None  # "(mỗi lần 5 điểm, tối đa 15 điểm)" is a rule
    if _BOUND.search(text[: match.start()]):
        return None  # "Khá: dưới 80 điểm" is a class
    return text[: match.start()].strip(), number(match[1])


def middle_points(text: str) -> tuple[str, Fraction, str] | None:
    """Split a name, the points in brackets behind it, and what follows them: ``Tên (20 điểm); mỗi lỗi trừ 5 điểm``."""
    match = _MIDDLE.match(text)
    return (match["name"].strip(), number(match["points"]), match["rest"].strip()) if match else None


class Exact(str):
    """A number with decimals, kept as its text; a framework file shows it without quotes."""

    __slots__ = ()


def written(value: Fraction) -> int | str:
    """Write a number for a framework file: whole numbers as such, others as the shortest exact text."""
    if value.denominator == 1:
        return value.numerator
    text = decimal_text(value)
    return Exact(text) if Fraction(text) == value else str(value)
