"""Opening a report for somebody: what they may do with it, and why it is closed when it is."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from chiso.web.collection.layout import layout_of
from chiso.web.collection.models import Report, ReportState
from chiso.web.collection.permissions import acts_on_behalf, may_read, may_report
from chiso.web.collection.queries import previous_of, whole_report
from chiso.web.collection.sheets import Opened
from chiso.web.formats import date, language
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Access, require
from chiso.web.rounds.entry import takes_values
from chiso.web.rounds.models import Stage


def found_report(report_id: int) -> Report:
    """Return a report with all that goes with it, or say that there is none."""
    try:
        return whole_report(report_id)
    except Report.DoesNotExist as error:
        raise Http404 from error


def opened(report: Report, access: Access, *, compare: bool = True) -> Opened:
    """Open a report for somebody who may read it; ``compare`` looks for last year's too."""
    participant = report.participant
    require(allowed=may_read(access, participant))
    framework = loaded(participant.round.framework, participant.round.readings)
    may_write = may_report(access, participant)
    found = Opened(report, framework, layout_of(framework, language()), on_behalf=acts_on_behalf(access, participant))
    found.closed = why_closed(report)
    found.may_write = may_write and not found.closed
    if compare:
        found.previous = previous_of(participant)
    return found


def why_closed(report: Report) -> str:
    """Return why a report takes in no values now, as a sentence; nothing while it does."""
    withdrawn = report.participant.withdrawn_at
    if withdrawn is not None:
        told = {"day": date(withdrawn), "reason": report.participant.withdrawn_for}
        return _("The unit was taken out of this round on %(day)s: %(reason)s. What was entered is kept.") % told
    if report.state == ReportState.SUBMITTED:
        return _("The report is with the head. It can change again when it is sent back.")
    if report.state == ReportState.SIGNED:
        return _("The head has signed the report off.")
    if takes_values(report.participant, timezone.now()):
        return ""
    stage = report.participant.round.stage
    if stage == Stage.PREPARING:
        return _("The round is not open yet.")
    if stage == Stage.OPEN:
        return _("The time for reporting is over. Ask the coordinator for permission to report late.")
    return _("The round takes in no more values.")
