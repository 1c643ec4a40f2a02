"""Files and links that support facts. Content is kept once, by its hash; evidence outlives criteria and rounds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from chiso.web.rounds.models import Participant
from chiso.web.units.models import Unit


class Blob(models.Model):
    """The content of a file, kept once under its SHA-256 hash."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField(auto_now_add=True)
    #: What the check of a PDF's signatures found, for each of them.
    signatures = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.digest[:12]


class Evidence(models.Model):
    """A document that supports facts of a unit: a file or a link, with what identifies it and how long it counts."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=300)
    number = models.CharField(max_length=80, blank=True)
    date = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, blank=True, related_name="evidence")
    file_name = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=1000, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-added_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(blob__isnull=False, url="") | (Q(blob__isnull=True) & ~Q(url="")),
                name="evidence_file_or_link",
            )
        ]

    def __str__(self) -> str:
        return self.title


class EvidenceLink(models.Model):
    """Evidence put to a criterion of a participant; taken away it stays recorded."""

    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="links")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="evidence_links")
    code = models.CharField(max_length=40)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "participant", "code"],
                condition=Q(removed_at__isnull=True),
                name="evidence_linked_once",
            )
        ]
        indexes = [models.Index(fields=["participant", "code"], name="evidence_link_place")]

    def __str__(self) -> str:
        return f"{self.evidence} -> {self.code}"
