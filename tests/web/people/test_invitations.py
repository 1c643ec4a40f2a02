"""Invitations: who may invite whom, what the mail says, what is logged; nobody but the mail knows the token."""

from __future__ import annotations

import datetime as dt
import re
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.utils import timezone, translation

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.jobs.models import Job, JobState
from chiso.web.people import invitations, tokens
from chiso.web.people.access import Access
from chiso.web.people.invitations import Offer
from chiso.web.people.models import Invitation, InvitationState, Role, User
from chiso.web.people.permissions import may_invite
from chiso.web.people.services import PeopleError
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

EMAIL = "an.mau@example.org"
TODAY = timezone.localdate


@pytest.fixture
def province() -> Unit:
    return make.unit("Tỉnh mẫu", Kind.PROVINCE)


@pytest.fixture
def commune(province: Unit) -> Unit:
    return make.unit("Xã mẫu", parent=make.unit("Huyện mẫu", Kind.DISTRICT, province))


@pytest.fixture
def coordinator(province: Unit) -> User:
    return make.person((Role.COORDINATOR, province))


def offer(unit: Unit | None, role: Role = Role.OFFICER, **told: object) -> Offer:
    return Offer(**{"email": EMAIL, "full_name": "An Mẫu", "role": role, "unit_id": unit and unit.pk,
                    "valid_from": TODAY(), **told})  # type: ignore[arg-type] # fmt: skip


def token() -> str:
    found = re.search(r"/account/invitation/([^/\s]+)/", str(mail.outbox[-1].body))
    assert found is not None
    return found[1]


@pytest.mark.parametrize("role", list(Role))
def test_coordinators_invite_for_their_own_unit_and_all_below_but_no_operator(
    coordinator: User, province: Unit, commune: Unit, role: Role
) -> None:
    access = Access.of(coordinator.pk)
    stranger = make.unit("Tỉnh khác", Kind.PROVINCE)
    allowed = [may_invite(access, unit.pk, role) for unit in (province, commune, stranger)]

    assert allowed == ([False] * 3 if role == Role.OPERATOR else [True, True, False])
    assert not may_invite(access, None, role)
    assert may_invite(Access.of(make.person((Role.OPERATOR, None)).pk), None, Role.OPERATOR)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OPERATOR, Role.COORDINATOR)])
def test_nobody_else_invites(province: Unit, role: Role) -> None:
    access = Access.of(make.person((role, province), agency="Cơ quan mẫu").pk)

    assert not any(may_invite(access, province.pk, one) for one in Role)


def test_a_unit_that_moved_away_is_not_ones_own_any_more(coordinator: User, province: Unit) -> None:
    unit = make.unit("Xã chuyển đi", parent=province)
    unit.versions.update(valid_to=TODAY() - dt.timedelta(days=1))
    make.UnitVersion.objects.create(unit=unit, code="X", name="Xã", kind=Kind.COMMUNE, valid_from=TODAY())

    assert not may_invite(Access.of(coordinator.pk), unit.pk, Role.OFFICER)


@pytest.mark.parametrize(
    ("spoken", "subject", "words"),
    [
        (
            "vi",
            "Lời mời tham gia ChiSo",
            ["An Mẫu", "cán bộ nhập liệu, Xã mẫu", "Nhận lời mời tại: http://127.0.0.1:8000/"],
        ),
        ("en", "Invitation to ChiSo", ["An Mẫu", "officer, Xã mẫu", "Accept here: http://127.0.0.1:8000/"]),
    ],
)
def test_the_mail_speaks_the_language_of_whoever_invites(
    coordinator: User, commune: Unit, spoken: str, subject: str, words: list[str]
) -> None:
    with translation.override(spoken):
        invitations.invite(offers=[offer(commune)], actor=Actor(coordinator.pk))
    (sent,) = mail.outbox
    made = Invitation.objects.get()

    assert (sent.subject, sent.to) == (subject, [EMAIL])
    assert [one for one in [*words, coordinator.full_name] if one not in str(sent.body)] == []
    assert timezone.localtime(made.expires_at).strftime("%d/%m/%Y %H:%M") in str(sent.body)


