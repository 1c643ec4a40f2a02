"""Small frameworks and tables for the tests of this room."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from chiso.framework.loader import load_text
from chiso.framework.model import Framework
from chiso.reconcile.finding import PublishedFinding
from chiso.reconcile.published import Published, PublishedRow, RowReader
from chiso.reconcile.report import reconcile

Node = dict[str, Any]


def yes_no(code: str, full: int = 10, **keys: Any) -> Node:
    """Return a criterion that gives all or nothing."""
    return _criterion(code, full, {"kind": "yes_no", "input": "#1", "label": "?"}, **keys)


def ratio(code: str, full: int = 10, **keys: Any) -> Node:
    """Return a criterion that gives anything up to its maximum."""
    rule = {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True}
    inputs = [{"name": name, "label": name, "unit": "person"} for name in "ab"]
    return _criterion(code, full, rule, inputs=inputs, **keys)


def unscored(code: str) -> Node:
    """Return a criterion that is followed without points."""
    return {"code": code, "title": code, "rule": {"kind": "unscored"}}


def parent(code: str, full: int, *criteria: Node) -> Node:
    """Return a criterion that is the sum of others."""
    return {"code": code, "title": code, "max_points": full, "criteria": list(criteria)}


def dimension(code: str, full: int | None, *criteria: Node, **keys: Any) -> Node:
    """Return a dimension."""
    scored = {} if full is None else {"max_points": full}
    return {"code": code, "title": code, **scored, "criteria": list(criteria), **keys}


def framework(*dimensions: Node, full: int | None = None, **keys: Any) -> Framework:
    """Return a framework; its maximum is the sum of its dimensions unless given."""
    total = sum(one.get("max_points", 0) for one in dimensions) if full is None else full
    content = {
        "format": 1,
        "id": "example",
        "version": "1.0",
        "title": {"vi": "Ví dụ", "en": "Example"},
        "legal": {"number": "1/QĐ", "year": 2023, "issuer": "UBND", "title": "Ví dụ"},
        "unit_kinds": ["district"],
        "max_points": total,
        "dimensions": list(dimensions),
        **keys,
    }
    return load_text(json.dumps(content, ensure_ascii=False))


def table(points: Mapping[str, Any], decimals: int | None = 2, **told: Any) -> Published:
    """Return a published table."""
    reader = RowReader()
    for number, (code, value) in enumerate(points.items(), start=2):
        reader.read(PublishedRow(f"points.csv:{number}", code, value))
    return reader.table(decimals=decimals, **told)


def findings(of: Framework, points: Mapping[str, Any], decimals: int | None = 2, *only: str) -> list[PublishedFinding]:
    """Return what is found in a table, apart from the note that no total is printed; only some codes when given."""
    found = [one for one in reconcile(of, table(points, decimals)) if one.code != "R206"]
    return [one for one in found if one.code in only] if only else found


def told(found: list[PublishedFinding]) -> list[tuple[str, str]]:
    """Return code and place of each finding."""
    return [(one.code, one.place) for one in found]


def _criterion(code: str, full: int, rule: Node, **keys: Any) -> Node:
    return {"code": code, "title": code, "max_points": full, "rule": rule, **keys}
