"""Files of providers in the background: written, checked, and taken in a few hundred units at a time."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chiso.web.formats import language
from chiso.web.jobs.models import Job
from chiso.web.jobs.work import Outcome, Run, StoppedError, job
from chiso.web.people.access import Access
from chiso.web.providers import reminding, table
from chiso.web.providers.comparing import Preview, batches, compared
from chiso.web.providers.grid import members, rows
from chiso.web.providers.opening import Supplying, supplying
from chiso.web.providers.permissions import may_supply
from chiso.web.providers.services import spread_origin, take
from chiso.web.reminders.services import UnreachableServerError
from chiso.web.rounds.models import Round
from chiso.workbook.faults import TableError

#: Header not found: the file was not made for this round.
_NO_HEADER = ("W030", "W031")


def _opened(run: Run) -> Supplying:
    """Open the round of a job, with the agencies that the person who asked for it has now."""
    round_ = Round.objects.select_related("framework").get(pk=run.arguments["round"])
    access = Access.of(run.actor.person)
    if not may_supply(access, round_):
        raise StoppedError(_("You supply no figures for this round any more. Nothing was changed."))
    return supplying(round_, access.agencies(round_.assessor_id))


def _read(path: Path, opened: Supplying) -> table.Read:
    try:
        return table.read(path, opened)
    except TableError as error:
        if error.code in _NO_HEADER:
            words = _(
                "This is not the file that was downloaded for this round. Download it again and fill that one in."
            )
            raise StoppedError(words) from error
        raise StoppedError(error.text(language())) from error


def file_of(opened: Supplying) -> tuple[bytes, str]:
    """Return the workbook of a provider for all units of a round, and its name."""
    facts = list(opened.figures)
    units = members(opened, facts, "", "")
    found = (row for at in range(0, len(units), _PAGE) for row in rows(opened, units[at : at + _PAGE], facts))
    return table.written(opened, found), f"{slugify(opened.round.title)[:60] or 'so-lieu'}.xlsx"


#: Units read at once for a file.
_PAGE = 500


def _supplies(job_: Job) -> bool:
    round_ = Round.objects.get(pk=job_.arguments["round"])
    return job_.by_id is not None and may_supply(Access.of(job_.by_id), round_)


@job("providers.file", gettext_lazy("File of figures to supply"), repeatable=True, may=_supplies)
def write_file(run: Run) -> Outcome:
    """Write the workbook of a provider."""
    content, name = file_of(_opened(run))
    return Outcome("", {}, content, name)


@job("providers.check", gettext_lazy("Check of a file of figures"), repeatable=True)
def check(run: Run) -> Outcome:
    """Read a file that came back and say what it would change; nothing is changed."""
    opened = _opened(run)
    path = Path(run.job.source.path)
    found = _read(path, opened)
    preview = Preview()
    units = list(batches(found.written))
    run.expect(len(units))
    for some in units:
        preview.add(compared(opened, found, some).values())
        run.advance()
    next_ = reverse("supply_checked", args=[opened.round.pk, run.job.pk])
    return Outcome(result={**preview.told(), "faults": found.faults[:100], "hash": _digest(path), "next": next_})


@job("providers.apply", gettext_lazy("Figures from a file"), repeatable=True)
def apply(run: Run) -> Outcome:
    """Take in what a checked file says. Begun again, it finds what it has kept already, and changes nothing there."""
    opened = _opened(run)
    if opened.closed:
        raise StoppedError(opened.closed)
    source = Job.objects.get(pk=run.arguments["check"])
    found = _read(Path(source.source.path), opened)
    counts: Counter[str] = Counter()
    units = list(batches(found.written))
    run.expect(len(units))
    for some in units:
        _take(run, opened, found, some, counts)
        run.advance()
    told: dict[str, Any] = {"counts": dict(counts), "next": reverse("supply_grid", args=[opened.round.pk])}
    words = _(
        "%(kept)s figures taken over; %(left)s cells were left as they are: they are wrong, or changed meanwhile."
    )
    return Outcome(words % {"kept": counts["kept"], "left": counts["left"]}, told)


@job("providers.origin", gettext_lazy("Source and date of a column"), repeatable=True)
def give_origin(run: Run) -> Outcome:
    """Give every value of a column its source and date; begun again, it changes nothing where that is done."""
    opened, fact = _opened(run), run.arguments["fact"]
    source, as_of = run.arguments["replaced"]
    units = list(batches((pk, fact) for pk in members(opened, [fact], "", "")))
    run.expect(len(units))
    count = 0
    for some in units:
        with transaction.atomic():
            run.hold()
            count += spread_origin(
                opened=opened, fact=fact, participants=some, replaced=(source, as_of), actor=run.actor
            )
        run.advance()
    words = _("%(count)s figures that were supplied before carry the source and date of the column now.")
    return Outcome(words % {"count": count}, {"next": reverse("supply_grid", args=[opened.round.pk])})


@job("providers.remind", gettext_lazy("Reminders to agencies"), repeatable=False)
def remind(run: Run) -> Outcome:
    """Remind agencies; a mail that was sent cannot be taken back, so nothing is begun twice."""
    round_ = Round.objects.select_related("framework").get(pk=run.arguments["round"])
    back = {"back": reverse("supply_agencies", args=[round_.pk])}
    try:
        agencies, people = reminding.remind(round_=round_, actor=run.actor, advance=run.advance)
    except UnreachableServerError as error:
        words = _("The mail server cannot be reached. Try again later: who got a mail already gets no second one.")
        raise StoppedError(words) from error
    words = _("Reminded: %(agencies)s agencies, %(people)s people. Who was reminded within a day is left out.")
    return Outcome(words % {"agencies": agencies, "people": people}, back)


def _take(run: Run, opened: Supplying, found: table.Read, units: list[int], counts: Counter[str]) -> None:
    """Take in what is new or changed of some units; what is wrong, or was changed meanwhile, stays as it is."""
    with transaction.atomic():
        run.hold()
        lines = compared(opened, found, units)
        coming = {key: found.written[key] for key, line in lines.items() if line.is_coming}
        taken = take(opened=opened, written=coming, actor=run.actor, reason="excel")
    counts["kept"] += len(taken.kept)
    counts["left"] += sum(line.verdict not in ("same", "new", "changed") for line in lines.values())
    counts["left"] += len(taken.refused) + len(taken.conflicts)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
