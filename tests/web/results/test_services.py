"""The results of a round are the engine's, stored as they were worked out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chiso.web.audit.models import Entry
from chiso.web.audit.services import SYSTEM, Actor
from chiso.web.collection.models import Report, Result, ValueStage
from chiso.web.collection.submission import submit
from chiso.web.frameworks.services import loaded
from chiso.web.results.queries import ranking
from chiso.web.results.services import recalculate
from chiso.web.rounds.models import Participant, RankingGroup, Round
from tests.web import factories as make

pytestmark = pytest.mark.django_db

#: 1.1: 20 points for every household with Internet; 1.2: head 10, deputy 5; 1.3: a plan 10.
FULL = {"1.1/a": "30", "households": "40", "1.2/choice": "head", "1.3/plan": "yes"}


def cells(values: dict[str, str]) -> dict[str, object]:
    return {fact: {"v": text, "by": None, "at": "2025-11-25T08:00:00+00:00", "n": 1} for fact, text in values.items()}


@pytest.fixture
def round_() -> Round:
    return make.round_(make.unit("Tỉnh mẫu", make.Kind.PROVINCE))


@pytest.fixture
def group(round_: Round) -> RankingGroup:
    return RankingGroup.objects.create(round=round_, name="Xã")


def add(round_: Round, group: RankingGroup | None, values: dict[str, str], **fields: object) -> Participant:
    made = make.participant(round_, make.unit(), group, **fields)
    make.report(made, values=cells(values), number=3)
    return made


def told(participant: Participant) -> tuple[Decimal | None, int | None, bool]:
    result = Result.objects.get(participant=participant)
    return result.total, result.rank, result.is_provisional


def test_points_and_ranks_with_ties(round_: Round, group: RankingGroup) -> None:
    first = add(round_, group, FULL)
    second = add(round_, group, {**FULL, "1.2/choice": "deputy"})
    same = add(round_, group, {**FULL, "1.2/choice": "deputy"})
    last = add(round_, group, {**FULL, "1.1/a": "0"})

    assert recalculate(round_=round_, actor=SYSTEM) == 4
    assert [told(one) for one in (first, second, same, last)] == [
        (Decimal(35), 1, False),
        (Decimal(30), 2, False),
        (Decimal(30), 2, False),
        (Decimal(20), 4, False),
    ]
    result = Result.objects.get(participant=first)
    assert (result.report_number, result.framework_hash) == (3, round_.framework.hash)
    assert result.data["criteria"]["1.1"]["exact"] == "15"


def test_who_submits_other_points_has_no_rank_until_all_are_compared_again(round_: Round, group: RankingGroup) -> None:
    best, other = add(round_, group, FULL), add(round_, group, {**FULL, "1.2/choice": "deputy"})
    recalculate(round_=round_, actor=SYSTEM)
    report = Report.objects.get(participant=best)
    report.values = cells({**FULL, "1.1/a": "0"})
    report.save()
    submit(
        report_id=report.pk,
        framework=loaded(round_.framework, round_.readings),
        actor=Actor(make.person().pk),
        seen=report.number,
    )
    assert [told(one) for one in (best, other)] == [(Decimal(20), None, False), (Decimal(30), 2, False)]
    assert [one.participant for one in ranking(round_, group)] == [other, best]

    recalculate(round_=round_, actor=SYSTEM)
    assert [told(one) for one in (best, other)] == [(Decimal(20), 2, False), (Decimal(30), 1, False)]


def test_what_is_missing_makes_a_total_provisional(round_: Round, group: RankingGroup) -> None:
    one = add(round_, group, {fact: text for fact, text in FULL.items() if fact != "1.3/plan"})
    recalculate(round_=round_, actor=SYSTEM)

    assert told(one) == (Decimal(25), 1, True)
    assert Result.objects.get(participant=one).data["criteria"]["1.3"]["status"] == "missing"


def test_a_group_outside_the_ranking_has_points_and_no_rank(round_: Round, group: RankingGroup) -> None:
    voluntary = RankingGroup.objects.create(round=round_, name="Tự nguyện", is_ranked=False)
    ranked, outside = add(round_, group, FULL), add(round_, voluntary, FULL)
    recalculate(round_=round_, actor=SYSTEM)

    assert (told(ranked)[1], told(outside)) == (1, (Decimal(35), None, False))


def test_parts_are_added_up_and_not_scored(round_: Round, group: RankingGroup) -> None:
    whole = add(round_, group, {"1.2/choice": "head", "1.3/plan": "yes"})
    for with_internet, households in (("10", "20"), ("20", "20")):
        add(round_, None, {"1.1/a": with_internet, "households": households}, part_of=whole)
    recalculate(round_=round_, actor=SYSTEM)

    # The ratio is recomputed from the sums, 30/40 of 20 points; the mean of 1/2 and 1 would be the same only by chance.
    assert told(whole)[0] == Decimal(35)
    assert Result.objects.count() == 1


def test_a_provider_fills_what_the_unit_left_open(round_: Round, group: RankingGroup) -> None:
    one = add(round_, group, {fact: text for fact, text in FULL.items() if fact != "households"})
    make.report(one, stage=ValueStage.PROVIDER, values=cells({"households": "60"}))
    recalculate(round_=round_, actor=SYSTEM)

    assert told(one)[0] == Decimal(30)


def test_working_out_again_replaces_and_is_recorded(round_: Round, group: RankingGroup) -> None:
    one = add(round_, group, FULL)
    recalculate(round_=round_, actor=SYSTEM)
    one.reports.update(values=cells({**FULL, "1.3/plan": "no"}))
    recalculate(round_=round_, actor=SYSTEM)

    assert told(one)[0] == Decimal(25)
    assert [entry.action for entry in Entry.objects.filter(strand=f"round:{round_.pk}")] == ["results.computed"] * 2


def test_nothing_is_written_when_another_attempt_took_over(round_: Round, group: RankingGroup) -> None:
    add(round_, group, FULL)

    def superseded() -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        recalculate(round_=round_, actor=SYSTEM, before_writing=superseded)
    assert Result.objects.count() == 0


def test_an_unweighted_mean_of_parts_would_be_wrong(round_: Round, group: RankingGroup) -> None:
    whole = add(round_, group, {})
    for with_internet, households in (("9", "10"), ("0", "90")):
        add(round_, None, {"1.1/a": with_internet, "households": households}, part_of=whole)
    recalculate(round_=round_, actor=SYSTEM)

    points = Result.objects.get(participant=whole).data["criteria"]["1.1"]["exact"]
    assert points == "9/5"
