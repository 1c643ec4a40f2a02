"""What an officer sees while typing is what the results of the round compute, whoever a value comes from."""

from __future__ import annotations

import json

import pytest

from chiso.web.audit.services import SYSTEM
from chiso.web.collection.live import forget
from chiso.web.collection.models import Report, Result, ValueStage
from chiso.web.people.models import Role
from chiso.web.results.services import recalculate
from chiso.web.rounds.models import Participant
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.results.test_children import Tiers
from tests.web.results.test_services import cells

pytestmark = pytest.mark.django_db

OWN = {"1.2/choice": "head", "1.3/plan": "yes"}


@pytest.fixture(autouse=True)
def anew() -> None:
    forget()


def supplied(of: Participant, values: dict[str, str]) -> None:
    make.report(of, stage=ValueStage.PROVIDER, values=cells(values))


def alone() -> Participant:
    """Return a unit with some values of its own, some of a provider's, and one of both."""
    made = make.participant(make.round_(make.unit(kind=make.Kind.PROVINCE)), make.unit())
    make.report(made, values=cells({**OWN, "households": "", "1.1/a": "10"}))
    supplied(made, {"households": "40", "1.1/a": "39"})
    return made


def with_parts(last: str) -> Participant:
    """Return a unit made of three parts, of which one is supplied for and one says ``last``."""
    round_ = make.round_(make.unit(kind=make.Kind.PROVINCE))
    whole = make.participant(round_, make.unit())
    make.report(whole, values=cells({**OWN, "1.1/a": ""}))
    for values in (
        {"1.1/a": "10", "households": "20"},
        {"1.1/a": "", "households": "30"},
        {"1.1/a": "1", "households": last},
    ):
        part = make.participant(round_, make.unit(), part_of=whole)
        make.report(part, values=cells(values))
        supplied(part, {"1.1/a": "5"})
    return whole


def with_children() -> Participant:
    """Return a district whose communes report in a round of its own, and are supplied for."""
    tiers = Tiers()
    tiers.commune({"households_online": "10", "households": "10"})
    other = tiers.commune({"households_online": "20"})
    supplied(other, {"households": "90"})
    return tiers.whole


def with_an_own_value_over_children() -> Participant:
    """Return such a district that states one of the figures itself, and is supplied with another."""
    whole = with_children()
    whole.reports.update(values=cells({**OWN, "households_online": "60"}))
    supplied(whole, {"households": "80"})
    return whole


CASES = {
    "alone": (alone, "25"),
    "parts": (lambda: with_parts("50"), "23.2"),
    "parts, one missing": (lambda: with_parts(""), "20"),
    "parts, one without such objects": (lambda: with_parts("n/a"), "26.4"),
    "children": (with_children, "26"),
    "children under own and supplied values": (with_an_own_value_over_children, "35"),
}


@pytest.mark.parametrize("case", CASES)
def test_the_officer_sees_what_results_compute(browser: Browser, case: str) -> None:
    prepare, wanted = CASES[case]
    whole = prepare()
    own = Report.objects.get(participant=whole, stage=ValueStage.SELF)
    recalculate(round_=whole.round, actor=SYSTEM)
    computed = Result.objects.get(participant=whole).data
    browser.as_person(make.person((Role.OFFICER, whole.unit)))
    body = json.dumps({"cells": {}, "here": "1.1"})
    seen = browser.post(f"/reports/{own.pk}/preview", body, content_type="application/json").json()

    assert (computed["total"], seen["total"]["points"]) == (wanted, wanted.replace(".", ","))
    assert seen["total"]["provisional"] == computed["provisional"]
    assert seen["parts"]["1"][0] == computed["dimensions"]["1"].replace(".", ",")


@pytest.mark.parametrize("case", CASES)
def test_a_receipt_holds_what_results_compute(browser: Browser, case: str) -> None:
    whole = CASES[case][0]()
    own = Report.objects.get(participant=whole, stage=ValueStage.SELF)
    browser.as_person(make.person((Role.OFFICER, whole.unit)))
    browser.post(f"/reports/{own.pk}/submit", {"seen": own.number})
    submitted = Result.objects.get(participant=whole).data
    recalculate(round_=whole.round, actor=SYSTEM)
    computed = Result.objects.get(participant=whole).data

    assert submitted == {name: computed[name] for name in submitted}
    assert set(computed) - set(submitted) <= {"unit", "kind", "parent", "group", "rank"}


def test_values_from_outside_mean_the_same_while_typing(browser: Browser) -> None:
    text = make.SMALL.replace("rule: {kind: yes_no, input: plan, label: Có kế hoạch}",
        "rule: {kind: share_of_best, of: p/q}\n        inputs:\n          - {name: p, label: Số tốt, unit: household}\n"
        "          - {name: q, label: Tất cả, unit: household}")  # fmt: skip
    round_ = make.round_(
        make.unit(kind=make.Kind.PROVINCE), make.framework(text), references={"@best": {"1.3/value": "0.8"}}
    )
    whole = make.participant(round_, make.unit())
    own = make.report(whole, values=cells({"1.3/p": "4", "1.3/q": "10"}))
    recalculate(round_=round_, actor=SYSTEM)
    browser.as_person(make.person((Role.OFFICER, whole.unit)))
    body = json.dumps({"cells": {}, "here": "1.3"})
    seen = browser.post(f"/reports/{own.pk}/preview", body, content_type="application/json").json()

    assert (Result.objects.get(participant=whole).data["total"], seen["total"]["points"]) == ("5", "5")


@pytest.mark.parametrize("communes", [2, 20])
def test_a_sum_costs_as_many_queries_whatever_the_number_of_children(
    browser: Browser, communes: int, django_assert_max_num_queries
) -> None:
    tiers = Tiers()
    for _one in range(communes):
        tiers.commune({"households_online": "10", "households": "10"})
    own = Report.objects.get(participant=tiers.whole, stage=ValueStage.SELF)
    browser.as_person(make.person((Role.OFFICER, tiers.whole.unit)))
    browser.get(f"/reports/{own.pk}/at/1.1/")
    with django_assert_max_num_queries(15):
        page = browser.get(f"/reports/{own.pk}/at/1.1/").content.decode()
    assert f"Cộng từ {communes} đơn vị" in page
