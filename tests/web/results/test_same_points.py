"""What an officer sees while typing is what the results of the round compute, whoever a value comes from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

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


#: A level that follows from the levels of child units, one of the unit's own, and systems inspected for two years.
UPPER = """
format: 1
id: levels-2025-district
version: "1.0"
title: {vi: Khung mức độ cấp trên, en: Levels of the upper tier}
legal: {number: 1/QĐ-BTTTT, date: 2025-01-02, year: 2025, issuer: Bộ mẫu, title: Khung mẫu}
unit_kinds: [district]
levels:
  - {number: 1, name: {vi: Khởi động, en: Beginning}, description: Mới bắt đầu}
  - {number: 2, name: {vi: Kết nối, en: Connected}, description: Có kết nối}
dimensions:
  - code: I
    title: Nền tảng
    criteria:
      - code: I.1
        title: Mức độ của các xã
        rule:
          kind: levels
          value: children
          targets:
            1: {printed: Mọi xã đạt mức 1, children: {all_at_least: 1}}
            2: {printed: Mọi xã đạt mức 1 và một nửa đạt mức 2, children: {all_at_least: 1, share: 50%, at_least: 2}}
        clause: Phụ lục, dòng I.1
      - code: I.2
        title: Có kế hoạch
        rule: {kind: levels, value: yes_no, targets: {1: {printed: Có, has: true}, 2: {printed: Có, has: true}}}
        inputs: [{name: value, label: Có kế hoạch}]
        clause: Phụ lục, dòng I.2
      - code: I.3
        title: Hệ thống được kiểm tra
        unit: "%"
        rule:
          kind: levels
          value: share
          numerator: num
          denominator: den
          counts_for: {calendar_years: 2}
          targets: {1: Không áp dụng, 2: 80%}
        inputs:
          - {name: num, label: Số hệ thống được kiểm tra, unit: system}
          - {name: den, label: Số hệ thống, unit: system}
        clause: Phụ lục, dòng I.3
