"""The servers that a measurement starts for itself: PostgreSQL in a folder of its own, and the web processes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.error import URLError

BIN = Path(shutil.which("pg_ctl") or "/usr/lib/postgresql/15/bin/pg_ctl").parent
HERE = Path(__file__).parent


class PostgreSQL:
    """A PostgreSQL server of one's own, as it comes (durable commits), that may be killed."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder / "postgres", port
        self.as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

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


def environment(folder: Path, url: str) -> dict[str, str]:
    """Return the variables of a production server on this machine, without the encryption in front of it."""
    return {
        **os.environ,
        "CHISO_SECRET_KEY": "measured-here-and-thrown-away-" + "x" * 40,
        "CHISO_HTTPS": "0",
        "CHISO_DATA": str(folder),
        "CHISO_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "measured",
        "PYTHONPATH": os.pathsep.join([str(HERE), *filter(None, [os.environ.get("PYTHONPATH", "")])]),
    }


def serve(env: dict[str, str], port: int, processes: int) -> subprocess.Popen[bytes]:
    """Start the web processes, one thread each, and wait until they answer; what they say goes to ``web.log``."""
    words = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--blocking-threads", "1"]
    words += ["--workers", str(processes), "--respawn-failed-workers", "--log-level", "critical"]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whoever ends the measurement ends its servers too
    with (Path(env["CHISO_DATA"]) / "web.log").open("ab") as log:
        command = [sys.executable, "-m", *words, "chiso.web.wsgi:application"]
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    for _ in range(1200):
        with (
            contextlib.suppress(URLError, ConnectionError),
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthy", timeout=5),
        ):
            time.sleep(2)  # the first to answer is not alone
            return server
        time.sleep(0.1)
    server.terminate()
    server.wait()
    raise SystemExit("the web processes do not answer")


def http(url: str, body: str = "", session: str = "") -> str:
    """Return what a page says; a body is posted."""
    token = "x" * 32
    headers = {"Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token}
    sent = urllib.request.Request(url, body.encode() or None, headers)  # noqa: S310 - our own address
    with urllib.request.urlopen(sent, timeout=60) as answer:  # noqa: S310
        return str(answer.read().decode())
