"""Sets the demonstration up and serves it: database, static files, sample content, one worker, one server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

_PYTHON = (sys.executable, "-m")


class Command(BaseCommand):
    """``python -m chiso.web serve_demo``; Ctrl+C ends it."""

    help = "Sets the demonstration up and serves it on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the port and the sample figures."""
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--examples", type=Path, default=Path("examples"), help="folder with the sample figures")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set up, then serve until somebody ends it."""
        settings.DATA.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_demo", examples=options["examples"], stdout=self.stdout)
        self.stdout.write(f"ChiSo: http://127.0.0.1:{options['port']}  (Ctrl+C ends it)")
        # Links in mails lead to where it is served.
        environment = {**os.environ, "CHISO_BASE_URL": f"http://127.0.0.1:{options['port']}"}
        # Without a worker, long work such as recalculation would only wait.
        worker = subprocess.Popen([*_PYTHON, "chiso.web", "db_worker", "--queue-name", "*"], env=environment)  # noqa: S603
        server = [
            *_PYTHON,
            "granian",
            "--interface",
            "wsgi",
            "--blocking-threads",
            "2",
            "--host",
            "127.0.0.1",
            "--port",
            str(options["port"]),
        ]
        # Told to end by a service manager, it ends as by Ctrl+C.
        signal.signal(signal.SIGTERM, _interrupt)
        serving = subprocess.Popen([*server, "--log-level", "warning", "chiso.web.wsgi:application"], env=environment)  # noqa: S603
        try:
            serving.wait()
        except KeyboardInterrupt:
            self.stdout.write("")
        finally:
            for process in (serving, worker):
                process.terminate()
                process.wait()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt
