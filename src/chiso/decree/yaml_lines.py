"""Plain data as lines of YAML, as libyaml writes them; it takes a third of the time that building nodes for it takes.

What needs more care is left to the library: signs that cannot be printed, words that begin or end with a line break.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Any

import yaml

from chiso.decree.numbers import Exact

#: A line is broken at the first space beyond so many characters.
WIDTH = 140
#: A mapping or list that is shorter is written on one line.
_FLOW = 110

#: Signs that the library would write in another way, or that break lines.
_UNUSUAL = re.compile("[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
#: Words that need quotes; within braces and brackets, and anywhere.
_INSIDE = re.compile(r"^[?:]|[,?\[\]{}:]")
_ANYWHERE = re.compile(r"^(?:---|\.\.\.|[ #,\[\]{}&*!|>'\"%@`]|[-?:](?: |$))|:(?: |$)| #| $")
_DECIMAL = re.compile(r"-?\d+\.\d+")


class UnusualError(ValueError):
    """The data holds something that is left to the library."""


def yaml_lines(data: dict[Any, Any]) -> str:
    """Return data as YAML.

    Raises:
        UnusualError: it holds what is left to the library.
    """
    if is_short(data):
        raise UnusualError
    text = "\n".join(_block(data, 0)) + "\n"
    if _UNUSUAL.search(text):
        raise UnusualError
    return text


def _block(data: dict[Any, Any] | list[Any], indent: int) -> list[str]:
    """Return the lines of a mapping or list that is not short; one entry may hold several lines."""
    pad, lines = " " * indent, list[str]()
    if type(data) is dict:
        for key, value in data.items():
            head = f"{pad}{_key(key)}:"
            if _is_long(value):
                lines.append(head)
                lines += _block(value, indent if type(value) is list else indent + 2)
            else:
                lines.append(f"{head} {_value(value, len(head) + 1, indent + 2)}")
        return lines
    for value in data:
        if _is_long(value):
            first, *rest = _block(value, indent + 2)
            lines += [f"{pad}- {first[indent + 2 :]}", *rest]
        else:
            lines.append(f"{pad}- {_value(value, indent + 2, indent + 2)}")
    return lines


def _is_long(value: Any) -> bool:
    return type(value) in (dict, list) and not is_short(value)


def is_short(data: dict[Any, Any] | list[Any]) -> bool:
    """Tell whether a mapping or list stands on one line."""
    if _left(data, _FLOW) < 0:
        return False
    text = str(data)
    nested = isinstance(data, list) and any(isinstance(one, dict) for one in data)
    return len(text) <= _FLOW and "\\n" not in text and not nested


def _left(data: Any, room: int) -> int:
    """Return what is left of some room behind data, roughly: no more than there is, so that whole sets end early."""
    if isinstance(data, dict):
        room -= 4 * len(data)
        data = data.values()
    elif isinstance(data, str):
        return room - len(data)
    elif not isinstance(data, list):
        return room
    for value in data:
        room = room - len(value) if type(value) is str else _left(value, room)
        if room < 0:
            break
    return room


def _value(value: Any, column: int, indent: int) -> str:
    """Return a value that begins at a column; its further lines are indented."""
    kind = type(value)
    if kind is str:
        if "\n" in value:
            return _literal(value, indent)
        return _folded(value, column, indent) if _is_plain(value) else _quoted(value, column, indent)
    if kind is dict or kind is list:
        return _flow(value, column, indent)[0]
    return _scalar(value)


def _scalar(value: Any) -> str:
    """Return a value that is no text."""
    if value is None:
        return "null"
    kind = type(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        return str(value)
    if kind is Exact and _DECIMAL.fullmatch(value):
        return str(value)
    if kind is dt.date:
        return f"'{value.isoformat()}'"
    raise UnusualError


@lru_cache(maxsize=1024)
def _key(key: Any) -> str:
    """Return a key on a line of its own."""
    return _kept(key) if _is_plain(str(key)) or type(key) is int else _quoted(_kept(key), 0, 0)


@lru_cache(maxsize=1024)
def _key_inside(key: Any) -> str:
    """Return a key within braces."""
    plain = type(key) is int or (_is_plain(str(key)) and not _INSIDE.search(str(key)))
    return _kept(key) if plain else _quoted(_kept(key), 0, 0)


def _kept(key: Any) -> str:
    if type(key) is int:
        return str(key)
    if type(key) is not str or "\n" in key or len(key) > 100:
        raise UnusualError
    return key


def _literal(text: str, indent: int) -> str:
    """Return text of several lines, each on a line of its own."""
    lines = [line.rstrip() for line in text.split("\n")]
    if not lines[0] or not lines[-1] or lines[0].startswith(" "):
        raise UnusualError
    pad = " " * indent
    return "\n".join(["|-", *(f"{pad}{line}" if line else "" for line in lines)])


def _is_plain(text: str) -> bool:
    """Tell whether text needs no quotes."""
    return bool(text) and not _ANYWHERE.search(text) and not _means_more(text)


@lru_cache(maxsize=1)
def _meanings() -> dict[str, list[re.Pattern[str]]]:
    known = yaml.SafeDumper.yaml_implicit_resolvers
    return {first: [pattern for _, pattern in found] for first, found in known.items()}


def _means_more(text: str) -> bool:
    """Tell whether text without quotes would be a number, a day, true or false."""
    return any(pattern.match(text) for pattern in _meanings().get(text[0], ()))


def _quoted(text: str, column: int, indent: int) -> str:
    inside = text.replace("'", "''")
    return f"'{_folded(inside, column + 1, indent)}'"


def _folded(text: str, column: int, indent: int) -> str:
    """Return text that begins at a column, broken at the first single space beyond the width."""
    if column + len(text) <= WIDTH + 1:
        return text
    lines, start, last = [], 0, len(text) - 1
    at = text.find(" ", max(WIDTH + 1 - column, 1))
    while 0 < at < last:
        if text[at - 1] == " " or text[at + 1] == " ":
            at = text.find(" ", at + 1)
            continue
        lines.append(text[start:at])
        start = at + 1
        at = text.find(" ", start + max(WIDTH + 1 - indent, 1))
    lines.append(text[start:])
    return f"\n{' ' * indent}".join(lines)


def _flow(data: Any, column: int, indent: int) -> tuple[str, int]:
    """Return a mapping or list within braces or brackets, and the column behind it."""
    mapping = type(data) is dict
    text, column = "{" if mapping else "[", column + 1
    gap = ""
    for entry in data:
        if gap:
            text, column = text + ",", column + 1
        if column > WIDTH:
            text, column, gap = f"{text}\n{' ' * (indent)}", indent, ""
        text, column = text + gap, column + len(gap)
        if mapping:
            key = _key_inside(entry)
            text, column = f"{text}{key}: ", column + len(key) + 2
        value = data[entry] if mapping else entry
        made, column = _within(value, column, indent)
        text, gap = text + made, " "
    return text + ("}" if mapping else "]"), column + 1


def _within(value: Any, column: int, indent: int) -> tuple[str, int]:
    """Return a value within braces or brackets, and the column behind it."""
    kind = type(value)
    if kind is dict or kind is list:
        return _flow(value, column, indent + 2)
    if kind is not str:
        made = _scalar(value)
    elif "\n" in value:
        raise UnusualError
    elif _is_plain(value) and not _INSIDE.search(value):
        made = _folded(value, column, indent + 2)
    else:
        made = _quoted(value, column, indent + 2)
    broken = made.rfind("\n")
    return made, column + len(made) if broken < 0 else len(made) - broken - 1
