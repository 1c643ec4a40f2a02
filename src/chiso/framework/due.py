"""The last day that a printed deadline leaves."""

from __future__ import annotations

import datetime as dt

from chiso.framework.model import Deadline


def last_day(deadline: Deadline, year: int) -> dt.date | None:
    """Return the last day of a deadline in a reporting year; None where the document leads to no day.

    What is done already, goes on all the time, is only counted, or follows an event, has no day of its own.
    """
    if deadline.kind == "date":
        return deadline.date
    if deadline.kind not in ("quarter", "year", "yearly"):
        return None
    ends_in = year if deadline.kind == "yearly" else deadline.year
    return None if ends_in is None else _quarter_end(ends_in, deadline.quarter or 4)


def _quarter_end(year: int, quarter: int) -> dt.date:
    after = dt.date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return after - dt.timedelta(days=1)
