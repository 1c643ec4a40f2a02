"""What the log says of accounts, roles and invitations."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.db.models.lookups import In
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chiso.web.audit.models import Entry
from chiso.web.audit.strands import Part, know_about, know_search, know_shared
from chiso.web.audit.words import Action, Data, Field, Names, Row, Thing, day, know_actions, know_strand, know_things
from chiso.web.people.models import Assignment, Invitation, Role, User
from chiso.web.people.queries import accounts_called
from chiso.web.people.services import STRAND
from chiso.web.units.queries import last_names, within


def _people(keys: Collection[int]) -> dict[int, Thing]:
    return {pk: Thing(name) for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "full_name")}


def _invitations(keys: Collection[int]) -> dict[int, Thing]:
    rows = Invitation.objects.filter(pk__in=keys).values_list("pk", "full_name")
    return {pk: Thing(name, reverse("people_invitation", args=(pk,))) for pk, name in rows}


def _assignments(keys: Collection[int]) -> dict[int, Thing]:
    rows = list(Assignment.objects.filter(pk__in=keys).values_list("pk", "role", "unit"))
    names = last_names({unit for _pk, _role, unit in rows if unit is not None})
    return {pk: Thing(", ".join(filter(None, (_role(role), names.get(unit or 0))))) for pk, role, unit in rows}


#: Entries that name a role, an invitation, an account: what they say concerns the units of it.
_OF_ROLES = ("role.given", "role.ended", "invitation.accepted")
_OF_INVITATIONS = ("invitation.sent_again", "invitation.withdrawn", "contacts.viewed")
_OF_ACCOUNTS = ("account.closed", "account.reopened", "account.second_factor_reset", "contacts.viewed")


def _parts(units: Collection[int]) -> dict[int, str]:
    return {unit: str(_("Accounts and roles: %(unit)s") % {"unit": name}) for unit, name in last_names(units).items()}


def _concerns(unit: int) -> Q:
    """Return what concerns a unit and those below it today: roles, invitations, accounts that have held a role there.

    What people change about their own account does not: it concerns them alone.
    """
    below = within(timezone.localdate(), [unit])
    held = Assignment.objects.filter(unit__in=below)
    invitations = Invitation.objects.filter(unit__in=below).values("pk")
    accounts = held.values("user")
    return (
        _roles_of(held)
        | Q(_names("invitation", invitations), action__in=_OF_INVITATIONS)
        | Q(_names("account", accounts), action__in=_OF_ACCOUNTS)
        # A list may hold invitations for several units; what came of it is seen when they are accepted.
        | Q(
            _names("invitations__0__invitation", invitations),
            data__invitations__1__isnull=True,
            action="people.invited",
        )
    )


def _about_unit(key: int) -> Iterator[Part]:
    roles = _roles_of(Assignment.objects.filter(unit=key))
    if Entry.objects.filter(roles, scope=STRAND).exists():
        yield Part(STRAND, STRAND, roles)


def _roles_of(held: QuerySet[Assignment]) -> Q:
    return Q(_names("assignment", held.values("pk")), action__in=_OF_ROLES)


def _names(key: str, found: QuerySet[Any, Any]) -> Any:
    """Return whether the number under a key of an entry's data is one of those found."""
    return In(Cast(KT(f"data__{key}"), BigIntegerField()), found)


def _role(value: str) -> str:
    return str(Role(value).label)


_FACTORS = {
    "totp": _("authenticator app"),
    "webauthn": _("security key"),
    "recovery_codes": _("recovery codes"),
}


def _factor(value: str) -> str:
    return str(_FACTORS.get(value, value))


