"""Next year's round is made from this year's: units are followed through legal acts, days move by a year."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.jobs.models import JobState
from chiso.web.jobs.services import start
from chiso.web.people.models import Role
from chiso.web.rounds.copying import a_year_later, calendar_after, copy, newest, planned, title_after
from chiso.web.rounds.models import Participant, RankingGroup, Round, Stage
from chiso.web.units.changes import AnyChange, Change, Create, End, Merge, Split
from chiso.web.units.models import Kind, Unit
from chiso.web.units.registry import Act
from chiso.web.units.services import record_change
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

ACT = Act("3/NQ", dt.date(2026, 6, 12), "Cơ quan mẫu", "Sắp xếp (mẫu)")
DAY = dt.date(2026, 7, 1)


@pytest.fixture
def actor() -> Actor:
    return Actor(make.person().pk)


@pytest.fixture
def province() -> Unit:
    made = make.unit("Tỉnh mẫu", Kind.PROVINCE)
    for letter in "ABCD":
        make.unit(f"Xã {letter}", Kind.COMMUNE, made)
    return made


@pytest.fixture
def round_(province: Unit) -> Round:
    """A round of 2025 with two groups: A and B in one, C and D in the other."""
    made = make.round_(
        province,
        title="Đợt 2025 (số 20251)",
        opens_on=dt.date(2025, 11, 1),
        due_at=dt.datetime(2025, 12, 1, 10, tzinfo=dt.UTC),
        council_on=dt.date(2026, 1, 10),
        references={"@best": {"1.1/value": "1"}},
    )
    groups = [
        RankingGroup.objects.create(round=made, name=f"Khối {at}", position=at, is_ranked=not at) for at in (0, 1)
    ]
    for letter in "ABCD":
        make.participant(made, unit(f"Xã {letter}"), groups[letter in "CD"])
    return made


def unit(name: str) -> Unit:
    return Unit.objects.get(versions__name=name)


def happens(change: AnyChange, actor: Actor) -> None:
    record_change(change=change, on=DAY, act=ACT, actor=actor)


def made_from(round_: Round, actor: Actor, **told: Any) -> Round:
    fields: dict[str, Any] = {"title": "Đợt 2026", "framework": round_.framework, "with_new": True, "actor": actor}
    return copy(round_id=round_.pk, **{**fields, **told})


def standing(round_: Round) -> list[tuple[str, str]]:
    return sorted((one.name, str(one.group)) for one in round_.participants.select_related("group"))


def test_days_move_by_a_year(round_: Round) -> None:
    calendar = calendar_after(round_)

    assert (calendar.opens_on, calendar.council_on, calendar.verified_by) == (
        dt.date(2026, 11, 1), dt.date(2027, 1, 10), None,
    )  # fmt: skip
    assert timezone.localtime(calendar.due_at).isoformat() == "2026-12-01T17:00:00+07:00"
    assert a_year_later(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


def test_the_title_names_the_next_year(round_: Round) -> None:
    assert title_after(round_) == "Đợt 2026 (số 20251)"


def test_nothing_has_changed(round_: Round, actor: Actor) -> None:
    plan = planned(round_)
    assert (len(plan.members), plan.renamed, plan.replaced, plan.gone, plan.new) == (4, [], [], [], [])
    made = made_from(round_, actor)

    assert standing(made) == [("Xã A", "Khối 0"), ("Xã B", "Khối 0"), ("Xã C", "Khối 1"), ("Xã D", "Khối 1")]
    assert [(one.name, one.is_ranked) for one in made.groups.all()] == [("Khối 0", True), ("Khối 1", False)]
    assert (made.stage, made.year, made.previous, made.opened_at) == (Stage.PREPARING, 2026, round_, None)
    assert ("calendar" in made.settled, "units" in made.settled, made.references) == (False, True, {})
    assert Entry.objects.filter(strand=f"round:{made.pk}").get().data["participants"] == 4


def test_units_are_followed_through_what_acts_did_to_them(round_: Round, province: Unit, actor: Actor) -> None:
    a, b, c, d = (unit(f"Xã {letter}").pk for letter in "ABCD")
    happens(Merge((a, b), Create("moi", "Xã AB", Kind.COMMUNE, province.pk)), actor)
    happens(Change(c, {"name": "Phường C"}), actor)
    halves = tuple(Create(f"d{at}", f"Xã D{at}", Kind.COMMUNE, province.pk) for at in (1, 2))
    happens(Split(d, halves), actor)
    plan = planned(round_)

    assert sorted((one.before.name, [after.name for after in one.after]) for one in plan.replaced) == [
        ("Xã A", ["Xã AB"]), ("Xã B", ["Xã AB"]), ("Xã D", ["Xã D1", "Xã D2"]),
    ]  # fmt: skip
    assert [(before.name, after.name) for before, after in plan.renamed] == [("Xã C", "Phường C")]
    assert standing(made_from(round_, actor)) == [
        ("Phường C", "Khối 1"), ("Xã AB", "Khối 0"), ("Xã D1", "Khối 1"), ("Xã D2", "Khối 1"),
    ]  # fmt: skip


def test_who_goes_on_keeps_its_group_whoever_is_merged_into_it(round_: Round, actor: Actor) -> None:
    happens(Merge((unit("Xã A").pk, unit("Xã D").pk), unit("Xã D").pk), actor)

    assert ("Xã D", "Khối 1") in standing(made_from(round_, actor))


def test_what_ends_without_a_successor_is_left_out_and_what_is_new_may_join(
    round_: Round, province: Unit, actor: Actor
) -> None:
    happens(End(unit("Xã B").pk, None, None), actor)
    make.unit("Xã mới", Kind.COMMUNE, province, since=DAY)
    make.unit("Sở mới", Kind.DEPARTMENT, province, since=DAY)
    plan = planned(round_)
    assert ([one.name for one in plan.gone], [one.name for one in plan.new]) == (["Xã B"], ["Xã mới"])

    assert [name for name, _ in standing(made_from(round_, actor, with_new=False))] == ["Xã A", "Xã C", "Xã D"]
    assert ("Xã mới", "Khối 1") in standing(made_from(round_, actor))


def test_a_unit_that_moved_to_another_province_is_left_out(round_: Round, actor: Actor) -> None:
    other = make.unit("Tỉnh khác", Kind.PROVINCE)
    happens(Change(unit("Xã A").pk, {"parent": other.pk}), actor)

    assert [one.name for one in planned(round_).gone] == ["Xã A"]


def test_parts_follow_and_withdrawn_units_do_not(round_: Round, actor: Actor) -> None:
    whole = round_.participants.get(name="Xã A")
    Participant.objects.filter(name="Xã B").update(part_of=whole, group=None)
    Participant.objects.filter(name="Xã C").update(withdrawn_at=timezone.now())
    made = made_from(round_, actor, with_new=False)

    assert [(one.name, one.part_of.name) for one in made.participants.filter(part_of__isnull=False)] == [
        ("Xã B", "Xã A")
    ]
    assert made.participants.count() == 3


def test_the_newest_version_is_offered_with_its_difference(round_: Round, province: Unit, actor: Actor) -> None:
    changed = make.SMALL.replace('version: "1.0"', 'version: "2.0"').replace(
        "Có = 10\n        rule: {", "Có = 10.\n        rule: {"
    )
    version = make.framework(changed)
    assert newest(round_.framework) == version
    browser = Browser().as_person(make.person((Role.COORDINATOR, province)))
    url = reverse("round_copy", args=(round_.pk,))
    page = browser.get(url).content.decode()

    assert ("bản mới nhất" in page, f"from={round_.framework_id}" in page, "Đợt 2026 (số 20251)" in page) == (
        True, True, True,
    )  # fmt: skip
    answer = browser.post(url, {"title": "Đợt 2026", "framework": version.pk, "with_new": "on"})
    made = Round.objects.get(title="Đợt 2026")
    assert made.framework == version
    assert browser.get(f"{answer['Location']}/part")["HX-Redirect"] == reverse("round", args=(made.pk,))
    assert "Đã có đợt" in browser.get(url).content.decode()


def test_a_stranger_framework_is_not_taken(round_: Round, province: Unit) -> None:
    stranger = make.framework(make.SMALL.replace("small-2025-commune", "other"))
    browser = Browser().as_person(make.person((Role.COORDINATOR, province)))
    browser.post(reverse("round_copy", args=(round_.pk,)), {"title": "Đợt 2026", "framework": stranger.pk})

    assert Round.objects.count() == 1


def test_who_runs_the_round_no_more_when_the_work_begins_makes_none(round_: Round, province: Unit) -> None:
    told = {"round": round_.pk, "title": "Đợt 2026", "framework": round_.framework_id, "with_new": True}
    former = make.person((Role.COORDINATOR, province))
    former.assignments.update(ended_at=timezone.now())
    job = start(kind="rounds.copy", actor=Actor(former.pk), arguments=told)

    assert (job.state, job.message.startswith("Bạn không còn điều hành")) == (JobState.FAILED, True)
    assert Round.objects.count() == 1


def test_rounds_below_are_those_that_were_copied_before(round_: Round, province: Unit, actor: Actor) -> None:
    below = make.round_(province, round_.framework)
    round_.children.add(below)
    made_below = made_from(below, actor)

    assert list(made_from(round_, actor).children.all()) == [made_below]


def test_planning_needs_as_many_queries_for_many_units(
    round_: Round, province: Unit, django_assert_num_queries
) -> None:
    counted = []
    for _ in range(2):
        with django_assert_num_queries(11, exact=False) as captured:
            planned(round_)
        counted.append(len(captured))
        for _unit in range(5):
            make.participant(round_, make.unit(kind=Kind.COMMUNE, parent=province))

    assert len(set(counted)) == 1
