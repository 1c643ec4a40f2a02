"""What people fill in to record what a legal act does to units."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chiso.web.days import DayField
from chiso.web.units import queries
from chiso.web.units.changes import AnyChange, Change, Create, End, Merge, Split
from chiso.web.units.models import Kind, LegalAct, UnitVersion
from chiso.web.units.registry import Act

#: No kind is chosen beforehand: the first of the list would be taken for the right one.
_KINDS = [("", _("choose the kind")), *Kind.choices]


class AsOfForm(forms.Form):
    """The day of which the list of units tells."""

    day = DayField(label=_("As of the day"), required=False)


class CodeField(forms.CharField):
    """The code of a unit; becomes the unit as it is on the day of the form (see ``ActForm.unit_of``)."""


class ActForm(forms.Form):
    """An act and the day from which it counts; what it does is added by the forms for each change."""

    on = DayField(label=_("Takes effect on"))
    act_number = forms.CharField(label=_("Number of the act"), max_length=80)
    act_date = DayField(label=_("Date of the act"))
    act_issuer = forms.CharField(label=_("Issued by"), max_length=200)
    act_title = forms.CharField(label=_("Title of the act"), max_length=500)

    def __init__(self, *args: Any, version: UnitVersion | None = None, **told: Any) -> None:
        self.version = version
        super().__init__(*args, **told)

    def act(self) -> Act:
        """Return the act."""
        data = self.cleaned_data
        known = LegalAct.objects.filter(number=data["act_number"], date=data["act_date"]).first()
        if known is not None:
            return Act(known.number, known.date, known.issuer, known.title)
        return Act(data["act_number"], data["act_date"], data["act_issuer"], data["act_title"])

    def change(self) -> AnyChange:
        """Return what the act does."""
        raise NotImplementedError

    def unit_of(self, name: str, day: dt.date | None) -> int | None:
        """Return the unit whose code stands in a field, as of a day; a code that nobody has is said to be wrong."""
        code = self.cleaned_data.get(name, "")
        if not code or day is None:
            return None
        found = queries.on_day(day).filter(code=code).values_list("unit_id", flat=True).first()
        if found is None:
            self.add_error(name, _("No unit has this code on that day. Look the code up in the list of units."))
        return found


class DescribedForm(ActForm):
    """What a unit is."""

    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=_KINDS)
    parent = CodeField(label=_("Code of the unit above"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """Find the unit above."""
        data = super().clean() or self.cleaned_data
        data["above"] = self.unit_of("parent", data.get("on"))
        return data


class CreateForm(DescribedForm):
    """A new unit."""

    def change(self) -> Create:
        """Return the new unit."""
        data = self.cleaned_data
        return Create(data["code"], data["name"], data["kind"], data["above"])


class ChangeForm(DescribedForm):
    """Another name, kind, code or unit above; what is left as it is does not change."""

    def change(self) -> Change:
        """Return what changes."""
        assert self.version is not None, "the view gives it"
        data = self.cleaned_data
        told = {"code": data["code"], "name": data["name"], "kind": data["kind"], "parent": data["above"]}
        return Change(self.version.unit_id, told)


class MergeForm(ActForm):
    """Several units go on in one."""

    units = forms.CharField(
        label=_("Codes of the units that are merged"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line, or with commas. What stands below them moves to the unit they become."),
    )
    into = CodeField(label=_("Into the unit with this code (empty: a new unit)"), max_length=40, required=False)
    code = forms.CharField(label=_("Code of the new unit"), max_length=40, required=False)
    name = forms.CharField(label=_("Name of the new unit"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("Kind of the new unit"),
        choices=_KINDS,
        required=False,
        help_text=_("Empty: that of the units that are merged."),
    )
    parent = CodeField(label=_("Code of the unit above the new one"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """Find the units by their codes."""
        data = super().clean() or self.cleaned_data
        on = data.get("on")
        before = on - dt.timedelta(days=1) if on else None
        codes = [code for code in re.split(r"[\s,;]+", data.get("units", "")) if code]
        if before is not None:
            rows = queries.on_day(before).filter(code__in=codes).values_list("code", "unit_id")
            known = dict(rows)
            missing = [code for code in codes if code not in known]
            if missing:
                self.add_error("units", _("No unit has these codes on the day before: %(codes)s. Check them.")
                               % {"codes": ", ".join(missing)})  # fmt: skip
            data["merged"] = tuple(dict.fromkeys(known[code] for code in codes if code in known))
            if not data.get("kind"):
                data["kind"] = self._kind_of(data["merged"], before)
        data["into_unit"] = self.unit_of("into", before)
        data["above"] = self.unit_of("parent", on)
        if not data.get("into") and not (data.get("code") and data.get("name")):
            self.add_error("into", _("Give the code of a unit, or the code and name of a new one."))
        return data

    def _kind_of(self, units: tuple[int, ...], day: dt.date) -> str:
        """Return the kind that units have in common; nothing, with a fault where one is needed, if they differ."""
        kinds = set(queries.on_day(day).filter(unit__in=units).values_list("kind", flat=True))
        if len(kinds) > 1 and not self.cleaned_data.get("into"):
            self.add_error("kind", _("The units are of different kinds. Choose that of the new one."))
        return kinds.pop() if len(kinds) == 1 else ""

    def change(self) -> Merge:
        """Return the merger."""
        data = self.cleaned_data
        if data["into_unit"] is not None:
            return Merge(data["merged"], data["into_unit"])
        return Merge(data["merged"], Create(data["code"], data["name"], data["kind"], data["above"]))


class SplitForm(ActForm):
    """New units are made of one."""

    into = forms.CharField(
        label=_("New units"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: code; name. They are of the same kind, and stand below the same unit."),
    )
    stays = forms.BooleanField(label=_("The old unit stays"), required=False)

    def clean_into(self) -> list[tuple[str, str]]:
        """Return codes and names."""
        lines = [line for line in self.cleaned_data["into"].splitlines() if line.strip()]
        pairs = [tuple(part.strip() for part in line.partition(";")[::2]) for line in lines]
        if any(not code or not name for code, name in pairs):
            raise forms.ValidationError(_("Each line needs a code and a name, with a semicolon between them."))
        return [(code, name) for code, name in pairs]

    def change(self) -> Split:
        """Return the split."""
        assert self.version is not None, "the view gives it"
        kind, parent = self.version.kind, self.version.parent_id
        made = tuple(Create(code, name, kind, parent) for code, name in self.cleaned_data["into"])
        return Split(self.version.unit_id, made, self.cleaned_data["stays"])


class EndForm(ActForm):
    """A unit ends."""

    successor = CodeField(label=_("Code of the unit that takes its place, if any"), max_length=40, required=False)
    children_to = CodeField(
        label=_("Code of the unit to which those below it go"),
        max_length=40,
        required=False,
        help_text=_("Needed when units stand below it that go on."),
    )

    def clean(self) -> dict[str, Any]:
        """Find the units by their codes."""
        data = super().clean() or self.cleaned_data
        data["successor_unit"] = self.unit_of("successor", data.get("on"))
        data["children_unit"] = self.unit_of("children_to", data.get("on"))
        return data

    def change(self) -> End:
        """Return the end."""
        assert self.version is not None, "the view gives it"
        return End(self.version.unit_id, self.cleaned_data["successor_unit"], self.cleaned_data["children_unit"])


class ImportForm(forms.Form):
    """A table of units."""

    file = forms.FileField(
        label=_("Excel table of units"), widget=forms.FileInput(attrs={"accept": ".xlsx"}), allow_empty_file=True
    )
