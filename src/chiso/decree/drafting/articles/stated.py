"""What one sentence states: found by the patterns of ``vocabulary/articles.yaml``."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from chiso.decree.drafting.articles import Statement, normal
from chiso.decree.language.vocabulary import words
from chiso.decree.wording import Confidence

#: Longer sentences are no rule that a pattern could fit, and matching them would take its time.
_LONGEST = 600
_NUMBERS = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "bon": 4}
_PLACES = {"phan muoi": 1, "phan tram": 2, "phan nghin": 3, "don vi": 0, "nguyen": 0}
_MOST_DECIMALS = 6


class _Pattern(NamedTuple):
    topic: str
    says: str
    sure: Confidence
    needs: re.Pattern[str]
    pattern: str


def statement_of(text: str) -> Statement | None:
    """Return what a sentence states for all criteria, None where it states no rule."""
    plain, remark = normal(text)
    if not _about().search(plain) or any(one.fullmatch(plain) for one in _never()):
        return None
    if len(plain) <= _LONGEST:
        for one in _read():
            match = compiled(one.pattern).fullmatch(plain) if one.needs.search(plain) else None
            if match is not None and (found := _taken(one, match)) is not None:
                return found if not remark or found.sure != "high" else replace(found, sure="medium")
        if not remark and (held := next((topic for topic, held in _holds() if held.fullmatch(plain)), "")):
            return Statement(held, fate="holds", sure="high")
    left = next((topic for topic, pattern in _left() if pattern.search(plain[:_LONGEST])), "")
    return Statement(left) if left else None


def _taken(one: _Pattern, match: re.Match[str]) -> Statement | None:
    data = {name: value for name, value in match.groupdict().items() if value is not None}
    if one.topic == "rounding":
        decimals = _decimals(data)
        if decimals is None:
            return None
        data["decimals"] = str(decimals)
    return Statement(one.topic, one.says, one.sure, "read", data)


def _decimals(data: dict[str, str]) -> int | None:
    """Return how many decimals are kept."""
    if "zeros" in data:
        return len(data["zeros"]) + 1
    if "place" in data:
        return _PLACES[data["place"]]
    said = data.get("n") or data.get("nth", "")
    count = int(said) if said.isdigit() else _NUMBERS.get(said)
    return count if count is not None and count <= _MOST_DECIMALS else None


@lru_cache(maxsize=1)
def _slots() -> dict[str, str]:
    """Return the slots, those inside others filled in."""
    slots: dict[str, str] = words("articles")["slots"]
    return {name: _filled(pattern, slots) for name, pattern in slots.items()}


def _filled(pattern: str, slots: dict[str, str]) -> str:
    while True:
        found = re.sub(r"\{([a-z]+)\}", lambda match: slots[match[1]], pattern)
        if found == pattern:
            return found
        pattern = found


@lru_cache(maxsize=1)
def _read() -> list[_Pattern]:
    return [
        _Pattern(one["topic"], one["says"], one["sure"], re.compile(one["needs"]), one["pattern"])
        for one in words("articles")["read"]
    ]


@lru_cache(maxsize=1)
def _about() -> re.Pattern[str]:
    return re.compile(words("articles")["about"])


@lru_cache(maxsize=1)
def _holds() -> list[tuple[str, re.Pattern[str]]]:
    return [(one["topic"], compiled(one["pattern"])) for one in words("articles")["holds"]]


@lru_cache(maxsize=1)
def _left() -> list[tuple[str, re.Pattern[str]]]:
    return [(one["topic"], compiled(one["pattern"])) for one in words("articles")["left"]]


@lru_cache(maxsize=1)
def _never() -> list[re.Pattern[str]]:
    return [compiled(pattern) for pattern in words("articles")["never"]]


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the vocabulary, its slots filled in."""
    return re.compile(_filled(pattern, _slots()))
