"""Writing evidence: contents are kept once, links are made and taken away; nothing is ever deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO

from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.evidence import store
from chiso.web.evidence.content import Kind, kind_of
from chiso.web.evidence.models import Blob, Evidence, EvidenceLink
from chiso.web.evidence.signatures import signatures_of
from chiso.web.rounds.entry import is_open
from chiso.web.rounds.models import Participant


class ClosedError(Exception):
    """Evidence is not taken in or taken away now: the round is not open, or the report is with the head."""


@dataclass(frozen=True, slots=True)
class About:
    """What identifies a document: summary, number, date, issuer, and the days from and until which it counts."""

    title: str
    number: str = ""
    date: dt.date | None = None
    issuer: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


def add_file(
    *, participant: Participant, code: str, file: IO[bytes], file_name: str, about: About, actor: Actor
) -> Evidence:
    """Keep a file as evidence of a unit, and put it to a criterion.

    Raises:
        ClosedError: nothing is taken in now.
        chiso.web.evidence.content.UnwantedFileError: the file is not of a type that is taken in.
    """
    _check_open(participant)
    blob = _blob(file, kind_of(file))
    name = _safe_name(file_name, Kind(blob.media_type))
    with transaction.atomic():
        made = Evidence.objects.create(
            unit_id=participant.unit_id, blob=blob, file_name=name, added_by_id=actor.person, **_fields(about)
        )
        _recorded("evidence.added", participant, made, code, actor, digest=blob.digest)
        _link(participant, made, code, actor)
    return made


def add_link(*, participant: Participant, code: str, url: str, about: About, actor: Actor) -> Evidence:
    """Keep an address as evidence of a unit, and put it to a criterion.

    Raises:
        ClosedError: nothing is taken in now.
    """
    _check_open(participant)
    with transaction.atomic():
        made = Evidence.objects.create(unit_id=participant.unit_id, url=url, added_by_id=actor.person, **_fields(about))
        _recorded("evidence.added", participant, made, code, actor, url=url)
        _link(participant, made, code, actor)
    return made


@transaction.atomic
def put(*, participant: Participant, evidence: Evidence, code: str, actor: Actor) -> EvidenceLink:
    """Put evidence that a unit has already given to a criterion, in this round or another; twice changes nothing.

    Raises:
        ClosedError: nothing is taken in now.
        ValueError: it is another unit's evidence.
    """
    _check_open(participant)
    if evidence.unit_id != participant.unit_id:
        raise ValueError("evidence of another unit")
    found = EvidenceLink.objects.filter(
        evidence=evidence, participant=participant, code=code, removed_at__isnull=True
    ).first()
    return found or _link(participant, evidence, code, actor)


@transaction.atomic
def take_away(*, link: EvidenceLink, actor: Actor) -> None:
    """Take evidence away from a criterion; file and record stay.

    Raises:
        ClosedError: nothing is taken away now.
    """
    _check_open(link.participant)
    if EvidenceLink.objects.filter(pk=link.pk, removed_at__isnull=True).update(removed_at=timezone.now()):
        _recorded("evidence.taken_away", link.participant, link.evidence, link.code, actor)


def _check_open(participant: Participant) -> None:
    if not is_open(participant):
        raise ClosedError


def _blob(file: IO[bytes], kind: Kind) -> Blob:
    """Keep a content; the file stands before the row does, so that no row is ever without its file.

    One that was lost since is put back where it comes again.
    """
    digest = store.digest_of(file)
    store.keep(file, digest)
    found = Blob.objects.filter(digest=digest).first()
    if found is not None:
        return found
    size = file.seek(0, 2)
    signatures = signatures_of(file) if kind.media_type == "application/pdf" else []
    made, _ = Blob.objects.get_or_create(
        digest=digest,
        defaults={"size": size, "media_type": kind.media_type, "signatures": [one.kept() for one in signatures]},
    )
    return made


def _safe_name(name: str, kind: Kind) -> str:
    """Return a file name without folders, control characters or an ending that belies the content."""
    plain = "".join(character for character in PurePath(name.replace("\\", "/")).name if character.isprintable())
    stem = PurePath(plain).stem.strip(" .")[:180] or "tai-lieu"
    return stem + kind.ending


def _fields(about: About) -> dict[str, object]:
    return {
        "title": about.title,
        "number": about.number,
        "date": about.date,
        "issuer": about.issuer,
        "valid_from": about.valid_from,
        "valid_to": about.valid_to,
    }


def _link(participant: Participant, evidence: Evidence, code: str, actor: Actor) -> EvidenceLink:
    made = EvidenceLink.objects.create(evidence=evidence, participant=participant, code=code, linked_by_id=actor.person)
    _recorded("evidence.put", participant, evidence, code, actor)
    return made


def _strand(participant: Participant) -> str:
    return f"evidence:{participant.pk}"


def _recorded(action: str, participant: Participant, evidence: Evidence, code: str, actor: Actor, **more: str) -> None:
    record(strand=_strand(participant), action=action, actor=actor, evidence=evidence.pk, code=code, **more)
