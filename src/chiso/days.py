"""Days as people write them: the day first, with whatever stands between the numbers, or as ISO writes them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

#: The longest text that may be a day, with its time; hostile input may try more.
LONGEST = 60

_YEAR, _MONTH, _DAY = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_MARK = r"\s*[-/.]\s*"
_WAYS = tuple(
    re.compile(way, re.ASCII | re.IGNORECASE)
    for way in (
        rf"(?:ngày\s+)?{_DAY}{_MARK}{_MONTH}{_MARK}{_YEAR}",
        rf"(?:ngày\s+)?{_DAY}\s+tháng\s+{_MONTH}\s+năm\s+{_YEAR}",
        rf"{_YEAR}{_MARK}{_MONTH}{_MARK}{_DAY}",
        # Telephones show nothing but digits where a number is entered.
        r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})",
    )
)


def day_of(text: str) -> dt.date | None:
    """Return the day that a text names, such as ``05/10/2024``; None where it names none, or one that never was.

    The day stands before the month: ``5-10-2024``, ``5.10.2024``, ``ngày 5 tháng 10 năm 2024`` and ``05102024`` are the
    fifth of October. ``2024-10-05`` is as well.
    """
    if len(text) > LONGEST:
        return None
    # Words may come with their signs apart; spaces of any kind count as spaces.
    plain = " ".join(unicodedata.normalize("NFC", text).split())
    found = next(filter(None, (way.fullmatch(plain) for way in _WAYS)), None)
    if found is None:
        return None
    try:
        return dt.date(*(int(found[part]) for part in ("year", "month", "day")))
    except ValueError:
        return None
