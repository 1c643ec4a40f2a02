"""The deadline hour in miniature: every unit of a country saves, autosaves and submits, while processes are killed.

    python benchmarks/web/deadline.py [--units 10600] [--clients 16] [--port 8411]

Starts a PostgreSQL server of its own (data in a temporary folder) and four web processes, makes one round with so many
units, and lets their officers work through HTTP as the pages do: a save of 40 values, autosaves, the submission. At a
third of the way a web process is killed, at two thirds the database server; both are started again. What was not
acknowledged is sent again with the same change name, as the browser's queue does. At the end every acknowledged value
is looked up in the database, every receipt is verified and the whole log is checked.

Prints the times of acknowledged requests outside the outages, what failed within them, and what the checks found.
Everything runs on this machine; nothing is sent anywhere else.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp

BIN = Path(shutil.which("pg_ctl") or "/usr/lib/postgresql/15/bin/pg_ctl").parent
FRAMEWORK = "khung-2024-commune"
#: Values in one form, autosaves after it.
VALUES, AUTOSAVES = 40, 3
PROCESSES = 4


@dataclass
class Tally:
    """What the clients saw: times by kind of request in seconds, failures within outages and outside of them."""

    times: dict[str, list[float]] = field(default_factory=dict)
    retried: int = 0
    refused: list[str] = field(default_factory=list)
    done: int = 0

    def add(self, kind: str, seconds: float) -> None:
        self.times.setdefault(kind, []).append(seconds)


@dataclass(frozen=True)
class Officer:
    """One unit's officer: the session that the browser would hold, the report, and what they will write."""

    report: int
    session: str
    values: dict[str, str]


class Database:
    """A PostgreSQL server of one's own, that may be killed."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder / "postgres", port
        self.as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    def create(self) -> None:
        self.folder.mkdir()
        if self.as_owner:
            shutil.chown(self.folder, "postgres")
            self.folder.parent.chmod(0o755)
        self._run(BIN / "initdb", "-D", self.folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        settings = f"port={self.port}\nlisten_addresses='127.0.0.1'\nunix_socket_directories=''\nmax_connections=60\n"
        with (self.folder / "postgresql.conf").open("a") as file:
            file.write(settings)
        self.start()

    def start(self) -> None:
        self._run(BIN / "pg_ctl", "-D", self.folder, "-w", "-l", self.folder / "log", "start")

    def kill(self) -> None:
        """End the server as a power cut would."""
        process = int((self.folder / "postmaster.pid").read_text().split()[0])
        os.kill(process, signal.SIGKILL)

    def stop(self) -> None:
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run(BIN / "pg_ctl", "-D", self.folder, "-m", "immediate", "stop")

    def _run(self, *words: Path | str) -> None:
        subprocess.run([*self.as_owner, *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def environment(folder: Path, database: Database) -> dict[str, str]:
    return {
        **os.environ,
        "CHISO_DEMO": "1",
        "CHISO_DATA": str(folder),
        "CHISO_DATABASE_URL": f"postgresql://postgres@127.0.0.1:{database.port}/postgres",
        "DJANGO_SETTINGS_MODULE": "chiso.web.settings",
    }


def web(env: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    words = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "1"]
    words += ["--workers", str(PROCESSES), "--respawn-failed-workers", "--log-level", "critical"]
    return subprocess.Popen([sys.executable, "-m", *words, "chiso.web.wsgi:application"], env=env)


def prepare(units: int) -> list[Officer]:
    """Make the round, the units, and one officer with a session for each; runs in a process that knows the database."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.utils import timezone

    from chiso.framework.inputs import collected
    from chiso.web.collection.models import Report
    from chiso.web.frameworks.models import FrameworkVersion
    from chiso.web.frameworks.services import add_bundled, loaded
    from chiso.web.people.models import Assignment, Role, User
    from chiso.web.rounds.models import Participant, RankingGroup, Round, Stage
    from chiso.web.units.models import Kind, Unit, UnitVersion

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    add_bundled()
    version = FrameworkVersion.objects.get(framework=FRAMEWORK)
    asked = [one for one in collected(loaded(version)).values() if one.type in ("count", "share", "yes_no")][:VALUES]
    assert len(asked) == VALUES, len(asked)
    now = timezone.now()
    province = Unit.objects.create(code="MAU")
    since = now.date().replace(month=1, day=1)
    UnitVersion.objects.create(unit=province, code="MAU", name="Tỉnh mẫu", kind=Kind.PROVINCE, valid_from=since)
    due = now + timezone.timedelta(days=1)
    round_ = Round.objects.create(
        title="Đợt mẫu", year=now.year, framework=version, assessor=province, stage=Stage.OPEN, opens_on=since,
        due_at=due, is_sample=True,
    )  # fmt: skip
    group = RankingGroup.objects.create(round=round_, name="Xã mẫu")
    made = Unit.objects.bulk_create([Unit(code=f"MAU-{number:05}") for number in range(units)])
    UnitVersion.objects.bulk_create(
        [
            UnitVersion(
                unit=one, code=one.code, name=f"Xã mẫu {one.code}", kind=Kind.COMMUNE, parent=province, valid_from=since
            )
            for one in made
        ]
    )
    members = Participant.objects.bulk_create(
        [Participant(round=round_, unit=one, name=f"Xã mẫu {one.code}", group=group) for one in made]
    )
    reports = Report.objects.bulk_create([Report(participant=one) for one in members])
    people = User.objects.bulk_create(
        [User(email=f"{one.code}@mau.example".lower(), full_name=f"Cán bộ {one.code}", password="!") for one in made]
    )
    Assignment.objects.bulk_create(
        [
            Assignment(user=user, role=Role.OFFICER, unit=one, valid_from=since)
            for user, one in zip(people, made, strict=True)
        ]
    )
    random_ = random.Random(20261125)
    sessions, officers = [], []
    store = SessionStore()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    for user, report in zip(people, reports, strict=True):
        key = f"{random_.getrandbits(160):032x}"[:32]
        told = {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: user.get_session_auth_hash()}
        sessions.append(store.model(session_key=key, session_data=store.encode(told), expire_date=due))
        values = {one.fact: _value(one, random_) for one in asked}
        officers.append(Officer(report.pk, key, values))
    store.model.objects.bulk_create(sessions, batch_size=1000)
    return officers


