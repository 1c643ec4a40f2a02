"""Every key of the published model stands in the reference of the framework file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from chiso.framework.schema import published_schema
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/reference/framework-format.md").read_text("utf-8")
CODE = "\n".join(re.findall(r"```\w+\n.*?```|`[^`\n]+`", PAGE, re.S))


def keys(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for inner in schema.values():
            yield from keys(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from keys(inner)


def kinds(schema: Any) -> Iterator[str]:
    for definition in schema["$defs"].values():
        kind = definition.get("properties", {}).get("kind", {})
        yield from kind.get("enum", [kind["const"]] if "const" in kind else [])


@pytest.mark.parametrize("key", sorted(set(keys(published_schema()))))
def test_key_is_described(key: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", CODE), f"{key} is missing from the reference"


@pytest.mark.parametrize("kind", sorted(set(kinds(published_schema()))))
def test_kind_is_described(kind: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(kind)}(?![\w-])", CODE), f"{kind} is missing from the reference"


def test_the_small_example_loads() -> None:
    from chiso.framework.loader import load_text

    example = re.search(r"## A small example\n\n```yaml\n(.*?)```", PAGE, re.S)
    assert example is not None
    framework = load_text(example[1])
    assert [criterion.code for criterion in framework.criteria.values()] == ["1.1", "1.2"]
