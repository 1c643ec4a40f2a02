"""Fixed expressions, kept as data in ``sayings.yaml``: whether a text opens with, holds or is one of them."""

from __future__ import annotations

import re
from functools import cache

from chiso.decree.language.vocabulary import words
from chiso.decree.wording.lexing import folded

#: Words in front of "không có ...", which say for whom or when.
_FOR_WHOM = re.compile(
    r"(?:(?:trong (?:nam|ky|quy)(?: danh gia)?|truong hop|neu|doi voi|(?:cac )?(?:don vi|dia phuong|co quan))\s+)+"
    r"(?=khong\b)"
)


@cache
def _sayings(kind: str) -> tuple[str, ...]:
    """Return all expressions of a kind, the longest first."""
    return tuple(sorted((folded(saying) for saying in words("sayings", __package__)[kind]), key=len, reverse=True))


@cache
def _patterns(kind: str) -> re.Pattern[str]:
    """Return one pattern of all expressions of a kind, the longest first."""
    return re.compile("|".join(re.escape(saying).replace(r"\*", ".*") for saying in _sayings(kind)))


@cache
def _heads(kind: str) -> frozenset[str]:
    """Return the two letters with which each expression of a kind begins."""
    return frozenset(saying[:2] for saying in _sayings(kind))


@cache
def _wholes(kind: str) -> frozenset[str] | None:
    """Return the expressions of a kind, or nothing where one of them stands for many."""
    sayings = _sayings(kind)
    return None if any("*" in saying for saying in sayings) else frozenset(sayings)


def opens_with(kind: str, text: str) -> bool:
    """Tell whether a text opens with an expression of a kind."""
    plain = folded(text)
    if kind in ("negative", "nothing_to_count", "nothing_there"):
        plain = _FOR_WHOM.sub("", plain, count=1) if _FOR_WHOM.match(plain) else plain
    if plain[:2] not in _heads(kind):
        return False
    found = _patterns(kind).match(plain)
    return found is not None and _ends_word(plain, found.end())


def is_one_of(kind: str, text: str) -> bool:
    """Tell whether a text is an expression of a kind and nothing else."""
    plain, wholes = folded(text).strip(" .:;=()-,"), _wholes(kind)
    return _patterns(kind).fullmatch(plain) is not None if wholes is None else plain in wholes


def holds(kind: str, text: str) -> bool:
    """Tell whether an expression of a kind stands somewhere in a text."""
    return bool(found_in(kind, text))


def found_in(kind: str, text: str) -> list[str]:
    """Return the expressions of a kind that stand in a text, as whole words."""
    plain = folded(text)
    wholes = _wholes(kind)
    if wholes is not None and not any(saying in plain for saying in wholes):
        return []
    return [
        match.group()
        for match in _patterns(kind).finditer(plain)
        if (match.start() == 0 or not plain[match.start() - 1].isalnum()) and _ends_word(plain, match.end())
    ]


def first_place(kind: str, text: str) -> int | None:
    """Return where the first expression of a kind stands, None where there is none.

    Its words have their own diacritics or none: "số chỉ tiêu" says nothing of "số chi".
    """
    plain, own = folded(text), text.casefold()
    for match in _patterns(kind).finditer(plain):
        if (match.start() == 0 or not plain[match.start() - 1].isalnum()) and _ends_word(plain, match.end()):
            printed = own[match.start() : match.end()] if len(own) == len(plain) else match.group()
            if printed == match.group() or printed in words("sayings", __package__)[kind]:
                return match.start()
    return None


def _ends_word(plain: str, end: int) -> bool:
    return end >= len(plain) or not (plain[end].isalnum() and plain[end - 1].isalnum())
