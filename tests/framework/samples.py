"""Small frameworks that the tests of this room are made of."""

from __future__ import annotations

from chiso.framework.loader import load_text
from chiso.framework.model import Criterion, Framework

HEAD = """\
format: 1
id: sample
version: "1.0"
title: {vi: Bộ chỉ số mẫu, en: Sample index}
legal: {number: 1/QĐ-UBND, year: 2024, issuer: Chủ tịch UBND tỉnh, title: Ban hành bộ chỉ số}
unit_kinds: [district]
"""

LEVELS = """\
levels:
  - {number: 1, name: {vi: Khởi động, en: Initial}, description: Bắt đầu}
  - {number: 2, name: {vi: Kết nối, en: Connected}, description: Đã kết nối}
  - {number: 3, name: {vi: Cơ bản, en: Basic}, description: Cơ bản}
"""

#: Inputs that the sample rules use, by letter.
LETTERS = {
    "a": "{name: a, label: Số hộ có Internet, unit: household}",
    "b": "{name: b, fact: households}",
    "c": "{name: c, label: Số hộ có máy tính, unit: household}",
    "n": "{name: n, label: Số cuộc họp, unit: meeting}",
    "p": "{name: p, label: Mức độ hài lòng, type: share}",
    "value": "{name: value, label: Số nhân sự, unit: person}",
    "total": "{name: total, fact: civil_servants}",
}


def points_text(rule: str, letters: str = "", more: str = "", top: str = "") -> str:
    """Return a framework of points with one criterion of 10 points; ``letters`` names its inputs."""
    inputs = ", ".join(LETTERS[letter] for letter in letters.split())
    return f"""{HEAD}{top}max_points: 10
dimensions:
  - code: "1"
    title: Nhận thức số
    max_points: 10
    criteria:
      - {{code: "1.1", title: Tiêu chí mẫu, max_points: 10, inputs: [{inputs}], rule: {rule}{more}}}
"""


def maturity_text(rule: str, letters: str = "", top: str = "") -> str:
    """Return a maturity framework of three levels with one criterion."""
    inputs = ", ".join(LETTERS[letter] for letter in letters.split())
    return f"""{HEAD}{top}{LEVELS}dimensions:
  - code: I
    title: Chính quyền số
    criteria:
      - {{code: I.1, title: Tiêu chí mẫu, inputs: [{inputs}], rule: {rule}}}
"""


def points_framework(rule: str, letters: str = "", more: str = "", top: str = "") -> tuple[Framework, Criterion]:
    """Load :func:`points_text`; return the framework and its criterion."""
    framework = load_text(points_text(rule, letters, more, top))
    return framework, framework.criteria["1.1"]


def maturity_framework(rule: str, letters: str = "", top: str = "") -> tuple[Framework, Criterion]:
    """Load :func:`maturity_text`; return the framework and its criterion."""
    framework = load_text(maturity_text(rule, letters, top))
    return framework, framework.criteria["I.1"]
