"""Accepting an invitation: with a new account, one's own, through single sign-on, and hostile or late links."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.core.cache import cache
from django.test import RequestFactory
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.people import adapter, invitations
from chiso.web.people.access import Access
from chiso.web.people.invitations import Told, accept_new, accept_own, draw_token
from chiso.web.people.models import Assignment, Invitation, Role, User
from chiso.web.people.services import PeopleError
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

EMAIL = "an.mau@example.org"
PASSWORD = "four quiet green lamps"
FORM = {"full_name": "An Mẫu", "position": "Chuyên viên", "phone": "000", "password": PASSWORD, "again": PASSWORD}
DAY = dt.timedelta(days=1)


@pytest.fixture
def unit() -> Unit:
    return make.unit("Xã mẫu", parent=make.unit("Tỉnh mẫu", Kind.PROVINCE))


def sent(unit: Unit, **fields: object) -> tuple[Invitation, str]:
    """Return an invitation whose mail has gone out, and the token that stands in it."""
    made = make.invitation(unit, **{"email": EMAIL, **fields})
    drawn = draw_token(pk=made.pk)
    assert drawn is not None
    invitations.note_sent(invitation=drawn[0], sent=True)
    return drawn


def address(token: str) -> str:
    return f"/account/invitation/{token}/"


def test_somebody_new_makes_an_account_is_signed_in_and_has_the_role(browser: Browser, unit: Unit) -> None:
    invitation, token = sent(unit)
    shown = browser.get(address(token)).content.decode()
    assert [words for words in ("cán bộ nhập liệu, Xã mẫu", EMAIL, invitation.full_name) if words not in shown] == []

    answer = browser.post(address(token), FORM)
    user = User.objects.get(email=EMAIL)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert (user.full_name, user.position, user.phone, user.check_password(PASSWORD)) == (
        "An Mẫu", "Chuyên viên", "000", True)  # fmt: skip
    assert Access.of(user.pk).has(Role.OFFICER, unit_id=unit.pk)
    assert "An Mẫu" in browser.get("/").content.decode()

    entry = Entry.objects.get(action="invitation.accepted")
    told = {"invitation": invitation.pk, "account": user.pk, "assignment": Assignment.objects.get(user=user).pk}
    assert (entry.by, entry.address, entry.data) == (user, "127.0.0.1", told)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"password": "short", "again": "short"}, "Mật khẩu quá ngắn. Mật khẩu cần ít nhất 12 ký tự."),
        ({"password": "123456789012345", "again": "123456789012345"}, "hoàn toàn là số"),
        ({"password": EMAIL, "again": EMAIL}, "giống với"),
        ({"again": PASSWORD + "s"}, "Hai mật khẩu không giống nhau"),
        ({"full_name": ""}, "bắt buộc"),
        ({"full_name": "x" * 121}, "120"),
    ],
)
def test_what_was_filled_in_wrongly_is_said_and_the_link_still_works(
    browser: Browser, unit: Unit, told: dict[str, str], words: str
) -> None:
    _, token = sent(unit)
    answer = browser.post(address(token), FORM | told)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert (User.objects.filter(email=EMAIL).exists(), Entry.objects.count()) == (False, 0)
    assert browser.post(address(token), FORM).status_code == 302


@pytest.mark.parametrize(
    "token",
    ["x", "A" * 43, "A" * 5000, "..%2F..%2Fetc%2Fpasswd", "%F0%9F%98%80", "' OR 1=1 --", "%C3%28", "None"],
)
@pytest.mark.parametrize("way", ["get", "post"])
def test_a_token_that_nobody_drew_is_unknown(browser: Browser, unit: Unit, token: str, way: str) -> None:
    make.invitation(unit)  # has no token yet: nothing must be taken for it
    answer = getattr(browser, way)(address(token), FORM)

    assert answer.status_code == 404
    assert User.objects.filter(email=EMAIL).count() == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (
            {"expires_at": timezone.now() - dt.timedelta(seconds=1)},
            "Lời mời này đã hết hạn. Hãy đề nghị người mời gửi lại",
        ),
        ({"valid_to": timezone.localdate() - DAY}, "Lời mời này đã hết hạn."),
        ({"withdrawn_at": timezone.now()}, "Lời mời này đã được thu hồi."),
        ({"accepted_at": timezone.now()}, "Lời mời này đã được nhận. Hãy đăng nhập"),
    ],
)
@pytest.mark.parametrize("way", ["get", "post"])
def test_a_link_that_works_no_more_says_why_and_what_to_do(
    browser: Browser, unit: Unit, fields: dict[str, object], words: str, way: str
) -> None:
    invitation, token = sent(unit)
    Invitation.objects.filter(pk=invitation.pk).update(**fields)
    answer = getattr(browser, way)(address(token), FORM)

    assert (answer.status_code, words in answer.content.decode()) == (410, True)
    assert not User.objects.filter(email=EMAIL).exists()
    with pytest.raises(PeopleError):
        accept_new(token=token, told=Told("An Mẫu", password=PASSWORD), address="")


def test_the_token_never_stands_in_the_log_of_the_server(browser: Browser, unit: Unit, caplog) -> None:
    invitation, token = sent(unit)
    browser.post(address(token), FORM | {"password": "short"})
    invitations.withdraw(pk=invitation.pk, actor=Actor(make.person().pk))
    statuses = [browser.get(address(token)).status_code, browser.get("/account/invitation/").status_code]

    assert (statuses, token in caplog.text, "/account/invitation/" in caplog.text) == ([410, 404], False, True)


def test_whoever_accepted_goes_on_to_the_first_page_with_the_same_link(browser: Browser, unit: Unit) -> None:
    _, token = sent(unit)
    browser.post(address(token), FORM)

    assert browser.get(address(token))["Location"] == "/"
    assert Browser().get(address(token)).status_code == 410


def test_who_has_an_account_signs_in_and_confirms(browser: Browser, unit: Unit) -> None:
    person = make.person(email=EMAIL)
    _, token = sent(unit)
    shown = browser.get(address(token)).content.decode()
    assert (f"/account/login/?next={address(token)}" in shown, 'name="password"' in shown) == (True, False)
    assert browser.post(address(token), FORM).status_code == 200
    assert not Access.of(person.pk).held

    signed_in = browser.post(f"/account/login/?next={address(token)}", {"login": EMAIL, "password": "correct horse"})
    assert signed_in["Location"] == address(token)
    assert "Nhận vai trò" in browser.get(address(token)).content.decode()
    assert not Access.of(person.pk).held, "looking is not accepting"
    browser.post(address(token))
    assert Access.of(person.pk).has(Role.OFFICER, unit_id=unit.pk)
    assert User.objects.get(email=EMAIL).check_password("correct horse"), "the form of new accounts changes nothing"


def test_somebody_else_cannot_accept(browser: Browser, unit: Unit) -> None:
    stranger = make.person()
    _, token = sent(unit)
    shown = browser.as_person(stranger).post(address(token), FORM).content.decode()

    assert "lời mời dành cho địa chỉ khác" in shown
    with pytest.raises(PeopleError, match="another"):
        accept_own(token=token, actor=Actor(stranger.pk))
    assert (Access.of(stranger.pk).held, User.objects.filter(email=EMAIL).exists()) == ((), False)


def test_a_closed_account_is_not_opened_by_an_invitation(browser: Browser, unit: Unit) -> None:
    person = make.person(email=EMAIL)
    User.objects.filter(pk=person.pk).update(is_active=False)
    _, token = sent(unit)
    browser.post(address(token), FORM)

    assert (User.objects.get(email=EMAIL).is_active, Assignment.objects.count()) == (False, 0)


@pytest.mark.parametrize(("begins", "held"), [(-5, True), (0, True), (5, False)])
def test_a_role_begins_on_its_day_and_not_before_it_was_accepted(unit: Unit, begins: int, held: bool) -> None:
    today = timezone.localdate()
    _, token = sent(unit, valid_from=today + begins * DAY, valid_to=today + 9 * DAY)
    user = accept_new(token=token, told=Told("An Mẫu", password=PASSWORD), address="")
    role = Assignment.objects.get()

    assert (role.valid_from, role.valid_to) == (today + max(begins, 0) * DAY, today + 9 * DAY)
    assert Access.of(user.pk).has(Role.OFFICER) == held


def test_a_role_that_one_holds_is_prolonged_and_not_held_twice(unit: Unit) -> None:
    person, today = make.person(email=EMAIL), timezone.localdate()
    Assignment.objects.create(
        user=person, role=Role.OFFICER, unit=unit, valid_from=today - DAY, valid_to=today + 3 * DAY
    )
    _, token = sent(unit)
    accept_own(token=token, actor=Actor(person.pk))

    assert [(one.valid_from, one.valid_to) for one in person.assignments.all()] == [(today - DAY, None)]


def test_too_many_requests_from_one_place_are_refused(browser: Browser, unit: Unit) -> None:
    cache.clear()
    answers = [browser.post(address("A" * 43)).status_code for _ in range(61)]
    cache.clear()

    assert (set(answers[:60]), answers[60]) == ({404}, 429)


def sign_on(token: str, *, email: str = EMAIL, verified: bool = True) -> SocialLogin:
    """Return what a provider of single sign-on says of somebody who came from an invitation."""
    told = SocialLogin(
        user=User(email=email),
        account=SocialAccount(provider="sso", uid="1"),
        email_addresses=[EmailAddress(email=email, verified=verified)],
    )
    told.state = {"process": "login", "next": address(token)}
    return told


def come_back(login: SocialLogin) -> None:
    request = RequestFactory().get("/")
    request.session, request.user = {}, None  # type: ignore[assignment]
    request._messages = type("Messages", (), {"add": lambda *told: None})()  # type: ignore[attr-defined]
    adapter.SocialAccountAdapter(request).pre_social_login(request, login)


def test_single_sign_on_makes_the_account_of_who_is_invited(unit: Unit) -> None:
    invitation, token = sent(unit)
    come_back(sign_on(token))
    user = User.objects.get(email=EMAIL)

    assert (user.full_name, user.has_usable_password()) == (invitation.full_name, False)
    assert SocialAccount.objects.get().user == user
    assert Access.of(user.pk).has(Role.OFFICER, unit_id=unit.pk)


@pytest.mark.parametrize(
    ("told", "known"), [({"verified": False}, True), ({"email": "other@example.org"}, True), ({}, False)]
)
def test_single_sign_on_lets_nobody_else_in(unit: Unit, told: dict[str, object], known: bool) -> None:
    _, token = sent(unit)
    with pytest.raises(adapter.ImmediateHttpResponse):
        come_back(sign_on(token if known else "A" * 43, **told))  # type: ignore[arg-type]

    assert User.objects.filter(email__in=[EMAIL, "other@example.org"]).count() == 0
