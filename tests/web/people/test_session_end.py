"""A session that ended: what was sent is not carried out, is said so, and one comes back to the page it stood on."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import HttpResponse
from django.urls import reverse

from chiso.web.collection.models import Receipt
from chiso.web.people.models import Role
from tests.web.conftest import Browser
from tests.web.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def back(answer: HttpResponse) -> str:
    """Return the page to which one comes after signing in."""
    assert urlsplit(answer["Location"]).path == "/account/login/"
    return parse_qs(urlsplit(answer["Location"]).query)["next"][0]


def test_a_form_leads_back_to_its_page_with_a_word(browser: Browser, world: World) -> None:
    page = f"/reports/{world.report.pk}/missing"
    answer = browser.post(
        f"/reports/{world.report.pk}/submit", {"seen": 0}, headers={"referer": f"http://testserver{page}"}
    )

    assert back(answer) == page
    assert Receipt.objects.count() == 0
    assert (
        "Phiên làm việc đã hết: nội dung vừa gửi chưa được thực hiện"
        in browser.get(answer["Location"]).content.decode()
    )


@pytest.mark.parametrize("page", ["", "https://elsewhere.example/x", "//elsewhere.example/x"])
def test_a_form_from_nowhere_leads_to_the_first_page(browser: Browser, world: World, page: str) -> None:
    answer = browser.post(f"/reports/{world.report.pk}/submit", headers={"referer": page})
    assert back(answer) == "/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_script_is_told(browser: Browser, world: World, method: str) -> None:
    ask = getattr(browser, method)
    answer = ask(reverse("evidence_at_criterion", args=(world.participant.pk, "1.1")), headers={"HX-Request": "true"})
    assert (answer.status_code, answer.content.decode()) == (401, "Phiên làm việc đã hết. Hãy đăng nhập lại.")


def test_a_page_leads_to_signing_in_as_ever(browser: Browser, world: World) -> None:
    page = f"/reports/{world.report.pk}/missing?x=1"
    assert back(browser.get(page)) == page


def test_somebody_who_is_signed_in_is_not_concerned(browser: Browser, world: World) -> None:
    browser.as_person(world.own(Role.OFFICER))
    answer = browser.post(f"/reports/{world.report.pk}/submit", {"seen": world.report.number})
    assert answer["Location"] == f"/reports/{world.report.pk}/receipts/{Receipt.objects.get().hash}/"
