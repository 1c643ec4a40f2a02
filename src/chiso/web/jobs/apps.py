"""The app's name for Django; finds the kinds of jobs that the other apps register in their ``tasks`` modules."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Let every app register what it does in the background."""
        autodiscover_modules("tasks")