def test_nothing_but_the_mail_knows_the_token_and_no_job_and_no_log_the_address(
    coordinator: User, commune: Unit
) -> None:
    invitations.invite(offers=[offer(commune)], actor=Actor(coordinator.pk))
    made, job, entry = Invitation.objects.get(), Job.objects.get(), Entry.objects.get()

    assert made.token_digest == tokens.digest(token())
    assert (job.arguments, job.state) == ({"invitations": [made.pk]}, JobState.DONE)
    told = {"invitation": made.pk, "role": "officer", "unit": commune.pk}
    assert (entry.action, entry.by, entry.data) == ("people.invited", coordinator, {"invitations": [told]})
    kept = str([*Invitation.objects.values(), *Job.objects.values(), *Entry.objects.values()])
    assert token() not in kept
    assert EMAIL not in str([*Job.objects.values(), *Entry.objects.values()])


def test_each_invitation_has_a_token_of_its_own(coordinator: User, commune: Unit) -> None:
    offers = [offer(commune, email=f"p{number}@example.org") for number in range(3)]
    invitations.invite(offers=offers, actor=Actor(coordinator.pk))

    assert [one.to[0] for one in mail.outbox] == [one.email for one in offers]
    assert len({one.token_digest for one in Invitation.objects.all()}) == 3


def test_nobody_is_invited_twice_to_the_same(coordinator: User, commune: Unit) -> None:
    actor = Actor(coordinator.pk)
    invitations.invite(offers=[offer(commune)], actor=actor)
    with pytest.raises(PeopleError, match="invited"):
        invitations.invite(offers=[offer(commune, email=EMAIL.upper())], actor=actor)
    invitations.invite(offers=[offer(commune, Role.HEAD)], actor=actor)

    assert Invitation.objects.count() == 2


def test_nobody_is_invited_to_what_they_hold(coordinator: User, commune: Unit) -> None:
    make.person((Role.OFFICER, commune), email=EMAIL)
    with pytest.raises(PeopleError, match="held"):
        invitations.invite(offers=[offer(commune)], actor=Actor(coordinator.pk))


def test_sending_again_makes_the_old_link_void(coordinator: User, commune: Unit) -> None:
    (made,) = invitations.invite(offers=[offer(commune)], actor=Actor(coordinator.pk))
    old = token()
    invitations.send_again(pk=made.pk, actor=Actor(coordinator.pk))

    assert (len(mail.outbox), invitations.of_token(old)) == (2, None)
    assert invitations.of_token(token()) == made
    assert Entry.objects.latest("number").action == "invitation.sent_again"


@pytest.mark.parametrize("change", [invitations.send_again, invitations.withdraw])
def test_what_is_over_cannot_be_brought_back(coordinator: User, commune: Unit, change) -> None:
    (made,) = invitations.invite(offers=[offer(commune)], actor=Actor(coordinator.pk))
    invitations.withdraw(pk=made.pk, actor=Actor(coordinator.pk))
    with pytest.raises(PeopleError, match="over"):
        change(pk=made.pk, actor=Actor(coordinator.pk))
    assert len(mail.outbox) == 1


class Refusing:
    """A mail server that refuses some addresses, or that goes away after some mails."""

    def __init__(self, refuses: str = "", goes_after: int = 99) -> None:
        self.refuses, self.left = refuses, goes_after

    def __call__(self, invitation: Invitation, token: str, connection: object) -> None:
        if self.left == 0:
            raise SMTPServerDisconnected
        self.left -= 1
        if invitation.email == self.refuses:
            raise SMTPRecipientsRefused({})


def states() -> list[InvitationState]:
    return [one.state for one in Invitation.objects.order_by("pk")]


