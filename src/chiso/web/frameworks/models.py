"""Framework versions: the text of a framework file, kept as it was used."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class FrameworkVersion(models.Model):
    """A framework as it was loaded: never changed, so that a result can always be recomputed with it.

    ``text`` is the framework file; ``bases`` holds the files it extends, by their ids. ``about`` is what lists say of
    it without loading it: see ``frameworks.services.about``. A withdrawn version is offered to no new round; rounds
    that have it keep it.
    """

    framework = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    hash = models.CharField(max_length=64, unique=True)
    title_vi = models.CharField(max_length=500)
    title_en = models.CharField(max_length=500)
    text = models.TextField()
    bases = models.JSONField(default=dict)
    about = models.JSONField(default=dict)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ["framework", "added_at"]

    def __str__(self) -> str:
        return f"{self.framework} {self.version}"
