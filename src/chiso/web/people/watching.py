"""What people change about how they sign in, which django-allauth does, enters the log too; never what they chose."""

from __future__ import annotations

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.dispatch import receiver
from django.http import HttpRequest

from chiso.web.audit.services import Actor, record
from chiso.web.people.models import User
from chiso.web.people.services import STRAND


@receiver([password_changed, password_set, password_reset])
def note_password(sender: object, request: HttpRequest, user: User, **told: object) -> None:
    """Note a new password; whoever lost the old one is not signed in, and acts all the same."""
    _note("account.password_changed", request, user)


@receiver(authenticator_added)
def note_added(sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **told: object) -> None:
    """Note a second factor that was set up."""
    _note("account.second_factor_added", request, user, factor=authenticator.type)


@receiver(authenticator_reset)
def note_reset(sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **told: object) -> None:
    """Note a second factor that was made anew: recovery codes."""
    _note("account.second_factor_added", request, user, factor=authenticator.type)


@receiver(authenticator_removed)
def note_removed(
    sender: object, request: HttpRequest, user: User, authenticator: Authenticator, **told: object
) -> None:
    """Note a second factor that was given up."""
    _note("account.second_factor_removed", request, user, factor=authenticator.type)


def _note(action: str, request: HttpRequest, user: User, **data: str) -> None:
    actor = Actor(user.pk, request.META.get("REMOTE_ADDR", ""))
    record(strand=STRAND, action=action, actor=actor, account=user.pk, **data)
