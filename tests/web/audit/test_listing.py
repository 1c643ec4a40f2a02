"""Entries are listed newest first, page by page, and only those that somebody may see."""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from chiso.web.audit.listing import Wanted, batches, count_up_to, found
from chiso.web.audit.models import Entry
from chiso.web.audit.permissions import scopes_of
from chiso.web.audit.queries import Break, breaks
from chiso.web.audit.services import SYSTEM, Actor, append, record
from chiso.web.collection.models import Report
from chiso.web.collection.remarks import add_remark
from chiso.web.people.access import Access
from chiso.web.people.models import Role
from chiso.web.rounds.models import Participant
from chiso.web.units import services as units
from chiso.web.units.changes import Create
from chiso.web.units.models import Kind
from chiso.web.units.registry import Act
from tests.web import factories as make
from tests.web.audit.test_log import unguarded
from tests.web.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def entry(strand: str, action: str = "round.moved", actor: Actor = SYSTEM, **data: object) -> Entry:
    return record(strand=strand, action=action, actor=actor, **data)


def saved(report: Report, at: dt.datetime | None = None, actor: Actor = SYSTEM) -> Entry:
    report.refresh_from_db()
    made = append(
        strand=report.strand,
        scope=report.scope,
        previous=report.head,
        action="report.saved",
        actor=actor,
        data={},
        at=at,
    )
    Report.objects.filter(pk=report.pk).update(number=made.number, hash=made.hash)
    return made


def names(wanted: Wanted, before: Entry | None = None, size: int = 50) -> list[str]:
    return [str(one) for one in found(wanted, before, size).entries]


def test_everything_of_a_round_is_in_its_scope(world: World) -> None:
    scope = world.round.strand
    entries = [
        entry(world.round.strand),
        saved(world.report),
        entry(f"evidence:{world.participant.pk}", "evidence.put"),
        Entry.objects.get(pk=_remark(world.participant)),
    ]

    assert {one.scope for one in entries} == {scope}
    assert entry("people", "account.changed").scope == "people"


def _remark(participant: Participant) -> int:
    add_remark(participant=participant, code="1.1", text="Câu hỏi", actor=Actor(make.person().pk))
    return Entry.objects.latest("pk").pk


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        (Role.AUDITOR, {"own", "own people", "units", "frameworks"}),
        (Role.COORDINATOR, {"own", "own people", "units", "frameworks"}),
        (Role.OPERATOR, {"people", "units", "frameworks", "log"}),
        (Role.LEADER, set()),
        (Role.OFFICER, set()),
    ],
)
def test_people_see_the_rounds_of_their_unit_and_operators_the_installation(
    world: World, role: Role, seen: set[str]
) -> None:
    own, _other = world.round, world.rival
    names_ = {one.name for one in scopes_of(Access.of(world.own(role).pk))}

    called = {own.strand: "own", f"people:{own.assessor_id}": "own people"}
    assert {called.get(name, name) for name in names_} == seen


def test_entries_come_newest_first_page_by_page(world: World) -> None:
    make_ = [entry(world.round.strand) if number % 2 else saved(world.report) for number in range(7)]
    wanted = Wanted(("frameworks", world.round.strand))
    expected = [str(one) for one in reversed(make_)]

    first = found(wanted, size=3)
    second = found(wanted, first.entries[-1], 3)
    third = found(wanted, second.entries[-1], 3)

    pages = [[str(one) for one in page.entries] for page in (first, second, third)]
    assert pages[:2] == [expected[:3], expected[3:6]]
    assert pages[2] == [expected[6], "frameworks #1: framework.added"]
    assert [page.has_older for page in (first, second, third)] == [True, True, False]


def test_pages_neither_repeat_nor_lose_entries_of_the_same_moment(world: World) -> None:
    at = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
    for _ in range(6):
        saved(world.report, at)
    wanted = Wanted((world.round.strand,))

    listed = [one.number for batch in batches(wanted, 100, 4) for one in batch]

    assert listed == [6, 5, 4, 3, 2, 1]
    assert [one.number for batch in batches(wanted, 5, 2) for one in batch] == [6, 5, 4, 3, 2]
    assert (count_up_to(wanted, 100), count_up_to(wanted, 4)) == (6, 4)


def test_days_are_those_of_vietnam(world: World) -> None:
    for at in ("2026-11-01T16:59:59", "2026-11-01T17:00:00", "2026-11-02T16:59:59", "2026-11-02T17:00:00"):
        saved(world.report, dt.datetime.fromisoformat(at).replace(tzinfo=dt.UTC))
    day = dt.date(2026, 11, 2)

    assert [one.number for one in found(Wanted((world.round.strand,), since=day, until=day)).entries] == [3, 2]
    assert [one.number for one in found(Wanted((world.round.strand,), since=day)).entries] == [4, 3, 2]


