"""What takes long with the log: taking entries along as a file, and checking every chain."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from chiso.web.audit import export
from chiso.web.audit.forms import FORMATS
from chiso.web.audit.listing import Wanted, batches, count_up_to
from chiso.web.audit.looks import note_check, note_export
from chiso.web.audit.models import Entry
from chiso.web.audit.permissions import access_of, may_see_log, scopes_of, sees_addresses
from chiso.web.audit.queries import breaks
from chiso.web.audit.reading import told
from chiso.web.jobs.models import Job
from chiso.web.jobs.work import Outcome, Run, job

#: Entries of one file; whoever needs more chooses periods.
MOST = 100_000

#: Entries that are told at a time.
_BATCH = 1_000

#: Breaks that the page lists; of more it says how many there are.
LISTED = 200


def _sees_log(job_: Job) -> bool:
    return job_.by_id is not None and may_see_log(access_of(job_.by_id))


@job("audit.export", gettext_lazy("Export of the log"), repeatable=True, may=_sees_log)
def export_entries(run: Run) -> Outcome:
    """Write entries that the person who asked may see into a file, and say so in the log."""
    access, form = access_of(run.actor.person), run.arguments["format"]
    wanted = Wanted.of_told(run.arguments["wanted"], (one.name for one in scopes_of(access)))
    addresses = sees_addresses(access)
    total = count_up_to(wanted, MOST + 1)
    run.expect(min(total, MOST))
    written = {"csv": export.as_csv, "xlsx": export.as_xlsx}[form]
    content = written(export.heads(addresses=addresses), _rows(run, wanted, addresses=addresses))
    with transaction.atomic():
        run.hold()
        note_export(wanted=wanted, actor=run.actor, form=str(FORMATS[form]), entries=min(total, MOST))
    message = ngettext("%(num)s entry.", "%(num)s entries.", min(total, MOST)) % {"num": min(total, MOST)}
    if total > MOST:
        message = _("Only the newest %(num)s entries: choose shorter periods to take all along.") % {"num": MOST}
    return Outcome(message, {}, content, f"nhat-ky.{form}")


def _rows(run: Run, wanted: Wanted, *, addresses: bool) -> Iterator[list[str]]:
    for batch in batches(wanted, MOST, _BATCH):
        for one in told(batch):
            yield export.cells(one, addresses=addresses)
        run.advance(len(batch))


@job("audit.check", gettext_lazy("Check of the log"), repeatable=True)
def check(run: Run) -> Outcome:
    """Compute every chain anew and list where the log does not hold together."""
    entries = Entry.objects.count()
    run.expect(entries)
    found = list(breaks(passed=run.advance))
    with transaction.atomic():
        run.hold()
        note_check(actor=run.actor, entries=entries, breaks=len(found))
    listed = [[one.strand, one.number, one.code] for one in found[:LISTED]]
    told_ = {"entries": entries, "count": len(found), "breaks": listed}
    return Outcome("", {**told_, "next": reverse("log_checked", args=(run.job.pk,))})
