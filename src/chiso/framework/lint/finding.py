"""One finding of the linter: where, what, the figures that show it, how grave, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Literal

from chiso.framework.lint.phrases import PHRASES, WORDS
from chiso.framework.model import Words
from chiso.phrases import LANGUAGES
from chiso.quantity import decimal_text

Severity = Literal["error", "warning", "note"]

#: How grave each finding is. An error makes results wrong or impossible, a warning may, a note needs only to be known.
SEVERITIES: dict[str, Severity] = {
    "L101": "warning",
    "L102": "warning",
    "L103": "error",
    "L104": "error",
    "L105": "error",
    "L106": "error",
    "L107": "error",
    "L201": "warning",
    "L202": "warning",
    "L203": "warning",
    "L301": "error",
    "L302": "error",
    "L303": "note",
    "L304": "warning",
    "L305": "error",
    "L306": "warning",
    "L307": "warning",
    "L308": "note",
    "L309": "warning",
    "L401": "error",
    "L402": "error",
    "L403": "warning",
    "L404": "warning",
    "L405": "error",
    "L406": "note",
    "L501": "error",
    "L502": "error",
    "L503": "warning",
    "L504": "warning",
    "L505": "warning",
    "L506": "error",
    "L507": "error",
    "L508": "warning",
    "L509": "note",
    "L510": "note",
    "L511": "warning",
    "L512": "warning",
    "L601": "warning",
    "L602": "warning",
    "L603": "warning",
    "L604": "warning",
    "L605": "note",
    "L606": "warning",
    "L607": "note",
    "L608": "note",
    "L609": "warning",
    "L701": "warning",
    "L702": "warning",
    "L703": "warning",
    "L704": "note",
    "L705": "note",
    "L706": "warning",
    "L801": "error",
    "L802": "warning",
    "L803": "error",
    "L804": "note",
    "L805": "warning",
    "L901": "note",
    "L902": "note",
}

#: Figures that are ids, shown in words.
_IDS = frozenset({"area_kind", "columns", "rule", "unit_kind"})

#: Sections of the file that are places.
_SECTIONS = frozenset({"general_information", "legal"})

#: Figures that look like numbers but are codes; all others are written with a decimal comma in Vietnamese.
_CODES = frozenset({"after", "before", "codes", "first", "missing", "name", "other", "within"})
_NUMBER = re.compile(r"-?\d+(\.\d+)?%?")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a framework that a sceptical reader would stop at.

    ``code`` is stable (``L201``). ``place`` is the code of a criterion or dimension, or a section of the document.
    ``figures`` are the exact figures that show the fault, as text: ``{"printed": "50", "children": "40"}``. ``labels``
    hold, by language, words for figures that are ids of the file.
    """

    code: str
    place: str
    figures: dict[str, str] = field(default_factory=dict)
    severity: Severity = "warning"
    labels: dict[str, dict[str, str]] = field(default_factory=dict, compare=False)

    def text(self, lang: str = "vi") -> str:
        """Return what is wrong, as a sentence."""
        return PHRASES.text(self.code, lang, place=self.where(lang), **self._shown(lang))

    def where(self, lang: str = "vi") -> str:
        """Return the place as people read it."""
        section, blank, row = self.place.partition(" ")
        return _word(section, lang) + blank + row if section in _SECTIONS else self.place

    def sentence(self, lang: str = "vi") -> str:
        """Return what is wrong, for lists that show the place beside it."""
        words = self.text(lang).removeprefix(f"{self.where(lang)}: ")
        return words[:1].upper() + words[1:]

    def suggestion(self, lang: str = "vi") -> str:
        """Return what to do about it, as a sentence."""
        return PHRASES.text(f"{self.code}.do", lang, place=self.where(lang), **self._shown(lang))

    def as_dict(self, lang: str = "vi") -> dict[str, Any]:
        """Return the finding for JSON, with its sentences in ``lang``."""
        return {
            "code": self.code,
            "place": self.place,
            "severity": self.severity,
            "figures": dict(self.figures),
            "message": self.text(lang),
            "suggestion": self.suggestion(lang),
        }

    def _shown(self, lang: str) -> dict[str, str]:
        return {name: _shown(name, text, lang) for name, text in self.figures.items()} | self.labels.get(lang, {})


def finding(code: str, place: str, **figures: object) -> Finding:
    """Make a finding with the severity of its code; fractions among the figures are written exactly."""
    return Finding(code, place, {name: _figure(value) for name, value in figures.items()}, SEVERITIES[code])


def labelled(found: Finding, **words: Sequence[Words]) -> Finding:
    """Return a finding whose figures of these names are told in the words of the file, several one after another."""
    labels = {lang: {name: "; ".join(f"“{one[lang]}”" for one in some) for name, some in words.items()}
              for lang in LANGUAGES}  # fmt: skip
    return replace(found, labels=labels)


def exact(value: Fraction) -> str:
    """Write a number exactly: as a decimal where six places are enough, otherwise as a fraction."""
    text = decimal_text(value)
    return text if Fraction(text) == value else str(value)


def percent(value: Fraction) -> str:
    """Write a share exactly as a percentage: ``0.25%``."""
    return f"{exact(value * 100)}%"


def joined(items: Iterable[str]) -> str:
    """Write a list of codes or words."""
    return ", ".join(items)


def _word(name: str, lang: str) -> str:
    return WORDS[name][LANGUAGES.index(lang)] if name in WORDS else name


def _shown(name: str, text: str, lang: str) -> str:
    if name in _IDS:
        return joined(_word(one, lang) for one in text.split(", "))
    if name == "row":
        return Finding("", text).where(lang)
    return text.replace(".", ",") if lang == "vi" and name not in _CODES and _NUMBER.fullmatch(text) else text


def _figure(value: object) -> str:
    return exact(value) if isinstance(value, Fraction) else str(value)
