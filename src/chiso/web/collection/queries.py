"""Reading reports with all that goes with them, in few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from chiso.framework.model import Framework
from chiso.web.audit.models import Entry
from chiso.web.collection.cells import Document
from chiso.web.collection.children import levels_behind
from chiso.web.collection.documents import parts_of, with_is_whole
from chiso.web.collection.effective import Part, effective, over
from chiso.web.collection.facts import Reported
from chiso.web.collection.frozen import frozen, values_of_last
from chiso.web.collection.models import Report, Result, ValueStage
from chiso.web.compiled import Compiled, Joined
from chiso.web.people.models import User
from chiso.web.rounds.models import Participant

#: Changes of a place that its history shows; older ones are in the log.
SHOWN_CHANGES = 50


def whole_reports() -> QuerySet[Report]:
    """Return reports with participant, round and framework, what providers supplied as ``provided``, ``is_whole``."""
    return with_is_whole(
        Report.objects.select_related("participant__round__framework")
        .defer("participant__round__framework__text", "participant__round__framework__bases")
        .annotate(provided=Subquery(_supplied().values("values")[:1]))
    )


def _supplied() -> QuerySet[Report]:
    """Return, for a subquery of reports, what providers supplied for the same participant."""
    return Report.objects.filter(participant=OuterRef("participant"), stage=ValueStage.PROVIDER)


_WHOLE = Joined(Report, "participant", "round", "framework", without=["text", "bases"])


def _whole_reports(pk: int) -> QuerySet[Report, tuple[Any, ...]]:
    return whole_reports().filter(pk=pk).values_list(*_WHOLE.names, "provided", "is_whole")


_REPORT = Compiled(_whole_reports, pk=int)


def whole_report(report_id: int, *, locked: bool = False) -> Report:
    """Return one of :func:`whole_reports`: one query.

    ``locked``: for changing it, inside a transaction.

    Raises:
        Report.DoesNotExist: there is no such report.
    """
    rows = _REPORT.rows(pk=report_id, locked=Report._meta.db_table if locked else "")
    if not rows:
        raise Report.DoesNotExist
    report = _WHOLE.made(rows[0])
    vars(report)["provided"], vars(report)["is_whole"] = rows[0][-2:]
    return report


def in_use(report: Report, framework: Framework) -> dict[str, Mapping[str, Any]]:
    """Return the values that count, as results take them: the unit's own, else a provider's, else the sum of parts.

    Of a report that is held those that it was submitted with, each with who gave it where it still stands.
    """
    held = frozen(report)
    if held is not None:
        return {fact: _with_origin(report, fact, cell) for fact, cell in held.values.items()}
    return _standing_now(report, framework)


def _standing_now(report: Report, framework: Framework) -> dict[str, Mapping[str, Any]]:
    if report.stage != ValueStage.SELF:
        return dict(report.values)
    return effective(framework, report.values, provided(report), parts_behind(report))


def _with_origin(report: Report, fact: str, cell: Mapping[str, Any]) -> Mapping[str, Any]:
    origin = cell.get("from", "own")
    given = {"own": report.values, "provider": provided(report)}.get(origin, {}).get(fact)
    if given is None or any(given.get(name, "") != cell.get(name, "") for name in ("v", "as_of", "source", "note")):
        return cell
    return {**given, **({"from": origin} if origin != "own" else {})}


@dataclass(frozen=True, slots=True)
class Later:
    """What others have changed since a report was submitted: what would count now, by fact.

    ``levels``: whether the levels of its child units are others now.
    """

    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    levels: bool = False

    def __bool__(self) -> bool:
        return bool(self.values) or self.levels


def later(report: Report, framework: Framework) -> Later:
    """Return what has changed behind a report that is held; it counts once the report was submitted anew."""
    held = frozen(report)
    if held is None:
        return Later()
    now, nothing = _standing_now(report, framework), {"v": ""}
    differing = {
        fact: now.get(fact, nothing)
        for fact in held.values.keys() | now.keys()
        if _said(now.get(fact, nothing)) != _said(held.values.get(fact, nothing))
    }
    return Later(differing, held.children is not None and held.children != levels_behind(report, framework))


def _said(cell: Mapping[str, Any]) -> tuple[str, str]:
    """Return of a value what points can depend on; a day beside nothing decides nothing."""
    return cell["v"], cell.get("as_of", "") if cell["v"] else ""


def parts_behind(report: Report) -> Sequence[Part]:
    """Return what the figures of a report may add up from; read once, and only where there is something."""
    if not getattr(report, "is_whole", False):
        return ()
    found: Sequence[Part] | None = getattr(report, "parts_read", None)
    if found is None:
        found = report.parts_read = parts_of(report.participant)  # type: ignore[attr-defined]
    return found


def reported_in(report: Report, framework: Framework, values: Document) -> Reported:
    """Return a report's values as they are scored, with what else its level depends on."""
    participant, held = report.participant, frozen(report)
    if held is not None:
        return Reported(participant.name, "", values, held.registered, held.children)
    return Reported(participant.name, "", values, participant.aimed_at, levels_behind(report, framework))


