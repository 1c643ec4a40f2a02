"""What a column holds, told from the words of its heading."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, get_args

from chiso.decree.language.codes import row_code
from chiso.decree.language.letters import bare, folded, one_line, starts_small
from chiso.decree.language.numbers import points
from chiso.decree.language.vocabulary import words
from chiso.decree.language.worths import is_grade, worth_of

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
    "goal",
    "changes",
    "survey",
]

ROLES: tuple[Role, ...] = get_args(Role)

#: A heading is short; longer words are contents.
_LONGEST = 120
#: How alike a misread heading must be to a known one.
_ALIKE = 0.86
_BRACKETS = re.compile(r"\([^()]*\)")
#: What formulas and conditions hold, and headings do not.
_FORMULA = re.compile(r"[*=<>%]")


#: The heading of a level of maturity.
_LEVEL = re.compile(r"(?:muc(?: do)?|cap do)?\s*([1-9])\s*[.:)–-]?\s*(.*)")
#: The number of a criterion, which no heading is.
_CRITERION = re.compile(r"\s*\d{1,3}\.\d")
#: A cell among headings that is no known one is not longer.
_MOST_UNKNOWN = 8
_LONGEST_UNKNOWN = 60


def is_heading(texts: Sequence[str]) -> bool:
    """Tell whether a row holds headings: at least two known ones, and nothing that is too long for a heading."""
    if any(_CRITERION.match(text) for text in texts[:2]):
        return False
    if row_code(texts[0]) is not None and any(points(text) is not None for text in texts[1:]):
        return False  # "2 | Tỷ lệ thông tin được công khai | 20 | Tỷ lệ x điểm tối đa", first on its page
    roles = [role_of(text) for text in texts]
    known = [role for role in roles if role is not None]
    if len(set(known)) < 2:
        return False
    others = [text for text, role in zip(texts, roles, strict=True) if text and role is None and not _heads_lines(text)]
    short = all(len(one_line(text)) <= _LONGEST_UNKNOWN and not starts_small(text) for text in others)
    numbered = {"code", "title"} <= set(known)  # "STT" and a name stand together in headings alone
    return short and len(others) <= max(_MOST_UNKNOWN if numbered else 2, len(known))


def _heads_lines(text: str) -> bool:
    """Tell whether a heading names a level, a grade, or what the lines below it give."""
    return bool(level_of(text) or worth_of(text) or is_grade(text))


def level_of(text: str) -> tuple[int, str] | None:
    """Read the heading of a level: ``1.Khởi động``, ``Mức độ 2: Kết nối``, ``Mức 3``."""
    match = _LEVEL.fullmatch(folded(one_line(text)))
    if match is None:
        return None
    name = re.sub(r"^.*?[1-9]\s*[.:)–(-]?\s*", "", one_line(text)).strip(" ().:-–")
    return int(match[1]), name


@lru_cache(maxsize=4096)
def role_of(heading: str) -> Role | None:
    """Return what a column with this heading holds, or nothing where the words are no heading that is known."""
    text = folded(_BRACKETS.sub(" ", one_line(heading)))
    if ":" in heading.strip().rstrip(":"):
        return None
    if not text or len(text) > _LONGEST or text[:1] in "-+" or _FORMULA.search(text):
        return None
    return _longest(bare(text)) or _alike(bare(text)) or _of_parts(heading)


def is_telling(heading: str) -> bool:
    """Tell whether a heading says by more than a word that many have what its column holds."""
    text = bare(_BRACKETS.sub(" ", one_line(heading)))
    return not any(text in wholes for _, wholes in _known().values())


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
