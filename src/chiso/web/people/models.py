"""Accounts, roles and invitations."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chiso.web.units.models import Unit
from chiso.web.vietnamese import DerivedField, ordered


class UserManager(BaseUserManager["User"]):
    """Makes accounts; people get theirs by an invitation (``people.services``)."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make an account; without a password it can only sign in through single sign-on."""
        user = self.model(email=self.normalize_email(email).casefold(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the account of an address, in whatever capitals it is written."""
        return self.get(email=(username or "").casefold())


class User(AbstractBaseUser):
    """A person with an account. Name, phone and address are personal data: see ``people.permissions``."""

    email = models.EmailField(unique=True)
    full_name = models.CharField(max_length=120)
    position = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    found_by = DerivedField(of=("full_name",))
    sorted_by = DerivedField(of=("full_name",), by=ordered)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    def __str__(self) -> str:
        return self.full_name


class Role(models.TextChoices):
    """What a person may do, for a unit and a period."""

    OPERATOR = "operator", _("system operator")
    COORDINATOR = "coordinator", _("coordinator")
    OFFICER = "officer", _("officer")
    HEAD = "head", _("head")
    PROVIDER = "provider", _("data provider")
    VERIFIER = "verifier", _("verifier")
    COUNCIL_MEMBER = "council_member", _("council member")
    COUNCIL_SECRETARY = "council_secretary", _("council secretary")
    COUNCIL_CHAIR = "council_chair", _("council chair")
    LEADER = "leader", _("leader")
    AUDITOR = "auditor", _("auditor")


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Roles, asked for by the day."""

    def lasting(self, day: dt.date) -> AssignmentQuerySet:
        """Return those held on a day."""
        return self.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, ended_at__isnull=True
        )  # fmt: skip


class Assignment(models.Model):
    """A role of a person for a unit over a period; ``valid_to`` is its last day.

    A role that was ended at once, in the middle of a day, has ``ended_at``: from that moment on it gives nothing.
    Officers and heads act for ``unit`` itself; coordinators, verifiers, council, leaders and auditors for the rounds
    that ``unit`` holds as assessor; providers supply the facts of ``agency``, named as frameworks print it, in those.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="assignments")
    agency = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(role=Role.OPERATOR), name="people_role_of_a_unit"
            ),
            models.CheckConstraint(
                condition=Q(role=Role.PROVIDER) & ~Q(agency="") | ~Q(role=Role.PROVIDER) & Q(agency=""),
                name="people_provider_of_an_agency",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="people_role_lasts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.unit}"

    def is_on(self, day: dt.date) -> bool:
        """Whether the role is held on a day."""
        return self.valid_from <= day and not self.is_over(day)

    def is_over(self, day: dt.date) -> bool:
        """Whether the role has ended by a day."""
        return self.ended_at is not None or (self.valid_to is not None and self.valid_to < day)


class InvitationState(models.TextChoices):
    """Where an invitation stands."""

    WAITING = "waiting", _("mail is on its way")
    FAILED = "failed", _("mail could not be sent")
    SENT = "sent", _("waits for an answer")
    EXPIRED = "expired", _("expired")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("taken back")


class Invitation(models.Model):
    """A role offered by mail, with an account for those who have none.

    The token in the mail is made by the worker that sends it, and stored nowhere: ``token_digest`` only recognises it.
    Without a mail there is no digest, and nothing that could be accepted.
    """

    email = models.EmailField()
    full_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, choices=Role)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="invitations")
    agency = models.CharField(max_length=200, blank=True)
    valid_from = models.DateField(default=timezone.localdate)
    valid_to = models.DateField(null=True, blank=True)
    token_digest = models.CharField(max_length=64, unique=True, null=True, default=None)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["email"], name="people_invitation_email")]

    def __str__(self) -> str:
        return f"{self.full_name}: {self.role}"

    @property
    def state(self) -> InvitationState:
        """Where the invitation stands now."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        if self.valid_to and self.valid_to < timezone.localdate():
            return InvitationState.EXPIRED
        if self.failed_at:
            return InvitationState.FAILED
        if self.expires_at and self.expires_at <= timezone.now():
            return InvitationState.EXPIRED
        return InvitationState.SENT if self.sent_at else InvitationState.WAITING

    @property
    def is_over(self) -> bool:
        """Whether it was accepted or withdrawn, so that no mail can bring it back."""
        return self.state in (InvitationState.ACCEPTED, InvitationState.WITHDRAWN)
