"""Reminding of criteria that a document wants before the round is due: each step of each day once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from chiso.web import formats
from chiso.web.audit.services import Actor
from chiso.web.people.models import Role
from chiso.web.reminders.models import Notice
from chiso.web.reminders.services import remind, remind_before_due
from chiso.web.rounds.models import Participant
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.reminders.conftest import in_days


def printed_on(day: dt.date) -> str:
    """Return the small framework with a day printed for its first two criteria."""
    found = make.SMALL.replace(
        "dimensions:",
        f"deadlines:\n  Ngày in: {{kind: date, date: {day.isoformat()}}}\ndimensions:",
    )
    for code in ("1.1", "1.2"):
        found = found.replace(f"clause: Phụ lục, dòng {code}", f"clause: Phụ lục, dòng {code}\n        due: Ngày in")
    return found


class Clock:
    """Lets days pass."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = in_days(0, 8)
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def pass_(self, **time: int) -> None:
        self.now += dt.timedelta(**time)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def test_a_run_that_finds_nothing_new_asks_nothing_of_single_people(
    wanted: Participant, clock: Clock, django_assert_num_queries
) -> None:
    for number in range(3):
        unit = make.unit(f"Xã {number}")
        make.participant(wanted.round, unit)
        make.person((Role.OFFICER, unit))
        clock.pass_(days=1 if number == 0 else 0)  # seven days before the printed one
        remind_before_due()
        with django_assert_num_queries(9):
            assert remind_before_due().people == 0

    assert len(mail.outbox) == 4


@pytest.fixture
def wanted(clock, db) -> Participant:
    """A unit of a round that is due in 30 days, with two criteria that are wanted in 8 days."""
    day = in_days(8).date()
    round_ = make.round_(
        make.unit("Tỉnh mẫu", make.Kind.PROVINCE), make.framework(printed_on(day)), due_at=in_days(30), title="Đợt mẫu"
    )
    member = make.participant(round_, make.unit("Xã A"))
    make.person((Role.OFFICER, member.unit), email="canbo@example.org")
    make.person((Role.HEAD, member.unit), email="thutruong@example.org")
    return member


def report(member: Participant, **texts: str) -> None:
    names = {"online": "1.1/a", "households": "households", "leader": "1.2/choice"}
    values = {names[name]: {"v": text, "by": None, "at": "", "n": 1} for name, text in texts.items()}
    make.report(member, values=values, progress={"1": [len(values), 4]})


def test_each_step_before_a_printed_day_is_told_once(wanted: Participant, clock: Clock) -> None:
    told = []
    for _ in range(11):
        told.append([remind_before_due().people for _ in range(2)])
        clock.pass_(days=1, seconds=-3)  # two runs of a daily task are never a full day apart

    days_before = [8 - day for day, (first, _) in enumerate(told) if first]
    assert days_before == [7, 3, 1]
    assert all(second == 0 for _, second in told)
    assert [one.to for one in mail.outbox] == [["canbo@example.org"]] * 3


def test_the_mail_names_the_day_and_the_criteria(wanted: Participant, clock: Clock) -> None:
    report(wanted, online="6020", households="12040")
    clock.pass_(days=5)
    remind_before_due()
    (one,) = mail.outbox
    day = formats.date(in_days(3).date())

    assert one.subject == f"Nhắc việc: có tiêu chí đến hạn ngày {day}"
    assert f"   2 tiêu chí đến hạn {day}, còn 1 tiêu chí chưa có số liệu: còn 3 ngày (1.2)\n   Hạn nộp " in one.body
    notice = Notice.objects.get()
    assert (notice.days_before, formats.time(notice.due_at)) == (3, f"{day} 23:59")


def test_nobody_is_reminded_of_criteria_that_have_their_figures(wanted: Participant, clock: Clock) -> None:
    report(wanted, online="6020", households="n/a", leader="head")
    clock.pass_(days=7)

    assert remind_before_due().people == 0


def test_both_days_near_are_one_mail_and_two_notices(wanted: Participant, clock: Clock) -> None:
    round_ = wanted.round
    round_.due_at = in_days(10)
    round_.save()
    clock.pass_(days=7)  # one day before the printed day, three before the due time

    assert remind_before_due().people == 1
    assert len(mail.outbox) == 1
    assert sorted(Notice.objects.values_list("days_before", flat=True)) == [1, 3]


def test_steps_of_two_days_that_follow_each_other_are_both_told(wanted: Participant, clock: Clock) -> None:
    round_ = wanted.round
    round_.due_at = in_days(9)
    round_.save()
    clock.pass_(days=7)
    told = []
    for _ in range(3):
        told.append(remind_before_due().people)
        clock.pass_(days=1, seconds=-3)

    # On the first day: one before the printed day, and three before the due time; on the second: one before that.
    assert told == [1, 1, 0]
    assert list(Notice.objects.order_by("pk").values_list("days_before", flat=True)) == [3, 1, 1]


def test_a_coordinators_reminder_names_the_day_too(wanted: Participant, clock: Clock) -> None:
    coordinator = make.person((Role.COORDINATOR, wanted.round.assessor))
    shown = Browser().as_person(coordinator).get(reverse("remind", args=(wanted.round_id,))).content.decode()
    remind(round_=wanted.round, participants=[wanted.pk], sentence="", actor=Actor(coordinator.pk))
    line = (
        f"2 tiêu chí đến hạn {formats.date(in_days(8).date())}, còn 2 tiêu chí chưa có số liệu: còn 8 ngày (1.1, 1.2)"
    )

    assert line in shown
    assert line in mail.outbox[0].body
    clock.pass_(hours=20)  # the next morning, seven days before: the coordinator's mail is enough for that day
    assert remind_before_due().people == 0
    clock.pass_(hours=5)
    assert remind_before_due().people == 1
