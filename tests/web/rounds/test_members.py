"""Units are chosen by kind, by place in the tree and by code; they stand in groups, and are withdrawn with a reason."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.rounds.entry import takes_values
from chiso.web.rounds.members import add, of_codes, of_kinds, put_into, take_out
from chiso.web.rounds.models import Participant, RankingGroup, Round, Stage
from chiso.web.rounds.queries import named
from chiso.web.rounds.services import RoundError
from chiso.web.units.models import Kind, Unit, UnitVersion
from tests.web import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return Actor(make.person().pk)


@pytest.fixture
def province() -> Unit:
    """A province with a department, a district with two communes, one of which ended, and a commune of its own."""
    made = make.unit("Tỉnh mẫu", Kind.PROVINCE)
    make.unit("Sở mẫu", Kind.DEPARTMENT, made)
    district = make.unit("Huyện mẫu", Kind.DISTRICT, made)
    make.unit("Xã mẫu B", Kind.COMMUNE, district)
    make.unit("Xã mẫu A", Kind.COMMUNE, made)
    ended = make.unit("Xã đã nhập", Kind.COMMUNE, district)
    UnitVersion.objects.filter(unit=ended).update(valid_to=dt.date(2025, 6, 30))
    make.unit("Xã tỉnh khác", Kind.COMMUNE, make.unit("Tỉnh khác", Kind.PROVINCE))
    return made


@pytest.fixture
def round_(province: Unit) -> Round:
    return make.round_(province, stage=Stage.PREPARING)


def unit(name: str) -> Unit:
    return Unit.objects.get(versions__name=name)


def standing(round_: Round) -> list[tuple[str, str]]:
    return [(one.name, str(one.group)) for one in round_.participants.order_by("group__position", "name")]


def opened(round_: Round) -> Round:
    round_.stage, round_.opened_at = Stage.OPEN, timezone.now()
    round_.save()
    return round_


def test_everything_of_some_kinds_below_the_assessor_each_kind_a_group(round_: Round, actor: Actor) -> None:
    count = add(round_id=round_.pk, units=of_kinds(round_, [Kind.COMMUNE, Kind.DEPARTMENT]), actor=actor)

    assert count == 3
    assert standing(round_) == [("Xã mẫu A", "Xã"), ("Xã mẫu B", "Xã"), ("Sở mẫu", "Sở, ban, ngành")]
    entry = Entry.objects.get(strand=f"round:{round_.pk}")
    assert (entry.action, len(entry.data["units"]), entry.data["place"]) == ("round.units_added", 3, "kinds")
    round_.refresh_from_db()
    assert round_.settled == ["units"]


def test_only_below_a_district(round_: Round) -> None:
    assert [one.name for one in of_kinds(round_, [Kind.COMMUNE], unit("Huyện mẫu").pk)] == ["Xã mẫu B"]


def test_codes_find_units_of_the_day_below_the_assessor_only(round_: Round) -> None:
    wanted = [unit(name).code for name in ("Xã mẫu A", "Xã đã nhập", "Xã tỉnh khác", "Tỉnh mẫu")]
    found = of_codes(round_, [*wanted, "khong-co", "khong-co"])

    assert [one.name for one in found.units] == ["Xã mẫu A"]
    assert found.unknown == [*wanted[1:], "khong-co"]


def test_voluntary_units_stand_outside_the_ranking(round_: Round, actor: Actor) -> None:
    add(round_id=round_.pk, units=of_kinds(round_, [Kind.DEPARTMENT]), place="voluntary", actor=actor)
    (one,) = round_.participants.all()

    assert (one.group.name, one.group.is_ranked) == ("Tự nguyện, ngoài xếp hạng", False)


def test_parts_belong_to_the_nearest_unit_above_that_takes_part(round_: Round, actor: Actor) -> None:
    add(round_id=round_.pk, units=of_kinds(round_, [Kind.DISTRICT]), actor=actor)
    with pytest.raises(RoundError) as refused:
        add(round_id=round_.pk, units=of_kinds(round_, [Kind.COMMUNE]), place="parts", actor=actor)
    assert (refused.value.code, round_.participants.count()) == ("whole", 1)

    below = of_kinds(round_, [Kind.COMMUNE], unit("Huyện mẫu").pk)
    add(round_id=round_.pk, units=below, place="parts", actor=actor)
    assert [(one.part_of.name, one.group) for one in round_.participants.filter(name="Xã mẫu B")] == [
        ("Huyện mẫu", None)
    ]


def test_who_takes_part_already_stays_in_the_group(round_: Round, actor: Actor) -> None:
    communes = of_kinds(round_, [Kind.COMMUNE])
    add(round_id=round_.pk, units=communes[:1], place="voluntary", actor=actor)

    assert add(round_id=round_.pk, units=[*communes, communes[1]], actor=actor) == 1
    assert [name for name, group in standing(round_) if group == "Xã"] == [communes[1].name]


def test_before_the_opening_units_are_simply_taken_out(round_: Round, actor: Actor) -> None:
    add(round_id=round_.pk, units=of_kinds(round_, [Kind.DISTRICT]), actor=actor)
    add(round_id=round_.pk, units=of_kinds(round_, [Kind.COMMUNE], unit("Huyện mẫu").pk), place="parts", actor=actor)
    whole = round_.participants.get(name="Huyện mẫu")

    assert take_out(round_id=round_.pk, participants=[whole.pk], reason="", actor=actor) == 2
    assert Participant.everyone.count() == 0


def test_afterwards_they_are_withdrawn_with_a_reason_and_keep_their_values(round_: Round, actor: Actor) -> None:
    add(round_id=round_.pk, units=of_kinds(round_, [Kind.COMMUNE]), actor=actor)
    opened(round_)
    one, other = round_.participants.select_related("round")
    report = make.report(one, number=3)
    with pytest.raises(RoundError) as refused:
        take_out(round_id=round_.pk, participants=[one.pk], reason="", actor=actor)
    take_out(round_id=round_.pk, participants=[one.pk], reason="Giải thể", actor=actor)
    report.refresh_from_db()

    assert refused.value.code == "reason"
    assert list(round_.participants.all()) == [other]
    assert (report.number, report.participant.withdrawn_for) == (3, "Giải thể")
    assert (takes_values(report.participant, timezone.now()), takes_values(other, timezone.now())) == (False, True)


def test_a_withdrawn_unit_comes_back_with_its_values(round_: Round, actor: Actor) -> None:
    communes = of_kinds(round_, [Kind.COMMUNE])
    add(round_id=round_.pk, units=communes, actor=actor)
    opened(round_)
    one = round_.participants.get(name="Xã mẫu A")
    report = make.report(one, number=3)
    take_out(round_id=round_.pk, participants=[one.pk], reason="Nhầm", actor=actor)
    with pytest.raises(RoundError) as refused:
        add(round_id=round_.pk, units=communes, actor=actor)

    assert refused.value.code == "reason"
    assert add(round_id=round_.pk, units=communes, reason="Rút nhầm", actor=actor) == 1
    back = round_.participants.get(name="Xã mẫu A")
    assert (back.pk, list(back.reports.all()), back.withdrawn_at) == (one.pk, [report], None)


def test_units_are_put_into_another_group(round_: Round, actor: Actor) -> None:
    add(round_id=round_.pk, units=of_kinds(round_, [Kind.COMMUNE, Kind.DEPARTMENT]), actor=actor)
    group = RankingGroup.objects.create(round=round_, name="Khối riêng", position=9)
    one = round_.participants.get(name="Sở mẫu")
    put_into(round_id=round_.pk, participants=[one.pk], group=group, actor=actor)

    assert standing(round_)[-1] == ("Sở mẫu", "Khối riêng")
    assert Entry.objects.latest("pk").data == {"units": [one.unit_id], "group": "Khối riêng"}


def test_a_search_finds_participants_without_diacritics(round_: Round, actor: Actor) -> None:
    add(round_id=round_.pk, units=of_kinds(round_, [Kind.COMMUNE, Kind.DEPARTMENT]), actor=actor)

    assert [one.name for one in named(round_, "xa mau")] == ["Xã mẫu A", "Xã mẫu B"]
    assert [one.name for one in named(round_, "SO")] == ["Sở mẫu"]


def test_thousands_of_communes_are_added_with_a_few_queries(round_: Round, actor: Actor, django_assert_num_queries):
    parent = unit("Tỉnh mẫu")
    made = Unit.objects.bulk_create([Unit(code=f"n{number:05}") for number in range(2500)])
    UnitVersion.objects.bulk_create(
        [
            UnitVersion(unit=one, code=one.code, name=f"Xã {one.code}", kind=Kind.COMMUNE, parent=parent,
                        valid_from=make.LONG_AGO)
            for one in made
        ]
    )  # fmt: skip
    with django_assert_num_queries(1):
        chosen = of_codes(round_, [one.code for one in made]).units
    assert len(chosen) == 2500
    # SQLite takes about a hundred rows in one statement.
    with django_assert_num_queries(55, exact=False):
        add(round_id=round_.pk, units=chosen, actor=actor)

    assert round_.participants.count() == 2500
