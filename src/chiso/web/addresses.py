"""Addresses of pages by name. They follow from what the program says alone, so that each is worked out once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.urls import reverse


@lru_cache(maxsize=8192)
def address(name: str, /, *args: Any, **kwargs: Any) -> str:
    """Return the address of a page: a page has dozens, and Django looks each up among all patterns."""
    return reverse(name, args=args, kwargs=kwargs)
