"""A draft as a YAML file that people review: Vietnamese as it is, wordings line by line, short rows on one line."""

from __future__ import annotations

import datetime as dt
from typing import Any

import yaml

from chiso.decree.language.numbers import Exact

_WIDTH = 140
#: A mapping or list that is shorter is written on one line.
_FLOW = 110


class _Dumper(yaml.CSafeDumper):
    """Writes no anchors, which a framework file may not hold; libyaml takes a tenth of the time that Python takes."""

    def represent_data(self, data: Any) -> yaml.Node:
        """Return the node of a value, a new one each time; what the library remembers of it is for anchors only."""
        node: yaml.Node = self.yaml_representers[type(data)](self, data)
        return node

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Pass by: no value is read by where it stands."""

    def ascend_resolver(self) -> None:
        """Pass by, as when descending."""


def _text(dumper: yaml.CSafeDumper, data: str) -> yaml.Node:
    if "\n" in data:
        return dumper.represent_scalar(
            "tag:yaml.org,2002:str", "\n".join(line.rstrip() for line in data.split("\n")), style="|"
        )
    return dumper.represent_scalar("tag:yaml.org,2002:str", data)


def _mapping(dumper: yaml.CSafeDumper, data: dict[Any, Any]) -> yaml.Node:
    pairs = [(dumper.represent_data(key), dumper.represent_data(value)) for key, value in data.items()]
    return yaml.MappingNode("tag:yaml.org,2002:map", pairs, flow_style=_is_short(data))


def _list(dumper: yaml.CSafeDumper, data: list[Any]) -> yaml.Node:
    inside = [dumper.represent_data(one) for one in data]
    return yaml.SequenceNode("tag:yaml.org,2002:seq", inside, flow_style=_is_short(data))


def _is_short(data: dict[Any, Any] | list[Any]) -> bool:
    inside = data.values() if isinstance(data, dict) else data
    if sum(len(one) for one in inside if isinstance(one, str | dict | list)) > _FLOW:
        return False  # at once: whole sets of criteria are written here
    text = str(data)
    nested = isinstance(data, list) and any(isinstance(one, dict) for one in data)
    return len(text) <= _FLOW and "\\n" not in text and not nested


_Dumper.add_representer(str, _text)
_Dumper.add_representer(Exact, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:float", str(data)))
_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(list, _list)
_Dumper.add_representer(
    dt.date, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:str", data.isoformat())
)


def yaml_text(framework: dict[str, Any], heading: str) -> str:
    """Return the text of a framework file, with a comment at its head."""
    comment = "".join(f"# {line}\n" for line in heading.splitlines())
    body: str = yaml.dump(
        framework, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=False
    )
    return comment + body
