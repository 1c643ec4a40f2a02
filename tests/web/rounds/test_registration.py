"""In a maturity round a unit registers the level it aims at, and its head confirms it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import SYSTEM, Actor
from chiso.web.collection.services import Written, save_values
from chiso.web.due import own_reports
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Access
from chiso.web.people.models import Role, User
from chiso.web.results.services import recalculate, scores_of
from chiso.web.rounds.checks import checks
from chiso.web.rounds.models import Participant, Stage
from chiso.web.rounds.registration import confirm, is_open, register
from chiso.web.rounds.services import Calendar, RoundError
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

LEVELS = """
format: 1
id: levels-2025-commune
version: "1.0"
title: {vi: Khung mức độ mẫu, en: Sample levels}
legal: {number: 1/QĐ-BTTTT, date: 2025-01-02, year: 2025, issuer: Bộ mẫu, title: Khung mẫu}
unit_kinds: [commune]
levels:
  - {number: 1, name: {vi: Khởi động, en: Beginning}, description: Mới bắt đầu}
  - {number: 2, name: {vi: Kết nối, en: Connected}, description: Có kết nối}
dimensions:
  - code: I
    title: Nền tảng
    criteria:
      - code: I.1
        title: Có kế hoạch
        rule:
          kind: levels
          value: yes_no
          targets: {1: {printed: Có, has: true}, 2: {printed: Có, has: true}}
        inputs:
          - {name: value, label: Có kế hoạch}
        lead: [Văn phòng]
        clause: Phụ lục, dòng I.1
      - code: I.2
        title: Số tổ công nghệ số
        rule: {kind: levels, value: count, targets: {1: null, 2: {printed: Có 3, at_least: 3}}}
        inputs:
          - {name: value, label: Số tổ}
        lead: [Văn phòng]
        clause: Phụ lục, dòng I.2
