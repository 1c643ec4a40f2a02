"""What agencies supply for many units: each unit's values stand in a report of their own, of the stage ``provider``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast
from django.utils import timezone

from chiso.framework.inputs import Asked
from chiso.framework.model import Framework
from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.collection.agencies import supplied_by
from chiso.web.collection.asking import all_asked
from chiso.web.collection.later import read_behind
from chiso.web.collection.models import HELD, Report, ValueStage
from chiso.web.collection.progress import progress_of
from chiso.web.collection.queries import in_use, later, whole_reports
from chiso.web.collection.services import WRITTEN_FIELDS, Saved, Written, compared, entered
from chiso.web.rounds.entry import taking_values
from chiso.web.rounds.models import Round

#: Reports written in one statement.
_BATCH = 100


class NotSuppliedError(Exception):
    """A figure that is not for this agency to supply, or of a unit that is not in the round."""


@dataclass
class Supplied:
    """What became of figures for many units, by participant; ``closed``: those whose figures are not taken in now."""

    saved: dict[int, Saved] = field(default_factory=dict)
    closed: frozenset[int] = frozenset()


def figures_of(framework: Framework, agencies: Iterable[str]) -> dict[str, Asked]:
    """Return the figures that agencies supply under a framework, by fact."""
    everything = all_asked(framework)
    return {fact: everything[fact] for fact in supplied_by(framework, agencies)}


def value_at(fact: str) -> Cast:
    """Return the text of a fact's value in a report, for queries; nothing where the report does not speak of it."""
    return Cast(KeyTextTransform("v", KeyTransform(fact, "values")), TextField())


def supplied_so_far(round_: Round, facts: Collection[str]) -> dict[str, int]:
    """Return for how many units of a round each fact has been supplied; one query."""
    reports = Report.objects.filter(
        participant__round=round_, participant__withdrawn_at=None, stage=ValueStage.PROVIDER
    )
    texts = {f"text{at}": value_at(fact) for at, fact in enumerate(facts)}
    counts = {f"count{at}": Count("pk", filter=Q(**{f"text{at}__gt": ""})) for at in range(len(facts))}
    found = reports.annotate(**texts).aggregate(**counts) if facts else {}
    return {fact: found[f"count{at}"] for at, fact in enumerate(facts)}


@transaction.atomic
def supply(
    *,
    round_: Round,
    framework: Framework,
    agencies: Iterable[str],
    written: Mapping[int, Mapping[str, Written]],
    actor: Actor,
    change: str = "",
    reason: str = "",
) -> Supplied:
    """Append what agencies supply for units of a round, by participant; a report is made when it is first needed.

    The calendar of the round holds for providers too. That a unit has submitted its own report does not stop them:
    theirs is another report. What the unit submitted is frozen in its receipt, and counts until it submits anew. The
    number of statements grows with the batches of reports, not with the reports.

    Raises:
        NotSuppliedError: a figure is another agency's, or a unit is not in the round; nothing is written.
    """
    allowed = figures_of(framework, agencies).keys()
    if not all(cells.keys() <= allowed for cells in written.values()):
        raise NotSuppliedError
    known = set(round_.participants.filter(pk__in=written).values_list("pk", flat=True))
    if known != written.keys():
        raise NotSuppliedError
    open_ = taking_values(round_, written, timezone.now())
    done = Supplied(closed=frozenset(written) - open_)
    about = {"reason": reason, "change": change}
    changed: list[Report] = []
    entries: list[Entry] = []
    for report in _locked(open_):
        saved = compared(report, framework, written[report.participant_id], actor, change)
        if saved.kept:
            entries.append(entered(report, framework, saved, actor, about))
            changed.append(report)
        done.saved[report.participant_id] = saved
    Entry.objects.bulk_create(entries, batch_size=_BATCH)
    Report.objects.bulk_update(changed, WRITTEN_FIELDS, batch_size=_BATCH)
    _tell_own(round_, framework, [one.participant_id for one in changed])
    return done


def _locked(participants: frozenset[int]) -> list[Report]:
    """Return the providers' reports of participants, made where there is none, locked in one order for everybody."""
    there = Report.objects.filter(participant__in=participants, stage=ValueStage.PROVIDER)
    lacking = participants.difference(there.values_list("participant", flat=True))
    fresh = [Report(participant_id=pk, stage=ValueStage.PROVIDER) for pk in sorted(lacking)]
    Report.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=_BATCH)
    return list(there.select_related("participant").select_for_update(of=("self",)).order_by("pk"))


def _tell_own(round_: Round, framework: Framework, supplied: Collection[int]) -> None:
    """Tell the units' own reports what was supplied: it counts in the progress of those that can still change.

    What is held keeps the progress that it was submitted with, and knows whether it would count otherwise now.
    """
    now = timezone.now()
    own = list(whole_reports().filter(participant__in=supplied, stage=ValueStage.SELF).order_by("pk"))
    read_behind(round_, framework, own)
    open_, held = ([one for one in own if (one.state in HELD) == wanted] for wanted in (False, True))
    for report in open_:
        report.progress = progress_of(framework, in_use(report, framework))
    for report in held:
        report.is_overtaken, report.compared_at = bool(later(report, framework)), now
    Report.objects.bulk_update(open_, ["progress"], batch_size=_BATCH)
    Report.objects.bulk_update(held, ["is_overtaken", "compared_at"], batch_size=_BATCH)


def fully_supplied(round_: Round, facts: Iterable[str]) -> QuerySet[Report]:
    """Return the providers' reports of a round that hold every one of some facts."""
    reports = Report.objects.filter(participant__round=round_, stage=ValueStage.PROVIDER)
    for at, fact in enumerate(facts):
        reports = reports.annotate(**{f"text{at}": value_at(fact)}).filter(**{f"text{at}__gt": ""})
    return reports