"""


def _district(levels: list[int | None], inspected: str = "2024-05-10") -> Participant:
    """Return a district whose communes have reached levels; None: nothing has been worked out for one yet."""
    province = make.unit(kind=make.Kind.PROVINCE)
    district = make.unit(kind=make.Kind.DISTRICT, parent=province)
    upper, lower = make.round_(province, make.framework(UPPER)), make.round_(district)
    upper.children.add(lower)
    for level in levels:
        child = make.participant(lower, make.unit(parent=district))
        if level is not None:
            Result.objects.create(
                participant=child, report_number=1, at=timezone.now(), data={}, level=level, is_provisional=False
            )
    stranger = make.participant(lower, make.unit(parent=province))
    Result.objects.create(
        participant=stranger, report_number=1, at=timezone.now(), data={}, level=0, is_provisional=False
    )
    whole = make.participant(upper, district, registered_level=2, level_confirmed_at=timezone.now())
    values = cells({"I.2/value": "yes", "I.3/num": "4", "I.3/den": "5"})
    values["I.3/num"]["as_of"] = inspected  # type: ignore[index]
    make.report(whole, values=values)
    return whole


LEVELS = {
    "every commune": (lambda: _district([1, 2]), 2, False, ""),
    "no commune at the upper level": (lambda: _district([1, 1]), 1, False, "I.1"),
    "a commune without level": (lambda: _district([1, 0]), 0, False, "I.1"),
    "a commune that is not known yet": (lambda: _district([1, None]), 0, True, "I.1"),
    "no communes": (lambda: _district([]), 0, True, "I.1"),
    "an inspection that counts no more": (lambda: _district([2, 2], "15/10/2023"), 1, False, "I.3"),
}


@pytest.mark.parametrize("case", LEVELS)
def test_the_officer_sees_the_level_that_results_compute(browser: Browser, case: str) -> None:
    prepare, wanted, provisional, lacking = LEVELS[case]
    whole = prepare()
    own = Report.objects.get(participant=whole)
    recalculate(round_=whole.round, actor=SYSTEM)
    computed = Result.objects.get(participant=whole)
    browser.as_person(make.person((Role.OFFICER, whole.unit)))
    body = json.dumps({"cells": {}, "here": "I.1"})
    seen = browser.post(f"/reports/{own.pk}/preview", body, content_type="application/json").json()

    assert (computed.level, computed.is_provisional) == (wanted, provisional)
    assert (seen["total"]["level"][:1], seen["total"]["provisional"]) == (str(wanted) if wanted else "c", provisional)
    assert computed.data["level"]["registered_met"] is (wanted == 2)
    assert computed.data["level"]["unmet"].get("2", []) == ([lacking] if lacking else [])
    assert (f"/at/{lacking}/" in seen["target"]) is bool(lacking)


@pytest.mark.parametrize("case", LEVELS)
def test_a_receipt_holds_the_level_that_results_compute_and_anybody_can_compute_it_again(
    browser: Browser, case: str, tmp_path: Path
) -> None:
    whole = LEVELS[case][0]()
    own = Report.objects.get(participant=whole)
    browser.as_person(make.person((Role.OFFICER, whole.unit)))
    browser.post(f"/reports/{own.pk}/submit", {"seen": own.number})
    submitted = Result.objects.get(participant=whole).data
    recalculate(round_=whole.round, actor=SYSTEM)
    computed = Result.objects.get(participant=whole).data
    receipt = own.receipts.get()
    path = tmp_path / "receipt.json"
    path.write_text(json.dumps({"hash": receipt.hash, "content": receipt.content}), "utf-8")
    Result.objects.all().delete()
    forget()
    call_command("verify_receipt", path)

    assert submitted == {name: computed[name] for name in submitted}


def test_what_is_left_out_for_another_year_counts_for_both(browser: Browser) -> None:
    text = make.SMALL.replace("dimensions:", 'left_out: [{code: "1.3", year: 2024, reason: Chưa đo}]\ndimensions:', 1)
    round_ = make.round_(make.unit(kind=make.Kind.PROVINCE), make.framework(text), year=2025)
    whole = make.participant(round_, make.unit())
    own = make.report(whole, values=cells(OWN))
    recalculate(round_=round_, actor=SYSTEM)
    browser.as_person(make.person((Role.OFFICER, whole.unit)))
    body = json.dumps({"cells": {}, "here": "1.3"})
    seen = browser.post(f"/reports/{own.pk}/preview", body, content_type="application/json").json()

    assert (Result.objects.get(participant=whole).data["total"], seen["total"]["points"]) == ("20", "20")


def test_a_level_moves_with_those_of_child_units_and_with_the_one_that_is_registered(browser: Browser) -> None:
    whole = _district([1, 1])
    own = Report.objects.get(participant=whole)
    browser.as_person(make.person((Role.OFFICER, whole.unit)))

    def total() -> tuple[str, bool]:
        body = json.dumps({"cells": {}, "here": "I.1"})
        seen = browser.post(f"/reports/{own.pk}/preview", body, content_type="application/json").json()
        return seen["total"]["level"][:1], "mức 1" in seen["target"]

    assert total() == ("1", False)
    Result.objects.filter(level=1).update(level=2)
    assert total() == ("2", False)
    Participant.objects.filter(pk=whole.pk).update(registered_level=1)
    assert total() == ("2", True)


@pytest.mark.parametrize("communes", [2, 20])
def test_levels_of_children_cost_as_many_queries_whatever_their_number(
    browser: Browser, communes: int, django_assert_num_queries
) -> None:
    whole = _district([1] * communes)
    own = Report.objects.get(participant=whole)
    browser.as_person(make.person((Role.OFFICER, whole.unit)))
    browser.get(f"/reports/{own.pk}/at/I.1/")
    with django_assert_num_queries(16):
        browser.get(f"/reports/{own.pk}/at/I.1/")


def test_a_place_asks_for_the_day_that_decides_whether_a_figure_counts_and_the_level_moves_with_it(
    browser: Browser,
) -> None:
    whole = _district([2, 2], "15/10/2023")
    own = Report.objects.get(participant=whole)
    browser.as_person(make.person((Role.OFFICER, whole.unit)))
    page = browser.get(f"/reports/{own.pk}/at/I.3/").content.decode()

    def told(day: str) -> tuple[str, str]:
        """Return the level, and what is doubted about the figure."""
        cells_ = {"I.3/num": {"text": "4", "seen": 9, "as_of": day, "note": "đủ"}}
        body = json.dumps({"cells": cells_, "here": "I.3"})
        seen = browser.post(f"/reports/{own.pk}/preview", body, content_type="application/json").json()
        return str(seen["total"]["level"][:1]), seen["cells"]["I.3/num"]["doubt"]

    assert page.count("Ngày thực hiện") == 1
    days = ("15/10/2023", "15/10/2024", "2023-12-31", "", "ngày 15 tháng 10 năm 2023", "15.10.2023")
    assert [told(day) for day in days] == [("1", ""), ("2", ""), ("1", ""), ("2", ""), ("1", ""), ("1", "")]
    # What is no day cannot decide, and is said to be none: the figure counts as reported.
    assert told("10/25/2023") == (
        "2",
        "“10/25/2023” không phải là một ngày nên số liệu vẫn được tính như đã báo cáo. Ghi lại ngày, ví dụ 25/10/2026.",
    )
