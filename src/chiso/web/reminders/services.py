"""Reminding people: each gets one mail with everything they owe, and none for the same thing within a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from smtplib import SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import SYSTEM, Actor, record
from chiso.web.people.mails import deliver
from chiso.web.people.models import User
from chiso.web.reminders import mails
from chiso.web.reminders.duties import Owed, Recipient, owed_by, recipients, with_printed
from chiso.web.reminders.models import Notice, Reminder
from chiso.web.rounds.models import Participant, Round, Stage

#: Nobody is told of the same thing twice within this time.
PAUSE = dt.timedelta(days=1)


class UnreachableServerError(Exception):
    """The mail server takes nothing; ``done`` says what had been sent before."""

    def __init__(self, done: Sent) -> None:
        super().__init__()
        self.done = done


@dataclass
class Sent:
    """What came of reminding: people who got a mail, whose address was refused, units told of and units of nobody."""

    people: int = 0
    refused: int = 0
    units: set[int] = field(default_factory=set)
    nobody: int = 0


#: What else is due and told before its day, by the apps above: each says how many were reminded of it.
ALSO: list[Callable[[], tuple[int, int]]] = []

#: Which due times of what a person owes are to be told now, each with the step that is noted; see ``Notice``.
Choose = Callable[[Owed, dt.datetime], list[tuple[dt.datetime, int | None]]]


def _unseen(*_steps: int) -> None:
    """Tell nobody how far it is."""


def asked(one: Owed, _now: dt.datetime) -> list[tuple[dt.datetime, int | None]]:
    """Tell everything, as a coordinator asked."""
    return [(one.due_at, None)]


def automatic(one: Owed, now: dt.datetime) -> list[tuple[dt.datetime, int | None]]:
    """Tell what has come to one of the steps before its due day, or before a day printed for some of its criteria."""
    times = (one.due_at, *(day.at for day in one.printed))
    return [(time, step) for time in times if (step := step_of(time, now)) is not None]


def step_of(due_at: dt.datetime, now: dt.datetime) -> int | None:
    """Return the step at which a due time stands: with steps 7, 3 and 1, five days before the due day it is 7.

    A day on which nothing ran is made up for on the next one. None: too early, or late.
    """
    days = (timezone.localdate(due_at) - timezone.localdate(now)).days
    return min((step for step in settings.REMINDER_DAYS if days <= step), default=None) if days > 0 else None


def remind(
    *,
    round_: Round,
    participants: Iterable[int],
    sentence: str,
    actor: Actor,
    expect: Callable[[int], None] = _unseen,
    advance: Callable[[], None] = _unseen,
) -> Sent:
    """Remind, for a coordinator, the people of some participants of a round of what they owe.

    Raises:
        UnreachableServerError: the mail server cannot be reached; who was reminded already is noted.
    """
    wanted = set(participants)
    owed = [one for one in owed_by(Participant.objects.filter(round=round_)) if one.participant.pk in wanted]
    found, nobody = recipients(owed)
    expect(len(found))
    return _Sending(asked, actor, sentence).run(found, len(nobody), advance)


def remind_before_due() -> Sent:
    """Remind everybody whose due day is near; run it as often as you like, each step is told once.

    Raises:
        UnreachableServerError: the mail server cannot be reached; who was reminded already is noted.
    """
    now = timezone.now()
    owed = with_printed(owed_by(Participant.objects.filter(round__stage=Stage.OPEN)))
    found, nobody = recipients(one for one in owed if automatic(one, now))
    return _Sending(automatic, SYSTEM, "").run(_not_told(found, now), len(nobody), _unseen)


def _not_told(found: Iterable[Recipient], now: dt.datetime) -> list[Recipient]:
    """Leave out who has been told of everything: a run that finds nothing new asks for no person by themselves.

    Whoever is left is looked at once more, alone, before the mail goes out.
    """
    before: dict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(participant__round__stage=Stage.OPEN).iterator(2000):
        before[notice.person_id].append(notice)
    return [one for one in found if any(_due(each, automatic, before[one.person], now) for each in one.owed)]


class _Sending:
    """One run through the people to be reminded, over one connection to the mail server."""

    def __init__(self, choose: Choose, actor: Actor, sentence: str) -> None:
        self._choose, self._actor, self._sentence = choose, actor, sentence
        self._reminders: dict[int, Reminder] = {}
        self._told: dict[int, tuple[set[int], set[int]]] = {}
        self._sent = Sent()

    def run(self, found: Iterable[Recipient], nobody: int, advance: Callable[[], None]) -> Sent:
        self._sent.nobody = nobody
        connection = get_connection()
        try:
            connection.open()
            for one in found:
                self._tell(one, connection)
                advance()
        except OSError as error:  # of the connection: refusals of single mails are dealt with where they come up
            raise UnreachableServerError(self._sent) from error
        finally:
            connection.close()
            self._log()
        return self._sent

    def _tell(self, recipient: Recipient, connection: BaseEmailBackend) -> None:
        now = timezone.now()
        notices, owed = self._claim(recipient, now)
        if not notices:
            return
        subject, text = mails.composed(replace(recipient, owed=owed), self._sentence, now)
        headers = {"Auto-Submitted": "auto-generated"}
        mail = EmailMessage(subject, text, None, [recipient.email], connection=connection, headers=headers)
        keys = [one.pk for one in notices]
        try:
            deliver(mail, connection)
        except (SMTPRecipientsRefused, SMTPResponseException):
            Notice.objects.filter(pk__in=keys).delete()
            self._sent.refused += 1
            return
        except OSError:
            Notice.objects.filter(pk__in=keys).delete()
            raise
        Notice.objects.filter(pk__in=keys).update(sent_at=timezone.now())
        self._note(recipient.person, owed)

    @transaction.atomic
    def _claim(self, recipient: Recipient, now: dt.datetime) -> tuple[list[Notice], tuple[Owed, ...]]:
        """Note what a person is about to be told: what they owe still, and have not been told of just now."""
        User.objects.select_for_update().get(pk=recipient.person)
        before = list(Notice.objects.filter(person=recipient.person, participant__in=_keys(recipient)))
        owed = with_printed(owed_by(Participant.objects.filter(pk__in=_keys(recipient))))
        still = {(one.participant.pk, one.duty): one for one in owed}
        notices, told = [], []
        for one in (still.get((each.participant.pk, each.duty)) for each in recipient.owed):
            if one is None:
                continue
            due = _due(one, self._choose, before, now)
            if due:
                notices += [self._notice(recipient.person, one, time, step, now) for time, step in due]
                told.append(one)
        return Notice.objects.bulk_create(notices), tuple(told)

    def _notice(self, person: int, one: Owed, due_at: dt.datetime, step: int | None, now: dt.datetime) -> Notice:
        pk = one.participant.round_id
        if pk not in self._reminders:
            self._reminders[pk] = Reminder.objects.create(
                round_id=pk, by_id=self._actor.user_id, sentence=self._sentence
            )
        return Notice(
            reminder=self._reminders[pk],
            person_id=person,
            participant=one.participant,
            duty=one.duty,
            due_at=due_at,
            days_before=step,
            claimed_at=now,
        )

    def _note(self, person: int, owed: Iterable[Owed]) -> None:
        self._sent.people += 1
        for one in owed:
            self._sent.units.add(one.participant.pk)
            people, units = self._told.setdefault(one.participant.round_id, (set(), set()))
            people.add(person)
            units.add(one.participant.pk)

    @transaction.atomic
    def _log(self) -> None:
        """Note in the log of each round how many were reminded of how many units; never who, or where."""
        for pk, (people, units) in sorted(self._told.items()):
            about = {"people": len(people), "units": len(units)}
            if self._actor.user_id is None:
                record(strand=f"round:{pk}", action="reminders.sent_before_due", actor=self._actor, **about)
            else:
                record(strand=f"round:{pk}", action="reminders.sent", actor=self._actor, **about)


def _keys(recipient: Recipient) -> list[int]:
    return [one.participant.pk for one in recipient.owed]


def _due(one: Owed, choose: Choose, before: Iterable[Notice], now: dt.datetime) -> list[tuple[dt.datetime, int | None]]:
    """Return the due times of what somebody owes that are to be told now, and have not been."""
    earlier = list(before)
    return [(time, step) for time, step in choose(one, now)
            if not any(_covers(notice, one, time, step, now) for notice in earlier)]  # fmt: skip


def _covers(notice: Notice, one: Owed, due_at: dt.datetime, step: int | None, now: dt.datetime) -> bool:
    """Say whether an earlier notice makes another one of the same thing needless."""
    if (notice.participant_id, notice.duty) != (one.participant.pk, one.duty):
        return False
    if step is None or notice.days_before is None:
        recent = notice.claimed_at > now - PAUSE
    else:  # Runs of two days never are a full day apart: of its own accord the system tells once a calendar day.
        recent = timezone.localdate(notice.claimed_at) == timezone.localdate(now)
    told = step is not None and notice.sent_at is not None and notice.days_before == step
    return recent or (told and notice.due_at == due_at)
