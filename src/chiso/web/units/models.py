"""Units over time. A unit keeps its identity; what it is called, which kind it is and to whom it belongs may change."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chiso.web.vietnamese import DerivedField, ordered


class Kind(models.TextChoices):
    """Kinds of units, as frameworks name them in ``unit_kinds``."""

    MINISTRY = "ministry", _("ministry")
    PROVINCE = "province", _("province")
    DEPARTMENT = "department", _("department")
    DISTRICT = "district", _("district")
    COMMUNE = "commune", _("commune")
    OTHER = "other", _("other body")


class LegalAct(models.Model):
    """The document by which units are created, renamed, moved, split, merged or ended."""

    number = models.CharField(max_length=80)
    date = models.DateField()
    issuer = models.CharField(max_length=200)
    title = models.CharField(max_length=500)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "date"], name="units_legal_act_once")]

    def __str__(self) -> str:
        return self.number


class Unit(models.Model):
    """An assessed or assessing body. ``code`` is its newest official code, never derived from its name.

    Codes may change, and one that is free again may be given to another unit: see ``UnitVersion.code``.
    """

    code = models.CharField(max_length=40, db_index=True)

    def __str__(self) -> str:
        return self.code


class UnitVersion(models.Model):
    """What a unit is from a day on: code, name, kind, parent. ``valid_to`` is its last day; None while it lasts."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="versions")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind)
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="child_versions")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    act = models.ForeignKey(LegalAct, models.PROTECT, null=True, blank=True, related_name="versions")
    found_by = DerivedField(of=("code", "name"))
    sorted_by = DerivedField(of=("name",), by=ordered)

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="units_version_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="units_version_lasts"
            ),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="units_version_code_of_one"
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "valid_from"], name="units_version_parent"),
            models.Index(fields=["sorted_by"], name="units_version_sorted"),
        ]

    def __str__(self) -> str:
        return self.name


class Succession(models.Model):
    """A unit that goes on in another one, by a legal act, from a day on: by merger, split or replacement."""

    class Kind(models.TextChoices):
        """How one unit became another."""

        MERGED = "merged", _("merged into")
        SPLIT = "split", _("split off into")
        REPLACED = "replaced", _("replaced by")

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="predecessions")
    kind = models.CharField(max_length=10, choices=Kind)
    on = models.DateField()
    act = models.ForeignKey(LegalAct, models.PROTECT, related_name="successions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="units_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="units_succession_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} -> {self.successor}"
