"""Receipts: what was submitted, frozen, with its hash; anybody can compute the points and the hash again."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

import chiso
from chiso.framework.model import Framework
from chiso.scoring.result import unit_result
from chiso.web.audit.chain import canonical
from chiso.web.collection.facts import Reported
from chiso.web.collection.live import live_scores
from chiso.web.collection.models import Report
from chiso.web.collection.queries import in_use, reported_in
from chiso.web.evidence.models import EvidenceLink

#: Version of what a receipt holds; since 2 also the level that the unit registered, and those of its child units;
#: since 3 also what identifies a document, as people name it, and whether the data are samples.
FORMAT = 3


def content_of(report: Report, framework: Framework, at: dt.datetime, by: int) -> dict[str, Any]:
    """Return everything that a submission freezes; people are named by their accounts alone."""
    participant, round_ = report.participant, report.participant.round
    values = {fact: _frozen(cell) for fact, cell in in_use(report, framework).items() if cell["v"]}
    reported = reported_in(report, framework, values)
    return {
        "format": FORMAT,
        "unit": {
            "code": participant.unit.code,
            "name": participant.name,
            "registered": reported.aimed_at,
            "children": None if reported.children is None else list(reported.children),
        },
        "round": {
            "id": round_.pk,
            "title": round_.title,
            "year": round_.year,
            "references": round_.references,
            "sample": round_.is_sample,
        },
        "framework": {
            "id": framework.id,
            "version": framework.version,
            "hash": framework.hash,
            "readings": framework.chosen_readings,
        },
        "engine": engine(),
        "report": {"id": report.pk, "number": report.number, "log": report.hash},
        "at": at.isoformat(),
        "by": by,
        "values": values,
        "evidence": evidence_of(participant.pk),
        "result": result_of(framework, round_.year, reported, round_.references, report.pk),
    }


def engine() -> str:
    """Return the engine's name with its version."""
    return f"chiso {chiso.__version__}"


def hash_of(content: Mapping[str, Any]) -> str:
    """Return the hash that stands on a receipt: SHA-256 of its content in the one fixed form of JSON."""
    return hashlib.sha256(canonical(content)).hexdigest()


def result_of(
    framework: Framework,
    year: int,
    reported: Reported,
    references: Mapping[str, Any],
    key: int,
    lang: str | None = "vi",
) -> dict[str, Any]:
    """Return what the engine makes of the values of one unit alone; a receipt says it in Vietnamese.

    ``lang`` None: without words, as results are kept.
    """
    with live_scores(key, framework, year, reported, references) as live:
        found = unit_result(live.scores, 0, lang)
    # The unit is named by the receipt; alone it has no rank.
    return {name: found[name] for name in found if name not in ("unit", "kind", "parent", "group", "rank")}


def evidence_of(participant_id: int) -> list[dict[str, Any]]:
    """Return the evidence of a participant: where it stands, which content or address it is, and how it is named."""
    links = EvidenceLink.objects.filter(participant=participant_id, removed_at__isnull=True)
    return [
        {
            "code": link.code,
            "sha256": link.evidence.blob_id,
            "url": link.evidence.url,
            "title": link.evidence.title,
            "number": link.evidence.number,
            "date": link.evidence.date.isoformat() if link.evidence.date else None,
        }
        for link in links.select_related("evidence").order_by("code", "evidence")
    ]


def _frozen(cell: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a receipt says of a value; ``from`` is ``provider`` or ``parts`` where it is not the unit's own."""
    return {name: cell[name] for name in ("v", "as_of", "source", "note", "from") if cell.get(name)}
