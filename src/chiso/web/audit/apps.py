"""The app's name for Django; finds what the other apps say about their entries, in their ``log`` modules."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.audit"
    label = "audit"

    def ready(self) -> None:
        """Let every app say what its actions and strands are called."""
        autodiscover_modules("log")
