"""The coordinator's board tells how far every unit is, and who is late."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from chiso.web.collection.models import ReportState
from chiso.web.people.models import Role
from chiso.web.results.board import listed, rows
from chiso.web.rounds.models import Extension, Participant, Round, Stage
from tests.web import factories as make
from tests.web.conftest import Browser

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


def test_each_unit_has_its_state_and_progress(round_: Round, three: list[Participant]) -> None:
    found = rows(three, round_, timezone.now())

    assert [(row.state, dict(row.progress), row.late) for row in found] == [
        ("draft", {"1": [2, 5]}, False), ("submitted", {"1": [5, 5]}, False), ("none", {}, False),
    ]  # fmt: skip


def test_after_the_due_time_who_owes_a_report_is_late_unless_allowed(round_: Round, three: list[Participant]) -> None:
    after = round_.due_at + dt.timedelta(hours=1)
    assert [row.late for row in rows(three, round_, after)] == [True, False, True]

    until = after + dt.timedelta(days=1)
    Extension.objects.create(participant=three[2], until=until, reason="Bão", granted_by=make.person())
    assert [row.late for row in rows(three, round_, after)] == [True, False, False]


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
        with django_assert_num_queries(9, exact=False) as captured:
            browser.get(reverse("round_board", args=(round_.pk,)))
        counted.append(len(captured))

    assert len(set(counted)) == 1, counted
