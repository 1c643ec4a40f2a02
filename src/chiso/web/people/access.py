"""Who may do what: the roles a person holds today, read once per request, and asked by named predicates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from chiso.web.compiled import Compiled
from chiso.web.people.models import Assignment, Role, User


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a person holds for a unit (None: the whole installation)."""

    role: Role
    unit_id: int | None
    agency: str = ""


def _held(user: int, day: dt.date) -> QuerySet[Assignment, tuple[str, int | None, str]]:
    found = Assignment.objects.lasting(day).filter(user=user, user__is_active=True)
    return found.values_list("role", "unit", "agency")


_HELD = Compiled(_held, user=int, day=dt.date)


@dataclass(frozen=True)
class Access:
    """The roles of one person on one day."""

    user_id: int | None
    held: tuple[Held, ...] = ()

    @classmethod
    def of(cls, user_id: int, day: dt.date | None = None) -> Access:
        """Read the roles that a person holds on a day, today by default."""
        rows = _HELD.rows(user=user_id, day=day or timezone.localdate())
        return cls(user_id, tuple(Held(Role(role), unit, agency) for role, unit, agency in rows))

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles held for any unit."""
        return frozenset(one.role for one in self.held)

    def has(self, role: Role, *more: Role, unit_id: int | None = None) -> bool:
        """Say whether one of these roles is held for a unit; without a unit: for any."""
        wanted = {role, *more}
        return any(one.role in wanted and unit_id in (None, one.unit_id) for one in self.held)

    def units(self, *roles: Role) -> frozenset[int]:
        """Return the units for which one of these roles is held."""
        return frozenset(one.unit_id for one in self.held if one.role in roles and one.unit_id is not None)

    def agencies(self, unit_id: int) -> frozenset[str]:
        """Return the agencies for which the person supplies figures in the rounds of an assessor."""
        return frozenset(one.agency for one in self.held if one.role == Role.PROVIDER and one.unit_id == unit_id)


#: The access of somebody who is not signed in.
NOBODY = Access(None)


class Request(HttpRequest):
    """A request behind :class:`AccessMiddleware`: for annotations."""

    user: User  # views behind ``login_required`` know a person, never nobody
    access: Access


class AccessMiddleware:
    """Gives every request ``access``, the roles of the person who asks, read once and only where it is asked for."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request that knows its access."""
        request.access = SimpleLazyObject(lambda: access_of(request))  # type: ignore[attr-defined]
        return self._answer(request)


def access_of(request: HttpRequest) -> Access:
    """Return the roles of the person who asks."""
    return Access.of(request.user.pk) if request.user.is_authenticated else NOBODY


def require(*, allowed: bool) -> None:
    """Refuse what is not allowed.

    Raises:
        PermissionDenied: always, unless it is allowed.
    """
    if not allowed:
        raise PermissionDenied
