"""The demonstration, served as ``make demo`` serves it, with data of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page

from tests.docs.pages import ROOT

#: The password of every account.
PASSWORD = "trinh-dien-chiso"

#: Seconds in which it loads its units, rounds and figures on a slow machine.
PATIENCE = 240


def environment(data: Path) -> dict[str, str]:
    """Return the surroundings in which commands about this demonstration run."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("CHISO_", "DJANGO_"))}
    here = {"CHISO_DEMO": "1", "CHISO_DATA": str(data), "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    return kept | here


@contextmanager
def served(data: Path) -> Iterator[str]:
    """Serve the demonstration with its data in a folder; yield its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "chiso.web", "serve_demo", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(data), stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign somebody in."""
    page.goto("/account/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/account/" not in address)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until it answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, "the demonstration ended before it answered"
        try:
            with urlopen(f"{address}/account/login/", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"the demonstration did not answer within {PATIENCE} s")
