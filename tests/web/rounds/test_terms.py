"""Readings, values from outside and rounds below are chosen for a round, logged, and count in its results."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from chiso.framework.loader import bundled_text
from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.collection.models import Result
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.services import add_framework, loaded
from chiso.web.people.models import Role
from chiso.web.results.services import scores_of
from chiso.web.rounds.checks import checks
from chiso.web.rounds.models import RankingGroup, Round, Stage
from chiso.web.rounds.services import RoundError
from chiso.web.rounds.terms import OutsideError, coverage, possible_children, set_children, set_outside, set_readings
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

COMPARED = (
    make.SMALL.replace("small-2025-commune", "compared")
    .replace("rule: {kind: ratio, numerator: a, denominator: b, part_of_whole: true}", "rule: {kind: min_max, of: a/b}")
    .replace(
        "rule: {kind: yes_no, input: plan, label: Có kế hoạch}",
        "rule: {kind: relative, of: n, given: Số Bộ giao}\n        inputs:\n          - {name: n, label: Số đã làm}",
    )
)


def reading(text: str) -> str:
    """Give a framework a clause that can be read in two ways."""
    return (
        text
        + """
readings:
  - id: A17
    clause: Điều 8
    question: {vi: Đồng hạng thì sao?, en: And ties?}
    default: skip
    options:
      skip: {label: {vi: Bỏ cách, en: Skip}}
      dense: {label: {vi: Không bỏ cách, en: Dense}, policies: {ranking: {ties: dense}}}
  - id: A26
    clause: Điều 1
    question: {vi: Phiên bản nào?, en: Which version?}
    default: named
    options:
      named: {label: {vi: Phiên bản đã ghi, en: The named one}}
