"""The app's name for Django; what people change about how they sign in is watched."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.people"
    label = "people"

    def ready(self) -> None:
        """Watch what people change about how they sign in."""
        import_module("chiso.web.people.watching")
