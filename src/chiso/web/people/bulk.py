"""Inviting many people at once: each line of a list becomes an offer, or a sentence that says what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chiso.web.days import plausible_day_of
from chiso.web.people.access import Access
from chiso.web.people.bulk_table import NEEDED, Line
from chiso.web.people.invitations import Offer, conflicts
from chiso.web.people.models import Role
from chiso.web.people.permissions import managed_units
from chiso.web.people.phrases import REFUSED
from chiso.web.units.queries import on_day, within
from chiso.web.vietnamese import folded

#: What offices write besides the full word.
_SHORT = {
    "can bo": Role.OFFICER,
    "chuyen vien": Role.OFFICER,
    "thu truong": Role.HEAD,
    "dau moi": Role.COORDINATOR,
    "dieu phoi": Role.COORDINATOR,
    "cung cap so lieu": Role.PROVIDER,
    "tham dinh": Role.VERIFIER,
}
_WORDS = {"code": 40, "email": 254, "full_name": 120, "agency": 200}


@dataclass
class Plan:
    """What a list would do: offers with the numbers of their lines, and faults by line."""

    offers: list[tuple[int, Offer]] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)


class _WrongError(ValueError):
    """A line that cannot be an offer; its sentence names no address."""


def plan(lines: Sequence[Line], access: Access) -> Plan:
    """Check lines against what somebody may do; the queries do not grow with their number."""
    made, roles = Plan(), _role_words()
    units = _units({line.words.get("code", "") for line in lines}, managed_units(access))
    for line in lines:
        try:
            made.offers.append((line.number, _offer(line.words, units, roles)))
        except _WrongError as wrong:
            made.faults.append((line.number, str(wrong)))
    refused = conflicts([offer for _number, offer in made.offers])
    made.faults += [(made.offers[at][0], str(REFUSED[code])) for at, code in refused.items()]
    made.offers = [one for at, one in enumerate(made.offers) if at not in refused]
    made.faults.sort()
    return made


def _units(codes: set[str], managed: frozenset[int] | None) -> dict[str, int]:
    today = timezone.localdate()
    found = on_day(today).filter(code__in=codes)
    if managed is not None:
        found = found.filter(unit__in=within(today, managed))
    return dict(found.values_list("code", "unit_id"))


def _role_words() -> dict[str, Role]:
    """Return roles by what they are called in either language; operators are invited one by one."""
    found = dict(_SHORT)
    for language in ("vi", "en"):
        with translation.override(language):
            found |= {folded(str(role.label)): role for role in Role}
    found |= {role.value: role for role in Role}
    return {word: role for word, role in found.items() if role != Role.OPERATOR}


def _offer(words: dict[str, str], units: dict[str, int], roles: dict[str, Role]) -> Offer:
    """Return what a line offers.

    Raises:
        _WrongError: something is missing or wrong.
    """
    if not all(words.get(name) for name in NEEDED):
        raise _WrongError(_("Unit code, e-mail, name and role are all needed."))
    if any(len(words.get(name, "")) > limit for name, limit in _WORDS.items()):
        raise _WrongError(_("Something is too long. Check that the columns are in their places."))
    try:
        validate_email(words["email"])
    except ValidationError as error:
        raise _WrongError(_("What stands where the e-mail belongs is not an address.")) from error
    role = roles.get(folded(words["role"]))
    if role is None:
        known = ", ".join(str(one.label) for one in Role if one != Role.OPERATOR)
        raise _WrongError(_("This role is not known. Roles are: %(known)s.") % {"known": known})
    unit = units.get(words["code"])
    if unit is None:
        raise _WrongError(_("No unit for which you are responsible has this code."))
    agency = words.get("agency", "")
    if bool(agency) != (role == Role.PROVIDER):
        raise _WrongError(_("Data providers need an agency, nobody else has one."))
    since, until = _day(words, "valid_from") or timezone.localdate(), _day(words, "valid_to")
    if until is not None and until < max(since, timezone.localdate()):
        raise _WrongError(_("The last day is before the first, or has passed."))
    return Offer(words["email"], words["full_name"], role, unit, since, until, agency)


def _day(words: dict[str, str], name: str) -> dt.date | None:
    text = words.get(name, "")
    day = plausible_day_of(text)
    if text and day is None:
        raise _WrongError(_("A day is written like 15/11/2026."))
    return day
