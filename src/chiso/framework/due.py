"""The last day that a printed deadline leaves."""

from __future__ import annotations

import calendar
import datetime as dt

from chiso.framework.model import Deadline, Framework

#: Deadlines that come back several times a year.
_COMING_BACK = ("half_yearly", "quarterly", "monthly")


def printed_last_day(framework: Framework, code: str, year: int, own: str = "") -> dt.date | None:
    """Return the last day of what is printed beside a criterion in a reporting year; None where that is no day.

    A criterion without a deadline has that of the nearest above it. ``own``: a deadline printed beside one of its
    figures, by which that figure goes alone.
    """
    text = own
    while not text and code in framework.criteria:
        text, code = framework.criteria[code].due or "", framework.parents[code]
    known = framework.deadlines.get(text)
    return None if known is None else last_day(known, year)


def last_day(deadline: Deadline, year: int) -> dt.date | None:
    """Return the last day of a deadline in a reporting year; None where the document leads to no day.

    What comes back within the year is due for the last time at its end. What is done already, goes on all the time, is
    only counted, or follows an event, has no day of its own.
    """
    if deadline.kind == "date":
        return deadline.date
    if deadline.kind in _COMING_BACK:
        return dt.date(year, 12, deadline.day or 31)
    if deadline.kind not in ("quarter", "year", "yearly"):
        return None
    if deadline.kind == "yearly" and deadline.month is not None:
        last = calendar.monthrange(year, deadline.month)[1]
        return dt.date(year, deadline.month, min(deadline.day or last, last))
    ends_in = year if deadline.kind == "yearly" else deadline.year
    return None if ends_in is None else _quarter_end(ends_in, deadline.quarter or 4)


def _quarter_end(year: int, quarter: int) -> dt.date:
    after = dt.date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return after - dt.timedelta(days=1)
