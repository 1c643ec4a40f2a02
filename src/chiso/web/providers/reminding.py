"""Reminding agencies of the figures that they still have to supply: each at most once a day.

The log is also what tells which agency was reminded when: it names agencies and how many people, never who.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
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
from chiso.web.collection.due_days import days_by_fact, days_of, end_of
from chiso.web.frameworks.services import loaded
from chiso.web.people.mails import absolute, deliver
from chiso.web.people.models import Assignment, Role
from chiso.web.providers.suppliers import Supplier, suppliers_in
from chiso.web.reminders.services import PAUSE, Sent, UnreachableServerError, step_of
from chiso.web.rounds.models import Round, Stage

REMINDED = "supply.reminded"
NOT_REMINDED = "supply.not_reminded"


#: A due time of an agency and the step at which it stands, as the log keeps them.
Step = tuple[str, int]


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day before the due time of the round on which some figures of an agency are due, as far as any are lacking."""

    day: dt.date
    given: int
    needed: int


@dataclass(frozen=True, slots=True)
class Owing:
    """An agency with figures left to supply: how many of how many it has given, and who there gets a mail."""

    round: Round
    name: str
    given: int
    needed: int
    people: tuple[tuple[str, str], ...]
    printed: tuple[PrintedDay, ...] = ()

    @property
    def next_day(self) -> dt.date | None:
        """The next printed day that can still be kept."""
        today = timezone.localdate()
        return next((one.day for one in self.printed if one.day >= today), None)

    def steps(self, now: dt.datetime) -> list[Step]:
        """Return which of its due times have come to a step before them."""
        times = (*(end_of(one.day) for one in self.printed), self.round.due_at)
        return [(at.isoformat(), step) for at in times if (step := step_of(at, now)) is not None]


def owing(round_: Round) -> list[Owing]:
    """Return the agencies of an open round that still owe figures and have an account."""
    if round_.stage != Stage.OPEN:
        return []
    units = round_.participants.count()
    people = _people(round_)
    framework = loaded(round_.framework, round_.readings)
    days = days_by_fact(framework, round_)
    suppliers, _unnamed = suppliers_in(round_, framework, formats.language())
    found = [_owing(round_, one, units, people.get(agency_key(one.name), {}), days) for one in suppliers]
    return [one for one in found if one.given < one.needed and one.people]


def _owing(round_: Round, one: Supplier, units: int, people: dict[str, str], days: Mapping[str, dt.date]) -> Owing:
    by_day: dict[dt.date, list[int]] = defaultdict(list)
    for fact, given in one.given_of.items():
        if fact in days:
            by_day[days[fact]].append(given)
    printed = (PrintedDay(day, sum(given), units * len(given)) for day, given in sorted(by_day.items()))
    lacking = tuple(day for day in printed if day.given < day.needed)
    return Owing(round_, one.name, one.given, units * len(one.labels), tuple(sorted(people.items())), lacking)


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
    """Remind agencies of rounds whose due day, or a day printed for some figures, has come near; each step once.

    Raises:
        UnreachableServerError: see there.
    """
    agencies = people = 0
    now = timezone.now()
    for round_ in Round.objects.filter(stage=Stage.OPEN, due_at__gt=now).select_related("framework"):
        if _is_near(round_, now):
            told = _send(owing(round_), SYSTEM, lambda one: one.steps(now), lambda: None)
            agencies, people = agencies + told[0], people + told[1]
    return agencies, people


def _is_near(round_: Round, now: dt.datetime) -> bool:
    """Say whether a due time of a round has come to a step; only then is it worked out who owes what."""
    days = days_of(loaded(round_.framework, round_.readings), round_)
    return any(step_of(at, now) is not None for at in (round_.due_at, *map(end_of, days)))


def _send(
    owed: Iterable[Owing], actor: Actor, choose: Callable[[Owing], list[Step]] | None, advance: Callable[[], None]
) -> tuple[int, int]:
    agencies = people = 0
    connection = get_connection()
    try:
        for one in owed:
            if _claimed(one, actor, None if choose is None else choose(one)):
                reached = _write(one, actor, connection)
                agencies, people = agencies + bool(reached), people + reached
            advance()
    finally:
        connection.close()
    return agencies, people


@transaction.atomic
def _claimed(one: Owing, actor: Actor, steps: list[Step] | None) -> bool:
    """Note that an agency is reminded now, unless it was just before, or has been told of all these steps.

    ``steps``: None where a coordinator asks. Of its own accord the system tells once a calendar day: runs of two days
    never are a full day apart.
    """
    Round.objects.select_for_update().get(pk=one.round.pk)
    now = timezone.now()
    before = last_reminded(one.round).get(one.name)
    if before is not None and (
        before > now - PAUSE if steps is None else timezone.localdate(before) == timezone.localdate(now)
    ):
        return False
    about = {"agency": one.name, "people": len(one.people), "given": one.given, "needed": one.needed}
    if steps is not None:
        told = _told(one) if before is not None else set()
        fresh = sorted(set(steps) - told)
        if not fresh:
            return False
        about |= {"due": fresh[0][0], "step": fresh[0][1]}
        if len(fresh) > 1:
            about["also"] = [list(step) for step in fresh[1:]]
    record(strand=one.round.strand, action=REMINDED, actor=actor, **about)
    return True


def _told(one: Owing) -> set[Step]:
    """Return the steps of which an agency has been told."""
    found: set[Step] = set()
    for data in _entries(one.round).filter(action=REMINDED, data__agency=one.name).values_list("data", flat=True):
        if "due" in data:
            found |= {(due, step) for due, step in [(data["due"], data["step"]), *data.get("also", [])]}
    return found


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
        subject = _("Reminder: figures to supply by %(time)s") % {"time": formats.date(one.next_day) or due}
        body = _(
            "Dear %(name)s,\n\n%(agency)s has supplied %(given)s of %(needed)s figures for “%(round)s”. They are due "
            "%(time)s.\n\n%(earlier)sFill them in on the page or with Excel: %(link)s\n\nChiSo sends this by itself. "
            "If it is done already, there is nothing left to do.\n"
        )
        told = {
            "agency": one.name,
            "given": formats.number(one.given),
            "needed": formats.number(one.needed),
            "round": one.round.marked_title,
            "time": due,
            "earlier": _earlier(one),
            "link": absolute(reverse("supply_grid", args=[one.round.pk])),
        }
        headers = {"Auto-Submitted": "auto-generated"}
        for address, name in one.people:
            text = body % {**told, "name": name}
            yield EmailMessage(subject, text, None, [address], connection=connection, headers=headers)


def _earlier(one: Owing) -> str:
    """Say which figures the document wants before the others, and how many of them are there."""
    if not one.printed:
        return ""
    lines = [_("The document wants some of them before:")]
    for day in one.printed:
        told = {"day": formats.date(day.day), "given": formats.number(day.given), "needed": formats.number(day.needed)}
        late = day.day < timezone.localdate()
        words = (
            _("%(day)s, late: %(given)s of %(needed)s figures")
            if late
            else _("%(day)s: %(given)s of %(needed)s figures")
        )
        lines.append(f"- {words % told}")
    return "\n".join(lines) + "\n\n"
