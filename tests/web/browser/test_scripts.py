"""The queue of values that wait, and what tabs tell each other of who is signed in: each script alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browser.conftest import sign_in, signed_in
from tests.web.collection.conftest import Office

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUE = """async ([newer, answer]) => {
  const { Queue } = await import("/static/collection/queue.js");
  const queue = new Queue(1, 1);
  queue.put("a", { text: "5", seen: 1 });
  queue.put("b", { text: "6", seen: 1 });
  const sent = queue.take().cells;
  for (const [fact, text] of Object.entries(newer)) queue.put(fact, { text, seen: 1 });
  queue.arrived(2);
  queue.holdBack({ refused: {}, conflicts: {}, where: { a: "1.1", b: "1.2" }, ...answer }, sent);
  const again = new Queue(1, 1);
  const found = { waits: again.cells(), held: again.held() };
  again.put("a", { text: "9", seen: 2 });
  return { ...found, after: Object.keys(again.held()), next: again.take()?.cells };
}"""

THEIRS = {"n": 2, "text": "7"}


@pytest.fixture
def page(chromium: Browser, live_server, office: Office) -> Page:
    return signed_in(chromium, live_server.url, office.officer).pages[0]


def cell(text: str, seen: int) -> dict[str, Any]:
    return {"text": text, "seen": seen}


@pytest.mark.parametrize(
    ("newer", "answer", "waits", "held"),
    [
        pytest.param({}, {}, {}, {}, id="everything was taken in"),
        pytest.param(
            {}, {"refused": {"a": "Không phải số"}}, {},
            {"a": {"cell": cell("5", 1), "at": "1.1", "sentence": "Không phải số"}}, id="not understood",
        ),
        pytest.param(
            {"a": "8"}, {"refused": {"a": "Không phải số"}}, {"a": cell("8", 2)}, {},
            id="not understood, and corrected meanwhile",
        ),
        pytest.param(
            {}, {"conflicts": {"b": THEIRS}}, {}, {"b": {"cell": cell("6", 1), "at": "1.2", "theirs": THEIRS}},
            id="changed by somebody else",
        ),
        pytest.param(
            {"b": "8"}, {"conflicts": {"b": THEIRS}}, {},
            {"b": {"cell": cell("8", 2), "at": "1.2", "theirs": THEIRS}},
            id="changed by somebody else, and typed anew meanwhile",
        ),
        pytest.param(
            {"b": "8"}, {"conflicts": {"a": THEIRS}}, {"b": cell("8", 2)},
            {"a": {"cell": cell("5", 1), "at": "1.1", "theirs": THEIRS}}, id="another cell waits",
        ),
    ],
)  # fmt: skip
def test_what_was_not_taken_in_is_held_until_somebody_has_looked(
    page: Page, newer: dict[str, str], answer: dict[str, Any], waits: dict[str, Any], held: dict[str, Any]
) -> None:
    found = page.evaluate(QUEUE, [newer, answer])

    assert (found["waits"], found["held"]) == (waits, held)
    # What is held is never sent by itself; a new value of the cell takes its place.
    assert found["after"] == [fact for fact in held if fact != "a"]
    assert found["next"] == {**waits, "a": cell("9", 2)}


def test_a_tab_hears_from_another_who_is_signed_in(chromium: Browser, live_server, office: Office) -> None:
    context = signed_in(chromium, live_server.url, office.officer)
    first = context.pages[0]
    hears = "window.heard = []; addEventListener('chiso:session', (event) => window.heard.push(event.detail))"
    first.evaluate(hears)
    second = context.new_page()
    second.goto("/")
    second.wait_for_load_state("networkidle")
    assert first.evaluate("window.heard") == []  # the same session: nothing is new

    token = first.evaluate("document.querySelector('meta[name=csrf-token]').content")
    for person, told in ((office.officer, "same"), (office.second, "other")):
        context.clear_cookies()
        second.goto("/account/login/")
        sign_in(second, person)
        second.wait_for_url(f"{live_server.url}/")
        # A function: an expression is evaluated anew while it waits, which our policy refuses.
        first.wait_for_function(f"() => window.heard.at(-1) === '{told}'")
    assert first.evaluate("window.heard") == ["same", "other"]
    assert first.evaluate("document.querySelector('meta[name=csrf-token]').content") != token
    expect(first.locator("[data-notice]")).to_contain_text("Người khác đã đăng nhập")


def test_a_page_for_nobody_tells_other_tabs_nothing(chromium: Browser, live_server, office: Office) -> None:
    context = signed_in(chromium, live_server.url, office.officer)
    kept = context.pages[0].evaluate("localStorage.getItem('chiso:session')")
    assert kept.startswith(f"{office.officer.pk}:")
    context.clear_cookies()
    context.pages[0].goto("/account/login/")

    assert context.pages[0].evaluate("localStorage.getItem('chiso:session')") == kept
