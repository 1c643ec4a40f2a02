"""Every address, walked as every role, for its own unit and another one, is as docs/reference/permissions.md says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from chiso.web.people.models import Role, User
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.world import World, collected

PAGE = Path(__file__).parents[2] / "docs/reference/permissions.md"
ARGUMENTS = collected("ARGUMENTS")
FORMS = collected("FORMS")
PREPARED = collected("PREPARED")
#: Stands for an answer that sends somebody to sign in.
SIGN_IN = 0
WAYS = ("GET", "POST")
YES_OR_NO = {"yes": True, "no": False}


@dataclass(frozen=True)
class Row:
    """A line of the table: an address and a way of asking, and who may."""

    name: str
    way: str
    nobody: bool
    no_role: bool
    own: frozenset[str]
    other: frozenset[str]

    def __str__(self) -> str:
        return f"{self.way} {self.name}"


def roles(cell: str) -> frozenset[str]:
    """Return the roles that a cell names: ``all``, ``none``, ``officer, head``, ``all but auditor``."""
    every = frozenset(Role.values)
    if cell in ("all", "none"):
        return every if cell == "all" else frozenset()
    named = frozenset(part.strip() for part in cell.removeprefix("all but ").split(","))
    assert named <= every, f"no such role: {named - every}"
    return every - named if cell.startswith("all but ") else named


def table() -> Iterator[Row]:
    """Yield the lines of the table."""
    for line in PAGE.read_text("utf-8").splitlines():
        if found := re.fullmatch(r"\| `([\w:]+)` \| (\w+) \| [^|]+ \| (\w+) \| (\w+) \| ([^|]+) \| ([^|]+) \|", line):
            name, way, nobody, no_role, own, other = found.groups()
            yield Row(name, way, YES_OR_NO[nobody], YES_OR_NO[no_role], roles(own.strip()), roles(other.strip()))


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Yield the names of all addresses; an address without a name could not be in the table."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix)
        else:
            assert isinstance(entry, URLPattern)
            assert entry.name, f"an address without a name: {entry.pattern}"
            yield prefix + entry.name


ROWS = list(table())


def test_every_line_of_the_table_is_understood() -> None:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert len(lines) == len(ROWS)


def test_every_address_is_in_the_table_once_for_each_way() -> None:
    assert sorted({row.name for row in ROWS}) == sorted(set(names(get_resolver())))
    assert len({str(row) for row in ROWS}) == len(ROWS)
    assert {row.way for row in ROWS} <= set(WAYS)


class Walk:
    """Asks for one address in one way; what a request changes is taken back at once."""

    def __init__(self, name: str, way: str) -> None:
        self.world, self._name = World(), name
        arguments = ARGUMENTS.get(name, lambda world: {})(self.world)
        self._address = reverse(name, kwargs=dict(arguments))
        self._form = dict(FORMS.get(name, lambda world: {})(self.world)) if way == "POST" else {}
        self._way = way.lower()

    def answer(self, person: User | None) -> HttpResponse:
        """Return what a person gets."""
        browser = Browser()
        with transaction.atomic():
            if person is not None:
                PREPARED.get(self._name, lambda person: None)(person)
                browser.as_person(person)
            answer = getattr(browser, self._way)(self._address, self._form)
            if answer.streaming:
                b"".join(answer)  # reading to the end closes the file
            transaction.set_rollback(True)
        return answer  # type: ignore[no-any-return]

    def status(self, person: User | None) -> int:
        """Return the status of the answer that a person gets; ``SIGN_IN`` when they are sent to sign in."""
        answer = self.answer(person)
        told_a_script = answer.status_code == 401 and answer.headers["Content-Type"] == "application/json"
        sent_away = answer.headers.get("Location", "").startswith("/account/login/")
        return SIGN_IN if told_a_script or sent_away else answer.status_code

    def admits(self, person: User | None) -> bool:
        """Say whether a person gets what they ask for, or at least an answer about their form."""
        status = self.status(person)
        assert status < 500, f"a fault: {status}"
        assert status != 405, "this way of asking is not offered: take the line out of the table"
        return status not in (SIGN_IN, 403, 404)


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_an_address_admits_whom_the_table_names(row: Row) -> None:
    walk = Walk(row.name, row.way)
    world = walk.world

    assert walk.admits(None) == row.nobody
    assert walk.admits(make.person()) == row.no_role
    assert {str(role.value) for role in Role if walk.admits(world.own(role))} == row.own
    assert {str(role.value) for role in Role if walk.admits(world.other(role))} == row.other


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({row.name for row in ROWS}))
def test_an_address_refuses_the_ways_that_the_table_does_not_name(name: str) -> None:
    for way in {*WAYS, "PUT", "PATCH", "DELETE"} - {row.way for row in ROWS if row.name == name}:
        walk = Walk(name, way)
        for person in (walk.world.own(Role.OPERATOR), walk.world.own(Role.COORDINATOR), walk.world.own(Role.HEAD)):
            assert walk.status(person) in (403, 404, 405), f"{way} is offered: {person}"
