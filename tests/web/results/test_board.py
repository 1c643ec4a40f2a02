"""The coordinator's board tells how far every unit is, and who is late."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from chiso.web.collection.models import ReportState, ValueStage
from chiso.web.due import own_reports, rounds_run
from chiso.web.people.access import Access
from chiso.web.people.models import Role
from chiso.web.reminders.duties import owed_by
from chiso.web.results.board import Row, listed, rows, with_reports
from chiso.web.results.queries import states
from chiso.web.results.services import scores_of
from chiso.web.rounds.models import Extension, Participant, Round, Stage
from tests.web import factories as make
from tests.web.collection.test_due_days import cells as filled
from tests.web.collection.test_due_days import printed_round
from tests.web.conftest import Browser
from tests.web.results.test_children import Tiers
from tests.web.results.test_services import cells

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return make.round_(make.unit("Tỉnh mẫu", make.Kind.PROVINCE))


@pytest.fixture
def three(round_: Round) -> list[Participant]:
    made = [make.participant(round_, make.unit(name)) for name in ("Xã Đông Hà", "Xã Ea Súp", "Phường Mỹ Lộc")]
    make.report(made[0], number=2, progress={"1": [2, 5]})
    make.report(made[1], number=4, state=ReportState.SUBMITTED, progress={"1": [5, 5]})
    return made


def coordinator(round_: Round) -> Browser:
    return Browser().as_person(make.person((Role.COORDINATOR, round_.assessor)))


def board(round_: Round, now: dt.datetime) -> list[Row]:
    """The rows of a round, in the order in which its participants were made."""
    found = list(with_reports(listed(round_, "", "").order_by("pk")))
    return rows(found, round_, ["1", "2"], now)


def test_each_unit_has_its_state_and_progress(round_: Round, three: list[Participant]) -> None:
    make.report(three[2], stage=ValueStage.PROVIDER, number=7, progress={"1": [4, 5]})  # not the unit's own

    assert [(row.name, row.state, row.parts, row.late) for row in board(round_, timezone.now())] == [
        ("Xã Đông Hà", "draft", ((2, 5), (0, 0)), False),
        ("Xã Ea Súp", "submitted", ((5, 5), (0, 0)), False),
        ("Phường Mỹ Lộc", "none", ((0, 0), (0, 0)), False),
    ]


def test_after_the_due_time_who_owes_a_report_is_late_unless_allowed(round_: Round, three: list[Participant]) -> None:
    after = round_.due_at + dt.timedelta(hours=1)
    assert [row.late for row in board(round_, after)] == [True, False, True]

    until = after + dt.timedelta(days=1)
    Extension.objects.create(participant=three[2], until=until, reason="Bão", granted_by=make.person())
    assert [row.late for row in board(round_, after)] == [True, False, False]


def test_days_printed_for_criteria_stand_at_units_that_still_lack_figures(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2025, 10, 5, 3, tzinfo=dt.UTC))
    round_ = printed_round()  # due on 15 November; "households" by 30 September, 1.1 and 1.2 by 15 October
    empty, some, sent, all_ = (make.participant(round_, make.unit(name)) for name in ("Xã 1", "Xã 2", "Xã 3", "Xã 4"))
    make.report(some, number=1, values=filled(households="90"))
    make.report(sent, number=1, state=ReportState.SUBMITTED)
    make.report(all_, number=1, values=filled(online="40", households="90", leader="one"))
    browser, address = coordinator(round_), reverse("round_board", args=(round_.pk,))
    browser.get(address)
    with django_assert_num_queries(6):  # as without printed days, and the values of those who have not submitted
        page = browser.get(address).content.decode()
    told = [
        re.findall(r'<div class="due-day( state bad|)" title="([^"]+)">([^<]+)</div>', row)
        for row in page.partition("<tbody>")[2].split("</tr>")[:4]
    ]

    october = ("", "1.1, 1.2", "đến hạn 15/10/2025: 2 tiêu chí chưa có số liệu")
    september = (" state bad", "1.1", "trễ hạn 30/09/2025: 1 tiêu chí chưa có số liệu")
    assert told == [[september, october], [october], [], []]
    assert {row.pk: [one.open for one in row.printed] for row in board(round_, timezone.now())} == {
        empty.pk: [("1.1",), ("1.1", "1.2")], some.pk: [("1.1", "1.2")], sent.pk: [], all_.pk: []
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "state", "names"),
    [
        ("", "", ["Phường Mỹ Lộc", "Xã Ea Súp", "Xã Đông Hà"]),
        ("dong ha", "", ["Xã Đông Hà"]),
        ("xa", "submitted", ["Xã Ea Súp"]),
        ("", "none", ["Phường Mỹ Lộc"]),
        ("khong co", "", []),
        ("", "no such state", ["Phường Mỹ Lộc", "Xã Ea Súp", "Xã Đông Hà"]),
    ],
)
def test_a_search_needs_no_diacritics(
    round_: Round, three: list[Participant], words: str, state: str, names: list[str]
) -> None:
    assert sorted(one.name for one in listed(round_, words, state)) == sorted(names)


def test_the_page_shows_the_figures_and_moves_the_round(round_: Round, three: list[Participant]) -> None:
    browser = coordinator(round_)
    page = browser.get(reverse("round_board", args=(round_.pk,))).content.decode()
    assert ("2/5" in page, "Xã Đông Hà" in page, "chưa bắt đầu" in page) == (True, True, True)

    browser.post(reverse("round_move", args=(round_.pk,)), {"to": "verification"})
    round_.refresh_from_db()
    assert round_.stage == Stage.VERIFICATION


def test_each_row_has_its_own_words_and_ways_on(round_: Round) -> None:
    hostile = make.participant(round_, make.unit("Xã <b>%(pk)s @pk@</b>"))
    done = make.participant(round_, make.unit("Xã Xong"))
    make.report(done, number=4, state=ReportState.SUBMITTED, progress={"1": [5, 5]})
    until = timezone.localtime() + dt.timedelta(days=1)
    Extension.objects.create(participant=hostile, until=until, reason="Bão", granted_by=make.person())
    page = coordinator(round_).get(reverse("round_board", args=(round_.pk,))).content.decode()
    [first, second] = page.partition("<tbody>")[2].split("</tr>")[:2]

    assert (
        f'href="{reverse("collection_of_participant", args=(hostile.pk,))}">Xã &lt;b&gt;%(pk)s @pk@&lt;/b&gt;<' in first
    )
    late = [f'href="{reverse("round_late", args=(one.pk,))}"' for one in (hostile, done)]
    assert (late[0] in first, f"{until:%d/%m/%Y %H:%M}" in first) == (True, True)
    assert (">Xã Xong<" in second, '<td class="num full">5/5</td>' in second, late[1] in second) == (True, True, False)


def test_late_entry_is_allowed_from_the_board(round_: Round, three: list[Participant]) -> None:
    until = (timezone.localtime() + dt.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    coordinator(round_).post(reverse("round_late", args=(three[2].pk,)), {"until": until, "reason": "Bão"})

    assert Extension.objects.get().participant == three[2]


def test_queries_do_not_grow_with_the_number_of_units(round_: Round, django_assert_num_queries) -> None:
    counted = []
    coordinator(round_).get(reverse("round_board", args=(round_.pk,)))  # the framework is loaded once in a process
    for _ in range(3):
        make.report(make.participant(round_, make.unit()), number=1, progress={"1": [1, 5]})
        browser = coordinator(round_)
        with django_assert_num_queries(5) as captured:  # session, person, roles; round, rows
            browser.get(reverse("round_board", args=(round_.pk,)))
        counted.append(len(captured))

    assert len(set(counted)) == 1, counted


def test_who_was_withdrawn_is_on_no_list_and_in_no_count(round_: Round, three: list[Participant]) -> None:
    before = states(round_)
    Participant.objects.filter(pk=three[1].pk).update(withdrawn_at=timezone.now())

    assert (before["submitted"], states(round_).get("submitted", 0), states(round_)["none"]) == (1, 0, 1)
    assert three[1] not in listed(round_, "", "")
    participants, _ = scores_of(round_)
    assert [one.pk for one in participants] == [three[0].pk, three[2].pk]
    (run,) = rounds_run(Access.of(make.person((Role.COORDINATOR, round_.assessor)).pk), timezone.now())
    assert (run.participants, run.submitted) == (2, 0)


def test_progress_moves_with_what_parts_and_child_units_report() -> None:
    tiers = Tiers()
    first, second = (tiers.commune({"households_online": "10"}) for _ in range(2))
    part = make.participant(tiers.upper, make.unit(), part_of=(whole := make.participant(tiers.upper, make.unit())))
    make.report(whole, number=1)
    make.report(part, values=cells({"households": "5"}))
    tiers.whole.reports.update(number=1)

    def parts() -> list[tuple[int, int]]:
        found = {row.pk: row.parts[0] for row in board(tiers.upper, timezone.now())}
        return [found[tiers.whole.pk], found[whole.pk]]

    # Of four figures the district has two of its own; the households of its communes are not all known yet.
    assert parts() == [(3, 4), (1, 4)]
    for commune in (first, second):
        commune.reports.update(values=cells({"households_online": "10", "households": "30"}))
    part.reports.update(values=cells({"households": ""}))
    assert parts() == [(4, 4), (0, 4)]


@pytest.mark.parametrize("communes", [1, 30])
def test_a_board_of_sums_costs_as_many_queries_whatever_the_number_of_children(
    django_assert_num_queries, communes: int
) -> None:
    tiers = Tiers()
    for _ in range(communes):
        tiers.commune({"households": "10"})
    browser, address = coordinator(tiers.upper), reverse("round_board", args=(tiers.upper.pk,))
    browser.get(address)
    with django_assert_num_queries(13):
        browser.get(address)


def test_lists_of_what_is_due_count_what_child_units_report() -> None:
    tiers = Tiers()
    tiers.commune({"households_online": "10", "households": "30"})
    tiers.whole.reports.update(number=1, progress={"1": [2, 4]})
    (due,) = own_reports(Access.of(make.person((Role.OFFICER, tiers.district)).pk))
    owed = {one.participant.pk: (one.filled, one.asked) for one in owed_by(tiers.upper.participants.all())}

    assert ((due.filled, due.asked), owed) == ((4, 4), {tiers.whole.pk: (4, 4)})


@pytest.mark.parametrize(
    ("address", "names", "pages"),
    [
        ("?page=2", ["Xã 2"], "Trang 2 / 3"),
        ("?page=3", ["Xã 3"], "Trang 3 / 3"),
        ("?page=9", ["Xã 3"], "Trang 3 / 3"),
        ("?page=x", ["Xã 1"], "Trang 1 / 3"),
        ("?page=0", ["Xã 1"], "Trang 1 / 3"),
        ("?q=xa&page=2", ["Xã 2"], "Trang 2 / 3"),
        ("?q=xa&page=9", ["Xã 3"], "Trang 3 / 3"),
    ],
)
def test_a_page_that_is_not_there_gives_way_to_one_that_is(
    round_: Round, monkeypatch: pytest.MonkeyPatch, address: str, names: list[str], pages: str
) -> None:
    monkeypatch.setattr("chiso.web.results.board.ROWS", 1)
    for name in ("Xã 3", "Xã 1", "Xã 2"):
        make.participant(round_, make.unit(name))
    page = coordinator(round_).get(reverse("round_board", args=(round_.pk,)) + address).content.decode()

    assert ([name for name in ("Xã 1", "Xã 2", "Xã 3") if f">{name}<" in page], pages in page) == (names, True)
