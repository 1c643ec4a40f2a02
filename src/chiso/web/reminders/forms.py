"""The form of a reminder."""

from __future__ import annotations

import re

from django import forms
from django.utils.translation import gettext_lazy as _

#: Signs that steer a terminal or hide text; line breaks may stay.
_STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


class ReminderForm(forms.Form):
    """The coordinator's own sentence, and whom the reminder is for."""

    sentence = forms.CharField(
        label=_("Your own sentence"),
        required=False,
        max_length=600,
        help_text=_("Plain text; it stands at the top of each mail and on the first page of the units."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_sentence(self) -> str:
        """Leave out what is no text."""
        told: str = self.cleaned_data["sentence"].replace("\r\n", "\n").replace("\r", "\n")
        return _STEERING.sub("", told).strip()
