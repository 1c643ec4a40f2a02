"""What is written to people about their accounts. Workers send it; links are made while sending and kept nowhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPServerDisconnected

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from chiso.web.formats import language, time
from chiso.web.people.models import Invitation, Role, User
from chiso.web.units.queries import last_names

#: When the mail server takes nothing, it is asked again after so many minutes.
WAITS = (1, 5, 25, 60)


def tell_of_change(*, user_id: int) -> None:
    """Let a worker tell somebody that how they sign in was changed."""
    transaction.on_commit(lambda: _send_change.enqueue(user_id, language()))


def offer_reset(*, email: str) -> None:
    """Let a worker send a link for a new password, if the address has an account: the page never knows."""
    transaction.on_commit(lambda: _send_reset.enqueue(email, language()))


def send_invitation(invitation: Invitation, token: str, connection: BaseEmailBackend) -> None:
    """Write to somebody who is invited, in the language of the task; the link holds the token, nothing else does."""
    assert invitation.expires_at is not None, "whoever draws the token says how long it works"
    told = {
        "name": invitation.full_name,
        "by": invitation.invited_by.full_name,
        "what": offered_words(invitation),
        "link": absolute(reverse("invitation", args=[token])),
        "until": time(invitation.expires_at),
    }
    body = _(
        "%(name)s,\n\n%(by)s invites you to ChiSo, where official index assessments are made, as: %(what)s.\n\n"
        "Accept here: %(link)s\n\nThe link works once, until %(until)s. If you did not expect this mail, do nothing."
    )
    subject = _("Invitation to ChiSo")
    deliver(EmailMessage(subject, body % told, None, [invitation.email], connection=connection), connection)


def deliver(mail: EmailMessage, connection: BaseEmailBackend) -> None:
    """Send a mail; a server that ends a connection after so many mails is called once more.

    Raises:
        OSError, SMTPException: see there.
    """
    try:
        mail.send()
    except SMTPException as error:
        if not _ends_connection(error):
            raise
        connection.close()
        connection.open()
        mail.send()


def _ends_connection(error: SMTPException) -> bool:
    """Say whether a server hung up, or says with 421 that it is about to."""
    codes = [getattr(error, "smtp_code", None)]
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
    return isinstance(error, SMTPServerDisconnected) or 421 in codes


def offered_words(invitation: Invitation) -> str:
    """Return what somebody is invited to: role, agency and unit."""
    names = last_names([invitation.unit_id]) if invitation.unit_id is not None else {}
    parts = [str(Role(invitation.role).label), invitation.agency, *names.values()]
    return ", ".join(part for part in parts if part)


def absolute(path: str) -> str:
    """Return an address as a mail has to write it; it never comes from the request, whose host is anybody's word."""
    return settings.BASE_URL.rstrip("/") + path


def _try(address: str, subject: str, body: str, again: Callable[[dt.datetime], object], tried: int) -> None:
    """Send a mail; have it sent later where the server takes nothing now. Its links are made anew then."""
    try:
        send_mail(subject, body, None, [address])
    except (SMTPException, OSError):
        if tried >= len(WAITS):
            raise
        again(timezone.now() + dt.timedelta(minutes=WAITS[tried]))


@task(queue_name="mail")
def _send_change(user_id: int, spoken: str, tried: int = 0) -> None:
    user = User.objects.get(pk=user_id)
    with translation.override(spoken):
        subject = _("How you sign in to ChiSo was changed")
        body = _(
            "%(name)s,\n\nyour password or your second factor was changed. If it was not you, reset your password now: "
            "%(link)s\nand tell your coordinator."
        ) % {"name": user.full_name, "link": absolute(reverse("account_reset_password"))}

    def again(at: dt.datetime) -> object:
        return _send_change.using(run_after=at).enqueue(user_id, spoken, tried + 1)

    _try(user.email, subject, body, again, tried)


@task(queue_name="mail")
def _send_reset(email: str, spoken: str, tried: int = 0) -> None:
    user = User.objects.filter(email=email.casefold(), is_active=True).first()
    if user is None:
        return
    arguments = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    with translation.override(spoken):
        subject = _("A new password for ChiSo")
        body = _(
            "%(name)s,\n\nset a new password here: %(link)s\n\nThe link works once, for %(hours)s hours. If you did "
            "not ask for it, do nothing: your password stays as it is."
        ) % {
            "name": user.full_name,
            "link": absolute(reverse("account_reset_password_from_key", kwargs=arguments)),
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        }

    def again(at: dt.datetime) -> object:
        return _send_reset.using(run_after=at).enqueue(email, spoken, tried + 1)

    _try(user.email, subject, body, again, tried)
