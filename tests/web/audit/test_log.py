"""The log is append-only, and whoever changes it behind our back is found out."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from chiso.web.audit import queries
from chiso.web.audit.models import Entry, Strand
from chiso.web.audit.queries import Break, breaks, heads
from chiso.web.audit.services import SYSTEM, Actor, record

pytestmark = pytest.mark.django_db


@pytest.fixture
def three() -> list[Entry]:
    return [record(strand="rounds", action="round.opened", actor=SYSTEM, number=number) for number in range(3)]


def test_an_entry_follows_the_one_before(three: list[Entry]) -> None:
    assert [entry.number for entry in three] == [1, 2, 3]
    assert [entry.previous for entry in three[1:]] == [entry.hash for entry in three[:-1]]
    assert (Strand.objects.get(name="rounds").number, list(breaks())) == (3, [])


@pytest.mark.parametrize("act", [lambda: Entry.objects.update(action="x"), lambda: Entry.objects.all().delete()])
def test_the_database_refuses_to_change_an_entry(three: list[Entry], act) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        act()
    assert Entry.objects.count() == 3


def unguarded(sql: str, *values: object) -> None:
    """Change the log as somebody would who owns the database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("DROP TRIGGER audit_entry_no_UPDATE")
            cursor.execute("DROP TRIGGER audit_entry_no_DELETE")
        cursor.execute(sql, values)


def test_an_altered_entry_is_found(three: list[Entry]) -> None:
    unguarded("UPDATE audit_entry SET action = 'round.closed' WHERE number = %s", 2)

    assert list(breaks()) == [Break("rounds", 2, "altered")]


def test_a_removed_entry_is_found(three: list[Entry]) -> None:
    unguarded("DELETE FROM audit_entry WHERE number = %s", 2)

    assert list(breaks()) == [Break("rounds", 3, "missing")]


def test_a_cut_end_is_found(three: list[Entry]) -> None:
    unguarded("DELETE FROM audit_entry WHERE number = %s", 3)

    assert list(breaks()) == [Break("rounds", 2, "cut")]


def test_a_strand_of_which_nothing_is_left_is_found(three: list[Entry]) -> None:
    unguarded("DELETE FROM audit_entry WHERE strand = %s", "rounds")

    assert list(breaks()) == [Break("rounds", 0, "gone")]
    assert list(breaks("rounds")) == [Break("rounds", 0, "gone")]


def test_a_strand_whose_kept_end_was_removed_is_found(three: list[Entry]) -> None:
    Strand.objects.filter(name="rounds").delete()

    assert list(breaks()) == [Break("rounds", 3, "cut")]


def test_an_end_that_moves_on_between_two_looks_is_no_break(three: list[Entry], monkeypatch) -> None:
    looked = [dict(queries._known_ends(""))]
    record(strand="rounds", action="round.closed", actor=SYSTEM)
    look = queries._known_ends
    monkeypatch.setattr(queries, "_known_ends", lambda strand: looked.pop().items() if looked else look(strand))

    assert list(breaks()) == []


def test_checking_asks_as_often_for_many_strands_as_for_one(django_assert_num_queries) -> None:
    for number in range(20):
        record(strand=f"round:{number}", action="round.moved", actor=SYSTEM)

    with django_assert_num_queries(4):  # ends, ends of reports, entries, scopes
        assert list(breaks()) == []
    with django_assert_num_queries(1):
        assert len(list(heads())) == 20


def test_strands_are_checked_one_by_one(three: list[Entry]) -> None:
    record(strand="people", action="role.given", actor=Actor(None, "192.0.2.1"), role="head")
    unguarded("UPDATE audit_entry SET address = '' WHERE strand = %s", "people")

    assert list(breaks("rounds")) == []
    assert list(breaks()) == [Break("people", 1, "altered")]
