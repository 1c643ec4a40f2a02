"""Accounts closed and opened again, second factors taken away: who may, what follows, what is logged."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.people import accounts
from chiso.web.people.access import Access
from chiso.web.people.invitations import draw_token
from chiso.web.people.models import Assignment, Invitation, InvitationState, Role, User
from chiso.web.people.permissions import may_close_account
from chiso.web.people.services import PeopleError
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Unit:
    return make.unit("Tỉnh mẫu", Kind.PROVINCE)


@pytest.fixture
def commune(province: Unit) -> Unit:
    return make.unit("Xã mẫu", parent=province)


@pytest.fixture
def operator() -> User:
    return make.person((Role.OPERATOR, None))


@pytest.fixture
def coordinator(province: Unit) -> User:
    return make.person((Role.COORDINATOR, province))


def signed_in(person: User) -> Browser:
    """Sign somebody in as they do it themselves, so that their session is one of those that are listed."""
    browser = Browser()
    browser.post("/account/login/", {"login": person.email, "password": "correct horse"})
    assert browser.get("/").status_code == 200
    return browser


def test_sessions_of_a_closed_account_end_at_once_and_stay_ended(operator: User, commune: Unit) -> None:
    officer = make.person((Role.OFFICER, commune))
    browsers = [signed_in(officer), signed_in(officer)]
    accounts.close(pk=officer.pk, actor=Actor(operator.pk))

    assert [one.get("/")["Location"] for one in browsers] == ["/account/login/?next=/"] * 2
    assert (UserSession.objects.filter(user=officer).count(), Session.objects.count()) == (0, 0)
    accounts.reopen(pk=officer.pk, actor=Actor(operator.pk))
    assert [one.get("/").status_code for one in browsers] == [302, 302], "old sessions do not come back"


def test_nobody_signs_in_with_a_closed_account(operator: User, commune: Unit) -> None:
    officer = make.person((Role.OFFICER, commune))
    accounts.close(pk=officer.pk, actor=Actor(operator.pk))
    browser = Browser()
    browser.post("/account/login/", {"login": officer.email, "password": "correct horse"})

    assert browser.get("/").status_code == 302
    assert Access.of(officer.pk).held == ()


def test_an_opened_account_has_the_roles_that_last(operator: User, commune: Unit) -> None:
    officer = make.person((Role.OFFICER, commune), (Role.HEAD, commune))
    accounts.close(pk=officer.pk, actor=Actor(operator.pk))
    officer.assignments.filter(role=Role.HEAD).update(ended_at=timezone.now())
    accounts.reopen(pk=officer.pk, actor=Actor(operator.pk))

    assert [one.role for one in Access.of(officer.pk).held] == [Role.OFFICER]
    told = [(one.action, one.by_id, one.data) for one in Entry.objects.order_by("number")]
    account = {"account": officer.pk}
    closed = account | {"withdrawn": 0}
    assert told == [("account.closed", operator.pk, closed), ("account.reopened", operator.pk, account)]


def test_what_a_closed_account_offered_cannot_be_accepted_any_more(
    operator: User, coordinator: User, commune: Unit
) -> None:
    drawn = draw_token(pk=make.invitation(commune, invited_by=coordinator).pk)
    assert drawn is not None
    make.invitation(commune, invited_by=operator)
    make.invitation(commune, invited_by=coordinator, accepted_at=timezone.now())
    accounts.close(pk=coordinator.pk, actor=Actor(operator.pk))

    states = [one.state for one in Invitation.objects.order_by("pk")]
    assert states == [InvitationState.WITHDRAWN, InvitationState.WAITING, InvitationState.ACCEPTED]
    assert Browser().get(f"/account/invitation/{drawn[1]}/").status_code == 410
    assert Entry.objects.get(action="account.closed").data["withdrawn"] == 1


@pytest.mark.parametrize("act", [accounts.close, accounts.reset_second_factor])
def test_nobody_does_it_to_themselves(operator: User, act) -> None:
    make.person((Role.OPERATOR, None))
    with pytest.raises(PeopleError, match="self"):
        act(pk=operator.pk, actor=Actor(operator.pk))


def test_the_last_operator_is_not_closed_by_anybody(operator: User) -> None:
    other = make.person((Role.OPERATOR, None))
    accounts.close(pk=other.pk, actor=Actor(operator.pk))
    with pytest.raises(PeopleError, match="last_operator"):
        accounts.close(pk=operator.pk, actor=Actor(other.pk))
    assert Access.of(operator.pk).has(Role.OPERATOR)


def test_what_is_so_already_is_said(operator: User) -> None:
    person = make.person()
    with pytest.raises(PeopleError, match="open"):
        accounts.reopen(pk=person.pk, actor=Actor(operator.pk))
    with pytest.raises(PeopleError, match="no_factor"):
        accounts.reset_second_factor(pk=person.pk, actor=Actor(operator.pk))
    accounts.close(pk=person.pk, actor=Actor(operator.pk))
    with pytest.raises(PeopleError, match="closed"):
        accounts.close(pk=person.pk, actor=Actor(operator.pk))


def test_a_second_factor_is_taken_away_told_by_mail_and_logged(
    operator: User, commune: Unit, django_capture_on_commit_callbacks
) -> None:
    officer = make.person((Role.OFFICER, commune))
    browser = signed_in(officer)
    TOTP.activate(officer, "SECRET234567SECRET234567")
    with django_capture_on_commit_callbacks(execute=True):
        accounts.reset_second_factor(pk=officer.pk, actor=Actor(operator.pk))

    assert (Authenticator.objects.count(), browser.get("/").status_code) == (0, 302)
    assert [one.to for one in mail.outbox] == [[officer.email]]
    assert (Entry.objects.get().action, Entry.objects.get().data) == (
        "account.second_factor_reset", {"account": officer.pk})  # fmt: skip


def test_coordinators_close_only_accounts_that_work_for_their_units_alone(
    coordinator: User, province: Unit, commune: Unit
) -> None:
    access = Access.of(coordinator.pk)
    elsewhere = make.unit("Tỉnh khác", Kind.PROVINCE)
    people = {
        "own": make.person((Role.OFFICER, commune)),
        "colleague": make.person((Role.COORDINATOR, province)),
        "also elsewhere": make.person((Role.OFFICER, commune), (Role.HEAD, elsewhere)),
        "operator": make.person((Role.OFFICER, commune), (Role.OPERATOR, None)),
        "stranger": make.person((Role.OFFICER, elsewhere)),
        "oneself": coordinator,
        "nobody": make.person(),
    }

    assert {name for name, person in people.items() if may_close_account(access, person.pk)} == {"own", "colleague"}


@pytest.mark.parametrize("act", ["close", "reopen", "second-factor/reset"])
def test_a_coordinator_is_refused_on_the_page_too(coordinator: User, commune: Unit, act: str) -> None:
    person = make.person((Role.OFFICER, commune), (Role.HEAD, make.unit("Tỉnh khác", Kind.PROVINCE)))
    answer = Browser().as_person(coordinator).post(f"/people/{person.pk}/{act}")

    assert (answer.status_code, User.objects.get(pk=person.pk).is_active, Entry.objects.count()) == (403, True, 0)


def test_two_roles_of_one_operator_count_as_one_person(operator: User) -> None:
    other = make.person((Role.OPERATOR, None))
    Assignment.objects.create(user=operator, role=Role.OPERATOR, valid_from=timezone.localdate())
    accounts.close(pk=other.pk, actor=Actor(operator.pk))
    with pytest.raises(PeopleError, match="last_operator"):
        accounts.close(pk=operator.pk, actor=Actor(make.person().pk))
