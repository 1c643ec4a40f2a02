"""Reminding: one mail each, none twice within a day, none about what is done, and every step once."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.collection.models import Report, ReportState
from chiso.web.people.models import Assignment, Role
from chiso.web.reminders import services
from chiso.web.reminders.models import Notice
from chiso.web.reminders.queries import last_reminded, told_just_now
from chiso.web.reminders.services import UnreachableServerError, remind, remind_before_due
from chiso.web.rounds.models import Extension, Participant, Stage
from tests.web import factories as make
from tests.web.reminders.conftest import in_days


@pytest.fixture
def by(coordinator) -> Actor:
    return Actor(coordinator.pk, "192.0.2.1")


def everybody(round_) -> list[int]:
    return list(round_.participants.values_list("pk", flat=True))


def due_in(round_, days: int) -> None:
    round_.due_at = in_days(days)
    round_.save()


def a_day_later() -> None:
    Notice.objects.update(claimed_at=timezone.now() - services.PAUSE - dt.timedelta(minutes=1))


def test_a_mail_says_what_is_due_with_the_coordinators_sentence(round_, member, officer, by) -> None:
    make.report(member, progress={"1": [3, 5]})
    due_in(round_, 3)
    sent = remind(round_=round_, participants=[member.pk], sentence="Xin nộp trước thứ Sáu.\nCảm ơn!", actor=by)
    (one,) = mail.outbox
    when = timezone.localtime(round_.due_at).strftime("%d/%m/%Y 17:00")

    assert (sent.people, sent.units, sent.refused, sent.nobody) == (1, {member.pk}, 0, 0)
    assert one.to == ["canbo@example.org"]
    assert one.subject == f"Nhắc việc: báo cáo đến hạn {when}"
    assert one.body.startswith(f"Kính gửi Ông/Bà {officer.full_name},\n\nXin nộp trước thứ Sáu.\nCảm ơn!\n\n")
    assert "1. Đợt mẫu\n   Đơn vị: Xã A\n   Chưa nộp; đã nhập 3 trên 5 số liệu.\n" in one.body
    assert f"   Hạn nộp {when}: còn 3 ngày\n   http://127.0.0.1:8000/reports/" in one.body
    assert one.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_one_mail_for_all_the_units_of_a_person(round_, member, officer, by) -> None:
    other = make.participant(round_, make.unit("Xã B"))
    Assignment.objects.create(user=officer, role=Role.OFFICER, unit=other.unit, valid_from=make.LONG_AGO)
    sent = remind(round_=round_, participants=everybody(round_), sentence="", actor=by)

    assert (sent.people, len(sent.units), len(mail.outbox)) == (1, 2, 1)
    assert "1. Đợt mẫu\n   Đơn vị: Xã A" in mail.outbox[0].body
    assert "2. Đợt mẫu\n   Đơn vị: Xã B" in mail.outbox[0].body


def test_only_the_chosen_units_of_the_round_are_reminded(round_, member, officer, by) -> None:
    stranger = make.participant(make.round_(make.unit(), round_.framework), make.unit())
    make.person((Role.OFFICER, stranger.unit))

    assert remind(round_=round_, participants=[stranger.pk], sentence="", actor=by).people == 0
    assert mail.outbox == []


def test_nobody_gets_a_second_mail_for_the_same_within_a_day(round_, member, officer, by) -> None:
    for expected in (1, 1):
        remind(round_=round_, participants=[member.pk], sentence="", actor=by)
        assert len(mail.outbox) == expected
    a_day_later()
    remind(round_=round_, participants=[member.pk], sentence="", actor=by)

    assert len(mail.outbox) == 2


def test_another_unit_is_another_thing(round_, member, officer, by) -> None:
    remind(round_=round_, participants=[member.pk], sentence="", actor=by)
    other = make.participant(round_, make.unit("Xã B"))
    Assignment.objects.create(user=officer, role=Role.OFFICER, unit=other.unit, valid_from=make.LONG_AGO)
    remind(round_=round_, participants=everybody(round_), sentence="", actor=by)

    assert len(mail.outbox) == 2
    assert ("Xã A" in mail.outbox[1].body, "Xã B" in mail.outbox[1].body) == (False, True)


def test_who_submits_while_mails_are_sent_gets_none(round_, member, officer, by, monkeypatch) -> None:
    report = make.report(member)
    sent_first = make.participant(round_, make.unit("Xã đầu"))
    first = make.person((Role.OFFICER, sent_first.unit))
    officer.assignments.update(user=make.person().pk)  # the later key comes second

    def submitted(*_steps: int) -> None:
        report.state = ReportState.SIGNED
        report.save()

    remind(round_=round_, participants=everybody(round_), sentence="", actor=by, advance=submitted)

    assert [one.to for one in mail.outbox] == [[first.email]]


def test_units_without_an_account_are_counted(round_, member, by) -> None:
    sent = remind(round_=round_, participants=[member.pk], sentence="", actor=by)

    assert (sent.people, sent.nobody) == (0, 1)


def test_the_log_holds_numbers_and_no_address(round_, member, officer, by) -> None:
    remind(round_=round_, participants=[member.pk], sentence="Lời nhắn", actor=by)
    entry = Entry.objects.get(action="reminders.sent")

    assert (entry.strand, entry.by_id, entry.data) == (f"round:{round_.pk}", by.user_id, {"people": 1, "units": 1})


class Refusing(EmailBackend):
    """Refuses one address, as a server does whose user is unknown."""

    def send_messages(self, messages):
        if "canbo@example.org" in messages[0].to:
            raise SMTPRecipientsRefused({"canbo@example.org": (550, b"unknown user")})
        return super().send_messages(messages)


def test_a_refused_address_does_not_stop_the_others(round_, member, officer, by, settings) -> None:
    settings.EMAIL_BACKEND = "tests.web.reminders.test_services.Refusing"
    other = make.participant(round_, make.unit("Xã B"))
    second = make.person((Role.OFFICER, other.unit))
    sent = remind(round_=round_, participants=everybody(round_), sentence="", actor=by)

    assert (sent.people, sent.refused) == (1, 1)
    assert [one.to for one in mail.outbox] == [[second.email]]
    assert [one.person_id for one in Notice.objects.all()] == [second.pk]


class Closing(EmailBackend):
    """Ends the connection after the first mail, as servers do after so many."""

    opened = 0

    def open(self):
        type(self).opened += 1
        self.left = 1
        return True

    def send_messages(self, messages):
        if not self.left:
            raise SMTPServerDisconnected
        self.left -= 1
        return super().send_messages(messages)


def test_a_server_that_hangs_up_is_called_again(round_, member, officer, by, settings) -> None:
    settings.EMAIL_BACKEND = "tests.web.reminders.test_services.Closing"
    Closing.opened = 0
    for _ in range(2):
        make.person((Role.OFFICER, member.unit))
    sent = remind(round_=round_, participants=[member.pk], sentence="", actor=by)

    assert (sent.people, len(mail.outbox), Closing.opened) == (3, 3, 3)


class Away(EmailBackend):
    """Is not there."""

    def send_messages(self, messages):
        if len(mail.outbox) >= 1:
            raise ConnectionRefusedError
        return super().send_messages(messages)


def test_without_a_server_what_was_sent_is_kept_and_the_rest_can_be_tried_again(
    round_, member, officer, by, settings
) -> None:
    others = [make.person((Role.OFFICER, member.unit)).email for _ in range(2)]
    settings.EMAIL_BACKEND = "tests.web.reminders.test_services.Away"
    with pytest.raises(UnreachableServerError) as raised:
        remind(round_=round_, participants=[member.pk], sentence="", actor=by)
    assert (raised.value.done.people, Notice.objects.count()) == (1, 1)
    assert Entry.objects.get(action="reminders.sent").data == {"people": 1, "units": 1}

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    remind(round_=round_, participants=[member.pk], sentence="", actor=by)
    assert [one.to for one in mail.outbox] == [["canbo@example.org"], *([one] for one in others)]


@pytest.mark.parametrize(("days", "sent"), [(8, 0), (7, 1), (5, 1), (3, 1), (2, 1), (1, 1), (0, 0), (-1, 0)])
def test_the_system_reminds_seven_three_and_one_days_before(round_, member, officer, days: int, sent: int) -> None:
    due_in(round_, days)

    assert remind_before_due().people == sent
    assert len(mail.outbox) == sent


def test_each_step_is_told_once(round_, member, officer) -> None:
    told = []
    for days in (9, 7, 7, 6, 4, 3, 2, 1, 1, 0):
        due_in(round_, days)
        Notice.objects.update(due_at=round_.due_at)  # it is the day that moves, not the due time
        a_day_later()
        told.append(remind_before_due().people)

    assert told == [0, 1, 0, 0, 0, 1, 0, 1, 0, 0]


def test_a_reminder_of_the_coordinator_an_hour_ago_is_enough_for_today(round_, member, officer, by) -> None:
    due_in(round_, 3)
    remind(round_=round_, participants=[member.pk], sentence="", actor=by)
    assert remind_before_due().people == 0
    a_day_later()
    assert remind_before_due().people == 1


def test_a_later_due_time_begins_the_steps_anew(round_, member, officer) -> None:
    due_in(round_, 1)
    assert remind_before_due().people == 1
    a_day_later()
    assert remind_before_due().people == 0
    Extension.objects.create(participant=member, until=in_days(1, 18), reason="Bão", granted_by=make.person())

    assert remind_before_due().people == 1


def test_one_mail_for_several_rounds(round_, member, officer) -> None:
    due_in(round_, 3)
    other = make.round_(make.unit("Bộ mẫu"), round_.framework, title="Đợt khác", due_at=in_days(6))
    make.participant(other, member.unit)
    far = make.round_(make.unit("Bộ kia"), round_.framework, title="Đợt còn xa", due_at=in_days(60))
    make.participant(far, member.unit)
    sent = remind_before_due()

    assert (sent.people, len(sent.units), len(mail.outbox)) == (1, 2, 1)
    assert [title in mail.outbox[0].body for title in ("Đợt mẫu", "Đợt khác", "Đợt còn xa")] == [True, True, False]
    assert sorted(Entry.objects.filter(action="reminders.sent_before_due").values_list("strand", flat=True)) == sorted(
        [f"round:{round_.pk}", f"round:{other.pk}"]
    )


def test_the_command_says_how_many(round_, member, officer) -> None:
    due_in(round_, 1)
    for told in ("reminded: 1, units: 1, refused: 0, units without anybody: 0, agencies: 0",
                 "reminded: 0, units: 0, refused: 0, units without anybody: 0, agencies: 0"):  # fmt: skip
        output = StringIO()
        call_command("send_reminders", stdout=output)
        assert output.getvalue().strip() == told


def test_the_command_fails_without_a_server(round_, member, officer, settings) -> None:
    due_in(round_, 1)
    make.person((Role.OFFICER, member.unit))
    settings.EMAIL_BACKEND = "tests.web.reminders.test_services.Away"
    with pytest.raises(CommandError, match="reminded before that: 1"):
        call_command("send_reminders")


def test_the_last_reminder_of_a_unit_is_known(round_, member, officer, by, django_assert_num_queries) -> None:
    for sentence in ("Lần một", "Lần hai"):
        remind(round_=round_, participants=[member.pk], sentence=sentence, actor=by)
        a_day_later()
    with django_assert_num_queries(1):
        found = last_reminded([member.pk])

    assert found[member.pk].sentence == "Lần hai"
    assert last_reminded([]) == {}
    assert Participant.objects.count() == 1


def officers(round_, count: int) -> list[str]:
    """Return the addresses of the officers of so many more units, in the order in which they are told."""
    return [make.person((Role.OFFICER, make.participant(round_, make.unit()).unit)).email for _ in range(count)]


def told() -> list[str]:
    return [address for one in mail.outbox for address in one.to]


@pytest.mark.parametrize("at_once", [3, 200])
def test_a_person_costs_two_queries_and_the_rest_is_read_together(round_, by, at_once: int, monkeypatch) -> None:
    monkeypatch.setattr(services, "AT_ONCE", at_once)
    counted = []
    for count in (1, 3, 12):  # the first run makes what the others find
        before = len(mail.outbox)
        officers(round_, count)
        with CaptureQueriesContext(connection) as queries:
            remind(round_=round_, participants=everybody(round_), sentence="", actor=by)
        assert len(mail.outbox) - before == count
        counted.append(len(queries) - 2 * count)
        a_day_later()
        Participant.objects.update(withdrawn_at=timezone.now())
    batch = 11  # people, expired notes, standing, notes, what is owed (4), new notes, and the transaction (2)
    assert counted[2] - counted[1] == (3 * batch if at_once == 3 else 0)


def test_who_fills_in_while_mails_are_sent_is_told_how_far_they_are_now(round_, member, officer, by) -> None:
    report = make.report(member, progress={"1": [3, 5]})
    first = make.person((Role.OFFICER, make.participant(round_, make.unit()).unit))
    officer.assignments.update(user=make.person(email="sau@example.org").pk)

    def filled(*_steps: int) -> None:
        Report.objects.filter(pk=report.pk).update(progress={"1": [5, 5]}, number=1)

    remind(round_=round_, participants=everybody(round_), sentence="", actor=by, advance=filled)

    assert told() == [first.email, "sau@example.org"]
    assert "đã nhập 5 trên 5 số liệu" in mail.outbox[1].body


@pytest.mark.parametrize("change", ["stage", "extension", "supplied", "withdrawn"])
def test_whatever_changes_meanwhile_is_seen_before_the_mail(round_, by, change: str) -> None:
    addresses = officers(round_, 2)
    last = Participant.objects.get(unit__assignments__user__email=addresses[1])

    def changed(*_steps: int) -> None:
        if change == "stage":
            round_.stage = Stage.VERIFICATION
            round_.save()
        elif change == "extension":
            Extension.objects.create(participant=last, until=in_days(30, 18), reason="Bão", granted_by=make.person())
        elif change == "supplied":
            Report.objects.get_or_create(participant=last, defaults={"progress": {"1": [1, 5]}})
        else:
            Participant.objects.filter(pk=last.pk).update(withdrawn_at=timezone.now())

    remind(round_=round_, participants=everybody(round_), sentence="", actor=by, advance=changed)

    if change in ("stage", "withdrawn"):
        assert told() == addresses[:1]
        assert Notice.objects.count() == 1
    else:
        words = {"extension": in_days(30).strftime("%d/%m/%Y 18:00"), "supplied": "đã nhập 1 trên 5 số liệu"}[change]
        assert (told(), words in mail.outbox[1].body) == (addresses, True)


def test_a_second_run_beside_tells_nobody_twice(round_, by) -> None:
    addresses = officers(round_, 3)

    def beside(*_steps: int) -> None:
        assert remind(round_=round_, participants=everybody(round_), sentence="", actor=by).people == 0

    sent = remind(round_=round_, participants=everybody(round_), sentence="", actor=by, advance=beside)

    assert (sent.people, told()) == (3, addresses)


def test_a_run_that_hangs_is_overtaken_and_tells_nobody_again(round_, by) -> None:
    addresses = officers(round_, 3)
    second = []

    def hangs(*_steps: int) -> None:
        if second:
            return
        Notice.objects.filter(sent_at=None).update(claimed_at=timezone.now() - services.HELD)
        second.append(remind(round_=round_, participants=everybody(round_), sentence="", actor=by).people)

    sent = remind(round_=round_, participants=everybody(round_), sentence="", actor=by, advance=hangs)

    assert (sent.people, second, told()) == (1, [2], addresses)
    assert Notice.objects.filter(sent_at=None).count() == 0


def test_who_waited_in_a_run_that_was_killed_is_told_an_hour_later(round_, member, officer, by) -> None:
    remind(round_=round_, participants=[member.pk], sentence="", actor=by)
    Notice.objects.update(sent_at=None)
    remind(round_=round_, participants=[member.pk], sentence="", actor=by)
    assert (len(mail.outbox), told_just_now(round_.pk, timezone.now()) == set()) == (1, False)
    Notice.objects.update(claimed_at=timezone.now() - services.HELD)
    assert told_just_now(round_.pk, timezone.now()) == set()
    remind(round_=round_, participants=[member.pk], sentence="", actor=by)

    assert (len(mail.outbox), Notice.objects.count()) == (2, 1)


def test_what_adds_up_from_other_units_is_read_anew_for_each(round_, member, officer, by) -> None:
    whole = make.participant(round_, make.unit("Xã gộp"))
    part = make.participant(round_, make.unit(), part_of=whole)
    make.report(whole)
    make.person((Role.OFFICER, whole.unit), email="gop@example.org")

    def reported(*_steps: int) -> None:
        if not Report.objects.filter(participant=part).exists():
            cells = {"households": {"v": "5", "by": None, "at": "", "n": 1}}
            make.report(part, values=cells, number=1)

    remind(round_=round_, participants=[member.pk, whole.pk], sentence="", actor=by, advance=reported)

    assert (told()[1], "đã nhập 1 trên 4 số liệu" in mail.outbox[1].body) == ("gop@example.org", True)
