"""A round with units, their officers and heads."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from chiso.web.people.models import Role, User
from chiso.web.rounds.models import Participant, Round
from chiso.web.units.models import Kind
from tests.web import factories as make


@pytest.fixture
def round_(db) -> Round:
    return make.round_(make.unit("Tỉnh mẫu", Kind.PROVINCE), title="Đợt mẫu")


@pytest.fixture
def member(round_: Round) -> Participant:
    return make.participant(round_, make.unit("Xã A"))


@pytest.fixture
def officer(member: Participant) -> User:
    return make.person((Role.OFFICER, member.unit), email="canbo@example.org")


@pytest.fixture
def head(member: Participant) -> User:
    return make.person((Role.HEAD, member.unit), email="thutruong@example.org")


@pytest.fixture
def coordinator(round_: Round) -> User:
    return make.person((Role.COORDINATOR, round_.assessor))


def in_days(days: int, hour: int = 17) -> dt.datetime:
    """Return a moment so many days from today."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
