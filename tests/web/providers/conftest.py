"""A round of three communes, and somebody at the statistics office who supplies their figures."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest

from chiso.web.collection.models import Report, ValueStage
from chiso.web.people.models import Role, User
from chiso.web.rounds.models import Participant, Round
from tests.web import factories as make
from tests.web.conftest import Browser

AGENCY = "Cơ quan thống kê"

#: Besides the number of households, the office supplies a choice and a figure of the criterion itself.
SMALL = make.SMALL.replace("lead: [Văn phòng]\n        clause: Phụ lục, dòng 1.2", "lead: [Cơ quan thống kê]").replace(
    "{name: a, label: Số hộ gia đình có Internet, unit: household}",
    "{name: a, label: Số hộ gia đình có Internet, unit: household, lead: [Cơ quan Thống kê]}",
)


@dataclass
class Bureau:
    round: Round
    units: list[Participant]
    provider: User
    second: User

    def address(self, rest: str = "") -> str:
        return f"/supply/{self.round.pk}/{rest}"

    def given(self, of: Participant) -> dict[str, str]:
        """Return what was supplied for a unit."""
        report = Report.objects.filter(participant=of, stage=ValueStage.PROVIDER).first()
        return {fact: cell["v"] for fact, cell in report.values.items()} if report else {}

    def cell(self, of: Participant, fact: str = "households") -> dict[str, object]:
        """Return what is kept in a cell."""
        return Report.objects.get(participant=of, stage=ValueStage.PROVIDER).values[fact]

    def send(self, browser: Browser, *cells: tuple[Participant, str, object], change: str = "c1"):
        """Save cells as the page does; a cell is its text, or all that is sent of it."""
        told = {f"{of.pk}:{fact}": one if isinstance(one, dict) else {"text": one} for of, fact, one in cells}
        body = json.dumps({"change": change, "cells": told})
        return browser.post(self.address("values"), body, content_type="application/json")


@pytest.fixture
def bureau(db) -> Bureau:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    round_ = make.round_(province, make.framework(SMALL))
    names = ("Xã Ân Thi", "Xã Ba Vì", "Xã Đại Lộc")
    units = [make.participant(round_, make.unit(name, parent=province)) for name in names]
    people = [make.person((Role.PROVIDER, province), agency=AGENCY) for _one in range(2)]
    return Bureau(round_, units, *people)
