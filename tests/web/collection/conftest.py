"""A commune with its report, and the people around it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from chiso.web.collection.live import forget
from chiso.web.collection.models import Report
from chiso.web.people.models import Role, User
from chiso.web.units.models import Unit
from tests.web import factories as make


@dataclass
class Office:
    report: Report
    commune: Unit
    province: Unit
    officer: User
    second: User
    head: User
    coordinator: User
    stranger: User

    def address(self, rest: str = "") -> str:
        return f"/reports/{self.report.pk}/{rest}"


@pytest.fixture
def office(db) -> Office:
    return made_office()


def made_office() -> Office:
    """Make a round that is open, one of its communes, and the people around it."""
    forget()
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    commune = make.unit("Xã mẫu A", parent=province)
    other = make.unit("Xã mẫu B", parent=province)
    return Office(
        make.report(make.participant(make.round_(province), commune)),
        commune,
        province,
        make.person((Role.OFFICER, commune)),
        make.person((Role.OFFICER, commune)),
        make.person((Role.HEAD, commune)),
        make.person((Role.COORDINATOR, province)),
        make.person((Role.OFFICER, other)),
    )
