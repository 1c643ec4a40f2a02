"""Units as Excel: one row for each state of a unit, and what it succeeds. What is written here is read again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from chiso.web.days import plausible_day_of
from chiso.web.units.models import Kind
from chiso.web.units.registry import DAY, Act, Fault, Lineage, Registry, State, UnitsError
from chiso.workbook import sheets
from chiso.workbook.columns import Record, Wanted, words_of
from chiso.workbook.faults import Faults

#: The columns, as they are headed.
CODE, NAME, KIND, PARENT = "mã đơn vị", "tên đơn vị", "loại", "mã cấp trên"
SINCE, UNTIL = "từ ngày", "đến hết ngày"
ACT, ACT_DATE, ISSUER, TITLE = "số văn bản", "ngày văn bản", "cơ quan ban hành", "trích yếu"
FROM, HOW = "kế tục mã", "hình thức"
WANTED = Wanted((CODE, NAME, KIND, SINCE), (PARENT, UNTIL, ACT, ACT_DATE, ISSUER, TITLE, FROM, HOW), "units")

#: Kinds as they are written in the table; the ids themselves are understood too.
KINDS = {
    "bộ, ngành": Kind.MINISTRY,
    "tỉnh": Kind.PROVINCE,
    "sở, ban, ngành": Kind.DEPARTMENT,
    "huyện": Kind.DISTRICT,
    "xã": Kind.COMMUNE,
    "khác": Kind.OTHER,
}
LINEAGE: dict[str, Lineage] = {"sáp nhập": "merged", "tách": "split", "thay thế": "replaced"}
_KIND_WORDS = {kind: word for word, kind in KINDS.items()}
_LINEAGE_WORDS = {kind: word for word, kind in LINEAGE.items()}
_LIMITS = {CODE: 40, NAME: 200, PARENT: 40, ACT: 80, ISSUER: 200, TITLE: 500}


@dataclass(frozen=True, slots=True)
class Row:
    """A state of a unit as the table gives it."""

    place: str
    code: str
    name: str
    kind: str
    parent: str
    since: dt.date
    until: dt.date | None
    act: Act | None
    comes_from: tuple[str, ...]
    how: Lineage


@dataclass
class Read:
    """What was read of a table: rows, faults of rows, and faults of the workbook itself in its own words."""

    rows: list[Row]
    faults: list[Fault]
    remarks: Faults


def read(path: Path) -> Read:
    """Read a table of units.

    Raises:
        chiso.workbook.faults.TableError: it cannot be used at all.
    """
    found = Read([], [], Faults())
    first: dict[tuple[str, dt.date], str] = {}
    with sheets.open_workbook(path, found.remarks) as workbook:
        for record in sheets.records(workbook, WANTED, found.remarks):
            row = _row(record, found.faults)
            if row is None:
                continue
            key = (row.code, row.since)
            if key in first:
                data = {"code": row.code, "since": row.since, "first": first[key]}
                found.faults.append(Fault("U207", row.place, data))
                continue
            first[key] = row.place
            found.rows.append(row)
    return found


def _row(record: Record, faults: list[Fault]) -> Row | None:
    before = len(faults)
    text = {name: words_of(record.values.get(name)) for name in WANTED.names}
    faults += [Fault("U201", record.place, {"column": name}) for name in WANTED.required if not text[name]]
    for name, limit in _LIMITS.items():
        if len(text[name]) > limit:
            faults.append(Fault("U206", record.place, {"column": name, "limit": limit}))
    kind = KINDS.get(text[KIND].casefold()) or (text[KIND] if text[KIND] in Kind.values else "")
    if text[KIND] and not kind:
        faults.append(Fault("U203", record.place, {"value": text[KIND], "known": ", ".join(KINDS)}))
    how = LINEAGE.get(text[HOW].casefold() or "sáp nhập")
    if how is None:
        faults.append(Fault("U203", record.place, {"value": text[HOW], "known": ", ".join(LINEAGE)}))
    since, until, signed = (_date(name, text[name], record.place, faults) for name in (SINCE, UNTIL, ACT_DATE))
    if since and until and until < since:
        faults.append(Fault("U205", record.place, {"since": since, "until": until}))
    if text[ACT] and not signed and not text[ACT_DATE]:
        faults.append(Fault("U201", record.place, {"column": ACT_DATE}))
    act = Act(text[ACT], signed, text[ISSUER], text[TITLE]) if text[ACT] and signed else None
    comes_from = tuple(code for code in re.split(r"[;,\s]+", text[FROM]) if code)
    if comes_from and act is None and len(faults) == before:
        faults.append(Fault("U208", record.place))
    if len(faults) > before or since is None or how is None:
        return None
    return Row(
        record.place, text[CODE], text[NAME], str(kind), text[PARENT], since, until, act, comes_from, how
    )  # fmt: skip


def _date(name: str, text: str, place: str, faults: list[Fault]) -> dt.date | None:
    day = plausible_day_of(text)
    if text and day is None:
        faults.append(Fault("U202", place, {"value": text[:40], "column": name}))
    return day


def apply(registry: Registry, rows: Iterable[Row]) -> list[Fault]:
    """Do to a registry what a table says, day by day: what ends, what begins, what changes; return what cannot be."""
    begins: dict[dt.date, list[Row]] = {}
    ends: dict[dt.date, list[Row]] = {}
    rows = list(rows)
    # The next row of the same code tells of the same unit, unless it succeeds that code: then another unit got it.
    goes_on = {(row.code, row.since) for row in rows if row.code not in row.comes_from}
    for row in rows:
        begins.setdefault(row.since, []).append(row)
        if row.until is not None and (row.code, row.until + DAY) not in goes_on:
            ends.setdefault(row.until + DAY, []).append(row)
    faults: list[Fault] = []
    for day in sorted({*begins, *ends}):
        known = {code: _unit(registry, code, day - DAY) for row in begins.get(day, ()) for code in row.comes_from}
        for row in ends.get(day, ()):
            _end(registry, row, day, faults)
        _begin(registry, begins.get(day, []), day, known, faults)
    return faults


def _unit(registry: Registry, code: str, day: dt.date) -> int | None:
    state = registry.by_code(code, day)
    return state.unit if state is not None else None


def _end(registry: Registry, row: Row, day: dt.date, faults: list[Fault]) -> None:
    state = registry.by_code(row.code, row.since)
    if state is None:
        return  # its row was refused already
    last = registry.states[state.unit][-1]
    if last.until == row.until:
        return
    # What was recorded after it has ended it already.
    if any(one.since == day for one in registry.states[state.unit]):
        return
    if last.until is not None:
        data = {"name": last.name, "known": last.until, "until": row.until}
        faults.append(Fault("U209", row.place, data))
        return
    _try(faults, registry.end, state.unit, on=day, place=row.place)


def _begin(
    registry: Registry, rows: list[Row], day: dt.date, known: dict[str, int | None], faults: list[Fault]
) -> None:
    made: list[tuple[Row, State | None]] = []
    for row in rows:
        state = registry.by_code(row.code, day)
        if state is None:
            unit = registry.create(
                code=row.code, name=row.name, kind=row.kind, parent=None, on=day, act=row.act, place=row.place
            )  # fmt: skip
            made.append((row, registry.states[unit][-1]))
        else:
            made.append((row, None))
    for row, new in made:
        parent = _unit(registry, row.parent, day) if row.parent else None
        if row.parent and parent is None:
            faults.append(Fault("U204", row.place, {"code": row.parent, "day": day}))
            continue
        if new is not None:
            registry.place_below(new, parent)
        else:
            _change(registry, row, day, parent, faults)
        for code in row.comes_from:
            predecessor, successor = known[code], registry.by_code(row.code, day)
            if predecessor is None:
                faults.append(Fault("U204", row.place, {"code": code, "day": day - DAY}))
            elif successor is None or row.act is None or predecessor == successor.unit:
                continue
            elif not registry.knows(predecessor, successor.unit, day):
                registry.succeed(
                    predecessor, successor.unit, kind=row.how, on=day, act=row.act, place=row.place
                )  # fmt: skip


def _change(registry: Registry, row: Row, day: dt.date, parent: int | None, faults: list[Fault]) -> None:
    state = registry.by_code(row.code, day)
    assert state is not None, "it was found just now"
    fields = {"name": row.name, "kind": row.kind, "parent": parent}
    if all(getattr(state, name) == value for name, value in fields.items()):
        return
    _try(faults, registry.change, state.unit, on=day, act=row.act, place=row.place, **fields)


def _try(faults: list[Fault], do: Any, *args: Any, **told: Any) -> None:
    try:
        do(*args, **told)
    except UnitsError as error:
        faults += error.faults


def written(rows: Iterable[tuple[Any, ...]], links: dict[tuple[int, dt.date], list[tuple[str, Lineage]]]) -> bytes:
    """Return a workbook of units.

    Each row: unit, code, name, kind, code of the parent, first and last day, the act's number, date, issuer, title.
    ``links``: what a unit succeeds from a day on.
    """
    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"constant_memory": True, "in_memory": True, "default_date_format": "dd/mm/yyyy"}
    )
    sheet = book.add_worksheet("Đơn vị")
    bold, text = (
        book.add_format({"bold": True, "bg_color": "#E6EDF6", "border": 1}),
        book.add_format({"num_format": "@"}),
    )
    heads = (CODE, NAME, KIND, PARENT, SINCE, UNTIL, ACT, ACT_DATE, ISSUER, TITLE, FROM, HOW)
    sheet.set_row(0, 22)
    for column, head in enumerate(heads):
        sheet.set_column(column, column, 40 if head in (NAME, TITLE) else 18)
        sheet.write_string(0, column, head[:1].upper() + head[1:], bold)
    sheet.freeze_panes(1, 2)
    for number, (unit, code, name, kind, parent, since, until, *act) in enumerate(rows, 1):
        sheet.write_string(number, 0, code, text)
        sheet.write_string(number, 1, name)
        sheet.write_string(number, 2, _KIND_WORDS[Kind(kind)])
        sheet.write_string(number, 3, parent or "", text)
        for column, day in ((4, since), (5, until), (7, act[1])):
            if day is not None:
                sheet.write_datetime(number, column, day)
        for column, words in ((6, act[0]), (8, act[2]), (9, act[3])):
            sheet.write_string(number, column, words or "")
        for how, codes in _grouped(links.get((unit, since), [])):
            sheet.write_string(number, 10, codes, text)
            sheet.write_string(number, 11, how)
    book.close()
    return buffer.getvalue()


def _grouped(links: list[tuple[str, Lineage]]) -> Iterator[tuple[str, str]]:
    if links:
        yield _LINEAGE_WORDS[links[0][1]], "; ".join(code for code, _ in links)
