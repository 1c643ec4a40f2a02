"""Small frameworks for the linter's tests, written as YAML and read by the loader like any other."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import yaml

from chiso.framework import lint as linter
from chiso.framework.lint import Finding
from chiso.framework.loader import load_text
from chiso.framework.model import Framework


class _Dumper(yaml.SafeDumper):
    """Writes what is used twice out in full, since framework files have no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        return True


YES_NO = {
    "kind": "choice",
    "options": [
        {"id": "yes", "label": "Có thực hiện", "share": 1},
        {"id": "no", "label": "Không thực hiện", "share": 0},
    ],
}
PERSON = {"type": "count", "unit": "person"}


def criterion(code: str = "1.1", title: str = "Có chuyên trang về chuyển đổi số", **fields: Any) -> dict[str, Any]:
    """A criterion of 10 points that asks yes or no, changed by ``fields``; ``None`` leaves a field out."""
    row = {"code": code, "title": title, "max_points": 10, "rule": YES_NO, **fields}
    return {key: value for key, value in row.items() if value is not None}


def ratio(title: str, over: str, under: str, **fields: Any) -> dict[str, Any]:
    """A criterion whose rule is a/b, with the labels of both."""
    inputs = [{"name": "a", "label": over, **PERSON}, {"name": "b", "label": under, **PERSON}]
    rule = {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True}
    return criterion("1.1", title, **{"inputs": inputs, "rule": rule, **fields})


def choice(*labels: tuple[str, object]) -> dict[str, Any]:
    """A choice of labels with their shares."""
    options = [{"id": f"o{place}", "label": label, "share": share} for place, (label, share) in enumerate(labels)]
    return {"kind": "choice", "options": options}


def dimension(code: str, criteria: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    """A dimension whose maximum is the sum of its criteria."""
    points = _sum(criteria)
    row = {"code": code, "title": f"Chỉ số {code}", "max_points": points, "criteria": criteria, **fields}
    return {key: value for key, value in row.items() if value is not None}


def framework(*dimensions: dict[str, Any], readings_chosen: dict[str, str] | None = None, **top: Any) -> Framework:
    """A framework of points for districts, whose maximum is the sum of its dimensions."""
    counted = [one for one in dimensions if not one.get("unscored")]
    data = {
        "format": 1,
        "id": "sample",
        "version": "1.0",
        "title": {"vi": "Bộ chỉ số mẫu", "en": "Sample index"},
        "legal": {"number": "1/QĐ-UBND", "year": 2023, "issuer": "UBND tỉnh", "title": "Bộ chỉ số mẫu"},
        "unit_kinds": ["district"],
        "max_points": _sum(counted),
        "dimensions": list(dimensions),
        **top,
    }
    kept = {key: value for key, value in data.items() if value is not None}
    return load_text(yaml.dump(kept, Dumper=_Dumper, allow_unicode=True, sort_keys=False), readings=readings_chosen)


def lint(subject: Framework) -> list[Finding]:
    """What the linter finds, proving on the way that every sentence can be filled in both languages."""
    found = linter.lint(subject)
    for one in found:
        for lang in ("vi", "en"):
            sentences = (one.text(lang), one.suggestion(lang))
            assert not any("{" in sentence or not sentence for sentence in sentences)
    return found


def findings(*criteria: dict[str, Any], **top: Any) -> list[Finding]:
    """What the linter finds in a framework of one dimension."""
    return lint(framework(dimension("1", list(criteria)), **top))


def places(found: list[Finding], *codes: str) -> list[tuple[str, str]]:
    """Code and place of findings, of the codes asked for or of all."""
    return [(one.code, one.place) for one in found if not codes or one.code in codes]


def _sum(rows: list[dict[str, Any]]) -> str:
    return str(sum((Fraction(str(row.get("max_points", 0))) for row in rows), Fraction(0)))
