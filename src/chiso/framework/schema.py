"""The published JSON Schema of framework files, and what the model knows about its own keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from typing import Any, get_args

from chiso.framework.model import FORMAT, Framework
from chiso.framework.rules import Node


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) that the model defines."""
    schema = Framework.model_json_schema(mode="validation")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:chiso:framework:{FORMAT}",
        **schema,
    }


def published_schema() -> dict[str, Any]:
    """Return the schema as published with this version; a test proves that it equals :func:`json_schema`."""
    path = resources.files("chiso.framework").joinpath("schema", f"framework-{FORMAT}.json")
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded


def keys_at(location: tuple[Any, ...]) -> list[str]:
    """Return the keys allowed at a place that validation reports, such as ``("dimensions", 0, "criteria", 3)``."""
    models: list[type[Node]] = [Framework]
    for step in location:
        if not isinstance(step, str):
            continue
        tagged = [model for model in models if _kind(model) == step]
        fields = [model.model_fields[step].annotation for model in models if step in model.model_fields]
        models = tagged or [found for annotation in fields for found in _models(annotation)] or models
    return sorted({key for model in models for key in model.model_fields})


def _kind(model: type[Node]) -> str:
    kind = model.model_fields.get("kind")
    return str(get_args(kind.annotation)[0]) if kind is not None else ""


def _models(annotation: Any) -> Iterator[type[Node]]:
    if isinstance(annotation, type) and issubclass(annotation, Node):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)
