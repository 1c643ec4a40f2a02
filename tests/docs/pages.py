"""Runs the commands of a documentation page and writes their real output into it.

A page holds files (a fenced block below ``<!-- file: NAME -->``), commands with their output (a ``console`` block whose
commands start with ``$ ``), and commands alone (an ``sh`` block). They are carried out from top to bottom in one folder
that holds ``examples/``. ``python -m tests.docs.pages PAGE ...`` writes the output of pages anew.
"""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: Columns of the terminal that outputs are made for: what fits a page.
WIDTH = 110

#: What makes the heading of a table bold.
_BOLD = re.compile(r"\x1b\[[0-9;]*m")

_BLOCK = re.compile(r"(?P<mark><!-- file: (?P<file>\S+) -->\n)?```(?P<language>\w+)\n(?P<text>.*?)^```$", re.S | re.M)


def prepare(folder: Path) -> Path:
    """Fill a folder with what commands may read, and return it."""
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def run(command: str, folder: Path, width: int = WIDTH) -> tuple[int, str]:
    """Run one command as a reader would in a terminal of that width, and return its exit code and what it prints.

    Only stdout is a terminal, so that tables fit it and no progress bar comes between.
    """
    here = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": str(width),
        "TERM": "xterm",
        "NO_COLOR": "1",
        "PYTHONUTF8": "1",
    }
    terminal, its_end = pty.openpty()
    with tempfile.TemporaryFile() as said:
        started = subprocess.Popen(
            ["bash", "-c", command],
            cwd=folder,
            env={**os.environ, **here},
            stdin=subprocess.DEVNULL,
            stdout=its_end,
            stderr=said,
        )
        os.close(its_end)
        printed = b"".join(iter(lambda: _read(terminal), b""))
        os.close(terminal)
        code = started.wait()
        said.seek(0)
        lines = _BOLD.sub("", (printed + said.read()).decode()).splitlines()
    return code, "".join(line.rstrip() + "\n" for line in lines)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        # Linux says so when the last writer has closed a terminal.
        return b""


def refreshed(page: str, folder: Path) -> str:
    """Return the text of a page with what its commands print now."""

    def block(match: re.Match[str]) -> str:
        text = match["text"]
        if match["file"]:
            (folder / match["file"]).write_text(text, "utf-8")
        elif match["language"] == "console" and text.startswith("$ "):
            outputs = (f"$ {command}\n{run(command, folder)[1]}" for command in commands(text))
            return f"```console\n{''.join(outputs)}```"
        return match[0]

    return _BLOCK.sub(block, page)


def commands(text: str) -> Iterator[str]:
    """Yield the commands of a console block, without their output."""
    return (line.removeprefix("$ ") for line in text.splitlines() if line.startswith("$ "))


def bare_commands(page: str) -> list[str]:
    """Return the commands of a page that stand alone and call ``chiso``."""
    blocks = (match["text"] for match in _BLOCK.finditer(page) if match["language"] == "sh")
    return [line for text in blocks for line in text.splitlines() if line.startswith("chiso ")]


def python_blocks(page: str) -> list[str]:
    """Return the Python examples of a page."""
    return [match["text"] for match in _BLOCK.finditer(page) if match["language"] == "python"]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as made:
            path = Path(name)
            path.write_text(refreshed(path.read_text("utf-8"), prepare(Path(made))), "utf-8")
