"""Charts as data: their numbers with labels. The page's script only draws; the table beside is the truth."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from chiso.web import formats
from chiso.web.results.queries import Mean, Standing

#: More bars than this are not read one by one.
MAX_BARS = 40


def bars(rows: Sequence[tuple[str, Fraction, bool]], most: Fraction, unit: str) -> dict[str, Any]:
    """Return horizontal bars from zero, each with its label: name, value, whether it is provisional."""
    return {
        "kind": "bars",
        "most": float(most),
        "unit": unit,
        "rows": [
            {"name": name, "value": float(value), "label": formats.number(value), "open": provisional}
            for name, value, provisional in rows[:MAX_BARS]
        ],
    }


def totals(standings: Sequence[Standing], unit: str) -> dict[str, Any] | None:
    """Return the totals of a ranking as bars; None where nobody has points."""
    rows = [(one.name, Fraction(one.total), one.is_provisional) for one in standings if one.total is not None]
    most = next((Fraction(one.most) for one in standings if one.most), None)
    return bars(rows, most, unit) if rows and most else None


def shares(means: Sequence[Mean]) -> dict[str, Any] | None:
    """Return the means of dimensions as bars in per cent of the maximum; None where nothing has points."""
    rows = [
        (f"{one.code}. {one.title}", formats.rounded(one.percent, 1), False) for one in means if one.percent is not None
    ]
    return bars(rows, Fraction(100), "%") if rows else None
