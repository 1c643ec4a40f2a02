"""What a provider says once for a whole column of figures. The figures themselves stand in reports."""

from __future__ import annotations

from django.db import models

from chiso.web.rounds.models import Round


class Origin(models.Model):
    """Where a figure of a round comes from, and as of when, wherever a value does not say otherwise."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="origins")
    fact = models.CharField(max_length=80)
    as_of = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "fact"], name="providers_origin_once")]

    def __str__(self) -> str:
        return f"{self.fact}: {self.source} ({self.as_of})"