@dataclass(frozen=True)
class Invited(Action):
    """People who were invited: each a row, with the role and the unit."""

    def refers(self, data: Data) -> Iterator[tuple[str, int]]:
        """Yield the invitations and their units."""
        for one in data.get("invitations", ()):
            yield "invitation", one["invitation"]
            if one["unit"] is not None:
                yield "unit", one["unit"]

    def filled(self, data: Data, where: Thing, names: Names) -> dict[str, str]:
        """Return how many there are."""
        return {"count": str(len(data.get("invitations", ())))}

    def rows(self, data: Data, where: Thing, names: Names) -> list[Row]:
        """Return them one by one."""
        return [self._one(one, names) for one in data.get("invitations", ())]

    def _one(self, one: Data, names: Names) -> Row:
        unit = names.words("unit", one["unit"]) if one["unit"] is not None else ""
        return Row(names.words("invitation", one["invitation"]), ", ".join(filter(None, (_role(one["role"]), unit))))


know_strand(STRAND, _("accounts and roles"))
know_things("person", _("account"), _people)
know_things("invitation", _("invitation"), _invitations)
know_things("assignment", _("role"), _assignments)
know_search("person", accounts_called)
know_about("unit", _about_unit)
know_shared(STRAND, _parts, _concerns)
know_about("person", lambda key: [Part(STRAND, STRAND, Q(data__account=key))])

_FIELDS = {
    "account": Field(_("Account"), kind="person"),
    "role": Field(_("Role"), _role),
    "since": Field(_("Since"), day),
    "until": Field(_("Last day"), day),
    "invitation": Field(_("Invitation"), kind="invitation"),
    "assignment": Field(_("Role"), kind="assignment"),
    "factor": Field(_("Second factor"), _factor),
}

know_actions(
    {
        "account.changed": Action(
            _("Account changed"), _("%(who)s changed name, position or telephone of the account %(account)s"), _FIELDS
        ),
        "account.created": Action(
            _("Account made"), _("%(who)s made the account %(account)s as %(role)s"), _FIELDS
        ),
        "account.closed": Action(
            _("Account closed"),
            _("%(who)s closed the account of %(account)s"),
            {**_FIELDS, "withdrawn": Field(_("Invitations withdrawn with it"))},
        ),
        "account.reopened": Action(
            _("Account opened again"), _("%(who)s opened the account of %(account)s again"), _FIELDS
        ),
        "account.second_factor_reset": Action(
            _("Second factor taken away"), _("%(who)s took the second factor of %(account)s away"), _FIELDS
        ),
        "account.password_changed": Action(_("Password changed"), _("%(who)s set a new password"), _FIELDS),
        "account.second_factor_added": Action(
            _("Second factor set up"), _("%(who)s set up a second factor: %(factor)s"), _FIELDS
        ),
        "account.second_factor_removed": Action(
            _("Second factor given up"), _("%(who)s gave up a second factor: %(factor)s"), _FIELDS
        ),
        "account.sessions_ended": Action(
            _("Sessions ended"),
            _("%(who)s signed out elsewhere; sessions ended: %(count)s"),
            {**_FIELDS, "count": Field(_("Sessions"))},
        ),
        "role.given": Action(
            _("Role given"),
            _("%(who)s gave %(account)s a role from %(since)s on: %(assignment)s"),
            _FIELDS,
            {"until": _("until %(until)s")},
        ),
        "role.ended": Action(
            _("Role ended"), _("%(who)s ended a role of %(account)s with %(until)s: %(assignment)s"), _FIELDS
        ),
        "people.invited": Invited(_("People invited"), _("%(who)s invited people: %(count)s"), _FIELDS),
        "invitation.sent_again": Action(
            _("Invitation sent again"), _("%(who)s sent the invitation of %(invitation)s again"), _FIELDS
        ),
        "invitation.withdrawn": Action(
            _("Invitation withdrawn"), _("%(who)s withdrew the invitation of %(invitation)s"), _FIELDS
        ),
        "invitation.accepted": Action(
            _("Invitation accepted"), _("%(who)s accepted an invitation: %(assignment)s"), _FIELDS
        ),
        "contacts.viewed": Action(
            _("Contact data viewed"),
            _("%(who)s looked at contact data"),
            _FIELDS,
            {"account": _("of %(account)s"), "invitation": _("of the invited %(invitation)s")},
        ),
    }
)  # fmt: skip
