"""Sentences in Vietnamese and English: a code and its data go in, words come out.

The engine raises codes with data; only here and in the ``phrases`` module of each room do they become language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Languages the product speaks, the default first.
LANGUAGES = ("vi", "en")


class Phrases:
    """A table of sentences: code -> (Vietnamese, English), with named placeholders."""

    def __init__(self, table: Mapping[str, tuple[str, str]]) -> None:
        self._table = dict(table)

    def __contains__(self, code: object) -> bool:
        return code in self._table

    def text(self, code: str, lang: str, /, **data: Any) -> str:
        """Return the sentence of ``code`` in ``lang``, filled with ``data``.

        Raises:
            KeyError: no such code; a test proves that every code in use has its sentence.
        """
        sentence = self._table[code][LANGUAGES.index(lang)]
        return sentence.format(**data) if "{" in sentence or "}" in sentence else sentence

    def codes(self) -> list[str]:
        """Return every code, sorted."""
        return sorted(self._table)
