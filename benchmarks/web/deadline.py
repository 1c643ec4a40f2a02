"""The deadline hour in miniature: every unit of a country saves, autosaves and submits, while processes are killed.

    python benchmarks/web/deadline.py [--units 10600] [--minutes 60] [--only 60] [--port 8411]

An even hour of 10,600 units, each with a save of 40 values, three autosaves and a submission, is 15 requests a second;
``--minutes 12`` lets the work of the hour arrive in 12 minutes, ``--only 15`` takes the first 15 minutes of it.
Officers come at random moments, whether the servers keep up or not; each does one thing after the other.

Starts a PostgreSQL server of its own (data in a temporary folder) and four web processes, and makes one round. After a
third of the officers a web process is killed, after two thirds the database server; both are started again. What was
not acknowledged is sent again with the same change name, as the browser's queue does. At the end every acknowledged
value is looked up in the database, every receipt is verified and the whole log is checked.

Prints the times of acknowledged requests outside the outages, what failed within them, and what the checks found.
Everything runs on this machine; nothing is sent anywhere else.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
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
import servers
import world
from servers import PostgreSQL
from world import Officer, changed

FRAMEWORK = "khung-2024-commune"
#: Autosaves after the save of a whole form.
AUTOSAVES = 3
PROCESSES = 4
#: Seconds after which an officer's browser sends again what was not acknowledged.
PAUSE = 2


@dataclass
class Tally:
    """What the clients saw: times by kind of request in seconds, failures within outages and outside of them."""

    times: dict[str, list[float]] = field(default_factory=dict)
    retried: int = 0
    refused: list[str] = field(default_factory=list)
    done: int = 0

    def add(self, kind: str, seconds: float) -> None:
        self.times.setdefault(kind, []).append(seconds)


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
            text = self.officer.values[fact] = changed(self.officer.values[fact])
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
            await asyncio.sleep(PAUSE * random.uniform(0.75, 1.25))


async def hour(
    officers: list[Officer], base: str, seconds: float, database: PostgreSQL, server: subprocess.Popen[bytes]
) -> Tally:
    """Let the officers come at random moments of a time; kill a web process and the database on the way."""
    tally, outage, chance = Tally(), asyncio.Event(), random.Random(7)
    timeout = aiohttp.ClientTimeout(total=60)
    async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as http:

        async def come(officer: Officer, moment: float) -> None:
            await asyncio.sleep(moment)
            await Client(http, base, officer, tally, outage).work()

        killer = asyncio.create_task(_kill(tally, outage, database, server, len(officers)))
        await asyncio.gather(*(come(one, chance.uniform(0, seconds)) for one in officers))
        await killer
    return tally


async def _kill(
    tally: Tally, outage: asyncio.Event, database: PostgreSQL, server: subprocess.Popen[bytes], units: int
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
    came = {officer.report for officer in officers}
    problems += [f"report {pk} has no receipt" for pk in came - {report for report, _, _ in receipts}]
    problems += [f"log: {one}" for one in breaks()]
    values = sum(map(len, kept.values()))
    print(f"looked up {len(came)} reports, {values} values, {len(receipts)} receipts and the log")
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
    options.add_argument("--minutes", type=float, default=60, help="within which the work of the hour arrives")
    options.add_argument("--only", type=float, help="take only the first so many minutes of it")
    options.add_argument("--port", type=int, default=8411)
    told = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="chiso-deadline-") as name:
        folder = Path(name)
        database = PostgreSQL(folder, told.port + 1)
        database.create()
        env = servers.environment(folder, database.url)
        os.environ.update(env)
        server = None
        try:
            began = time.perf_counter()
            lasting = min(told.only or told.minutes, told.minutes)
            officers = world.prepare(told.units, FRAMEWORK).officers
            print(f"{told.units} units made in {time.perf_counter() - began:.0f} s")
            officers = officers[: int(told.units * lasting / told.minutes)]
            server = servers.serve(env, told.port, PROCESSES)
            began = time.perf_counter()
            tally = asyncio.run(hour(officers, f"http://127.0.0.1:{told.port}", lasting * 60, database, server))
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
