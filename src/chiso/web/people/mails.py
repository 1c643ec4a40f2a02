"""What is written to people about their accounts. Workers send it; links are made while sending and kept nowhere."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from chiso.web.formats import language
from chiso.web.people.models import User


def tell_of_change(*, user_id: int) -> None:
    """Let a worker tell somebody that how they sign in was changed."""
    transaction.on_commit(lambda: _send_change.enqueue(user_id, language()))


def offer_reset(*, email: str) -> None:
    """Let a worker send a link for a new password, if the address has an account: the page never knows."""
    transaction.on_commit(lambda: _send_reset.enqueue(email, language()))


def absolute(path: str) -> str:
    """Return an address as a mail has to write it; it never comes from the request, whose host is anybody's word."""
    return settings.BASE_URL.rstrip("/") + path


@task(queue_name="mail")
def _send_change(user_id: int, spoken: str) -> None:
    user = User.objects.get(pk=user_id)
    with translation.override(spoken):
        subject = _("How you sign in to ChiSo was changed")
        body = _(
            "%(name)s,\n\nyour password or your second factor was changed. If it was not you, reset your password now: "
            "%(link)s\nand tell your coordinator."
        ) % {"name": user.full_name, "link": absolute(reverse("account_reset_password"))}
    send_mail(subject, body, None, [user.email])


@task(queue_name="mail")
def _send_reset(email: str, spoken: str) -> None:
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
    send_mail(subject, body, None, [user.email])
