"""What somebody looks for in the log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chiso.web.audit.strands import Scope
from chiso.web.audit.words import actions
from chiso.web.days import DayField

FORMATS = {"xlsx": _("Excel"), "csv": _("CSV")}


class LogForm(forms.Form):
    """The filters of the log; all of them may stay empty."""

    within = forms.ChoiceField(label=_("Part of the log"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)
    unit = forms.CharField(label=_("Unit"), required=False, max_length=200)
    person = forms.CharField(label=_("Person"), required=False, max_length=200)
    action = forms.ChoiceField(label=_("Action"), required=False)

    def __init__(self, *args: Any, scopes: list[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = sorted(((name, str(one.words)) for name, one in actions().items()), key=lambda pair: pair[1])
        self.fields["within"].choices = [("", _("All that I may see")), *((one.name, one.words) for one in scopes)]  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", _("All")), *known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check that the period goes forward."""
        told = super().clean() or {}
        since, until = told.get("since"), told.get("until")
        if since and until and since > until:
            self.add_error("until", _("The period ends before it begins. Change one of the two days."))
        return told
