"""Saving while one types: what was understood, how the points stand, and what became of two people's values."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.collection.models import Report, ReportState, ValueStage
from tests.web import factories as make
from tests.web.collection.conftest import Office
from tests.web.conftest import Browser


def send(browser: Browser, office: Office, to: str = "values", here: str = "1.1", **cells: Any) -> Any:
    names = {"a": "1.1/a", "b": "households", "choice": "1.2/choice", "plan": "1.3/plan"}
    told = {names[name]: one if isinstance(one, dict) else {"text": one} for name, one in cells.items()}
    body = {"change": "c1", "here": here, "cells": told}
    return browser.post(office.address(to), json.dumps(body), content_type="application/json")


def test_a_save_says_what_it_understood_and_moves_the_points(browser: Browser, office: Office) -> None:
    answer = send(browser.as_person(office.officer), office, a="6,5", b="12040").json()
    assert "nguyên" in answer["refused"]["1.1/a"]

    answer = send(browser, office, a="6020").json()
    assert answer["cells"]["1.1/a"]["shown"] == "6.020 hộ"
    assert answer["marks"] == {"1.1": {"state": "done", "words": "Đã nhập đủ", "points": "10"}}
    assert answer["total"] == {
        "points": "10",
        "most": "40",
        "level": "",
        "filled": 2,
        "needed": 4,
        "provisional": True,
    }
    assert "a/b = 6.020 / 12.040 = 0,5" in answer["explanation"]


def test_a_look_ahead_answers_the_same_and_keeps_nothing(browser: Browser, office: Office) -> None:
    answer = send(browser.as_person(office.officer), office, "preview", a="6020", b="12040").json()
    office.report.refresh_from_db()

    assert (answer["total"]["points"], office.report.values, office.report.number) == ("10", {}, 0)


def test_points_follow_what_stands_in_the_database_and_not_what_the_process_remembers(
    browser: Browser, office: Office
) -> None:
    send(browser.as_person(office.officer), office, a="6020", b="12040")
    Report.objects.filter(pk=office.report.pk).update(values={"households": {"v": "10", "at": "x", "n": 9}})

    assert send(browser, office, plan="có").json()["total"]["points"] == "10"
    assert send(browser, office, "preview", a="5").json()["total"]["points"] == "20"


def test_the_second_of_two_people_is_shown_the_value_of_the_first(browser: Browser, office: Office) -> None:
    send(browser.as_person(office.officer), office, a="5")
    answer = send(browser.as_person(office.second), office, a="7").json()

    theirs = answer["conflicts"]["1.1/a"]
    assert (theirs["text"], theirs["shown"], theirs["by"], theirs["n"]) == ("5", "5 hộ", office.officer.full_name, 1)
    answer = send(browser, office, a={"text": "7", "seen": 1}).json()
    assert (answer["conflicts"], answer["cells"]["1.1/a"]["n"]) == ({}, 2)


def test_a_forged_number_does_not_replace_a_colleagues_value_unseen(browser: Browser, office: Office) -> None:
    send(browser.as_person(office.officer), office, a="5")
    answer = send(browser.as_person(office.second), office, a={"text": "7", "seen": 2**30}).json()
    office.report.refresh_from_db()

    assert (answer["conflicts"]["1.1/a"]["text"], answer["number"]) == ("5", 1)
    assert office.report.values["1.1/a"]["v"] == "5"


def test_a_change_that_is_sent_twice_is_kept_once(browser: Browser, office: Office) -> None:
    browser.as_person(office.officer)
    first, again = send(browser, office, a="5").json(), send(browser, office, a="5").json()

    assert (first["number"], again["number"], again["conflicts"]) == (1, 1, {})


def test_somebody_signed_out_is_told_so(browser: Browser, office: Office) -> None:
    answer = send(browser, office, a="5")

    assert (answer.status_code, answer.json()) == (401, {"error": "signed_out"})


def test_strangers_may_neither_save_nor_look_ahead(browser: Browser, office: Office) -> None:
    browser.as_person(office.stranger)

    assert [send(browser, office, to, a="5").status_code for to in ("values", "preview")] == [403, 403]
    assert Report.objects.get(pk=office.report.pk).values == {}


def test_after_the_deadline_nothing_is_taken_in_and_why_is_said(browser: Browser, office: Office) -> None:
    round_ = office.report.participant.round
    round_.due_at = timezone.now() - dt.timedelta(minutes=1)
    round_.save()
    answer = send(browser.as_person(office.officer), office, a="5")

    assert answer.status_code == 409
    assert answer.json()["message"].startswith("Đã hết hạn báo cáo.")


def test_a_report_with_the_head_takes_nothing_in(browser: Browser, office: Office) -> None:
    Report.objects.filter(pk=office.report.pk).update(state=ReportState.SUBMITTED)
    answer = send(browser.as_person(office.officer), office, a="5")

    assert (answer.status_code, "thủ trưởng" in answer.json()["message"]) == (409, True)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{}",
        '{"cells": 5}',
        '{"cells": {"1.1/a": 5}}',
        '{"cells": {"1.1/a": {"text": "5", "seen": "x"}}}',
        '{"cells": {"nowhere": {"text": "5"}}}',
    ],
)
def test_what_is_no_save_is_refused_whole(browser: Browser, office: Office, body: str) -> None:
    browser.as_person(office.officer)
    answer = browser.post(office.address("values"), body, content_type="application/json")

    assert (answer.status_code, answer.json()["error"]) == (400, "unreadable")


def test_entry_on_behalf_of_a_unit_is_marked_in_the_log(browser: Browser, office: Office) -> None:
    send(browser.as_person(office.coordinator), office, a="5")

    assert Entry.objects.get(strand=office.report.strand).data["on_behalf"] is True


def test_a_value_of_a_provider_counts_until_the_unit_enters_its_own(browser: Browser, office: Office) -> None:
    supplied = {"households": {"v": "20", "by": None, "at": "2026-01-01T00:00:00+00:00", "n": 1, "source": "Thống kê"}}
    make.report(office.report.participant, stage=ValueStage.PROVIDER, values=supplied)
    browser.as_person(office.officer)

    assert send(browser, office, a="5").json()["total"]["points"] == "5"
    assert send(browser, office, b="10").json()["total"]["points"] == "10"
    assert send(browser, office, b={"text": "", "seen": 2}).json()["total"]["points"] == "5"


def test_a_save_asks_few_questions_of_the_database(browser: Browser, office: Office, django_assert_num_queries) -> None:
    browser.as_person(office.officer)
    send(browser, office, a="1", b="2")
    with django_assert_num_queries(8):
        # session, person, roles; begin, report, entry, report, end
        send(browser, office, a={"text": "2", "seen": 1}, b={"text": "4", "seen": 1}, plan="có")


def test_a_page_that_outlived_its_session_gets_a_new_token(browser: Browser, office: Office) -> None:
    assert browser.get("/reports/token").status_code == 401
    assert browser.as_person(office.officer).get("/reports/token").json()["person"] == office.officer.pk
