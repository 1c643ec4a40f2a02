"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Tell the pages about people which units report."""
        from chiso.web.people.directory import REPORTING  # models are there only now
        from chiso.web.rounds.queries import reporting_units

        REPORTING.append(reporting_units)
