"""Looks at the log are entries too: it shows who did what, which is personal data."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from chiso.web.audit.listing import Wanted
from chiso.web.audit.models import Entry
from chiso.web.audit.services import STRAND, Actor, record

#: Looking for the same again within this time, or going on to older entries, is one look.
ONE_LOOK = dt.timedelta(hours=1)


def note_look(*, wanted: Wanted, actor: Actor) -> None:
    """Record that somebody looked at entries, and for what."""
    told = wanted.told()
    lately = Entry.objects.filter(by=actor.user_id, at__gt=timezone.now() - ONE_LOOK, action="log.viewed")
    if told not in lately.values_list("data", flat=True):
        record(strand=STRAND, action="log.viewed", actor=actor, **told)


def note_export(*, wanted: Wanted, actor: Actor, form: str, entries: int) -> None:
    """Record that somebody took entries along as a file."""
    record(strand=STRAND, action="log.exported", actor=actor, format=form, entries=entries, **wanted.told())


def note_check(*, actor: Actor, entries: int, breaks: int) -> None:
    """Record that the log was checked, and what was found."""
    record(strand=STRAND, action="log.checked", actor=actor, entries=entries, breaks=breaks)
