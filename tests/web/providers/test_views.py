"""The provider's pages: what is due, the grid with search and filters, and the grid as a plain form."""

from __future__ import annotations

import re

import pytest

from chiso.web.collection.models import Remark
from chiso.web.people.models import Role
from chiso.web.providers import grid
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.providers.conftest import Bureau


def shown(browser: Browser, bureau: Bureau, query: str = "") -> list[str]:
    """Return the names of the units that the grid shows."""
    page = browser.get(f"{bureau.address()}?{query}").content.decode()
    return re.findall(r'<span id="u\d+">([^<]+)<', page)


def test_the_first_page_leads_to_the_figures_with_how_far_they_are(browser: Browser, bureau: Bureau) -> None:
    browser.as_person(bureau.provider)
    bureau.send(browser, (bureau.units[0], "households", "5"))
    page = browser.get("/").content.decode()

    assert (bureau.address() in page, "1 trên 9 số liệu" in page) == (True, True)


def test_each_figure_is_listed_with_its_units(browser: Browser, bureau: Bureau) -> None:
    browser.as_person(bureau.provider)
    bureau.send(browser, (bureau.units[0], "households", "5"), (bureau.units[1], "households", "n/a: mới tách"))
    page = browser.get("/supply/").content.decode()

    assert re.findall(r"(\d) trên 3 đơn vị", page) == ["0", "2", "0"]


def test_whoever_supplies_nothing_here_is_told_so(browser: Browser, bureau: Bureau) -> None:
    other = make.person((Role.PROVIDER, bureau.round.assessor), agency="Công an tỉnh")
    browser.as_person(other)

    assert "Chưa có đợt nào" in browser.get("/supply/").content.decode()
    assert "không cần số liệu" in browser.get(bureau.address()).content.decode()


def test_rounds_in_preparation_are_not_listed(browser: Browser, bureau: Bureau) -> None:
    bureau.round.stage = "preparing"
    bureau.round.save()

    assert bureau.round.title not in browser.as_person(bureau.provider).get("/supply/").content.decode()


def test_units_stand_in_dictionary_order_and_are_found_without_diacritics(browser: Browser, bureau: Bureau) -> None:
    browser.as_person(bureau.provider)

    assert shown(browser, bureau) == ["Xã Ân Thi", "Xã Ba Vì", "Xã Đại Lộc"]
    assert shown(browser, bureau, "q=dai") == ["Xã Đại Lộc"]
    assert shown(browser, bureau, "q=khong") == []


def test_units_that_lack_a_figure_are_found(browser: Browser, bureau: Bureau) -> None:
    browser.as_person(bureau.provider)
    one, other, _third = bureau.units
    bureau.send(
        browser, *((one, fact, text) for fact, text in (("households", "5"), ("1.1/a", "3"), ("1.2/choice", "1")))
    )
    bureau.send(browser, (other, "households", "5"))

    assert shown(browser, bureau, "show=missing") == ["Xã Ba Vì", "Xã Đại Lộc"]
    assert shown(browser, bureau, "show=missing&fact=households") == ["Xã Đại Lộc"]
    bureau.send(browser, (other, "households", {"text": "", "seen": 1}), change="2")
    assert shown(browser, bureau, "show=missing&fact=households") == ["Xã Ba Vì", "Xã Đại Lộc"]


def test_units_that_object_are_found_until_it_is_settled(browser: Browser, bureau: Bureau) -> None:
    browser.as_person(bureau.provider)
    told = {"participant": bureau.units[1], "kind": "objection", "text": "Sai", "by": make.person()}
    remark = Remark.objects.create(**told, fact="households")

    assert shown(browser, bureau, "show=objected") == ["Xã Ba Vì"]
    assert shown(browser, bureau, "show=objected&fact=1.1/a") == []
    assert "1 phản đối chưa xử lý" in browser.get("/supply/").content.decode()
    remark.settled_at = remark.at
    remark.save()
    assert shown(browser, bureau, "show=objected") == []


def test_a_plain_form_keeps_what_was_changed_and_nothing_else(browser: Browser, bureau: Bureau) -> None:
    one, other, third = bureau.units
    browser.as_person(bureau.provider)
    bureau.send(browser, (third, "households", "9"))
    told = {}
    for unit, text, was in ((one, "5", ""), (other, "", ""), (third, "9", "9")):
        told |= {f"v:{unit.pk}:households": text, f"was:{unit.pk}:households": was, f"seen:{unit.pk}": "0"}
    answer = browser.post(bureau.address(), told)

    assert answer.status_code == 302
    assert [bureau.given(unit) for unit in bureau.units] == [{"households": "5"}, {}, {"households": "9"}]


