"""Reminding people: each gets one mail with everything they owe, and none for the same thing within a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from chiso.web.audit.services import SYSTEM, Actor, record
from chiso.web.people.mails import deliver
from chiso.web.people.models import User
from chiso.web.reminders import mails
from chiso.web.reminders.duties import Owed, Recipient, owed_by, recipients, with_printed
from chiso.web.reminders.models import Notice, Reminder
from chiso.web.rounds.models import Extension, Participant, Round, Stage

#: Nobody is told of the same thing twice within this time.
PAUSE = dt.timedelta(days=1)

#: Somebody who was claimed for a mail and got none, since the run was killed, may be claimed anew after this time.
HELD = dt.timedelta(hours=1)

#: People who are claimed at once, and how many units they may have together.
AT_ONCE, _UNITS = 200, 1000


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

    Whoever is left is looked at once more before the mail goes out.
    """
    before: dict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(participant__round__stage=Stage.OPEN).iterator(2000):
        before[notice.person_id].append(notice)
    return [one for one in found if any(_due(each, automatic, before[one.person], now) for each in one.owed)]


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a person is about to be told: whom of what was asked for, what is owed still, and how it stood then."""

    asked: Recipient
    owed: tuple[Owed, ...]
    notices: tuple[int, ...]
    seen: _Standing

    def holds(self) -> bool:
        """Say whether all stands as it did; of what adds up from other units only looking again can tell. One query."""
        if any(getattr(one.participant, "is_whole", False) for one in self.owed):
            return False
        return _standing(one.participant.pk for one in self.asked.owed) == self.seen


#: Of participants the stage and due times of their rounds, and the changes and states of their reports.
_Standing = dict[int, set[tuple[Any, ...]]]


def _standing(participants: Iterable[int]) -> _Standing:
    """Return all on which it depends what participants owe and how far they are, themselves and their agencies."""
    until = Extension.objects.filter(participant=OuterRef("pk")).order_by("-until").values("until")[:1]
    found: _Standing = defaultdict(set)
    rows = Participant.objects.filter(pk__in=list(participants)).annotate(until=Subquery(until))
    of_reports = ("reports__stage", "reports__number", "reports__state")
    for pk, *told in rows.values_list("pk", "round__stage", "round__due_at", "until", *of_reports):
        found[pk].add(tuple(told))
    return dict(found)


class _Sending:
    """One run through the people to be reminded, over one connection to the mail server.

    People are claimed some at a time, so that what they owe is read once for all of them. Before each mail one look
    tells whether anything has changed since; only then the person is looked at anew, alone.
    """

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
            for some in _batches(found):
                self._tell_some(some, connection, advance)
        except OSError as error:  # of the connection: refusals of single mails are dealt with where they come up
            raise UnreachableServerError(self._sent) from error
        finally:
            connection.close()
            self._log()
        return self._sent

    def _tell_some(self, some: Sequence[Recipient], connection: BaseEmailBackend, advance: Callable[[], None]) -> None:
        claims = self._claim(some)
        try:
            for one in some:
                claim = claims.pop(one.person, None)
                if claim is not None and not claim.holds():
                    Notice.objects.filter(pk__in=claim.notices, sent_at=None).delete()
                    claim = self._claim([one]).get(one.person)
                if claim is not None:
                    self._tell(claim, connection)
                advance()
        finally:  # nobody is told any more by a run that breaks off
            left = [pk for claim in claims.values() for pk in claim.notices]
            if left:
                Notice.objects.filter(pk__in=left, sent_at=None).delete()

    def _tell(self, claim: _Claim, connection: BaseEmailBackend) -> None:
        now = timezone.now()
        notices = Notice.objects.filter(pk__in=claim.notices)
        if notices.filter(sent_at=None).update(sent_at=now) != len(claim.notices):
            return  # this run took so long that another one has told the person
        recipient = replace(claim.asked, owed=claim.owed)
        subject, text = mails.composed(recipient, self._sentence, now)
        headers = {"Auto-Submitted": "auto-generated"}
        mail = EmailMessage(subject, text, None, [recipient.email], connection=connection, headers=headers)
        try:
            deliver(mail, connection)
        except (SMTPRecipientsRefused, SMTPResponseException):
            notices.delete()
            self._sent.refused += 1
            return
        except OSError:
            notices.delete()
            raise
        self._note(recipient.person, claim.owed)

    @transaction.atomic
    def _claim(self, some: Sequence[Recipient]) -> dict[int, _Claim]:
        """Note what people are about to be told: what they owe still, and have not been told of just now.

        The number of queries does not depend on how many they are; another run beside waits, and finds the notes.
        """
        now = timezone.now()
        people = [one.person for one in some]
        list(User.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))
        mine = Notice.objects.filter(person__in=people)
        mine.filter(sent_at=None, claimed_at__lte=now - HELD).delete()
        keys = {one.participant.pk for each in some for one in each.owed}
        seen = _standing(keys)
        before: dict[int, list[Notice]] = defaultdict(list)
        for notice in mine.filter(participant__in=keys):
            before[notice.person_id].append(notice)
        owed = with_printed(owed_by(Participant.objects.filter(pk__in=keys)))
        still = {(one.participant.pk, one.duty): one for one in owed}
        found: list[tuple[Recipient, tuple[Owed, ...], list[Notice]]] = []
        for each in some:
            told, notices = [], []
            for one in (still.get((asked.participant.pk, asked.duty)) for asked in each.owed):
                due = _due(one, self._choose, before[each.person], now) if one is not None else []
                if one is not None and due:
                    told.append(one)
                    notices += [self._notice(each.person, one, time, step, now) for time, step in due]
            if notices:
                found.append((each, tuple(told), notices))
        Notice.objects.bulk_create([one for _each, _told, notices in found for one in notices])
        return {
            each.person: _Claim(each, told, tuple(one.pk for one in notices), _of(each, seen))
            for each, told, notices in found
        }

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


def _batches(found: Iterable[Recipient]) -> Iterator[list[Recipient]]:
    """Yield people some at a time, few where they have many units."""
    some: list[Recipient] = []
    units = 0
    for one in found:
        if some and (len(some) == AT_ONCE or units + len(one.owed) > _UNITS):
            yield some
            some, units = [], 0
        some.append(one)
        units += len(one.owed)
    if some:
        yield some


def _of(recipient: Recipient, seen: _Standing) -> _Standing:
    keys = {one.participant.pk for one in recipient.owed}
    return {pk: seen[pk] for pk in keys & seen.keys()}


def _due(one: Owed, choose: Choose, before: Iterable[Notice], now: dt.datetime) -> list[tuple[dt.datetime, int | None]]:
    """Return the due times of what somebody owes that are to be told now, and have not been."""
    earlier = list(before)
    return [(time, step) for time, step in choose(one, now)
            if not any(_covers(notice, one, time, step, now) for notice in earlier)]  # fmt: skip


def _covers(notice: Notice, one: Owed, due_at: dt.datetime, step: int | None, now: dt.datetime) -> bool:
    """Say whether an earlier notice makes another one of the same thing needless."""
    if (notice.participant_id, notice.duty) != (one.participant.pk, one.duty):
        return False
    if notice.sent_at is None and notice.claimed_at <= now - HELD:
        return False
    if step is None or notice.days_before is None:
        recent = notice.claimed_at > now - PAUSE
    else:  # Runs of two days never are a full day apart: of its own accord the system tells once a calendar day.
        recent = timezone.localdate(notice.claimed_at) == timezone.localdate(now)
    told = step is not None and notice.sent_at is not None and notice.days_before == step
    return recent or (told and notice.due_at == due_at)
