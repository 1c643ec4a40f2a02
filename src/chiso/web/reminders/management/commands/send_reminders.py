"""``send_reminders``: for cron, once a day or more often."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chiso.web.reminders.services import ALSO, UnreachableServerError, remind_before_due


class Command(BaseCommand):
    """Reminds people by mail of what is due in a few days."""

    help = "Remind by mail of what is due in a few days (CHISO_REMINDER_DAYS); each step is told once."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do so, and say how many there were."""
        try:
            sent = remind_before_due()
            others = [act() for act in ALSO]
        except UnreachableServerError as error:
            raise CommandError(
                f"The mail server cannot be reached; reminded before that: {error.done.people}. Run the command again."
            ) from error
        self.stdout.write(
            f"reminded: {sent.people}, units: {len(sent.units)}, refused: {sent.refused}, "
            f"units without anybody: {sent.nobody}, agencies: {sum(agencies for agencies, _people in others)}"
        )
