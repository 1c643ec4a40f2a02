"""What the log says of frameworks."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chiso.web.audit.words import Action, Field, know_actions, know_strand

know_strand("frameworks", _("frameworks"), is_open=True)

_FIELDS = {"id": Field(_("Framework")), "hash": Field(_("Hash of the framework"))}

know_actions(
    {
        "framework.added": Action(
            _("Framework added"),
            _("%(who)s added the framework %(id)s"),
            _FIELDS,
        ),
        "framework.withdrawn": Action(
            _("Framework withdrawn"),
            _("%(who)s withdrew the framework %(id)s; reason: %(reason)s"),
            {**_FIELDS, "reason": Field(_("Reason"))},
        ),
        "framework.offered": Action(
            _("Framework offered again"), _("%(who)s let the framework %(id)s be chosen again"), _FIELDS
        ),
    }
)
