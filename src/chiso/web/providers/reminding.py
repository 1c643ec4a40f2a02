"""Reminding agencies of the figures that they still have to supply: each at most once a day.

The log is also what tells which agency was reminded when: it names agencies and how many people, never who.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chiso.web import formats
from chiso.web.audit.models import Entry
from chiso.web.audit.services import SYSTEM, Actor, record
from chiso.web.collection.agencies import agencies_in, agency_key
from chiso.web.frameworks.services import loaded
from chiso.web.people.mails import absolute, deliver
from chiso.web.people.models import Assignment, Role
from chiso.web.providers.suppliers import Supplier, suppliers_in
from chiso.web.reminders.services import PAUSE, Sent, UnreachableServerError, step_of
from chiso.web.rounds.models import Round, Stage

REMINDED = "supply.reminded"
NOT_REMINDED = "supply.not_reminded"


@dataclass(frozen=True, slots=True)
class Owing:
    """An agency with figures left to supply: how many of how many it has given, and who there gets a mail."""

    round: Round
    name: str
    given: int
    needed: int
    people: tuple[tuple[str, str], ...]


def owing(round_: Round) -> list[Owing]:
    """Return the agencies of an open round that still owe figures and have an account."""
    if round_.stage != Stage.OPEN:
        return []
    units = round_.participants.count()
    people = _people(round_)
    suppliers, _unnamed = suppliers_in(round_, loaded(round_.framework, round_.readings), formats.language())
    found = [_owing(round_, one, units, people.get(agency_key(one.name), {})) for one in suppliers]
    return [one for one in found if one.given < one.needed and one.people]


def _owing(round_: Round, one: Supplier, units: int, people: dict[str, str]) -> Owing:
    return Owing(round_, one.name, one.given, units * len(one.labels), tuple(sorted(people.items())))


def _people(round_: Round) -> dict[str, dict[str, str]]:
    """Return who supplies figures for each agency today: agency -> address -> name."""
    held = Assignment.objects.lasting(timezone.localdate()).filter(
        role=Role.PROVIDER, unit=round_.assessor_id, user__is_active=True
    )
    found: dict[str, dict[str, str]] = {}
    for agency, address, name in held.values_list("agency", "user__email", "user__full_name"):
        for key in agencies_in([agency]):
            found.setdefault(key, {})[address] = name
    return found


def _entries(round_: Round) -> QuerySet[Entry]:
    return Entry.objects.filter(strand=round_.strand, action__in=(REMINDED, NOT_REMINDED))


def last_reminded(round_: Round) -> dict[str, dt.datetime]:
    """Return when each agency of a round was reminded last, by its name."""
    found: dict[str, dt.datetime] = {}
    for at, action, agency in _entries(round_).order_by("number").values_list("at", "action", "data__agency"):
        if action == REMINDED:
            found[agency] = at
        else:
            found.pop(agency, None)
    return found


def remind(*, round_: Round, actor: Actor, advance: Callable[[], None] = lambda: None) -> tuple[int, int]:
    """Remind, for a coordinator, every agency that owes figures; return how many agencies and people got a mail.

    Raises:
        UnreachableServerError: see there.
    """
    return _send(owing(round_), actor, None, advance)


def remind_before_due() -> tuple[int, int]:
    """Remind agencies of rounds whose due day has come near; each step is told once.

    Raises:
        UnreachableServerError: see there.
    """
    agencies = people = 0
    for round_ in Round.objects.filter(stage=Stage.OPEN, due_at__gt=timezone.now()).select_related("framework"):
        step = step_of(round_.due_at, timezone.now())
        if step is not None:
            told = _send(owing(round_), SYSTEM, step, lambda: None)
            agencies, people = agencies + told[0], people + told[1]
    return agencies, people


def _send(owed: Iterable[Owing], actor: Actor, step: int | None, advance: Callable[[], None]) -> tuple[int, int]:
    agencies = people = 0
    connection = get_connection()
    try:
        for one in owed:
            if _claimed(one, actor, step):
                reached = _write(one, actor, connection)
                agencies, people = agencies + bool(reached), people + reached
            advance()
    finally:
        connection.close()
    return agencies, people


@transaction.atomic
def _claimed(one: Owing, actor: Actor, step: int | None) -> bool:
    """Note that an agency is reminded now, unless it was just before, or has been told of this step."""
    Round.objects.select_for_update().get(pk=one.round.pk)
    before = last_reminded(one.round).get(one.name)
    due = one.round.due_at.isoformat()
    if before is not None and before > timezone.now() - PAUSE:
        return False
    of_step = {"action": REMINDED, "data__agency": one.name, "data__step": step, "data__due": due}
    if before is not None and step is not None and _entries(one.round).filter(**of_step).exists():
        return False
    about = {"agency": one.name, "people": len(one.people), "given": one.given, "needed": one.needed}
    more = {} if step is None else {"step": step, "due": due}
    record(strand=one.round.strand, action=REMINDED, actor=actor, **about, **more)
    return True


def _write(one: Owing, actor: Actor, connection: BaseEmailBackend) -> int:
    """Write to the people of an agency; return how many addresses were taken."""
    reached = 0
    try:
        for mail in _mails(one, connection):
            try:
                deliver(mail, connection)
                reached += 1
            except (SMTPRecipientsRefused, SMTPResponseException):
                continue
    except OSError as error:
        _not_reminded(one, actor)
        raise UnreachableServerError(Sent()) from error
    if not reached:
        _not_reminded(one, actor)
    return reached


def _not_reminded(one: Owing, actor: Actor) -> None:
    with transaction.atomic():
        record(strand=one.round.strand, action=NOT_REMINDED, actor=actor, agency=one.name)


def _mails(one: Owing, connection: BaseEmailBackend) -> Iterator[EmailMessage]:
    with translation.override(settings.LANGUAGE_CODE):
        due = formats.time(one.round.due_at)
        subject = _("Reminder: figures to supply by %(time)s") % {"time": due}
        body = _(
            "Dear %(name)s,\n\n%(agency)s has supplied %(given)s of %(needed)s figures for “%(round)s”. They are due "
            "%(time)s.\n\nFill them in on the page or with Excel: %(link)s\n\nChiSo sends this by itself. If it is "
            "done already, there is nothing left to do.\n"
        )
        told = {
            "agency": one.name,
            "given": formats.number(one.given),
            "needed": formats.number(one.needed),
            "round": one.round.marked_title,
            "time": due,
            "link": absolute(reverse("supply_grid", args=[one.round.pk])),
        }
        headers = {"Auto-Submitted": "auto-generated"}
        for address, name in one.people:
            text = body % {**told, "name": name}
            yield EmailMessage(subject, text, None, [address], connection=connection, headers=headers)
