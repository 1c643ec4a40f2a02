"""How pages write numbers, dates and times: the Vietnamese way, or the English one."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import get_language

from chiso.quantity import fixed_text, local_text, round_half_up


def language() -> str:
    """Return the language of the page, ``vi`` or ``en``."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def number(value: Fraction | int | str | None) -> str:
    """Write an exact number, as 1.234.567,5 in Vietnamese; nothing where there is none."""
    if value is None or value == "":
        return ""
    return local_text(Fraction(value), language())


def date(value: dt.date | dt.datetime | None) -> str:
    """Write a date as 15/11/2026, in the time of the installation."""
    if value is None:
        return ""
    day = _here(value) if isinstance(value, dt.datetime) else value
    return day.strftime("%d/%m/%Y")


def stated_day(text: str) -> str:
    """Return the day or period of a figure as people write it: a day of a file in its form, other words as they are."""
    try:
        return date(dt.date.fromisoformat(text))
    except ValueError:
        return text


def time(value: dt.datetime | None) -> str:
    """Write a time as 15/11/2026 17:00, in the time of the installation."""
    return "" if value is None else _here(value).strftime("%d/%m/%Y %H:%M")


def clock(value: dt.datetime) -> str:
    """Write the time of day as 17:00:05, in the time of the installation."""
    return _here(value).strftime("%H:%M:%S")


def _here(value: dt.datetime) -> dt.datetime:
    """Return a moment in the time of the installation; no request has a time zone of its own to be looked up."""
    return value.astimezone(timezone.get_default_timezone())


def filesize(value: int) -> str:
    """Write a size in bytes as KB or MB, with one decimal."""
    unit, size = ("MB", 1024 * 1024) if value >= 1024 * 1024 else ("KB", 1024)
    return f"{local_text(Fraction(value, size), language(), 1)} {unit}"


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Round half up for display; what is shown never decides anything."""
    return round_half_up(value, decimals)


def percent(value: Fraction | str | None) -> str:
    """Write a share (0..1) in per cent with at most one decimal, as 81,3 %; nothing where there is none."""
    return "" if value is None else f"{local_text(rounded(Fraction(value) * 100, 1), language(), 1)} %"


def aligned(value: Fraction | str | None) -> str:
    """Write points with exactly two decimals, so that those of a column compare; nothing where there are none."""
    return "" if value is None else fixed_text(Fraction(value), language(), 2)


def points(value: Fraction | str | None) -> str:
    """Write points with at most two decimals; nothing where there are none."""
    return "" if value is None else local_text(rounded(Fraction(value), 2), language(), 2)
