"""Settings come from the environment; nothing secret stands in the repository."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return a variable, without the spaces around it."""
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Return a switch: 1 or 0.

    Raises:
        ImproperlyConfigured: anything else stands there.
    """
    value = text(name, "1" if default else "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} is {value!r}; write 1 for on or 0 for off.")
    return value == "1"


def one_of(name: str, *choices: str, default: str) -> str:
    """Return one of several words.

    Raises:
        ImproperlyConfigured: another word stands there.
    """
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}; write {', '.join(choices[:-1])} or {choices[-1]}.")
    return value


def number(name: str, default: int) -> int:
    """Return a whole number.

    Raises:
        ImproperlyConfigured: no whole number stands there.
    """
    value = text(name, str(default))
    if not value.isascii() or not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.")
    return int(value)


def listed(name: str, default: str = "") -> list[str]:
    """Return a list written with commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def numbers(name: str, default: str) -> list[int]:
    """Return whole numbers written with commas.

    Raises:
        ImproperlyConfigured: something else stands among them.
    """
    parts = listed(name, default)
    if not all(part.isascii() and part.isdecimal() for part in parts):
        raise ImproperlyConfigured(f"{name} is {text(name)!r}; write whole numbers with commas, such as {default}.")
    return [int(part) for part in parts]


def secret(name: str, *, needed: bool) -> str:
    """Return a secret, from the variable or from the file that ``NAME_FILE`` names.

    Raises:
        ImproperlyConfigured: it is needed and stands nowhere.
    """
    file = text(f"{name}_FILE")
    value = Path(file).read_text("utf-8").strip() if file else text(name)
    if needed and not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Put at least 50 random characters into it, or into a file that {name}_FILE names."
        )
    return value


def secrets(name: str) -> list[str]:
    """Return secrets, one a line, from the variable or from the file that ``NAME_FILE`` names."""
    return secret(name, needed=False).split()
