"""How a provider writes a value into one cell of a table, and how one is written back: the reason stands beside it.

``không phát sinh: không có khu công nghiệp`` is "not applicable" with its reason; without one it is not taken in.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from django.utils.translation import gettext as _

from chiso.framework.inputs import Asked
from chiso.quantity import local_text
from chiso.scoring.values import Misread
from chiso.web.collection.asking import TEXTS
from chiso.web.collection.cells import NONE_OF_THESE, NOT_APPLICABLE, Cell, understood
from chiso.web.collection.services import Written
from chiso.web.collection.shown import field_text, why_refused


class RefusedError(Exception):
    """A value that is not taken in; its text says why, in the language of the page."""


def read(one: Written, asked: Asked, lang: str) -> Written:
    """Return a value as it is kept, its reason taken out of the cell.

    Raises:
        RefusedError: it is not understood, or a reason is lacking.
    """
    head, colon, reason = one.text.partition(":")
    if asked.type not in TEXTS and colon and understood(head, asked) in (NOT_APPLICABLE, NONE_OF_THESE):
        one = replace(one, text=head, note=reason.strip() or one.note)
    text = understood(one.text, asked)
    if isinstance(text, Misread):
        raise RefusedError(why_refused(text, lang))
    if text in (NOT_APPLICABLE, NONE_OF_THESE) and asked.type not in TEXTS and not one.note.strip():
        told = {"words": _state_words(text)}
        raise RefusedError(_("Say why, after a colon: “%(words)s: reason”.") % told)
    return replace(one, text=text)


def entry_text(asked: Asked, cell: Cell | None, lang: str) -> str:
    """Return what stands in the cell of a table; :func:`read` understands it again."""
    if cell is None or not cell.text:
        return ""
    if cell.text in (NOT_APPLICABLE, NONE_OF_THESE) and asked.type not in TEXTS:
        return f"{_state_words(cell.text)}: {cell.note}" if cell.note else _state_words(cell.text)
    if asked.type == "yes_no":
        return _("yes") if cell.text == "yes" else _("no")
    if asked.type == "choice":
        return next((option.label for option in asked.options if option.id == cell.text), cell.text)
    if asked.type in ("count", "days") and cell.text.isascii() and cell.text.isdecimal():
        return local_text(Fraction(cell.text), lang)
    return field_text(asked, cell.text, lang)


def _state_words(text: str) -> str:
    """Return how people write a state; :func:`chiso.scoring.values.read_value` reads it in both languages."""
    return _("n/a") if text == NOT_APPLICABLE else _("none of these")
