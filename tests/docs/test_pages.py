"""What the pages show is what the commands print."""

from __future__ import annotations

from pathlib import Path

import pytest

from chiso.framework.source import read_source
from chiso.quantity import to_rational
from tests.docs.pages import ROOT, bare_commands, prepare, python_blocks, refreshed, run
from tests.library.cases import outcome

PAGES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


WITH_OUTPUT = [name for name in ["README.md", *PAGES] if "```console\n$ " in text_of(name)]
BARE = [name for name in ["README.md", "examples/README.md", *PAGES] if bare_commands(text_of(name))]


@pytest.mark.parametrize("name", WITH_OUTPUT)
def test_outputs_are_real(name: str, tmp_path: Path) -> None:
    page = text_of(name)
    remedy = f"outputs of {name} have changed: make outputs"
    assert refreshed(page, prepare(tmp_path)) == page, remedy


def test_the_tutorial_shows_outputs() -> None:
    assert "docs/tutorial/score-gia-lai-2022.md" in WITH_OUTPUT


@pytest.mark.parametrize("name", BARE)
def test_commands_without_output_work(name: str, tmp_path: Path) -> None:
    folder = prepare(tmp_path)
    for command in bare_commands(text_of(name)):
        code, printed = run(command, folder)
        assert code == 0, f"{command}\n{printed}"


def test_the_readme_shows_commands() -> None:
    assert "README.md" in BARE


@pytest.mark.parametrize("name", [name for name in PAGES if python_blocks(text_of(name))])
def test_python_examples_print_what_their_comment_says(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for block in python_blocks(text_of(name)):
        expected = [line.partition("  # ")[2] for line in block.splitlines() if line.startswith("print(")]
        exec(compile(block, name, "exec"), {})
        assert capsys.readouterr().out.splitlines() == expected


def test_worked_cases_of_the_guide_hold(tmp_path: Path) -> None:
    refreshed(text_of("docs/how-to/write-a-framework.md").replace("$ chiso", "$ true"), tmp_path)
    cases = read_source("cases:\n" + (tmp_path / "cases.yaml").read_text("utf-8"), "cases.yaml").data["cases"]
    framework = str(tmp_path / "xa-mau.yaml")
    assert [outcome(framework, case) for case in cases] == [("scored", to_rational(case["points"])) for case in cases]
    assert len(cases) == 3