"""
    )


@pytest.fixture
def actor() -> Actor:
    return Actor(make.person().pk)


@pytest.fixture
def province() -> Unit:
    return make.unit("Tỉnh mẫu", Kind.PROVINCE)


@pytest.fixture
def round_(province: Unit) -> Round:
    return make.round_(province, make.framework(reading(COMPARED)), stage=Stage.PREPARING)


def refused(act) -> str:
    with pytest.raises(RoundError) as told:
        act()
    return told.value.code


def opened(round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(stage=Stage.OPEN, opened_at=timezone.now())


def browser_of(province: Unit) -> Browser:
    return Browser().as_person(make.person((Role.COORDINATOR, province)))


def test_only_readings_that_differ_from_the_default_are_kept(round_: Round, actor: Actor) -> None:
    set_readings(round_id=round_.pk, chosen={"A17": "dense", "A26": "named"}, actor=actor)
    round_.refresh_from_db()
    assert (round_.readings, round_.settled) == ({"A17": "dense"}, ["readings"])
    assert loaded(round_.framework, round_.readings).policies.ranking.ties == "dense"

    set_readings(round_id=round_.pk, chosen={"A17": "skip"}, actor=actor)
    round_.refresh_from_db()
    assert round_.readings == {}
    assert Entry.objects.latest("pk").data == {"readings": {}, "before": {"A17": "dense"}}


@pytest.mark.parametrize("chosen", [{"A99": "skip"}, {"A17": "no such"}])
def test_a_reading_that_does_not_exist(round_: Round, actor: Actor, chosen: dict[str, str]) -> None:
    assert refused(lambda: set_readings(round_id=round_.pk, chosen=chosen, actor=actor)) == "reading"


def test_readings_stay_while_the_round_runs(round_: Round, actor: Actor) -> None:
    opened(round_)
    assert refused(lambda: set_readings(round_id=round_.pk, chosen={"A17": "dense"}, actor=actor)) == "running"


def test_values_from_outside_are_understood_and_count(round_: Round, actor: Actor) -> None:
    written = {("@best", "1.1/value"): "0,95", ("@lowest", "1.1/value"): " ", ("@reference", "1.3/reference"): "1.250",
               ("@best", "no such"): "7"}  # fmt: skip
    set_outside(round_id=round_.pk, written=written, reason="", actor=actor)
    round_.refresh_from_db()

    assert round_.references == {"@best": {"1.1/value": "0.95"}, "@reference": {"1.3/reference": "1.25"}}
    make.participant(round_, make.unit("Xã A"))
    _, scores = scores_of(round_)
    assert str(scores.facts.references["@best"]["1.1/value"]) == "19/20"


def test_a_value_that_is_no_number_changes_nothing(round_: Round, actor: Actor) -> None:
    written = {("@best", "1.1/value"): "nhiều", ("@reference", "1.3/reference"): "5"}
    with pytest.raises(OutsideError) as bad:
        set_outside(round_id=round_.pk, written=written, reason="", actor=actor)
    round_.refresh_from_db()

    assert [(one.outside.fact, one.text, one.misread.code) for one in bad.value.values] == [
        ("1.1/value", "nhiều", "D123")
    ]
    assert round_.references == {}


def test_a_reference_that_is_missing_is_told_before_the_opening(round_: Round, actor: Actor) -> None:
    def missing() -> list[int | str]:
        round_.refresh_from_db()
        return [one.data["count"] for one in checks(round_, Stage.OPEN) if one.code == "outside_missing"]

    assert missing() == [1]
    set_outside(round_id=round_.pk, written={("@reference", "1.3/reference"): "5"}, reason="", actor=actor)
    assert missing() == []


def test_in_an_open_round_they_need_a_reason_and_results_follow(round_: Round, actor: Actor) -> None:
    group = RankingGroup.objects.create(round=round_, name="Xã")
    make.participant(round_, make.unit("Xã A"), group)
    opened(round_)
    written = {("@reference", "1.3/reference"): "5"}
    assert refused(lambda: set_outside(round_id=round_.pk, written=written, reason="", actor=actor)) == "reason"
    assert Result.objects.count() == 0
    set_outside(round_id=round_.pk, written=written, reason="Bộ đã công bố", actor=actor)

    assert Result.objects.count() == 1


def test_rounds_below_are_those_of_the_year_that_lead_nowhere_up(round_: Round, province: Unit, actor: Actor) -> None:
    version = FrameworkVersion.objects.get()
    district = make.unit("Huyện mẫu", Kind.DISTRICT, province)
    below = make.round_(district, version, title="Đợt huyện")
    grandchild = make.round_(district, version, title="Đợt nhỏ")
    make.round_(district, version, year=2024)
    make.round_(make.unit("Tỉnh khác", Kind.PROVINCE), version)
    above = make.round_(province, version, title="Đợt trên")
    above.children.add(round_)
    below.children.add(grandchild)

    assert [one.title for one in possible_children(round_)] == ["Đợt huyện", "Đợt nhỏ"]
    assert refused(lambda: set_children(round_id=round_.pk, children=[above.pk], reason="", actor=actor)) == "child"
    set_children(round_id=round_.pk, children=[below.pk], reason="", actor=actor)
    assert list(round_.children.all()) == [below]
    assert [one.title for one in possible_children(grandchild)] == []


def test_how_many_units_have_units_of_their_own_below(round_: Round, province: Unit) -> None:
    districts = [make.unit(f"Huyện {at}", Kind.DISTRICT, province) for at in range(2)]
    for one in districts:
        make.participant(round_, one)
    below = make.round_(province, round_.framework)
    make.participant(below, make.unit("Xã A", parent=districts[0]))

    assert coverage(round_, [below]) == (1, 2)
    assert coverage(round_, []) == (0, 2)


def test_a_share_of_the_best_asks_for_no_lowest_value(province: Unit) -> None:
    version = make.framework(COMPARED.replace("kind: min_max", "kind: share_of_best"))
    round_ = make.round_(province, version, stage=Stage.PREPARING)
    page = browser_of(province).get(reverse("round_outside", args=(round_.pk,))).content.decode()

    assert ("@best/1.1/value" in page, "@lowest/1.1/value" in page) == (True, False)


def test_the_pages(round_: Round, province: Unit) -> None:
    browser = browser_of(province)
    page = browser.get(reverse("round_readings", args=(round_.pk,))).content.decode()
    assert ("Đồng hạng thì sao?" in page, "1 điểm chỉ có một cách hiểu" in page) == (True, True)
    browser.post(reverse("round_readings", args=(round_.pk,)), {"reading-A17": "dense"})
    url = reverse("round_outside", args=(round_.pk,))
    page = browser.post(url, {"@reference/1.3/reference": "x", "@best/1.1/value": "0,5"}).content.decode()
    assert ('value="x"' in page, 'value="0,5"' in page, "Số Bộ giao" in page, "chưa có gì thay đổi" in page) == (
        True, True, True, True,
    )  # fmt: skip
    browser.post(url, {"@reference/1.3/reference": "7,5"})
    assert 'value="7,5"' in browser.get(url).content.decode()
    below = make.round_(province, round_.framework, title="Đợt dưới")
    assert "Đợt dưới" in browser.get(reverse("round_below", args=(round_.pk,))).content.decode()
    browser.post(reverse("round_below", args=(round_.pk,)), {"child": [below.pk, "x"]})
    round_.refresh_from_db()

    assert (round_.readings, round_.references) == ({"A17": "dense"}, {"@reference": {"1.3/reference": "7.5"}})
    assert list(round_.children.all()) == [below]
    page = browser.get(reverse("round", args=(round_.pk,))).content.decode()
    assert ("Đợt dưới" in page, "1 điểm hiểu khác mặc định" in page, "đã nhập 1 trên 3" in page) == (True, True, True)


def test_values_of_others_stand_in_printed_order_with_what_is_compared(province: Unit) -> None:
    framework = add_framework(text=bundled_text("gia-lai-2023-province"))
    round_ = make.round_(province, framework, stage=Stage.PREPARING)
    page = browser_of(province).get(reverse("round_outside", args=(round_.pk,))).content.decode()
    rows = re.findall(r'<tr><th scope="row"><a href="[^"]+">([\d.]+)</a> .*?</th><td>(.*?)</td>', page, re.S)

    assert [code for code, _words in rows] == ["4.5", "4.6", "4.11", "5.1", "5.9", "5.10", "7.10", "8.6", "8.7"]
    told = dict(rows)
    assert told["5.9"] == "Số lượng các cuộc diễn tập được triển khai"
    assert re.findall(r"<li>(\w): ", told["4.6"]) == ["a", "b"]
    assert re.findall(r"<li>(\w): ", told["4.5"]) == list("abcdef")
