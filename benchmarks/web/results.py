"""What it takes to work out the results of a nation whose reports are submitted.

    python benchmarks/web/results.py [--units 10600]

One round of units that each have a report of 40 values with its receipt, on SQLite or on the empty database that
``CHISO_DATABASE_URL`` names. Told are the processor's time, the queries and the memory of the job that works the
results out, the first time and once more over what is there; on PostgreSQL also its own process's time.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import servers
import world as world_

FRAMEWORK = "khanh-hoa-2023-district"


def prepare(units: int) -> None:
    """Make the world of the other measurements, and let every unit have submitted its report.

    Only the first report is submitted as people do; the other receipts are like it, with values of their own: what they
    say of points is not read here.
    """
    made = world_.prepare(units, FRAMEWORK, filled=True)
    from chiso.web.audit.services import Actor
    from chiso.web.collection import receipts
    from chiso.web.collection.models import Receipt, Report, ReportState
    from chiso.web.collection.submission import submit
    from chiso.web.frameworks.services import loaded
    from chiso.web.people.models import User
    from chiso.web.rounds.models import Round

    round_ = Round.objects.select_related("framework").get(pk=made.round)
    framework = loaded(round_.framework, round_.readings)
    person = User.objects.order_by("pk")[0].pk
    first = submit(report_id=made.officers[0].report, framework=framework, actor=Actor(person), seen=1)
    others = Report.objects.exclude(pk=first.report_id).select_related("participant__unit").order_by("pk")
    batch = []
    for report in others.iterator(500):
        unit = {**first.content["unit"], "code": report.participant.unit.code, "name": report.participant.name}
        told = {"id": report.pk, "number": report.number, "log": report.hash}
        values = {fact: {"v": cell["v"]} for fact, cell in report.values.items()}
        content = {**first.content, "unit": unit, "report": told, "values": values}
        digest = receipts.hash_of(content)
        batch.append(Receipt(
            report=report, number=report.number, at=first.at, by_id=person, content=content, hash=digest,
            framework_hash=first.framework_hash, engine=first.engine,
        ))  # fmt: skip
        if len(batch) == 500:
            Receipt.objects.bulk_create(batch)
            batch.clear()
    Receipt.objects.bulk_create(batch)
    others.update(state=ReportState.SIGNED, submitted_at=first.at)


def work_out() -> None:
    """Run the job once, and say what it took."""
    import django

    django.setup()
    from alone import ticks
    from django.db import connection

    from chiso.web.jobs.models import Job
    from chiso.web.jobs.services import run
    from chiso.web.people.models import User
    from chiso.web.rounds.models import Round

    job = Job.objects.create(
        kind="results.recalculate", arguments={"round": Round.objects.get().pk}, by=User.objects.order_by("pk")[0]
    )
    server = None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            [server] = cursor.fetchone()
    count = [0]

    def counted(execute, *words):  # type: ignore[no-untyped-def]
        count[0] += 1
        return execute(*words)

    before, peak = ticks(server) if server else 0.0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, own = time.perf_counter(), time.process_time()
    with connection.execute_wrapper(counted):
        run(job_id=job.pk)
    taken, own = time.perf_counter() - begun, time.process_time() - own
    of_server = f" and {ticks(server) - before:.1f} s of the database's" if server else ""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    job.refresh_from_db()
    print(
        f"{job.message or job.state} {own:.1f} s of the processor{of_server} ({taken:.1f} s on the clock), "
        f"{count[0]} queries, {most // 1024} MiB ({peak // 1024} before)",
        flush=True,
    )


def main() -> None:
    """Prepare, then work out twice, each in a process of its own."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--units", type=int, default=10_600)
    options.add_argument("--only", choices=["prepare", "work out"])
    told = options.parse_args()
    if told.only:
        prepare(told.units) if told.only == "prepare" else work_out()
        return
    with tempfile.TemporaryDirectory(prefix="chiso-results-") as name:
        url = os.environ.get("CHISO_DATABASE_URL") or f"sqlite:///{name}/chiso.sqlite3"
        environment = {**os.environ, **servers.environment(Path(name), url)}
        for step in ("prepare", "work out", "work out"):
            subprocess.run(
                [sys.executable, __file__, "--units", str(told.units), "--only", step], env=environment, check=True
            )


if __name__ == "__main__":
    main()
