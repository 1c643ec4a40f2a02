"""Rounds are opened, moved and reopened; each of it is logged."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.rounds.entry import takes_values
from chiso.web.rounds.members import add, of_kinds
from chiso.web.rounds.models import Round, Stage
from chiso.web.rounds.preparing import begin, set_calendar
from chiso.web.rounds.services import Calendar, RoundError, allow_late, move
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 1)
DUE = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)


@pytest.fixture
def actor() -> Actor:
    return Actor(make.person().pk)


@pytest.fixture
def province() -> Unit:
    """A province with three communes."""
    made = make.unit("Tỉnh mẫu", Kind.PROVINCE)
    for letter in "ABC":
        make.unit(f"Xã mẫu {letter}", Kind.COMMUNE, made)
    return made


def prepared(province: Unit, actor: Actor, calendar: Calendar | None = None) -> Round:
    """A round of all communes that may be opened."""
    made = begin(title="Đợt 2026", year=2026, framework=make.framework(), assessor=province, actor=actor)
    set_calendar(round_id=made.pk, calendar=calendar or Calendar(DAY, DUE), reason="", actor=actor)
    made.refresh_from_db()
    add(round_id=made.pk, units=of_kinds(made, [Kind.COMMUNE]), actor=actor)
    return made


def code(act: Any) -> str:
    with pytest.raises(RoundError) as refused:
        act()
    return refused.value.code


@pytest.mark.parametrize(
    "calendar",
    [
        Calendar(dt.date(2026, 12, 3), DUE),
        Calendar(DAY, DUE, verified_by=dt.date(2026, 11, 30)),
        Calendar(DAY, DUE, council_on=dt.date(2027, 2, 1), appeals_until=dt.date(2027, 1, 1)),
    ],
)
def test_a_calendar_that_goes_backwards(province: Unit, actor: Actor, calendar: Calendar) -> None:
    round_ = prepared(province, actor)
    assert code(lambda: set_calendar(round_id=round_.pk, calendar=calendar, reason="x", actor=actor)) == "calendar"


def test_stages_follow_one_another_and_going_back_needs_a_reason(province: Unit, actor: Actor) -> None:
    round_ = prepared(province, actor)
    assert code(lambda: move(round_id=round_.pk, to=Stage.VERIFICATION, reason="", actor=actor)) == "stage"
    for stage in (Stage.OPEN, Stage.VERIFICATION):
        move(round_id=round_.pk, to=stage, reason="", actor=actor)
    assert code(lambda: move(round_id=round_.pk, to=Stage.OPEN, reason="", actor=actor)) == "reason"
    move(round_id=round_.pk, to=Stage.OPEN, reason="Bão lụt", actor=actor)
    round_.refresh_from_db()

    assert (round_.stage, round_.opened_at is not None) == (Stage.OPEN, True)
    entries = Entry.objects.filter(strand=f"round:{round_.pk}").order_by("number")
    assert [(one.action, one.data["to"], one.data["reason"]) for one in entries if "to" in one.data] == [
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
