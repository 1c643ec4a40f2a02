"""Lists of people and invitations, for the units that somebody manages."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from chiso.web.people.models import Invitation, InvitationState
from chiso.web.units.queries import within


def invitations(managed: frozenset[int] | None, state: str = "") -> QuerySet[Invitation]:
    """Return the invitations for units one manages (None: all), the newest first."""
    found = Invitation.objects.select_related("invited_by").order_by("-invited_at", "-pk")
    if managed is not None:
        found = found.filter(unit__in=within(timezone.localdate(), managed))
    return found.filter(_in_state(state)) if state in InvitationState.values else found


def _in_state(state: str) -> Q:
    """Say in the words of the database what ``Invitation.state`` says of one."""
    over = Q(accepted_at__isnull=False) | Q(withdrawn_at__isnull=False)
    ended = Q(valid_to__lt=timezone.localdate())
    late = Q(failed_at__isnull=True, expires_at__lte=timezone.now())
    return {
        InvitationState.ACCEPTED: Q(accepted_at__isnull=False),
        InvitationState.WITHDRAWN: Q(accepted_at__isnull=True, withdrawn_at__isnull=False),
        InvitationState.EXPIRED: ~over & (ended | late),
        InvitationState.FAILED: ~over & ~ended & Q(failed_at__isnull=False),
        InvitationState.SENT: ~over & ~ended & ~late & Q(failed_at__isnull=True, sent_at__isnull=False),
        InvitationState.WAITING: ~over & ~ended & ~late & Q(failed_at__isnull=True, sent_at__isnull=True),
    }[InvitationState(state)]
