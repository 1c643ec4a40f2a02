"""Compiled queries answer what the query itself would, each time anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

from chiso.web.compiled import Compiled, Joined
from chiso.web.people.models import Assignment, Role
from chiso.web.rounds.models import Participant
from tests.web import factories as make

pytestmark = pytest.mark.django_db


def roles(user: int, day: dt.date) -> QuerySet[Assignment]:
    return Assignment.objects.filter(user=user, valid_from__lte=day).values_list("role", "valid_from")


def test_values_are_put_in_each_time(django_assert_num_queries) -> None:
    unit = make.unit()
    first, second = make.person((Role.OFFICER, unit)), make.person((Role.HEAD, unit))
    since = Assignment.objects.get(user=first).valid_from
    compiled = Compiled(roles, user=int, day=dt.date)

    with django_assert_num_queries(4):
        assert compiled.rows(user=first.pk, day=since) == [["officer", since]]
        assert compiled.rows(user=second.pk, day=since) == [["head", since]]
        assert compiled.rows(user=first.pk, day=since - dt.timedelta(days=1)) == []
        assert compiled.rows(user=-1, day=since) == []


def test_nothing_that_was_answered_is_kept() -> None:
    person = make.person((Role.OFFICER, make.unit()))
    compiled, day = Compiled(roles, user=int, day=dt.date), dt.date(2100, 1, 1)
    assert len(compiled.rows(user=person.pk, day=day)) == 1

    Assignment.objects.filter(user=person).delete()
    assert compiled.rows(user=person.pk, day=day) == []


def test_a_text_is_a_value_and_not_sql() -> None:
    make.participant(make.round_(make.unit("Tỉnh")), make.unit("Xã ' OR 1=1 --"))
    compiled = Compiled(lambda name: Participant.objects.filter(name=name).values_list("name"), name=str)

    assert compiled.rows(name="' OR 1=1 --") == []
    assert compiled.rows(name="Xã ' OR 1=1 --") == [["Xã ' OR 1=1 --"]]


def test_a_value_that_the_query_does_not_use_is_a_fault() -> None:
    compiled = Compiled(
        lambda user, other: Assignment.objects.filter(user=user).values_list("role"), user=int, other=int
    )
    with pytest.raises(AssertionError, match="values are not found"):
        compiled.rows(user=1, other=2)


def test_objects_come_with_those_they_refer_to(django_assert_num_queries) -> None:
    round_ = make.round_(make.unit("Tỉnh"))
    made = make.participant(round_, make.unit("Xã Một"))
    joined = Joined(Participant, "round", "framework", without=["text"])
    compiled = Compiled(lambda pk: Participant.objects.filter(pk=pk).values_list(*joined.names), pk=int)
    with django_assert_num_queries(1):
        [row] = compiled.rows(pk=made.pk)
        found = joined.made(row)
        assert (found, found.round, found.round.framework) == (made, round_, round_.framework)
        assert (found.name, found.round.due_at, found.round.readings) == ("Xã Một", round_.due_at, round_.readings)
    with django_assert_num_queries(1):  # what was left out is read when it is asked for
        assert found.round.framework.text == round_.framework.text


def test_rows_are_locked_inside_a_transaction_only(monkeypatch: pytest.MonkeyPatch) -> None:
    made = make.participant(make.round_(make.unit("Tỉnh")), make.unit("Xã Một"))
    compiled = Compiled(lambda pk: Participant.objects.filter(pk=pk).values_list("name"), pk=int)
    asked: list[str] = []

    def listening(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        asked.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(listening):
        assert compiled.rows(pk=made.pk, locked="rounds_participant") == [["Xã Một"]]
    locking = connection.features.has_select_for_update_of
    assert asked[0].endswith(' FOR UPDATE OF "rounds_participant"') == locking

    monkeypatch.setattr(connections["default"], "in_atomic_block", False)
    with pytest.raises(TransactionManagementError):
        compiled.rows(pk=made.pk, locked="rounds_participant")


def test_a_part_of_the_rows_is_read_alone() -> None:
    round_ = make.round_(make.unit("Tỉnh"))
    for name in "ABCDE":
        make.participant(round_, make.unit(name))
    compiled = Compiled(lambda pk: Participant.objects.filter(round=pk).order_by("name").values_list("name"), pk=int)

    assert compiled.rows(pk=round_.pk, part=slice(1, 3)) == [["B"], ["C"]]
    assert compiled.rows(pk=round_.pk, part=slice(4, 9)) == [["E"]]
    assert len(compiled.rows(pk=round_.pk)) == 5


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL keeps statements")
def test_postgresql_keeps_what_is_asked_ready() -> None:
    person = make.person((Role.OFFICER, make.unit()))
    compiled = Compiled(roles, user=int, day=dt.date)
    for _ in range(2):
        compiled.rows(user=person.pk, day=dt.date(2100, 1, 1))

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%people_assignment%'")
        assert cursor.fetchone() == (1,)
