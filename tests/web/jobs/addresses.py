"""What the addresses of ``jobs`` need for the table of permissions: a job of whoever asks."""

from __future__ import annotations

from collections.abc import Callable

from django.core.files.base import ContentFile

from chiso.web.jobs.models import Job, JobState
from chiso.web.jobs.work import KINDS, Kind, Outcome
from chiso.web.people.models import User
from tests.web.world import Arguments

KINDS["test.table"] = Kind("Thử", lambda run: Outcome(), repeatable=True)


def _job(person: User) -> None:
    file = ContentFile(b"xlsx", "table.xlsx")
    Job.objects.create(pk=1, kind="test.table", state=JobState.DONE, by=person, file=file, file_name="a.xlsx")


ARGUMENTS: dict[str, Arguments] = {name: lambda world: {"pk": 1} for name in ("job", "job_part", "job_file")}

PREPARED: dict[str, Callable[[User], None]] = {"job": _job, "job_part": _job, "job_file": _job}
