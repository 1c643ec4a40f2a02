"""The log's tables. Triggers in the database refuse to change or delete an entry."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from chiso.web.audit.chain import START

#: The one action that is much more frequent than all others.
FREQUENT = "report.saved"


class Strand(models.Model):
    """A sequence of entries about one thing, such as a round or a report; knows its own end."""

    name = models.CharField(max_length=80, primary_key=True)
    number = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)

    def __str__(self) -> str:
        return self.name


class Entry(models.Model):
    """One event: who did what, when, from where, with its data; never changed, never deleted.

    ``scope`` is the round to which the strand belongs, ``round:12``, or the strand itself where it is of the whole
    installation: whoever may see a scope finds its newest entries at once among millions. It follows from the strand,
    so it is no part of the hash.
    ``action`` is a dotted name such as ``report.saved``; each app has the words for its own in its module ``log``.
    """

    strand = models.CharField(max_length=80)
    scope = models.CharField(max_length=80)
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    address = models.CharField(max_length=45, blank=True)
    data = models.JSONField(default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["strand", "number"], name="audit_entry_place")]
        indexes = [
            models.Index(fields=["scope", "at", "id"], name="audit_entry_scope"),
            models.Index(fields=["by", "at"], name="audit_entry_by"),
            # Of ten million entries nearly all are saves, which cost nothing here: every other action is found at once.
            models.Index(
                fields=["scope", "action", "at", "id"], condition=~Q(action=FREQUENT), name="audit_entry_action"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.strand} #{self.number}: {self.action}"
