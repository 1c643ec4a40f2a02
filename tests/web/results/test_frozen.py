"""What a head has signed is what counts: nobody changes the points of a report that is held from behind it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from chiso.web.audit.services import SYSTEM, Actor
from chiso.web.collection import later as later_
from chiso.web.collection.later import Behind, changed_behind, compare_sums
from chiso.web.collection.live import forget
from chiso.web.collection.models import Receipt, Report, ReportState, Result, ValueStage
from chiso.web.collection.queries import Later, in_use, later, previous_of, whole_report
from chiso.web.collection.services import Written, save_values
from chiso.web.collection.submission import reopen, send_back, sign_off, submit
from chiso.web.collection.supplying import supply
from chiso.web.collection.wholes import progress_behind
from chiso.web.frameworks.services import loaded
from chiso.web.people.models import Role
from chiso.web.results.services import recalculate
from chiso.web.rounds.models import Participant, Round
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.results.test_children import Tiers
from tests.web.results.test_same_points import _district, with_parts
from tests.web.results.test_services import cells

pytestmark = pytest.mark.django_db

#: Without the ratio of 20 points; households are supplied by the statistics office.
REST = {"1.1/a": "10", "1.2/choice": "head", "1.3/plan": "yes"}
SMALL = make.SMALL.replace("{name: b, fact: households}", "{name: b, fact: households, lead: [Cơ quan thống kê]}")
AGENCY = ["Cơ quan thống kê"]


@pytest.fixture(autouse=True)
def anew() -> None:
    forget()


def clerk() -> Actor:
    return Actor(make.person().pk)


def own(of: Participant) -> Report:
    return Report.objects.get(participant=of, stage=ValueStage.SELF)


def member(households: str = "40") -> Participant:
    """Return a unit that has all figures, the households from the agency."""
    made = make.participant(make.round_(make.unit(kind=make.Kind.PROVINCE)), make.unit("Xã mẫu A"))
    make.report(made, values=cells(REST), number=1)
    if households:
        give(made, households)
    return made


def give(of: Participant, households: str) -> None:
    """Let the agency supply a figure."""
    framework = loaded(of.round.framework)
    there = Report.objects.filter(participant=of, stage=ValueStage.PROVIDER).first()
    done = supply(
        round_=of.round,
        framework=framework,
        agencies=AGENCY,
        written={of.pk: {"households": Written(households, there.number if there else 0)}},
        actor=clerk(),
    )
    assert list(done.saved[of.pk].kept) == ["households"]


def hand_in(of: Participant) -> Receipt:
    report = own(of)
    framework = loaded(of.round.framework, of.round.readings)
    return submit(report_id=report.pk, framework=framework, actor=clerk(), seen=report.number)


def signed(of: Participant) -> Receipt:
    receipt = hand_in(of)
    sign_off(report_id=receipt.report_id, receipt_hash=receipt.hash, actor=clerk())
    return receipt


def points(of: Participant) -> Decimal | None:
    recalculate(round_=of.round, actor=SYSTEM)
    return Result.objects.get(participant=of).total


def behind(round_: Round) -> tuple[list[Participant], int]:
    """Return whose reports would count otherwise now, and of how many more that is not known yet."""
    found = changed_behind(round_)
    assert found.count == len(found.named)
    return [one.participant for one in found.named], found.waiting


def changed(of: Participant) -> dict[str, str]:
    """Return what others have changed behind a report, and what it would be now."""
    report = whole_report(own(of).pk)
    found = later(report, loaded(of.round.framework, of.round.readings))
    return {fact: cell["v"] for fact, cell in found.values.items()}


@pytest.mark.parametrize("held", [hand_in, signed])
@pytest.mark.parametrize(
    ("before", "after", "was"), [("40", "10", 25), ("40", "80", 25), ("", "10", 20), ("40", "", 25)]
)
def test_a_later_figure_of_an_agency_does_not_move_the_points(
    held: Callable[[Participant], Receipt], before: str, after: str, was: int
) -> None:
    of = member(before)
    receipt = held(of)
    give(of, after)

    assert (points(of), changed(of)) == (Decimal(was), {"households": after})
    assert Result.objects.get(participant=of).data["exact"] == receipt.content["result"]["exact"]


@pytest.mark.parametrize("way", ["reopened", "sent back"])
def test_it_counts_once_the_report_was_submitted_anew(way: str) -> None:
    of = member("40")
    receipt = signed(of) if way == "reopened" else hand_in(of)
    give(of, "10")
    if way == "reopened":
        reopen(report_id=receipt.report_id, reason="Số hộ sai", actor=clerk())
    else:
        send_back(report_id=receipt.report_id, receipt_hash=receipt.hash, word="Xem lại", actor=clerk())

    assert (points(of), changed(of)) == (Decimal(40), {})
    again = signed(of)
    assert (again.content["values"]["households"]["v"], points(of), changed(of)) == ("10", Decimal(40), {})
    give(of, "20")
    assert (points(of), changed(of)) == (Decimal(40), {"households": "20"})


def test_the_progress_is_that_of_the_submission_until_the_report_is_open_again() -> None:
    of = member("")
    receipt = hand_in(of)
    counted = own(of).progress
    give(of, "10")
    assert own(of).progress == counted

    reopen(report_id=receipt.report_id, reason="Đã có số hộ", actor=clerk())
    assert own(of).progress == {"1": [4, 4]}


def test_what_the_unit_wrote_and_who_supplied_it_is_still_told() -> None:
    of = member("40")
    report, framework = own(of), loaded(of.round.framework)
    written = {"1.1/a": Written("20", report.number, note="đếm lại")}
    actor = clerk()
    save_values(report_id=report.pk, framework=framework, written=written, actor=actor)
    signed(of)
    told = in_use(whole_report(report.pk), framework)
    assert (told["1.1/a"]["by"], told["1.1/a"]["note"]) == (actor.user_id, "đếm lại")
    assert (told["households"]["from"], told["households"]["by"]) == ("provider", own_supply(of)["by"])
    give(of, "10")
    told = in_use(whole_report(report.pk), framework)
    assert (told["households"]["v"], told["households"]["by"]) == ("40", None)


def own_supply(of: Participant) -> dict[str, object]:
    return Report.objects.get(participant=of, stage=ValueStage.PROVIDER).values["households"]


def test_a_report_that_is_held_without_a_receipt_counts_as_it_stands() -> None:
    of = member("40")
    Report.objects.filter(pk=own(of).pk).update(state=ReportState.SIGNED)
    give(of, "10")

    assert (points(of), changed(of)) == (Decimal(40), {})


def test_a_sum_over_child_units_stays_as_the_parent_signed_it() -> None:
    tiers = Tiers()
    tiers.commune({"households_online": "10", "households": "10"})
    other = tiers.commune({"households_online": "20", "households": "90"})
    whole = tiers.whole
    signed(whole)
    Report.objects.filter(participant=other).update(
        values=cells({"households_online": "90", "households": "90"}), changed_at=timezone.now()
    )

    assert tiers.result() == (Decimal(26), False)
    assert changed(whole) == {"households_online": "100"}
    assert behind(tiers.upper) == ([whole], 0)
    reopen(report_id=own(whole).pk, reason="Xã đếm lại", actor=clerk())
    assert tiers.result() == (Decimal(40), False)


def test_a_child_that_has_signed_gives_what_it_signed_to_its_parents_sum() -> None:
    tiers = Tiers()
    tiers.commune({"households_online": "10", "households": "10"})
    other = tiers.commune({"households_online": "20", "households": ""})
    make.report(other, stage=ValueStage.PROVIDER, values=cells({"households": "90"}))
    signed(other)
    Report.objects.filter(participant=other, stage=ValueStage.PROVIDER).update(values=cells({"households": "20"}))

    assert tiers.result() == (Decimal(26), False)


def test_a_sum_over_parts_stays_as_the_whole_signed_it() -> None:
    whole = with_parts("50")
    signed(whole)
    Report.objects.filter(participant__part_of=whole, stage=ValueStage.SELF).update(
        values=cells({"1.1/a": "20", "households": "20"}), changed_at=timezone.now()
    )

    assert points(whole) == Decimal("23.2")
    assert changed(whole) == {"1.1/a": "60", "households": "60"}
    assert progress_behind(whole.round, {whole.unit_id}) == {whole.pk: {"1": [4, 4]}}
    assert behind(whole.round) == ([whole], 0)


def test_the_levels_of_child_units_stay_as_the_parent_signed_them() -> None:
    whole = _district([1, 2])
    signed(whole)
    Result.objects.filter(level=2, participant__round__in=whole.round.children.all()).update(level=0)
    Participant.objects.filter(pk=whole.pk).update(registered_level=1)
    recalculate(round_=whole.round, actor=SYSTEM)
    framework = loaded(whole.round.framework, whole.round.readings)

    found = Result.objects.get(participant=whole)
    assert (found.level, found.data["level"]["registered"]) == (2, 2)
    assert later(whole_report(own(whole).pk), framework) == Later({}, levels=True)
    reopen(report_id=own(whole).pk, reason="Mức độ xã đã khác", actor=clerk())
    recalculate(round_=whole.round, actor=SYSTEM)
    found = Result.objects.get(participant=whole)
    assert (found.level, found.data["level"]["registered"]) == (0, 1)


def test_next_year_is_compared_with_what_was_signed() -> None:
    of = member("40")
    signed(of)
    give(of, "10")
    round_ = make.round_(of.round.assessor, of.round.framework, year=2026, previous=of.round)

    assert previous_of(make.participant(round_, of.unit)).text("households") == "40"


def test_the_officer_sees_the_points_of_the_submission_and_what_has_changed(browser: Browser) -> None:
    of = member("40")
    receipt = signed(of)
    give(of, "10")
    browser.as_person(make.person((Role.OFFICER, of.unit)))
    page = browser.get(f"/reports/{receipt.report_id}/at/1.1/").content.decode()
    told = "Đã thay đổi sau khi nộp báo cáo: 10 hộ. Số này được tính khi báo cáo được nộp lại."
    assert page.count(told) == 1
    assert "40 hộ" in page

    body = json.dumps({"cells": {}, "here": "1.1"})
    seen = browser.post(f"/reports/{receipt.report_id}/preview", body, content_type="application/json").json()
    assert seen["total"]["points"] == "25"


def test_a_receipt_names_its_framework_beside_the_id(browser: Browser) -> None:
    of = member("40")
    receipt = signed(of)
    browser.as_person(make.person((Role.OFFICER, of.unit)))
    address = f"/reports/{receipt.report_id}/receipts/{receipt.hash}/"
    named = re.compile(r"<dd>([^<]+) <span class=\"about\">small-2025-commune 1\.0</span></dd>")

    assert named.findall(browser.get(address).content.decode()) == ["Bộ chỉ số mẫu"]
    browser.post("/language", {"language": "en"})
    assert named.findall(browser.get(address).content.decode()) == ["Sample index"]


def test_head_and_coordinator_are_shown_what_has_changed(browser: Browser) -> None:
    of = member("40")
    receipt = hand_in(of)
    address, results = f"/reports/{receipt.report_id}/review", f"/results/round/{of.round_id}/"
    coordinator = make.person((Role.COORDINATOR, of.round.assessor))
    recalculate(round_=of.round, actor=SYSTEM)
    assert 'id="later"' not in browser.as_person(make.person((Role.HEAD, of.unit))).get(address).content.decode()
    assert f"{address}#later" not in browser.as_person(coordinator).get(results).content.decode()

    give(of, "10")
    for person in (make.person((Role.HEAD, of.unit)), coordinator):
        page = browser.as_person(person).get(address).content.decode()
        shown = page[page.index('id="later"') :]
        assert (">40 hộ</td>" in shown, ">10 hộ</td>" in shown) == (True, True)
        assert page.index("<strong>25</strong>") < page.index('id="later"')
    assert f"{address}#later" in browser.get(results).content.decode()
    leader = make.person((Role.LEADER, of.round.assessor))
    assert f"{address}#later" not in browser.as_person(leader).get(results).content.decode()


def test_all_are_counted_the_first_named_and_no_figure_is_read(django_assert_num_queries) -> None:
    round_ = make.round_(make.unit(kind=make.Kind.PROVINCE), make.framework(SMALL))
    units = [make.participant(round_, make.unit()) for _ in range(5)]
    for one in units:
        make.report(one, values=cells(REST), number=1)
        give(one, "40")
        signed(one)
    with django_assert_num_queries(2):  # the rounds below, and the count
        assert changed_behind(round_) == Behind(0, (), 0)
    for one in units[:4]:
        give(one, "10")
    with patch.object(later_, "NAMED", 3), django_assert_num_queries(3):
        found = changed_behind(round_)
        assert ([one.participant for one in found.named], found.count, found.unnamed) == (units[:3], 4, 1)

    give(units[0], "40")  # as it was submitted
    assert behind(round_) == (units[1:4], 0)
    reopen(report_id=own(units[1]).pk, reason="Số hộ sai", actor=clerk())
    assert (behind(round_), own(units[1]).is_overtaken) == ((units[2:4], 0), False)
    signed(units[1])
    assert behind(round_) == (units[2:4], 0)


def test_the_page_says_how_many_more_there_are(browser: Browser) -> None:
    round_ = make.round_(make.unit(kind=make.Kind.PROVINCE), make.framework(SMALL))
    for one in [make.participant(round_, make.unit()) for _ in range(4)]:
        make.report(one, values=cells(REST), number=1)
        signed(one)
        give(one, "10")
    browser.as_person(make.person((Role.COORDINATOR, round_.assessor)))
    with patch.object(later_, "NAMED", 3):
        page = browser.get(f"/results/round/{round_.pk}/").content.decode()

    assert ("4 báo cáo có số liệu do nơi khác thay đổi sau khi nộp" in page, page.count("#later")) == (True, 3)
    assert "và 1 báo cáo nữa, nộp sau" in page


def test_supplying_for_many_that_are_held_costs_as_many_queries_as_for_one() -> None:
    round_ = make.round_(make.unit(kind=make.Kind.PROVINCE), make.framework(SMALL))
    units = [make.participant(round_, make.unit()) for _ in range(5)]
    for one in units:
        make.report(one, values=cells(REST), number=1)
        give(one, "40")
        signed(one)
    counted = []
    for some in (units[:1], units[1:]):
        written = {one.pk: {"households": Written("10", 1)} for one in some}
        with CaptureQueriesContext(connection) as queries:
            supply(round_=round_, framework=loaded(round_.framework), agencies=AGENCY, written=written, actor=clerk())
        counted.append(len(queries))
    assert (counted[0], len(behind(round_)[0])) == (counted[1], 5)


def test_what_units_below_changed_is_told_as_open_until_results_are_worked_out(browser: Browser) -> None:
    tiers = Tiers()
    communes = [tiers.commune({"households_online": "10", "households": "10"}) for _ in range(2)]
    other = make.participant(tiers.upper, make.unit("Huyện khác", make.Kind.DISTRICT, tiers.province))
    make.report(other, values=cells(REST))
    for one in (tiers.whole, other):
        signed(one)
    assert behind(tiers.upper) == ([], 0)
    Report.objects.filter(participant=communes[0]).update(
        values=cells({"households_online": "5", "households": "10"}), changed_at=timezone.now()
    )
    browser.as_person(make.person((Role.COORDINATOR, tiers.province)))

    assert behind(tiers.upper) == ([], 1)
    told = "đã lưu thay đổi sau khi 1 báo cáo được nộp"
    assert told in browser.get(f"/results/round/{tiers.upper.pk}/").content.decode()
    recalculate(round_=tiers.upper, actor=SYSTEM)
    assert behind(tiers.upper) == ([tiers.whole], 0)
    Report.objects.filter(participant=communes[0]).update(
        values=cells({"households_online": "10", "households": "10"}), changed_at=timezone.now()
    )
    assert behind(tiers.upper) == ([tiers.whole], 0)
    recalculate(round_=tiers.upper, actor=SYSTEM)
    assert behind(tiers.upper) == ([], 0)


def test_what_changes_two_tiers_below_is_looked_at_too() -> None:
    tiers = Tiers()
    tiers.commune({"households_online": "10", "households": "10"})
    lowest = make.round_(tiers.district)
    tiers.lower.children.add(lowest)
    signed(tiers.whole)
    recalculate(round_=tiers.upper, actor=SYSTEM)
    hamlet = make.participant(lowest, make.unit())
    make.report(hamlet, changed_at=timezone.now())
    assert behind(tiers.upper) == ([], 1)
    recalculate(round_=tiers.upper, actor=SYSTEM)

    assert behind(tiers.upper) == ([], 0)


def test_a_level_that_a_child_unit_has_reached_since_is_found_too() -> None:
    whole = _district([1, 2])
    signed(whole)
    assert behind(whole.round) == ([], 0)
    Result.objects.filter(level=2, participant__round__in=whole.round.children.all()).update(level=0, at=timezone.now())
    assert behind(whole.round) == ([], 1)
    recalculate(round_=whole.round, actor=SYSTEM)

    assert behind(whole.round) == ([whole], 0)


def test_a_report_that_was_supplied_for_meanwhile_is_left_to_who_supplied(monkeypatch: pytest.MonkeyPatch) -> None:
    tiers = Tiers()
    commune = tiers.commune({"households_online": "10", "households": "10"})
    signed(tiers.whole)
    Report.objects.filter(participant=commune).update(changed_at=timezone.now())

    def meanwhile(*told: object) -> Later:
        Report.objects.filter(pk=own(tiers.whole).pk).update(is_overtaken=True, compared_at=timezone.now())
        return Later()

    monkeypatch.setattr(later_, "later", meanwhile)
    recalculate(round_=tiers.upper, actor=SYSTEM)

    assert behind(tiers.upper) == ([tiers.whole], 0)


def test_comparing_sums_costs_as_many_queries_a_chunk_and_one_a_report() -> None:
    tiers = Tiers()
    wholes = [tiers.whole]
    for _ in range(3):
        wholes.append(make.participant(tiers.upper, make.unit(parent=tiers.province, kind=make.Kind.DISTRICT)))
        make.report(wholes[-1], values=cells(REST))
    communes = [make.participant(tiers.lower, make.unit(parent=one.unit)) for one in wholes]
    for one in communes:
        make.report(one, values=cells({"households_online": "10", "households": "10"}))
    for one in wholes:
        signed(one)
    counted = []
    for some in (communes[:1], communes[1:]):
        Report.objects.filter(participant__in=some).update(
            values=cells({"households_online": "5", "households": "10"}), changed_at=timezone.now()
        )
        with CaptureQueriesContext(connection) as queries:
            compare_sums(tiers.upper)
        counted.append(len(queries) - len(some))
    assert (counted[0], behind(tiers.upper)) == (counted[1], (wholes, 0))


def test_the_migration_finds_what_agencies_had_changed_before() -> None:
    of, same, still = member("40"), member("40"), member("40")
    for one in (of, same):
        signed(one)
    give(of, "10")
    give(same, "10")
    give(same, "40")
    give(still, "10")
    Report.objects.update(is_overtaken=False)
    import_module("chiso.web.collection.migrations.0006_compare_supplied").compare(apps, connection.schema_editor())

    assert [one.participant for one in Report.objects.filter(is_overtaken=True)] == [of]
