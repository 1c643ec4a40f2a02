"""What is owed, until when, and whom it concerns."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from chiso.web.collection.models import ReportState
from chiso.web.people.models import Assignment, Role
from chiso.web.reminders.duties import owed_by, recipients
from chiso.web.reminders.models import Duty
from chiso.web.rounds.models import Extension, Participant, Stage
from tests.web import factories as make

EVERYBODY = Participant.objects.all


@pytest.mark.parametrize(
    ("state", "duty"),
    [
        (None, Duty.REPORT),
        (ReportState.DRAFT, Duty.REPORT),
        (ReportState.RETURNED, Duty.REPORT),
        (ReportState.SUBMITTED, Duty.SIGNATURE),
        (ReportState.SIGNED, None),
    ],
)
def test_what_is_owed_follows_from_the_report(member, state, duty) -> None:
    if state is not None:
        make.report(member, state=state, progress={"1": [3, 5], "2": [1, 2]})
    found = owed_by(EVERYBODY())

    assert [one.duty for one in found] == ([] if duty is None else [duty])
    assert [(one.filled, one.asked) for one in found] == ([] if duty is None else [(4, 7) if state else (0, 0)])


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.OPEN])
def test_nothing_is_owed_in_a_round_that_is_not_open(member, stage: Stage) -> None:
    member.round.stage = stage
    member.round.save()

    assert owed_by(EVERYBODY()) == []


def test_late_entry_by_permission_moves_the_due_time(member) -> None:
    until = member.round.due_at + dt.timedelta(days=3)
    for days in (3, 1):
        Extension.objects.create(
            participant=member,
            until=member.round.due_at + dt.timedelta(days=days),
            reason="Bão",
            granted_by=make.person(),
        )

    assert [one.due_at for one in owed_by(EVERYBODY())] == [until]


def test_officers_fill_in_and_heads_sign(member, officer, head) -> None:
    report = make.report(member)
    assert [one.person for one in recipients(owed_by(EVERYBODY()))[0]] == [officer.pk]

    report.state = ReportState.SUBMITTED
    report.save()
    assert [one.person for one in recipients(owed_by(EVERYBODY()))[0]] == [head.pk]


def test_the_head_is_told_where_there_is_no_officer(member, head) -> None:
    assert [one.person for one in recipients(owed_by(EVERYBODY()))[0]] == [head.pk]


def test_a_person_with_several_units_is_one_recipient(member, officer, round_) -> None:
    other = make.participant(round_, make.unit("Xã B"))
    Assignment.objects.create(user=officer, role=Role.OFFICER, unit=other.unit, valid_from=make.LONG_AGO)
    (one,), nobody = recipients(owed_by(EVERYBODY()))

    assert [each.participant.name for each in one.owed] == ["Xã A", "Xã B"]
    assert nobody == []


@pytest.mark.parametrize("lost", ["ended", "ended at once", "closed", "later"])
def test_who_holds_the_role_no_more_is_not_told(member, officer, lost: str) -> None:
    today = timezone.localdate()
    if lost == "closed":
        officer.is_active = False
        officer.save()
    elif lost == "ended":
        officer.assignments.update(valid_to=today - dt.timedelta(days=1))
    elif lost == "ended at once":
        officer.assignments.update(ended_at=timezone.now())
    else:
        officer.assignments.update(valid_from=today + dt.timedelta(days=1))
    told, nobody = recipients(owed_by(EVERYBODY()))

    assert told == []
    assert [one.participant for one in nobody] == [member]


@pytest.mark.parametrize("units", [1, 5])
def test_queries_do_not_grow_with_the_number_of_units(round_, django_assert_num_queries, units: int) -> None:
    for _ in range(units):
        member = make.participant(round_, make.unit())
        make.report(member)
        make.person((Role.OFFICER, member.unit))

    with django_assert_num_queries(4):
        found = owed_by(EVERYBODY())
    with django_assert_num_queries(1):
        told, _nobody = recipients(found)
    assert len(told) == units
