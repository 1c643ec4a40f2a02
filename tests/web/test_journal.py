"""The server's own log has a line for each record, whatever is in a name, an address or a header."""

from __future__ import annotations

import io
import logging
import logging.config
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from chiso.web.journal import one_line
from chiso.web.people.models import Role
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

FORGED = "2026-11-30 08:00:00,000 ERROR django: somebody else was here"
EVIL = f"x\r\n{FORGED}\x1b[2J\x9b\x00\u2028{FORGED}\x85{FORGED}"


@pytest.fixture
def written() -> Iterator[Callable[[], list[str]]]:
    """Return what gives the lines that the product's own handler has written."""
    stream, root = io.StringIO(), logging.getLogger()
    made = logging.config.DictConfigurator({**settings.LOGGING, "version": 1})
    handler = logging.StreamHandler(stream)
    handler.setFormatter(made.configure_formatter(dict(settings.LOGGING["formatters"]["line"])))
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: stream.getvalue().splitlines()
    root.removeHandler(handler)
    root.setLevel(level)


def forged(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(FORGED[:10]) and "somebody else" in line[:80]]


def test_a_message_is_one_line(written: Callable[[], list[str]]) -> None:
    logging.getLogger("chiso").warning("a name: %s", EVIL)
    [line] = written()

    assert line.endswith(f"chiso: a name: {one_line(EVIL)}")
    assert one_line("Xã Đại Lộc\t\n\x1b") == "Xã Đại Lộc\\t\\n\\x1b"


def test_a_traceback_holds_no_record(written: Callable[[], list[str]]) -> None:
    try:
        raise ValueError(EVIL)
    except ValueError:
        logging.getLogger("chiso").exception("it broke")
    first, *rest = written()

    assert first.endswith("ERROR chiso: it broke")
    assert rest
    assert all(line.startswith("    ") for line in rest)


#: Ways to bring a text of one's own into the log, by the client of an officer and the address of their report.
WAYS: dict[str, Callable[[Browser, str], object]] = {
    "an address": lambda browser, _at: browser.get(f"/nothing/{quote(EVIL)}/?x={quote(EVIL)}"),
    "a host": lambda browser, _at: browser.get("/", headers={"host": EVIL}),
    "a browser's name": lambda browser, _at: browser.get("/nothing/", headers={"user-agent": EVIL, "referer": EVIL}),
    "a network address": lambda browser, _at: browser.get("/nothing/", headers={"x-forwarded-for": EVIL}),
    "a provider's answer": lambda browser, _at: browser.get(f"/account/oidc/sso/login/callback/?error={quote(EVIL)}"),
    "who signs in": lambda browser, _at: [
        browser.post("/account/login/", {"login": login, "password": "x"}, headers={"user-agent": EVIL})
        for login in ("an.mau@example.org",) * 6 + (EVIL.replace("\x00", ""),)
    ],
    "a file's name": lambda browser, at: browser.post(
        f"{at}excel/", {"file": SimpleUploadedFile(f"{EVIL}.xlsx", b"PK\x03\x04 cut")}
    ),
    "a kind of content": lambda browser, at: browser.post(f"{at}values", b"x", content_type=EVIL),
    "a token": lambda browser, at: browser.post(f"{at}submit", {"seen": "0"}, headers={"x-csrftoken": EVIL}),
}


@pytest.mark.parametrize("way", WAYS)
def test_nobody_writes_a_record_of_their_own(browser: Browser, written: Callable[[], list[str]], way: str) -> None:
    province = make.unit(kind=make.Kind.PROVINCE)
    commune = make.unit(parent=province)
    report = make.report(make.participant(make.round_(province), commune))
    browser.as_person(make.person((Role.OFFICER, commune)))
    browser.raise_request_exception = False
    WAYS[way](browser, f"/reports/{report.pk}/")

    assert forged(written()) == []
    assert not [line for line in written() if one_line(line) != line]
