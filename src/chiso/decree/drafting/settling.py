"""A draft that loads: what the loader refuses is taken back to what is certain, each change with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from chiso.decree.document.shape import Place
from chiso.decree.drafting.inferring import averaged, most
from chiso.decree.drafting.yaml_text import yaml_text
from chiso.decree.fields import Field, Recorder
from chiso.decree.language.numbers import written
from chiso.framework.faults import Fault, FrameworkError
from chiso.framework.loader import load_data
from chiso.framework.model import Framework

#: Rounds of taking back; each makes at least one row simpler.
_ROUNDS = 40

_PATH = re.compile(r"([a-z_]+)|\[(\d+)\]")


@dataclass
class Settled:
    """The data that loads, its text, the framework it makes; what was changed for it, as codes of rows and faults."""

    data: dict[str, Any]
    text: str
    framework: Framework
    changes: list[str] = field(default_factory=list)


def settled(data: dict[str, Any], record: Recorder, heading: str) -> Settled:
    """Return the draft in a form that the loader accepts; ``heading`` is the comment at the head of its file."""
    changes: list[str] = []
    _unique_codes(data, record, changes)
    _without_points(data, record, changes)
    _enough_points(data, record, changes)
    for _ in range(_ROUNDS):
        try:
            text = yaml_text(data, heading)
            return Settled(data, text, load_data(data, text, "draft.yaml"), changes)
        except FrameworkError as error:
            if not _taken_back(data, error.faults, record, changes):
                raise
    raise AssertionError("each round takes something back")


def _rows(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    pending = list(reversed(data["dimensions"]))
    while pending:
        row = pending.pop()
        yield row
        pending.extend(reversed(row.get("criteria", ())))


def _unique_codes(data: dict[str, Any], record: Recorder, changes: list[str]) -> None:
    """Give rows with the same printed number codes of their own: the number missing after it, or a letter."""
    seen: set[str] = set()
    known = {row["code"] for row in _rows(data)}
    for row in _rows(data):
        code = row["code"]
        if code in seen:
            row["code"] = _free(code, known)
            row.setdefault("corrections", []).append(
                {
                    "field": "code",
                    "printed": code,
                    "corrected": row["code"],
                    "reason": "số thứ tự in trùng với một dòng khác",
                }
            )
            known.add(row["code"])
            record.add(Field(row["code"], "code", row["code"], code, Place(), "printed_twice", "low", (code,)))
            changes.append(f"F101 {code}")
        seen.add(row["code"])


def _free(code: str, known: set[str]) -> str:
    head, _, last = code.rpartition(".")
    following = f"{head}.{int(last) + 1}" if head and last.isdigit() else ""
    if following and following not in known:
        return following
    return next(f"{code}{letter}" for letter in "bcdefghijklmnopqrstuvwxyz" if f"{code}{letter}" not in known)


def _without_points(data: dict[str, Any], record: Recorder, changes: list[str]) -> None:
    """Follow criteria whose maximum is not known without points, and keep their rule."""
    for dimension in data["dimensions"]:
        for row in _rows({"dimensions": dimension.get("criteria", [])}):
            rule = row.get("rule", {})
            if row.get("criteria") or most(row) is not None or rule.get("kind") in ("levels", "unscored"):
                continue
            kept = {} if rule.get("kind") in (None, "manual") else {"rule": rule}
            row["rule"] = {"kind": "unscored", **kept}
            if not dimension.get("unscored"):
                record.add(Field(row["code"], "max_points", None, "", Place(), "blank", "low"))
                changes.append(f"F113 {row['code']}")


def _enough_points(data: dict[str, Any], record: Recorder, changes: list[str]) -> None:
    """Raise a maximum that is less than the sum of what stands below it; the printed one is kept beside it."""
    for row in reversed([one for one in _rows(data) if not averaged(one)]):
        _enough(row, row.get("criteria", []), row["code"], record, changes)
    scored = [one for one in data["dimensions"] if not one.get("unscored")]
    if (whole := most(data)) is not None and data.get("total", {}).get("kind") != "weighted_mean":
        _enough(data, scored, "framework", record, changes)
        for one in data.get("classes", ()):  # 90 of 100 points stay 90 where points beyond the total are added
            one["at_least"] = str(Fraction(one["at_least"]) * whole / Fraction(str(data["max_points"])))


def _enough(row: dict[str, Any], below: list[dict[str, Any]], code: str, record: Recorder, changes: list[str]) -> None:
    whole = most(row)
    total = sum((value for child in below if (value := most(child)) is not None), Fraction(0))
    if whole is None or total <= whole:
        return
    printed = written(whole)
    row["max_points"] = written(total)
    note = f"Điểm tối đa in {printed}, tổng các dòng dưới là {written(total)}; bản nháp lấy tổng, cần người quyết định."
    row.setdefault("notes", []).append(note)
    if code != "framework":
        row["printed_max"] = str(printed)
    record.add(Field(code, "max_points", written(total), str(printed), Place(), "sum_above_printed", "low", (printed,)))
    changes.append(f"F116 {code}")


def _taken_back(data: dict[str, Any], faults: tuple[Fault, ...], record: Recorder, changes: list[str]) -> bool:
    """Turn rules that the loader refuses into entered points, and drop checks that lead nowhere."""
    done = False
    for fault in faults:
        row = _row_at(data, fault.key)
        if row is not None and row.get("rule", {}).get("kind") not in ("manual", None, "unscored"):
            _by_hand(row, fault, record, changes)
            done = True
        elif fault.key.startswith(("printed_counts", "pillars", "groups", "classes")):
            done = data.pop(fault.key.split("[")[0].split(".")[0], None) is not None or done
            changes.append(f"{fault.code} {fault.key}")
    return done


def _by_hand(row: dict[str, Any], fault: Fault, record: Recorder, changes: list[str]) -> None:
    before = row["rule"]
    row["rule"] = {"kind": "manual"} if most(row) is not None else {"kind": "unscored"}
    row.pop("inputs", None)
    printed = row.get("printed_rule", "")
    for at, one in enumerate(record.fields):
        if one.row == row["code"] and one.name == "rule":
            record.fields[at] = Field(
                one.row,
                "rule",
                row["rule"],
                printed,
                one.place,
                f"refused.{fault.code}",
                "low",
                ({"rule": before},),
                (printed,),
            )
    changes.append(f"{fault.code} {row['code']}")


def _row_at(data: dict[str, Any], key: str) -> dict[str, Any] | None:
    """Return the innermost criterion that the key of a fault leads into: ``dimensions[0].criteria[2].rule``."""
    found: dict[str, Any] | None = None
    value: Any = data
    for name, index in _PATH.findall(key):
        try:
            value = value[int(index)] if index else value[name]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(value, dict) and "code" in value and "title" in value and key.startswith("dimensions"):
            found = value
    return found if found is not None and "rule" in found else None
