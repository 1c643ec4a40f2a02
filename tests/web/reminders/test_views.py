"""The page on which a coordinator reminds, and where it is seen afterwards."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chiso.web.collection.models import ReportState
from chiso.web.jobs.models import Job, JobState
from chiso.web.people.models import Role
from chiso.web.reminders.models import Reminder
from chiso.web.rounds.models import Stage
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.reminders.conftest import in_days


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def page(round_, coordinator, browser) -> Client:
    return browser.as_person(coordinator)


@pytest.fixture
def address(round_) -> str:
    return reverse("remind", args=[round_.pk])


def test_before_anything_is_sent_the_page_says_to_whom_and_how_it_reads(page, address, round_, member, officer) -> None:
    make.participant(round_, make.unit("Xã không ai"))
    shown = text(page.get(address))

    assert "2 đơn vị chưa xong" in shown
    assert "1 người sẽ nhận thư" in shown
    assert "1 đơn vị chưa có ai có tài khoản" in shown
    assert "Xã không ai" in shown
    assert "Kính gửi Ông/Bà (họ và tên)," in shown
    assert officer.full_name not in shown
    assert officer.email not in shown
    assert mail.outbox == []


def test_the_sentence_is_shown_in_the_mail_first(page, address, member, officer) -> None:
    shown = text(page.post(address, {"sentence": "Xin <b>nộp</b> sớm\u202e", "preview": "1"}))

    assert "Xin &lt;b&gt;nộp&lt;/b&gt; sớm\n\nCác việc" in shown
    assert (mail.outbox, Job.objects.count()) == ([], 0)


def test_it_is_sent_as_a_job(page, address, round_, member, officer, coordinator) -> None:
    answer = page.post(address, {"sentence": "Xin nộp sớm.", "send": "1"})
    job = Job.objects.get()

    assert answer["Location"] == reverse("job", args=[job.pk])
    assert (job.state, job.done, job.total) == (JobState.DONE, 1, 1)
    assert job.message == "Đã nhắc 1 người về 1 đơn vị."
    assert [one.to for one in mail.outbox] == [[officer.email]]
    assert Reminder.objects.get().by == coordinator


def test_two_clicks_send_one_mail(page, address, member, officer) -> None:
    for _ in range(2):
        page.post(address, {"send": "1"})

    assert len(mail.outbox) == 1
    assert "1 người đã được nhắc việc này trong vòng một ngày" in text(page.get(address))


def test_only_chosen_units(page, address, round_, member, officer) -> None:
    other = make.participant(round_, make.unit("Xã B"))
    second = make.person((Role.OFFICER, other.unit))
    page.post(address, {"send": "1", "who": "chosen", "unit": [other.pk, "x", 0]})

    assert [one.to for one in mail.outbox] == [[second.email]]


def test_only_who_is_late(page, address, round_, member, officer) -> None:
    assert "Không có đơn vị nào quá hạn." in text(page.get(address, {"who": "late"}))
    round_.due_at = in_days(-2)
    round_.save()

    assert "quá hạn 2 ngày" in text(page.get(address, {"who": "late"}))


@pytest.mark.parametrize(
    ("told", "words"),
    [({}, "Mọi báo cáo đều đã nộp"), ({"who": "chosen"}, "Các đơn vị đã chọn không còn việc")],
)
def test_where_nothing_is_owed_nothing_is_sent(
    page, address, member, officer, told: dict[str, str], words: str
) -> None:
    make.report(member, state=ReportState.SIGNED)

    assert words in text(page.get(address, told))
    assert words in text(page.post(address, {**told, "send": "1"}))
    assert Job.objects.count() == 0


def test_a_sentence_that_is_too_long_is_not_sent(page, address, member, officer) -> None:
    shown = text(page.post(address, {"sentence": "x" * 601, "send": "1"}))

    assert "chưa có gì thay đổi" in shown
    assert Job.objects.count() == 0


def test_a_round_that_takes_nothing_in_has_nothing_due(page, address, round_, member, officer) -> None:
    round_.stage = Stage.COUNCIL
    round_.save()

    assert "hiện không có việc đến hạn" in text(page.get(address))
    page.post(address, {"send": "1"})
    assert mail.outbox == []


def test_the_board_and_the_first_page_of_the_unit_show_it(page, address, round_, member, officer) -> None:
    board = reverse("round_board", args=[round_.pk])
    today = timezone.localdate().strftime("%d/%m/%Y")
    assert "đã nhắc" not in text(page.get(board))
    assert f'name="unit" value="{member.pk}"' in text(page.get(board))
    page.post(address, {"sentence": "Xin nộp sớm.", "send": "1"})

    assert f"đã nhắc ngày {today}" in text(page.get(board))
    home = text(Browser().as_person(officer).get("/"))
    assert f"đã nhắc ngày {today}" in home
    assert "Xin nộp sớm." in home


@pytest.mark.parametrize("units", [1, 4])
def test_queries_do_not_grow_with_the_number_of_units(page, address, round_, django_assert_num_queries, units) -> None:
    for _ in range(units):
        member = make.participant(round_, make.unit())
        make.person((Role.OFFICER, member.unit))

    page.get(address)  # the framework is loaded once in a process
    with django_assert_num_queries(10):
        page.get(address)
