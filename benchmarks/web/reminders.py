"""What it takes to remind a nation of days printed for single criteria.

    python benchmarks/web/reminders.py [--units 10600]

One open round on SQLite, its officers, and a report of 40 values for each unit, under a framework that wants every
criterion in three days although the round is due in thirty. Mails are made and thrown away. Told are the time and the
queries of ``send_reminders`` when nobody has been told yet and when everybody has, and what the process holds.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import servers
import world as world_

BASE = "khanh-hoa-2023-district"


def printed(codes: list[str], day: dt.date) -> str:
    """Return a framework that wants criteria on a day."""
    rows = "\n".join(f'    "{code}": {{due: Ngày in}}' for code in codes)
    return f"""
format: 1
id: mau
version: "1.0"
extends: {BASE}
title: {{vi: Bộ mẫu, en: Sample}}
legal: {{number: 00/QĐ-MẪU, year: {day.year}, issuer: Cơ quan mẫu, title: Văn bản mẫu}}
deadlines: {{Ngày in: {{kind: date, date: {day.isoformat()}}}}}
changes:
  criteria:
{rows}
"""


def prepare(units: int) -> None:
    """Make the world of the other measurements, under such a framework."""
    made = world_.prepare(units, BASE, filled=True)
    from chiso.framework.loader import load
    from chiso.web.frameworks.services import add_framework
    from chiso.web.rounds.models import Round

    today = dt.datetime.now(dt.UTC).date()
    leaves = [code for code, one in load(BASE).criteria.items() if not one.criteria]
    version = add_framework(text=printed(leaves, today + dt.timedelta(days=3)))
    due = dt.datetime.now(dt.UTC) + dt.timedelta(days=30)
    Round.objects.filter(pk=made.round).update(framework=version, due_at=due)


def send() -> None:
    """Run the command once, and say what it took."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    count = [0]

    def counted(execute, *words):  # type: ignore[no-untyped-def]
        count[0] += 1
        return execute(*words)

    begun, peak = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with connection.execute_wrapper(counted):
        call_command("send_reminders")
    taken, most = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    own = time.process_time()
    print(
        f"{taken:.1f} s ({own:.1f} s of the processor), {count[0]} queries, {most // 1024} MiB ({peak // 1024} before)"
    )


def main() -> None:
    """Prepare, then send twice, each in a process of its own."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--units", type=int, default=10_600)
    options.add_argument("--only", choices=["prepare", "send"])
    told = options.parse_args()
    if told.only:
        prepare(told.units) if told.only == "prepare" else send()
        return
    with tempfile.TemporaryDirectory(prefix="chiso-reminders-") as name:
        environment = {**os.environ, **servers.environment(Path(name), f"sqlite:///{name}/chiso.sqlite3")}
        for step in ("prepare", "send", "send"):
            subprocess.run(
                [sys.executable, __file__, "--units", str(told.units), "--only", step], env=environment, check=True
            )


if __name__ == "__main__":
    main()
