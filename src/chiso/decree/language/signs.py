"""Signs of the fonts Symbol and Wingdings, which documents keep as private characters that mean nothing elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

_FIRST = 0xF000
_PRIVATE = re.compile("[\uf000-\uf0ff]")


def _table(signs: Mapping[int, str]) -> dict[int, str]:
    return {_FIRST | code: sign for code, sign in signs.items()}


_SYMBOL = _table(
    {
        **{code: chr(code) for code in range(0x20, 0x40) if chr(code) in " %()+,-./0123456789:;<=>"},
        0x2A: "*",
        0x44: "Δ",
        0x53: "Σ",
        0xA3: "≤",
        0xA5: "∞",
        0xAE: "→",
        0xB0: "°",
        0xB1: "±",
        0xB3: "≥",
        0xB4: "×",
        0xB7: "-",
        0xB8: "÷",
        0xB9: "≠",
        0xBB: "≈",
        0xD7: "*",
        0xE5: "Σ",
    }
)
_WINGDINGS = _table(
    {
        **dict.fromkeys((0x6C, 0x6E, 0x75, 0x76, 0x9F, 0xA7, 0xB7, 0xD8), "-"),
        **dict.fromkeys((0x6F, 0x71, 0x72, 0xA8), "☐"),
        **dict.fromkeys((0xE0, 0xE8, 0xF0), "→"),
        0x52: "☑",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
    }
)
_ANY = {**_WINGDINGS, **_SYMBOL}


def seen(text: str, font: str = "") -> str:
    """Write private characters as the signs that one sees; those of a font that is not known go by Symbol."""
    if not _PRIVATE.search(text):
        return text
    return text.translate(_WINGDINGS if font.casefold().startswith(("wingdings", "webdings")) else _ANY)
