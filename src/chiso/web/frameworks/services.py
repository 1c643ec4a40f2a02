"""How frameworks enter the application and are loaded again, exactly as they were."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

from django.db import transaction

from chiso.framework.loader import bundled, load_text
from chiso.framework.model import Framework
from chiso.quantity import write_rational
from chiso.web.audit.services import SYSTEM, Actor, record
from chiso.web.frameworks.models import FrameworkVersion


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
        about=about(framework),
        added_by_id=actor.user_id,
    )
    record(strand="frameworks", action="framework.added", actor=actor, id=framework.id, hash=framework.hash)
    return added


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


def add_bundled() -> list[FrameworkVersion]:
    """Keep every bundled framework."""
    library = resources.files("chiso.library")
    return [add_framework(text=library.joinpath(name, "framework.yaml").read_text("utf-8")) for name in bundled()]


def loaded(version: FrameworkVersion, readings: Mapping[str, str] | None = None) -> Framework:
    """Return the framework of a version with the chosen readings; loaded once in each process.

    Raises:
        FrameworkChangedError: the text no longer has the hash under which it was kept.
    """
    return framework_of(version.pk, version.hash, tuple(sorted((readings or {}).items())))


@lru_cache(maxsize=64)
def framework_of(pk: int, digest: str, readings: tuple[tuple[str, str], ...] = ()) -> Framework:
    """Return the framework of the version with this key and hash; see :func:`loaded`."""
    text = FrameworkVersion.objects.values_list("text", flat=True).get(pk=pk)
    framework = load_text(text, readings=dict(readings))
    if framework.hash != digest:
        raise FrameworkChangedError(f"{framework.id} {framework.version}: {framework.hash} is not {digest}")
    return framework