def test_what_is_about_a_participant_or_a_unit_is_found_in_all_its_strands(world: World) -> None:
    participant = world.participant
    mine = [saved(world.report), entry(f"evidence:{participant.pk}", "evidence.put")]
    mine.append(Entry.objects.get(pk=_remark(participant)))
    entry(world.round.strand)
    sibling = make.participant(world.round, make.unit())
    entry(f"participant:{sibling.pk}", "remark.settled")
    scopes = (world.round.strand, "units")
    expected = [str(one) for one in reversed(mine)]

    assert names(Wanted(scopes, about=f"participant:{participant.pk}")) == expected
    assert names(Wanted(scopes, about=f"unit:{participant.unit_id}")) == expected
    assert names(Wanted(scopes, units=(participant.unit_id,))) == expected
    assert names(Wanted(scopes, about=world.report.strand, units=(participant.unit_id,))) == [str(mine[0])]
    assert names(Wanted(scopes, about=world.report.strand, units=(sibling.unit_id,))) == []
    assert names(Wanted(scopes, units=())) == []


def test_what_is_about_a_unit_includes_the_acts_that_made_it(world: World) -> None:
    act = Act("12/NQ", dt.date(2026, 1, 2), "HĐND", "Lập xã")
    change = Create("A9", "Xã mới", Kind.COMMUNE, None)
    made = units.record_change(change=change, on=dt.date(2026, 2, 1), act=act, actor=SYSTEM)[0]
    other = Act("13/NQ", dt.date(2026, 1, 3), "HĐND", "Lập xã")
    change = Create("A10", "Xã khác", Kind.COMMUNE, None)
    units.record_change(change=change, on=dt.date(2026, 2, 1), act=other, actor=SYSTEM)

    assert names(Wanted(("units",), about=f"unit:{made.pk}")) == ["units #1: unit.created"]


def test_what_lies_outside_the_scopes_is_not_found(world: World) -> None:
    saved(world.report)
    entry("people", "account.changed")
    outside = Wanted(("units", "round:999999"), about=world.report.strand)

    assert names(outside) == []
    assert names(Wanted(("units",), within=world.round.strand)) == []
    assert names(Wanted(())) == []


def test_people_and_actions_are_filters(world: World) -> None:
    one, two = make.person(), make.person()
    saved(world.report, actor=Actor(one.pk))
    saved(world.report, actor=Actor(two.pk))
    entry(world.round.strand, actor=Actor(one.pk))
    scopes = (world.round.strand,)

    assert names(Wanted(scopes, by=(one.pk,), action="report.saved")) == [f"{world.report.strand} #1: report.saved"]
    assert len(names(Wanted(scopes, by=(one.pk, two.pk)))) == 3
    assert names(Wanted(scopes, by=())) == []


def test_what_is_wanted_survives_being_told() -> None:
    day = dt.date(2026, 11, 2)
    wanted = Wanted(("units", "round:1"), "units", "unit:3", (3, 4), (), "unit.created", day, day)

    assert Wanted.of_told(wanted.told(), wanted.scopes) == wanted
    assert Wanted(("units",)).told() == {}


@pytest.mark.parametrize("count", [1, 30])
def test_a_page_takes_two_queries(world: World, count: int, django_assert_num_queries) -> None:
    for _ in range(count):
        entry(make.round_(world.assessor, world.round.framework).strand)
    scopes = tuple(one.name for one in scopes_of(Access.of(world.own(Role.AUDITOR).pk)))

    with django_assert_num_queries(2):
        assert len(found(Wanted(scopes)).entries) == min(count + 1, 50)


def test_an_entry_that_was_hidden_elsewhere_is_found_by_the_check(world: World) -> None:
    saved(world.report)
    saved(world.report)
    assert list(breaks()) == []
    unguarded("UPDATE audit_entry SET scope = 'people' WHERE strand = %s AND number = 2", world.report.strand)

    assert list(breaks()) == [Break(world.report.strand, 2, "misplaced")]


def test_the_migration_gives_old_entries_their_scope(world: World) -> None:
    made = [entry(world.round.strand), saved(world.report), entry("people", "account.changed")]
    made += [entry(f"evidence:{world.participant.pk}", "evidence.put"), entry("participant:999", "remark.settled")]
    unguarded("UPDATE audit_entry SET scope = %s", "?")
    migration = import_module("chiso.web.audit.migrations.0003_scope")
    migration.fill(apps, SimpleNamespace(connection=connection))

    scopes = [Entry.objects.get(pk=one.pk).scope for one in made]
    assert scopes == [world.round.strand, world.round.strand, "people", world.round.strand, ""]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite cannot tell that one action is not another")
def test_actions_other_than_saves_have_an_index_of_their_own(world: World) -> None:
    rare = Entry.objects.filter(scope=world.round.strand, action="round.moved").order_by("-at", "-pk")
    saves = Entry.objects.filter(scope=world.round.strand, action="report.saved").order_by("-at", "-pk")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert ["audit_entry_action" in one.explain() for one in (rare, saves)] == [True, False]
