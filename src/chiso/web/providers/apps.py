"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.providers"
    label = "providers"

    def ready(self) -> None:
        """Let agencies be reminded before the due day, as units are."""
        from chiso.web.providers.reminding import remind_before_due
        from chiso.web.reminders.services import ALSO

        ALSO.append(remind_before_due)
