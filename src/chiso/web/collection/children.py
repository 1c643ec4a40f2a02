"""The levels that child units have reached in the rounds below, from which a parent's own level may follow (A23).

Nobody has recognised them yet, so what follows from them is a forecast.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from chiso.framework.model import Framework
from chiso.framework.rules import Levels
from chiso.web.collection.models import Report, Result, ValueStage
from chiso.web.frameworks.prepared import once_each
from chiso.web.rounds.models import Participant, Round
from chiso.web.units.queries import on_day

#: Levels of child units, None where one is not known yet.
ChildLevels = tuple[int | None, ...]


@once_each
def asks_child_levels(framework: Framework) -> bool:
    """Say whether any criterion follows from the levels of child units."""
    rules = (criterion.effective_rule for criterion in framework.criteria.values())
    return any(isinstance(rule, Levels) and rule.value == "children" for rule in rules)


def child_levels(round_: Round, units: frozenset[int] | None = None) -> dict[int, ChildLevels]:
    """Return the levels that the child units of each unit have reached in the rounds below, by the parent.

    They are those of the children's own results; provisional ones are not known yet. ``units``: only the children of
    these. Three queries, whatever the number of units.
    """
    versions = on_day(dt.date(round_.year, 12, 31)).filter(parent__isnull=False)
    if units is not None:
        versions = versions.filter(parent__in=units)
    parents = dict(versions.values_list("unit", "parent"))
    children = Participant.objects.filter(round__in=round_.children.all(), part_of__isnull=True)
    if units is not None:
        children = children.filter(unit__in=parents)
    known = Result.objects.filter(participant__in=children, stage=ValueStage.SELF, is_provisional=False)
    levels = dict(known.values_list("participant__unit", "level"))
    found: dict[int, list[int | None]] = defaultdict(list)
    for unit in children.order_by("unit").values_list("unit", flat=True):
        if unit in parents:
            found[parents[unit]].append(levels.get(unit))
    return {parent: tuple(some) for parent, some in found.items()}


def levels_behind(report: Report, framework: Framework) -> ChildLevels | None:
    """Return the levels of a unit's children; read once, and only where something follows from them."""
    if not getattr(report, "is_whole", False) or not asks_child_levels(framework):
        return None
    if "levels_read" not in vars(report):
        unit = report.participant.unit_id
        vars(report)["levels_read"] = child_levels(report.participant.round, frozenset({unit})).get(unit)
    levels: ChildLevels | None = vars(report)["levels_read"]
    return levels
