"""Sample figures as the reports of units."""

from __future__ import annotations

from collections.abc import Sequence

from chiso.scoring.entries import Entry
from chiso.web.audit.services import Actor
from chiso.web.collection.models import Report
from chiso.web.collection.services import Written, save_values
from chiso.web.collection.spreadsheet import plain, target_of
from chiso.web.collection.submission import sign_off, submit
from chiso.web.frameworks.services import loaded


def fill(report: Report, entries: Sequence[Entry], actor: Actor) -> None:
    """Enter figures on behalf of a unit, as one change."""
    framework = loaded(report.participant.round.framework)
    written = {
        target.fact: Written(plain(entry.value), as_of=entry.as_of, source=entry.source, note=entry.note)
        for entry in entries
        if (target := target_of(framework, entry)) is not None
    }
    save_values(report_id=report.pk, framework=framework, written=written, actor=actor, on_behalf=True)


def send(report: Report, actor: Actor) -> None:
    """Submit a report and sign it off, on behalf of the unit."""
    framework = loaded(report.participant.round.framework)
    report.refresh_from_db()
    receipt = submit(report_id=report.pk, framework=framework, actor=actor, seen=report.number, on_behalf=True)
    sign_off(report_id=report.pk, receipt_hash=receipt.hash, actor=actor)