def test_a_refused_address_does_not_stop_the_others(coordinator: User, commune: Unit, monkeypatch) -> None:
    monkeypatch.setattr("chiso.web.people.mails.send_invitation", Refusing("p1@example.org"))
    offers = [offer(commune, email=f"p{number}@example.org") for number in range(3)]
    invitations.invite(offers=offers, actor=Actor(coordinator.pk))

    assert states() == [InvitationState.SENT, InvitationState.FAILED, InvitationState.SENT]
    assert Job.objects.get().message == "Đã gửi 2 lời mời. Máy chủ thư từ chối 1 địa chỉ."


def test_a_server_that_goes_away_leaves_the_rest_marked_and_the_job_says_so(
    coordinator: User, commune: Unit, monkeypatch
) -> None:
    monkeypatch.setattr("chiso.web.people.mails.send_invitation", Refusing(goes_after=1))
    offers = [offer(commune, email=f"p{number}@example.org") for number in range(3)]
    made = invitations.invite(offers=offers, actor=Actor(coordinator.pk))
    job = Job.objects.get()

    assert states() == [InvitationState.SENT, InvitationState.FAILED, InvitationState.FAILED]
    assert (job.state, "Máy chủ thư không nhận thư" in job.message) == (JobState.FAILED, True)
    monkeypatch.undo()
    invitations.send_again(pk=made[2].pk, actor=Actor(coordinator.pk))
    assert (states()[2], mail.outbox[0].to) == (InvitationState.SENT, ["p2@example.org"])


def test_a_job_that_begins_again_writes_only_to_those_who_have_no_mail(coordinator: User, commune: Unit) -> None:
    (made,) = invitations.invite(offers=[offer(commune)], actor=Actor(coordinator.pk))

    assert invitations.draw_token(pk=made.pk) is None
    assert invitations.of_token(token()) == made


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, InvitationState.WAITING),
        ({"sent_at": timezone.now()}, InvitationState.SENT),
        ({"failed_at": timezone.now()}, InvitationState.FAILED),
        ({"sent_at": timezone.now(), "expires_at": timezone.now() - dt.timedelta(seconds=1)}, InvitationState.EXPIRED),
        ({"sent_at": timezone.now(), "valid_to": TODAY() - dt.timedelta(days=1)}, InvitationState.EXPIRED),
        ({"withdrawn_at": timezone.now(), "failed_at": timezone.now()}, InvitationState.WITHDRAWN),
        ({"accepted_at": timezone.now(), "expires_at": timezone.now()}, InvitationState.ACCEPTED),
    ],
)
def test_the_list_finds_an_invitation_under_its_state_and_no_other(
    browser: Browser, province: Unit, fields: dict[str, object], state: InvitationState
) -> None:
    made = make.invitation(province, **fields)
    browser.as_person(make.person((Role.OPERATOR, None)))
    found = [one for one in InvitationState if made.full_name in page(browser, f"/people/invitations?state={one}")]

    assert (made.state, found) == (state, [state])


def page(browser: Browser, address: str, data: dict[str, object] | None = None) -> str:
    return (browser.post(address, data) if data is not None else browser.get(address)).content.decode()


def form(of: Unit, **told: object) -> dict[str, object]:
    return {"email": EMAIL, "full_name": "An Mẫu", "role": "officer", "unit": of.code, "agency": "",
            "valid_from": TODAY().isoformat(), "valid_to": "", **told}  # fmt: skip


