"""Single sign-on with a provider that answers over HTTP: who is let in, and what a provider may do wrong."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount

from chiso.web.people.invitations import draw_token, note_sent
from chiso.web.people.models import Assignment, Invitation, Role, User
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.people.provider import Provider, serving

pytestmark = pytest.mark.django_db

BEGIN = "/account/oidc/sso/login/"
FAILED = "Hệ thống đăng nhập một lần không trả lời hoặc từ chối"


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    with serving() as made:
        settings.SOCIALACCOUNT_PROVIDERS = made.settings()
        yield made


def there(browser: Browser) -> str:
    """Begin, and return the address to which the page leads."""
    found = re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', browser.post(BEGIN).content.decode())
    assert found is not None
    return html.unescape(found[1])


def sign_on(browser: Browser) -> str:
    """Go to the provider and come back; return what the page says in the end."""
    back = requests.get(there(browser), allow_redirects=False, timeout=5).headers["Location"]
    return browser.get(back.removeprefix("http://testserver"), follow=True).content.decode()


def is_signed_in(browser: Browser) -> bool:
    return "_auth_user_id" in browser.session


@pytest.mark.parametrize("address", ["an.mau@example.org", "An.Mau@Example.ORG"])
def test_somebody_with_an_account_is_let_in_whatever_capitals_the_provider_writes(
    browser: Browser, provider: Provider, address: str
) -> None:
    person = make.person(email="an.mau@example.org")
    provider.claims = {"sub": "7", "email": address, "email_verified": True}
    sign_on(browser)

    assert browser.session["_auth_user_id"] == str(person.pk)
    assert SocialAccount.objects.get().uid == "7"


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"email": "la@example.org", "email_verified": True}, "Chưa có tài khoản cho địa chỉ la@example.org"),
        ({"email": "an.mau@example.org", "email_verified": False}, "không bảo đảm địa chỉ đó"),
        ({"email": "an.mau@example.org", "email_verified": "false"}, "không bảo đảm địa chỉ đó"),
        ({"email": "an.mau@example.org"}, "không bảo đảm địa chỉ đó"),
        ({}, "không bảo đảm địa chỉ đó"),
    ],
)
def test_nobody_else_is_let_in_and_is_told_why(
    browser: Browser, provider: Provider, claims: dict[str, object], words: str
) -> None:
    make.person(email="an.mau@example.org")
    provider.claims = {"sub": "7", **claims}
    said = sign_on(browser)

    assert words in said
    assert (is_signed_in(browser), User.objects.count(), SocialAccount.objects.count()) == (False, 1, 0)


def invited(browser: Browser, invitation: Invitation) -> str:
    """Follow the link of an invitation, choose single sign-on there and come back; return what the page says then."""
    drawn = draw_token(pk=invitation.pk)
    assert drawn is not None
    note_sent(invitation=drawn[0], sent=True)
    address = f"/account/invitation/{drawn[1]}/"
    assert browser.get(address).status_code == 200
    found = re.search(r'content="0; url=([^"]+)"', browser.post(BEGIN, {"next": address}).content.decode())
    assert found is not None
    back = requests.get(html.unescape(found[1]), allow_redirects=False, timeout=5).headers["Location"]
    return browser.get(back.removeprefix("http://testserver"), follow=True).content.decode()


@pytest.mark.parametrize("address", ["an.mau@example.org", "An.Mau@example.org"])
def test_who_is_invited_makes_an_account_through_the_provider(
    browser: Browser, provider: Provider, address: str
) -> None:
    unit = make.unit()
    provider.claims = {"sub": "7", "email": address, "email_verified": True}
    invited(browser, make.invitation(unit, email="an.mau@example.org"))
    person = User.objects.get(email="an.mau@example.org")

    assert browser.session["_auth_user_id"] == str(person.pk)
    assert [(one.unit, one.role) for one in person.assignments.all()] == [(unit, Role.OFFICER)]


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "la@example.org", "email_verified": True},
        {"email": "an.mau@example.org", "email_verified": False},
        {"email": "an.mau@example.org.evil.example", "email_verified": True},
        {"email": "an.mau@example.org\n", "email_verified": True},
        {"email": "la@example.org,an.mau@example.org", "email_verified": True},
    ],
)
def test_who_comes_with_anothers_invitation_gets_neither_account_nor_role(
    browser: Browser, provider: Provider, claims: dict[str, object]
) -> None:
    invitation = make.invitation(make.unit(), email="an.mau@example.org")
    before = User.objects.count()
    provider.claims = {"sub": "7", **claims}
    invited(browser, invitation)
    invitation.refresh_from_db()

    assert (is_signed_in(browser), User.objects.count(), Assignment.objects.count()) == (False, before, 0)
    assert invitation.accepted_at is None


def test_a_colleague_who_comes_with_anothers_invitation_is_themselves_and_gets_no_role(
    browser: Browser, provider: Provider
) -> None:
    colleague = make.person(email="la@example.org")
    invitation = make.invitation(make.unit(), email="an.mau@example.org")
    provider.claims = {"sub": "7", "email": "la@example.org", "email_verified": True}
    said = invited(browser, invitation)
    invitation.refresh_from_db()

    assert browser.session["_auth_user_id"] == str(colleague.pk)
    assert (Assignment.objects.count(), invitation.accepted_at) == (0, None)
    assert "an.mau@example.org" not in said


def test_a_second_factor_is_asked_for_after_single_sign_on_too(browser: Browser, provider: Provider) -> None:
    person = make.person(email="an.mau@example.org")
    TOTP.activate(person, "SECRET234567SECRET234567")
    provider.claims = {"sub": "7", "email": person.email, "email_verified": True}
    said = sign_on(browser)

    assert ('name="code"' in said, is_signed_in(browser)) == (True, False)


CONFIGURATION = "/.well-known/openid-configuration"
NO_ANSWERS = [(500, "broken"), (200, ""), (200, "<html>"), (200, "7")]
WRONG_SHAPES = [(200, "[]"), (200, "{}"), (200, "null"), (200, '{"token_endpoint": 7, "access_token": 7}')]


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        *((path, answer) for path in (CONFIGURATION, "/token", "/userinfo") for answer in NO_ANSWERS),
        *((path, answer) for path in (CONFIGURATION, "/token") for answer in WRONG_SHAPES),
    ],
)
def test_nonsense_of_a_provider_is_said_to_be_its_own(
    browser: Browser, provider: Provider, path: str, answer: tuple[int, str]
) -> None:
    provider.claims = {"sub": "7", "email": make.person().email, "email_verified": True}
    back = requests.get(there(browser), allow_redirects=False, timeout=5).headers["Location"]
    provider.spoilt = {path: answer}
    said = browser.get(back.removeprefix("http://testserver"), follow=True)

    assert (said.status_code, FAILED in said.content.decode(), is_signed_in(browser)) == (401, True, False)
    if path == CONFIGURATION:
        assert FAILED in browser.post(BEGIN, follow=True).content.decode()


@pytest.mark.parametrize("claims", [{"email": 7}, {"email": ["a"]}, {"sub": None}, {"email": "x" * 10_000}])
def test_claims_of_a_wrong_shape_let_nobody_in(browser: Browser, provider: Provider, claims: dict[str, object]) -> None:
    provider.claims = {"sub": "7", "email": "an.mau@example.org", "email_verified": True, **claims}
    sign_on(browser)

    assert (is_signed_in(browser), SocialAccount.objects.count()) == (False, 0)


def test_a_provider_that_is_away_is_said_to_be_so(browser: Browser, provider: Provider, settings) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["server_url"] = "http://127.0.0.1:9"

    assert FAILED in browser.post(BEGIN, follow=True).content.decode()


def test_a_sign_on_that_somebody_else_began_lets_nobody_in(browser: Browser, provider: Provider) -> None:
    provider.claims = {"sub": "7", "email": make.person().email, "email_verified": True}
    elsewhere = requests.get(there(Browser()), allow_redirects=False, timeout=5).headers["Location"]
    said = browser.get(elsewhere.removeprefix("http://testserver"), follow=True).content.decode()

    assert (FAILED in said, is_signed_in(browser)) == (True, False)
