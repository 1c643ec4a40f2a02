"""Signing in: wrong passwords lock, a lost password is reset by mail, second factors are demanded and kept secret."""

from __future__ import annotations

import io
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.management import CommandError, call_command

from chiso.web.audit.models import Entry
from chiso.web.people.models import Role, User
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db


def test_five_wrong_passwords_lock_the_account_and_the_page_says_so(browser: Browser) -> None:
    person = make.person()
    told = {"login": person.email, "password": "wrong"}
    answers = [browser.post("/account/login/", told) for _ in range(5)]
    right = browser.post("/account/login/", {**told, "password": "correct horse"})

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert (right.status_code, "Tạm khóa đăng nhập" in right.content.decode()) == (429, True)


@pytest.mark.parametrize("known", [True, False])
def test_a_lost_password_gets_a_link_only_where_there_is_an_account(
    browser: Browser, known: bool, django_capture_on_commit_callbacks
) -> None:
    person = make.person()
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/account/password/reset/", {"email": person.email if known else "nobody@example.org"})

    assert answer["Location"] == "/account/password/reset/done/"
    assert [message.to for message in mail.outbox] == ([[person.email]] if known else [])


def test_the_link_sets_a_new_password_and_ends_the_sessions(
    browser: Browser, django_capture_on_commit_callbacks
) -> None:
    person = make.person()
    elsewhere = Browser().as_person(person)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post("/account/password/reset/", {"email": person.email}, headers={"host": "evil.example"})
    link = re.search(r"http://127\.0\.0\.1:8000(/\S+)", mail.outbox[0].body)
    assert link is not None
    form = browser.get(link[1])["Location"]
    browser.post(form, {"password1": "four quiet green lamps", "password2": "four quiet green lamps"})

    assert User.objects.get(pk=person.pk).check_password("four quiet green lamps")
    assert elsewhere.get("/").status_code == 302


@pytest.mark.parametrize(("role", "demanded"), [(Role.OPERATOR, True), (Role.COORDINATOR, True), (Role.OFFICER, False)])
def test_a_second_factor_is_demanded_of_those_who_run_something(
    browser: Browser, settings, role: Role, demanded: bool
) -> None:
    settings.REQUIRE_MFA = True
    person = make.person((role, make.unit() if role != Role.OPERATOR else None))
    answer = browser.as_person(person).get("/")

    assert answer.get("Location") == ("/account/2fa/" if demanded else None)
    TOTP.activate(person, "SECRET234567SECRET234567")
    assert browser.get("/").status_code == 200


def test_the_key_of_a_second_factor_is_not_legible_in_the_database() -> None:
    person = make.person()
    TOTP.activate(person, "SECRET234567SECRET234567")

    assert "SECRET234567" not in str(Authenticator.objects.get(user=person).data)


def test_somebody_ends_only_their_own_sessions(browser: Browser) -> None:
    from allauth.usersessions.models import UserSession

    other = UserSession.objects.create(user=make.person(), ip="192.0.2.1", session_key="another", user_agent="")
    answer = browser.as_person(make.person()).post(f"/account/sessions/{other.pk}/end")

    assert (answer.status_code, UserSession.objects.filter(pk=other.pk).exists()) == (404, True)


def test_one_changes_nothing_about_oneself_but_name_position_and_telephone(browser: Browser) -> None:
    person = make.person()
    told = {"full_name": "Tên mới", "position": "", "phone": "", "email": "x@example.org", "is_active": ""}
    browser.as_person(person).post("/account/", told)
    now = User.objects.get(pk=person.pk)

    assert (now.full_name, now.email, now.is_active) == ("Tên mới", person.email, True)
    assert (Entry.objects.get().action, Entry.objects.get().data) == ("account.changed", {"account": person.pk})


def test_the_first_operator_is_made_on_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("four quiet green lamps\n"))
    call_command("create_operator", "ops@example.org", "Người vận hành", stdout=io.StringIO())
    made = User.objects.get(email="ops@example.org")

    assert made.check_password("four quiet green lamps")
    assert [(one.role, one.unit) for one in made.assignments.all()] == [("operator", None)]


@pytest.mark.parametrize("password", ["short", "123456789012345"])
def test_a_weak_password_is_refused_on_the_command_line(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    with pytest.raises(CommandError):
        call_command("create_operator", "ops@example.org", "Người vận hành")
    assert not User.objects.exists()
