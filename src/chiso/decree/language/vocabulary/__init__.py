"""The words that decisions use, as data: lists that a reader of Vietnamese can check and extend without code."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

#: libyaml reads the lists in an eighth of the time that Python takes, which a short document would notice.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def words(name: str, package: str = __name__) -> dict[str, Any]:
    """Return one list of words by its name; ``package`` is where it stands."""
    text = resources.files(package).joinpath(f"{name}.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506 - both are safe loaders
    return found
