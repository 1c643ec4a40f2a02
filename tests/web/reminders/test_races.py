"""Two runs of reminders at the same moment tell everybody once. Needs PostgreSQL."""

from __future__ import annotations

from functools import partial

import pytest
from django.core import mail
from django.db import connection

from chiso.web.audit.services import Actor
from chiso.web.people.models import Role
from chiso.web.reminders import services
from chiso.web.reminders.models import Notice
from chiso.web.reminders.services import remind
from tests.web import factories as make
from tests.web import races

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("log_that_forgets"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a server that works on two things at once"),
]


@pytest.mark.parametrize("at_once", [1, 3, 200])
def test_two_runs_at_the_same_moment_tell_everybody_once(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "AT_ONCE", at_once)
    round_ = make.round_(make.unit("Tỉnh mẫu", make.Kind.PROVINCE))
    units = [make.participant(round_, make.unit()) for _ in range(7)]
    people = [make.person((Role.OFFICER, one.unit)).email for one in units]
    by = Actor(make.person((Role.COORDINATOR, round_.assessor)).pk)
    run = partial(remind, round_=round_, participants=[one.pk for one in units], sentence="", actor=by)

    assert races.at_once(run, run, refused=()) == ["done", "done"]
    assert sorted(address for one in mail.outbox for address in one.to) == sorted(people)
    assert Notice.objects.filter(sent_at__isnull=False).count() == Notice.objects.count() == 7
