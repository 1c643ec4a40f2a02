"""Jobs: what was asked for, by whom, how far it is, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting", _("waiting for its turn")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Job(models.Model):
    """A piece of long work.

    ``kind`` names a registered function (``jobs.work``), ``arguments`` are its own. ``done`` of ``total`` steps are
    behind it; ``seen_at`` is its last sign of life. ``attempt`` counts how often it was begun: an attempt that was
    given up for dead can no longer write. ``message`` is in ``language``, that of the person who asked.
    """

    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    source = models.FileField(upload_to="jobs/in/%Y/%m", blank=True)
    file = models.FileField(upload_to="jobs/out/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=2, default="vi")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="jobs")
    address = models.CharField(max_length=45, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "seen_at"], name="jobs_job_alive")]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED)
