"""What can be read only once is copied first; what never ends is given up."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest

from chiso.cli import streams
from chiso.cli.main import UnusableError
from chiso.cli.streams import readable
from tests.cli.command import COMMAND, installed, points, unit

GIA_LAI = "gia-lai-2023-province"
TEXT = "unit,code,input,value\nA,3.2,a,3\nA,3.2,b,4\n"

needs_devices = pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="no devices of Unix")


@needs_devices
def test_facts_may_come_from_a_pipe() -> None:
    answer = installed("score", GIA_LAI, "--facts", "/dev/stdin", "--format", "json", input=TEXT.encode())

    assert (answer.code, answer.err, points(answer)) == (0, "", {"3.2": "7.5"})


@needs_devices
def test_rows_of_a_pipe_are_named_by_it() -> None:
    answer = installed("score", GIA_LAI, "--facts", "/dev/stdin", input=TEXT.replace(",3\n", ",x\n").encode())

    assert answer.code == 1
    assert answer.err.startswith("stdin, dòng 2: A: 3.2: ")


@needs_devices
def test_a_file_behind_stdin_is_read_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "facts.csv").write_text(TEXT, "utf-8")
    with (tmp_path / "facts.csv").open("rb") as file:
        answer = installed("score", GIA_LAI, "--facts", "/dev/stdin", "--format", "json", stdin=file)

    assert (answer.code, unit(answer, "A")["total"]) == (0, "7.5")


@needs_devices
def test_levels_of_children_may_come_from_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "facts.csv").write_text("unit,code,input,value\nA,II.1,value,80\n", "utf-8")
    children = b'{"units": [{"unit": "X", "parent": "A", "level": {"reached": 2}}]}'
    command = ("score", "khung-2024-district", "--facts", tmp_path / "facts.csv", "--children", "/dev/stdin")
    answer = installed(*command, "--format", "json", input=children)

    assert unit(answer, "A")["level"]["satisfied"]["I.1"] == [1, 2]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_named_pipe_is_copied_and_the_copy_removed(tmp_path: Path) -> None:
    pipe = tmp_path / "facts.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(TEXT, "utf-8"))
    writer.start()
    with readable(str(pipe), "vi") as path:
        assert [path.read_text("utf-8"), path.read_text("utf-8"), path.name] == [TEXT, TEXT, "facts.csv"]
    writer.join()

    assert not path.exists()


def test_a_file_is_read_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "facts.csv").write_text(TEXT, "utf-8")
    with readable(str(tmp_path / "facts.csv"), "vi") as path:
        assert path == tmp_path / "facts.csv"


@pytest.mark.parametrize("name", ["none.csv", "", "\0"])
def test_what_is_not_there_is_left_to_the_reader(name: str) -> None:
    with readable(name, "vi") as path:
        assert path == Path(name)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices of Unix")
def test_what_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "MAX_PIPED", 3 << 20)

    with pytest.raises(UnusableError, match=r"^zero gives more than 3 MB"), readable("/dev/zero", "en"):
        pass


@needs_devices
def test_a_pipe_that_breaks_off_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(streams, "_copy", broken)
    words = r"^The file /dev/null cannot be opened: Input/output error"
    with pytest.raises(UnusableError, match=words), readable("/dev/null", "en"):
        pass


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no devices of Unix")
@pytest.mark.parametrize(
    "arguments",
    [
        ["framework", "show", "/dev/zero"],
        ["reconcile", GIA_LAI, "--points", "points.csv"],
    ],
)
def test_other_files_that_never_end_are_given_up_too(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "points.csv").symlink_to("/dev/zero")
    done = subprocess.run([COMMAND, *arguments], cwd=tmp_path, capture_output=True, timeout=60, check=False)

    assert (done.returncode, done.stdout) == (2, b"")
    assert b"4000000" in done.stderr
