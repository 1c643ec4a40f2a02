"""The reference tables say what the library holds."""

from __future__ import annotations

import re

import pytest

import chiso
from chiso.framework.model import Framework, Reading
from chiso.scoring.phrases import PHRASES
from chiso.scoring.states import State
from tests.docs.pages import ROOT

FRAMEWORKS = [chiso.load(name) for name in chiso.bundled()]
SOURCES = (ROOT / "docs/reference/sources.md").read_text("utf-8")
READINGS = (ROOT / "docs/reference/readings.md").read_text("utf-8")
FACTS_FILE = (ROOT / "docs/reference/facts-file.md").read_text("utf-8")


def row(page: str, first: str) -> list[str]:
    """Return the cells of the table row that begins with ``first``."""
    found = next(line for line in page.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", found)[1:-1]]


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda one: one.id)
def test_sources_state_rows_criteria_and_maximum(framework: Framework) -> None:
    *_, rows, criteria, most = row(SOURCES, f"`{framework.id}`")
    expected = "five levels" if framework.is_maturity else str(framework.max_points)
    assert (rows, criteria, most) == (str(framework.printed_rows()), str(len(framework.criteria)), expected)


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda one: one.id)
def test_sources_state_the_number_of_the_document(framework: Framework) -> None:
    document = row(SOURCES, f"`{framework.id}`")[1]
    named = framework.legal.number in document or document in ("the same",) or "left blank" in document
    assert named


def test_sources_add_the_rows_up() -> None:
    total = sum(framework.printed_rows() for framework in FRAMEWORKS)
    assert f"with {total} printed rows" in SOURCES


def test_sources_count_the_numbered_rows_of_every_table_of_criteria() -> None:
    counted = re.findall(r"^\| [^|]+, (?:mục|Phụ lục)[^|]* \| (\d+) \| (\d+) \| (\d+) \|$", SOURCES, re.M)
    held = [(len(one.dimensions), len(one.criteria)) for one in FRAMEWORKS]
    assert sorted(counted) == sorted((str(a), str(b), str(a + b)) for a, b in held)
    assert sum(int(rows) for *_, rows in counted) == 490
    inputs = sum(item.row for one in FRAMEWORKS for row in one.criteria.values() for item in row.inputs)
    details = sum(row.detail is not None for one in FRAMEWORKS for row in one.criteria.values())
    information = sum(len(one.general_information) for one in FRAMEWORKS)
    assert (490 + inputs, information, details) == (502, 79, 5)


@pytest.mark.parametrize(
    ("framework", "reading"),
    [pytest.param(one, reading, id=f"{one.id} {reading.id}") for one in FRAMEWORKS for reading in one.readings],
)
def test_reading_is_listed_with_its_framework_default_and_options(framework: Framework, reading: Reading) -> None:
    cells = row(READINGS, reading.id)
    assert framework.id in cells[-1].split(", ")
    for name, option in reading.options.items():
        if option.rules or option.policies.model_fields_set:
            assert f"**`{name}`**" in cells[3], f"{name} computes differently and must stand in bold"


def test_no_reading_is_listed_that_no_framework_has() -> None:
    listed = set(re.findall(r"^\| (A\d+) \|", READINGS, re.M))
    assert listed == {reading.id for framework in FRAMEWORKS for reading in framework.readings}


def test_every_reading_is_listed_and_held_by_a_test_that_is_named_after_it() -> None:
    tested = set(re.findall(r"^def test_a(\d+)_", (ROOT / "tests/library/test_readings.py").read_text("utf-8"), re.M))
    listed = set(re.findall(r"^\| A(\d+)(?:, A\d+)? \|", READINGS, re.M))
    assert listed == tested == {str(number) for number in range(1, 27)}


@pytest.mark.parametrize("code", [code for code in PHRASES.codes() if code.startswith("D1")])
def test_data_fault_is_described(code: str) -> None:
    assert re.search(rf"^\|[^|]*\b{code}\b", FACTS_FILE, re.M)


@pytest.mark.parametrize("state", [State.MISSING, State.NOT_APPLICABLE, State.UNDECIDED, State.ERROR])
def test_state_of_a_value_is_described(state: State) -> None:
    assert f"**{state.word.replace('_', ' ')}**" in FACTS_FILE
