"""What the results of a round are read from, and what they are shown as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, F, QuerySet

from chiso.framework.model import Framework
from chiso.web.collection.models import Report, Result, ValueStage
from chiso.web.rounds.models import RankingGroup, Round


@dataclass(frozen=True, slots=True)
class Standing:
    """One participant in a ranking as pages show it; points are decimal strings as the engine gave them."""

    participant: int
    name: str
    rank: int | None
    total: str | None
    most: str | None
    share: str | None
    level: int | None
    level_name: str | None
    registered: int | None
    registered_met: bool | None
    class_name: str | None
    is_provisional: bool
    dimensions: Mapping[str, str | None]

    def warmth(self, code: str, most: Fraction) -> str:
        """Return in which fifth of the maximum the points of a dimension lie, ``1`` to ``5``, or ``none``."""
        points = self.dimensions.get(code)
        if points is None or not most:
            return "none"
        return str(min(int(Fraction(points) / most * 5) + 1, 5))


def groups_of(round_: Round) -> list[RankingGroup]:
    """Return the ranking groups of a round, in their order."""
    return list(round_.groups.all())


def ranking(round_: Round, group: RankingGroup | None, stage: ValueStage = ValueStage.SELF) -> QuerySet[Result, Result]:
    """Return the results of a group, best first; those without points come last."""
    found = Result.objects.filter(participant__round=round_, stage=stage, participant__group=group)
    by_points = [F("rank").asc(nulls_last=True), F("total").desc(nulls_last=True)]
    return found.select_related("participant").order_by(
        *by_points, F("level").desc(nulls_last=True), "participant__sorted_by"
    )


def standing(result: Result, framework: Framework, lang: str) -> Standing:
    """Return one result as a row of a ranking."""
    told = result.data
    level = told.get("level") or {}
    levels = {one.number: one.name[lang] for one in framework.levels}
    classes = {one.id: one.name[lang] for one in framework.classes}
    return Standing(
        participant=result.participant_id,
        name=result.participant.name,
        rank=result.rank,
        total=told.get("published") or told.get("total"),
        most=told.get("max"),
        share=told.get("share"),
        level=result.level,
        level_name=None if result.level is None else levels.get(result.level),
        registered=level.get("registered"),
        registered_met=level.get("registered_met"),
        class_name=classes.get(told.get("class")),
        is_provisional=result.is_provisional,
        dimensions=told.get("dimensions", {}),
    )


def common_most(standings: Sequence[Standing]) -> str | None:
    """Return the maximum where it is one for all; where criteria do not apply to somebody it is not."""
    found = {one.most for one in standings}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Climb:
    """What separates a unit from its next level: which that is, what lacks for it, where each criterion is met."""

    next: int | None
    lacking: frozenset[str]
    satisfied: Mapping[str, Sequence[int]]

    def met(self, code: str) -> str:
        """Return the levels at which a criterion is met, runs written as one: ``1–3, 5``."""
        levels = self.satisfied.get(code, ())
        starts = [one for one in levels if one - 1 not in levels]
        ends = [one for one in levels if one + 1 not in levels]
        return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True))


def climb(result: Result) -> Climb:
    """Return what separates the unit of a result from its next level."""
    level = result.data.get("level") or {}
    unmet = {int(number): codes for number, codes in level.get("unmet", {}).items()}
    above = min(unmet, default=None)
    lacking = frozenset(unmet[above] if above is not None else ())
    return Climb(above, lacking, level.get("satisfied", {}))


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a dimension over a group: points, maximum, share of the maximum in per cent, how many have points."""

    code: str
    title: str
    points: Fraction | None
    most: Fraction
    counted: int

    @property
    def percent(self) -> Fraction | None:
        """The mean as a share of the maximum, in per cent."""
        return None if self.points is None or not self.most else self.points / self.most * 100


def means(framework: Framework, results: QuerySet[Result, Result], lang: str) -> list[Mean]:
    """Return the mean of each scored dimension over results; those without points do not count as zero."""
    rows = list(results.values_list("data__dimensions", flat=True))
    found = []
    for dimension in framework.dimensions:
        if dimension.max_points is None or dimension.unscored:
            continue
        points = [Fraction(row[dimension.code]) for row in rows if row and row.get(dimension.code) is not None]
        mean = sum(points, Fraction(0)) / len(points) if points else None
        found.append(Mean(dimension.code, dimension.title_in(lang), mean, dimension.max_points, len(points)))
    return found


def weakest(means_: Sequence[Mean]) -> Mean | None:
    """Return the dimension in which the least share of the points is reached."""
    known = [(one.percent, position) for position, one in enumerate(means_) if one.percent is not None]
    return means_[min(known)[1]] if known else None


def states(round_: Round) -> dict[str, int]:
    """Return how many participants of a round stand in each state of reporting; ``none`` have not begun."""
    counted = dict(
        Report.objects.filter(participant__in=round_.participants.all(), stage=ValueStage.SELF, number__gt=0)
        .values_list("state")
        .annotate(Count("pk"))
    )
    counted["none"] = round_.participants.count() - sum(counted.values())
    return counted
