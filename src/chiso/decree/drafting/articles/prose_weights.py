"""Weights of dimensions in a sentence: "chỉ số Tính minh bạch có trọng số 40%", "DTI = 0,4 x Chính quyền số + ..."."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from chiso.decree.drafting.articles import normal
from chiso.decree.drafting.articles.policies import named_row
from chiso.decree.language.numbers import written
from chiso.decree.table.tree import Tree

_NUMBER = r"(?P<weight>\d{1,3}(?:,\d{1,4})?) ?%?"
_SAID = re.compile(rf"(?:co |la )?(?:trong so|he so|ty trong)(?: la| bang| =)? {_NUMBER}(?: va| con)?")
_TERM = re.compile(rf"{_NUMBER} x (?P<name>[^+]+)")
#: What opens such a sentence, before the name of the first dimension.
_OPENING = re.compile(r".*(?:trong do|nhu sau|gom|cu the)\s")
#: What weights add up to.
_WHOLES = (Fraction(1), Fraction(10), Fraction(100))


def weights_in(text: str, tree: Tree) -> dict[str, Any]:
    """Return the weight of each dimension; nothing where one has none, or they do not add up to a whole."""
    plain, _ = normal(text)
    plain = plain.replace(".", ",")
    found: dict[str, Fraction] = {}
    for name, weight in _terms(plain) or _named(plain):
        code = named_row(name, tree.dimensions)
        if not code or code in found:
            return {}
        found[code] = Fraction(weight.replace(",", "."))
    whole = len(found) == len(tree.dimensions) > 1 and sum(found.values()) in _WHOLES
    return {code: written(weight) for code, weight in found.items()} if whole else {}


def _terms(plain: str) -> list[tuple[str, str]]:
    """Read "dti = 0,4 x chinh quyen so + 0,6 x kinh te so"."""
    _, equal, formula = plain.partition(" = ")
    matches = [_TERM.fullmatch(part.strip()) for part in formula.split("+")] if equal else []
    return [(match["name"], match["weight"]) for match in matches if match] if all(matches) else []


def _named(plain: str) -> list[tuple[str, str]]:
    """Read "nhom 1 co trong so 40% nhom 2 co trong so 60%"."""
    rest = _OPENING.sub("", plain)
    found, at = [], 0
    for match in _SAID.finditer(rest):
        found.append((rest[at : match.start()].strip(), match["weight"]))
        at = match.end()
    return found if not rest[at:].strip() else []
