"""Whom to reach about a report: personal data, kept beside the values and never written into the log."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from chiso.web.audit.services import Actor, append
from chiso.web.collection.services import locked_report


@transaction.atomic
def save_contacts(*, report_id: int, contacts: Mapping[str, str], actor: Actor) -> None:
    """Keep contact data; the log says that they changed, and never what they are."""
    report = locked_report(report_id)
    kept = {name: text for name, text in contacts.items() if text}
    if kept == report.contacts:
        return
    action = "report.contacts_changed"
    entry = append(strand=report.strand, scope=report.scope, previous=report.head, action=action, actor=actor, data={})
    report.contacts = kept
    report.number, report.hash, report.changed_at = entry.number, entry.hash, entry.at
    report.save(update_fields=["contacts", "number", "hash", "changed_at"])
