"""The words that decisions use, as data: lists that a reader of Vietnamese can check and extend without code."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any

import yaml


@lru_cache(maxsize=16)
def words(name: str) -> dict[str, Any]:
    """Return one list of words by its name."""
    text = resources.files("chiso.decree.language.vocabulary").joinpath(f"{name}.yaml").read_text("utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found
