"""Rows that take points from the total: no framework file says that, so they are followed without points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from chiso.decree.document.shape import Place
from chiso.decree.drafting.inferring import most
from chiso.decree.fields import Field, Recorder
from chiso.decree.language.letters import folded
from chiso.decree.wording import Doubt

Row = dict[str, Any]

_TITLE = re.compile(
    r"(?:(?:phan|muc|nhom|cac|noi dung|tieu chi|chi tieu|nhung|truong hop|quy dinh)\s+)*(?:ve\s+)?"
    r"(?:bi tru diem|tru diem|diem tru|diem phat|giam tru diem)(?![a-z])"
)
_NEGATIVE = re.compile(r"\(?\s*[-–−]\s*\d")


def follow_deductions(dimensions: list[Row], whole: Fraction | None, record: Recorder) -> None:
    """Take rows out of the total that take from it by name or sign, unless the printed sum counts them in.

    Where it does, their points are those that are left when nothing is taken.
    """
    for row in _deducting(dimensions, whole):
        row["unscored"] = True
        _without_points(row, record)
        for one in _rows(row.get("criteria", [])):
            _follow(one, record)
    for parent in _rows(dimensions):
        for row in _deducting(parent.get("criteria", []), most(parent)):
            _follow(row, record)


def is_negative(text: str) -> bool:
    """Tell whether a cell of points holds what is taken away: ``-5``."""
    return bool(_NEGATIVE.match(text))


def _deducting(rows: list[Row], whole: Fraction | None) -> list[Row]:
    named = [row for row in rows if _TITLE.match(folded(str(row["title"]))) or is_negative(row.get("printed_max", ""))]
    known = [value for row in rows if (value := most(row)) is not None]
    counted_in = whole is not None and sum(known, Fraction(0)) == whole and all(most(row) is not None for row in named)
    return [] if counted_in else named


def _follow(row: Row, record: Recorder) -> None:
    if row.get("criteria") or row["rule"]["kind"] == "unscored":
        return
    _without_points(row, record)
    rule, row["rule"] = row["rule"], {"kind": "unscored"}
    row.pop("inputs", None)
    other = ({"rule": rule},) if rule["kind"] != "manual" else ()
    before = [one for one in record.fields if (one.row, one.name) == (row["code"], "rule")]
    record.fields[:] = [one for one in record.fields if one not in before]
    printed, place = (before[0].printed, before[0].place) if before else ("", Place())
    left = (printed,) if printed else ()
    record.add(
        Field(row["code"], "rule", row["rule"], printed, place, "deducted", "low", other, left, (Doubt("deducted"),))
    )


def _without_points(row: Row, record: Recorder) -> None:
    value = row.pop("max_points", None)
    if value is not None:
        row["printed_max"] = str(value)
        record.fields[:] = [one for one in record.fields if (one.row, one.name) != (row["code"], "max_points")]


def _rows(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        yield row
        yield from _rows(row.get("criteria", []))
