"""What the pages say of rounds, by code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Why a round cannot be opened or moved so, with what to do.
REFUSED: dict[str, str | Promise] = {
    "calendar": _("The days of the calendar do not follow one another. Check them from top to bottom."),
    "nobody": _("No unit of these kinds stands below the assessing unit on that day. Choose other kinds."),
    "stage": _("A round goes from stage to stage, and back only from a stage it has reached."),
    "reason": _("Give the reason; it stands in the log."),
    "past": _("This moment has passed. Choose a later one."),
}
