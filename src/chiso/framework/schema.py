"""The published JSON Schema of framework files, and what the model knows about its own keys.

``python -m chiso.framework.schema > src/chiso/framework/published/framework-1.json`` writes it anew; a change that
makes an old file invalid needs a new format number instead.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib import resources
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter

from chiso.framework.model import FORMAT, Changes, Framework

_Json = dict[str, Any]


def json_schema() -> _Json:
    """Return the JSON Schema (draft 2020-12) that the model defines.

    A file with ``extends`` states only differences, so nothing but its name and version is required of it.
    """
    definitions: _Json = TypeAdapter(tuple[Framework, Changes]).json_schema()["$defs"]
    changes = definitions["Changes"]["properties"]
    for kind, name in (("criteria", "Criterion"), ("dimensions", "Dimension")):
        definitions[f"{name}Changes"] = _without_required(definitions[name])
        (codes,) = changes[kind]["patternProperties"]
        changes[kind]["patternProperties"] = {codes: {"$ref": f"#/$defs/{name}Changes"}}
    extension = _without_required(definitions["Framework"])
    extension["properties"] = {**extension["properties"], "changes": {"$ref": "#/$defs/Changes"}}
    definitions["Extension"] = {**extension, "required": ["id", "version", "extends"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:chiso:framework:{FORMAT}",
        "title": "Framework",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": "#/$defs/Extension"},
        "else": {"$ref": "#/$defs/Framework"},
        "$defs": dict(sorted(definitions.items())),
    }


def published_schema() -> _Json:
    """Return the schema as published with this version; a test proves that it equals :func:`json_schema`."""
    path = resources.files("chiso.framework").joinpath("published", f"framework-{FORMAT}.json")
    loaded: _Json = json.loads(path.read_text("utf-8"))
    return loaded


def schema_text() -> str:
    """Return :func:`json_schema` as it is published."""
    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"


def keys_at(location: tuple[Any, ...], root: type[BaseModel] = Framework) -> list[str]:
    """Return the keys allowed at a place that validation reports, such as ``("dimensions", 0, "criteria", 3)``."""
    models: list[type[BaseModel]] = [root]
    for step in location:
        if not isinstance(step, str):
            continue
        tagged = [model for model in models if _kind(model) == step]
        fields = [model.model_fields[step].annotation for model in models if step in model.model_fields]
        models = tagged or [found for annotation in fields for found in _models(annotation)] or models
    return sorted({key for model in models for key in model.model_fields})


def field_at(location: tuple[Any, ...], root: type[BaseModel] = Framework) -> tuple[Any, tuple[Any, ...]] | None:
    """Return the type of the value at a place that validation reports, and what is demanded of it; None: no place."""
    annotation: Any = root
    metadata: tuple[Any, ...] = ()
    for step in location:
        annotation, metadata = bare(annotation, metadata)
        kinds = [one for one in _models(annotation) if _kind(one) == step]
        fields = getattr(annotation, "model_fields", {})
        arguments = get_args(annotation)
        if step in fields:
            annotation, metadata = fields[step].annotation, tuple(fields[step].metadata)
        elif get_origin(annotation) in (list, tuple, dict) and arguments:
            annotation, metadata = arguments[-1], ()
        elif kinds:
            annotation = kinds[0]
        else:
            return None
    return bare(annotation, metadata)


def bare(annotation: Any, metadata: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without what annotates it or makes it optional, and the annotations."""
    while True:
        arguments = [one for one in get_args(annotation) if one is not type(None)]
        if hasattr(annotation, "__metadata__"):
            annotation, metadata = annotation.__origin__, (*annotation.__metadata__, *metadata)
        elif get_origin(annotation) in (Union, UnionType) and len(arguments) == 1:
            annotation = arguments[0]
        else:
            return annotation, metadata


def _without_required(definition: _Json) -> _Json:
    return {key: value for key, value in definition.items() if key != "required"}


def _kind(model: type[BaseModel]) -> str:
    kind = model.model_fields.get("kind")
    return str(get_args(kind.annotation)[0]) if kind is not None else ""


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


if __name__ == "__main__":
    sys.stdout.write(schema_text())
