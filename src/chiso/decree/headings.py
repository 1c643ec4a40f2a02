"""What a column holds, told from the words of its heading."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import Literal, get_args

from chiso.decree.letters import bare, folded, one_line
from chiso.decree.vocabulary import words

Role = Literal[
    "code",
    "title",
    "max_points",
    "previous",
    "rule",
    "lead",
    "support",
    "due",
    "evidence",
    "unit",
    "method",
    "basis",
    "note",
    "count",
    "self_points",
    "verified_points",
    "weight",
    "level",
    "group",
    "given",
    "heads",
]

ROLES: tuple[Role, ...] = get_args(Role)

#: A heading is short; longer words are contents.
_LONGEST = 120
#: How alike a misread heading must be to a known one.
_ALIKE = 0.86
_BRACKETS = re.compile(r"\([^()]*\)")
#: What formulas and conditions hold, and headings do not.
_FORMULA = re.compile(r"[*=<>%]")


@lru_cache(maxsize=4096)
def role_of(heading: str) -> Role | None:
    """Return what a column with this heading holds, or nothing where the words are no heading that is known."""
    text = folded(_BRACKETS.sub(" ", one_line(heading)))
    if ":" in heading.strip().rstrip(":"):
        return None
    if not text or len(text) > _LONGEST or text[:1] in "-+" or _FORMULA.search(text):
        return None
    return _longest(bare(text)) or _alike(bare(text)) or _of_parts(heading)


def _longest(text: str) -> Role | None:
    best: tuple[int, Role] | None = None
    for role, (parts, wholes) in _known().items():
        if text in wholes:
            return role
        for part in parts:
            if part in text and (best is None or len(part) > best[0]) and len(text) <= 2 * len(part) + 12:
                best = len(part), role
    return best[1] if best else None


def _of_parts(heading: str) -> Role | None:
    """Return what all known parts of "Lĩnh vực/Tiêu chí/Tiêu chí thành phần" are."""
    parts = heading.split("/")
    known = {role for part in parts if len(parts) > 1 and (role := _longest(bare(folded(one_line(part))))) is not None}
    return known.pop() if len(known) == 1 else None


def _alike(text: str) -> Role | None:
    """Find the known heading that a misread one is most like."""
    best: tuple[float, Role] | None = None
    for role, (parts, _) in _known().items():
        for part in parts:
            if len(part) < 7 or abs(len(part) - len(text)) > 3:
                continue
            ratio = difflib.SequenceMatcher(None, part, text, autojunk=False).ratio()
            if ratio >= _ALIKE and (best is None or ratio > best[0]):
                best = ratio, role
    return best[1] if best else None


@lru_cache(maxsize=1)
def _known() -> dict[Role, tuple[tuple[str, ...], frozenset[str]]]:
    table = words("columns")
    return {
        role: (
            tuple(bare(one) for one in table[role]["words"]),
            frozenset(bare(one) for one in table[role].get("whole", ())),
        )
        for role in ROLES
    }
