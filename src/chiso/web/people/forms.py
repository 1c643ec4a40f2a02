"""What people fill in to invite somebody, to accept, to give a role and to end one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from chiso.web.days import DayField
from chiso.web.people.access import Access
from chiso.web.people.invitations import Offer
from chiso.web.people.models import Role, User
from chiso.web.people.permissions import managed_units, may_invite
from chiso.web.people.succession import Ending
from chiso.web.units import choosing

_NO_ADDRESS = {"invalid": _("This is not an e-mail address. Check it: it looks like name@example.org.")}


def unit_field(words: Any, **told: Any) -> forms.CharField:
    """Return a field in which a unit is typed; the browser offers what fits (see ``people/unit.html``)."""
    widget = forms.TextInput(
        attrs={
            "list": "unit-options",
            "autocomplete": "off",
            "hx-get": reverse_lazy("people_unit_options"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": "#unit-options",
        }
    )
    return forms.CharField(label=words, max_length=260, widget=widget, **told)


class RoleForm(forms.Form):
    """A role for a unit and a period, as far as the person who gives it may give it."""

    role = forms.ChoiceField(label=_("Role"))
    unit = unit_field(_("Unit"), required=False, help_text=_("Type a part of the name, or the code, and choose."))
    agency = forms.CharField(
        label=_("Supplying agency"),
        max_length=200,
        required=False,
        help_text=_("Only for data providers: the agency as the framework names it."),
    )
    valid_from = DayField(label=_("From"))
    valid_to = DayField(label=_("Last day"), required=False, help_text=_("Empty: without an end."))

    def __init__(self, *args: Any, access: Access, **told: Any) -> None:
        self.access = access
        super().__init__(*args, **told)
        roles = [one for one in Role if one != Role.OPERATOR or access.has(Role.OPERATOR)]
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ""), *((one.value, capfirst(one.label)) for one in roles)]
        self.fields["unit"].required = not access.has(Role.OPERATOR)

    def clean_unit(self) -> int | None:
        """Return the unit that was typed."""
        text = self.cleaned_data["unit"]
        return choosing.find(timezone.localdate(), text, managed_units(self.access)).unit_id if text else None

    def clean(self) -> dict[str, Any]:
        """Check what belongs together: role and unit, role and agency, the two days."""
        data = super().clean() or self.cleaned_data
        role = data.get("role")
        if role and "unit" in data:
            self._check_unit(role, data["unit"])
        if role == Role.PROVIDER and not data.get("agency"):
            self.add_error("agency", _("A data provider needs an agency."))
        if role and role != Role.PROVIDER and data.get("agency"):
            self.add_error("agency", _("Only data providers have an agency. Leave this empty."))
        since, until = data.get("valid_from"), data.get("valid_to")
        if until and until < max(since or until, timezone.localdate()):
            self.add_error("valid_to", _("The last day is before the first, or has passed."))
        return data

    def _check_unit(self, role: str, unit_id: int | None) -> None:
        if role == Role.OPERATOR and unit_id is not None:
            self.add_error("unit", _("Operators run the whole installation. Leave the unit empty."))
        elif role != Role.OPERATOR and unit_id is None:
            self.add_error("unit", _("This role is held for a unit. Choose one."))
        elif not may_invite(self.access, unit_id, role):
            self.add_error("unit", _("You are not responsible for this unit."))


class InviteForm(RoleForm):
    """Somebody to invite, and to what."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages=_NO_ADDRESS,
    )
    full_name = forms.CharField(label=_("Full name"), max_length=120)

    def offer(self) -> Offer:
        """Return what is offered to whom."""
        data = self.cleaned_data
        return Offer(
            data["email"],
            data["full_name"],
            Role(data["role"]),
            data["unit"],
            data["valid_from"],
            data["valid_to"],
            data["agency"],
        )


class AcceptForm(forms.Form):
    """What somebody says about themselves, and the password of their new account."""

    full_name = forms.CharField(label=_("Full name"), max_length=120)
    position = forms.CharField(label=_("Position"), max_length=120, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=30, required=False)
    password = forms.CharField(label=_("Password"), max_length=200, strip=False, widget=forms.PasswordInput)
    again = forms.CharField(label=_("Password, once more"), max_length=200, strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, email: str, **told: Any) -> None:
        self.email = email
        super().__init__(*args, **told)

    def clean(self) -> dict[str, Any]:
        """Check the password against the rules, and that it was typed the same twice."""
        data = super().clean() or self.cleaned_data
        password = data.get("password")
        if not password:
            return data
        try:
            validate_password(password, User(email=self.email, full_name=data.get("full_name", "")))
        except ValidationError as error:
            self.add_error("password", error)
        if data.get("again") not in (None, password):
            self.add_error("again", _("The two passwords differ. Type the same one twice."))
        return data


class EndForm(forms.Form):
    """When a role ends, and who follows."""

    AT_ONCE, ON_DAY = "now", "day"
    NOBODY, COLLEAGUE, SOMEBODY_NEW = "", "colleague", "new"

    when = forms.ChoiceField(
        label=_("When"),
        choices=[(ON_DAY, _("At the end of the last day")), (AT_ONCE, _("At once"))],
        widget=forms.RadioSelect,
        initial=ON_DAY,
    )
    last_day = DayField(label=_("Last day"), required=False)
    follows = forms.ChoiceField(
        label=_("Who follows"),
        choices=[
            (NOBODY, _("Nobody")),
            (COLLEAGUE, _("Somebody with a role for the same unit")),
            (SOMEBODY_NEW, _("Somebody who is invited by mail")),
        ],
        widget=forms.RadioSelect,
        required=False,
        initial=NOBODY,
    )
    colleague = forms.ChoiceField(label=_("Successor"), required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False, error_messages=_NO_ADDRESS)
    full_name = forms.CharField(label=_("Full name"), max_length=120, required=False)

    def __init__(self, *args: Any, colleagues: list[User], **told: Any) -> None:
        super().__init__(*args, **told)
        field, follows = self.fields["colleague"], self.fields["follows"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(follows, forms.ChoiceField)
        field.choices = [("", ""), *((str(one.pk), one.full_name) for one in colleagues)]
        if not colleagues:
            follows.choices = [one for one in self.base_fields["follows"].choices if one[0] != self.COLLEAGUE]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs to each choice."""
        data = super().clean() or self.cleaned_data
        day = data.get("last_day")
        if data.get("when") == self.ON_DAY and not self.errors.get("last_day"):
            if day is None:
                self.add_error("last_day", _("Give the last day."))
            elif day < timezone.localdate():
                self.add_error("last_day", _("This day has passed. End the role at once, or choose a later day."))
        if data.get("follows") == self.COLLEAGUE and not data.get("colleague"):
            self.add_error("colleague", _("Choose who follows."))
        if data.get("follows") == self.SOMEBODY_NEW:
            for name in ("email", "full_name"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Needed for the invitation."))
        return data

    def told(self) -> Ending:
        """Return how the role ends."""
        data = self.cleaned_data
        last_day = data["last_day"] if data["when"] == self.ON_DAY else None
        if data["follows"] == self.COLLEAGUE:
            return Ending(last_day, successor=int(data["colleague"]))
        if data["follows"] == self.SOMEBODY_NEW:
            return Ending(last_day, email=data["email"], full_name=data["full_name"])
        return Ending(last_day)
