"""Invitations: made, sent by a worker, sent again, withdrawn, accepted; each of it logged, by numbers only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.jobs import services as jobs
from chiso.web.people import tokens
from chiso.web.people.models import Assignment, Invitation, InvitationState, Role, User
from chiso.web.people.roles import grant
from chiso.web.people.services import STRAND, PeopleError

#: States in which nothing can be accepted.
_ENDED = (InvitationState.ACCEPTED, InvitationState.WITHDRAWN, InvitationState.EXPIRED)


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody is invited to: a role for a unit (None: the installation) over a period; providers: an agency."""

    email: str
    full_name: str
    role: Role
    unit_id: int | None
    valid_from: dt.date
    valid_to: dt.date | None = None
    agency: str = ""


@transaction.atomic
def invite(*, offers: Sequence[Offer], actor: Actor) -> list[Invitation]:
    """Invite people; a worker writes to them.

    Raises:
        PeopleError: somebody holds the role already, or is invited to it already.
    """
    if refused := conflicts(offers):
        raise PeopleError(next(iter(refused.values())))
    made = Invitation.objects.bulk_create(
        [
            Invitation(
                email=offer.email.casefold(),
                full_name=offer.full_name,
                role=offer.role,
                unit_id=offer.unit_id,
                agency=offer.agency,
                valid_from=offer.valid_from,
                valid_to=offer.valid_to,
                invited_by_id=actor.person,
            )
            for offer in offers
        ]
    )
    told = [{"invitation": one.pk, "role": str(one.role), "unit": one.unit_id} for one in made]
    record(strand=STRAND, action="people.invited", actor=actor, invitations=told)
    _send(made, actor)
    return made


def conflicts(offers: Sequence[Offer]) -> dict[int, str]:
    """Return which offers, by position, cannot be made, with the code that says why; two queries, however many."""
    emails = {offer.email.casefold() for offer in offers}
    open_ = Invitation.objects.filter(email__in=emails, accepted_at=None, withdrawn_at=None)
    invited = {_key(one.email, one.role, one.unit_id, one.agency) for one in open_ if one.state not in _ENDED}
    lasting = Assignment.objects.lasting(timezone.localdate()).filter(user__email__in=emails, user__is_active=True)
    held = {
        _key(one.user.email, one.role, one.unit_id, one.agency)
        for one in lasting.filter(valid_to=None).select_related("user")
    }
    found: dict[int, str] = {}
    seen: set[tuple[object, ...]] = set()
    for at, offer in enumerate(offers):
        key = _key(offer.email.casefold(), offer.role, offer.unit_id, offer.agency)
        if code := "held" if key in held else "invited" if key in invited else "twice" if key in seen else "":
            found[at] = code
        seen.add(key)
    return found


def _key(*parts: object) -> tuple[object, ...]:
    return tuple(str(part) if isinstance(part, Role) else part for part in parts)


@transaction.atomic
def send_again(*, pk: int, actor: Actor) -> Invitation:
    """Write to somebody once more, with a new link; the old one is void.

    Raises:
        PeopleError: it was accepted or withdrawn, or its period is over.
    """
    invitation = Invitation.objects.select_for_update().get(pk=pk)
    if invitation.is_over or (invitation.valid_to and invitation.valid_to < timezone.localdate()):
        raise PeopleError("over")
    invitation.token_digest = invitation.sent_at = invitation.failed_at = invitation.expires_at = None
    invitation.save(update_fields=["token_digest", "sent_at", "failed_at", "expires_at"])
    record(strand=STRAND, action="invitation.sent_again", actor=actor, invitation=pk)
    _send([invitation], actor)
    return invitation


@transaction.atomic
def withdraw(*, pk: int, actor: Actor) -> Invitation:
    """Withdraw an invitation; its link then says so.

    Raises:
        PeopleError: it was accepted or withdrawn before.
    """
    invitation = Invitation.objects.select_for_update().get(pk=pk)
    if invitation.is_over:
        raise PeopleError("over")
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(strand=STRAND, action="invitation.withdrawn", actor=actor, invitation=pk)
    return invitation


