"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.collection"
    label = "collection"

    def ready(self) -> None:
        """Hold what goes with a report while it lies with the head; tell the log where the strands of reports end."""
        from chiso.web.audit.queries import know_ends, know_fold  # models are there only now
        from chiso.web.collection.ends import Values, ends_of_reports
        from chiso.web.collection.moving import WORDS, reports_missing
        from chiso.web.collection.services import is_with_head
        from chiso.web.rounds.checks import KNOWN
        from chiso.web.rounds.entry import HOLDS
        from chiso.web.rounds.phrases import CHECKS

        HOLDS.append(is_with_head)
        know_ends("report", ends_of_reports)
        know_fold("report", Values)
        KNOWN.append(reports_missing)
        CHECKS.update(WORDS)
