"""The calendar shows the deadlines that the document prints, with the day they mean in the year of the round."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from chiso.framework.loader import load
from chiso.web.people.models import Role
from chiso.web.rounds.printed import deadlines_of
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

#: The small framework, with a deadline for its first criterion.
WITH_DUE = make.SMALL.replace(
    "dimensions:",
    "deadlines:\n  Quý IV hàng năm: {kind: yearly, quarter: 4}\n  Thường xuyên: {kind: continuous}\ndimensions:",
).replace("clause: Phụ lục, dòng 1.1", "clause: Phụ lục, dòng 1.1\n        due: Quý IV hàng năm")


def test_each_deadline_has_its_day_and_its_criteria() -> None:
    round_ = make.round_(make.unit(), year=2024, due_at=dt.datetime(2024, 12, 1, tzinfo=dt.UTC))
    framework = load("gia-lai-2023-province")
    found = {one.text: (one.criteria, one.day, one.is_late) for one in deadlines_of(framework, round_)}

    assert found["Quý IV hàng năm"][1:] == (dt.date(2024, 12, 31), True)
    assert found["Quý II năm 2024"][1:] == (dt.date(2024, 6, 30), False)
    assert found["Thường xuyên"][1:] == (None, False)
    assert sum(count for count, _, _ in found.values()) == sum(bool(one.due) for one in framework.criteria.values())


def test_the_calendar_shows_them() -> None:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    browser = Browser().as_person(make.person((Role.COORDINATOR, province)))
    due_at = dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
    rounds = [make.round_(province, version, due_at=due_at) for version in (make.framework(WITH_DUE), make.framework())]
    pages = [browser.get(reverse("round_calendar", args=(one.pk,))).content.decode() for one in rounds]

    assert ["Quý IV hàng năm" in page for page in pages] == [True, False]
    assert ("31/12/2025" in pages[0], "sau hạn nộp" in pages[0]) == (True, True)
