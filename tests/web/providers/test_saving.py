"""Cells are kept while one types: each on its own, with who was first, and nothing of another agency or round."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.utils import timezone

from chiso.web.audit.queries import breaks
from chiso.web.people.models import Role
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.providers.conftest import Bureau


def test_cells_of_several_units_are_kept_at_once(browser: Browser, bureau: Bureau) -> None:
    one, other, _third = bureau.units
    browser.as_person(bureau.provider)
    answer = bureau.send(browser, (one, "households", "12040"), (other, "1.2/choice", "Cấp phó")).json()

    assert bureau.given(one) == {"households": "12040"}
    assert bureau.given(other) == {"1.2/choice": "deputy"}
    assert answer["cells"][f"{one.pk}:households"]["shown"] == "12.040 hộ"
    assert answer["cells"][f"{other.pk}:1.2/choice"]["text"] == "Cấp phó"
    assert list(breaks()) == []


def test_a_refused_cell_does_not_hold_up_the_others(browser: Browser, bureau: Bureau) -> None:
    one, other, third = bureau.units
    browser.as_person(bureau.provider)
    answer = bureau.send(
        browser, (one, "households", "-5"), (other, "households", "7"), (third, "households", "nhiều")
    ).json()

    assert ("âm" in answer["refused"][f"{one.pk}:households"], f"{third.pk}:households" in answer["refused"]) == (
        True,
        True,
    )
    assert [bureau.given(unit) for unit in bureau.units] == [{}, {"households": "7"}, {}]


def test_the_second_writer_is_shown_the_firsts_value_and_chooses(browser: Browser, bureau: Bureau) -> None:
    unit = bureau.units[0]
    browser.as_person(bureau.provider)
    bureau.send(browser, (unit, "households", "5"))
    browser.as_person(bureau.second)
    answer = bureau.send(browser, (unit, "households", {"text": "6", "seen": 0})).json()

    theirs = answer["conflicts"][f"{unit.pk}:households"]
    assert (theirs["shown"], theirs["by"], bureau.given(unit)) == (
        "5 hộ",
        bureau.provider.full_name,
        {"households": "5"},
    )
    answer = bureau.send(browser, (unit, "households", {"text": "6", "seen": theirs["n"]}), change="c2").json()
    assert (answer["conflicts"], bureau.given(unit)) == ({}, {"households": "6"})


def test_a_forged_number_does_not_replace_a_colleagues_figure_unseen(browser: Browser, bureau: Bureau) -> None:
    unit = bureau.units[0]
    bureau.send(browser.as_person(bureau.provider), (unit, "households", "5"))
    browser.as_person(bureau.second)
    answer = bureau.send(browser, (unit, "households", {"text": "6", "seen": 2**30}), change="c2").json()

    assert answer["conflicts"][f"{unit.pk}:households"]["shown"] == "5 hộ"
    assert bureau.given(unit) == {"households": "5"}


def test_a_change_that_arrives_twice_is_no_conflict_with_itself(browser: Browser, bureau: Bureau) -> None:
    unit = bureau.units[0]
    browser.as_person(bureau.provider)
    for _time in range(2):
        answer = bureau.send(browser, (unit, "households", "5")).json()
        assert (answer["conflicts"], answer["refused"]) == ({}, {})
    assert answer["number"] == {f"{unit.pk}:households": 1}


def test_a_column_gives_its_origin_to_values_without_one(browser: Browser, bureau: Bureau) -> None:
    one, other, third = bureau.units
    browser.as_person(bureau.provider)
    told = {"fact": "households", "source": "Niên giám 2025", "as_of": "31/12/2025"}
    browser.post(bureau.address("origin"), told)
    bureau.send(
        browser,
        (one, "households", "5"),
        (other, "households", {"text": "6", "source": "Điều tra riêng"}),
        (third, "1.1/a", "3"),
    )

    assert (bureau.cell(one)["source"], bureau.cell(one)["as_of"]) == ("Niên giám 2025", "31/12/2025")
    assert (bureau.cell(other)["source"], "as_of" in bureau.cell(other)) == ("Điều tra riêng", False)
    assert "source" not in bureau.cell(third, "1.1/a")


def test_an_origin_of_another_agencys_figure_is_not_kept(browser: Browser, bureau: Bureau) -> None:
    browser.as_person(bureau.provider).post(bureau.address("origin"), {"fact": "1.3/plan", "source": "x"})

    assert bureau.round.origins.count() == 0


@pytest.mark.parametrize("fact", ["1.3/plan", "nothing", ""])
def test_figures_of_others_are_refused_as_a_whole(browser: Browser, bureau: Bureau, fact: str) -> None:
    one, other, _third = bureau.units
    answer = bureau.send(browser.as_person(bureau.provider), (one, "households", "5"), (other, fact, "yes"))

    assert (answer.status_code, bureau.given(one)) == (400, {})


def test_units_of_another_round_are_refused_as_a_whole(browser: Browser, bureau: Bureau) -> None:
    stranger = make.participant(make.round_(bureau.round.assessor, bureau.round.framework), bureau.units[0].unit)
    answer = bureau.send(
        browser.as_person(bureau.provider), (bureau.units[0], "households", "5"), (stranger, "households", "5")
    )

    assert (answer.status_code, bureau.given(bureau.units[0])) == (400, {})


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '{"cells": []}', '{"cells": {"x": {"text": "5"}}}', '{"cells": {"1:h": 5}}']
)
def test_what_is_no_save_is_refused(browser: Browser, bureau: Bureau, body: str) -> None:
    answer = browser.as_person(bureau.provider).post(bureau.address("values"), body, content_type="application/json")

    assert (answer.status_code, answer.json()["error"]) == (400, "unreadable")


def test_more_cells_than_a_page_holds_are_refused(browser: Browser, bureau: Bureau) -> None:
    cells = {f"{number}:households": {"text": "5"} for number in range(1201)}
    answer = browser.as_person(bureau.provider).post(
        bureau.address("values"), json.dumps({"cells": cells}), content_type="application/json"
    )

    assert answer.status_code == 400


def test_after_the_due_time_only_units_with_permission_are_taken_in(browser: Browser, bureau: Bureau) -> None:
    one, late, _third = bureau.units
    bureau.round.due_at = timezone.now() - dt.timedelta(minutes=1)
    bureau.round.save()
    browser.as_person(bureau.provider)
    closed = bureau.send(browser, (late, "households", "5"))
    assert (closed.status_code, "hết hạn" in closed.json()["message"]) == (409, True)

    coordinator = make.person((Role.COORDINATOR, bureau.round.assessor))
    until = timezone.now() + dt.timedelta(hours=1)
    late.extensions.create(until=until, reason="Mưa lũ", granted_by=coordinator)
    answer = bureau.send(browser, (one, "households", "5"), (late, "households", "6")).json()

    assert ("hết hạn" in answer["refused"][f"{one.pk}:households"], bureau.given(one)) == (True, {})
    assert bureau.given(late) == {"households": "6"}


def test_last_years_figure_raises_a_doubt_that_a_note_settles(browser: Browser, bureau: Bureau) -> None:
    unit = bureau.units[0]
    before = make.round_(bureau.round.assessor, bureau.round.framework, year=2024)
    last = make.participant(before, unit.unit)
    make.report(last, stage="provider", values={"households": {"v": "1000", "by": 1, "at": "", "n": 1}})
    bureau.round.previous = before
    bureau.round.save()
    browser.as_person(bureau.provider)

    answer = bureau.send(browser, (unit, "households", "5000")).json()
    assert "1.000 hộ" in answer["cells"][f"{unit.pk}:households"]["doubt"]
    answer = bureau.send(
        browser, (unit, "households", {"text": "5000", "note": "nhập xã", "seen": 1}), change="2"
    ).json()
    assert answer["cells"][f"{unit.pk}:households"]["doubt"] == ""
    assert "1.000 hộ" in browser.get(bureau.address()).content.decode()
