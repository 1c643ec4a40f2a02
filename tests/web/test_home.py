"""The first page lists what is due for the person who asks, and nothing of anybody else."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from chiso.web.collection.models import Remark, ReportState
from chiso.web.due import own_reports, rounds_followed, rounds_run, waiting_signatures
from chiso.web.people.access import Access
from chiso.web.people.models import Role
from chiso.web.rounds.models import Extension, Participant, Stage
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> Participant:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    return make.participant(make.round_(province), make.unit("Xã mẫu A", parent=province))


def access(role: Role, of) -> Access:
    return Access.of(make.person((role, of)).pk)


def page(role: Role, of) -> str:
    return Browser().as_person(make.person((role, of))).get("/").content.decode()


def test_an_officer_sees_the_own_report_with_its_progress(member: Participant) -> None:
    make.report(member, number=1, progress={"1": [3, 5], "2": [0, 2]})
    stranger = make.participant(member.round, make.unit("Xã mẫu B"))
    (one,) = own_reports(access(Role.OFFICER, member.unit))

    assert (one.filled, one.asked, one.state, one.is_done) == (3, 7, "draft", False)
    shown = page(Role.OFFICER, member.unit)
    assert ("3 trên 7 số liệu" in shown, "Tiếp tục" in shown, stranger.name in shown) == (True, True, False)


def test_a_report_nobody_has_opened_is_not_begun(member: Participant) -> None:
    shown = page(Role.OFFICER, member.unit)

    assert ("chưa bắt đầu" in shown, "Bắt đầu" in shown) == (True, True)


def test_what_is_left_to_do_comes_before_what_is_done(member: Participant) -> None:
    make.report(member, state=ReportState.SIGNED, number=4)
    later = make.round_(member.round.assessor, member.round.framework, due_at=timezone.now() + dt.timedelta(days=30))
    open_ = make.participant(later, member.unit)

    assert [one.participant for one in own_reports(access(Role.OFFICER, member.unit))] == [open_, member]


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.OPEN])
def test_only_open_rounds_are_due(member: Participant, stage: Stage) -> None:
    member.round.stage = stage
    member.round.save()

    assert own_reports(access(Role.OFFICER, member.unit)) == []


@pytest.mark.parametrize(
    ("due", "days", "is_late"),
    [((1, 9, 59), 0, True), ((1, 10, 1), 0, False), ((2, 0, 1), 1, False), ((3, 23, 0), 2, False)],
)
def test_days_left_are_those_of_the_calendar(
    member: Participant, due: tuple[int, int, int], days: int, is_late: bool
) -> None:
    zone = timezone.get_current_timezone()
    now = dt.datetime(2026, 6, 1, 10, 0, tzinfo=zone)
    member.round.due_at = dt.datetime(2026, 6, *due, tzinfo=zone)
    member.round.save()
    (one,) = own_reports(access(Role.OFFICER, member.unit))

    assert (one.days_left(now), one.is_late(now)) == (days, is_late)


def test_permission_to_report_late_counts(member: Participant) -> None:
    now = timezone.now()
    member.round.due_at = now - dt.timedelta(days=3)
    member.round.save()
    until = now + dt.timedelta(days=2)
    for one in (until - dt.timedelta(days=1), until):
        Extension.objects.create(participant=member, until=one, reason="x", granted_by=make.person())
    (one,) = own_reports(access(Role.OFFICER, member.unit))

    assert (one.late_until, one.days_left(now), one.is_late(now)) == (until, 2, False)


def test_a_head_sees_what_waits_for_the_signature_and_an_officer_does_not(member: Participant) -> None:
    report = make.report(member, state=ReportState.SUBMITTED, number=4, submitted_at=timezone.now())

    assert waiting_signatures(access(Role.HEAD, member.unit)) == [report]
    assert waiting_signatures(access(Role.OFFICER, member.unit)) == []
    assert "Chờ bạn ký duyệt" in page(Role.HEAD, member.unit)


def test_a_coordinator_sees_who_is_late_and_what_is_contested(member: Participant) -> None:
    make.report(member, state=ReportState.SUBMITTED, number=4, submitted_at=timezone.now())
    late = make.participant(member.round, make.unit("Xã mẫu B"))
    make.report(late, number=1)
    for kind in (Remark.Kind.OBJECTION, Remark.Kind.REMARK):
        Remark.objects.create(participant=late, kind=kind, text="Số liệu chưa đúng", by=make.person())
    coordinator = access(Role.COORDINATOR, member.round.assessor)
    (before,) = rounds_run(coordinator, timezone.now())
    (after,) = rounds_run(coordinator, timezone.now() + dt.timedelta(days=30))

    assert (before.participants, before.submitted, before.late, before.objections) == (2, 1, 0, 1)
    assert (after.submitted, after.late) == (1, 1)


def test_a_coordinator_sees_which_units_nobody_reports_for(member: Participant) -> None:
    make.participant(member.round, make.unit("Xã mẫu B", parent=member.round.assessor))
    coordinator = make.person((Role.COORDINATOR, member.round.assessor))
    gone = make.person((Role.OFFICER, member.unit))
    (before,) = rounds_run(Access.of(coordinator.pk), timezone.now())
    gone.assignments.update(ended_at=timezone.now())
    (after,) = rounds_run(Access.of(coordinator.pk), timezone.now())

    assert (before.without_officer, after.without_officer) == (1, 2)
    link = '/people/units?reporting=1&amp;lacks=officer"><span class="state bad">2 đơn vị chưa có cán bộ nhập liệu<'
    shown = Browser().as_person(coordinator)
    assert link in shown.get("/").content.decode()
    assert "Xã mẫu B" in shown.get("/people/units?reporting=1&lacks=officer").content.decode()


def test_a_leader_finds_the_rounds_and_a_stranger_nothing(member: Participant) -> None:
    assert member.round.title in page(Role.LEADER, member.round.assessor)
    assert "Chưa có việc đến hạn" in page(Role.LEADER, make.unit("Tỉnh khác", make.Kind.PROVINCE))


def test_rounds_where_something_is_to_be_done_come_first(member: Participant) -> None:
    stages = (Stage.COUNCIL, Stage.PREPARING, Stage.OPEN)
    for days, stage in enumerate(stages):
        due = timezone.now() + dt.timedelta(days=days)
        make.round_(member.round.assessor, member.round.framework, title=stage, stage=stage, due_at=due)
    run = [one.round.stage for one in rounds_run(access(Role.COORDINATOR, member.round.assessor), timezone.now())]
    followed = [one.stage for one in rounds_followed(access(Role.LEADER, member.round.assessor))]

    assert run == [Stage.OPEN, Stage.OPEN, Stage.PREPARING, Stage.COUNCIL]
    assert followed == [Stage.OPEN, Stage.OPEN, Stage.COUNCIL]


def test_an_empty_page_tells_each_what_to_do_next() -> None:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    coordinator, operator, officer = (page(role, province) for role in (Role.COORDINATOR, Role.OPERATOR, Role.OFFICER))

    assert '<a class="btn btn-primary" href="/rounds/new">Đợt đánh giá mới<' in coordinator
    assert "Bạn quản trị hệ thống" in operator
    assert '<a class="btn btn-primary" href="/people/invitations/new">Mời người dùng<' in operator
    assert "khi có đợt đánh giá mở cho đơn vị" in officer


def test_queries_do_not_grow_with_the_number_of_reports(member: Participant, django_assert_num_queries) -> None:
    person = make.person((Role.HEAD, member.unit), (Role.COORDINATOR, member.round.assessor))
    counted = []
    Browser().as_person(person).get("/")  # the framework is loaded once in a process
    for _ in range(3):
        round_ = make.round_(member.round.assessor, member.round.framework)
        make.report(make.participant(round_, member.unit), state=ReportState.SUBMITTED, submitted_at=timezone.now())
        browser = Browser().as_person(person)
        with django_assert_num_queries(10, exact=False) as captured:
            browser.get("/")
        counted.append(len(captured))

    assert len(set(counted)) == 1, counted


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("round_board", "rounds"),
        ("supply_agencies", "rounds"),
        ("round", "rounds"),
        ("results_round", "results"),
        ("home", "home"),
    ],
)
def test_a_page_belongs_to_one_line_of_the_navigation(member: Participant, name: str, line: str) -> None:
    browser = Browser().as_person(make.person((Role.COORDINATOR, member.round.assessor)))
    shown = browser.get(reverse(name, args=[] if name == "home" else [member.round.pk])).content.decode()
    assert re.findall(r'<a href="([^"]+)" aria-current="page">', shown) == [reverse(line)]
