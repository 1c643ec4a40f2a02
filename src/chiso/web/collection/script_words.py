"""What the scripts of a report say."""

from __future__ import annotations

from functools import cache

from django.template.loader import render_to_string
from markupsafe import Markup


@cache
def script_words(lang: str) -> Markup:
    """Return the sentences as attributes, in the language that is active: ``lang``."""
    return Markup(render_to_string("collection/part_says.html"))  # noqa: S704 - made by a template, which escapes
