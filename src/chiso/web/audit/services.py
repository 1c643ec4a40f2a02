"""How something enters the log: inside the transaction that changes it, so that neither exists without the other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from chiso.web.audit.chain import Content, Head, digest
from chiso.web.audit.models import Entry, Strand
from chiso.web.audit.strands import scope_of
from chiso.web.compiled import insert


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: the person (None: the system itself) and the network address they act from."""

    user_id: int | None = None
    address: str = ""

    @classmethod
    def of(cls, request: HttpRequest) -> Actor:
        """Return who stands behind a request."""
        return cls(request.user.pk, request.META.get("REMOTE_ADDR", ""))

    @property
    def person(self) -> int:
        """The person who acts, where only people do."""
        assert self.user_id is not None, "the system does not act as a person"
        return self.user_id


#: The strand of what is done with the log itself.
STRAND = "log"

#: The system itself, in commands and tasks that nobody asked for.
SYSTEM = Actor()


def record(*, strand: str, action: str, actor: Actor, **data: Any) -> Entry:
    """Append an entry to a strand.

    Raises:
        TransactionManagementError: called outside a transaction.
    """
    with transaction.atomic(durable=False):
        Strand.objects.get_or_create(name=strand)
        row = Strand.objects.select_for_update().get(name=strand)
        previous = Head(row.number, row.hash)
        entry = append(strand=strand, previous=previous, action=action, actor=actor, data=data)
        Strand.objects.filter(name=strand).update(number=entry.number, hash=entry.hash)
    return entry


def append(
    *,
    strand: str,
    previous: Head,
    action: str,
    actor: Actor,
    data: Mapping[str, Any],
    scope: str = "",
    at: dt.datetime | None = None,
) -> Entry:
    """Append an entry behind a head that the caller holds locked, and has to move on.

    ``scope`` is that of the strand; it is looked up where the caller does not know it.
    """
    entry = prepared(strand=strand, scope=scope, previous=previous, action=action, actor=actor, data=data, at=at)
    insert(entry)
    return entry


def prepared(
    *,
    strand: str,
    previous: Head,
    action: str,
    actor: Actor,
    data: Mapping[str, Any],
    scope: str = "",
    at: dt.datetime | None = None,
) -> Entry:
    """Return an entry that the caller keeps, together with those of other strands (``bulk_create``); see ``append``."""
    content = Content(at or timezone.now(), action, actor.user_id, actor.address, data)
    return Entry(
        strand=strand,
        scope=scope or scope_of(strand),
        number=previous.number + 1,
        at=content.at,
        action=action,
        by_id=actor.user_id,
        address=actor.address,
        data=dict(data),
        previous=previous.hash,
        hash=digest(strand, previous, content),
    )
