"""Before a round moves on, the page says what stands in the way and what somebody may have overlooked."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from chiso.web.audit.services import Actor
from chiso.web.people.models import Role
from chiso.web.rounds.checks import blocking, checks
from chiso.web.rounds.models import RankingGroup, Round, Stage
from chiso.web.rounds.phrases import CHECKS, sentence
from chiso.web.rounds.queries import lacking_people
from chiso.web.rounds.services import RoundError, move
from tests.web import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_() -> Round:
    return make.round_(make.unit("Tỉnh mẫu", make.Kind.PROVINCE), stage=Stage.PREPARING)


def told(round_: Round, to: Stage = Stage.OPEN) -> list[tuple[str, dict]]:
    return [(one.code, dict(one.data)) for one in checks(round_, to)]


def test_a_round_without_units_and_with_proposed_days_does_not_open(round_: Round) -> None:
    assert told(round_) == [("no_units", {}), ("calendar_proposed", {})]
    assert [one.blocks for one in blocking(round_, Stage.OPEN)] == [True, True]
    with pytest.raises(RoundError) as refused:
        move(round_id=round_.pk, to=Stage.OPEN, reason="", actor=Actor(make.person().pk))
    assert refused.value.code == "blocked"


def test_who_cannot_report_or_sign_is_counted(round_: Round) -> None:
    group = RankingGroup.objects.create(round=round_, name="Xã")
    both, officer_only, _nobody = (make.participant(round_, make.unit(), group) for _ in range(3))
    make.person((Role.OFFICER, both.unit), (Role.HEAD, both.unit))
    make.person((Role.OFFICER, officer_only.unit))
    round_.settled = ["calendar"]
    round_.save()

    assert told(round_) == [("no_officer", {"count": 1, "all": 3}), ("no_head", {"count": 2, "all": 3})]
    lacking = lacking_people(round_, timezone.localdate())
    assert lacking.head == {officer_only.pk, _nobody.pk}
    assert lacking.either == {officer_only.pk, _nobody.pk}
    # Somebody whose role has ended, or whose account was closed, helps nobody.
    person = make.person((Role.HEAD, officer_only.unit))
    assert len(lacking_people(round_, timezone.localdate()).head) == 1
    person.assignments.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    assert len(lacking_people(round_, timezone.localdate()).head) == 2


def test_a_due_time_that_has_passed_and_units_without_a_group(round_: Round) -> None:
    one = make.participant(round_, make.unit())
    make.person((Role.OFFICER, one.unit), (Role.HEAD, one.unit))
    round_.settled, round_.due_at = ["calendar"], timezone.now() - dt.timedelta(hours=1)

    assert told(round_) == [("due_passed", {}), ("ungrouped", {"count": 1})]


def test_verification_before_the_due_time_is_worth_a_word(round_: Round) -> None:
    assert told(round_, Stage.VERIFICATION) == [("not_due", {})]
    round_.due_at = timezone.now() - dt.timedelta(hours=1)
    assert told(round_, Stage.VERIFICATION) == []


def test_every_check_has_its_sentence(round_: Round) -> None:
    make.participant(round_, make.unit())
    assert {one.code for one in checks(round_, Stage.OPEN)} < set(CHECKS)
    assert "1 trên 1 đơn vị" in " ".join(sentence(one) for one in checks(round_, Stage.OPEN))
