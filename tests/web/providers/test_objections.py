"""An officer objects to a supplied figure at the figure; the provider answers or corrects; the officer settles."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from chiso.web.audit.models import Entry
from chiso.web.audit.queries import breaks
from chiso.web.collection.models import Receipt, Remark, Report
from chiso.web.people.models import Role, User
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.providers.conftest import Bureau


@pytest.fixture
def officer(bureau: Bureau) -> User:
    return make.person((Role.OFFICER, bureau.units[0].unit))


@pytest.fixture
def own(bureau: Bureau) -> Report:
    return make.report(bureau.units[0])


@pytest.fixture
def contested(browser: Browser, bureau: Bureau, officer: User, own: Report) -> Remark:
    """Supply a figure with its source, and let the officer object to it."""
    browser.as_person(bureau.provider)
    told = {"text": "12040", "source": "Niên giám 2025", "as_of": "31/12/2025"}
    bureau.send(browser, (bureau.units[0], "households", told))
    browser.as_person(officer)
    form = {"kind": "objection", "fact": "households", "text": "Thiếu 18 hộ mới tách"}
    browser.post(f"/reports/{own.pk}/at/1.1/remark", form)
    return Remark.objects.get()


def answer(browser: Browser, bureau: Bureau, remark: Remark, **told: str):
    form = {"text": "", "value": "12040", "was": "12040", "seen": "1", **told}
    return browser.as_person(bureau.provider).post(bureau.address(f"objections/{remark.pk}/"), form)


def sheet(browser: Browser, officer: User, own: Report) -> str:
    return browser.as_person(officer).get(f"/reports/{own.pk}/at/1.1/").content.decode()


def test_the_officer_sees_the_figure_with_its_provider_date_and_source(
    browser: Browser, bureau: Bureau, contested: Remark, officer: User, own: Report
) -> None:
    page = sheet(browser, officer, own)

    assert "<strong>Cơ quan thống kê:</strong> 12.040 hộ, tại 31/12/2025 (Niên giám 2025)" in page
    assert ("được tính khi đơn vị chưa nhập" in page, "đang dùng số của đơn vị" in page) == (True, False)
    browser.post(f"/reports/{own.pk}/values", {"cells": {"households": {"text": "12058"}}}, "application/json")
    assert "đang dùng số của đơn vị" in sheet(browser, officer, own)


def test_an_objection_keeps_the_value_that_it_contests(contested: Remark, bureau: Bureau) -> None:
    assert (contested.kind, contested.fact, contested.value) == ("objection", "households", "12040")
    entry = Entry.objects.get(action="remark.added")
    assert (entry.strand, entry.data["value"]) == (f"participant:{bureau.units[0].pk}", "12040")


def test_what_nobody_supplies_cannot_be_objected_to(browser: Browser, officer: User, own: Report) -> None:
    form = {"kind": "objection", "fact": "households", "text": "Sai"}
    answer = browser.as_person(officer).post(f"/reports/{own.pk}/at/1.1/remark", form, headers={"HX-Request": "true"})

    assert ("Không còn số liệu" in answer.content.decode(), Remark.objects.count()) == (True, 0)


def test_the_provider_sees_it_on_each_page(browser: Browser, bureau: Bureau, contested: Remark) -> None:
    browser.as_person(bureau.provider)
    page = browser.get(bureau.address("objections/")).content.decode()

    assert ("Thiếu 18 hộ mới tách" in page, "12.040 hộ" in page, "chờ trả lời" in page) == (True, True, True)
    for address in ("/", "/supply/", bureau.address()):
        assert "1 phản đối chưa xử lý" in browser.get(address).content.decode(), address


def test_an_answer_stands_beside_the_objection_and_the_officer_settles(
    browser: Browser, bureau: Bureau, contested: Remark, officer: User, own: Report
) -> None:
    assert answer(browser, bureau, contested, text="Số chốt ngày 31/12").status_code == 302
    assert "đã trả lời" in browser.get(bureau.address("objections/")).content.decode()
    page = sheet(browser, officer, own)
    assert ("Số chốt ngày 31/12" in page, page.count("Thiếu 18 hộ mới tách")) == (True, 1)

    browser.post(f"/reports/{own.pk}/remarks/{contested.pk}/settle")
    browser.as_person(bureau.provider)
    page = browser.get(bureau.address("objections/")).content.decode()
    assert ("đơn vị đã xác nhận xong" in page, "1 phản đối" in browser.get("/").content.decode()) == (True, False)
    assert [one.action for one in Entry.objects.filter(strand__startswith="participant:").order_by("number")] == [
        "remark.added",
        "remark.answered",
        "remark.settled",
    ]
    assert list(breaks()) == []


def test_a_correction_changes_the_figure_and_says_so(
    browser: Browser, bureau: Bureau, contested: Remark, officer: User, own: Report
) -> None:
    answer(browser, bureau, contested, text="Đã kiểm tra lại", value="12058")

    assert bureau.given(bureau.units[0]) == {"households": "12058"}
    assert Entry.objects.filter(action="report.saved").latest("at").data["reason"] == "Đã kiểm tra lại"
    page = sheet(browser, officer, own)
    assert ("Đã sửa thành 12.058 hộ" in page, "<strong>Cơ quan thống kê:</strong> 12.058 hộ" in page) == (True, True)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "Hãy ghi câu trả lời"),
        ({"value": "nhiều", "text": "Sửa"}, "“nhiều” không phải là một số"),
        ({"value": "-1"}, "âm"),
        ({"value": "5", "seen": "0"}, "người khác đã sửa"),
        ({"text": "x" * 4001}, "Hãy ghi câu trả lời"),
        ({"seen": "x", "text": "Có"}, "Hãy ghi câu trả lời"),
    ],
)
def test_what_cannot_be_taken_in_comes_back_and_nothing_is_kept(
    browser: Browser, bureau: Bureau, contested: Remark, told: dict[str, str], words: str
) -> None:
    came = answer(browser, bureau, contested, **told)

    assert (came.status_code, escape(words) in came.content.decode()) == (422, True)
    assert (bureau.given(bureau.units[0]), Remark.objects.count()) == ({"households": "12040"}, 1)


def test_the_history_tells_changes_of_the_provider_and_of_the_unit(
    browser: Browser, bureau: Bureau, contested: Remark, officer: User, own: Report
) -> None:
    answer(browser, bureau, contested, value="12058")
    browser.as_person(officer)
    body = '{"cells": {"households": {"text": "12060"}}}'
    browser.post(f"/reports/{own.pk}/values", body, content_type="application/json")
    page = browser.get(f"/reports/{own.pk}/at/1.1/changes").content.decode()

    news = [page.index(f"<strong>{text} hộ</strong>") for text in ("12.060", "12.058", "12.040")]
    assert news == sorted(news)
    assert page.count("do cơ quan cung cấp") == 2


def test_a_receipt_says_whose_a_value_is(
    browser: Browser, bureau: Bureau, contested: Remark, officer: User, own: Report
) -> None:
    browser.as_person(officer).post(f"/reports/{own.pk}/submit", {"seen": own.number})
    told = Receipt.objects.get().content["values"]["households"]

    assert told == {"v": "12040", "as_of": "31/12/2025", "source": "Niên giám 2025", "from": "provider"}


def test_a_closed_round_takes_an_answer_and_no_correction(browser: Browser, bureau: Bureau, contested: Remark) -> None:
    bureau.round.stage = "verification"
    bureau.round.save()

    assert answer(browser, bureau, contested, value="5").status_code == 422
    assert answer(browser, bureau, contested, text="Số chốt ngày 31/12").status_code == 302
    assert bureau.given(bureau.units[0]) == {"households": "12040"}


def test_another_agency_sees_and_answers_nothing(browser: Browser, bureau: Bureau, contested: Remark) -> None:
    other = make.person((Role.PROVIDER, bureau.round.assessor), agency="Công an tỉnh")
    browser.as_person(other)

    assert "Thiếu 18 hộ" not in browser.get(bureau.address("objections/")).content.decode()
    form = {"text": "Có", "value": "", "was": "", "seen": "1"}
    assert browser.post(bureau.address(f"objections/{contested.pk}/"), form).status_code == 404


def test_the_number_of_queries_does_not_depend_on_the_number_of_objections(
    browser: Browser, bureau: Bureau, contested: Remark, django_assert_max_num_queries
) -> None:
    for number in range(12):
        unit = make.participant(bureau.round, make.unit())
        told = {"participant": unit, "fact": "households", "by": make.person()}
        made = Remark.objects.create(**told, kind="objection", text=f"Ý kiến {number}")
        Remark.objects.create(**told, kind="answer", text=f"Trả lời {number}", to=made)
    browser.as_person(bureau.provider)
    browser.get(bureau.address("objections/"))
    with django_assert_max_num_queries(9):
        page = browser.get(bureau.address("objections/")).content.decode()
    assert "Trả lời 11" in page
