"""Every page that somebody may see, in Chromium: nothing serious that axe finds, no script at fault, phones too."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from chiso.web.jobs.models import Job
from chiso.web.people.models import Role, User
from tests.web import factories as make
from tests.web.test_permissions import ARGUMENTS, PREPARED, ROWS, Row
from tests.web.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("emptied_log")]

#: What is no page: files, parts of pages, answers to scripts, addresses that lead on to another one.
NO_PAGE = frozenset({"healthy"})
#: Pages that tell somebody no, with a status that says so too.
SAYS_NO = frozenset({"openid_connect_callback", "socialaccount_login_error"})
TELEPHONE = 390
#: The page is laid out for its new width by the second frame from now.
LAID_OUT = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def shown() -> list[Row]:
    """Return the addresses that show something to somebody other than whoever just made it."""
    return [
        row for row in ROWS if row.way == "GET" and (row.nobody or row.no_role or row.own) and row.name not in NO_PAGE
    ]


@dataclass
class Visit:
    """Looks at pages as the people who may see them, each in a world of its own."""

    chromium: Browser
    address: str
    faults: list[str] = field(default_factory=list)

    def look(self, row: Row) -> bool:
        """Look at one page as the first one who may see it; say whether it is one."""
        world = World()
        path = reverse(row.name, kwargs=dict(ARGUMENTS.get(row.name, lambda world: {})(world)))
        context = self.chromium.new_context(
            locale="vi-VN", base_url=self.address, viewport={"width": 1366, "height": 768}
        )
        if not row.nobody:
            self._sign_in(context, world.own(Role(min(row.own))) if row.own else make.person(), row)
        try:
            return self._is_page(context, path, row.name) and self._judge(context.new_page(), path, row.name)
        finally:
            context.close()

    def _sign_in(self, context: BrowserContext, person: User, row: Row) -> None:
        if row.name in PREPARED:
            for model in (Authenticator, Job):
                model.objects.all().delete()  # what was prepared for the page before
            PREPARED[row.name](person)
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.address}])

    def _is_page(self, context: BrowserContext, path: str, name: str) -> bool:
        answer = context.request.get(path)
        if not answer.ok and name not in SAYS_NO:
            self.faults.append(f"{name}: status {answer.status}")
        return answer.headers.get("content-type", "").startswith("text/html") and "<html" in answer.text()

    def _heard(self, name: str, told: ConsoleMessage) -> None:
        # That such a page says no, with a status of its own, is no fault of a script.
        if told.type == "error" and not (name in SAYS_NO and "responded with a status" in told.text):
            self.faults.append(f"{name}: {told.text}")

    def _judge(self, page: Page, path: str, name: str) -> bool:
        page.on("console", lambda told: self._heard(name, told))
        page.on("pageerror", lambda error: self.faults.append(f"{name}: {error}"))
        page.goto(path)
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                places = "; ".join(" ".join(node["target"]) for node in violation["nodes"][:3])
                self.faults.append(f"{name}: {violation['id']} at {places}")
        page.set_viewport_size({"width": TELEPHONE, "height": 844})
        page.evaluate(LAID_OUT)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > TELEPHONE + 1:
            self.faults.append(f"{name}: {width} wide on a telephone")
        return True


def test_every_page_is_accessible_and_fits(chromium: Browser, live_server) -> None:
    visit = Visit(chromium, live_server.url)
    looked = [row.name for row in shown() if visit.look(row)]
    assert visit.faults == []
    assert len(looked) > 60
