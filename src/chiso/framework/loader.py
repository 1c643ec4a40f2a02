"""The one way in: reads a framework file, applies what it extends and the chosen readings, and checks everything."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import TypeAdapter

from chiso.framework.check import check
from chiso.framework.detail import with_details_as_children
from chiso.framework.extension import Sources, entries, extended
from chiso.framework.faults import Fault, FrameworkError, in_order, limited, near_misses
from chiso.framework.gaps import bridged
from chiso.framework.model import Fact, Framework, Id
from chiso.framework.source import Block, Source, Spot, parse_file, parse_source, read_source, source_of

_FACTS = TypeAdapter(dict[Id, Fact])


def bundled() -> list[str]:
    """Return the ids of the frameworks that ship with the product, sorted."""
    folder = resources.files("chiso.library")
    return sorted(entry.name for entry in folder.iterdir() if entry.joinpath("framework.yaml").is_file())


def bundled_text(name: str) -> str:
    """Return the text of a bundled framework."""
    return resources.files("chiso.library").joinpath(name, "framework.yaml").read_text("utf-8")


@lru_cache(maxsize=1)
def shared_facts() -> dict[str, Fact]:
    """Return the catalogue of facts that any framework may use."""
    text = resources.files("chiso.library").joinpath("facts.yaml").read_text("utf-8")
    return _FACTS.validate_python(read_source(text, "facts.yaml").data)


def load(name: str, readings: Mapping[str, str] | None = None) -> Framework:
    """Load a bundled framework by its id, or a framework file by its path.

    ``readings`` chooses another reading of unclear clauses: id -> option.

    Raises:
        FrameworkError: with every fault of the file.
    """
    chosen = dict(readings or {})
    if _is_bundled(name):
        return _load_bundled(name, tuple(sorted(chosen.items())))
    return _build(_read(name), chosen)


def load_text(
    text: str,
    file: str = "framework.yaml",
    readings: Mapping[str, str] | None = None,
    bases: Mapping[str, str] | None = None,
) -> Framework:
    """Load a framework from its text; ``file`` names it in faults.

    What the text extends must be a bundled framework: text without a file has no folder to look in. ``bases`` are
    texts by id that stand in for bundled ones, which another release may have changed.
    """
    return _build(parse_source(text, file), dict(readings or {}), bases or {})


def load_data(data: Mapping[str, Any], text: str, file: str = "framework.yaml") -> Framework:
    """Load a framework from data whose text was just written from it: without reading the text again.

    Raises:
        FrameworkError: with every fault, as :func:`load_text` finds them in the text.
    """
    source = source_of(data, text, file)
    if source is not None:
        with suppress(FrameworkError):
            return _build(source, {}, {})
    return load_text(text, file)


@lru_cache(maxsize=64)
def _load_bundled(name: str, readings: tuple[tuple[str, str], ...]) -> Framework:
    return _build(_read(name), dict(readings))


def _is_bundled(name: str) -> bool:
    return "/" not in name and resources.files("chiso.library").joinpath(name, "framework.yaml").is_file()


def _read(name: str) -> Source:
    if _is_bundled(name):
        return parse_source(bundled_text(name), f"{name}/framework.yaml")
    path = Path(name)
    if not path.suffix and not path.exists():
        raise FrameworkError([Fault("F010", name, None, "", {"name": name}, near_misses(name, bundled()))])
    return parse_file(path)


def _read_base(name: str, folder: Path | None) -> Source | None:
    """Return the framework that another one extends: a bundled one, or a file that stands beside it."""
    if _is_bundled(name):
        return _read(name)
    for path in (Path(f"{name}.yaml"), Path(name, "framework.yaml"), Path("..", name, "framework.yaml")):
        if folder is not None and (folder / path).is_file():
            return parse_file(folder / path)
    return None


def _build(source: Source, readings: Mapping[str, str], bases: Mapping[str, str] = MappingProxyType({})) -> Framework:
    def read(name: str, folder: Path | None) -> Source | None:
        return parse_source(bases[name], f"{name}/framework.yaml") if name in bases else _read_base(name, folder)

    digest = hashlib.sha256()
    source = extended(source, digest, Sources(read, bundled))
    framework = _checked(source)
    if readings:
        _apply(readings, framework, source)
        framework = Framework.model_validate(source.data)
    if framework.policies.detail == "parent_and_child":
        framework = with_details_as_children(framework)
    framework._shared_facts.update(shared_facts())
    framework._chosen.update(readings)
    framework._hash = digest.hexdigest()
    return framework


def _checked(source: Source) -> Framework:
    """Return the framework of a file, or refuse the file with all faults of its text, shape and content at once."""
    framework, faults, gaps = bridged(source)
    faults = [*source.faults, *faults]
    if framework is not None:
        framework._shared_facts.update(shared_facts())
        faults += check(framework, source, gaps)
    if faults or framework is None:
        raise FrameworkError(limited(in_order(faults)))
    return framework


def _apply(chosen: Mapping[str, str], framework: Framework, source: Source) -> None:
    """Apply the differences that the chosen options of readings hold; the checks have proved that they fit."""
    known = {reading.id: index for index, reading in enumerate(framework.readings)}
    by_code = entries(source.data)
    for name, option_name in chosen.items():
        if name not in known:
            raise FrameworkError([Fault("F013", source.file, None, name, {"name": name}, near_misses(name, known))])
        options = source.data["readings"][known[name]]["options"]
        if option_name not in options:
            data = {"name": option_name, "known": list(options)}
            near = near_misses(option_name, options)
            raise FrameworkError([Fault("F014", source.file, None, name, data, near)])
        option = options[option_name]
        for code, rule in (option.get("rules") or {}).items():
            by_code[code].put("rule", rule, option["rules"].spots[code])
        if option.get("policies"):
            spot = option.spots["policies"]
            _inside(source.data, "policies", spot).merge(option["policies"], depth=2)


def _inside(block: Block, key: str, spot: Spot) -> Block:
    """Return the mapping under a key, made when it is not there."""
    if not isinstance(block.get(key), Block):
        block.put(key, Block(spot), spot)
    found: Block = block[key]
    return found
