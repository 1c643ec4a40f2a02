"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.operations"
    label = "operations"
