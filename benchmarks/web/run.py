"""How fast the pages are, each beside a view that only greets whoever is signed in.

    python benchmarks/web/run.py [--database sqlite postgresql] [--rounds 5] [--seconds 4] [--json results.json]

Needs wrk (Debian: ``apt install wrk``) and, for PostgreSQL, its server programs. Starts a database of its own and as
many web processes as there are cores, as production does: granian, one thread each, production settings. The greeting
stands behind the same middleware and is measured before and after each page, so that a busy machine hits both alike; a
ratio is taken within a round, and the median of the rounds is told. Nothing is cached between requests that a change in
the database would not reach at once; after each database, what the log and the reports hold is compared with what wrk
says was saved.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import servers
import world as world_
from world import World, changed

HERE = Path(__file__).parent
CONNECTIONS = 32
#: Reports that are written to in turn: twice as many as connections, so that hardly ever two saves meet in one report.
#: Each is being filled in at another place, by which load.lua knows its answers; a framework with fewer has fewer.
REPORTS = 64
#: Stands for the change that a save has seen; who sends it puts the number there that the report's last answer gave.
SEEN = "@seen@"
COUNT = """import django; django.setup()
from chiso.web.audit.models import Entry
print(Entry.objects.filter(action="report.saved").count())"""
#: What a page must reach of the greeting's requests per second.
WANTED = {"save of 40 values": 0.35, "autosave": 0.5, "criterion sheet": 0.3, "board of 100 rows": 0.35}


@dataclass(frozen=True)
class Figures:
    """One run of wrk: requests per second, milliseconds, what failed, and how busy wrk itself kept a core."""

    requests: int
    rate: float
    p50: float
    p95: float
    failed: int
    client: float
    kilobytes: float
    conflicts: int


@dataclass(frozen=True)
class Line:
    """One page on one database: medians over the rounds."""

    page: str
    rate: float
    p50: float
    p95: float
    hello: float
    ratio: float
    wanted: float | None
    client: float
    kilobytes: float
    failed: int


def requests_of(world: World) -> dict[str, list[str]]:
    """Return what wrk sends for each page, one request a line."""
    count = min(REPORTS, len(world.places))
    places, officers, others = world.places[:count], world.officers[:count], world.officers[count : 2 * count]
    saves, autosaves = [], []
    for turn in range(2):
        for place, one, other in zip(places, officers, others, strict=True):
            texts, theirs = _texts(one, turn), _texts(other, turn)
            first = next(iter(theirs))
            saves.append(_save(one, texts, place))
            autosaves.append(_save(other, {first: theirs[first]}, place))
    return {
        "hello": [f"GET\t/hello\t{one.session}\t" for one in officers],
        "save of 40 values": saves,
        "autosave": autosaves,
        "criterion sheet": [
            f"GET\t/reports/{one.report}/at/{place}/\t{one.session}\t"
            for place, one in zip(places, officers, strict=True)
        ],
        "board of 100 rows": [f"GET\t/results/round/{world.round}/board\t{world.coordinator}\t"],
    }


def _texts(officer: world_.Officer, turn: int) -> dict[str, str]:
    return {fact: text if turn else changed(text) for fact, text in officer.values.items()}


def _save(officer: world_.Officer, texts: dict[str, str], place: str) -> str:
    cells = {fact: {"text": text, "seen": SEEN} for fact, text in texts.items()}
    body = json.dumps({"change": "measured", "here": place, "cells": cells}, separators=(",", ":"))
    return f"POST\t/reports/{officer.report}/values\t{officer.session}\t{body}".replace(f'"{SEEN}"', SEEN)


def learn(base: str, file: Path) -> None:
    """Ask every report that a file of requests saves into for its number, by a look ahead at nothing."""
    found = {}
    for line in file.read_text("utf-8").splitlines():
        _, path, session, body = line.split("\t")
        if SEEN in body and (place := json.loads(body.replace(SEEN, "0"))["here"]) not in found:
            nothing = json.dumps({"here": place, "cells": {}})
            answer = servers.http(base + path.removesuffix("values") + "preview", nothing, session)
            found[place] = json.loads(answer)["number"]
    numbers = file.with_name(file.name + ".numbers")
    numbers.write_text("".join(f"{place} {number}\n" for place, number in found.items()), "utf-8")


def wrk(base: str, file: Path, seconds: float) -> Figures:
    learn(base, file)
    words = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds:g}s", "--timeout", "20s", "-s", HERE / "load.lua", base]
    before = os.times()
    told = subprocess.run([*map(str, words), "--", str(file)], check=True, capture_output=True, text=True).stdout
    after = os.times()
    found = json.loads(told.strip().splitlines()[-1])
    lasted = found["microseconds"] / 1e6
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    count = found["requests"]
    return Figures(
        count,
        count / lasted,
        found["p50"] / 1000,
        found["p95"] / 1000,
        found["failed"],
        busy / lasted,
        found["bytes"] / max(count, 1) / 1000,
        found["conflicts"],
    )


def measure(base: str, files: dict[str, Path], rounds: int, seconds: float) -> tuple[list[Line], dict[str, int], int]:
    """Measure every page so many times, each between two greetings.

    Return lines, how often each page answered, and how many saves met with a conflict.
    """
    runs: dict[str, list[tuple[Figures, float]]] = {page: [] for page in files}
    answered, conflicts = dict.fromkeys(files, 0), 0
    pages = [page for page in files if page != "hello"]
    for number in range(rounds):
        before = wrk(base, files["hello"], seconds)
        for page in pages[number % len(pages) :] + pages[: number % len(pages)]:
            this, after = wrk(base, files[page], seconds), wrk(base, files["hello"], seconds)
            runs[page].append((this, (before.rate + after.rate) / 2))
            runs["hello"].append((after, after.rate))
            answered[page] += this.requests
            conflicts += this.conflicts
            before = after
        print(f"  round {number + 1} of {rounds}", file=sys.stderr)
    return [_line(page, found) for page, found in runs.items()], answered, conflicts


def _line(page: str, found: list[tuple[Figures, float]]) -> Line:
    figures = [one for one, _ in found]
    return Line(
        page,
        median(one.rate for one in figures),
        median(one.p50 for one in figures),
        median(one.p95 for one in figures),
        median(hello for _, hello in found),
        median(one.rate / hello for one, hello in found),
        WANTED.get(page),
        median(one.client for one in figures),
        median(one.kilobytes for one in figures),
        sum(one.failed for one in figures),
    )


def check(base: str, requests: dict[str, list[str]]) -> None:
    """Send one of each before anything is measured: an answer that is fast because it says no must not count."""
    expected = {
        "hello": "Hello, Cán bộ",
        "save of 40 values": '"refused":{},"conflicts":{}',
        "autosave": '"refused":{},"conflicts":{}',
        "criterion sheet": 'id="place-title"',
        "board of 100 rows": "MAU-00099",
    }
    for page, lines in requests.items():
        _, path, session, body = lines[0].split("\t")
        text = servers.http(base + path, body.replace(SEEN, "1"), session).replace(": ", ":").replace(", ", ",")
        assert expected[page].replace(", ", ",") in text, f"{page}: {text[:500]}"


def logged(env: dict[str, str]) -> int:
    """Count the saves in the log. wrk does not wait for the last ones of a run: there may be more than it has seen."""
    told = subprocess.run([sys.executable, "-c", COUNT], env=env, check=True, capture_output=True, text=True).stdout
    return int(told)


def on_database(kind: str, told: argparse.Namespace) -> list[Line]:
    with tempfile.TemporaryDirectory(prefix="chiso-measured-") as name:
        folder = Path(name)
        database = servers.PostgreSQL(folder, told.port + 1)
        if kind == "postgresql":
            database.create()
        env = servers.environment(folder, database.url if kind == "postgresql" else f"sqlite:///{folder}/chiso.sqlite3")
        server = None
        try:
            made = folder / "world.json"
            words = ["--units", str(told.units), "--framework", told.framework, "--filled", "--to", str(made)]
            subprocess.run([sys.executable, str(HERE / "world.py"), *words], env=env, check=True)
            world = world_.read(made)
            server = servers.serve(env, told.port, told.processes)
            base = f"http://127.0.0.1:{told.port}"
            requests = requests_of(world)
            files = {page: folder / f"{page}.requests" for page in requests}
            for page, lines in requests.items():
                files[page].write_text("\n".join(lines) + "\n", "utf-8")
            check(base, requests)
            for file in files.values():
                wrk(base, file, 2)  # every process loads what it keeps
            before = logged(env)
            lines, answered, conflicts = measure(base, files, told.rounds, told.seconds)
            saves, found = answered["save of 40 values"] + answered["autosave"], logged(env) - before
            # wrk drops what is under way at the end of a run: the next save of such a report may bring nothing new.
            assert found >= saves * 0.95, f"{saves} saves were acknowledged, {found} are in the log"
            print(f"  {saves} saves acknowledged, {found} in the log, {conflicts} conflicts", file=sys.stderr)
        finally:
            if server is not None:
                server.terminate()
                server.wait()
            if kind == "postgresql":
                database.stop()
    return lines


def table(kind: str, lines: list[Line]) -> str:
    """Return the figures of one database as a table in Markdown."""
    head = f"| {kind} | requests/s | p50 ms | p95 ms | of hello | wanted | wrk's share of a core | kB | failed |"
    rows = [
        f"| {one.page} | {one.rate:,.0f} | {one.p50:.1f} | {one.p95:.1f} | {one.ratio:.2f} | "
        f"{'' if one.wanted is None else f'≥ {one.wanted}'} | {one.client:.0%} | {one.kilobytes:.1f} | {one.failed} |"
        for one in lines
    ]
    return "\n".join([head, "| --- |" + " ---: |" * 8, *rows])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    options.add_argument("--framework", default="khanh-hoa-2023-district")
    options.add_argument("--units", type=int, default=1000, help="in the round; the board shows 100 of them")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=4)
    options.add_argument("--processes", type=int, default=os.cpu_count() or 2)
    options.add_argument("--port", type=int, default=8421)
    options.add_argument("--json", type=Path)
    told = options.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is not installed (Debian: apt install wrk)")
    about = {
        "framework": told.framework, "units": told.units, "rounds": told.rounds, "seconds": told.seconds,
        "processes": told.processes, "connections": CONNECTIONS, "cores": os.cpu_count(),
        "python": platform.python_version(), "machine": platform.platform(), "at": time.strftime("%Y-%m-%d %H:%M"),
    }  # fmt: skip
    found: dict[str, list[Line]] = {}
    for kind in told.database:
        found[kind] = on_database(kind, told)
        print(table(kind, found[kind]), "\n", flush=True)
    if told.json:
        lines = {kind: [asdict(one) for one in lines] for kind, lines in found.items()}
        told.json.write_text(json.dumps({**about, "databases": lines}, indent=1) + "\n", "utf-8")
    missed = [one for lines in found.values() for one in lines if one.failed or one.ratio < (one.wanted or 0)]
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
