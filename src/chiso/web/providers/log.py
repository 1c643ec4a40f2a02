"""What the log says of figures that agencies supply."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chiso.web.audit.words import Action, Field, know_actions

know_actions(
    {
        "supply.origin": Action(
            _("Source of a figure"),
            _("%(who)s said for the figure %(fact)s of all units: source “%(source)s”, as of “%(as_of)s”"),
            {"fact": Field(_("Figure")), "source": Field(_("Source")), "as_of": Field(_("As of"))},
        ),
    }
)
