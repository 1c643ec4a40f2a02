"""Misreadings put right: known ones only, each recorded so that a person can confirm it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from chiso.decree.language.vocabulary import words

REASON = "lỗi nhận dạng chữ thường gặp; cần người kiểm tra xác nhận"


@lru_cache(maxsize=1)
def _known() -> list[tuple[re.Pattern[str], str, str]]:
    return [
        (re.compile(rf"(?<!\w){re.escape(wrong)}(?!\w)"), wrong, right)
        for wrong, right in words("misreadings")["pairs"]
    ]


def mended(text: str, field: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the words with known misreadings put right, and a correction for each in the form of a framework file."""
    corrections = []
    for pattern, wrong, right in _known():
        text, times = pattern.subn(right, text) if wrong in text else (text, 0)
        if times:
            corrections.append({"field": field, "printed": wrong, "corrected": right, "reason": REASON})
    return text, corrections


#: Letters between digits that recognition took for them: "8O%", "l0 điểm", "01-O2".
_DIGITS = re.compile(r"(?<=\d)[OoQ](?![^\W\d_])|(?<![^\W_])[OolI](?=\d)|(?<=\d)[lI](?=[\d%])")

#: "800/0", "80 o/o": a percent sign that recognition took for noughts. Only "có/không: 10/0" says such a thing.
_PERCENT = re.compile(r"(?<=\d)\s?[0oO°]/[0oO°](?![\w/])")
_TWO_ANSWERS = re.compile(r"(?:/|hoặc)\s*(?:không|chưa)", re.IGNORECASE)


def misread_digits(text: str) -> bool:
    """Tell whether letters stand where digits belong, or noughts where a percent sign does."""
    return bool(_DIGITS.search(text)) or _percent_misread(text)


def _percent_misread(text: str) -> bool:
    return "/" in text and bool(_PERCENT.search(text)) and not _TWO_ANSWERS.search(text)


def with_digits(text: str) -> str:
    """Return the words with digits where recognition read letters, and with percent signs where it read noughts."""
    text = _PERCENT.sub("%", text) if _percent_misread(text) else text
    return _DIGITS.sub(lambda match: "0" if match[0] in "OoQ" else "1", text)
