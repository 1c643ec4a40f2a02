"""A real browser, and people signed in to it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from django.apps import apps
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, sync_playwright
from pytest_django import DjangoDbBlocker

from chiso.web.audit.models import Entry
from chiso.web.collection.live import forget
from chiso.web.collection.models import Report
from chiso.web.people.models import User
from tests.web import factories as make
from tests.web.browser.chromium import ARGS, CHROMIUM
from tests.web.collection.conftest import Office, made_office

# Playwright keeps a loop running; the tests still speak to the database themselves.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def anew() -> None:
    forget()


#: A database in memory has one connection, and what one request began there another would end: they take turns.
_TURN = threading.Lock()
#: No request of the tests takes so long, in seconds.
_PATIENCE = 20


@pytest.fixture(scope="session", autouse=True)
def one_by_one(django_db_setup: None) -> Iterator[None]:
    """Answer one request after the other, where all share one connection."""
    if connection.vendor == "postgresql":
        yield
        return
    answer = WSGIHandler.__call__

    def in_turn(*call: Any) -> Any:
        with _TURN:
            return answer(*call)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIHandler, "__call__", in_turn)
        yield


@pytest.fixture(autouse=True)
def turns() -> Iterator[list[threading.Lock]]:
    """Give back, once the database has been emptied, the turn that was taken for it."""
    taken: list[threading.Lock] = []
    yield taken
    for one in taken:
        one.release()


@pytest.fixture(autouse=True)
def undisturbed(turns: list[threading.Lock], transactional_db: None) -> Iterator[None]:
    """Keep requests out while the database is emptied: pages that are left send their last values."""
    yield
    if _TURN.acquire(timeout=_PATIENCE):
        turns.append(_TURN)


@pytest.fixture(scope="session", autouse=True)
def nobody_stays(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Part from the pages that are still connected to PostgreSQL in the end: its database could not be taken away."""
    yield
    if connection.vendor == "postgresql":
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")


@pytest.fixture(scope="module", autouse=True)
def forgetting(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let PostgreSQL empty all its tables at one go after each test of a module, the log's too."""
    if connection.vendor != "postgresql":
        yield
        return
    with django_db_blocker.unblock():
        _altered(_guard().allow)
    yield
    with django_db_blocker.unblock():
        _altered(_guard().forbid)


def _guard() -> ModuleType:
    return import_module("chiso.web.audit.migrations.0002_append_only")


@pytest.fixture
def emptied_log(transactional_db: None) -> Iterator[None]:
    """Take the log's entries away in the end, which the database otherwise refuses, so that it can be emptied."""
    yield
    if connection.vendor == "postgresql":
        return
    guard = _guard()
    meanwhile(lambda: _altered(guard.allow))
    meanwhile(lambda: Entry.objects.all().delete())
    meanwhile(lambda: _altered(guard.forbid))


@pytest.fixture
def report(emptied_log: None) -> Report:
    """The report of a commune, in a round of its province that is open."""
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    return make.report(make.participant(make.round_(province), make.unit("Xã mẫu A", parent=province)))


def _altered(how: Callable[..., None]) -> None:
    with connection.schema_editor() as editor:
        how(apps, editor)


def meanwhile(act: Callable[[], object]) -> None:
    """Do something in the database while pages are at work, or send their last values: in memory it has one place."""
    for _ in range(50):
        try:
            act()
        except OperationalError:
            time.sleep(0.1)
        else:
            return
    act()


@pytest.fixture
def office(emptied_log: None) -> Office:
    return made_office()


#: The laptop for which the pages are made.
LAPTOP = {"width": 1366, "height": 768}


def signed_in(chromium: Browser, address: str, person: User, **options: object) -> BrowserContext:
    context = chromium.new_context(**{"locale": "vi-VN", "base_url": address, "viewport": LAPTOP, **options})
    sign_in(context.new_page(), person)
    context.pages[0].wait_for_url(f"{address}/")
    return context


def sign_in(page: Page, person: User) -> None:
    """Sign in, on the page for it unless one is led there already."""
    if "/account/login/" not in page.url:
        page.goto("/account/login/")
    page.fill("#id_login", person.email)
    page.fill("#id_password", "correct horse")
    page.keyboard.press("Enter")


def tab_to(page: Page, place: Locator) -> None:
    """Go to a place of the page by keyboard."""
    place.wait_for()
    for _ in range(80):
        if place.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not lead to {place}")


def slowly(route: Route) -> None:
    """Let a request wait longer than a page takes."""
    route.request.frame.page.wait_for_timeout(1500)
    route.continue_()
