"""What the pages say of invitations, roles and accounts, by code."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chiso.web.people.models import Role

#: Why something cannot be done, with what to do.
REFUSED: dict[str, str | Promise] = {
    "invited": _("This address is invited to this role already. Send that invitation again, or withdraw it."),
    "twice": _("The list names this person for this role twice. The first line counts."),
    "held": _("The person with this address holds this role already."),
    "over": _("This invitation is over: it was accepted or withdrawn, or its period has ended. Make a new one."),
    "unknown": _(
        "This link is not known. If you were invited more than once, only the link of the newest mail works. Check "
        "that the whole link was copied, or ask whoever invited you to send it again."
    ),
    "expired": _("This invitation has expired. Ask whoever invited you to send it again; they find it under Users."),
    "withdrawn": _("This invitation was withdrawn. Ask whoever invited you if you think that this is a mistake."),
    "accepted": _("This invitation was accepted already. Sign in with the account that you made."),
    "account": _("This address has an account by now. Sign in with it, then open the link again."),
    "ended": _("This role has ended already."),
    "before": _("A role cannot end before it begins. Choose a later day, or end it at once."),
    "own_operator": _("You cannot take away your own last role as an operator. Ask another operator."),
    "last_operator": _("At least one operator without an end must remain. Make another one first."),
    "successor": _("The successor has to be somebody else, with an open account."),
    "self": _("This cannot be done to one's own account. Ask another operator or coordinator."),
    "closed": _("This account is closed already."),
    "open": _("This account is open already."),
    "no_factor": _("This account has no second factor."),
    "another": _("This invitation is for another account. Sign out, then open the link again."),
}

#: What a role is for, in a sentence, where one is chosen.
ABOUT: dict[Role, str | Promise] = {
    Role.OPERATOR: _("Runs the installation: accounts, units, frameworks. Sees no reports."),
    Role.COORDINATOR: _("Prepares and runs the rounds of the unit, invites people, follows progress."),
    Role.OFFICER: _("Fills in the report of the unit and its evidence."),
    Role.HEAD: _("Reads the report of the unit and signs it, or sends it back."),
    Role.PROVIDER: _("Supplies the figures of an agency for all units of the rounds of this unit."),
    Role.VERIFIER: _("Checks the reports of the rounds of this unit."),
    Role.COUNCIL_MEMBER: _("Decides on verified results."),
    Role.COUNCIL_SECRETARY: _("Prepares the council's meetings and writes its decisions down."),
    Role.COUNCIL_CHAIR: _("Chairs the council."),
    Role.LEADER: _("Follows progress and results of the rounds of this unit."),
    Role.AUDITOR: _("Reads everything of the rounds of this unit, and the log; changes nothing."),
}
