"""Rounds are prepared, opened, moved and reopened; each of it is logged."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.rounds.entry import takes_values
from chiso.web.rounds.models import Round, Stage
from chiso.web.rounds.services import Calendar, RoundError, allow_late, move, open_round
from chiso.web.units.models import Kind, Unit, UnitVersion
from tests.web import factories as make

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 1)
DUE = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)


@pytest.fixture
def actor() -> Actor:
    return Actor(make.person().pk)


@pytest.fixture
def province() -> Unit:
    """A province with two communes, one of which ended, and a department."""
    made = make.unit("Tỉnh mẫu", Kind.PROVINCE)
    make.unit("Xã mẫu B", Kind.COMMUNE, made)
    make.unit("Xã mẫu A", Kind.COMMUNE, made)
    make.unit("Sở mẫu", Kind.DEPARTMENT, made)
    ended = make.unit("Xã đã nhập", Kind.COMMUNE, made)
    UnitVersion.objects.filter(unit=ended).update(valid_to=dt.date(2025, 6, 30))
    make.unit("Xã tỉnh khác", Kind.COMMUNE, make.unit("Tỉnh khác", Kind.PROVINCE))
    return made


def prepared(province: Unit, actor: Actor, **told: Any) -> Round:
    fields: dict[str, Any] = {
        "title": "Đợt 2026",
        "year": 2026,
        "framework": make.framework(),
        "assessor": province,
        "calendar": Calendar(DAY, DUE),
        "kinds": [Kind.COMMUNE, Kind.DEPARTMENT],
        "actor": actor,
    }
    return open_round(**{**fields, **told})


def code(act: Any) -> str:
    with pytest.raises(RoundError) as refused:
        act()
    return refused.value.code


def test_everything_below_takes_part_each_kind_in_a_group_of_its_own(province: Unit, actor: Actor) -> None:
    round_ = prepared(province, actor)

    assert [(one.name, str(one.group)) for one in round_.participants.order_by("group__position", "name")] == [
        ("Xã mẫu A", "Xã"), ("Xã mẫu B", "Xã"), ("Sở mẫu", "Sở, ban, ngành"),
    ]  # fmt: skip
    assert round_.stage == Stage.PREPARING
    entry = Entry.objects.get(strand=f"round:{round_.pk}")
    assert (entry.action, entry.by_id, entry.data["participants"]) == ("round.prepared", actor.user_id, 3)


def test_the_round_of_the_year_before_is_found(province: Unit, actor: Actor) -> None:
    before = prepared(province, actor, year=2025)

    assert (prepared(province, actor).previous, before.previous) == (before, None)


def test_nobody_to_take_part(province: Unit, actor: Actor) -> None:
    assert code(lambda: prepared(province, actor, kinds=[Kind.DISTRICT])) == "nobody"
    assert Round.objects.count() == 0


@pytest.mark.parametrize(
    "calendar",
    [
        Calendar(dt.date(2026, 12, 3), DUE),
        Calendar(DAY, DUE, verified_by=dt.date(2026, 11, 30)),
        Calendar(DAY, DUE, council_on=dt.date(2027, 2, 1), appeals_until=dt.date(2027, 1, 1)),
    ],
)
def test_a_calendar_that_goes_backwards(province: Unit, actor: Actor, calendar: Calendar) -> None:
    assert code(lambda: prepared(province, actor, calendar=calendar)) == "calendar"


def test_stages_follow_one_another_and_going_back_needs_a_reason(province: Unit, actor: Actor) -> None:
    round_ = prepared(province, actor)
    assert code(lambda: move(round_id=round_.pk, to=Stage.VERIFICATION, reason="", actor=actor)) == "stage"
    for stage in (Stage.OPEN, Stage.VERIFICATION):
        move(round_id=round_.pk, to=stage, reason="", actor=actor)
    assert code(lambda: move(round_id=round_.pk, to=Stage.OPEN, reason="", actor=actor)) == "reason"
    move(round_id=round_.pk, to=Stage.OPEN, reason="Bão lụt", actor=actor)
    round_.refresh_from_db()

    assert round_.stage == Stage.OPEN
    entries = Entry.objects.filter(strand=f"round:{round_.pk}").order_by("number")
    assert [(one.action, one.data.get("to"), one.data.get("reason")) for one in entries[1:]] == [
        ("round.moved", "open", ""), ("round.moved", "verification", ""), ("round.reopened", "open", "Bão lụt"),
    ]  # fmt: skip


def test_what_is_published_does_not_move(province: Unit, actor: Actor) -> None:
    round_ = prepared(province, actor)
    Round.objects.update(stage=Stage.PUBLISHED)

    assert code(lambda: move(round_id=round_.pk, to=Stage.APPEAL, reason="x", actor=actor)) == "stage"


def test_late_entry_is_for_one_unit_and_for_a_while(province: Unit, actor: Actor) -> None:
    round_ = prepared(province, actor, calendar=Calendar(DAY - dt.timedelta(days=99), timezone.now() - dt.timedelta(1)))
    move(round_id=round_.pk, to=Stage.OPEN, reason="", actor=actor)
    late, other = round_.participants.select_related("round").order_by("pk")[:2]
    late.round.refresh_from_db()
    other.round.refresh_from_db()
    until = timezone.now() + dt.timedelta(days=2)
    allow_late(participant=late, until=until, reason="Mất điện", actor=actor)

    now = timezone.now()
    assert (takes_values(late, now), takes_values(other, now)) == (True, False)
    assert takes_values(late, until + dt.timedelta(seconds=1)) is False
    assert code(lambda: allow_late(participant=late, until=now, reason="x", actor=actor)) == "past"
    assert code(lambda: allow_late(participant=late, until=until, reason="", actor=actor)) == "reason"
