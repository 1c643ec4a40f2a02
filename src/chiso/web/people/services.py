"""Changing accounts and roles. The log names accounts by their number, never by what they are called."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.people.models import Assignment, Role, User

#: The strand of the log that holds everything about accounts.
STRAND = "people"


class PeopleError(Exception):
    """An invitation, a role or an account cannot be handled so: ``code`` says why (``people.phrases``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def change_own_account(*, user: User, actor: Actor) -> None:
    """Keep a name, position and telephone that somebody changed about themselves."""
    user.save(update_fields=["full_name", "found_by", "sorted_by", "position", "phone"])
    record(strand=STRAND, action="account.changed", actor=actor, account=user.pk)


@transaction.atomic
def end_own_sessions(*, sessions: Iterable[UserSession], actor: Actor) -> None:
    """End sessions that somebody has elsewhere."""
    count = 0
    for count, session in enumerate(sessions, 1):  # noqa: B007 - their number is kept
        session.end()
    if count:
        record(strand=STRAND, action="account.sessions_ended", actor=actor, account=actor.user_id, count=count)


@transaction.atomic
def create_operator(*, email: str, full_name: str, password: str, actor: Actor) -> User:
    """Make an account that runs the system."""
    user = User.objects.create_user(email, password, full_name=full_name)
    Assignment.objects.create(user=user, role=Role.OPERATOR, valid_from=timezone.localdate())
    record(strand=STRAND, action="account.created", actor=actor, account=user.pk, role=Role.OPERATOR.value)
    return user


@transaction.atomic
def log_contacts(*, actor: Actor, **whose: int) -> None:
    """Log that somebody looked at the contact data of an account or an invitation."""
    record(strand=STRAND, action="contacts.viewed", actor=actor, **whose)
