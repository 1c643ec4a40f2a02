"""The forms of rounds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chiso.web.days import DayField, MomentField
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.rounds.models import RankingGroup, Round, Stage
from chiso.web.rounds.preparing import calendar_of
from chiso.web.rounds.services import Calendar
from chiso.web.units.models import Kind, Unit

#: Codes that are pasted at once: more than there are communes.
_MOST_CODES = 20000

#: Where units that are added may stand, besides a group that is there already.
PLACES = {
    "kinds": _("a ranking group for each kind"),
    "voluntary": _("a voluntary group outside the ranking"),
    "parts": _("no group: they only supply parts of the figures of the unit above them"),
}


class BasisForm(forms.Form):
    """What is assessed: the framework, the year, and whose round it is."""

    title = forms.CharField(label=_("Title"), max_length=200)
    year = forms.IntegerField(label=_("Reporting year"), min_value=2000, max_value=2100)
    assessor = forms.ModelChoiceField(label=_("Assessing unit"), queryset=Unit.objects.none())
    framework = forms.ModelChoiceField(
        label=_("Framework"),
        queryset=FrameworkVersion.objects.filter(withdrawn_at=None).defer("text"),
        error_messages={"required": _("Choose the framework that the round applies.")},
    )

    def __init__(self, *args: Any, assessors: dict[int, str], **told: Any) -> None:
        super().__init__(*args, **told)
        units = self.fields["assessor"]
        assert isinstance(units, forms.ModelChoiceField)
        units.queryset = Unit.objects.filter(pk__in=assessors)
        units.label_from_instance = lambda obj: assessors[obj.pk]  # type: ignore[method-assign]


class CalendarForm(forms.Form):
    """The days of a round; once units know them, why they change."""

    opens_on = DayField(label=_("Opens on"))
    due_at = MomentField(label=_("Reports due"))
    verified_by = DayField(label=_("Verified by"), required=False)
    council_on = DayField(label=_("Council meets on"), required=False)
    appeals_until = DayField(label=_("Appeals until"), required=False)
    published_on = DayField(label=_("Published on"), required=False)
    registration_until = DayField(
        label=_("Levels are registered until"), required=False, help_text=_("Empty: until the due time.")
    )
    reason = forms.CharField(label=_("Reason for the change"), max_length=1000, required=False)

    #: The days, in their order.
    DAYS = ("opens_on", "due_at", "verified_by", "council_on", "appeals_until", "published_on", "registration_until")

    @classmethod
    def days_of(cls, round_: Round) -> list[str]:
        """Return the days that a round has: levels are registered only where the framework has any."""
        return [name for name in cls.DAYS if name != "registration_until" or round_.framework.about["levels"]]

    @classmethod
    def of(cls, round_: Round, data: Any = None) -> CalendarForm:
        """Return the form with the days of a round."""
        days = calendar_of(round_)
        made = cls(data, initial={name: getattr(days, name) for name in cls.DAYS})
        for name in set(cls.DAYS) - set(cls.days_of(round_)):
            del made.fields[name]
        if round_.opened_at is None:
            del made.fields["reason"]
        else:
            made.fields["reason"].required = True
        return made

    def calendar(self) -> Calendar:
        """Return the calendar."""
        told = self.cleaned_data
        more = {name: told[name] for name in self.DAYS[2:] if name in self.fields}
        return Calendar(told["opens_on"], told["due_at"], **more)


class AddForm(forms.Form):
    """Which units take part: by kind and place in the tree, or by their codes; and where they stand."""

    kinds = forms.MultipleChoiceField(
        label=_("Every unit of these kinds"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    under = forms.CharField(
        label=_("only below the unit with this code"),
        max_length=40,
        required=False,
        help_text=_("Empty: everything below the assessing unit."),
    )
    codes = forms.CharField(
        label=_("Units with these codes"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, or with commas; a column copied from Excel will do."),
    )
    file = forms.FileField(
        label=_("Or an Excel table with a column “Mã đơn vị”"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
    )
    place = forms.ChoiceField(label=_("They stand in"))
    reason = forms.CharField(label=_("Reason for the change"), max_length=1000, required=False)

    def __init__(self, *args: Any, groups: Sequence[RankingGroup], is_opened: bool, **told: Any) -> None:
        super().__init__(*args, **told)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = [
            ("kinds", PLACES["kinds"]),
            *((str(group.pk), group.name) for group in groups),
            ("voluntary", PLACES["voluntary"]),
            ("parts", PLACES["parts"]),
        ]
        self._groups = {str(group.pk): group for group in groups}
        if is_opened:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]

    def clean_codes(self) -> list[str]:
        """Return the codes."""
        codes = [code for code in re.split(r"[\s,;]+", self.cleaned_data["codes"]) if code]
        if len(codes) > _MOST_CODES:
            raise forms.ValidationError(_("These are more than %(most)s codes.") % {"most": _MOST_CODES})
        return codes

    def clean(self) -> dict[str, Any]:
        """Ask for at least one way of choosing."""
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.get(name) for name in ("kinds", "codes", "file")):
            raise forms.ValidationError(_("Choose kinds of units, or give codes or a table."))
        return data

    def place_chosen(self) -> Any:
        """Return where the units stand: a place, or a group."""
        chosen = self.cleaned_data["place"]
        return self._groups.get(chosen, chosen)


class CopyForm(forms.Form):
    """Next year's round: what it is called, which version of the framework it applies, and whether new units join."""

    title = forms.CharField(label=_("Title"), max_length=200)
    framework = forms.ModelChoiceField(
        label=_("Version of the framework"), queryset=FrameworkVersion.objects.none(), widget=forms.RadioSelect
    )
    with_new = forms.BooleanField(label=_("Units that are new take part too"), required=False)

    def __init__(self, *args: Any, versions: Sequence[FrameworkVersion], **told: Any) -> None:
        super().__init__(*args, **told)
        choice = self.fields["framework"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = FrameworkVersion.objects.defer("text", "bases").filter(pk__in=[one.pk for one in versions])


class StageForm(forms.Form):
    """Where a round is moved to, and why where it goes back."""

    to = forms.ChoiceField(choices=Stage.choices)
    reason = forms.CharField(max_length=1000, required=False)


class LateForm(forms.Form):
    """Until when a participant may report late, and why."""

    until = MomentField(label=_("Until"))
    reason = forms.CharField(label=_("Reason"), max_length=1000)
