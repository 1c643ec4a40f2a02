"""Markup of which a template makes the lasting part once, and each use puts its own words in.

For what a page holds a hundred times: a template that runs through every cell takes several times as long. The template
writes ``@word@`` where a word belongs, and escapes everything else as always.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from markupsafe import Markup, escape

_WORD = re.compile(r"@([a-z]+[0-9]*)@")
_MARKUP = re.compile("[&<>'\"]")


class Pattern:
    """A piece of markup with places for words."""

    def __init__(self, made: str) -> None:
        """Take what a template has made."""
        self._text = _WORD.sub(r"%(\1)s", str(made).replace("%", "%%"))

    def filled(self, words: Mapping[str, str | int]) -> Markup:
        """Return the markup with words; what is not markup itself is escaped.

        Raises:
            KeyError: a word is missing.
        """
        texts: dict[str, str | int] = {}
        for key, word in words.items():
            if type(word) is str:  # nothing has to be escaped in most words, and to look costs less than to escape
                texts[key] = escape(word) if _MARKUP.search(word) else word
            else:
                texts[key] = word if type(word) is Markup or type(word) is int else escape(word)
        return Markup(self._text % texts)  # noqa: S704 - escaped above
