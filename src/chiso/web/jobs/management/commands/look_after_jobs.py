"""``look_after_jobs``: for cron, every few minutes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from chiso.web.audit.seal import seal_daily
from chiso.web.jobs.services import discard_old, resume_lost


class Command(BaseCommand):
    """Begins jobs again whose worker was killed, and removes old ones."""

    help = "Begin jobs again whose worker was killed, and remove those that were over 30 days ago."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do so, and say how many there were."""
        self.stdout.write(f"lost: {resume_lost()}, removed: {discard_old()}")
        if seal_daily():
            self.stdout.write("the log was sealed, and the seal sent")
