"""What agencies supply for many units: each unit's values stand in a report of their own, of the stage ``provider``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from chiso.framework.inputs import Asked
from chiso.framework.model import Framework
from chiso.web.audit.services import Actor
from chiso.web.collection.agencies import supplied_by
from chiso.web.collection.asking import all_asked
from chiso.web.collection.models import Report, ValueStage
from chiso.web.collection.services import Saved, Written, save_values
from chiso.web.rounds.models import Participant, Round


class NotSuppliedError(Exception):
    """A figure that is not for this agency to supply."""


def figures_of(framework: Framework, agencies: Iterable[str]) -> dict[str, Asked]:
    """Return the figures that agencies supply under a framework, by fact."""
    everything = all_asked(framework)
    return {fact: everything[fact] for fact in supplied_by(framework, agencies)}


def supplied_so_far(round_: Round, facts: Iterable[str]) -> dict[str, int]:
    """Return for how many units of a round each fact has been supplied; one query."""
    counted = dict.fromkeys(facts, 0)
    found: Counter[str] = Counter()
    reports = Report.objects.filter(participant__round=round_, stage=ValueStage.PROVIDER)
    for values in reports.values_list("values", flat=True):
        found.update(fact for fact in counted if fact in values and values[fact]["v"])
    return {fact: found[fact] for fact in counted}


def supply(
    *,
    participant: Participant,
    framework: Framework,
    agencies: Iterable[str],
    written: Mapping[str, Written],
    actor: Actor,
    change: str = "",
) -> Saved:
    """Append what agencies supply for a unit; the report that holds it is made when it is first needed.

    The calendar of the round holds for providers too. That the unit has submitted its own report does not stop them:
    theirs is another report, and what the unit submitted is frozen in its receipt.

    Raises:
        NotSuppliedError: a figure is another agency's; nothing is written.
        ClosedError: the round takes in no values now.
    """
    if not written.keys() <= figures_of(framework, agencies).keys():
        raise NotSuppliedError
    report, _made = Report.objects.get_or_create(participant=participant, stage=ValueStage.PROVIDER)
    return save_values(report_id=report.pk, framework=framework, written=written, actor=actor, change=change)
