"""What one request of each page costs the processor, in one process without a web server: for finding what takes it.

    python benchmarks/web/alone.py [--database sqlite|postgresql] [--requests 500] [--profile "autosave"]

The same world and requests as in run.py, page after page in turn. Told is the time below which the quickest fifth of
the requests stayed: what others do on the machine slows the rest down. On PostgreSQL the mean of its own process is
beside it.
``--profile`` says of one page where its time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import os
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import run
import servers
import world as world_

#: So many requests of one page follow one another before it is the next one's turn.
RUN = 12
TICK = os.sysconf("SC_CLK_TCK")
HEADERS = {
    "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8421", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1:8421",
    "REMOTE_ADDR": "127.0.0.1", "CONTENT_TYPE": "application/json", "HTTP_X_CSRFTOKEN": "x" * 32, "SCRIPT_NAME": "",
    "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr, "wsgi.multithread": False,
    "wsgi.multiprocess": True, "wsgi.run_once": False,
}  # fmt: skip


def sent(line: str) -> dict[str, Any]:
    """Return a request of run.py as a WSGI server hands it on."""
    method, path, session, body = line.split("\t")
    told = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": "", "CONTENT_LENGTH": str(len(body.encode()))}
    cookie = f"sessionid={session}; csrftoken={'x' * 32}"
    return {**HEADERS, **told, "HTTP_COOKIE": cookie, "wsgi.input": io.BytesIO(body.encode())}


#: The number that the last answer gave, by the address of the saves of a report.
_numbers: dict[str, int] = {}


def answered(application: Callable[..., Any], line: str) -> tuple[float, int]:
    """Send a request of run.py; return the processor time in seconds, and how many bytes came back."""
    told: list[str] = []
    address = line.split("\t")[1]
    request = sent(line.replace(run.SEEN, str(_numbers.get(address, 1))))
    before = time.process_time()
    answer = application(request, lambda status, _headers, _error=None: told.append(status))
    body = b"".join(answer)
    answer.close()
    lasted = time.process_time() - before
    assert told == ["200 OK"], told
    if run.SEEN in line:
        _numbers[address] = json.loads(body)["number"]
    return lasted, len(body)


def ticks(process: int) -> float:
    """Return the seconds that another process has spent on a processor."""
    told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / TICK


def measure(requests: dict[str, list[str]], told: argparse.Namespace) -> None:
    from django.db import connection

    from chiso.web.wsgi import application

    lines = {page: cycle(those) for page, those in requests.items()}
    for page in list(lines) * 150:
        answered(application, next(lines[page]))  # what a process keeps is there
    server = None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            server = cursor.fetchone()[0]
    found: dict[str, list[tuple[float, int]]] = {page: [] for page in lines}
    # In turn, so that whatever else the machine does slows all pages alike.
    for page in list(lines) * (told.requests // RUN):
        run_ = [answered(application, next(lines[page])) for _ in range(RUN)]
        found[page] += run_[RUN // 4 :]  # the first ones find the processor's caches full of another page
    quick = {page: sorted(those)[len(those) // 5] for page, those in found.items()}
    theirs = {page: _theirs(application, lines[page], server, told.requests) for page in lines}
    print("| page | ms | database's ms | kB | greeting / page |\n| --- |" + " ---: |" * 4)
    for page, (mine, size) in quick.items():
        ratio = (quick["hello"][0] + theirs["hello"]) / (mine + theirs[page])
        print(f"| {page} | {mine * 1000:.2f} | {theirs[page] * 1000:.2f} | {size / 1000:.1f} | {ratio:.2f} |")
    if told.profile:
        profile = cProfile.Profile()
        wanted = [next(lines[told.profile]) for _ in range(200)]
        profile.runcall(lambda: [answered(application, one) for one in wanted])
        stats = pstats.Stats(profile)
        stats.sort_stats(told.sort).print_stats(told.lines)


def _theirs(application: Callable[..., Any], lines: Iterator[str], server: int | None, count: int) -> float:
    """Return the mean processor time that the database server spends on a request."""
    if server is None:
        return 0.0
    before = ticks(server)
    for _ in range(count):
        answered(application, next(lines))
    return (ticks(server) - before) / count


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    options.add_argument("--framework", default="khanh-hoa-2023-district")
    options.add_argument("--units", type=int, default=1000)
    options.add_argument("--requests", type=int, default=500)
    options.add_argument("--port", type=int, default=8471, help="of PostgreSQL")
    options.add_argument("--profile", choices=["hello", *run.WANTED])
    options.add_argument("--sort", default="tottime")
    options.add_argument("--lines", type=int, default=40)
    told = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="chiso-alone-") as name:
        folder = Path(name)
        database = servers.PostgreSQL(folder, told.port)
        if told.database == "postgresql":
            database.create()
        url = database.url if told.database == "postgresql" else f"sqlite:///{folder}/chiso.sqlite3"
        os.environ.update(servers.environment(folder, url))
        try:
            world = world_.prepare(told.units, told.framework, filled=True)
            measure(run.requests_of(world), told)
        finally:
            if told.database == "postgresql":
                database.stop()


if __name__ == "__main__":
    main()
