"""How values are shown: what was understood, what stands in a field, and whether a value is to be doubted."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext as _

from chiso.days import day_of
from chiso.framework.inputs import Asked
from chiso.framework.model import Framework
from chiso.quantity import local_text, percent_text
from chiso.scoring.phrases import phrase
from chiso.scoring.states import State
from chiso.scoring.trace import value_text
from chiso.scoring.values import Misread
from chiso.web.collection.asking import TEXTS
from chiso.web.collection.cells import NONE_OF_THESE, NOT_APPLICABLE, meaning

#: A figure this many times as large as last year's, or as small, is far from it ...
FAR_FACTOR = 2
#: ... unless it differs by less than this: small counts double easily. Shares differ by percentage points.
FAR_LEAST = Fraction(10)


def shown_text(asked: Asked, text: str, lang: str) -> str:
    """Return what the text of a cell was understood as, with its unit of measure: ``1.234.567 hộ``."""
    if not text or asked.type in TEXTS:
        return text
    value = meaning(text, asked)
    if isinstance(value, State):
        return {
            State.NOT_APPLICABLE: _("Not applicable: nothing to count"),
            State.UNDECIDED: _("None of the printed cases: for the verifier to decide"),
        }.get(value, "")
    return value_text(asked, value, lang)


def field_text(asked: Asked, text: str, lang: str) -> str:
    """Return what stands in the field of a cell: numbers as people of the language type them."""
    if asked.type in TEXTS:
        return text
    if text in (NOT_APPLICABLE, NONE_OF_THESE):
        return ""
    if asked.type in ("choice", "yes_no"):
        return text
    return text.replace(".", ",") if lang == "vi" else text


def why_refused(misread: Misread, lang: str) -> str:
    """Return why a written value was not understood, with what may have been meant."""
    sentence = phrase(misread.code, lang, **misread.data)
    return f"{sentence} {phrase('near', lang, names=', '.join(misread.near))}" if misread.near else sentence


def points_text(value: Fraction | None, framework: Framework, lang: str) -> str:
    """Write points with the decimals of the framework; nothing where there are none."""
    return "" if value is None else local_text(value, lang, framework.policies.rounding.decimals)


def doubt(framework: Framework, asked: Asked, text: str, before: str, lang: str) -> str:
    """Return why a value should come with a note: outside its plausible range, or far from last year's.

    Nothing is ever blocked by it: the range may be wrong, and years differ.
    """
    value = _number(asked, text)
    if value is None:
        return ""
    fact = framework.known_facts.get(asked.fact)
    if fact is not None and fact.range is not None and not fact.range[0] <= value <= fact.range[1]:
        low, high = (_written(asked, bound, lang) for bound in fact.range)
        return _("Outside the usual range (%(low)s to %(high)s). Check it, or say in the note why it is right.") % {
            "low": low,
            "high": high,
        }
    last = _number(asked, before)
    if last is not None and _is_far(asked, value, last):
        return _("Far from last year's figure (%(last)s). Check it, or say in the note why it changed.") % {
            "last": _written(asked, last, lang)
        }
    return ""


def unread_day(text: str) -> str:
    """Return why the day on which something was done cannot decide how long it counts; nothing where it can."""
    if not text or day_of(text) is not None:
        return ""
    words = _("“%(text)s” is not a day; until it is one, the figure counts as reported. Write it such as 25/10/2026.")
    return words % {"text": text}


def _number(asked: Asked, text: str) -> Fraction | None:
    if not text or asked.type in TEXTS or asked.type in ("choice", "yes_no", "points"):
        return None
    value = meaning(text, asked)
    return value if isinstance(value, Fraction) else None


def _is_far(asked: Asked, value: Fraction, last: Fraction) -> bool:
    scale = 100 if asked.type == "share" else 1
    if abs(value - last) * scale < FAR_LEAST:
        return False
    small, large = sorted((value, last))
    return large > FAR_FACTOR * small


def _written(asked: Asked, value: Fraction, lang: str) -> str:
    return percent_text(value, lang) if asked.type == "share" else value_text(asked, value, lang)
