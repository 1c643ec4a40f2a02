"""Every page that somebody may see: no code or style in the page itself, forms that only we can have made, headers."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.http import HttpResponse

from chiso.web.people.models import Role
from tests.web import factories as make
from tests.web.test_permissions import ROWS, Row, Walk

pytestmark = pytest.mark.django_db

#: Pages of a preview belong to whoever made it: nobody else may see them, and they are looked at with their own tests.
SHOWN = [row for row in ROWS if row.way == "GET" and (row.nobody or row.no_role or row.own or row.other)]


class Faults(HTMLParser):
    """Collects what a page must not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.script = False
        self.form: str | None = None
        self.has_token = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.found += [f"<{tag} {name}>" for name in given if name == "style" or name.startswith("on")]
        self.found += [f"javascript: in <{tag}>" for value in given.values() if (value or "").startswith("javascript:")]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.found.append(f"inline <{tag}>")
        for name in ("src", "href", "action"):
            if tag in ("script", "link", "img", "form", "iframe") and "//" in (given.get(name) or ""):
                self.found.append(f"<{tag} {name}={given[name]}>")
        if tag == "form" and (given.get("method") or "").lower() == "post":
            self.form, self.has_token = given.get("action") or "", False
        self.has_token |= tag == "input" and given.get("name") == "csrfmiddlewaretoken"

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            if not self.has_token:
                self.found.append(f"a form to {self.form!r} without a token")
            self.has_token = True


def page(row: Row) -> HttpResponse:
    """Return what the first one gets who may see a page."""
    walk = Walk(row.name, row.way)
    if row.nobody:
        return walk.answer(None)
    if row.no_role:
        return walk.answer(make.person())
    return walk.answer(walk.world.own(Role(min(row.own or row.other))))


@pytest.mark.parametrize("row", SHOWN, ids=str)
def test_a_page_holds_no_code_and_forms_only_we_can_have_made(row: Row) -> None:
    answer = page(row)
    if not answer.headers.get("Content-Type", "").startswith("text/html"):
        return
    faults = Faults()
    faults.feed(answer.content.decode())
    assert faults.found == []


@pytest.mark.parametrize("row", SHOWN, ids=str)
def test_an_answer_has_the_headers_that_keep_it_safe(row: Row) -> None:
    headers = page(row).headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {policy.get(name, "'none'") for name in ("script-src", "style-src")} <= {"'self'", "'none'"}
    for name in ("frame-ancestors", "object-src", "base-uri"):
        assert policy.get(name, "'none'") == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_a_fault_in_a_page_would_be_found() -> None:
    faults = Faults()
    faults.feed("<p style='x' onclick='y'><script>z</script><form method=post></form><img src='//elsewhere/a'>")
    assert len(faults.found) == 5
