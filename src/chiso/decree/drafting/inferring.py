"""Maxima that are left blank: filled in where sums leave only one possibility (reading A20), and marked as inferred."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from chiso.decree.language.numbers import written
from chiso.quantity import local_text

#: Enough rounds for any depth of a table.
_ROUNDS = 12


def most(row: dict[str, Any]) -> Fraction | None:
    """Return the maximum of a row, when it has one."""
    printed = row.get("max_points")
    return None if printed is None else _exact(str(printed))


@lru_cache(maxsize=1024)
def _exact(text: str) -> Fraction:
    return Fraction(text)


def averaged(row: dict[str, Any]) -> bool:
    """Tell whether the points of a row are the mean of those below it, and not their sum."""
    aggregation: dict[str, Any] = row.get("aggregation", {})
    return aggregation.get("kind") == "weighted_mean"


def inferred(framework: dict[str, Any]) -> list[dict[str, Any]]:
    """Fill in what the sums force, and return the rows that were filled in."""
    found: list[dict[str, Any]] = []
    for _ in range(_ROUNDS):
        changed = _round(framework, found)
        if not changed:
            break
    return found


def _round(framework: dict[str, Any], found: list[dict[str, Any]]) -> bool:
    top = {"code": "", "max_points": framework.get("max_points"), "criteria": framework["dimensions"]}
    if "total" in framework:
        top["aggregation"] = framework["total"]
    changed = _below(top, found)
    for dimension in framework["dimensions"]:
        changed = _walk(dimension, found) or changed
    return changed


def _walk(row: dict[str, Any], found: list[dict[str, Any]]) -> bool:
    changed = _below(row, found)
    added_up = row.get("criteria") and not averaged(row) and not _followed(row)
    if most(row) is None and added_up and all(most(child) is not None for child in row["criteria"]):
        values = [value for child in row["criteria"] if (value := most(child)) is not None]
        _fill(
            row, sum(values, Fraction(0)), f"{_sum(values)} = {_text(sum(values, Fraction(0)))} ({_rows(row)})", found
        )
        changed = True
    for child in row.get("criteria", ()):
        changed = _walk(child, found) or changed
    return changed


def _below(row: dict[str, Any], found: list[dict[str, Any]]) -> bool:
    """Fill in the one maximum that is missing below a row whose own is known."""
    whole = most(row)
    children = [one for one in row.get("criteria", []) if not _followed(one)]
    missing = [child for child in children if most(child) is None]
    if whole is None or len(missing) != 1 or len(children) < 2 or averaged(row):
        return False
    values = [value for child in children if (value := most(child)) is not None]
    rest = whole - sum(values, Fraction(0))
    if rest <= 0:
        return False
    _fill(missing[0], rest, f"{_text(whole)} − ({_sum(values)}) = {_text(rest)}", found)
    return True


def _followed(row: dict[str, Any]) -> bool:
    """Tell whether a row is followed without points, so that no sum asks for any."""
    return bool(row.get("unscored")) or row.get("rule") == {"kind": "unscored"}


def _fill(row: dict[str, Any], value: Fraction, why: str, found: list[dict[str, Any]]) -> None:
    row["max_points"] = written(value)
    row["printed_max"] = "blank"
    row["inferred"] = why
    found.append(row)


def _rows(row: dict[str, Any]) -> str:
    return f"dòng {row['criteria'][0]['code']}–{row['criteria'][-1]['code']}"


def _sum(values: list[Fraction]) -> str:
    return " + ".join(map(_text, values))


def _text(value: Fraction) -> str:
    return local_text(value, "vi")
