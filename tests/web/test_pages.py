"""The frame: signing in, languages, and the pages that say no."""

from __future__ import annotations

import pytest

from chiso.web import formats
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db


def test_a_visitor_is_sent_to_sign_in(browser: Browser) -> None:
    answer = browser.get("/")

    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=/")


def test_pages_are_vietnamese_unless_english_was_chosen(browser: Browser) -> None:
    assert browser.get("/account/login/", headers={"accept-language": "en"}).headers["Content-Language"] == "vi"
    browser.post("/language", {"language": "en"})
    assert browser.get("/account/login/").headers["Content-Language"] == "en"


def test_somebody_signed_in_sees_their_work(browser: Browser) -> None:
    person = make.person()
    page = browser.as_person(person).get("/").content.decode()

    assert person.full_name in page


def test_a_page_that_is_not_there(browser: Browser) -> None:
    answer = browser.get("/nowhere")

    assert (answer.status_code, "<h1>" in answer.content.decode()) == (404, True)


@pytest.mark.parametrize(
    ("text", "shown"), [("2022-12-31", "31/12/2022"), ("Quý III", "Quý III"), ("31/12", "31/12"), ("", "")]
)
def test_the_day_of_a_figure_is_written_as_people_write_it(text: str, shown: str) -> None:
    assert formats.stated_day(text) == shown
