"""Reads a framework file: YAML with every number exact, every line known, and duplicate keys refused.

Only plain YAML is accepted: no tags, no anchors (which a hostile file can multiply), and of the plain words only
``true``, ``false`` and ``null`` have a meaning of their own, so that ``no`` or ``2022-11-09`` stay text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from chiso.framework.faults import Fault, FrameworkError

#: Largest framework file accepted, in bytes: the largest bundled one has about a tenth of it.
MAX_BYTES = 4_000_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}

Place = tuple[str | int, ...]


@dataclass
class Source:
    """The content of one file as plain data, and the line on which each value stands."""

    file: str
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: Place) -> int | None:
        """Return the line of a value, or of the nearest thing that holds it."""
        for length in range(len(path), -1, -1):
            found = self.lines.get(path[:length])
            if found is not None:
                return found
        return None


def read_source(text: str, file: str) -> Source:
    """Read YAML text.

    Raises:
        FrameworkError: it is not YAML, is too large, holds tags, anchors or a duplicate key.
    """
    source = Source(file)
    if len(text) > MAX_BYTES:
        raise FrameworkError([Fault("F001", file, None, "", {"size": len(text), "limit": MAX_BYTES})])
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_Loader)):
            raise FrameworkError([Fault("F002", file, None, "", {})])
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        problem = getattr(error, "problem", None) or str(error)
        raise FrameworkError([Fault("F003", file, line, "", {"problem": problem})]) from error
    if not isinstance(node, yaml.MappingNode):
        raise FrameworkError([Fault("F004", file, 1, "", {})])
    source.data = _construct(node, (), source)
    if source.faults:
        raise FrameworkError(source.faults)
    return source


def read_file(path: Path) -> Source:
    """Read a YAML file in UTF-8; see :func:`read_source`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise FrameworkError(
                [Fault("F001", str(path), None, "", {"size": path.stat().st_size, "limit": MAX_BYTES})]
            )
        text = path.read_text("utf-8")
    except OSError as error:
        raise FrameworkError([Fault("F005", str(path), None, "", {"problem": error.strerror or str(error)})]) from error
    except UnicodeDecodeError as error:
        raise FrameworkError([Fault("F006", str(path), None, "", {})]) from error
    return read_source(text, str(path))


def _construct(node: yaml.Node, path: Place, source: Source) -> Any:
    line = node.start_mark.line + 1
    source.lines.setdefault(path, line)
    if not node.tag.startswith("tag:yaml.org,2002:"):
        source.faults.append(Fault("F007", source.file, line, dotted(path), {"tag": node.tag}))
        return None
    if isinstance(node, yaml.ScalarNode):
        return node.value if node.style in ("'", '"', "|", ">") else _plain(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, (*path, index), source) for index, item in enumerate(node.value)]
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if key is None:
            source.faults.append(Fault("F008", source.file, key_node.start_mark.line + 1, dotted(path), {}))
            continue
        if key in found:
            first = source.lines[(*path, key)]
            data = {"name": key, "first": first}
            source.faults.append(Fault("F009", source.file, key_node.start_mark.line + 1, dotted((*path, key)), data))
            continue
        source.lines[(*path, key)] = key_node.start_mark.line + 1
        found[key] = _construct(value_node, (*path, key), source)
    return found


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if _NUMBER.fullmatch(text):
        return Decimal(text) if "." in text else int(text)
    return text


def dotted(path: Place) -> str:
    """Write a place in a file for people: ``dimensions[0].criteria[2].rule``."""
    words = ""
    for step in path:
        words += f"[{step}]" if isinstance(step, int) else f".{step}" if words else str(step)
    return words