def _send(invitations: Sequence[Invitation], actor: Actor) -> None:
    """Let a worker send mails; it is told numbers, no addresses."""
    jobs.start(kind="people.send_invitations", actor=actor, arguments={"invitations": [one.pk for one in invitations]})


@transaction.atomic
def draw_token(*, pk: int) -> tuple[Invitation, str] | None:
    """Give an invitation its token, which only the caller then knows; None where no mail is wanted any more."""
    invitation = Invitation.objects.select_for_update().filter(pk=pk).first()
    if invitation is None or invitation.is_over or invitation.sent_at:
        return None
    token = tokens.draw()
    invitation.token_digest = tokens.digest(token)
    invitation.expires_at = timezone.now() + dt.timedelta(days=settings.INVITATION_DAYS)
    invitation.save(update_fields=["token_digest", "expires_at"])
    return invitation, token


def note_sent(*, invitation: Invitation, sent: bool) -> None:
    """Keep whether the mail with a token has gone out, unless another one was asked for meanwhile."""
    same = Invitation.objects.filter(pk=invitation.pk, token_digest=invitation.token_digest)
    now = timezone.now()
    same.update(**({"sent_at": now, "failed_at": None} if sent else {"failed_at": now}))


def note_failed(*, pks: Sequence[int]) -> None:
    """Keep that mails could not be sent."""
    Invitation.objects.filter(pk__in=pks, sent_at=None).update(failed_at=timezone.now())


def of_token(token: str) -> Invitation | None:
    """Return the invitation that a token belongs to."""
    known = tokens.digest(token)
    return Invitation.objects.select_related("invited_by").filter(token_digest=known).first() if known else None


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says about themselves when they accept; without a password they sign in through single sign-on."""

    full_name: str
    position: str = ""
    phone: str = ""
    password: str | None = None


def accept_new(*, token: str, told: Told, address: str) -> User:
    """Make an account for somebody who has none, and give it the role.

    Raises:
        PeopleError: the invitation cannot be accepted (any more), or the address has an account.
    """
    try:
        with transaction.atomic():
            invitation = _open(token)
            if User.objects.filter(email=invitation.email).exists():
                raise PeopleError("account")
            user = User.objects.create_user(
                invitation.email,
                told.password,
                full_name=told.full_name,
                position=told.position,
                phone=told.phone,
            )
            _accepted(invitation, user, Actor(user.pk, address))
    except IntegrityError as error:  # another invitation to the same address was accepted at the same moment
        raise PeopleError("account") from error
    return user


@transaction.atomic
def accept_own(*, token: str, actor: Actor) -> User:
    """Give the role to somebody who has an account and is signed in.

    Raises:
        PeopleError: the invitation cannot be accepted (any more), or is for another address.
    """
    invitation = _open(token)
    user = User.objects.get(pk=actor.person)
    if user.email != invitation.email:
        raise PeopleError("another")
    _accepted(invitation, user, actor)
    return user


def _open(token: str) -> Invitation:
    """Return the invitation of a token, locked: of two who accept it at once, the second finds it accepted."""
    known = tokens.digest(token)
    invitation = Invitation.objects.select_for_update().filter(token_digest=known).first() if known else None
    if invitation is None:
        raise PeopleError("unknown")
    if invitation.state in _ENDED:
        raise PeopleError(str(invitation.state))
    return invitation


def _accepted(invitation: Invitation, user: User, actor: Actor) -> None:
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    since = max(invitation.valid_from, timezone.localdate())
    role = grant(
        user_id=user.pk,
        role=Role(invitation.role),
        unit_id=invitation.unit_id,
        agency=invitation.agency,
        valid_from=since,
        valid_to=invitation.valid_to,
    )
    about = {"invitation": invitation.pk, "account": user.pk, "assignment": role.pk}
    record(strand=STRAND, action="invitation.accepted", actor=actor, **about)