@pytest.mark.parametrize("written", ["{code}", "{code} — Xã mẫu", "xa mau", "Xã Mẫu"])
def test_a_unit_is_found_by_code_or_by_its_whole_name(
    browser: Browser, coordinator: User, commune: Unit, written: str
) -> None:
    told = form(commune, unit=written.format(code=commune.code))
    answer = browser.as_person(coordinator).post("/people/invitations/new", told)

    assert answer["Location"] == "/people/invitations"
    assert Invitation.objects.get().unit == commune


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"email": "an.mau"}, "Đây không phải là địa chỉ thư điện tử"),
        ({"email": "an@example.org\nBcc: b@example.org"}, "Đây không phải là địa chỉ thư điện tử"),
        ({"role": "operator"}, "operator"),
        ({"role": "king"}, "king"),
        ({"unit": ""}, "Trường này là bắt buộc"),
        ({"unit": "Tỉnh khác"}, "Không có đơn vị nào trong phạm vi bạn phụ trách"),
        ({"unit": "' OR 1=1 --"}, "Không có đơn vị nào trong phạm vi bạn phụ trách"),
        ({"role": "provider"}, "phải có tên cơ quan"),
        ({"agency": "Cục Thuế"}, "Chỉ vai trò cung cấp số liệu"),
        ({"valid_to": "2020-01-01"}, "Ngày kết thúc trước ngày bắt đầu"),
        ({"valid_from": "32/13/2026"}, "“32/13/2026” không phải là một ngày"),
    ],
)
def test_what_was_filled_in_wrongly_is_said_and_nobody_is_written_to(
    browser: Browser, coordinator: User, commune: Unit, told: dict[str, object], words: str
) -> None:
    make.unit("Tỉnh khác", Kind.PROVINCE)
    answer = browser.as_person(coordinator).post("/people/invitations/new", form(commune, **told))

    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert (Invitation.objects.count(), mail.outbox) == (0, [])


def test_of_two_units_with_one_name_the_code_is_asked_for(browser: Browser, coordinator: User, province: Unit) -> None:
    one, two = make.unit("Xã trùng", parent=province), make.unit("Xã trùng", parent=province)
    shown = page(browser.as_person(coordinator), "/people/invitations/new", form(one, unit="Xã trùng"))

    assert f"Có nhiều đơn vị cùng tên này ({one.code}, {two.code})" in shown


def test_units_are_offered_while_one_types_only_ones_own(browser: Browser, coordinator: User, commune: Unit) -> None:
    make.unit("Xã mẫu của tỉnh khác")
    shown = page(browser.as_person(coordinator), "/people/unit-options?unit=xa+mau")

    assert shown.strip() == f'<option value="{commune.code} — Xã mẫu">Huyện mẫu</option>'


@pytest.mark.parametrize("count", [1, 60])
def test_offering_and_listing_need_as_many_queries_whatever_there_is(
    browser: Browser, coordinator: User, province: Unit, django_assert_num_queries, count: int
) -> None:
    for _ in range(count):
        make.invitation(make.unit(parent=province))
    browser.as_person(coordinator)
    with django_assert_num_queries(5):
        browser.get("/people/unit-options?unit=xa")
    with django_assert_num_queries(6):
        browser.get("/people/invitations")


def test_the_address_is_shown_on_a_page_of_its_own_and_each_view_is_logged(
    browser: Browser, coordinator: User, commune: Unit
) -> None:
    made = make.invitation(commune, email=EMAIL)
    browser.as_person(coordinator)

    assert EMAIL not in page(browser, "/people/invitations")
    assert EMAIL in page(browser, f"/people/invitations/{made.pk}")
    entry = Entry.objects.get()
    assert (entry.action, entry.by, entry.data) == ("contacts.viewed", coordinator, {"invitation": made.pk})


def test_of_other_provinces_a_coordinator_sees_nothing(browser: Browser, coordinator: User) -> None:
    foreign = make.invitation(make.unit("Tỉnh khác", Kind.PROVINCE))
    operators = make.invitation(None, Role.OPERATOR)
    browser.as_person(coordinator)
    shown = page(browser, "/people/invitations")

    assert (foreign.full_name in shown, operators.full_name in shown) == (False, False)
    for pk in (foreign.pk, operators.pk):
        assert [browser.get(f"/people/invitations/{pk}").status_code,
                browser.post(f"/people/invitations/{pk}/send").status_code,
                browser.post(f"/people/invitations/{pk}/withdraw").status_code] == [404, 404, 404]  # fmt: skip
    assert (Entry.objects.count(), mail.outbox) == (0, [])
