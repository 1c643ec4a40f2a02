"""The last day that a printed deadline leaves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from chiso.framework.due import last_day
from chiso.framework.model import Deadline


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ({"kind": "date", "date": "2023-11-17"}, dt.date(2023, 11, 17)),
        ({"kind": "quarter", "quarter": 1, "year": 2024}, dt.date(2024, 3, 31)),
        ({"kind": "quarter", "quarter": 2, "year": 2024}, dt.date(2024, 6, 30)),
        ({"kind": "quarter", "quarter": 4, "year": 2025}, dt.date(2025, 12, 31)),
        ({"kind": "year", "year": 2025}, dt.date(2025, 12, 31)),
        ({"kind": "yearly", "quarter": 3}, dt.date(2026, 9, 30)),
        ({"kind": "yearly"}, dt.date(2026, 12, 31)),
        ({"kind": "yearly", "month": 10, "day": 15}, dt.date(2026, 10, 15)),
        ({"kind": "yearly", "month": 11}, dt.date(2026, 11, 30)),
        ({"kind": "yearly", "month": 2, "day": 30}, dt.date(2026, 2, 28)),
        ({"kind": "half_yearly"}, dt.date(2026, 12, 31)),
        ({"kind": "quarterly"}, dt.date(2026, 12, 31)),
        ({"kind": "quarterly", "day": 15}, dt.date(2026, 12, 15)),
        ({"kind": "monthly", "day": 25}, dt.date(2026, 12, 25)),
        ({"kind": "done"}, None),
        ({"kind": "continuous"}, None),
        ({"kind": "statistics"}, None),
        ({"kind": "relative", "months": 2, "event": "hoàn thành"}, None),
    ],
)
def test_a_deadline_has_a_last_day_or_none(told: dict[str, Any], day: dt.date | None) -> None:
    assert last_day(Deadline.model_validate(told), 2026) == day
