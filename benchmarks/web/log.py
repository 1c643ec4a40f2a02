"""A long log: how fast its pages, its export and its check are among very many entries. Needs PostgreSQL.

    CHISO_DATABASE_URL=postgresql://... python benchmarks/web/log.py [--entries 1000000]

Fills an empty database with a round of 10,600 units, each of whose reports has a chain of saves;
then asks for pages as an auditor does, and works exports and the check out in this process. Entries have true hashes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import time
from collections.abc import Callable, Iterator
from typing import Any

UNITS = 10_600


def entries(reports: list[int], count: int, by: int, scope: str) -> Iterator[tuple[Any, ...]]:
    """Yield rows of the log: saves of three values, one report after the other, hour by hour."""
    from chiso.web.audit.chain import Content, Head, digest

    heads = {report: Head() for report in reports}
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    for at in range(count):
        report = reports[at % len(reports)]
        head, strand = heads[report], f"report:{report}"
        cell = {"v": str(at), "by": by, "at": start.isoformat(), "n": head.number + 1}
        data = {"values": {f"1.{one}/a": {"old": None, "new": cell} for one in range(3)}, "change": f"c{at}"}
        moment = start + dt.timedelta(seconds=60 * at)
        made = digest(strand, head, Content(moment, "report.saved", by, "192.0.2.1", data))
        yield (
            strand,
            scope,
            head.number + 1,
            moment,
            "report.saved",
            by,
            "192.0.2.1",
            json.dumps(data),
            head.hash,
            made,
        )
        heads[report] = Head(head.number + 1, made)
    ENDS.update(heads)


#: Where the strands end, once all entries are made.
ENDS: dict[int, Any] = {}


def fill(count: int) -> dict[str, Any]:
    """Make units, round and entries; return the auditor and what else is asked for."""
    import world
    from django.core.management import call_command
    from django.db import connection

    from chiso.web.collection.models import Report
    from chiso.web.people.models import Assignment, Role, User
    from chiso.web.rounds.models import Round

    call_command("createcachetable", verbosity=0)
    made = world.prepare(UNITS, "khung-2024-commune")
    round_ = Round.objects.get(pk=made.round)
    auditor = User.objects.create_user("auditor@mau.example", "x", full_name="Kiểm tra mẫu")
    Assignment.objects.create(user=auditor, role=Role.AUDITOR, unit=round_.assessor, valid_from=dt.date(2020, 1, 1))
    reports = [one.report for one in made.officers]
    columns = "strand, scope, number, at, action, by_id, address, data, previous, hash"
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY audit_entry ({columns}) FROM STDIN") as copy:
            for row in entries(reports, count, auditor.pk, round_.strand):
                copy.write_row(row)
        cursor.execute("CREATE TEMPORARY TABLE ends (pk bigint, number int, hash text)")
        with cursor.copy("COPY ends FROM STDIN") as copy:
            for report, head in ENDS.items():
                copy.write_row((report, head.number, head.hash))
        cursor.execute(
            f"UPDATE {Report._meta.db_table} r SET number = e.number, hash = e.hash FROM ends e WHERE r.id = e.pk"  # noqa: S608
        )
        cursor.execute("ANALYZE")
    return {"auditor": auditor, "round": round_, "reports": reports}


def measured(name: str, act: Callable[[], object], times: int = 3) -> None:
    """Print the best of several times, and the most memory that this process has needed so far."""
    took = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        took.append(time.perf_counter() - begun)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:42} {min(took) * 1000:10.0f} ms   {memory:6.0f} MiB", flush=True)


def ask(told: dict[str, Any]) -> None:
    """Ask for pages, exports and the check."""
    from django.test import Client
    from django.urls import reverse

    from chiso.web.audit.models import Entry
    from chiso.web.audit.queries import breaks
    from chiso.web.audit.services import Actor
    from chiso.web.collection.models import Report
    from chiso.web.jobs.models import Job
    from chiso.web.jobs.services import run, start

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(told["auditor"], backend="allauth.account.auth_backends.AuthenticationBackend")
    log, scope = reverse("log"), told["round"].strand
    report = Report.objects.select_related("participant").get(pk=told["reports"][5000])
    middle = Entry.objects.filter(scope=scope)[Entry.objects.count() // 2].pk

    def page(**asked: object) -> None:
        answer = client.get(log, asked)
        assert answer.status_code == 200, answer.status_code

    def exported(form: str, **asked: object) -> None:
        wanted = {"within": scope, **asked}
        job = start(kind="audit.export", actor=Actor(told["auditor"].pk), arguments={"wanted": wanted, "format": form})
        run(job_id=job.pk)
        assert Job.objects.get(pk=job.pk).state == "done"

    measured("first page", page)
    measured("first page of the round", lambda: page(within=scope))
    measured("page in the middle", lambda: page(before=middle))
    measured("a month years ago", lambda: page(since="2020-02-01", until="2020-02-29"))
    measured("a unit by its name", lambda: page(unit="MAU-05000"))
    measured("a report", lambda: page(about=report.strand))
    measured("a person", lambda: page(person="Kiểm tra"))
    measured("a rare action", lambda: page(action="round.moved"))
    measured("a rare action of a unit", lambda: page(action="report.signed", unit="MAU-05000"))
    measured("export of 100,000 entries as CSV", lambda: exported("csv"), 1)
    measured("export of 100,000 entries as Excel", lambda: exported("xlsx"), 1)
    measured("check of every chain", lambda: list(breaks()), 1)


def main() -> None:
    """Fill, then ask."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--entries", type=int, default=1_000_000)
    told = given.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chiso.web.settings")
    os.environ.setdefault("CHISO_DEMO", "1")
    import django

    django.setup()
    begun = time.perf_counter()
    made = fill(told.entries)
    print(f"{told.entries} entries made in {time.perf_counter() - begun:.0f} s", flush=True)
    ask(made)


if __name__ == "__main__":
    main()
