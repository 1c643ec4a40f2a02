"""Decisions keep their form, and the table of dependencies is complete."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

DECISIONS = sorted((ROOT / "docs/decisions").glob("0*.md"))
HEADINGS = re.findall(r"^## (.*)$", (ROOT / "docs/decisions/template.md").read_text("utf-8"), re.M)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def needed() -> set[str]:
    wanted = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
    return {re.match(r"[\w-]+", one)[0].lower() for one in wanted}  # type: ignore[index]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_decision_has_the_sections_of_the_template(path: Path) -> None:
    assert re.findall(r"^## (.*)$", path.read_text("utf-8"), re.M) == HEADINGS


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_decision_is_numbered_and_in_the_index(path: Path) -> None:
    number, title = re.match(r"# (\d+)\. (.*)", path.read_text("utf-8")).groups()  # type: ignore[union-attr]
    assert int(number) == int(path.name[:4])
    assert f"{number}. [{title}]({path.name})" in (ROOT / "docs/decisions/index.md").read_text("utf-8")


def test_every_dependency_has_reason_and_licence() -> None:
    page = (ROOT / "docs/decisions/0008-depend-on-little-pinned-by-hash.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\w, -]+) \| \S[^|]+ \| \S[^|]+ \|$", page, re.M)
    listed = {name.strip().lower() for cell in rows for name in cell.split(",")} - {"package", "---"}
    assert listed == needed()
