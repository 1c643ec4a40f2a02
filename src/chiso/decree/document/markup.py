"""Mark-up that recognition and portals leave in the words of a cell: HTML tags, entities, LaTeX, Markdown."""

from __future__ import annotations

import html
import re

#: What a tag may hold besides its name: attributes. A comparison such as "a < b" is no tag.
_ATTRIBUTES = r"(?:\s+[a-z-]+\s*=\s*(?:\"[^\"<>]{0,300}\"|'[^'<>]{0,300}'|[^\s<>\"']{1,100})){0,8}\s*/?"
_BREAKS = re.compile(rf"<(?:br|/?p|/?div|/?ul|/?ol|/?tr|/li){_ATTRIBUTES}>", re.IGNORECASE)
_ITEM = re.compile(rf"<li{_ATTRIBUTES}>", re.IGNORECASE)
_TAG = re.compile(
    rf"</?(?:b|i|u|em|strong|sub|sup|span|font|td|th|table|tbody|thead|a|s){_ATTRIBUTES}>",
    re.IGNORECASE,
)
_MATHS = re.compile(r"\$([^$\n]{1,500})\$")
_FRACTION = re.compile(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_WORDS = re.compile(r"\\(?:text|mathrm|mathbf|textbf|textit|mathit|operatorname)\s*\{([^{}]*)\}")
_SIGNS = {
    r"\geq": "≥",
    r"\ge": "≥",
    r"\leq": "≤",
    r"\le": "≤",
    r"\lt": "<",
    r"\gt": ">",
    r"\times": "*",
    r"\cdot": "*",
    r"\ast": "*",
    r"\div": "/",
    r"\%": "%",
    r"\&": "&",
    r"\left": "",
    r"\right": "",
    r"\,": " ",
    r"\;": " ",
    r"\ ": " ",
}
_SIGN = re.compile("|".join(re.escape(sign) + ("(?![a-z])" if sign[1:].isalpha() else "") for sign in _SIGNS))
_EMPHASIS = re.compile(r"\*\*([^*\n]{1,400})\*\*")
_BOOKMARK = re.compile(r"\[(?:bookmark|_?Toc|HYPERLINK)\b[^\]\n]{0,80}\]", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]*\n\s*")

#: Deepest LaTeX that is undone; more is no formula of a decision.
_DEPTH = 4


def plain(text: str) -> str:
    """Return the words of a cell without mark-up; list items and paragraphs become lines of their own."""
    if "<" in text:
        text = _ITEM.sub("\n", _BREAKS.sub("\n", text))
        text = _TAG.sub("", text)
    if "&" in text:
        text = html.unescape(text)
    if "$" in text or "\\" in text:
        text = _MATHS.sub(lambda match: _formula(match[1]), text)
        text = _formula(text) if "\\" in text else text
    if "**" in text:
        text = _EMPHASIS.sub(r"\1", text)
    if "[" in text:
        text = _BOOKMARK.sub("", text)
    return (_BLANKS.sub("\n", text) if "\n" in text else text).strip()


def _formula(text: str) -> str:
    for _ in range(_DEPTH):
        changed = _WORDS.sub(r"\1", _FRACTION.sub(r"(\1)/(\2)", text))
        if changed == text:
            break
        text = changed
    return _SIGN.sub(lambda match: _SIGNS[match[0]], text)
