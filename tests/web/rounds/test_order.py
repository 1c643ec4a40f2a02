"""Units stand in the order of Vietnamese dictionaries wherever they are listed, whatever the database."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from chiso.web.collection.models import Result
from chiso.web.people.models import Role
from chiso.web.providers import grid
from chiso.web.providers.opening import supplying
from chiso.web.results.board import page_of
from chiso.web.results.queries import ranking
from chiso.web.rounds.models import Participant, Round
from chiso.web.rounds.queries import named
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

#: As in a dictionary: a before ă before â, d before đ before e, numbers by their value, tones only among equals.
NAMES = [
    "Xã An Bình",
    "Xã Ân Thi",
    "Xã Dân Hòa",
    "Xã Đại Lộc",
    "Xã Ea Súp",
    "Xã Ô Môn",
    "Xã Tổ 2",
    "Xã Tổ 10",
    "Xã Ý Yên",
]


@pytest.fixture
def round_() -> Round:
    made = make.round_(make.unit("Tỉnh mẫu", make.Kind.PROVINCE))
    for name in (*NAMES[1::2], *NAMES[::2]):
        make.participant(made, make.unit(name))
    return made


def test_lists_pages_and_the_grid_of_agencies(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    names = dict(round_.participants.values_list("pk", "name"))
    monkeypatch.setattr("chiso.web.results.board.ROWS", 4)
    # A search goes another way.
    pages = [[row[1] for page in "123" for row in page_of(round_, words, "", page)[1]] for words in ("", "xa")]

    assert pages == [NAMES, NAMES]
    assert [one.name for one in named(round_, "")] == NAMES
    assert [one.name for one in round_.participants.all()] == NAMES
    assert [names[pk] for pk in grid.members(supplying(round_, ["Cơ quan thống kê"]), [], "", "")] == NAMES


def test_among_equal_points_and_those_without_any(round_: Round) -> None:
    for one in round_.participants.order_by("pk"):
        Result.objects.create(
            participant=one,
            stage="self",
            rank=1,
            total=5,
            data={},
            is_provisional=True,
            report_number=1,
            at=timezone.now(),
        )

    assert [one.participant.name for one in ranking(round_, None)] == NAMES


def test_another_name_stands_elsewhere(round_: Round) -> None:
    one = round_.participants.get(name="Xã Ý Yên")
    one.name = "Xã Ái Quốc"
    one.save()

    assert [row.name for row in named(round_, "")][:2] == ["Xã Ái Quốc", "Xã An Bình"]


def test_withdrawn_units_on_the_page_of_the_round(round_: Round) -> None:
    Participant.objects.update(withdrawn_at="2025-10-01T00:00:00Z", withdrawn_for="Sáp nhập")
    browser = Browser().as_person(make.person((Role.COORDINATOR, round_.assessor)))
    page = browser.get(reverse("round", args=(round_.pk,))).content.decode()

    assert [page.index(f"{one}") for one in NAMES] == sorted(page.index(one) for one in NAMES)


def test_what_was_there_before_is_put_in_order(round_: Round) -> None:
    Participant.objects.filter(name="Xã Ô Môn").update(withdrawn_at="2025-10-01T00:00:00Z")
    Participant.everyone.update(sorted_by="")
    import_module("chiso.web.rounds.migrations.0006_fill_sorted").fill(apps, connection.schema_editor())

    assert list(Participant.everyone.order_by("sorted_by").values_list("name", flat=True)) == NAMES
