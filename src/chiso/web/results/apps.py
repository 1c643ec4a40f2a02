"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.results"
    label = "results"

    def ready(self) -> None:
        """Work results out anew when the units or terms of a round have changed."""
        from chiso.web.jobs.services import start  # models are there only now
        from chiso.web.rounds.preparing import FOLLOWING

        FOLLOWING.append(
            lambda round_, actor: start(kind="results.recalculate", actor=actor, arguments={"round": round_.pk})
        )
