"""The forms of evidence."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chiso.web.days import DayField
from chiso.web.evidence.services import About


class EvidenceForm(forms.Form):
    """A document: a file or a link, with what identifies it and how long it counts."""

    class Counts:
        """For how long a document counts."""

        YEAR = "year"
        TWO_YEARS = "two_years"
        ALWAYS = "always"
        UNTIL = "until"

    title = forms.CharField(label=_("Summary"), max_length=300, required=False)
    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    date = DayField(label=_("Date"), required=False)
    issuer = forms.CharField(label=_("Issuer"), max_length=200, required=False)
    counts = forms.ChoiceField(
        label=_("Counts"),
        choices=[
            (Counts.ALWAYS, _("without end")),
            (Counts.YEAR, _("for the year of its date")),
            (Counts.TWO_YEARS, _("for the year of its date and the next (an inspection)")),
            (Counts.UNTIL, _("until a day")),
        ],
        initial=Counts.ALWAYS,
        required=False,
    )
    valid_to = DayField(label=_("until"), required=False)
    url = forms.URLField(label=_("Link"), max_length=1000, required=False, assume_scheme="https")
    file = forms.FileField(label=_("File"), required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs together: a summary for a link, a date for what counts by years, a last day."""
        told = self.cleaned_data
        counts = told.get("counts")
        if told.get("url") and not told.get("title"):
            self.add_error("title", _("Write in a few words what stands at the link."))
        if counts in (self.Counts.YEAR, self.Counts.TWO_YEARS) and not told.get("date"):
            self.add_error("date", _("Write the date of the document: its year decides how long it counts."))
        if counts == self.Counts.UNTIL and not told.get("valid_to"):
            self.add_error("valid_to", _("Write the last day on which it counts."))
        if counts == self.Counts.UNTIL and told.get("date") and (told.get("valid_to") or dt.date.max) < told["date"]:
            self.add_error("valid_to", _("It cannot end before the date of the document."))
        return told

    def about(self, file_name: str = "", *, is_one_of_many: bool = False) -> About:
        """Return what identifies a document; the summary of one of many files tells it from the others by its name."""
        told = self.cleaned_data
        title = told["title"]
        if title and is_one_of_many:
            title = f"{title}: {file_name}"
        return About(title[:300], told["number"], told["date"], told["issuer"], *self._period())

    def _period(self) -> tuple[dt.date | None, dt.date | None]:
        told, counts = self.cleaned_data, self.cleaned_data["counts"]
        date: dt.date | None = told["date"]
        if counts == self.Counts.UNTIL:
            return date, told["valid_to"]
        if date is None or counts not in (self.Counts.YEAR, self.Counts.TWO_YEARS):
            return date, None
        years = 1 if counts == self.Counts.TWO_YEARS else 0
        return dt.date(date.year, 1, 1), dt.date(date.year + years, 12, 31)
