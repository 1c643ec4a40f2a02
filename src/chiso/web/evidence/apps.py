"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.evidence"
    label = "evidence"
