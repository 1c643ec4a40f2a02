"""Pages about people: who sees whom, what is shown of them, who is missing, and what each page lets one do."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.people.access import Access
from chiso.web.people.models import Assignment, Invitation, Role, User
from chiso.web.rounds.models import Stage
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def province() -> Unit:
    return make.unit("Tỉnh mẫu", Kind.PROVINCE)


@pytest.fixture
def commune(province: Unit) -> Unit:
    return make.unit("Xã mẫu", parent=make.unit("Huyện mẫu", Kind.DISTRICT, province))


@pytest.fixture
def stranger() -> User:
    return make.person((Role.OFFICER, make.unit("Xã của tỉnh khác", parent=make.unit("Tỉnh khác", Kind.PROVINCE))))


@pytest.fixture
def coordinator(browser: Browser, province: Unit) -> Browser:
    return browser.as_person(make.person((Role.COORDINATOR, province)))


def page(browser: Browser, address: str) -> str:
    return browser.get(address).content.decode()


def names(browser: Browser, address: str, *people: User) -> list[bool]:
    shown = page(browser, address)
    return [one.full_name in shown for one in people]


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.COORDINATOR, [True, True, False]),
        (Role.LEADER, [True, True, False]),
        (Role.AUDITOR, [True, True, False]),
        (Role.OPERATOR, [True, True, True]),
    ],
)
def test_one_sees_the_people_of_ones_own_unit_and_of_those_below(
    browser: Browser, province: Unit, commune: Unit, stranger: User, role: Role, seen: list[bool]
) -> None:
    of_province, of_commune = make.person((Role.VERIFIER, province)), make.person((Role.HEAD, commune))
    browser.as_person(make.person((role, None if role == Role.OPERATOR else province)))

    assert names(browser, "/people/", of_province, of_commune, stranger) == seen


def test_an_officer_sees_who_works_for_the_same_unit_by_name_and_nothing_more(
    browser: Browser, province: Unit, commune: Unit, stranger: User
) -> None:
    colleague, above = make.person((Role.HEAD, commune)), make.person((Role.LEADER, province))
    User.objects.filter(pk=colleague.pk).update(position="Bí thư xã mẫu", phone="0900 000 000")
    browser.as_person(make.person((Role.OFFICER, commune)))
    shown = page(browser, "/people/")

    assert names(browser, "/people/", colleague, above, stranger) == [True, False, False]
    hidden = (colleague.email, "0900", "Bí thư", f"/people/{colleague.pk}", "Mời người dùng")
    assert [words for words in hidden if words in shown] == []
    assert browser.get(f"/people/{colleague.pk}/contacts").status_code == 403


def test_a_list_is_narrowed_by_name_unit_role_and_state(coordinator: Browser, province: Unit, commune: Unit) -> None:
    today = timezone.localdate()
    officer, head = make.person((Role.OFFICER, commune)), make.person((Role.HEAD, commune))
    User.objects.filter(pk=officer.pk).update(full_name="Đặng Mẫu")
    officer.refresh_from_db()
    officer.save()
    closed, past, later = (make.person((Role.OFFICER, commune)) for _ in range(3))
    User.objects.filter(pk=closed.pk).update(is_active=False)
    past.assignments.update(valid_to=today - DAY)
    later.assignments.update(valid_from=today + DAY)
    people = (officer, head, closed, past, later)

    assert names(coordinator, "/people/", *people) == [True, True, False, False, False]
    assert names(coordinator, "/people/?q=dang", *people) == [True, False, False, False, False]
    assert names(coordinator, "/people/?role=head", *people) == [False, True, False, False, False]
    assert names(coordinator, "/people/?shown=closed", *people) == [False, False, True, False, False]
    assert names(coordinator, "/people/?shown=ended", *people) == [False, False, False, True, False]
    assert names(coordinator, "/people/?shown=later", *people) == [False, False, False, False, True]
    assert names(coordinator, f"/people/?unit={province.versions.get().code}", *people[:2]) == [False, False]
    assert names(coordinator, f"/people/?unit={province.versions.get().code}&below=1", *people[:2]) == [True, True]
    assert names(coordinator, f"/people/?unit={commune.code}", *people[:2]) == [True, True]


@pytest.mark.parametrize(
    "address", ["?unit=KHÔNG", "?role=king&shown=x&page=99", "?q=%F0%9F%98%80&unit=%01x", "?page=-1"]
)
def test_a_strange_address_is_answered(coordinator: Browser, address: str) -> None:
    assert coordinator.get(f"/people/{address}").status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_lists_need_as_many_queries_whatever_they_show(
    coordinator: Browser, province: Unit, django_assert_num_queries, count: int
) -> None:
    for _ in range(count):
        unit = make.unit(parent=province)
        make.person((Role.OFFICER, unit), (Role.HEAD, unit))
        make.unit(parent=province)
    with django_assert_num_queries(6):
        coordinator.get("/people/")
    with django_assert_num_queries(8):
        coordinator.get("/people/units")


def test_units_without_an_officer_or_a_head_stand_out(coordinator: Browser, province: Unit) -> None:
    both, headless, empty, invited = (
        make.unit(f"Xã {word}", parent=province) for word in ("đủ", "thiếu", "trống", "mời")
    )
    make.person((Role.OFFICER, both), (Role.HEAD, both))
    make.person((Role.OFFICER, headless))
    former = make.person((Role.OFFICER, empty))
    former.assignments.update(ended_at=timezone.now())
    make.invitation(invited, sent_at=timezone.now(), expires_at=timezone.now() + DAY)

    def units(address: str) -> list[bool]:
        shown = page(coordinator, address)
        return [f"Xã {word}" in shown for word in ("đủ", "thiếu", "trống", "mời")]

    assert units("/people/units") == [True] * 4
    assert units("/people/units?lacks=officer") == [False, False, True, True]
    assert units("/people/units?lacks=head") == [False, True, True, True]
    assert page(coordinator, "/people/units").count("chưa có ai") == 4
    assert page(coordinator, "/people/units?q=moi").count("đã mời") == 1


def test_somebody_with_a_closed_account_does_not_count(coordinator: Browser, commune: Unit) -> None:
    officer = make.person((Role.OFFICER, commune))
    User.objects.filter(pk=officer.pk).update(is_active=False)

    assert "Xã mẫu" in page(coordinator, "/people/units?lacks=officer")


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.OPEN, Stage.PUBLISHED])
def test_units_can_be_narrowed_to_those_in_rounds_that_are_not_over(
    coordinator: Browser, province: Unit, commune: Unit, stage: Stage
) -> None:
    make.participant(make.round_(province, stage=stage), commune)
    shown = page(coordinator, "/people/units?reporting=1")

    assert ("Xã mẫu" in shown, "Huyện mẫu</a>" in shown) == (stage != Stage.PUBLISHED, False)


def test_contact_data_are_shown_on_demand_and_each_view_is_logged_once(coordinator: Browser, commune: Unit) -> None:
    officer = make.person((Role.OFFICER, commune))
    User.objects.filter(pk=officer.pk).update(phone="0900 000 000")
    before = page(coordinator, f"/people/{officer.pk}")
    assert ([words in before for words in (officer.email, "0900 000 000")], Entry.objects.count()) == (
        [False, False],
        0,
    )

    shown = page(coordinator, f"/people/{officer.pk}/contacts")
    assert [words in shown for words in (officer.email, "0900 000 000")] == [True, True]
    assert [(one.action, one.data) for one in Entry.objects.all()] == [("contacts.viewed", {"account": officer.pk})]
    page(coordinator, f"/people/{officer.pk}/contacts")
    assert Entry.objects.count() == 2


def test_of_people_elsewhere_nobody_is_told_that_there_are_any(coordinator: Browser, stranger: User) -> None:
    role = stranger.assignments.get()
    answers = [
        coordinator.get(f"/people/{stranger.pk}"),
        coordinator.get(f"/people/{stranger.pk}/contacts"),
        coordinator.post(f"/people/{stranger.pk}/close"),
        coordinator.post(f"/people/{stranger.pk}/roles"),
        coordinator.post(f"/people/roles/{role.pk}/end", {"when": "now"}),
    ]

    assert [one.status_code for one in answers] == [404] * 5
    assert (Entry.objects.count(), Access.of(stranger.pk).has(Role.OFFICER)) == (0, True)


def test_roles_elsewhere_are_counted_and_not_shown(coordinator: Browser, commune: Unit) -> None:
    person = make.person((Role.OFFICER, commune), (Role.HEAD, make.unit("Xã nơi khác", parent=None)))
    shown = page(coordinator, f"/people/{person.pk}")

    assert ("Xã nơi khác" in shown, "Còn giữ 1 vai trò ở đơn vị ngoài phạm vi" in shown) == (False, True)


def test_a_role_is_given_on_the_page(coordinator: Browser, commune: Unit) -> None:
    person, today = make.person((Role.OFFICER, commune)), timezone.localdate()
    told = {"role": "head", "unit": commune.code, "agency": "", "valid_from": today.isoformat(), "valid_to": ""}
    assert coordinator.post(f"/people/{person.pk}/roles", told)["Location"] == f"/people/{person.pk}"

    made = person.assignments.get(role=Role.HEAD)
    assert (made.unit, made.valid_from, made.valid_to) == (commune, today, None)
    entry = Entry.objects.get()
    about = {"account": person.pk, "assignment": made.pk, "since": today.isoformat(), "until": None}
    assert (entry.action, entry.data) == ("role.given", about)


@pytest.mark.parametrize("role", ["operator", "coordinator"])
def test_a_coordinator_gives_no_role_beyond_the_own_units(coordinator: Browser, commune: Unit, role: str) -> None:
    person = make.person((Role.OFFICER, commune))
    other = make.unit("Tỉnh khác", Kind.PROVINCE)
    told = {"role": role, "unit": other.code if role != "operator" else "", "valid_from": "2026-01-01"}
    answer = coordinator.post(f"/people/{person.pk}/roles", told)

    assert (answer.status_code, person.assignments.count(), Entry.objects.count()) == (422, 1, 0)


def test_a_role_is_handed_over_on_the_page(coordinator: Browser, commune: Unit) -> None:
    officer, head, day = make.person((Role.OFFICER, commune)), make.person((Role.HEAD, commune)), timezone.localdate()
    address = f"/people/roles/{officer.assignments.get().pk}/end"
    assert f'<option value="{head.pk}">' in page(coordinator, address)
    told = {"when": "day", "last_day": day.isoformat(), "follows": "colleague", "colleague": str(head.pk)}
    coordinator.post(address, told)

    assert officer.assignments.get().valid_to == day
    assert head.assignments.get(role=Role.OFFICER).valid_from == day + DAY


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"when": "tomorrow"}, "tomorrow"),
        ({"when": "day", "last_day": ""}, "Hãy nhập ngày cuối cùng"),
        ({"when": "day", "last_day": "2020-01-01"}, "Ngày này đã qua"),
        ({"when": "day", "last_day": "31/02/2026"}, "“31/02/2026” không phải là một ngày"),
        ({"when": "now", "follows": "colleague"}, "Hãy chọn người kế nhiệm"),
        ({"when": "now", "follows": "colleague", "colleague": "1000000"}, "1000000"),
        ({"when": "now", "follows": "new", "email": "x", "full_name": "A"}, "không phải là địa chỉ thư"),
        ({"when": "now", "follows": "new", "email": "x@example.org"}, "Cần có để gửi lời mời"),
    ],
)
def test_what_was_filled_in_wrongly_is_said_and_the_role_lasts(
    coordinator: Browser, commune: Unit, told: dict[str, str], words: str
) -> None:
    officer = make.person((Role.OFFICER, commune))
    make.person((Role.HEAD, commune))
    answer = coordinator.post(f"/people/roles/{officer.assignments.get().pk}/end", told)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (Access.of(officer.pk).has(Role.OFFICER), Entry.objects.count(), mail.outbox) == (True, 0, [])


def test_without_colleagues_only_somebody_new_can_follow(coordinator: Browser, commune: Unit) -> None:
    officer = make.person((Role.OFFICER, commune))
    address = f"/people/roles/{officer.assignments.get().pk}/end"
    shown = page(coordinator, address)

    assert ('value="colleague"' in shown, 'value="new"' in shown) == (False, True)
    assert coordinator.post(address, {"when": "now", "follows": "colleague"}).status_code == 422
    assert Access.of(officer.pk).has(Role.OFFICER)


def test_an_invitation_that_cannot_be_made_lets_the_role_last(coordinator: Browser, commune: Unit) -> None:
    officer = make.person((Role.OFFICER, commune))
    make.invitation(commune, email="new@example.org")
    told = {"when": "now", "follows": "new", "email": "new@example.org", "full_name": "Người mới"}
    answer = coordinator.post(f"/people/roles/{officer.assignments.get().pk}/end", told)

    assert "Địa chỉ này đã được mời" in answer.content.decode()
    assert (Access.of(officer.pk).has(Role.OFFICER), Invitation.objects.count()) == (True, 1)


def test_the_last_operator_is_told_why_not(browser: Browser) -> None:
    operator = make.person((Role.OPERATOR, None))
    browser.as_person(operator)
    answer = browser.post(f"/people/roles/{operator.assignments.get().pk}/end", {"when": "now"})

    assert "không thể tự bỏ vai trò quản trị cuối cùng" in answer.content.decode()
    assert Assignment.objects.get().ended_at is None
