"""The app's name for Django."""

from __future__ import annotations

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """Names the app."""

    name = "chiso.web.collection"
    label = "collection"

    def ready(self) -> None:
        """Hold what goes with a report, such as its evidence, while the report lies with the head."""
        from chiso.web.collection.services import is_with_head
        from chiso.web.rounds.entry import HOLDS

        HOLDS.append(is_with_head)
