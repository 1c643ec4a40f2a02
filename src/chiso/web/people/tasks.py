"""Work of this app in the background: mails to invited people."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chiso.web.jobs.work import Outcome, Run, StoppedError, job
from chiso.web.people import invitations, mails


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
    except SMTPRecipientsRefused:
        invitations.note_sent(invitation=invitation, sent=False)
        return False
    invitations.note_sent(invitation=invitation, sent=True)
    return True
