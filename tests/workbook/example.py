"""A small framework with one of each kind of figure, and ways to write files that hold them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from chiso.framework.loader import load_text
from chiso.framework.model import Framework

FRAMEWORK = """
format: 1
id: example-district
version: "1.0"
title: {vi: Bộ chỉ số ví dụ, en: Example index}
legal: {number: 01/QĐ-UBND, date: 2023-07-24, year: 2023, issuer: UBND tỉnh, title: Bộ chỉ số ví dụ}
unit_kinds: [district]
max_points: 100
facts:
  screens: {label: {vi: Số màn hình, en: Screens}, type: count, unit: workstation, provider: Văn phòng}
classes:
  - {id: good, name: {vi: Tốt, en: Good}, at_least: 80%}
  - {id: poor, name: {vi: Yếu, en: Poor}, at_least: 0}
pillars:
  - {code: A, title: {vi: Trụ cột A, en: Pillar A}, dimensions: ["1"]}
general_information:
  - {no: "1", label: Tên địa phương, type: text}
  - {no: "2", label: Số hộ, fact: households, type: count, provider: [Phòng Thống kê]}
  - {no: "3", label: Số dân, fact: population, type: count}
  - {no: "4", label: Người liên hệ, type: text, personal: true}
dimensions:
  - code: "1"
    title: Nhận thức số
    max_points: 60
    criteria:
      - code: "1.1"
        title: Người đứng đầu là trưởng ban
        max_points: 10
        printed_rule: "- Trưởng: tối đa"
        rule:
          kind: choice
          options:
            - {id: head, label: "Trưởng ban, là người đứng đầu", share: 1}
            - {id: other, label: Không phải, share: 0}
        lead: [Văn phòng]
        clause: dòng 1.1
      - code: "1.2"
        title: Tỷ lệ hộ có máy tính
        max_points: 20
        printed_rule: "a = hộ có máy tính; b = số hộ; Điểm = a/b * điểm tối đa"
        inputs:
          - {name: a, label: Số hộ có máy tính, type: count, unit: household}
          - {name: b, fact: households}
        rule: {kind: ratio, numerator: a, denominator: b, part_of_whole: true}
        clause: dòng 1.2
      - code: "1.3"
        title: Nhóm con
        max_points: 30
        clause: dòng 1.3
        criteria:
          - code: "1.3.1"
            title: Điểm chấm
            max_points: 12.5
            rule: {kind: manual}
            clause: dòng 1.3.1
          - code: "1.3.2"
            title: Màn hình
            max_points: 17.5
            inputs: [{name: n, fact: screens}]
            rule: {kind: count, of: n, target: 3}
            clause: dòng 1.3.2
  - code: "2"
    title: "Hạ tầng: số / dữ liệu [mở] rất rất dài"
    max_points: 40
    criteria:
      - code: "2.1"
        title: Màn hình trên hộ
        max_points: 20
        inputs: [{name: a, fact: screens}, {name: b, fact: households}]
        rule: {kind: ratio, numerator: a, denominator: b, part_of_whole: false}
        clause: dòng 2.1
      - code: "2.10"
        title: Hai việc
        max_points: 20
        rule:
          kind: parts
          parts:
            - {label: Việc một, share: 1/2, rule: {kind: yes_no, input: "#1", label: Việc một}}
            - {label: Việc hai, share: 1/2, rule: {kind: yes_no, input: "#2", label: Việc hai}}
        clause: dòng 2.10
"""


def framework() -> Framework:
    """Return the example."""
    return load_text(FRAMEWORK)


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a text file and return its path."""
    path.write_bytes(text.encode(encoding))
    return path


def workbook(path: Path, *sheets: Sequence[Sequence[Any]], names: Sequence[str] = ()) -> Path:
    """Write a workbook with these rows, a list of rows a sheet, and return its path."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(names[number] if names else f"Trang {number + 1}")
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Write a zip file of parts and return its path."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    path.write_bytes(buffer.getvalue())
    return path
