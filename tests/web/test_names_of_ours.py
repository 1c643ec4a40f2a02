"""No page shows what only ChiSo knows: ids of facts and options, names of inputs, places left open in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from chiso.framework.inputs import Asked, asked
from chiso.framework.loader import bundled, bundled_text
from chiso.framework.model import Framework
from chiso.web.collection.asking import all_asked
from chiso.web.collection.layout import layout_of
from chiso.web.collection.sheets import Opened, explanation
from chiso.web.frameworks.services import loaded
from chiso.web.people.models import Role
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
#: What is seen of a page besides its text, and what is never seen of it.
_SEEN = re.compile(r'\b(?:title|placeholder|alt|aria-label)="([^"]*)"')
_UNSEEN = re.compile(r"<(script|style|datalist|head)\b.*?</\1>|<[^>]*>", re.S)
#: Sentences that were never filled in, and what Python calls things.
_BARE = re.compile(
    r"%\(\w+\)s|\{\w+\}|\bNone\b|\bNaN\b|\b[A-Z]\w+Error\b|<\w+ object|"
    r"\b\d+(?:\.\d+)*/[a-z_]+\b|#explanation"
)


def names_of_ours(framework: Framework) -> set[str]:
    """Return the names that the document does not print: of facts, inputs and options; letters are printed."""
    inputs = [one for criterion in framework.criteria.values() for one in asked(framework, criterion)]
    options = {option.id for one in inputs for option in one.options}
    names = {name for one in inputs for name in (one.name, one.fact)} | options | set(framework.known_facts)
    return {name for name in names if _ID.fullmatch(name) and len(name) > 2}


def seen(page: str) -> str:
    """Return what somebody sees of a page."""
    return unescape(" ".join([*_SEEN.findall(page), _UNSEEN.sub(" ", page)]))


def ours_in(page: str, names: set[str]) -> set[str]:
    text = seen(page)
    words = {one for one in re.findall(r"[\w']+", text) if one in names}
    return words | {one[0] for one in _BARE.finditer(text)}


_NUMBERS = ("count", "number", "amount", "share", "days", "points")


def answered(framework: Framework, number: str, choice: int) -> dict[str, dict[str, object]]:
    """Return a report in which every figure is the same number, and every choice the first option or the last."""
    return {fact: _cell(_text(one, number, choice)) for fact, one in all_asked(framework).items()}


def _text(one: Asked, number: str, choice: int) -> str:
    if one.type in ("text", "date", "document"):
        return "chữ"
    if number == "n/a" or one.type in _NUMBERS:
        return number
    return str(one.options[choice].id) if one.options else ("yes", "no")[choice]


def _cell(text: str) -> dict[str, object]:
    return {"v": text, "by": None, "at": "2026-01-01T00:00:00+00:00", "n": 1}


def documents(framework: Framework) -> Iterator[dict[str, dict[str, object]]]:
    """Yield reports that call forth what pages have to say: of nothing, of all, zeros, parts above wholes, n/a."""
    yield answered(framework, "0", -1)
    yield {}
    yield answered(framework, "1", 0)
    yield answered(framework, "n/a", 0)
    falling = [fact for fact, one in all_asked(framework).items() if one.type in _NUMBERS]
    yield {fact: _cell(str(max(100 - at, 0))) for at, fact in enumerate(falling)}


@dataclass
class Walk:
    """Looks at pages as somebody who may see all of them; keeps each name of ours with where it stood."""

    browser: Browser
    names: set[str]
    found: dict[str, str] = field(default_factory=dict)

    def hear(self, words: str, where: str) -> None:
        for name in ours_in(words, self.names):
            self.found.setdefault(name, where)

    def look(self, name: str, *args: object) -> None:
        page = self.browser.get(reverse(name, args=args))
        assert page.status_code == 200, (name, args)
        self.hear(page.content.decode(), f"{name} {args}")


@pytest.mark.parametrize("name", bundled())
def test_no_page_of_a_framework_shows_them(browser: Browser, name: str) -> None:
    version = make.framework(bundled_text(name))
    framework, province = loaded(version), make.unit(kind=make.Kind.PROVINCE)
    round_ = make.round_(province, version)
    walk = Walk(browser.as_person(make.person((Role.COORDINATOR, province))), names_of_ours(framework))
    layout = layout_of(framework, "vi")
    for at, values in enumerate(documents(framework)):
        participant = make.participant(round_, make.unit(parent=province), registered_level=1)
        report = make.report(participant, values=values, number=1)
        opened = Opened(report, framework, layout)
        with opened.live() as live:
            for code, place in layout.places.items():
                told = explanation(opened, place, live)
                if told is not None:
                    walk.hear(render_to_string("collection/part_points.html", {"explanation": told}), f"{at} {code}")
        walk.look("collection_missing", report.pk)
        if at == 0:
            walk.look("collection_review", report.pk)
            for code in layout.places:
                walk.look("collection_place", report.pk, code)
    for code in framework.criteria:
        walk.look("framework_criterion", version.pk, code)
    for page in ("framework", "framework_findings"):
        walk.look(page, version.pk)
    for step in ("readings", "outside", "below", "calendar", "people", "groups"):
        walk.look(f"round_{step}", round_.pk)
    assert walk.found == {}
