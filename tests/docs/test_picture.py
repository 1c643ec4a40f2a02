"""The picture of the README shows what the command prints."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from tests.docs.pages import prepare
from tests.docs.picture import PICTURE, drawn


def test_picture_is_current(tmp_path: Path) -> None:
    remedy = "the picture has changed: make outputs"
    assert PICTURE.read_text("utf-8") == drawn(prepare(tmp_path)), remedy


def test_picture_loads_nothing_from_elsewhere() -> None:
    names = ("http://www.w3.org/2000/svg", "https://www.textualize.io")
    picture = PICTURE.read_text("utf-8")
    for name in names:
        picture = picture.replace(name, "")
    assert "http" not in picture


def test_picture_is_well_formed() -> None:
    root = ET.fromstring(PICTURE.read_text("utf-8"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
