"""General information: rows that are collected, not scored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from chiso.decree.fields import Field, Recorder
from chiso.decree.language.agencies import agencies_of, looks_like_agency, without_task
from chiso.decree.language.letters import folded, one_line
from chiso.decree.language.vocabulary import words
from chiso.decree.table.lines import Line

_COUNT = re.compile(r"(?:tong )?so (?:luong )?(?!dien thoai|fax|tai khoan|nha)|so luong")
_AMOUNT = re.compile(r"tong (?:so )?(?:chi|thu|kinh phi|von|ngan sach)|kinh phi|ngan sach")
_SHARE = re.compile(r"ty le")


def information_of(lines: Sequence[Line], record: Recorder) -> list[dict[str, Any]]:
    """Return the rows of general information in the form of a framework file."""
    return list(_rows(lines, record))


def _rows(lines: Sequence[Line], record: Recorder) -> Iterator[dict[str, Any]]:
    personal_below = False
    for at, line in enumerate(lines):
        label = one_line(line.text("title"))
        if not label:
            continue
        number = line.code.text if line.code is not None else ""
        personal = _is_personal(label) or (not number and personal_below)
        personal_below = personal
        row: dict[str, Any] = {"no": number, "label": label, "type": "text" if personal else _type(label)}
        where = f"information.{at + 1}"
        record.use(line, "code", "title")
        if number:
            record.add(Field(where, "no", number, line.text("code"), line.place, "column", "high"))
        record.add(Field(where, "label", label, line.text("title"), line.place, "column", "high"))
        for name, role in (("provider", "lead"), ("support", "support")):
            _agencies(row, name, role, line, where, record)
        if note := line.text("note"):
            row["note"] = one_line(note)
            record.use(line, "note")
        if personal:
            row["personal"] = True
        yield row


def _agencies(row: dict[str, Any], name: str, role: Any, line: Line, where: str, record: Recorder) -> None:
    text = line.text(role)
    if not text:
        return
    record.use(line, role)
    if re.fullmatch(r"\[.*\]|\.+|…+", text.strip()):
        record.leave(line, role, "blank_to_fill")
    elif looks_like_agency(text):
        split = [without_task(one) for one in agencies_of(text)]
        row[name] = [agency for agency, _ in split]
        if any(task for _, task in split):
            row["note"] = f"In: {one_line(text)}"
        record.add(Field(where, name, row[name], text, line.place, "column", "high"))
    else:
        row["note"] = one_line(text)
        record.add(Field(where, "note", row["note"], text, line.place, "no_agency", "medium"))


def _type(label: str) -> str:
    plain = folded(label)
    if _AMOUNT.match(plain):
        return "amount"
    if _SHARE.match(plain):
        return "share"
    return "count" if _COUNT.match(plain) else "text"


def _is_personal(label: str) -> bool:
    plain = folded(label)
    return any(word in plain for word in words("sections")["personal"])
