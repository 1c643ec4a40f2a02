"""The sample files are what their script writes, and say that they are samples."""

from __future__ import annotations

import csv
import runpy
from pathlib import Path

import pytest

from tests.docs.pages import ROOT

FILES = sorted(path.name for path in (ROOT / "examples").glob("*.csv"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("examples")
    script = folder / "make_samples.py"
    script.write_text((ROOT / "examples/make_samples.py").read_text("utf-8"), "utf-8")
    runpy.run_path(str(script), run_name="__main__")
    return folder


def test_there_are_four_files() -> None:
    assert FILES == ["communes-sample.csv", "districts-sample.csv", "gia-lai-sample-facts.csv", "units-sample.csv"]


@pytest.mark.parametrize("name", FILES)
def test_file_is_what_the_script_writes(name: str, written: Path) -> None:
    assert (ROOT / "examples" / name).read_bytes() == (written / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "made"), [("make_decision.py", "decision-sample.docx"), ("make_units.py", "units-to-import.xlsx")]
)
def test_a_document_is_what_its_script_writes(name: str, made: str, tmp_path: Path) -> None:
    script = tmp_path / name
    script.write_text((ROOT / "examples" / name).read_text("utf-8"), "utf-8")
    runpy.run_path(str(script), run_name="__main__")
    assert (tmp_path / made).read_bytes() == (ROOT / "examples" / made).read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_every_unit_is_named_as_a_sample(name: str) -> None:
    with (ROOT / "examples" / name).open(encoding="utf-8-sig", newline="") as file:
        units = {row["unit"] for row in csv.DictReader(file)}
    assert units
    assert all(" mẫu " in unit for unit in units)


@pytest.mark.parametrize("name", [name for name in FILES if name != "units-sample.csv"])
def test_every_figure_is_marked_as_a_sample(name: str) -> None:
    with (ROOT / "examples" / name).open(encoding="utf-8-sig", newline="") as file:
        assert {row["source"] for row in csv.DictReader(file)} == {"số liệu mẫu"}
