"""The log is append-only, and whoever changes it behind our back is found out."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from chiso.web.audit.models import Entry, Strand
from chiso.web.audit.queries import Break, breaks
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


def test_strands_are_checked_one_by_one(three: list[Entry]) -> None:
    record(strand="people", action="role.given", actor=Actor(None, "192.0.2.1"), role="head")
    unguarded("UPDATE audit_entry SET address = '' WHERE strand = %s", "people")

    assert list(breaks("rounds")) == []
    assert list(breaks()) == [Break("people", 1, "altered")]
