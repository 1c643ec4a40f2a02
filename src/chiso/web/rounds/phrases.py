"""What the pages say of rounds, by code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chiso.web.rounds.checks import Check

#: Why a round cannot be opened, changed or moved so, with what to do.
REFUSED: dict[str, str | Promise] = {
    "calendar": _("The days of the calendar do not follow one another. Check them from top to bottom."),
    "registration_days": _("Levels are registered between the opening and the due time. Choose a day between them."),
    "level": _("The framework has no such level. Choose one of the list."),
    "registration_over": _("The time for registering a level is over. Ask the coordinator, who can enter it for you."),
    "registration_other": _("Another level was registered meanwhile. Look at it, then confirm it."),
    "registration_none": _("No level has been registered yet. Choose one first."),
    "stage": _("A round goes from stage to stage, and back only from a stage it has reached."),
    "blocked": _("The round cannot move on yet. See below what stands in the way."),
    "reason": _("Give the reason; it stands in the log."),
    "past": _("This moment has passed. Choose a later one."),
    "published": _("The round is published: it no longer changes."),
    "running": _("The round is no longer in preparation. Move it back to preparation first; the reason is logged."),
    "framework": _("Units have worked with this framework already; it stays. Begin another round for another one."),
    "opened": _("The round was open already. It can no longer be discarded, since units may have reported in it."),
    "followed": _("The round of the next year follows this one. Give that one up first."),
    "whole": _(
        "No unit that takes part stands above one of these. Add the unit whose figures they supply first, then its "
        "parts."
    ),
    "reading": _("This reading is not one of the framework. Load the page again and choose."),
    "child": _("One of these rounds cannot stand below this one. Load the page again and choose."),
    "group": _("Choose the group into which they go."),
    "group_twice": _("Two groups have the same name. Give each its own."),
    "group_in_use": _("Units still stand in a group that you leave out. Put them into another group first."),
}

#: What to know before a round moves on.
CHECKS: dict[str, str | Promise] = {
    "no_units": _("No unit takes part yet. Choose the units."),
    "calendar_proposed": _("The days are only a proposal so far. Look at the calendar and save it."),
    "outside_missing": _("%(count)s values from outside are not entered yet: their criteria have no points before."),
    "due_passed": _("The due time has passed already: units could only report by permission."),
    "ungrouped": _("%(count)s units stand in no ranking group and will not be ranked."),
    "no_officer": _("%(count)s of %(all)s units have no officer: nobody can report for them."),
    "no_head": _("%(count)s of %(all)s units have no head: nobody can sign their reports off."),
    "unregistered": _("%(count)s of %(all)s units have not registered a level that their head has confirmed."),
    "not_due": _("The due time has not come yet. In verification units can no longer report."),
}


#: On the page of which step it is seen to.
SEEN_TO = {
    "no_units": "units",
    "calendar_proposed": "calendar",
    "outside_missing": "outside",
    "due_passed": "calendar",
    "ungrouped": "units",
    "no_officer": "people",
    "no_head": "people",
}


def sentence(check: Check) -> str:
    """Return a check as a sentence."""
    words = str(CHECKS[check.code])
    return words % check.data if check.data else words
