"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.units"
    label = "units"
