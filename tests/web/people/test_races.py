"""Two people at the same moment: one gets the account, one operator stays, one role is held. Needs PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.people import accounts, invitations, roles
from chiso.web.people.access import Access
from chiso.web.people.invitations import Told, accept_new, draw_token
from chiso.web.people.models import Assignment, Invitation, Role, User
from chiso.web.people.services import PeopleError
from chiso.web.units.models import Unit
from tests.web import factories as make
from tests.web import races

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("log_that_forgets"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a server that works on two things at once"),
]

EMAIL = "an.mau@example.org"


at_once = partial(races.at_once, refused=(PeopleError,))


def token(unit: Unit, role: Role) -> str:
    drawn = draw_token(pk=make.invitation(unit, role, email=EMAIL).pk)
    assert drawn is not None
    invitations.note_sent(invitation=drawn[0], sent=True)
    return drawn[1]


@pytest.mark.parametrize("same", [True, False])
def test_of_two_who_accept_at_once_one_has_the_account(same: bool) -> None:
    unit = make.unit("Xã mẫu")
    one = token(unit, Role.OFFICER)
    two = one if same else token(unit, Role.HEAD)

    def act(own: str) -> Callable[[], User]:
        return lambda: accept_new(token=own, told=Told("An Mẫu", password="x" * 12), address="")

    assert sorted(at_once(act(one), act(two))) == sorted(["done", "accepted" if same else "account"])
    assert (User.objects.filter(email=EMAIL).count(), Assignment.objects.count()) == (1, 1)
    assert Entry.objects.filter(action="invitation.accepted").count() == 1


@pytest.mark.parametrize("how", ["end", "close"])
def test_two_operators_do_not_remove_each_other(how: str) -> None:
    one, two = (make.person((Role.OPERATOR, None)) for _ in range(2))

    def removes(other: User, by: User) -> Callable[[], object]:
        if how == "close":
            return lambda: accounts.close(pk=other.pk, actor=Actor(by.pk))
        role = other.assignments.get()
        return lambda: roles.end(pk=role.pk, last_day=None, actor=Actor(by.pk))

    assert sorted(at_once(removes(two, one), removes(one, two))) == ["done", "last_operator"]
    assert len([one for one in (one, two) if Access.of(one.pk).has(Role.OPERATOR)]) == 1


def test_a_role_given_twice_at_once_is_held_once() -> None:
    unit, person, by = make.unit("Xã mẫu"), make.person(), Actor(make.person().pk)

    def give() -> object:
        return roles.give(
            user_id=person.pk, role=Role.HEAD, unit_id=unit.pk, valid_from=timezone.localdate(), actor=by
        )  # fmt: skip

    assert at_once(give, give) == ["done", "done"]
    assert person.assignments.count() == 1


def test_an_invitation_withdrawn_while_it_is_accepted_is_one_or_the_other() -> None:
    unit, by = make.unit("Xã mẫu"), Actor(make.person().pk)
    drawn = token(unit, Role.OFFICER)
    pk = Invitation.objects.get().pk
    results = at_once(
        lambda: accept_new(token=drawn, told=Told("An Mẫu", password="x" * 12), address=""),
        lambda: invitations.withdraw(pk=pk, actor=by),
    )

    assert sorted(results) in (["done", "over"], ["done", "withdrawn"])
    made = Invitation.objects.get()
    assert (made.accepted_at is None) != (made.withdrawn_at is None)
    assert User.objects.filter(email=EMAIL).exists() == (made.accepted_at is not None)


def test_a_role_ended_by_two_at_once_ends_once() -> None:
    unit = make.unit("Xã mẫu")
    held = make.person((Role.OFFICER, unit)).assignments.get()
    today = timezone.localdate()

    def end(by: Actor) -> Callable[[], object]:
        return lambda: roles.end(pk=held.pk, last_day=today, actor=by)

    came = at_once(end(Actor(make.person().pk)), end(Actor(make.person().pk)))
    assert "done" in came
    assert Assignment.objects.get(pk=held.pk).valid_to == today
    assert Entry.objects.filter(action="role.ended").count() == came.count("done")


def test_many_wrong_passwords_at_once_lock_the_account_too() -> None:
    person = make.person(email=EMAIL)
    make.person()

    def guess(password: str) -> Callable[[], object]:
        return lambda: Client().post("/account/login/", {"login": EMAIL, "password": password})

    at_once(*(guess(f"wrong {number}") for number in range(12)))
    client = Client()
    client.post("/account/login/", {"login": EMAIL, "password": "correct horse"})
    assert "_auth_user_id" not in client.session
    cache.clear()
    assert User.objects.get(pk=person.pk).is_active
