"""Every command and option stands in the reference of the command line, in its own section."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator

import pytest

from chiso.cli.main import DONE, UNUSABLE, WITH_FAULTS, make_parser
from chiso.framework.lint.finding import SEVERITIES
from chiso.scoring.states import State
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/reference/command-line.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]*)\n(.*?)(?=^## |\Z)", PAGE, re.S | re.M))
#: Described once for all commands.
EVERYWHERE = SECTIONS["Everywhere"]


def commands(parser: argparse.ArgumentParser, name: str = "chiso") -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Yield every command with its parser."""
    below = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    for group in below:
        for word, inner in group.choices.items():
            yield from commands(inner, f"{name} {word}")
    if not below:
        yield name, parser


COMMANDS = dict(commands(make_parser("en")))
OPTIONS = [
    pytest.param(name, action, id=f"{name} {'/'.join(action.option_strings) or action.dest}")
    for name, parser in COMMANDS.items()
    for action in parser._actions
]


def section(command: str) -> str:
    """Return the section of a command; those of ``framework`` share one."""
    return SECTIONS[" ".join(command.split()[:2])]


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_command_has_its_section(command: str) -> None:
    words = command.split()[2:]
    assert all(f"`{word}" in section(command) for word in words)


@pytest.mark.parametrize(("command", "action"), OPTIONS)
def test_option_is_described(command: str, action: argparse.Action) -> None:
    described = section(command) + EVERYWHERE
    for option in action.option_strings or [str(action.metavar)]:
        assert re.search(rf"`[^`\n]*(?<![\w-]){re.escape(option)}(?![\w-])", described + SECTIONS["Forms"]), option


@pytest.mark.parametrize(("command", "action"), OPTIONS)
def test_choices_of_an_option_are_described(command: str, action: argparse.Action) -> None:
    described = section(command) + EVERYWHERE
    assert [choice for choice in action.choices or () if not re.search(rf"`[^`]*\b{choice}`", described)] == []


def test_the_page_names_no_option_that_does_not_exist() -> None:
    known = {option for parser in COMMANDS.values() for action in parser._actions for option in action.option_strings}
    assert set(re.findall(r"(?<![\w-])--[a-z]+", PAGE)) <= known | {"--version"}


@pytest.mark.parametrize(("code", "words"), [(DONE, "done"), (WITH_FAULTS, "data faults"), (UNUSABLE, "unusable")])
def test_exit_code_is_described(code: int, words: str) -> None:
    assert re.search(rf"^\| {code} \|[^|]*{words}", EVERYWHERE, re.M)


@pytest.mark.parametrize("state", State)
def test_status_of_a_criterion_is_described(state: State) -> None:
    assert f"`{state.word}`" in SECTIONS["chiso score"]


@pytest.mark.parametrize("severity", sorted(set(SEVERITIES.values())))
def test_severity_of_a_finding_is_described(severity: str) -> None:
    assert f"`{severity}`" in SECTIONS["chiso framework"]
