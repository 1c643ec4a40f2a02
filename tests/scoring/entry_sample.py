"""A framework with every kind of input, and rows for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from chiso.framework.loader import load_text
from chiso.framework.model import Framework
from chiso.scoring.entries import DataFault, Entry, EntryReader
from chiso.scoring.facts import Facts, Unit

TEXT = """
format: 1
id: sample
version: "1"
title: {vi: Mẫu, en: Sample}
legal: {number: 1/QĐ-UBND, year: 2024, issuer: UBND, title: Mẫu}
unit_kinds: [district]
max_points: 100
general_information:
  - {no: "1", label: Dân số, fact: population, type: count}
dimensions:
  - code: "1"
    title: Nhận thức số
    max_points: 100
    criteria:
      - code: "1.1"
        title: Trưởng ban
        max_points: 10
        rule:
          kind: choice
          options: [{id: head, label: Người đứng đầu, share: 1}, {id: deputy, label: Cấp phó, share: 1/2}]
      - code: "1.2"
        title: Hộ có máy tính
        max_points: 10
        inputs:
          - {name: a, label: Số hộ có máy tính, unit: household}
          - {name: b, fact: households}
        rule: {kind: ratio, numerator: a, denominator: b, part_of_whole: true}
      - code: "1.3"
        title: Hộ có Internet
        max_points: 10
        inputs:
          - {name: a, label: Số hộ có Internet, unit: household}
          - {name: b, fact: households}
        rule: {kind: min_max, of: a/b}
      - code: "1.4"
        title: Hai phần
        max_points: 10
        rule:
          kind: parts
          parts:
            - {label: Một, share: 1/2, rule: {kind: yes_no, input: "#1", label: Một}}
            - {label: Hai, share: 1/2, rule: {kind: yes_no, input: "#2", label: Hai}}
      - code: "1.5"
        title: Điểm
        max_points: 10
        criteria:
          - {code: "1.5.1", title: Nhập điểm, max_points: 5, rule: {kind: manual}}
          - {code: "1.5.2", title: Nhập điểm, max_points: 5, rule: {kind: manual}}
      - code: "1.6"
        title: So với yêu cầu
        max_points: 10
        inputs: [{name: n, label: Số văn bản, unit: document}]
        rule: {kind: relative, of: n, given: Số văn bản theo yêu cầu}
      - code: "1.7"
        title: Cùng một số liệu hai lần
        max_points: 10
        inputs:
          - {name: a, fact: households}
          - {name: b, fact: households}
          - {name: c, label: Số hộ, unit: household}
        rule:
          kind: parts
          parts:
            - {label: Một, share: 1/2, rule: {kind: relative, of: n, given: Số hộ theo yêu cầu}}
            - {label: Hai, share: 1/2, rule: {kind: ratio, numerator: c, denominator: a+b, part_of_whole: true}}
""".replace("of: n, given: Số hộ", "of: c, given: Số hộ")


def framework() -> Framework:
    """Return the framework."""
    return load_text(TEXT)


def reader(units: Sequence[str] | None = ("A", "B")) -> EntryReader:
    """Return a reader that knows units, or takes any."""
    return EntryReader(framework(), None if units is None else [Unit(name) for name in units])


def read(rows: Iterable[tuple[Any, ...]], units: Sequence[str] | None = ("A", "B")) -> tuple[Facts, list[DataFault]]:
    """Read rows of unit, code, input and value; each stands at the place ``row n``."""
    reading = reader(units)
    entries = [Entry(row[0], row[1], row[2], row[3], place=f"row {number}") for number, row in enumerate(rows, 1)]
    return reading.read(entries), reading.faults


def faults(*rows: tuple[Any, ...], units: Sequence[str] | None = ("A", "B")) -> list[tuple[str, str]]:
    """Return code and place of each fault of rows."""
    return [(fault.code, fault.place) for fault in read(rows, units)[1]]
