"""Deadlines as printed, and what they mean."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import lru_cache
from typing import Any

from chiso.decree.language.codes import roman_number
from chiso.decree.language.letters import folded, one_line
from chiso.decree.language.vocabulary import words

_SLOTS = {
    "{q}": r"(?P<q>iv|iii|ii|i|[1-4])",
    "{y}": r"(?P<y>20\d\d)",
    "{n}": r"(?P<n>\d{1,3})",
    "{m}": r"(?P<m>\d{1,2})",
    "{d}": r"(?P<d>\d{1,2}(?:/| thang )\d{1,2})",
    "{date}": (
        r"(?P<date>\d{1,2}(?:/| thang )\d{1,2}(?:/| nam )20\d\d|(?:thang )?\d{1,2}/20\d\d|thang \d{1,2} nam 20\d\d)"
    ),
    "{k}": r"(?P<k>\d{1,2})",
    "{often}": r"(?:(?:dinh ky|bao cao|thuc hien|cap nhat|tong hop|gui|danh gia|theo doi|thong ke) )*",
    "{rest}": r".*",
}


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    found = []
    for entry in words("deadlines")["patterns"]:
        pattern = entry["pattern"]
        for slot, meaning in _SLOTS.items():
            pattern = pattern.replace(slot, meaning)
        found.append((entry["kind"], re.compile(pattern)))
    return found


#: A date and nothing else, broken anywhere by a narrow column.
_BROKEN_DATE = re.compile(r"(?=(?:\s*\d){1,2}\s*/(?:\s*\d){1,2}\s*/(?:\s*\d){4}\s*$)[\d/ ]+")


def unbroken(text: str) -> str:
    """Return a deadline on one line, with a date that a narrow column broke put together: ``30/11/20 24``."""
    joined = one_line(text)
    joined = re.sub(r"(?<=\d)\s*/\s*(?=\d)", "/", joined) if "/" in joined else joined
    if _BROKEN_DATE.fullmatch(joined):
        return joined.replace(" ", "")
    return re.sub(r"(/\d{1,2}/)(\d{1,3}) (\d{1,3})\b", _year, joined).strip(" .;")


def _year(match: re.Match[str]) -> str:
    year = match[2] + match[3]
    return f"{match[1]}{year}" if len(year) == 4 else match[0]


@lru_cache(maxsize=4096)
def _matched(text: str) -> tuple[str, dict[str, str | None]] | None:
    plain = folded(one_line(text)).strip(" .;,-")
    for kind, pattern in _patterns():
        match = pattern.fullmatch(plain)
        if match is not None:
            return kind, match.groupdict()
    return None


def looks_like_deadline(text: str) -> bool:
    """Tell whether words are a deadline that is known."""
    return _matched(text) is not None


def deadline_of(text: str) -> dict[str, Any] | None:
    """Return what a printed deadline means in the form of a framework file, or nothing where it is not understood."""
    found = _matched(text)
    if found is None:
        return None
    kind, slots = found
    meaning: dict[str, Any] = {"kind": kind}
    if quarter := slots.get("q"):
        meaning["quarter"] = int(quarter) if quarter.isdigit() else roman_number(quarter.upper())
    if (year := slots.get("y")) and kind in ("quarter", "year"):
        meaning["year"] = int(year)
    if kind == "yearly":
        meaning |= _day_of_year(slots)
    if kind in ("quarterly", "monthly") and (day := slots.get("k")):
        meaning["day"] = int(day)
    if kind == "relative" and (months := slots.get("n")):
        meaning["months"] = int(months)
        meaning["event"] = _event(text)
    if not 1 <= meaning.get("month", 1) <= 12 or not 1 <= meaning.get("day", 1) <= 31:
        return None
    if kind == "date":
        date = _date(slots.get("date") or "")
        return {"kind": "date", "date": date} if date is not None else None
    return meaning


def _day_of_year(slots: dict[str, str | None]) -> dict[str, int]:
    """Return month and day of what is due every year, where they are printed."""
    if month := slots.get("m"):
        return {"month": int(month)}
    numbers = [int(number) for number in re.findall(r"\d+", slots.get("d") or "")]
    return {"month": numbers[1], "day": numbers[0]} if numbers else {}


def _event(text: str) -> str:
    """Return the words after "kể từ": what a relative deadline counts from."""
    plain = one_line(text)
    match = re.search(r"(?:kể\s+từ|từ|sau)\s+(.+)$", plain)
    return (match[1] if match else plain).strip(" .;")


def _date(text: str) -> dt.date | None:
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    try:
        if len(numbers) == 3:
            return dt.date(numbers[2], numbers[1], numbers[0])
        month, year = numbers
        return dt.date(year, month, calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
