"""The published JSON Schema: frozen, complete, and true of the files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from chiso.framework.loader import bundled, load
from chiso.framework.model import FORMAT, Changes
from chiso.framework.schema import json_schema, keys_at, published_schema, schema_text
from chiso.framework.source import read_file, read_source
from tests.framework.samples import maturity_text, points_text

ROOT = Path(__file__).parents[2]
LIBRARY = ROOT / "src/chiso/library"
VALIDATOR = Draft202012Validator(published_schema())


def errors(data: Any) -> list[str]:
    return [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message}"[:300] for error in VALIDATOR.iter_errors(data)
    ]


def test_the_published_schema_is_that_of_the_code() -> None:
    assert published_schema() == json_schema(), "write it anew: see chiso.framework.schema"


def test_the_published_file_is_written_as_the_module_writes_it() -> None:
    assert (ROOT / f"src/chiso/framework/published/framework-{FORMAT}.json").read_text("utf-8") == schema_text()


def test_the_module_prints_the_schema() -> None:
    run = subprocess.run([sys.executable, "-m", "chiso.framework.schema"], capture_output=True, check=True)
    assert json.loads(run.stdout) == json_schema()


def test_the_schema_names_the_format_it_describes() -> None:
    schema = published_schema()
    assert schema["$id"] == "urn:chiso:framework:1"
    assert schema["$defs"]["Framework"]["properties"]["format"]["const"] == FORMAT


def test_the_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(published_schema())


@pytest.mark.parametrize("name", bundled())
def test_every_bundled_framework_is_valid(name: str) -> None:
    assert errors(read_file(LIBRARY / name / "framework.yaml").data) == []


def data_with(rule: str) -> Any:
    return read_source(points_text(rule), "file.yaml").data


@pytest.mark.parametrize("target", ["50%", "3", "0.5", "1/2", "Không áp dụng", "null", "{printed: Có, has: true}"])
def test_a_target_may_be_written_bare(target: str) -> None:
    text = maturity_text(f"{{kind: levels, value: share, targets: {{1: {target}, 2: null, 3: null}}}}")
    assert errors(read_source(text, "file.yaml").data) == []


@pytest.mark.parametrize("number", ["10", "12.86", '"12.86"', "1/2", "80%"])
def test_a_number_may_be_written_as_number_or_text(number: str) -> None:
    assert errors(data_with(f"{{kind: choice, options: [{{id: x, label: x, share: {number}}}]}}")) == []


@pytest.mark.parametrize(
    "rule",
    [
        "{kind: rato}",
        "{}",
        "{kind: manual, colour: red}",
        "{kind: ratio, numerator: a}",
        "{kind: choice, options: []}",
        "5",
    ],
)
def test_a_rule_of_another_shape_is_refused(rule: str) -> None:
    assert errors(data_with(rule)) != []


def test_an_unknown_key_is_refused() -> None:
    assert errors({**data_with("{kind: manual}"), "colour": "red"}) != []


def test_a_framework_needs_its_title_and_one_that_extends_does_not() -> None:
    whole = data_with("{kind: manual}")
    assert errors({key: value for key, value in whole.items() if key != "title"}) != []
    assert errors({"id": "x", "version": "1", "extends": "sample"}) == []
    assert errors({"id": "x", "extends": "sample"}) != []


def test_changes_belong_to_a_framework_that_extends() -> None:
    changes = {
        "criteria": {"1.1": {"max_points": 5}},
        "remove": ["1.2"],
        "add": [{"under": "1", "criterion": {"code": "1.3", "title": "x"}}],
    }
    child = {"id": "x", "version": "1", "extends": "sample", "changes": changes}
    assert errors(child) == []
    assert errors({**data_with("{kind: manual}"), "changes": changes}) != []
    assert errors({**child, "changes": {"criteria": {"1.1": {"max_point": 5}}}}) != []


def test_the_keys_of_a_place_are_those_of_its_model() -> None:
    assert keys_at(("dimensions", 0, "criteria", 3, "inputs", 0)) == [
        "due", "fact", "label", "lead", "name", "row", "support", "type", "unit",
    ]  # fmt: skip
    assert keys_at(("dimensions", 0, "criteria", 3, "rule", "count")) == ["kind", "of", "target"]
    assert keys_at((), Changes) == ["add", "criteria", "dimensions", "remove"]


def examples() -> list[str]:
    text = (ROOT / "docs/reference/framework-format.md").read_text("utf-8")
    return [block for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL) if block.startswith("format: 1")]


def test_the_examples_of_the_documentation_are_valid_and_load(tmp_path: Path) -> None:
    whole, extending = examples()
    assert errors(read_source(whole, "docs").data) == []
    assert errors(read_source(extending, "docs").data) == []
    (tmp_path / "example-2023-district.yaml").write_text(whole, "utf-8")
    (tmp_path / "next.yaml").write_text(extending, "utf-8")
    child = load(str(tmp_path / "next.yaml"))
    assert {code: row.max_points for code, row in child.criteria.items()} == {"1.2": 25, "1.3": 10}


def test_every_key_of_the_format_is_documented() -> None:
    text = (ROOT / "docs/reference/framework-format.md").read_text("utf-8")
    keys = {key for definition in published_schema()["$defs"].values() for key in definition.get("properties", {})}
    undocumented = sorted(key for key in keys if not re.search(rf"\b{re.escape(key)}\b", text))
    assert undocumented == []
