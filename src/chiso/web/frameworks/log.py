"""What the log says of frameworks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chiso.web.audit.words import Action, Field, know_actions, know_strand

know_strand("frameworks", _("frameworks"))

know_actions(
    {
        "framework.added": Action(
            _("Framework added"),
            _("%(who)s added the framework %(id)s"),
            {"id": Field(_("Framework")), "hash": Field(_("Hash of the framework"))},
        )
    }
)
