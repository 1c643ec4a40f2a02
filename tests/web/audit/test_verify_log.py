"""``verify_log`` says where the log was tampered with, and prints the ends of its strands."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from chiso.web.audit.models import Strand
from chiso.web.audit.queries import Break, breaks
from chiso.web.audit.services import SYSTEM, record
from chiso.web.collection.models import Report
from tests.web import factories as make
from tests.web.audit.test_log import unguarded

pytestmark = pytest.mark.django_db


def test_a_whole_log_is_said_to_be_whole_with_its_ends() -> None:
    entry = record(strand="people", action="role.given", actor=SYSTEM)
    out = io.StringIO()
    call_command("verify_log", "--heads", stdout=out)

    assert out.getvalue().splitlines() == [f"people 1 {entry.hash}", "The log is whole: 1 entries."]


def test_an_altered_log_leaves_with_a_code_and_says_where() -> None:
    record(strand="people", action="role.given", actor=SYSTEM)
    unguarded("UPDATE audit_entry SET action = 'role.ended' WHERE number = %s", 1)
    err = io.StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify_log", stderr=err)

    assert (left.value.code, err.getvalue()) == (1, "people #1: this entry was altered\n")


def test_the_end_of_a_report_is_compared_with_the_report() -> None:
    report = make.report(make.participant(make.round_(make.unit()), make.unit()))
    entry = record(strand=report.strand, action="report.saved", actor=SYSTEM)
    Report.objects.filter(pk=report.pk).update(number=1, hash=entry.hash)
    assert list(breaks()) == []
    Report.objects.filter(pk=report.pk).update(number=2)

    assert list(breaks()) == [Break(report.strand, 1, "cut")]


def test_a_report_whose_entries_are_all_gone_is_found() -> None:
    report = make.report(make.participant(make.round_(make.unit()), make.unit()))
    entry = record(strand=report.strand, action="report.saved", actor=SYSTEM)
    Report.objects.filter(pk=report.pk).update(number=1, hash=entry.hash)
    unguarded("DELETE FROM audit_entry WHERE strand = %s", report.strand)

    assert list(breaks()) == [Break(report.strand, 0, "gone")]


def test_a_report_that_was_removed_is_found() -> None:
    report = make.report(make.participant(make.round_(make.unit()), make.unit()))
    entry = record(strand=report.strand, action="report.saved", actor=SYSTEM)
    Report.objects.filter(pk=report.pk).update(number=1, hash=entry.hash)
    Report.objects.all().delete()
    Strand.objects.filter(name=report.strand).delete()

    assert list(breaks()) == [Break(report.strand, 1, "cut")]