"""


@pytest.fixture
def member() -> Participant:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    return make.participant(make.round_(province, make.framework(LEVELS)), make.unit("Xã mẫu", parent=province))


@pytest.fixture
def officer(member: Participant) -> User:
    return make.person((Role.OFFICER, member.unit))


@pytest.fixture
def head(member: Participant) -> User:
    return make.person((Role.HEAD, member.unit))


def refused(act) -> str:
    with pytest.raises(RoundError) as told:
        act()
    return told.value.code


def entered(member: Participant, level: int = 2, as_head: bool = False) -> Participant:
    return register(participant_id=member.pk, level=level, as_head=as_head, actor=Actor(make.person().pk))


def page(person: User, member: Participant) -> str:
    return Browser().as_person(person).get(reverse("round_level", args=(member.pk,))).content.decode()


def post(person: User, member: Participant, **told: object) -> Participant:
    Browser().as_person(person).post(reverse("round_level", args=(member.pk,)), told)
    member.refresh_from_db()
    return member


def test_what_an_officer_enters_counts_once_the_head_confirms_it(
    member: Participant, officer: User, head: User
) -> None:
    assert "2. Kết nối" in page(officer, member)
    post(officer, member, level="2", do="register")
    assert (member.registered_level, member.aimed_at) == (2, None)
    assert ("Xác nhận mức 2" in page(head, member), "Xác nhận mức 2" in page(officer, member)) == (True, False)

    post(head, member, level="2", do="confirm")
    assert member.aimed_at == 2
    entries = Entry.objects.filter(strand=f"round:{member.round_id}").order_by("number")
    assert [(one.action, one.by_id, one.data["level"]) for one in entries] == [
        ("round.level_registered", officer.pk, 2), ("round.level_confirmed", head.pk, 2),
    ]  # fmt: skip


def test_what_the_head_registers_is_confirmed_and_another_level_has_to_be_again(
    member: Participant, officer: User, head: User
) -> None:
    assert post(head, member, level="1", do="register").aimed_at == 1
    assert post(officer, member, level="2", do="register").aimed_at is None


def test_an_officer_does_not_confirm(member: Participant, officer: User) -> None:
    entered(member)
    assert post(officer, member, level="2", do="confirm").aimed_at is None


def test_what_cannot_be_registered(member: Participant) -> None:
    actor = Actor(make.person().pk)
    assert refused(lambda: entered(member, level=3)) == "level"
    assert refused(lambda: confirm(participant_id=member.pk, level=1, actor=actor)) == "registration_none"
    entered(member, level=2)
    assert refused(lambda: confirm(participant_id=member.pk, level=1, actor=actor)) == "registration_other"
    plain = make.participant(make.round_(make.unit()), make.unit())
    assert refused(lambda: entered(plain, level=1)) == "level"


def test_the_time_ends_with_the_day_set_or_with_the_due_time(member: Participant) -> None:
    now = timezone.now()
    assert is_open(member, now)
    member.round.registration_until = timezone.localdate(now)
    assert (is_open(member, now), is_open(member, now + dt.timedelta(days=1))) == (True, False)
    member.round.registration_until = None
    assert (is_open(member, now + dt.timedelta(days=1)), is_open(member, now + dt.timedelta(days=11))) == (True, False)
    member.round.stage = Stage.VERIFICATION
    assert not is_open(member, now)


def test_afterwards_the_coordinator_enters_it_with_a_reason(member: Participant, officer: User, head: User) -> None:
    entered(member, level=1)
    member.round.registration_until = timezone.localdate() - dt.timedelta(days=1)
    member.round.save()
    coordinator = make.person((Role.COORDINATOR, member.round.assessor))
    assert post(officer, member, level="2", do="register").registered_level == 1
    assert post(head, member, level="1", do="confirm").aimed_at is None
    assert post(coordinator, member, level="2", do="register").registered_level == 1

    assert post(coordinator, member, level="2", do="register", reason="Công văn 12/UBND").aimed_at == 2
    data = Entry.objects.latest("pk").data
    assert (data["on_behalf"], data["reason"], data["before"]) == (True, "Công văn 12/UBND", 1)


def test_the_days_of_registration_lie_between_opening_and_due_time() -> None:
    due = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
    for until in (dt.date(2026, 10, 31), dt.date(2026, 12, 3)):
        calendar = Calendar(dt.date(2026, 11, 1), due, registration_until=until)
        assert refused(calendar.check) == "registration_days"
    Calendar(dt.date(2026, 11, 1), due, registration_until=dt.date(2026, 11, 15)).check()


def test_a_round_of_levels_asks_for_the_day_and_another_does_not(member: Participant) -> None:
    plain = make.round_(member.round.assessor)
    browser = Browser().as_person(make.person((Role.COORDINATOR, member.round.assessor)))
    pages = [browser.get(reverse("round_calendar", args=(one.pk,))).content.decode() for one in (member.round, plain)]

    assert ["registration_until" in one for one in pages] == [True, False]


def test_units_without_a_confirmed_level_are_counted_before_verification(member: Participant) -> None:
    def told() -> list[dict]:
        return [dict(one.data) for one in checks(member.round, Stage.VERIFICATION) if one.code == "unregistered"]

    assert told() == [{"count": 1, "all": 1}]
    entered(member, as_head=True)
    assert told() == []


@pytest.mark.parametrize(("confirmed", "met"), [(True, False), (False, None)])
def test_results_say_whether_the_registered_level_is_met(
    member: Participant, confirmed: bool, met: bool | None
) -> None:
    entered(member, level=2, as_head=confirmed)
    report = make.report(member)
    written = {"I.1/value": Written("yes"), "I.2/value": Written("2")}
    save_values(report_id=report.pk, framework=loaded(member.round.framework), written=written,
                actor=Actor(make.person().pk))  # fmt: skip
    _, scores = scores_of(member.round)

    assert (scores.reached(0).number, scores.reached(0).registered_met) == (1, met)


def test_the_workplace_shows_what_the_registered_level_needs(member: Participant, officer: User) -> None:
    report = make.report(member)
    browser = Browser().as_person(officer)
    url = reverse("collection_place", args=(report.pk, "I.1"))
    assert "Chưa đăng ký mức độ" in browser.get(url).content.decode()
    entered(member, level=2)
    assert "chờ thủ trưởng xác nhận" in browser.get(url).content.decode()
    entered(member, level=2, as_head=True)
    shown = browser.get(url).content.decode()
    assert ("Đăng ký mức 2 (Kết nối)" in shown, "còn thiếu 2 tiêu chí" in shown) == (True, True)


def test_the_first_page_says_what_is_left_to_do(member: Participant, officer: User, head: User) -> None:
    def due() -> str:
        return own_reports(Access.of(officer.pk))[0].level_due

    assert due() == "register"
    assert "Đăng ký mức độ phấn đấu" in Browser().as_person(officer).get("/").content.decode()
    entered(member)
    assert due() == "confirm"
    assert "Mức 2 chờ thủ trưởng xác nhận" in Browser().as_person(head).get("/").content.decode()
    entered(member, as_head=True)
    assert due() == ""


def test_a_criterion_of_levels_tells_no_points_of_the_year_before(member: Participant, officer: User) -> None:
    """The engine keeps a share for it, which is no number of points."""
    last = member.round
    written = {"I.2/value": Written("3")}
    save_values(
        report_id=make.report(member).pk, framework=loaded(last.framework), written=written, actor=Actor(officer.pk)
    )
    recalculate(round_=last, actor=SYSTEM)
    after = make.participant(make.round_(last.assessor, last.framework, previous=last), member.unit)
    shown = Browser().as_person(officer).get(f"/reports/{make.report(after).pk}/at/I.2/").content.decode()

    assert ("Năm trước: 3" in shown, "điểm năm 2025" in shown) == (True, False)
