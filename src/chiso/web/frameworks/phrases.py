"""What the pages say of frameworks, by code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chiso.framework.model import FactType

#: Types of figures.
TYPES: dict[FactType, str | Promise] = {
    "count": _("count"),
    "number": _("number"),
    "amount": _("amount"),
    "share": _("share, in per cent"),
    "yes_no": _("yes or no"),
    "choice": _("choice"),
    "days": _("days"),
    "points": _("number of points"),
    "date": _("date"),
    "text": _("text"),
    "document": _("document"),
}

#: What follows where there is nothing to count.
NOT_APPLICABLE: dict[str, str | Promise] = {
    "undecided": _("Where there is nothing to count, the document does not say what follows."),
    "full": _("Where there is nothing to count, the maximum is given."),
    "leave_out": _("Where there is nothing to count, the criterion is left out and the maximum is smaller."),
}

#: How equal totals are ranked.
TIES: dict[str, str | Promise] = {
    "skip": _("Equal totals share a rank; the ranks after them are left out."),
    "dense": _("Equal totals share a rank; the next rank follows without a gap."),
}

#: How grave a finding is.
SEVERITIES: dict[str, str | Promise] = {"error": _("error"), "warning": _("to be looked at"), "note": _("to be known")}
