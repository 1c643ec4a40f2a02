"""A seal: the ends of all strands under one hash. Kept elsewhere, it proves later that nothing before them was touched.

Whoever owns the database can cut the end of a strand off together with what the application knows of it. A copy of the
seal in other hands shows it. ``docs/reference/log.md`` describes the text of a seal.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chiso.web.audit.chain import Head
from chiso.web.audit.models import Entry
from chiso.web.audit.queries import Break, heads
from chiso.web.audit.services import STRAND, SYSTEM, Actor, record

_FIRST = "chiso-seal 1"

#: Strands that are compared with one query.
_BATCH = 100


class SealError(Exception):
    """A text is no seal, or no longer what it was."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The ends of all strands at a moment."""

    at: dt.datetime
    ends: Mapping[str, Head]

    def text(self) -> str:
        """Return the seal as it is kept: a line a strand, the last line is the hash of all before it."""
        return f"{self._body()}seal {self.hash}\n"

    @property
    def hash(self) -> str:
        """The SHA-256 hash of what the seal says."""
        return hashlib.sha256(self._body().encode()).hexdigest()

    def _body(self) -> str:
        lines = [_FIRST, f"at {self.at.astimezone(dt.UTC).isoformat(timespec='microseconds')}"]
        lines += [f"{name} {end.number} {end.hash}" for name, end in sorted(self.ends.items())]
        return "".join(f"{line}\n" for line in lines)


def made() -> Seal:
    """Return a seal of the log as it stands."""
    return Seal(timezone.now(), dict(heads()))


def read(text: str) -> Seal:
    """Read a seal.

    Raises:
        SealError: it is none, or it was changed.
    """
    lines = text.replace("\r\n", "\n").splitlines()
    if len(lines) < 3 or lines[0] != _FIRST:
        raise SealError(
            "This is no seal of the log: it does not begin with “chiso-seal 1”. Take the file as it was kept."
        )
    try:
        at = dt.datetime.fromisoformat(lines[1].removeprefix("at "))
        seal = Seal(at, dict(_end(line) for line in lines[2:-1]))
    except ValueError as error:
        raise SealError(f"A line of the seal cannot be read ({error}). Take the file as it was kept.") from error
    if lines[-1] != f"seal {seal.hash}":
        raise SealError("The seal was changed: its last line is not the hash of the lines before. Take another copy.")
    return seal


def _end(line: str) -> tuple[str, Head]:
    name, number, digest = line.rsplit(" ", 2)
    return name, Head(int(number), digest)


def broken(seal: Seal) -> Iterator[Break]:
    """Yield strands that no longer hold what was sealed. That the chains hold together, ``queries.breaks`` tells."""
    ends = iter(sorted(seal.ends.items()))
    while batch := dict(islice(ends, _BATCH)):
        numbers = {end.number for end in batch.values()}
        rows = Entry.objects.filter(strand__in=batch, number__in=numbers).values_list("strand", "number", "hash")
        there = {(strand, number): digest for strand, number, digest in rows}
        for name, end in batch.items():
            found = there.get((name, end.number))
            if found != end.hash:
                yield Break(name, end.number, "cut_since" if found is None else "altered_since")


def note_seal(*, seal: Seal, actor: Actor) -> None:
    """Record that the log was sealed; the hash in the log tells later which seals were really made."""
    record(strand=STRAND, action="log.sealed", actor=actor, seal=seal.hash, strands=len(seal.ends))


def send(seal: Seal, addresses: list[str]) -> None:
    """Send a seal to people outside, as a file."""
    name = f"chiso-seal-{seal.at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}.txt"
    mail = EmailMessage(
        _("Seal of the log, %(day)s") % {"day": timezone.localtime(seal.at).strftime("%d/%m/%Y")},
        _(
            "The attached file proves later that nothing in the log was removed or changed up to now. Keep it where "
            "the operators of the system cannot change it.\n\nHash of the seal: %(hash)s\nStrands: %(strands)s\n"
        )
        % {"hash": seal.hash, "strands": len(seal.ends)},
        to=addresses,
    )
    mail.attach(name, seal.text(), "text/plain")
    mail.send()


def seal_daily(*, now: dt.datetime | None = None) -> bool:
    """Seal the log and send the seal, where addresses are set and the last day has no seal yet; say whether it did."""
    since = (now or timezone.now()) - dt.timedelta(days=1)
    lately = Entry.objects.filter(scope=STRAND, at__gt=since, action="log.sealed")
    if not settings.SEAL_TO or lately.exists():
        return False
    seal = made()
    with transaction.atomic():
        note_seal(seal=seal, actor=SYSTEM)
        send(seal, settings.SEAL_TO)
    return True
