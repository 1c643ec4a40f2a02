"""Accounts closed and opened again, and second factors taken away from those who lost them; each of it logged."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.people import mails
from chiso.web.people.models import Invitation, User
from chiso.web.people.operators import lock, require_another
from chiso.web.people.services import STRAND, PeopleError


@transaction.atomic
def close(*, pk: int, actor: Actor) -> User:
    """Close an account: its sessions end at once, nobody signs in with it; roles and what it did stay on record.

    Invitations that it sent and nobody has accepted yet are withdrawn: they rest on the word of whoever is gone.

    Raises:
        PeopleError: it is one's own, closed already, or the last one that runs the system.
    """
    lock()
    user = User.objects.select_for_update().get(pk=pk)
    if pk == actor.user_id:
        raise PeopleError("self")
    if not user.is_active:
        raise PeopleError("closed")
    require_another(actor=actor, user_id=pk)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _end_sessions(pk)
    sent = Invitation.objects.filter(invited_by=user, accepted_at=None, withdrawn_at=None)
    withdrawn = sent.update(withdrawn_at=timezone.now())
    record(strand=STRAND, action="account.closed", actor=actor, account=pk, withdrawn=withdrawn)
    return user


@transaction.atomic
def reopen(*, pk: int, actor: Actor) -> User:
    """Open a closed account again, with the roles whose period lasts.

    Raises:
        PeopleError: it is not closed.
    """
    user = User.objects.select_for_update().get(pk=pk)
    if user.is_active:
        raise PeopleError("open")
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(strand=STRAND, action="account.reopened", actor=actor, account=pk)
    return user


@transaction.atomic
def reset_second_factor(*, pk: int, actor: Actor) -> User:
    """Take the second factors of somebody who lost them away; they are told by mail, and their sessions end.

    Raises:
        PeopleError: it is one's own account, or it has none.
    """
    user = User.objects.select_for_update().get(pk=pk)
    if pk == actor.user_id:
        raise PeopleError("self")
    if not Authenticator.objects.filter(user=user).exists():
        raise PeopleError("no_factor")
    Authenticator.objects.filter(user=user).delete()
    _end_sessions(pk)
    mails.tell_of_change(user_id=pk)
    record(strand=STRAND, action="account.second_factor_reset", actor=actor, account=pk)
    return user


def _end_sessions(pk: int) -> None:
    for session in UserSession.objects.filter(user=pk):
        session.end()
