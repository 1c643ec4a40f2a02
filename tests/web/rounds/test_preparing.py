"""A round is prepared step by step: each step is kept, and changes after the opening need a reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.rounds.models import Participant, Round, Stage
from chiso.web.rounds.preparing import begin, calendar_of, discard, set_basis, set_calendar
from chiso.web.rounds.services import Calendar, RoundError
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 11, 1)
DUE = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
OTHER = make.SMALL.replace("small-2025-commune", "small-2026-commune")


@pytest.fixture
def actor() -> Actor:
    return Actor(make.person().pk)


@pytest.fixture
def province() -> Unit:
    return make.unit("Tỉnh mẫu", Kind.PROVINCE)


@pytest.fixture
def round_(province: Unit, actor: Actor) -> Round:
    return begin(title="Đợt 2026", year=2026, framework=make.framework(), assessor=province, actor=actor)


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(RoundError) as told:
        act()
    return told.value.code


def actions(round_: Round) -> list[str]:
    return list(Entry.objects.filter(strand=f"round:{round_.pk}").order_by("number").values_list("action", flat=True))


def test_a_round_begins_with_a_calendar_that_is_only_proposed(round_: Round, actor: Actor) -> None:
    assert (round_.stage, round_.settled, round_.opened_at) == (Stage.PREPARING, ["basis"], None)
    assert timezone.localdate(round_.due_at) - round_.opens_on == dt.timedelta(days=30)
    set_calendar(round_id=round_.pk, calendar=Calendar(DAY, DUE), reason="", actor=actor)
    round_.refresh_from_db()

    assert (round_.settled, round_.opens_on, round_.due_at) == (["basis", "calendar"], DAY, DUE)
    assert actions(round_) == ["round.begun", "round.calendar_set"]


def test_the_round_of_the_year_before_is_found(round_: Round, province: Unit, actor: Actor) -> None:
    told = {"title": "Đợt 2027", "framework": round_.framework, "assessor": province, "actor": actor}

    assert begin(year=2027, **told).previous == round_
    assert begin(year=2028, **told).previous.title == "Đợt 2027"
    assert round_.previous is None


def test_another_framework_takes_readings_and_values_of_the_old_one_away(round_: Round, actor: Actor) -> None:
    Round.objects.update(readings={"A4": "leave_out"}, references={"@best": {"1.1/value": "5"}},
                         settled=["basis", "readings", "outside", "units"])  # fmt: skip
    set_basis(round_id=round_.pk, title="Đợt 2026", year=2026, framework=make.framework(OTHER), actor=actor)
    round_.refresh_from_db()

    assert (round_.readings, round_.references, round_.settled) == ({}, {}, ["basis", "units"])
    assert round_.framework.framework == "small-2026-commune"


def test_the_framework_stays_once_units_have_seen_it(round_: Round, actor: Actor) -> None:
    told = {"round_id": round_.pk, "title": "Tên mới", "year": 2026, "actor": actor}
    Round.objects.update(opened_at=timezone.now())

    assert refused(lambda: set_basis(framework=make.framework(OTHER), **told)) == "framework"
    assert set_basis(framework=round_.framework, **told).title == "Tên mới"
    Round.objects.update(stage=Stage.OPEN)
    assert refused(lambda: set_basis(framework=round_.framework, **told)) == "running"


def test_the_same_moment_in_another_time_zone_is_no_change(round_: Round, actor: Actor) -> None:
    set_calendar(round_id=round_.pk, calendar=calendar_of(round_), reason="", actor=actor)
    round_.refresh_from_db()
    same = replace(calendar_of(round_), due_at=round_.due_at.astimezone(dt.timezone(dt.timedelta(hours=7))))
    set_calendar(round_id=round_.pk, calendar=same, reason="", actor=actor)
    assert Entry.objects.filter(action="round.calendar_set").latest("pk").data["changed"] == {}


def test_a_change_of_an_open_calendar_needs_a_reason_and_keeps_the_old_days(round_: Round, actor: Actor) -> None:
    set_calendar(round_id=round_.pk, calendar=Calendar(DAY, DUE), reason="", actor=actor)
    Round.objects.update(stage=Stage.OPEN, opened_at=timezone.now())
    later = Calendar(DAY, DUE + dt.timedelta(days=7), council_on=dt.date(2027, 1, 5))
    assert refused(lambda: set_calendar(round_id=round_.pk, calendar=later, reason="", actor=actor)) == "reason"

    set_calendar(round_id=round_.pk, calendar=later, reason="Bão lụt", actor=actor)
    entry = Entry.objects.filter(strand=f"round:{round_.pk}").latest("number")
    assert entry.data == {
        "reason": "Bão lụt",
        "changed": {
            "due_at": ["2026-12-01T17:00:00+00:00", "2026-12-08T17:00:00+00:00"],
            "council_on": [None, "2027-01-05"],
        },
    }
    Round.objects.update(stage=Stage.PUBLISHED)
    assert refused(lambda: set_calendar(round_id=round_.pk, calendar=later, reason="x", actor=actor)) == "published"


def test_a_round_is_given_up_only_before_it_was_opened(round_: Round, province: Unit, actor: Actor) -> None:
    whole = make.participant(round_, make.unit(parent=province))
    make.participant(round_, make.unit(), part_of=whole)
    Round.objects.update(opened_at=timezone.now())
    assert refused(lambda: discard(round_id=round_.pk, actor=actor)) == "opened"

    Round.objects.update(opened_at=None)
    later = make.round_(province, round_.framework, previous=round_)
    assert refused(lambda: discard(round_id=round_.pk, actor=actor)) == "followed"
    later.delete()
    discard(round_id=round_.pk, actor=actor)
    assert (Round.objects.count(), Participant.everyone.count()) == (0, 0)
    assert actions(round_)[-1] == "round.discarded"