def _value(one: Any, random_: random.Random) -> str:
    if one.type == "yes_no":
        return random_.choice(["yes", "no"])
    return str(random_.randint(0, 100))


class Client:
    """One officer at work, through HTTP, until everything is acknowledged."""

    def __init__(
        self, http: aiohttp.ClientSession, base: str, officer: Officer, tally: Tally, outage: asyncio.Event
    ) -> None:
        self.http, self.base, self.officer, self.tally, self.outage = http, base, officer, tally, outage
        self.token = "x" * 32
        self.number = 0

    async def work(self) -> None:
        facts = list(self.officer.values)
        await self.save("save", {fact: self.officer.values[fact] for fact in facts}, 0)
        for at in range(AUTOSAVES):
            fact = facts[at]
            text = self.officer.values[fact] = {"yes": "no", "no": "yes"}.get(self.officer.values[fact]) or str(
                (int(self.officer.values[fact]) + 1) % 101
            )
            await self.save("autosave", {fact: text}, self.number)
        await self.submit()
        self.tally.done += 1

    async def save(self, kind: str, values: dict[str, str], seen: int) -> None:
        change = f"{self.officer.report}-{kind}-{seen}"
        sent = {
            "change": change,
            "here": "I.1",
            "cells": {fact: {"text": text, "seen": seen} for fact, text in values.items()},
        }
        told = await self._acknowledged(kind, f"/reports/{self.officer.report}/values", json=sent)
        if told.get("refused") or told.get("conflicts"):
            self.tally.refused.append(f"{change}: {told}")
        self.number = told["number"]

    async def submit(self) -> None:
        await self._acknowledged("submit", f"/reports/{self.officer.report}/submit", data={"seen": str(self.number)})

    async def _acknowledged(self, kind: str, path: str, **sent: Any) -> dict[str, Any]:
        """Send until it is acknowledged, as the queue in the browser does."""
        headers = {"Cookie": f"sessionid={self.officer.session}; csrftoken={self.token}", "X-CSRFToken": self.token}
        while True:
            began, down = time.perf_counter(), self.outage.is_set()
            try:
                async with self.http.post(self.base + path, headers=headers, allow_redirects=False, **sent) as answer:
                    if answer.status in (200, 302):
                        if not (down or self.outage.is_set()):
                            self.tally.add(kind, time.perf_counter() - began)
                        return await answer.json() if answer.status == 200 else {}
                    problem = f"{kind}: {answer.status} {(await answer.text())[:200]}"
            except (aiohttp.ClientError, TimeoutError) as error:
                problem = f"{kind}: {error!r}"
            if down or self.outage.is_set():
                self.tally.retried += 1
            else:
                self.tally.refused.append(problem)
                if len(self.tally.refused) > 100:
                    raise RuntimeError(self.tally.refused[-1])
            await asyncio.sleep(0.5)


