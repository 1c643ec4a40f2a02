"""Boxes for days and moments: dd/mm/yyyy in whatever language the browser is, as people here write them.

A browser's own box shows 10/05/2024 for the fifth of October where it speaks English. The macro ``control`` in
``fields.html`` puts a calendar to pick from beside these.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils.translation import gettext_lazy as _

from chiso.days import LONGEST, day_of

_CLOCK = r"(?P<hour>\d{1,2})\s*(?::|h|giờ)\s*(?:(?P<minute>\d{1,2})(?::\d{2})?(?:\s*phút)?)?"
_MOMENTS = tuple(
    re.compile(way, re.ASCII | re.IGNORECASE)
    for way in (
        rf"(?P<day>.*\d)(?:\s*[T,]\s*|\s+){_CLOCK}",
        rf"{_CLOCK}(?:\s*,\s*|\s+)(?P<day>.+)",
        r"(?P<day>\d{8})\s?(?P<hour>\d{2})(?P<minute>\d{2})",
    )
)
#: Years that a day of a form or a table may lie in: others are slips of the hand.
_YEARS = range(1900, 2200)
_TYPED = {"inputmode": "numeric", "autocomplete": "off", "maxlength": LONGEST}


def moment_of(text: str) -> dt.datetime | None:
    """Return the moment that a text names, such as ``05/10/2024 17:00`` or ``17 giờ 00 ngày 5/10/2024``."""
    if len(text) > LONGEST:
        return None
    for way in _MOMENTS:
        found = way.fullmatch(text.strip())
        day = day_of(found["day"]) if found else None
        if found and day:
            try:
                return dt.datetime.combine(day, dt.time(int(found["hour"]), int(found["minute"] or 0)))
            except ValueError:
                return None
    return None


def plausible_day_of(text: str) -> dt.date | None:
    """Return the day that a text names; None where it names none, or one of a year that can only be a slip."""
    day = day_of(text)
    return day if day is not None and day.year in _YEARS else None


class DayInput(forms.DateInput):
    """A box for a day."""

    def __init__(self) -> None:
        super().__init__({**_TYPED, "placeholder": _("day/month/year")}, format="%d/%m/%Y")


class MomentInput(forms.DateTimeInput):
    """A box for a day with the time of day."""

    def __init__(self) -> None:
        super().__init__({**_TYPED, "placeholder": _("day/month/year hour:minute")}, format="%d/%m/%Y %H:%M")


class DayField(forms.DateField):
    """A day."""

    widget = DayInput
    default_error_messages = {"invalid": _("“%(text)s” is not a day. Write day, month and year, such as 25/10/2026.")}

    def to_python(self, value: Any) -> dt.date | None:
        """Read a day; nothing where nothing was written."""
        if value in self.empty_values or isinstance(value, dt.date):
            return value or None
        day = plausible_day_of(str(value))
        if day is None:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"text": str(value).strip()[:40]})
        return day


class MomentField(forms.DateTimeField):
    """A day with the time of day, in the time of the installation."""

    widget = MomentInput
    default_error_messages = {
        "invalid": _("“%(text)s” is not a day with a time. Write both, such as 25/10/2026 17:00.")
    }

    def to_python(self, value: Any) -> dt.datetime | None:
        """Read a moment; nothing where nothing was written."""
        if value in self.empty_values or isinstance(value, dt.datetime):
            return value or None
        moment = moment_of(str(value))
        if moment is None or moment.year not in _YEARS:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"text": str(value).strip()[:40]})
        return from_current_timezone(moment)
