"""The workplace: places, plain forms, history, remarks, and who may see them."""

from __future__ import annotations

import pytest

from chiso.web.collection.models import Remark, Report
from tests.web.collection.conftest import Office
from tests.web.conftest import Browser

MARK = "\u241f"


def was(text: str = "") -> str:
    return f"{text}{MARK}{MARK}{MARK}"


def test_a_report_opens_at_the_first_place_that_is_not_filled_in(browser: Browser, office: Office) -> None:
    browser.as_person(office.officer)
    assert browser.get(f"/reports/of/{office.report.participant_id}/")["Location"] == office.address()
    assert browser.get(office.address())["Location"] == office.address("at/1.1/")

    cell = {"by": office.officer.pk, "at": "2026-01-01T00:00:00+00:00", "n": 1}
    Report.objects.update(values={"1.1/a": {"v": "5", **cell}, "households": {"v": "10", **cell}})
    assert browser.get(office.address())["Location"] == office.address("at/1.2/")


def test_a_participant_has_a_report_as_soon_as_it_is_opened(browser: Browser, office: Office) -> None:
    participant = office.report.participant
    office.report.delete()
    browser.as_person(office.officer)
    browser.get(f"/reports/of/{participant.pk}/")
    browser.get(f"/reports/of/{participant.pk}/")

    assert Report.objects.filter(participant=participant, stage="self").count() == 1


def test_a_place_shows_rule_inputs_units_and_points(browser: Browser, office: Office) -> None:
    cell = {"by": office.officer.pk, "at": "2026-01-01T00:00:00+00:00", "n": 1}
    Report.objects.update(values={"1.1/a": {"v": "6020", **cell}, "households": {"v": "12040", **cell}})
    page = browser.as_person(office.officer).get(office.address("at/1.1/")).content.decode()

    for text in (
        "a/b*Điểm tối đa",
        "6.020 hộ",
        "12.040 hộ",
        "<strong>10</strong> / 20 điểm",
        "Số hộ gia đình có Internet",
    ):
        assert text in page


def test_a_part_is_shown_where_only_the_place_changes(browser: Browser, office: Office) -> None:
    answer = browser.as_person(office.officer).get(office.address("at/1.1/"), headers={"hx-request": "true"})

    assert "<html" not in answer.content.decode()
    assert answer["Vary"].lower().find("hx-request") >= 0


def test_without_scripts_a_plain_form_saves_only_what_was_changed(browser: Browser, office: Office) -> None:
    form = {"seen": "0", "v:1.2/choice": "deputy", "was:1.2/choice": was(), "go": "1.3"}
    answer = browser.as_person(office.officer).post(office.address("at/1.2/"), form)
    office.report.refresh_from_db()

    assert answer["Location"] == office.address("at/1.3/")
    assert {fact: cell["v"] for fact, cell in office.report.values.items()} == {"1.2/choice": "deputy"}
    browser.post(office.address("at/1.2/"), {**form, "was:1.2/choice": was("deputy")})
    office.report.refresh_from_db()
    assert office.report.number == 1


def test_a_plain_form_comes_back_with_what_was_not_understood(browser: Browser, office: Office) -> None:
    answer = browser.as_person(office.officer).post(
        office.address("at/1.1/"), {"seen": "0", "v:1.1/a": "nhiều", "was:1.1/a": was()}
    )
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "không phải là một số" in page
    assert 'value="nhiều"' in page


def test_a_plain_form_shows_the_second_of_two_people_the_value_of_the_first(browser: Browser, office: Office) -> None:
    form = {"seen": "0", "was:1.1/a": was()}
    browser.as_person(office.officer).post(office.address("at/1.1/"), {**form, "v:1.1/a": "5"})
    answer = browser.as_person(office.second).post(office.address("at/1.1/"), {**form, "v:1.1/a": "7"})

    assert answer.status_code == 422
    assert f"{office.officer.full_name} vừa ghi 5 hộ" in answer.content.decode()
    browser.post(office.address("at/1.1/"), {"seen": "1", "was:1.1/a": was(), "v:1.1/a": "7"})
    assert Report.objects.get(pk=office.report.pk).values["1.1/a"]["v"] == "7"


def test_nothing_to_count_is_answered_with_a_reason(browser: Browser, office: Office) -> None:
    form = {"seen": "0", "state:1.1/a": "n/a", "note:1.1/a": "Không có hộ nào", "was:1.1/a": was()}
    browser.as_person(office.officer).post(office.address("at/1.1/"), form)
    cell = Report.objects.get(pk=office.report.pk).values["1.1/a"]

    assert (cell["v"], cell["note"]) == ("n/a", "Không có hộ nào")


def test_the_history_names_who_changed_what(browser: Browser, office: Office) -> None:
    form = {"seen": "0", "was:1.1/a": was()}
    browser.as_person(office.officer).post(office.address("at/1.1/"), {**form, "v:1.1/a": "5"})
    browser.post(office.address("at/1.1/"), {"seen": "1", "was:1.1/a": was("5"), "v:1.1/a": "1234"})
    page = browser.get(office.address("at/1.1/changes")).content.decode()

    assert page.index("1.234 hộ") < page.index("trống")
    assert office.officer.full_name in page


def test_a_remark_is_kept_and_settled(browser: Browser, office: Office) -> None:
    browser.as_person(office.officer)
    browser.post(office.address("at/1.1/remark"), {"kind": "difficulty", "text": "Không có số liệu của cấp xã"})
    made = Remark.objects.get()
    assert (made.code, made.kind, made.by_id, made.settled_at) == ("1.1", "difficulty", office.officer.pk, None)

    browser.post(office.address(f"remarks/{made.pk}/settle"))
    made.refresh_from_db()
    assert made.settled_at is not None


@pytest.mark.parametrize("address", ["", "at/1.1/", "at/1.1/changes", "missing", "review"])
def test_a_report_is_not_for_strangers(browser: Browser, office: Office, address: str) -> None:
    assert browser.as_person(office.stranger).get(office.address(address)).status_code == 403


@pytest.mark.parametrize("address", ["at/9.9/", "at/9.9/changes"])
def test_a_place_that_is_not_there(browser: Browser, office: Office, address: str) -> None:
    assert browser.as_person(office.officer).get(office.address(address)).status_code == 404


def test_a_place_asks_few_questions_of_the_database(
    browser: Browser, office: Office, django_assert_num_queries
) -> None:
    browser.as_person(office.officer).get(office.address("at/1.1/"))
    with django_assert_num_queries(5):  # session, person, roles; report, remarks
        browser.get(office.address("at/1.1/"))
