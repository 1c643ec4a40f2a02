"""Which frameworks there are, in which versions, and which rounds use them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.units.queries import last_names
from chiso.web.vietnamese import folded


@dataclass(frozen=True, slots=True)
class Use:
    """A round that uses a version. ``mine``: one works for its assessor, and may follow it."""

    pk: int
    title: str
    year: int
    assessor: str
    stage: str
    mine: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A version as lists show it."""

    version: FrameworkVersion
    uses: tuple[Use, ...]


def versions() -> QuerySet[FrameworkVersion]:
    """Return every version without its text, which is long."""
    return FrameworkVersion.objects.defer("text", "bases")


def listed(words: str = "", mine: Collection[int] = ()) -> list[list[Listed]]:
    """Return the versions of each framework, the newest first; found by words without diacritics.

    Three queries, however many versions and rounds there are. ``mine`` are the assessors that one works for.
    """
    wanted = folded(words).split()
    found = [one for one in versions().prefetch_related("rounds") if _fits(one, wanted)]
    uses = _uses(found, mine)
    by_framework = groupby(found, key=lambda one: one.framework)
    return [[Listed(one, uses[one.pk]) for one in reversed(list(group))] for _, group in by_framework]


def others(version: FrameworkVersion) -> list[FrameworkVersion]:
    """Return every other version: those of the same framework first, the newest of each first."""
    found = versions().exclude(pk=version.pk).order_by("framework", "-added_at", "-pk")
    return sorted(found, key=lambda one: one.framework != version.framework)


def siblings(version: FrameworkVersion) -> list[FrameworkVersion]:
    """Return the other versions of the same framework, the newest first."""
    return list(versions().filter(framework=version.framework).exclude(pk=version.pk).order_by("-added_at", "-pk"))


def base_of(framework: str | None) -> FrameworkVersion | None:
    """Return the newest version of what a framework extends."""
    if framework is None:
        return None
    return versions().filter(framework=framework).order_by("-added_at", "-pk").first()


def uses_of(version: FrameworkVersion, mine: Collection[int] = ()) -> tuple[Use, ...]:
    """Return the rounds that use a version."""
    return _uses([version], mine)[version.pk]


def _fits(version: FrameworkVersion, wanted: list[str]) -> bool:
    about = version.about
    told = (version.framework, version.version, version.title_vi, version.title_en, about["number"], about["issuer"])
    text = folded(" ".join(told))
    return all(word in text for word in wanted)


def _uses(found: list[FrameworkVersion], mine: Collection[int]) -> dict[int, tuple[Use, ...]]:
    """Return the rounds of versions; what is still in preparation is seen by those who prepare it."""
    rounds = {
        one.pk: [each for each in one.rounds.all() if each.stage != "preparing" or each.assessor_id in mine]
        for one in found
    }
    names = last_names({each.assessor_id for some in rounds.values() for each in some})
    return {
        pk: tuple(
            Use(
                each.pk,
                each.title,
                each.year,
                names.get(each.assessor_id, ""),
                each.get_stage_display(),
                each.assessor_id in mine,
            )
            for each in some
        )
        for pk, some in rounds.items()
    }
