"""What the log says of results."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chiso.web.audit.words import Action, Field, know_actions
from chiso.web.collection.models import ValueStage

know_actions(
    {
        "results.computed": Action(
            _("Results worked out"),
            _("%(who)s had the results of %(participants)s units worked out (%(stage)s)"),
            {
                "participants": Field(_("Units")),
                "stage": Field(_("Values"), lambda value: str(ValueStage(value).label)),
                "framework": Field(_("Hash of the framework")),
            },
        )
    }
)
