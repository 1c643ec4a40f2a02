"""The documentation builds, and the built pages load nothing from elsewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True)
    return folder


def test_pages_load_nothing_from_elsewhere(site: Path) -> None:
    loaded = re.compile(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=[\"']?(?:https?:)?//[^\"' >]+")
    found = {match for page in site.rglob("*.html") for match in loaded.findall(page.read_text("utf-8"))}
    assert found == set()


def test_style_sheets_load_nothing_from_elsewhere(site: Path) -> None:
    loaded = re.compile(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^\"')]+")
    found = {match for sheet in site.rglob("*.css") for match in loaded.findall(sheet.read_text("utf-8"))}
    assert found == set()


def test_every_page_is_built(site: Path) -> None:
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert {path for path in pages if not (site / path).is_file()} == set()
