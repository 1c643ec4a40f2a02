"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.frameworks"
    label = "frameworks"
