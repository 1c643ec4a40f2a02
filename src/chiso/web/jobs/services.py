"""How jobs begin, run, end, and go on after their worker was killed."""

from __future__ import annotations

import datetime as dt
import logging
import re
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chiso.web.audit.services import Actor
from chiso.web.formats import language
from chiso.web.jobs.models import Job, JobState
from chiso.web.jobs.work import KINDS, Outcome, Run, StoppedError
from chiso.web.outages import Outage, outage_of

_LOG = logging.getLogger("chiso.jobs")

#: A running job that gave no sign of life for so long has lost its worker.
LEASE = dt.timedelta(minutes=2)

#: The endings of files that are kept: they tell readers what a file says it is.
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}", re.ASCII)

#: A job is begun at most so often.
ATTEMPTS = 3

#: Files of jobs are kept for so long.
KEPT = dt.timedelta(days=30)


def start(
    *, kind: str, actor: Actor, arguments: dict[str, Any] | None = None, source: File[bytes] | None = None
) -> Job:
    """Put a job into the queue; with the database backend it is there if and only if its row is."""
    from chiso.web.jobs.tasks import run_job  # the task calls these services in turn

    assert kind in KINDS, kind
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            arguments=arguments or {},
            by_id=actor.user_id,
            address=actor.address,
            language=language(),
            **({"source": _named(source)} if source is not None else {}),
        )
        run_job.enqueue(job.pk)
    job.refresh_from_db()
    return job


def _named(source: File[bytes]) -> File[bytes]:
    """Return a file under a name that any disk takes: what people call theirs may be longer, or hold anything."""
    ending = PurePath(source.name or "").suffix
    source.name = f"source{ending}" if _ENDING.fullmatch(ending) else "source"
    return source


def run(*, job_id: int) -> None:
    """Do a job; one that somebody else has begun, or that is over, is left alone."""
    now = timezone.now()
    begun = Job.objects.filter(pk=job_id, state=JobState.WAITING).update(
        state=JobState.RUNNING, attempt=F("attempt") + 1, started_at=now, seen_at=now, done=0, total=0
    )
    if not begun:
        return
    job = Job.objects.get(pk=job_id)
    with translation.override(job.language):
        try:
            _finish(job, JobState.DONE, KINDS[job.kind].function(Run(job)))
        except StoppedError as stopped:
            _finish(job, JobState.FAILED, Outcome(str(stopped)))
        except Exception as error:
            outage = outage_of(error)
            if outage is None:
                raise
            _LOG.warning("%s broke off", job, exc_info=True)
            _broken_off(job, outage)
        finally:
            job.source.close()


def _broken_off(job: Job, outage: Outage) -> None:
    """Say of a job that there was no room for it; leave one that lost its database to whoever looks for lost ones."""
    if outage == Outage.DATABASE:
        connection.close()  # the worker goes on with a new one
        return
    words = _(
        "There is no room left on the server, so the work was not finished and no half file was kept. Tell the system "
        "operator, who has to make room first; then start it again."
    )
    _finish(job, JobState.FAILED, Outcome(words))


def fail(*, job_id: int) -> None:
    """Say of a job that broke off in a way nobody foresaw that it did."""
    job = Job.objects.filter(pk=job_id, state=JobState.RUNNING).first()
    if job is not None:
        with translation.override(job.language):
            words = _(
                "The work broke off because of a fault in the program; the fault was recorded. Nothing that was "
                "already finished is lost. Try again, and tell the system operator if it happens once more."
            )
            _finish(job, JobState.FAILED, Outcome(words))


def resume_lost(*, now: dt.datetime | None = None, only: Job | None = None) -> int:
    """Begin jobs again whose worker was killed, or say that they are lost; return how many there were."""
    from chiso.web.jobs.tasks import run_job  # the task calls these services in turn

    lost = Job.objects.filter(state=JobState.RUNNING, seen_at__lt=(now or timezone.now()) - LEASE)
    if only is not None:
        lost = lost.filter(pk=only.pk)
    count = 0
    for job in lost:
        count += 1
        if not KINDS[job.kind].repeatable or job.attempt >= ATTEMPTS:
            with translation.override(job.language):
                words = _(
                    "The work was interrupted because its process ended. Look at what is there already, then start it "
                    "again."
                )
                _finish(job, JobState.FAILED, Outcome(words))
            continue
        with transaction.atomic():
            mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)
            if mine.update(state=JobState.WAITING):
                run_job.enqueue(job.pk)
    return count


def discard_old(*, now: dt.datetime | None = None) -> int:
    """Remove jobs that were over long ago, with their files; return how many."""
    old = Job.objects.filter(Q(finished_at__lt=(now or timezone.now()) - KEPT))
    count = 0
    for job in old:
        for file in (job.source, job.file):
            if file:
                file.delete(save=False)
        job.delete()
        count += 1
    return count


def _finish(job: Job, state: JobState, outcome: Outcome) -> None:
    """Write how an attempt ended, unless another one has begun meanwhile."""
    with transaction.atomic():
        mine = Job.objects.select_for_update().filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING).first()
        if mine is None:
            return
        mine.state, mine.message, mine.result = state, outcome.message, dict(outcome.result)
        mine.finished_at = mine.seen_at = timezone.now()
        if state == JobState.DONE:
            mine.done = mine.total
        if outcome.file is not None:
            mine.file_name = outcome.file_name
            mine.file.save(f"{mine.pk}-{mine.attempt}", ContentFile(outcome.file), save=False)
        mine.save()
