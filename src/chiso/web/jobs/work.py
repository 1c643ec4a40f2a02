"""What a job does: functions that apps register by a name, and the hands they are given while they run."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from chiso.web.audit.services import Actor
from chiso.web.jobs.models import Job, JobState

#: Progress is written at most this often, in seconds: people look, they do not count.
PACE = 0.5


class StoppedError(Exception):
    """The job cannot go on, for a reason that its sentence tells the person who asked for it."""


class SupersededError(Exception):
    """An attempt that was given up for dead, after which another one began: it must not write any more."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job: a sentence, data for its page, and perhaps a file to fetch.

    ``result["next"]``, an address, is where the page goes on to; ``result["back"]`` is only offered.
    """

    message: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)
    file: bytes | None = None
    file_name: str = ""


class Run:
    """One attempt at a job, as its function sees it."""

    def __init__(self, job: Job) -> None:
        self.job, self.arguments = job, job.arguments
        self.actor = Actor(job.by_id, job.address)
        self._done = 0
        self._written = time.monotonic()

    def expect(self, total: int) -> None:
        """Say how many steps there are, and begin to count."""
        self._done = 0
        self._write(done=0, total=total)

    def advance(self, steps: int = 1) -> None:
        """Count steps that are done; call it outside transactions, or nobody sees it before they end."""
        self._done += steps
        if time.monotonic() - self._written >= PACE:
            self._write(done=self._done)

    def hold(self) -> None:
        """Within a transaction: make sure that this attempt still is the one, until the transaction ends.

        Raises:
            SupersededError: it is not.
        """
        mine = Job.objects.select_for_update().filter(pk=self.job.pk, attempt=self.job.attempt, state=JobState.RUNNING)
        if not mine.exists():
            raise SupersededError(str(self.job))

    def _write(self, **fields: int) -> None:
        self._written = time.monotonic()
        mine = Job.objects.filter(pk=self.job.pk, attempt=self.job.attempt, state=JobState.RUNNING)
        if not mine.update(seen_at=timezone.now(), **fields):
            raise SupersededError(str(self.job))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job: what people call it, and whether it may be begun again after its worker was killed.

    A repeatable job changes nothing, or changes everything in one transaction that begins with ``Run.hold``. ``may``
    says whether whoever asked for it may still have the file it made: a role may have ended since.
    """

    words: str | Promise
    function: Callable[[Run], Outcome]
    repeatable: bool
    may: Callable[[Job], bool] = lambda _job: True


KINDS: dict[str, Kind] = {}


def job(
    name: str, words: str | Promise, *, repeatable: bool, may: Callable[[Job], bool] = lambda _job: True
) -> Callable[[Callable[[Run], Outcome]], Any]:
    """Register a function under a name such as ``units.import``; it belongs into an app's ``tasks`` module."""

    def registered(function: Callable[[Run], Outcome]) -> Callable[[Run], Outcome]:
        KINDS[name] = Kind(words, function, repeatable, may)
        return function

    return registered
