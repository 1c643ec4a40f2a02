"""What the log says of reminders: how many, never who."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chiso.web.audit.words import Action, Field, know_actions

_FIELDS = {"people": Field(_("People reminded")), "units": Field(_("Units"))}

know_actions(
    {
        "reminders.sent": Action(
            _("Reminders sent"), _("%(who)s had %(people)s people reminded of %(units)s units"), _FIELDS
        ),
        "reminders.sent_before_due": Action(
            _("Reminders sent before the due day"), _("%(who)s reminded %(people)s people of %(units)s units"), _FIELDS
        ),
    }
)
