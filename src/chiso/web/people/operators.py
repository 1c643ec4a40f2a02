"""Somebody always runs the system: the last operator neither loses the role nor the account, by nobody's hand."""

from __future__ import annotations

from django.utils import timezone

from chiso.web.audit.models import Strand
from chiso.web.audit.services import Actor
from chiso.web.people.models import Assignment, Role
from chiso.web.people.services import STRAND, PeopleError


def lock() -> None:
    """Let one transaction at a time end roles or close accounts: two operators must not remove each other."""
    Strand.objects.get_or_create(name=STRAND)
    Strand.objects.select_for_update().get(name=STRAND)


def require_another(*, actor: Actor, user_id: int, assignment: int | None = None) -> None:
    """Require that an operator remains without this account, or without this one of its roles.

    Only a role without an end, of an open account, counts: one that runs out would leave nobody behind.

    Raises:
        PeopleError: there would be none, or operators take away their own last role.
    """
    today = timezone.localdate()
    lasting = Assignment.objects.lasting(today).filter(role=Role.OPERATOR, user__is_active=True)
    if assignment is not None:
        lasting = lasting.exclude(pk=assignment)
    elif not lasting.filter(user=user_id).exists():
        return  # runs nothing
    if actor.user_id == user_id and not lasting.filter(user=user_id).exists():
        raise PeopleError("own_operator")
    remaining = lasting.filter(valid_to=None)
    if assignment is None:
        remaining = remaining.exclude(user=user_id)
    if not remaining.exists():
        raise PeopleError("last_operator")
