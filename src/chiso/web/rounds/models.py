"""Rounds, their ranking groups and participants."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.units.models import Unit
from chiso.web.vietnamese import DerivedField, ordered


class Stage(models.TextChoices):
    """Where a round stands. Values are taken in only while it is ``open`` (or by permission, see ``Extension``)."""

    PREPARING = "preparing", _("in preparation")
    OPEN = "open", _("open for reports")
    VERIFICATION = "verification", _("in verification")
    COUNCIL = "council", _("before the council")
    APPEAL = "appeal", _("open for appeals")
    PUBLISHED = "published", _("published")


class Round(models.Model):
    """A framework version applied to a set of units for a reporting year, with a calendar.

    ``assessor`` is the unit that holds the round; ``readings`` chooses other readings of unclear clauses;
    ``references`` holds values from outside: pseudo-unit (``@best``, ``@lowest``, ``@reference``) -> fact -> value.
    ``settled`` names the steps of preparation that somebody has gone through (``rounds.steps``); ``opened_at`` is when
    the round was first opened: from then on its framework stays, and changes need a reason.
    """

    title = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    framework = models.ForeignKey(FrameworkVersion, models.PROTECT, related_name="rounds")
    assessor = models.ForeignKey(Unit, models.PROTECT, related_name="rounds")
    readings = models.JSONField(default=dict, blank=True)
    references = models.JSONField(default=dict, blank=True)
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.PREPARING)
    opens_on = models.DateField()
    due_at = models.DateTimeField()
    verified_by = models.DateField(null=True, blank=True)
    council_on = models.DateField(null=True, blank=True)
    appeals_until = models.DateField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    #: Until when units register the level they aim at, where the framework has levels; empty: until the due time.
    registration_until = models.DateField(null=True, blank=True)
    settled = models.JSONField(default=list, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    #: Rounds of the tier below, whose reports or levels this round takes over (a district's from its communes').
    children = models.ManyToManyField("self", symmetrical=False, related_name="parents", blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="next")
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["-year", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def marked_title(self) -> str:
        """The title where no mark can stand beside it, in mails and files: sample data are called so."""
        return str(_("%(title)s (sample data)") % {"title": self.title}) if self.is_sample else self.title

    @property
    def strand(self) -> str:
        """The name of the round's strand in the log, and of the scope of all that happens in it."""
        return f"round:{self.pk}"


class RankingGroup(models.Model):
    """Units ranked together; an unranked group holds those that take part voluntarily, outside the official ranking."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="groups")
    name = models.CharField(max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    is_ranked = models.BooleanField(default=True)

    class Meta:
        ordering = ["round", "position"]
        constraints = [models.UniqueConstraint(fields=["round", "name"], name="rounds_group_once")]

    def __str__(self) -> str:
        return self.name


class TakingPart(models.Manager["Participant"]):
    """Finds the participants that have not been withdrawn: lists, sums and ranks are theirs."""

    def get_queryset(self) -> models.QuerySet[Participant]:
        """Leave out who was withdrawn."""
        return super().get_queryset().filter(withdrawn_at__isnull=True)


class Participant(models.Model):
    """A unit in a round. ``name`` is what it was called when it joined, so that lists need no look into history.

    A participant with ``part_of`` only supplies its part of the figures of another one: those add up to the other's.
    ``registered_level`` is the level it aims at, as its officer entered it; it counts once the head has confirmed it.
    One that was withdrawn keeps its values, but takes part in nothing (``objects``, ``round.participants``) any more.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="participants")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="participations")
    name = models.CharField(max_length=200)
    group = models.ForeignKey(RankingGroup, models.PROTECT, null=True, blank=True, related_name="participants")
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    registered_level = models.PositiveSmallIntegerField(null=True, blank=True)
    registered_at = models.DateTimeField(null=True, blank=True)
    level_confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_for = models.TextField(blank=True)
    sorted_by = DerivedField(of=("name",), by=ordered)

    objects = TakingPart()
    everyone = models.Manager["Participant"]()

    class Meta:
        ordering = ["round", "sorted_by"]
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="rounds_participant_once"),
            models.CheckConstraint(
                condition=Q(group__isnull=True) | Q(part_of__isnull=True), name="rounds_part_is_not_ranked"
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")), name="rounds_part_of_another"
            ),
        ]
        # Lists show a page of a round in this order: without it the database would read and sort the round for each.
        indexes = [
            models.Index(
                fields=["round", "sorted_by", "id"],
                condition=Q(withdrawn_at__isnull=True),
                name="rounds_participant_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def aimed_at(self) -> int | None:
        """The level that the unit has registered and its head confirmed; None before that."""
        return self.registered_level if self.level_confirmed_at is not None else None

    @property
    def scope(self) -> str:
        """The part of the log to which everything about the participant belongs."""
        return f"round:{self.round_id}"


class Extension(models.Model):
    """Permission for one participant to report after the due time, with its reason."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="extensions")
    until = models.DateTimeField()
    reason = models.TextField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["participant", "granted_at"]

    def __str__(self) -> str:
        return f"{self.participant}: {self.until:%d/%m/%Y %H:%M}"
