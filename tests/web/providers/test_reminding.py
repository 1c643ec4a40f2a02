"""Agencies that still owe figures are reminded: when a coordinator asks, and before the due day; once a day at most."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.people.models import Role, User
from chiso.web.providers.reminding import last_reminded, owing, remind
from chiso.web.reminders.services import PAUSE, UnreachableServerError
from chiso.web.rounds.models import Round, Stage
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.providers.conftest import SMALL, Bureau


@pytest.fixture
def coordinator(bureau: Bureau) -> User:
    return make.person((Role.COORDINATOR, bureau.round.assessor))


def reminded(bureau: Bureau, coordinator: User) -> tuple[int, int]:
    return remind(round_=bureau.round, actor=Actor(coordinator.pk))


def entries(bureau: Bureau) -> list[tuple[str, dict[str, object]]]:
    found = Entry.objects.filter(strand=bureau.round.strand, action__startswith="supply.").order_by("number")
    return list(found.values_list("action", "data"))


def test_everybody_of_an_agency_gets_a_mail_that_says_how_far_it_is(bureau: Bureau, coordinator: User) -> None:
    bureau.send(Browser().as_person(bureau.provider), (bureau.units[0], "households", "12040"))

    assert reminded(bureau, coordinator) == (1, 2)
    assert sorted(one.to[0] for one in mail.outbox) == sorted([bureau.provider.email, bureau.second.email])
    text = mail.outbox[0].body
    assert "Cơ quan Thống kê đã cung cấp 1 trên 9 số liệu" in text
    assert f"http://127.0.0.1:8000/supply/{bureau.round.pk}/" in text
    told = {"agency": "Cơ quan Thống kê", "people": 2, "given": 1, "needed": 9}
    assert entries(bureau) == [("supply.reminded", told)]


def test_nobody_is_reminded_twice_within_a_day(bureau: Bureau, coordinator: User, monkeypatch) -> None:
    assert [reminded(bureau, coordinator) for _ in range(2)] == [(1, 2), (0, 0)]
    later = timezone.now() + PAUSE + dt.timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert reminded(bureau, coordinator) == (1, 2)


def test_an_agency_that_has_given_everything_owes_nothing(bureau: Bureau, coordinator: User) -> None:
    browser = Browser().as_person(bureau.provider)
    for fact, text in (("households", "9"), ("1.1/a", "5"), ("1.2/choice", "Cấp phó")):
        bureau.send(browser, *((unit, fact, text) for unit in bureau.units), change=fact)

    assert owing(bureau.round) == []
    assert reminded(bureau, coordinator) == (0, 0)


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.VERIFICATION])
def test_only_open_rounds_are_owed(bureau: Bureau, stage: Stage) -> None:
    bureau.round.stage = stage
    assert owing(bureau.round) == []


def unreachable(*_args: object, **_kwargs: object) -> None:
    raise OSError("no server")


def test_a_server_that_is_away_leaves_the_agency_to_be_reminded(bureau: Bureau, coordinator: User, monkeypatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr("chiso.web.providers.reminding.EmailMessage.send", unreachable)
        with pytest.raises(UnreachableServerError):
            reminded(bureau, coordinator)

    assert last_reminded(bureau.round) == {}
    assert reminded(bureau, coordinator) == (1, 2)


def test_before_the_due_day_each_step_is_told_once(bureau: Bureau, monkeypatch) -> None:
    due = timezone.now() + dt.timedelta(days=7)
    Round.objects.update(due_at=due)

    def run(days: int) -> int:
        with monkeypatch.context() as patched:
            moment = due - dt.timedelta(days=days)
            patched.setattr(timezone, "now", lambda: moment)
            before = len(mail.outbox)
            call_command("send_reminders", stdout=io.StringIO())
            return len(mail.outbox) - before

    assert [run(days) for days in (8, 7, 7, 5, 3, 1)] == [0, 2, 0, 0, 2, 2]
    assert [data["step"] for _action, data in entries(bureau)] == [7, 3, 1]


def test_days_printed_for_some_figures_are_told_as_the_due_day_is(bureau: Bureau, monkeypatch) -> None:
    now = timezone.now()
    day = timezone.localdate() + dt.timedelta(days=9)
    printed = SMALL.replace(
        "dimensions:", f"deadlines:\n  Ngày in: {{kind: date, date: {day.isoformat()}}}\ndimensions:"
    )
    # The office supplies both figures of 1.1 and the choice of 1.2; only 1.1 is wanted earlier.
    printed = printed.replace("clause: Phụ lục, dòng 1.1", "clause: Phụ lục, dòng 1.1\n        due: Ngày in")
    version = make.framework(printed.replace('version: "1.0"', 'version: "2.0"'))
    Round.objects.update(framework=version, opens_on=timezone.localdate(), due_at=now + dt.timedelta(days=13))
    browser = Browser().as_person(bureau.provider)
    bureau.send(browser, (bureau.units[0], "households", "9"), (bureau.units[0], "1.2/choice", "Cấp phó"))

    def run(days: int, hours: int = 0) -> list[str]:
        with monkeypatch.context() as patched:
            moment = now + dt.timedelta(days=days, hours=hours)
            patched.setattr(timezone, "now", lambda: moment)
            before = len(mail.outbox)
            call_command("send_reminders", stdout=io.StringIO())
            return [one.body for one in mail.outbox[before:]]

    # 7, 3 and 1 days before the printed day; 7 and 3 before the due day: on the sixth day both at once.
    assert [len(run(days)) for days in (1, 2, 3, 6, 7, 8, 9, 10)] == [0, 2, 0, 2, 0, 2, 0, 2]
    text = str(mail.outbox[0].body)
    assert f"- {day:%d/%m/%Y}: 1 trên 6 số liệu" in text
    assert str(mail.outbox[0].subject).endswith(f"{day:%d/%m/%Y}")
    assert f"- {day:%d/%m/%Y}, trễ hạn: 1 trên 6 số liệu" in str(mail.outbox[-1].body)
    told = [(data["step"], [step for _due, step in data.get("also", [])]) for _action, data in entries(bureau)
            if "step" in data]  # fmt: skip
    assert told == [(7, []), (3, [7]), (1, []), (3, [])]

    bureau.send(browser, *((unit, fact, "5") for unit in bureau.units for fact in ("households", "1.1/a")), change="c2")
    assert [one.printed for one in owing(Round.objects.get())] == [()]


def test_runs_of_two_days_that_are_less_than_a_day_apart_are_two_steps(bureau: Bureau, monkeypatch) -> None:
    due = timezone.now().replace(hour=10) + dt.timedelta(days=7)
    Round.objects.update(due_at=due)
    sent = []
    for before in (dt.timedelta(days=2), dt.timedelta(days=1, minutes=1)):
        moment = due - before
        with monkeypatch.context() as patched:
            patched.setattr(timezone, "now", lambda moment=moment: moment)
            call_command("send_reminders", stdout=io.StringIO())
            sent.append(len(mail.outbox))

    assert sent == [2, 4]


def test_the_page_reminds_and_says_when_it_was(bureau: Bureau, coordinator: User) -> None:
    browser = Browser().as_person(coordinator)
    address = reverse("supply_agencies", args=[bureau.round.pk])
    assert "Nhắc các cơ quan qua thư" in browser.get(address).content.decode()
    job = browser.post(reverse("supply_remind", args=[bureau.round.pk]))["Location"]

    assert "Đã nhắc 1 cơ quan, 2 người." in browser.get(job).content.decode()
    assert "đã nhắc lúc" in browser.get(address).content.decode()
    leader = Browser().as_person(make.person((Role.LEADER, bureau.round.assessor)))
    assert "Nhắc các cơ quan qua thư" not in leader.get(address).content.decode()
