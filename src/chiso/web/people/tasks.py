"""Work of this app in the background: mails to invited people, and lists of people to invite."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chiso.web.formats import language, number
from chiso.web.jobs.models import Job
from chiso.web.jobs.work import Outcome, Run, StoppedError, job
from chiso.web.people import bulk, bulk_table, invitations, mails
from chiso.web.people.access import NOBODY, Access
from chiso.workbook.faults import TableError

#: Faults that a preview lists; of more it says how many there are.
LISTED = 500


@job("people.send_invitations", gettext_lazy("Sending of invitations"), repeatable=True)
def send_invitations(run: Run) -> Outcome:
    """Write to invited people; those who have their mail already get no second one.

    A server that does not answer ends the work: the others would wait for it in vain, one after the other.
    """
    pks: list[int] = run.arguments["invitations"]
    run.expect(len(pks))
    refused, left = 0, list(pks)
    try:
        with get_connection() as connection:
            while left:
                refused += not _send(run, left[0], connection)
                del left[0]
                run.advance()
    except (OSError, SMTPException) as error:
        invitations.note_failed(pks=left)
        raise StoppedError(
            _(
                "The mail server did not take the mails (%(fault)s). What was not sent is marked among the "
                "invitations; send it again once the server answers, and tell the system operator."
            )
            % {"fault": type(error).__name__}
        ) from error
    words = ngettext("%(num)s invitation was sent.", "%(num)s invitations were sent.", len(pks) - refused)
    told = [words % {"num": len(pks) - refused}]
    if refused:
        told.append(
            ngettext(
                "%(num)s address was refused by the mail server.",
                "%(num)s addresses were refused by the mail server.",
                refused,
            )
            % {"num": refused}
        )
    return Outcome(" ".join(told), {"next": reverse("people_invitations")})


def _send(run: Run, pk: int, connection: BaseEmailBackend) -> bool:
    """Send one mail; say whether its address was taken."""
    with transaction.atomic():
        run.hold()
        drawn = invitations.draw_token(pk=pk)
    if drawn is None:
        return True
    invitation, token = drawn
    try:
        mails.send_invitation(invitation, token, connection)
    except (SMTPRecipientsRefused, SMTPDataError):
        invitations.note_sent(invitation=invitation, sent=False)
        return False
    invitations.note_sent(invitation=invitation, sent=True)
    return True


def _planned(path: Path, user_id: int | None) -> bulk.Plan:
    """Return what a list would do, by what whoever gave it may do now."""
    try:
        lines = bulk_table.read(path)
    except TableError as error:
        raise StoppedError(error.text(language())) from error
    except bulk_table.TooLongError as error:
        words = _("The list has more than %(limit)s lines. Divide it, and give one part after the other.")
        raise StoppedError(words % {"limit": number(bulk_table.MAX_LINES)}) from error
    return bulk.plan(lines, Access.of(user_id) if user_id is not None else NOBODY)


@job("people.check_list", gettext_lazy("Check of a list of people to invite"), repeatable=True)
def check_list(run: Run) -> Outcome:
    """Read a list and say whom it would invite; nobody is written to. The result holds no names and no addresses."""
    made = _planned(Path(run.job.source.path), run.job.by_id)
    roles = Counter(str(offer.role.label) for _line, offer in made.offers)
    told = {
        "count": len(made.offers),
        "roles": sorted(roles.items()),
        "fault_count": len(made.faults),
        "faults": made.faults[:LISTED],
        "next": reverse("people_bulk_checked", args=[run.job.pk]),
    }
    return Outcome(result=told)


@job("people.invite_list", gettext_lazy("Invitation of the people of a list"), repeatable=True)
def invite_list(run: Run) -> Outcome:
    """Invite the people of a checked list; lines with faults are left out. The list itself is not needed any more."""
    with transaction.atomic():
        run.hold()
        checked = Job.objects.select_for_update().get(pk=run.arguments["check"])
        if not checked.source:
            raise StoppedError(_("The people of this list were invited already."))
        made = _planned(Path(checked.source.path), run.job.by_id)
        if made.offers:
            invitations.invite(offers=[offer for _line, offer in made.offers], actor=run.actor)
    checked.source.delete()
    words = ngettext("%(num)s person was invited.", "%(num)s people were invited.", len(made.offers))
    return Outcome(words % {"num": len(made.offers)}, {"next": reverse("people_invitations")})
