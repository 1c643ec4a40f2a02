"""The forms of rounds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.rounds.models import Stage
from chiso.web.rounds.services import Calendar
from chiso.web.units.forms import date_field
from chiso.web.units.models import Kind, Unit

_MOMENTS = ["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"]


def moment_field(words: Any) -> forms.DateTimeField:
    """Return a field for a moment, with the browser's own picker."""
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=words, input_formats=_MOMENTS, widget=widget)


def _version_words(obj: FrameworkVersion) -> str:
    return f"{obj.title_vi} ({obj.framework} {obj.version})"


class RoundForm(forms.Form):
    """A new round: what is assessed, by whom, and until when."""

    title = forms.CharField(label=_("Title"), max_length=200)
    year = forms.IntegerField(label=_("Reporting year"), min_value=2000, max_value=2100)
    framework = forms.ModelChoiceField(label=_("Framework"), queryset=FrameworkVersion.objects.all())
    assessor = forms.ModelChoiceField(label=_("Assessing unit"), queryset=Unit.objects.none())
    kinds = forms.MultipleChoiceField(
        label=_("Units that take part"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    opens_on = date_field(_("Opens on"))
    due_at = moment_field(_("Due"))
    verified_by = date_field(_("Verified by"), required=False)
    council_on = date_field(_("Council meets on"), required=False)
    appeals_until = date_field(_("Appeals until"), required=False)
    published_on = date_field(_("Published on"), required=False)

    def __init__(self, *args: Any, assessors: dict[int, str], **told: Any) -> None:
        super().__init__(*args, **told)
        units = self.fields["assessor"]
        assert isinstance(units, forms.ModelChoiceField)
        units.queryset = Unit.objects.filter(pk__in=assessors)
        units.label_from_instance = lambda obj: assessors[obj.pk]  # type: ignore[method-assign]
        versions = self.fields["framework"]
        assert isinstance(versions, forms.ModelChoiceField)
        versions.label_from_instance = _version_words  # type: ignore[method-assign]

    def calendar(self) -> Calendar:
        """Return the calendar."""
        names = ("opens_on", "due_at", "verified_by", "council_on", "appeals_until", "published_on")
        return Calendar(*(self.cleaned_data[name] for name in names))


class StageForm(forms.Form):
    """Where a round is moved to, and why where it goes back."""

    to = forms.ChoiceField(choices=Stage.choices)
    reason = forms.CharField(max_length=1000, required=False)


class LateForm(forms.Form):
    """Until when a participant may report late, and why."""

    until = moment_field(_("Until"))
    reason = forms.CharField(label=_("Reason"), max_length=1000)
