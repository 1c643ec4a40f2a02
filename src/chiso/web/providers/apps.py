"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.providers"
    label = "providers"
