"""Exit codes, streams and languages: what holds for every command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import chiso as product
from chiso.cli import main as command_line
from chiso.cli.main import UnusableError, make_parser
from tests.cli.command import COMMAND, Chiso, facts_csv, installed

SET = "gia-lai-2023-province"

#: A device that takes nothing: the disk is full.
FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return facts_csv(tmp_path / "facts.csv", [("A", "1.1", "choice", "head")])


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return facts_csv(tmp_path / "faulty.csv", [("A", "1.1", "choice", "head"), ("A", "1.3", "a", "x")])


def test_done_is_0(chiso: Chiso, facts: Path) -> None:
    assert chiso("score", SET, "--facts", facts).code == 0


def test_done_with_data_faults_is_1(chiso: Chiso, faulty: Path) -> None:
    answer = chiso("score", SET, "--facts", faulty)

    assert (answer.code, answer.faults) == (1, ["D123"])
    assert answer.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["score", "no-such-set", "--facts", "x.csv"],
        ["score", SET, "--facts", "no-such-file.csv"],
        ["explain", SET, "--facts", "no-such-file.csv", "--unit", "A", "1.1"],
        ["framework", "show", "no-such-set"],
        ["framework", "diff", SET, "no-such-set"],
        ["framework", "lint", "no-such-file.yaml"],
        ["template", "no-such-set", "-o", "x.xlsx"],
        ["reconcile", "no-such-set"],
        ["reconcile", SET, "--points", "no-such-file.csv"],
        ["framework", "show", SET, "--reading", "A1"],
        ["framework", "show", SET, "--reading", "Z1=x"],
    ],
)
def test_unusable_arguments_or_files_are_2_and_print_nothing(chiso: Chiso, arguments: list[str]) -> None:
    answer = chiso(*arguments)

    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["framework", "list"],
        ["framework", "show", SET],
        ["framework", "lint", SET],
        ["framework", "diff", SET, "khanh-hoa-2023-district"],
        ["reconcile", SET],
    ],
)
@pytest.mark.parametrize("form", ["table", "json"])
def test_what_needs_no_facts_is_done_without_a_word(chiso: Chiso, arguments: list[str], form: str) -> None:
    answer = chiso(*arguments, "--format", form)

    assert (answer.code, answer.err) == (0, "")
    assert form == "table" or answer.json


def test_the_language_can_come_from_the_environment(chiso: Chiso, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHISO_LANG", "en")

    assert "Maximum" in chiso("framework", "list").out
    assert "Điểm tối đa" in chiso("framework", "list", "--lang", "vi").out
    assert "Điểm tối đa" in chiso("framework", "list", "--lang=vi").out


def test_an_unknown_language_of_the_environment_is_vietnamese(chiso: Chiso, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHISO_LANG", "fr")

    assert "Điểm tối đa" in chiso("framework", "list").out


@pytest.mark.parametrize(("lang", "words"), [("vi", "Liệt kê các bộ chỉ số"), ("en", "List the bundled frameworks")])
def test_help_speaks_the_language_asked_for(chiso: Chiso, lang: str, words: str) -> None:
    answer = chiso("framework", "list", "--lang", lang, "--help")

    assert answer.code == 0
    assert words in answer.out


def test_the_version_is_that_of_the_product(chiso: Chiso) -> None:
    assert chiso("--version").out == f"chiso {product.__version__}\n"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_option_has_its_help_in_both_languages(lang: str) -> None:
    texts = make_parser(lang).format_help()
    assert "None" not in texts


def failing(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command fail in the middle of its work."""

    def fail(_: object) -> object:
        raise error

    monkeypatch.setattr(command_line, "import_module", fail)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (UnusableError("Tệp không dùng được.\x1b"), "Tệp không dùng được.\\u001b\n"),
        (KeyboardInterrupt(), "Đã dừng theo yêu cầu.\n"),
        (MemoryError(), "Máy không đủ bộ nhớ cho số liệu này. Chia nhỏ tệp số liệu rồi chạy lại.\n"),
    ],
)
def test_what_stops_a_command_is_said_in_a_sentence(
    chiso: Chiso, monkeypatch: pytest.MonkeyPatch, error: BaseException, words: str
) -> None:
    failing(error, monkeypatch)
    answer = chiso("framework", "list")

    assert (answer.code, answer.out, answer.err) == (2, "", words)


# -- the installed command


def test_the_installed_command_answers_with_its_exit_code(facts: Path, faulty: Path) -> None:
    codes = [installed("score", SET, "--facts", path).code for path in (facts, faulty, facts.with_name("none.csv"))]

    assert codes == [0, 1, 2]


def test_results_are_utf_8_whatever_the_code_page(facts: Path) -> None:
    facts_csv(facts, [("Đắk Lắk", "1.1", "choice", "head")])
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "LC_ALL": "C"}
    answer = installed("score", SET, "--facts", facts, "--format", "json", env=environment)

    assert answer.code == 0
    assert answer.json["units"][0]["unit"] == "Đắk Lắk"


def test_a_reader_who_leaves_is_no_trouble() -> None:
    with subprocess.Popen(
        [COMMAND, "framework", "show", SET, "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        said = running.stderr.read()

    assert (running.returncode, said) == (0, b"")


@needs_full
@pytest.mark.parametrize(
    "arguments", [["framework", "list"], ["framework", "show", SET], ["framework", "show", SET, "--format", "json"]]
)
def test_a_full_disk_behind_stdout_is_said_in_a_sentence(arguments: list[str]) -> None:
    with FULL.open("wb") as full:
        answer = installed(*arguments, capture_output=False, stdout=full, stderr=subprocess.PIPE)

    assert answer.code == 2
    assert answer.err.startswith("Không đọc hoặc ghi được: No space left on device.")
    assert len(answer.err.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="closes a stream the way of Unix shells")
@pytest.mark.parametrize(("closed", "code"), [(">&-", 1), ("2>&-", 1), (">&- 2>&-", 1)])
def test_closed_streams_are_no_trouble(faulty: Path, closed: str, code: int) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" score {SET} --facts "$1" {closed}', COMMAND, faulty], capture_output=True, check=False
    )

    assert done.returncode == code
    assert b"Traceback" not in done.stderr


def test_the_module_runs_as_the_command_does() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chiso.cli.main", "--version"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (0, f"chiso {product.__version__}\n")


def test_started_as_a_module_it_tells_the_same_errors(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "chiso.cli.main",
        "score",
        SET,
        "--facts",
        str(tmp_path / "none.csv"),
        "--lang",
        "en",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "none.csv: There is no such file. Check the path. [W001]\n"