async def hour(
    officers: list[Officer], base: str, clients: int, database: Database, server: subprocess.Popen[bytes]
) -> Tally:
    """Let every officer work, so many at a time; kill a web process and the database on the way."""
    tally, outage = Tally(), asyncio.Event()
    waiting = iter(officers)
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=clients)) as http:

        async def one_after_another() -> None:
            for officer in waiting:
                await Client(http, base, officer, tally, outage).work()

        killer = asyncio.create_task(_kill(tally, outage, database, server, len(officers)))
        await asyncio.gather(*(one_after_another() for _ in range(clients)))
        await killer
    return tally


async def _kill(
    tally: Tally, outage: asyncio.Event, database: Database, server: subprocess.Popen[bytes], units: int
) -> None:
    async def reached(share: float) -> None:
        while tally.done < units * share:
            await asyncio.sleep(0.05)

    await reached(1 / 3)
    outage.set()
    children = subprocess.run(
        ["pgrep", "-P", str(server.pid)], capture_output=True, text=True, check=True
    ).stdout.split()
    os.kill(int(random.Random(1).choice(children)), signal.SIGKILL)
    await asyncio.sleep(3)
    outage.clear()
    print(f"killed one of {len(children)} web processes after {tally.done} units")
    await reached(2 / 3)
    outage.set()
    database.kill()
    await asyncio.sleep(2)
    await asyncio.to_thread(database.start)
    await asyncio.sleep(3)
    outage.clear()
    print(f"killed the database after {tally.done} units and started it again")


def check(officers: list[Officer]) -> list[str]:
    """Look everything up that was acknowledged: values, receipts, the log."""
    from django.db import connection

    from chiso.web.audit.queries import breaks
    from chiso.web.collection.models import Receipt, Report
    from chiso.web.collection.receipts import hash_of

    connection.close()  # that of the preparation ended with the server
    problems = []
    kept = dict(Report.objects.values_list("pk", "values"))
    for officer in officers:
        found = {fact: cell["v"] for fact, cell in kept[officer.report].items()}
        problems += [
            f"report {officer.report}: {fact}" for fact, text in officer.values.items() if found.get(fact) != text
        ]
    receipts = list(Receipt.objects.values_list("report", "content", "hash").iterator())
    problems += [f"receipt of {report}" for report, content, digest in receipts if hash_of(content) != digest]
    problems += [f"report {pk} has no receipt" for pk in set(kept) - {report for report, _, _ in receipts}]
    problems += [f"log: {one}" for one in breaks()]
    print(f"looked up {len(kept)} reports, {sum(map(len, kept.values()))} values, {len(receipts)} receipts and the log")
    return problems


def report_times(tally: Tally, seconds: float) -> None:
    for kind, times in tally.times.items():
        ordered = sorted(times)
        p95, p99 = ordered[int(len(ordered) * 0.95)], ordered[int(len(ordered) * 0.99)]
        told = f"p50 {median(times) * 1000:6.0f} ms  p95 {p95 * 1000:6.0f} ms  p99 {p99 * 1000:6.0f} ms"
        print(f"{kind:10} {len(times):7} {told}")
    count = sum(map(len, tally.times.values()))
    print(f"{count / seconds:.0f} requests a second over {seconds:.0f} s; sent again within outages: {tally.retried}; "
          f"failures outside of them: {len(tally.refused)}")  # fmt: skip


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--units", type=int, default=10_600)
    options.add_argument("--clients", type=int, default=16)
    options.add_argument("--port", type=int, default=8411)
    told = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="chiso-deadline-") as name:
        folder = Path(name)
        database = Database(folder, told.port + 1)
        database.create()
        env = environment(folder, database)
        os.environ.update(env)
        server = None
        try:
            officers = prepare(told.units)
            server = web(env, told.port)
            time.sleep(6)
            began = time.perf_counter()
            tally = asyncio.run(hour(officers, f"http://127.0.0.1:{told.port}", told.clients, database, server))
            report_times(tally, time.perf_counter() - began)
            problems = check(officers)
        finally:
            if server is not None:
                server.terminate()
                server.wait()
            database.stop()
    for problem in [*tally.refused, *problems][:20]:
        print(problem)
    print("everything that was acknowledged is there" if not problems else f"{len(problems)} problems")
    return 1 if problems or tally.refused else 0


if __name__ == "__main__":
    sys.exit(main())
