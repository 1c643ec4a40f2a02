"""Lists of people and invitations, for the units that somebody manages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chiso.web.people.access import Access
from chiso.web.people.models import Assignment, Invitation, InvitationState, Role, User
from chiso.web.people.permissions import ASSESSING
from chiso.web.units.models import UnitVersion
from chiso.web.units.queries import listed, within
from chiso.web.vietnamese import folded


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


def visible(access: Access) -> Q | None:
    """Return which roles somebody may see that others hold: those for their units (``Assignment``); None: all."""
    if access.has(Role.OPERATOR):
        return None
    assessing = within(timezone.localdate(), access.units(*ASSESSING))
    return Q(unit__in=assessing) | Q(unit__in=access.units(Role.OFFICER, Role.HEAD))


class Shown(models.TextChoices):
    """Which roles a list shows, by their period and the account of whoever holds them."""

    NOW = "now", _("held now")
    LATER = "later", _("begin later")
    ENDED = "ended", _("no longer held")
    CLOSED = "closed", _("of closed accounts")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of people is asked for. ``unit`` with ``below``: and everything that stands below it."""

    search: str = ""
    unit: int | None = None
    below: bool = False
    role: str = ""
    shown: Shown = Shown.NOW


def roles_held(access: Access, wanted: Filter) -> QuerySet[Assignment]:
    """Return the roles that people hold, of units one may see, by unit."""
    today, found = timezone.localdate(), Assignment.objects.select_related("user", "unit")
    if (seen := visible(access)) is not None:
        found = found.filter(seen)
    if wanted.unit is not None:
        inside = within(today, [wanted.unit]) if wanted.below else [wanted.unit]
        found = found.filter(unit__in=inside)
    if wanted.role in Role.values:
        found = found.filter(role=wanted.role)
    for word in folded(wanted.search).split():
        found = found.filter(user__found_by__contains=word)
    return found.filter(_shown(wanted.shown, today)).order_by("unit__code", "role", "user__sorted_by", "pk")


def _shown(shown: Shown, today: dt.date) -> Q:
    over = Q(valid_to__lt=today) | Q(ended_at__isnull=False)
    if shown == Shown.CLOSED:
        return Q(user__is_active=False)
    return (
        Q(user__is_active=True)
        & {
            Shown.NOW: ~over & Q(valid_from__lte=today),
            Shown.LATER: ~over & Q(valid_from__gt=today),
            Shown.ENDED: over,
        }[shown]
    )


#: Which units report at present to an assessor (None: to any), registered by the app above that knows the rounds.
REPORTING: list[Callable[[frozenset[int] | None], QuerySet[Any]]] = []


@dataclass(frozen=True, slots=True)
class UnitFilter:
    """What a list of units is asked for. ``lacks``: a role that nobody holds there; ``reporting``: only such units."""

    search: str = ""
    lacks: str = ""
    reporting: bool = False


def staffed_units(managed: frozenset[int] | None, wanted: UnitFilter) -> QuerySet[UnitVersion]:
    """Return units one manages, with ``has_officer`` and ``has_head``: whether anybody holds these roles today."""
    today = timezone.localdate()
    found = listed(today, search=wanted.search)
    if managed is not None:
        found = found.filter(unit__in=within(today, managed)).exclude(unit__in=managed)
    if wanted.reporting:
        for units in REPORTING:
            found = found.filter(unit__in=units(managed))
    holding = {role: Exists(holders(today, role).filter(unit=OuterRef("unit"))) for role in (Role.OFFICER, Role.HEAD)}
    found = found.annotate(has_officer=holding[Role.OFFICER], has_head=holding[Role.HEAD])
    return found.filter(**{f"has_{wanted.lacks}": False}) if wanted.lacks in ("officer", "head") else found


def holders(day: dt.date, role: Role) -> QuerySet[Assignment]:
    """Return the roles of a kind that people with open accounts hold on a day."""
    return Assignment.objects.lasting(day).filter(role=role, user__is_active=True)


def staff_of(units: Collection[int]) -> dict[int, dict[str, list[User]]]:
    """Return who are officers and heads of units today, and by whom they are represented."""
    rows = Assignment.objects.lasting(timezone.localdate()).filter(
        unit__in=units, role__in=(Role.OFFICER, Role.HEAD), user__is_active=True
    )
    found: dict[int, dict[str, list[User]]] = {}
    for row in rows.select_related("user").order_by("user__sorted_by", "pk"):
        if row.unit_id is not None:
            found.setdefault(row.unit_id, {}).setdefault(row.role, []).append(row.user)
    return found


def waiting_of(units: Collection[int]) -> set[tuple[int, str]]:
    """Return for which units and roles somebody is invited and has not answered yet."""
    rows = Invitation.objects.filter(
        _in_state(InvitationState.SENT) | _in_state(InvitationState.WAITING), unit__in=units
    )
    return set(rows.values_list("unit", "role"))


def is_managed(managed: frozenset[int] | None, user_id: int) -> bool:
    """Say whether somebody has or had a role for a unit one manages."""
    if managed is None:
        return True
    return Assignment.objects.filter(user=user_id, unit__in=within(timezone.localdate(), managed)).exists()


def colleagues(held: Assignment) -> list[User]:
    """Return who else has a role for the unit of a role today."""
    if held.unit_id is None:
        return []
    found = User.objects.filter(
        is_active=True, assignments__in=Assignment.objects.lasting(timezone.localdate()).filter(unit=held.unit_id)
    )
    return list(found.exclude(pk=held.user_id).distinct().order_by("sorted_by", "pk"))