def provided(report: Report) -> dict[str, Mapping[str, Any]]:
    """Return what providers supplied for the unit; nothing for a report that is theirs."""
    found: dict[str, Mapping[str, Any]] | None = getattr(report, "provided", None)
    if not found or report.stage != ValueStage.SELF:
        return {}
    return {fact: cell for fact, cell in found.items() if cell["v"]}


@dataclass(frozen=True, slots=True)
class Previous:
    """What the same unit reported in the round before, and what the engine made of it; empty where there is none."""

    year: int | None = None
    values: Mapping[str, Mapping[str, Any]] | None = None
    result: Mapping[str, Any] | None = None

    def text(self, fact: str) -> str:
        """Return last year's value as cells keep it."""
        cell = (self.values or {}).get(fact)
        return cell["v"] if cell else ""

    def points(self, code: str) -> str | None:
        """Return last year's exact points of a criterion."""
        criterion = (self.result or {}).get("criteria", {}).get(code)
        exact: str | None = criterion.get("exact") if criterion else None
        return exact


def previous_of(participant: Participant) -> Previous:
    """Return what the unit reported in the round before, itself or through providers: as it was submitted, if it was.

    Two queries, none where there was no such round.
    """
    before = participant.round.previous_id
    if before is None:
        return Previous()
    of = {"participant__round": before, "participant__unit": participant.unit_id, "stage": ValueStage.SELF}
    rows = Report.objects.filter(**of).annotate(
        provided=Subquery(_supplied().values("values")[:1]), submitted=values_of_last()
    )
    row = rows.values_list("values", "provided", "submitted", "participant__round__year").first()
    if row is None:
        return Previous()
    own, given, submitted, year = row
    result = Result.objects.filter(**of).values_list("data", flat=True).first()
    return Previous(year, over(own, given or {}) if submitted is None else submitted, result)


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one value, for its history. ``is_supplied``: a provider made it, in its own report."""

    entry: Entry
    fact: str
    old: str
    new: Mapping[str, Any]
    by: str
    is_supplied: bool = False


def history(report: Report, facts: Iterable[str]) -> list[Change]:
    """Return the changes of some values, by the unit and by providers, the newest first."""
    wanted = set(facts)
    found: list[tuple[Entry, str]] = []
    theirs = Report.objects.filter(participant=report.participant_id, stage=ValueStage.PROVIDER)
    strands = {report.strand, *(one.strand for one in theirs.only("pk"))}
    saves = Entry.objects.filter(strand__in=strands, action="report.saved").order_by("-at", "-number")
    for entry in saves.iterator(100):
        found += [(entry, fact) for fact in entry.data["values"] if fact in wanted]
        if len(found) >= SHOWN_CHANGES:
            break
    names = names_of(entry.by_id for entry, _ in found)
    return [
        Change(
            entry,
            fact,
            entry.data["values"][fact]["old"] or "",
            entry.data["values"][fact]["new"],
            names.get(entry.by_id, ""),
            entry.strand != report.strand,
        )
        for entry, fact in found
    ]


def names_of(users: Iterable[int | None]) -> dict[int | None, str]:
    """Return the names of people, by their accounts."""
    wanted = {one for one in users if one is not None}
    return dict(User.objects.filter(pk__in=wanted).values_list("pk", "full_name")) if wanted else {}
