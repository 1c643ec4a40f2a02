"""The leader's pages."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from chiso.web.audit.services import SYSTEM
from chiso.web.collection.models import Result
from chiso.web.people.models import Role
from chiso.web.results.queries import Climb
from chiso.web.results.services import recalculate
from chiso.web.rounds.models import Participant, RankingGroup, Round
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.results.test_services import FULL, add
from tests.web.rounds.test_registration import LEVELS

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return make.round_(make.unit("Tỉnh mẫu", make.Kind.PROVINCE), is_sample=True)


@pytest.fixture
def group(round_: Round) -> RankingGroup:
    return RankingGroup.objects.create(round=round_, name="Khối xã")


@pytest.fixture
def scored(round_: Round, group: RankingGroup) -> list[Participant]:
    made = [add(round_, group, {**FULL, "1.1/a": number}) for number in ("30", "20", "5")]
    recalculate(round_=round_, actor=SYSTEM)
    return made


def leader(round_: Round) -> Browser:
    return Browser().as_person(make.person((Role.LEADER, round_.assessor)))


def page(browser: Browser, name: str, *args: int, **asked: str) -> str:
    return browser.get(reverse(name, args=args), asked).content.decode()


def test_a_leader_finds_the_round_and_its_ranking(round_: Round, scored: list[Participant]) -> None:
    assert round_.title in page(leader(round_), "results")
    shown = page(leader(round_), "results_round", round_.pk)
    names = [one.name for one in scored]

    assert sorted(names, key=shown.index) == names
    assert "Khối xã" in shown
    assert "dữ liệu mẫu" in shown
    assert "tạm tính" in shown
    assert ">35,00<" in shown
    assert ">22,50<" in shown


def test_numbers_are_english_in_english(round_: Round, scored: list[Participant]) -> None:
    browser = leader(round_)
    browser.post("/language", {"language": "en"})

    assert ">22.50<" in page(browser, "results_round", round_.pk)


def test_one_participant_shows_each_criterion_or_why_not(round_: Round, group: RankingGroup) -> None:
    one = add(round_, group, {"1.1/a": "30", "households": "40", "1.2/choice": "n/a"})
    recalculate(round_=round_, actor=SYSTEM)
    shown = page(leader(round_), "results_participant", one.pk)

    assert (">15,00<" in shown, "không áp dụng" in shown, "chưa có số liệu" in shown) == (True, True, True)


def test_reasons_are_in_the_language_of_who_reads_them(round_: Round, group: RankingGroup) -> None:
    one = add(round_, group, {"1.1/a": "30", "1.2/choice": "head", "1.3/plan": "yes"})
    recalculate(round_=round_, actor=SYSTEM)
    browser = leader(round_)
    vietnamese = page(browser, "results_participant", one.pk)
    browser.post("/language", {"language": "en"})
    english = page(browser, "results_participant", one.pk)

    assert ("Chưa có số liệu b (Tổng số hộ gia đình)." in vietnamese, "is missing." in vietnamese) == (True, False)
    assert ("The figure b (" in english, "Chưa có số liệu" in english) == (True, False)
    assert Result.objects.get().data["criteria"]["1.1"]["message"] == {
        "code": "S101",
        "data": {"name": "b", "fact": "households"},
    }


def test_an_officer_sees_the_own_result_and_no_other(round_: Round, scored: list[Participant]) -> None:
    officer = Browser().as_person(make.person((Role.OFFICER, scored[0].unit)))

    assert officer.get(reverse("results_participant", args=(scored[0].pk,))).status_code == 200
    for name, pk in (("results_participant", scored[1].pk), ("results_round", round_.pk)):
        assert officer.get(reverse(name, args=(pk,))).status_code == 403
    assert officer.get(reverse("results")).status_code == 403


def test_only_who_runs_the_round_has_it_worked_out_anew(round_: Round, scored: list[Participant]) -> None:
    Result.objects.all().delete()
    address = reverse("results_recalculate", args=(round_.pk,))
    assert leader(round_).post(address).status_code == 403

    answer = Browser().as_person(make.person((Role.COORDINATOR, round_.assessor))).post(address)
    assert (answer.status_code, Result.objects.count()) == (302, 3)


def test_queries_do_not_grow_with_the_number_of_participants(
    round_: Round, group: RankingGroup, django_assert_num_queries
) -> None:
    counted = []
    for _ in range(3):
        add(round_, group, FULL)
        recalculate(round_=round_, actor=SYSTEM)
        browser = leader(round_)
        with django_assert_num_queries(15, exact=False) as captured:
            page(browser, "results_round", round_.pk)
        counted.append(len(captured))

    assert len(set(counted)) == 1, counted


@pytest.mark.parametrize("asked", ["x", "-1", "999999", "1' OR 1=1"])
def test_a_group_or_page_that_is_not_there_falls_back(round_: Round, scored: list[Participant], asked: str) -> None:
    assert "Khối xã" in page(leader(round_), "results_round", round_.pk, group=asked, page=asked)


def test_a_round_without_results_says_so(round_: Round) -> None:
    assert "Chưa tính" in page(leader(round_), "results_round", round_.pk)


def test_levels_are_told_instead_of_points(round_: Round) -> None:
    """I.1 holds at both levels, I.2 with 1 of 3 teams at none: the next level lacks I.2."""
    round_ = make.round_(round_.assessor, make.framework(LEVELS))
    one = add(round_, None, {"I.1/value": "yes", "I.2/value": "1"})
    recalculate(round_=round_, actor=SYSTEM)
    shown = page(leader(round_), "results_participant", one.pk)
    cells = re.findall(r"<td[^>]*>([^<]*)</td>\s*<td[^>]*>\s*<span class=\"state (\w+)\">([^<]+)<", shown)

    assert cells == [("1–2", "done", "đạt"), ("–", "warn", "chưa đạt mức 2")]
    assert re.search(r"<strong>1</strong> tiêu chí chưa đạt mức 2", shown)
    assert ("Điểm tối đa" in shown, "đã có điểm" in shown) == (False, False)


def test_a_column_that_would_say_nothing_is_not_there(
    round_: Round, group: RankingGroup, scored: list[Participant]
) -> None:
    ranked = page(leader(round_), "results_round", round_.pk)
    group.is_ranked = False
    group.save()
    recalculate(round_=round_, actor=SYSTEM)
    unranked = page(leader(round_), "results_round", round_.pk)

    assert (">Hạng<" in ranked, ">Hạng<" in unranked) == (True, False)
    assert ">Điểm trên 40<" in ranked


def test_levels_met_are_written_as_runs() -> None:
    climb = Climb(5, frozenset(), {"a": [1, 2, 3, 5], "b": [4]})

    assert [climb.met(code) for code in "abc"] == ["1–3, 5", "4", ""]


def test_dimensions_are_named_in_english_where_the_framework_knows_their_names(round_: Round) -> None:
    text = make.SMALL.replace("title: Nền tảng\n", "title: Nền tảng\n    title_en: Foundations\n")
    round_ = make.round_(round_.assessor, make.framework(text))
    one = add(round_, RankingGroup.objects.create(round=round_, name="Khối xã"), FULL)
    recalculate(round_=round_, actor=SYSTEM)
    coordinator = Browser().as_person(make.person((Role.COORDINATOR, round_.assessor)))
    pages = (("results_round", round_.pk), ("results_participant", one.pk), ("round_board", round_.pk))

    def named() -> list[tuple[bool, bool]]:
        shown = [page(coordinator, name, pk) for name, pk in pages]
        return [("Nền tảng" in text, "Foundations" in text) for text in shown]

    assert named() == [(True, False)] * 3
    coordinator.post("/language", {"language": "en"})
    assert named() == [(False, True)] * 3
