"""Runs the command line, within the test or as the installed command, and writes the files it reads."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chiso.cli.main import main

#: The installed command, beside the Python that runs the tests.
COMMAND = Path(sys.executable).parent / "chiso"

COLUMNS = ("unit", "code", "input", "value", "as_of", "source", "note")


@dataclass(frozen=True)
class Answer:
    """What one run of the command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What was printed, as JSON."""
        return json.loads(self.out)

    @property
    def faults(self) -> list[str]:
        """The codes of the faults that were reported, in their order."""
        return [line.rpartition("[")[2].rstrip("]") for line in self.err.splitlines() if line.endswith("]")]


Chiso = Callable[..., Answer]


def runner(capsys: pytest.CaptureFixture[str]) -> Chiso:
    """Return a function that runs ``main`` and tells what it printed."""

    def run(*arguments: object) -> Answer:
        capsys.readouterr()
        try:
            code = main([str(one) for one in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        printed = capsys.readouterr()
        return Answer(code, printed.out, printed.err)

    return run


def installed(*arguments: object, **options: Any) -> Answer:
    """Run the installed command."""
    options = {"capture_output": True, "timeout": 120, **options}
    done = subprocess.run([COMMAND, *map(str, arguments)], check=False, **options)
    return Answer(done.returncode, (done.stdout or b"").decode(), (done.stderr or b"").decode())


def facts_csv(path: Path, rows: Iterable[Sequence[object]], columns: Sequence[str] = COLUMNS) -> Path:
    """Write a table of facts; rows may be shorter than the header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([*row, *[""] * (len(columns) - len(row))] for row in rows)
    path.write_text(text.getvalue(), "utf-8")
    return path


def unit(answer: Answer, name: str) -> Mapping[str, Any]:
    """Return the result of one unit."""
    found: Mapping[str, Any] = next(one for one in answer.json["units"] if one["unit"] == name)
    return found


def points(answer: Answer, name: str = "A") -> dict[str, str]:
    """Return the points of the criteria of a unit that have any."""
    criteria = unit(answer, name)["criteria"]
    return {code: entry["points"] for code, entry in criteria.items() if entry["points"] is not None}
