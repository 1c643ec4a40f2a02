"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class RemindersConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.reminders"
    label = "reminders"
