"""Writing evidence: contents are kept once, links are made and taken away; nothing is ever deleted."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import IO, Literal, NamedTuple

from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.evidence import store
from chiso.web.evidence.content import Kind, kind_of
from chiso.web.evidence.models import Blob, Evidence, EvidenceLink
from chiso.web.evidence.signatures import signatures_of
from chiso.web.rounds.entry import is_open
from chiso.web.rounds.models import Participant
from chiso.web.units.models import Unit


class ClosedError(Exception):
    """Evidence is not taken in or taken away now: the round is not open, or the report is with the head."""


@dataclass(frozen=True, slots=True)
class About:
    """What identifies a document: summary, number, date, issuer, and the days from and until which it counts."""

    title: str = ""
    number: str = ""
    date: dt.date | None = None
    issuer: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


class Taken(NamedTuple):
    """A document that was taken in, and how: new, there before and put here now, here already, or described anew.

    ``before``: the document of the same content that the unit had given before.
    """

    evidence: Evidence
    how: Literal["new", "again", "here", "described"]
    before: Evidence | None = None


def add_file(
    *, participant: Participant, code: str, file: IO[bytes], file_name: str, about: About, actor: Actor
) -> Taken:
    """Keep a file as evidence of a unit, and put it to a criterion; without a title it goes by its name.

    Raises:
        ClosedError: nothing is taken in now.
        chiso.web.evidence.content.UnwantedFileError: the file is not of a type that is taken in.
    """
    _check_open(participant)
    blob = _blob(file, kind_of(file))
    named = {"blob": blob, "file_name": _safe_name(file_name, Kind(blob.media_type))}
    with transaction.atomic():
        known = _known(participant, blob=blob)
        return _taken(participant, code, known, about, actor, {**named, "title": file_name[:300]}, digest=blob.digest)


def add_link(*, participant: Participant, code: str, url: str, about: About, actor: Actor) -> Taken:
    """Keep an address as evidence of a unit, and put it to a criterion; without a title it goes by itself.

    Raises:
        ClosedError: nothing is taken in now.
    """
    _check_open(participant)
    with transaction.atomic():
        known = _known(participant, url=url)
        return _taken(participant, code, known, about, actor, {"url": url, "title": url[:300]}, url=url)


def _known(participant: Participant, **content: object) -> list[Evidence]:
    """Return what the unit itself has given of a content, the newest first; nobody else of the unit adds any meanwhile.

    What other units have given is never looked at: it is nothing that this one may learn of.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=participant.unit_id)
    return list(Evidence.objects.filter(unit=participant.unit_id, **content))


def _taken(
    participant: Participant,
    code: str,
    known: list[Evidence],
    about: About,
    actor: Actor,
    content: dict[str, object],
    **logged: str,
) -> Taken:
    """Put what is known already to a criterion; what is described otherwise now becomes a document of its own."""
    said = {name: value for name, value in asdict(about).items() if value}
    same = next((one for one in known if all(getattr(one, name) == value for name, value in said.items())), None)
    if same is not None:
        is_here = _here(participant, same, code) is not None
        if not is_here:
            _link(participant, same, code, actor)
        return Taken(same, "here" if is_here else "again", same)
    made = Evidence.objects.create(unit_id=participant.unit_id, added_by_id=actor.person, **{**content, **said})
    _recorded("evidence.added", participant, made, code, actor, **logged)
    _link(participant, made, code, actor)
    return Taken(made, "described", known[0]) if known else Taken(made, "new")


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
    return _here(participant, evidence, code) or _link(participant, evidence, code, actor)


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


def _here(participant: Participant, evidence: Evidence, code: str) -> EvidenceLink | None:
    links = EvidenceLink.objects.filter(evidence=evidence, participant=participant, code=code)
    return links.filter(removed_at__isnull=True).first()


def _link(participant: Participant, evidence: Evidence, code: str, actor: Actor) -> EvidenceLink:
    made = EvidenceLink.objects.create(evidence=evidence, participant=participant, code=code, linked_by_id=actor.person)
    _recorded("evidence.put", participant, evidence, code, actor)
    return made


def _strand(participant: Participant) -> str:
    return f"evidence:{participant.pk}"


def _recorded(action: str, participant: Participant, evidence: Evidence, code: str, actor: Actor, **more: str) -> None:
    record(strand=_strand(participant), action=action, actor=actor, evidence=evidence.pk, code=code, **more)
