"""What the log says of figures that agencies supply."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from chiso.web.audit.words import Action, Field, know_actions, moment
from chiso.web.collection.log import OfFigure
from chiso.web.formats import number


def _times(steps: list[list[Any]]) -> str:
    return ", ".join(moment(due) for due, _step in steps)


_REMINDED = {
    "agency": Field(_("Agency")),
    "people": Field(_("People reminded")),
    "given": Field(_("Supplied"), number),
    "needed": Field(_("Figures"), number),
    "step": Field(_("Days before the due day")),
    "due": Field(_("Due"), moment),
    "also": Field(_("Due as well"), _times),
}

know_actions(
    {
        "supply.origin": OfFigure(
            _("Source of a figure"),
            _("%(who)s said for the figure “%(fact)s” of all units: source “%(source)s”, as of “%(as_of)s”"),
            {"fact": Field(_("Figure")), "source": Field(_("Source")), "as_of": Field(_("As of"))},
        ),
        "supply.reminded": Action(
            _("Agency reminded"),
            _("%(who)s had %(people)s people of %(agency)s reminded: %(given)s of %(needed)s figures there"),
            _REMINDED,
        ),
        "supply.not_reminded": Action(
            _("Agency not reminded"),
            _("%(who)s could not have the agency %(agency)s reminded: the mail server took no message"),
            _REMINDED,
        ),
    }
)
