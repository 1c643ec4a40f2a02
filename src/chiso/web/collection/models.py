"""What units report. A report is one current document; every save appends one entry with all its values to the log."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from chiso.web.audit.chain import START, Head
from chiso.web.rounds.models import Participant


class ValueStage(models.TextChoices):
    """Whose values a report holds; all of them are kept side by side (W120)."""

    SELF = "self", _("self-assessment")
    PROVIDER = "provider", _("provider")
    VERIFIED = "verified", _("verified")
    COUNCIL = "council", _("council")


class ReportState(models.TextChoices):
    """How far a report has come."""

    DRAFT = "draft", _("being filled in")
    SUBMITTED = "submitted", _("submitted, waiting for the head")
    SIGNED = "signed", _("signed off")
    RETURNED = "returned", _("returned")


#: States of a report that lies with the head or is signed off: it takes no values, and the unit owes nothing more.
HELD = (ReportState.SUBMITTED, ReportState.SIGNED)


class Report(models.Model):
    """The values of one participant at one stage.

    ``values``: fact -> cell (see ``collection.cells``). ``progress``: dimension -> figures filled in and needed (see
    ``collection.progress``). ``contacts``: row of general information -> text that is personal data, which never
    enters the log. ``number`` and ``hash`` are the end of the report's strand in
    the log, ``report:<id>``: who locks the row to save may append to the strand. ``is_overtaken``: the report is held,
    and others have changed since what it was submitted with; ``compared_at``: when that was found, if not then.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="reports")
    stage = models.CharField(max_length=10, choices=ValueStage, default=ValueStage.SELF)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    values = models.JSONField(default=dict)
    progress = models.JSONField(default=dict)
    contacts = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default=START)
    changed_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    is_overtaken = models.BooleanField(default=False)
    compared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "stage"], name="collection_report_once")]

    def __str__(self) -> str:
        return f"{self.participant} ({self.stage})"

    @property
    def strand(self) -> str:
        """The name of the report's strand in the log."""
        return f"report:{self.pk}"

    @property
    def scope(self) -> str:
        """The part of the log to which the strand belongs; for a report that was read with its participant."""
        return self.participant.scope

    @property
    def head(self) -> Head:
        """The end of the report's strand."""
        return Head(self.number, self.hash)


class Receipt(models.Model):
    """A submission: a frozen copy of what was submitted, with the hash the unit keeps. Never changed."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="receipts")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    framework_hash = models.CharField(max_length=64)
    engine = models.CharField(max_length=40)
    content = models.JSONField()
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["report", "at"]

    def __str__(self) -> str:
        return self.hash[:12]


class SignOff(models.Model):
    """The head's word on a submission: signed, or sent back with what to mend."""

    class Decision(models.TextChoices):
        """What the head decided."""

        SIGNED = "signed", _("signed off")
        RETURNED = "returned", _("returned")

    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="sign_off")
    decision = models.CharField(max_length=10, choices=Decision)
    word = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.receipt}: {self.decision}"


class Remark(models.Model):
    """A remark on a criterion or fact of a participant; an objection contests a provider's value.

    ``value`` is the contested value as it stood, in an answer what it was corrected to. ``to`` is what is answered.
    """

    class Kind(models.TextChoices):
        """What a remark is for."""

        REMARK = "remark", _("remark")
        OBJECTION = "objection", _("objection to a supplied value")
        DIFFICULTY = "difficulty", _("difficulty with the criterion")
        ANSWER = "answer", _("answer of the provider")

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="remarks")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.REMARK)
    code = models.CharField(max_length=40, blank=True)
    fact = models.CharField(max_length=80, blank=True)
    value = models.TextField(blank=True)
    to = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    text = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(fields=["participant", "code"], name="collection_remark_place")]

    def __str__(self) -> str:
        return self.text[:40]


class Result(models.Model):
    """What the engine made of a participant's values at a stage; stored, shown everywhere, computed nowhere else.

    ``data`` is the unit's part of ``chiso score --format json``, without words (``scoring.unworded``).
    ``report_number`` tells which change it was made from.
    """

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="results")
    stage = models.CharField(max_length=10, choices=ValueStage, default=ValueStage.SELF)
    report_number = models.PositiveIntegerField()
    at = models.DateTimeField()
    engine = models.CharField(max_length=40)
    framework_hash = models.CharField(max_length=64)
    data = models.JSONField()
    total = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    rank = models.PositiveIntegerField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    is_provisional = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["participant", "stage"], name="collection_result_once")]

    def __str__(self) -> str:
        return f"{self.participant}: {self.total}"