def test_a_full_page_arrives_as_a_plain_form(browser: Browser, bureau: Bureau) -> None:
    """Without scripts every cell comes along, whether somebody wrote in it or not."""
    one = bureau.units[0].pk
    told = {f"{name}:{row}:f{column}": "" for name in ("v", "was") for row in range(100) for column in range(12)}
    told |= {f"seen:{row}": "0" for row in range(grid.ROWS)}
    assert len(told) == 2 * grid.ROWS * grid.COLUMNS + grid.ROWS
    answer = browser.as_person(bureau.provider).post(
        bureau.address(), told | {f"v:{one}:households": "5", f"was:{one}:households": "", f"seen:{one}": "0"}
    )

    assert (answer.status_code, bureau.given(bureau.units[0])) == (302, {"households": "5"})


def test_a_plain_form_comes_back_with_what_is_wrong(browser: Browser, bureau: Bureau) -> None:
    one, other, _third = bureau.units
    browser.as_person(bureau.second)
    bureau.send(browser, (other, "households", "6"))
    browser.as_person(bureau.provider)
    told = {}
    for unit, text in ((one, "năm"), (other, "7")):
        told |= {f"v:{unit.pk}:households": text, f"was:{unit.pk}:households": "", f"seen:{unit.pk}": "0"}
    answer = browser.post(bureau.address(), told)
    page = answer.content.decode()

    assert (answer.status_code, bureau.given(one), bureau.given(other)) == (422, {}, {"households": "6"})
    assert ('value="năm"' in page, "người khác đã ghi 6 hộ" in page) == (True, True)
    # Sent again from what the page shows now, it is the person's choice.
    told |= {f"was:{other.pk}:households": "6", f"seen:{other.pk}": "1"}
    browser.post(bureau.address(), told)
    assert bureau.given(other) == {"households": "7"}


def test_a_closed_round_is_shown_and_not_written(browser: Browser, bureau: Bureau) -> None:
    bureau.round.stage = "verification"
    bureau.round.save()
    browser.as_person(bureau.provider)
    page = browser.get(bureau.address()).content.decode()

    assert ("không nhận thêm" in page, "readonly" in page) == (True, True)
    told = {f"v:{bureau.units[0].pk}:households": "5", f"was:{bureau.units[0].pk}:households": ""}
    assert browser.post(bureau.address(), told).status_code == 422
    assert bureau.given(bureau.units[0]) == {}


@pytest.mark.parametrize(
    "query", ["page=x", "page=99", "part=99", "part=x", "fact=nothing", "show=x", "q=" + "a" * 500]
)
def test_an_address_that_means_nothing_shows_the_grid(browser: Browser, bureau: Bureau, query: str) -> None:
    assert browser.as_person(bureau.provider).get(f"{bureau.address()}?{query}").status_code == 200


def test_the_number_of_queries_does_not_depend_on_the_number_of_units(
    browser: Browser, bureau: Bureau, django_assert_max_num_queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.as_person(bureau.provider)
    browser.get(bureau.address())
    with django_assert_max_num_queries(13):
        browser.get(bureau.address())
    for number in range(30):
        unit = make.participant(bureau.round, make.unit(f"Xã thứ {number}"))
        make.report(unit, stage="provider", values={"households": {"v": "5", "by": 1, "at": "", "n": 1}})
    monkeypatch.setattr(grid, "ROWS", 20)
    with django_assert_max_num_queries(13):
        page = browser.get(f"{bureau.address()}?show=missing&q=xa&page=2").content.decode()
    assert "Trang 2 / 2" in page
    with django_assert_max_num_queries(9):
        browser.get("/supply/")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("submitted", "đã nộp: số liệu sửa từ nay được tính khi đơn vị nộp lại"),
        ("signed", "đã ký duyệt: số liệu sửa từ nay được tính khi đơn vị nộp lại"),
        ("draft", ""),
        ("returned", ""),
    ],
)
def test_a_row_says_that_its_unit_has_handed_in(browser: Browser, bureau: Bureau, state: str, words: str) -> None:
    make.report(bureau.units[1], state=state)
    browser.as_person(bureau.provider)
    page = browser.get(bureau.address()).content.decode()
    assert re.findall(r"data-held>([^<]*)<", page) == ["", words, ""]

    told = bureau.send(browser, *((of, "households", "5") for of in bureau.units)).json()
    assert told["held"] == ({str(bureau.units[1].pk): words} if words else {})
