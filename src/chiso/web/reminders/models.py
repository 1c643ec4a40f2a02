"""Who was reminded of what, and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chiso.web.rounds.models import Participant, Round


class Duty(models.TextChoices):
    """What a person still has to do for a unit."""

    REPORT = "report", _("fill in the report and submit it")
    SIGNATURE = "signature", _("read the report and sign it off")


class Reminder(models.Model):
    """An act of reminding in a round: by a coordinator with a sentence of their own, or by the system (no person)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="reminders")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sentence = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.round}: {self.at:%d/%m/%Y %H:%M}"


class Notice(models.Model):
    """What one person was told of one duty. It is claimed before the mail is sent, so that no second one goes out.

    ``sent_at``: when the mail was given to the server; None while the person waits for their turn in a run.

    ``days_before`` is the step before the due day at which the system reminded by itself; None: a coordinator did.
    """

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="notices")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="notices")
    duty = models.CharField(max_length=10, choices=Duty)
    due_at = models.DateTimeField()
    days_before = models.PositiveSmallIntegerField(null=True)
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "claimed_at"], name="reminders_of_person"),
            models.Index(fields=["participant", "sent_at"], name="reminders_of_participant"),
        ]

    def __str__(self) -> str:
        return f"{self.participant}: {self.duty}"
