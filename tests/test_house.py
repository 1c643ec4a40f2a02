"""What surrounds the code keeps its promises: licence, pinned requirements, commands, changelog."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import chiso

ROOT = Path(__file__).parents[1]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text("utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LISTS = ["requirements.txt", "requirements-dev.txt"]
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *(ROOT / "examples").glob("*.md"),
]
#: The order of Keep a Changelog.
KINDS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def pins(name: str) -> dict[str, str]:
    """Return what a list pins: package with its marker -> the lines of its hashes."""
    found = re.findall(r"^([\w.-]+==[^\\\n]+?) \\\n((?:    --hash=.*\n?)+)", (ROOT / name).read_text("utf-8"), re.M)
    return dict(found)


def packages(name: str) -> set[str]:
    return {pin.partition("==")[0] for pin in pins(name)}


def test_licence_is_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License\n                           Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["license"] == "Apache-2.0"


@pytest.mark.parametrize("name", LISTS)
def test_every_line_of_a_list_is_a_pin_or_its_hash(name: str) -> None:
    lines = (ROOT / name).read_text("utf-8").splitlines()
    allowed = re.compile(r"#.*|[\w.-]+==[^\s\\]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    assert [line for line in lines if not allowed.fullmatch(line)] == []


@pytest.mark.parametrize("name", LISTS)
def test_a_list_names_no_address_and_no_folder(name: str) -> None:
    assert re.findall(r"[/@]|index|links", (ROOT / name).read_text("utf-8")) == []


@pytest.mark.parametrize("name", LISTS)
def test_every_dependency_is_pinned(name: str) -> None:
    wanted = PROJECT["dependencies"] + (PROJECT["optional-dependencies"]["dev"] if "dev" in name else [])
    assert {re.split(r"[>=<\[]", one)[0].lower() for one in wanted} <= packages(name)


def test_run_time_pins_are_those_of_development() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_what_builds_the_package_is_pinned() -> None:
    assert "setuptools" in packages("requirements-dev.txt")


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", MAKEFILE, re.M))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_names_only_targets_that_exist(path: Path) -> None:
    assert set(re.findall(r"`make ([a-z]+)|^make ([a-z]+)", path.read_text("utf-8"), re.M)) <= {
        pair for name in targets() for pair in ((name, ""), ("", name))
    }


def test_the_readme_begins_with_what_it_is_a_picture_and_two_commands() -> None:
    screen = "\n".join(README.splitlines()[:40])
    picture = re.search(r"!\[[^\]]+\]\(([^)]+)\)", screen)
    assert picture is not None
    assert (ROOT / picture[1]).is_file()
    assert "make demo" in screen
    assert "make test" in screen


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_page_names_no_folder_of_a_machine(path: Path) -> None:
    assert re.findall(r"(?:^|[\s\"'(=])/(?:work|home|root|tmp|Users)/", path.read_text("utf-8"), re.M) == []


def test_continuous_integration_runs_the_whole_gate() -> None:
    lines = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert lines[-1] == "make --no-print-directory check"
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_the_gate_ends_with_the_tests() -> None:
    gate = re.search(r"^check:(.*?)(?:##|$)", MAKEFILE, re.M)
    assert gate is not None
    wanted = "format lint types imports schema migrations frameworks docs postgres tests"
    assert " ".join(gate[1].split()) == wanted


def test_the_changelog_begins_with_this_version_or_what_is_not_released() -> None:
    first = re.search(r"^## \[([^\]]+)\]", CHANGELOG, re.M)
    assert first is not None
    assert first[1] in ("Unreleased", chiso.__version__)


def test_the_changelog_keeps_its_order() -> None:
    for section in re.split(r"^## ", CHANGELOG, flags=re.M)[1:]:
        kinds = re.findall(r"^### (.*)$", section, re.M)
        assert kinds == [kind for kind in KINDS if kind in kinds]


def test_the_version_is_stated_once_and_the_same() -> None:
    assert PROJECT["version"] == chiso.__version__


#: What a key or a password looks like.
SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{30}|xox[bp]-[0-9]"
    r"|eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}"
    r"|(?i:password|secret|token)['\"]?\s*[:=]\s*['\"][A-Za-z0-9+/_-]{24,}['\"]"
)


def test_no_secret_stands_in_the_repository() -> None:
    texts = {".py", ".md", ".yaml", ".yml", ".toml", ".html", ".js", ".conf", ".service", ".cron", ".json", ".txt", ""}
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    files = [ROOT / name for name in listed if name] or [path for path in ROOT.rglob("*") if path.is_file()]
    found = [
        f"{path.relative_to(ROOT)}: {match[0][:40]}"
        for path in files
        if path.suffix in texts and path.is_file() and path.stat().st_size < 5_000_000
        for match in SECRETS.finditer(path.read_text("utf-8", errors="replace"))
    ]
    assert found == []


def test_a_secret_would_be_found() -> None:
    assert SECRETS.search("api_token = '" + "a1" * 20 + "'")
    assert SECRETS.search("-----BEGIN RSA " + "PRIVATE KEY-----")
