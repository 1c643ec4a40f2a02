"""Roles over time: given, prolonged, ended by a day or at once, handed over; somebody always runs the system."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.collection.models import Report
from chiso.web.people import roles
from chiso.web.people.access import Access
from chiso.web.people.models import Assignment, Invitation, Role, User
from chiso.web.people.services import PeopleError
from chiso.web.people.succession import Ending, end_or_hand_over
from chiso.web.units.models import Unit
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


def today() -> dt.date:
    return timezone.localdate()


@pytest.fixture
def unit() -> Unit:
    return make.unit("Xã mẫu")


@pytest.fixture
def officer(unit: Unit) -> User:
    return make.person((Role.OFFICER, unit))


@pytest.fixture
def actor() -> Actor:
    return Actor(make.person((Role.OPERATOR, None)).pk)


def held(person: User) -> list[tuple[dt.date, dt.date | None]]:
    return [(one.valid_from, one.valid_to) for one in person.assignments.order_by("valid_from")]


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        (5, 9, [(0, 9)]),  # follows at once
        (3, 9, [(0, 9)]),  # overlaps
        (1, 2, [(0, 4)]),  # lies within
        (-3, None, [(-3, None)]),  # surrounds
        (6, 9, [(0, 4), (6, 9)]),  # leaves a day between
    ],
)
def test_periods_that_touch_become_one(
    unit: Unit, actor: Actor, first: int, last: int | None, periods: list[tuple[int, int | None]]
) -> None:
    person = make.person()
    day = today()

    def give(since: int, until: int | None) -> None:
        roles.give(
            user_id=person.pk, role=Role.OFFICER, unit_id=unit.pk, valid_from=day + since * DAY,
            valid_to=None if until is None else day + until * DAY, actor=actor,
        )  # fmt: skip

    give(0, 4)
    give(first, last)
    assert held(person) == [(day + one * DAY, None if two is None else day + two * DAY) for one, two in periods]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 9) | st.none()), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_whatever_is_given_covers_its_days_and_no_day_twice(periods: list[tuple[int, int | None]]) -> None:
    """Each period is its first day and its length; None lasts for good. Days are counted up to the fiftieth."""
    first = dt.date(2030, 1, 1)
    with transaction.atomic():
        unit, person, by = make.unit("Xã mẫu"), make.person(), Actor(make.person().pk)
        for since, length in periods:
            roles.give(
                user_id=person.pk, role=Role.OFFICER, unit_id=unit.pk, valid_from=first + since * DAY,
                valid_to=None if length is None else first + (since + length) * DAY, actor=by,
            )  # fmt: skip
        covered = [sum(one.is_on(first + day * DAY) for one in person.assignments.all()) for day in range(50)]
        transaction.set_rollback(True)

    wanted = {day for since, length in periods for day in range(since, 50 if length is None else since + length + 1)}
    assert covered == [int(day in wanted) for day in range(50)]


def test_a_role_of_another_kind_unit_or_agency_is_another_one(unit: Unit, actor: Actor) -> None:
    person = make.person()
    for role, of, agency in (
        (Role.PROVIDER, unit, "Cục Thuế"), (Role.PROVIDER, unit, "Công an"),
        (Role.PROVIDER, make.unit(), "Công an"), (Role.HEAD, unit, ""),
    ):  # fmt: skip
        roles.give(user_id=person.pk, role=role, unit_id=of.pk, agency=agency, valid_from=today(), actor=actor)

    assert person.assignments.count() == 4


def test_a_role_that_was_ended_at_once_gives_nothing_the_next_second(unit: Unit, actor: Actor) -> None:
    report = make.report(make.participant(make.round_(make.unit()), unit))
    officer = make.person((Role.OFFICER, unit))
    browser = Browser().as_person(officer)
    place = f"/reports/{report.pk}/missing"
    assert browser.get(place).status_code == 200

    roles.end(pk=officer.assignments.get().pk, last_day=None, actor=actor)
    assert browser.get(place).status_code == 403
    assert Access.of(officer.pk).held == ()
    assert officer.assignments.get().valid_to is None, "what was agreed before stays on record"


def test_a_role_ends_with_its_last_day(officer: User, actor: Actor) -> None:
    day = today() + 3 * DAY
    roles.end(pk=officer.assignments.get().pk, last_day=day, actor=actor)

    assert [bool(Access.of(officer.pk, day + step * DAY).held) for step in (0, 1)] == [True, False]
    entry = Entry.objects.get(action="role.ended")
    told = {"account": officer.pk, "assignment": officer.assignments.get().pk, "until": day.isoformat()}
    assert (entry.by_id, entry.data) == (actor.user_id, told)


@pytest.mark.parametrize(("begins", "last_day", "code"), [(5, 4, "before"), (-5, -1, "before")])
def test_a_role_does_not_end_before_it_begins_or_in_the_past(
    unit: Unit, actor: Actor, begins: int, last_day: int, code: str
) -> None:
    made = Assignment.objects.create(
        user=make.person(), role=Role.OFFICER, unit=unit, valid_from=today() + begins * DAY
    )
    with pytest.raises(PeopleError, match=code):
        roles.end(pk=made.pk, last_day=today() + last_day * DAY, actor=actor)


def test_what_has_ended_does_not_end_again(officer: User, actor: Actor) -> None:
    pk = officer.assignments.get().pk
    roles.end(pk=pk, last_day=None, actor=actor)
    with pytest.raises(PeopleError, match="ended"):
        roles.end(pk=pk, last_day=today(), actor=actor)


def test_a_role_that_was_ended_is_given_anew_beside_the_old_one(officer: User, unit: Unit, actor: Actor) -> None:
    roles.end(pk=officer.assignments.get().pk, last_day=None, actor=actor)
    roles.give(user_id=officer.pk, role=Role.OFFICER, unit_id=unit.pk, valid_from=today(), actor=actor)

    assert (officer.assignments.count(), Access.of(officer.pk).has(Role.OFFICER, unit_id=unit.pk)) == (2, True)


class TestOperators:
    """Somebody always runs the system."""

    def test_nobody_takes_away_the_own_last_role(self, actor: Actor) -> None:
        make.person((Role.OPERATOR, None))
        own = Assignment.objects.get(user=actor.person)
        with pytest.raises(PeopleError, match="own_operator"):
            roles.end(pk=own.pk, last_day=None, actor=actor)
        assert Access.of(actor.person).has(Role.OPERATOR)

    def test_the_last_one_stays(self, actor: Actor) -> None:
        other = make.person((Role.OPERATOR, None))
        roles.end(pk=other.assignments.get().pk, last_day=None, actor=actor)
        with pytest.raises(PeopleError, match="last_operator"):
            roles.end(pk=Assignment.objects.get(user=actor.person).pk, last_day=None, actor=Actor(other.pk))

    @pytest.mark.parametrize("how", ["runs out", "closed", "begins later"])
    def test_one_who_will_not_be_there_does_not_count(self, actor: Actor, how: str) -> None:
        other = make.person((Role.OPERATOR, None))
        if how == "closed":
            User.objects.filter(pk=other.pk).update(is_active=False)
        else:
            days = {"valid_to": today() + DAY} if how == "runs out" else {"valid_from": today() + DAY}
            other.assignments.update(**days)
        with pytest.raises(PeopleError, match="last_operator"):
            roles.end(pk=Assignment.objects.get(user=actor.person).pk, last_day=None, actor=Actor(other.pk))


class TestHandover:
    """An officer leaves, another one follows."""

    def test_one_role_ends_the_other_begins_on_the_day_after(self, officer: User, unit: Unit, actor: Actor) -> None:
        follower, day = make.person((Role.HEAD, unit)), today() + 3 * DAY
        role = officer.assignments.get()
        end_or_hand_over(held=role, told=Ending(day, successor=follower.pk), actor=actor)
        having = [
            [Access.of(one.pk, day + step * DAY).has(Role.OFFICER, unit_id=unit.pk) for one in (officer, follower)]
            for step in (0, 1)
        ]

        assert having == [[True, False], [False, True]]
        assert list(Entry.objects.order_by("number").values_list("action", flat=True)) == ["role.ended", "role.given"]

    def test_at_once(self, officer: User, unit: Unit, actor: Actor) -> None:
        follower = make.person((Role.HEAD, unit))
        end_or_hand_over(held=officer.assignments.get(), told=Ending(None, successor=follower.pk), actor=actor)

        assert [Access.of(one.pk).has(Role.OFFICER) for one in (officer, follower)] == [False, True]

    def test_an_open_draft_stays_and_the_successor_goes_on_with_it(
        self, officer: User, unit: Unit, actor: Actor
    ) -> None:
        report = make.report(make.participant(make.round_(make.unit()), unit), values={"1.1:a": {"v": "7"}}, number=3)
        follower = make.person((Role.HEAD, unit))
        end_or_hand_over(held=officer.assignments.get(), told=Ending(None, successor=follower.pk), actor=actor)

        kept = Report.objects.get()
        assert (kept.pk, kept.values, kept.number) == (report.pk, {"1.1:a": {"v": "7"}}, 3)
        assert Browser().as_person(follower).get(f"/reports/{report.pk}/missing").status_code == 200

    def test_somebody_new_is_invited_from_the_day_after(self, officer: User, unit: Unit, actor: Actor) -> None:
        day = today() + 3 * DAY
        told = Ending(day, email="new@example.org", full_name="Người mới")
        end_or_hand_over(held=officer.assignments.get(), told=told, actor=actor)
        made = Invitation.objects.get()

        assert (made.role, made.unit, made.valid_from, made.valid_to) == (Role.OFFICER, unit, day + DAY, None)
        assert [one.to for one in mail.outbox] == [["new@example.org"]]

    @pytest.mark.parametrize("who", ["closed", "oneself", "nobody"])
    def test_whoever_cannot_have_it_changes_nothing(self, officer: User, unit: Unit, actor: Actor, who: str) -> None:
        closed = make.person((Role.HEAD, unit))
        User.objects.filter(pk=closed.pk).update(is_active=False)
        successor = {"closed": closed.pk, "oneself": officer.pk, "nobody": 10**9}[who]
        with pytest.raises(PeopleError, match="successor"):
            end_or_hand_over(held=officer.assignments.get(), told=Ending(None, successor=successor), actor=actor)

        assert (Access.of(officer.pk).has(Role.OFFICER), Entry.objects.count()) == (True, 0)
