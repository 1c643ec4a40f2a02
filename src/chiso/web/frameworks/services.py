"""How frameworks enter the application and are loaded again, exactly as they were."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import transaction
from django.utils import timezone

from chiso.framework.loader import bundled, bundled_text, load, load_text
from chiso.framework.model import Framework
from chiso.quantity import write_rational
from chiso.web.audit.services import SYSTEM, Actor, record
from chiso.web.frameworks.models import FrameworkVersion


class VersionTakenError(Exception):
    """Another text has this id and version already: a version is never replaced, a new one needs a name of its own."""


class FrameworkChangedError(Exception):
    """A stored framework no longer loads as what it was: its hash differs, so its results could not be recomputed."""


@transaction.atomic
def add_framework(*, text: str, actor: Actor = SYSTEM) -> FrameworkVersion:
    """Keep the text of a framework file; one that is there already is returned as it is.

    Raises:
        chiso.framework.faults.FrameworkError: with every fault of the file.
    """
    framework = load_text(text)
    found = FrameworkVersion.objects.filter(hash=framework.hash).first()
    if found is not None:
        return found
    added = FrameworkVersion.objects.create(
        framework=framework.id,
        version=framework.version,
        hash=framework.hash,
        title_vi=framework.title.vi,
        title_en=framework.title.en,
        text=text,
        bases=_bases(framework),
        about=about(framework),
        added_by_id=actor.user_id,
    )
    told = {"version": added.pk, "id": framework.id, "hash": framework.hash}
    record(strand="frameworks", action="framework.added", actor=actor, **told)
    return added


@transaction.atomic
def take_framework(*, text: str, actor: Actor) -> FrameworkVersion:
    """Keep a framework file that somebody brings.

    Raises:
        chiso.framework.faults.FrameworkError: with every fault of the file.
        VersionTakenError: it would pass for a version that says something else.
    """
    framework = load_text(text)
    if is_taken(framework):
        raise VersionTakenError
    return add_framework(text=text, actor=actor)


def is_taken(framework: Framework) -> bool:
    """Say whether a version of this name is there that says something else."""
    same = FrameworkVersion.objects.filter(framework=framework.id, version=framework.version)
    return same.exclude(hash=framework.hash).exists()


@transaction.atomic
def withdraw(*, pk: int, reason: str, actor: Actor) -> None:
    """Offer a version to no new round; one that is withdrawn already keeps its reason."""
    version = FrameworkVersion.objects.select_for_update().get(pk=pk)
    if version.withdrawn_at is None:
        version.withdrawn_at, version.withdrawn_because = timezone.now(), reason
        version.save(update_fields=["withdrawn_at", "withdrawn_because"])
        told = {"version": pk, "id": version.framework, "hash": version.hash, "reason": reason}
        record(strand="frameworks", action="framework.withdrawn", actor=actor, **told)


@transaction.atomic
def offer_again(*, pk: int, actor: Actor) -> None:
    """Offer a withdrawn version to new rounds again."""
    version = FrameworkVersion.objects.select_for_update().get(pk=pk)
    if version.withdrawn_at is not None:
        version.withdrawn_at, version.withdrawn_because = None, ""
        version.save(update_fields=["withdrawn_at", "withdrawn_because"])
        told = {"version": pk, "id": version.framework, "hash": version.hash}
        record(strand="frameworks", action="framework.offered", actor=actor, **told)


def about(framework: Framework) -> dict[str, Any]:
    """Return what lists say of a framework: its document, the units it is for, how much it holds."""
    legal = framework.legal
    return {
        "number": legal.number,
        "date": legal.date.isoformat() if legal.date else None,
        "year": legal.year,
        "issuer": legal.issuer,
        "unit_kinds": framework.unit_kinds,
        "criteria": sum(not one.criteria for one in framework.criteria.values()),
        "max_points": None if framework.max_points is None else write_rational(framework.max_points),
        "levels": len(framework.levels),
    }


def _bases(framework: Framework) -> dict[str, str]:
    """Return the texts that a framework extends, by their ids: the next release may bring other ones."""
    found: dict[str, str] = {}
    name = framework.extends
    while name is not None:
        found[name] = bundled_text(name)
        name = load(name).extends
    return found


def add_bundled() -> list[FrameworkVersion]:
    """Keep every bundled framework."""
    return [add_framework(text=bundled_text(name)) for name in bundled()]


def loaded(version: FrameworkVersion, readings: Mapping[str, str] | None = None) -> Framework:
    """Return the framework of a version with the chosen readings; loaded once in each process.

    Raises:
        FrameworkChangedError: the text no longer has the hash under which it was kept.
    """
    return framework_of(version.pk, version.hash, tuple(sorted((readings or {}).items())))


@lru_cache(maxsize=64)
def framework_of(pk: int, digest: str, readings: tuple[tuple[str, str], ...] = ()) -> Framework:
    """Return the framework of the version with this key and hash; see :func:`loaded`."""
    text, bases = FrameworkVersion.objects.values_list("text", "bases").get(pk=pk)
    framework = load_text(text, readings=dict(readings), bases=bases)
    if framework.hash != digest:
        raise FrameworkChangedError(f"{framework.id} {framework.version}: {framework.hash} is not {digest}")
    return framework
