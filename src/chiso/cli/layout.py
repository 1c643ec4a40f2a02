"""Text laid out for readers: JSON with one entry a line, tables with one row a line, nothing a terminal would obey.

Results of thousands of units are made piece by piece, so that their size costs time and not memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

#: Control characters, marks that turn the direction of writing, and halves of characters: none belongs in a result,
#: and a terminal would obey them. A line break and a tab are left alone.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_STEP = "  "

#: What is laid out over several lines when it holds more of its kind.
_NESTED = (dict, list, tuple)

#: What never holds more of its kind.
_LEAVES = frozenset({str, int, float, bool, type(None)})

_TEXT = frozenset({str})

#: What stands between two objects in a list on one line.
_BETWEEN = "}, {"

_quoted = json.encoder.encode_basestring
_encode = json.JSONEncoder(ensure_ascii=False).encode


def harmless(text: str) -> str:
    r"""Return text in which characters that cannot be seen are written out, as ``\u202e``."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def json_pieces(data: Any) -> Iterator[str]:
    """Yield JSON piece by piece; anything that holds no further list or object stands on one line.

    An iterator is written as a list, and its items are asked for one after the other.
    """
    if isinstance(data, Mapping):
        yield from _object(data)
    elif isinstance(data, Iterator):
        yield from _list(data, "")
    else:
        yield _laid_out(data, "")
    yield "\n"


def _object(data: Mapping[str, Any]) -> Iterator[str]:
    separator = "{\n"
    for key, value in data.items():
        yield f"{separator}{_STEP}{_flat(key)}: "
        if isinstance(value, Iterator):
            yield from _list(value, _STEP)
        else:
            yield _laid_out(value, _STEP)
        separator = ",\n"
    yield "{}" if not data else "\n}"


def _list(items: Iterator[Any], indent: str) -> Iterator[str]:
    separator = "[\n"
    for item in items:
        yield f"{separator}{indent}{_STEP}{_laid_out(item, indent + _STEP)}"
        separator = ",\n"
    yield "[]" if separator == "[\n" else f"\n{indent}]"


def _laid_out(value: Any, indent: str) -> str:
    if type(value) in _LEAVES:
        return _flat(value)
    inner = indent + _STEP
    if isinstance(value, dict):
        leaves = _LEAVES.issuperset(map(type, value.values()))
        if not leaves and any(isinstance(one, _NESTED) and one for one in value.values()):
            texts = _all_laid_out(list(value.values()), inner)
            lines = (f"{inner}{_key(key)}: {text}" for key, text in zip(value, texts, strict=True))
            return "{\n" + ",\n".join(lines) + f"\n{indent}}}"
    elif isinstance(value, list | tuple) and any(isinstance(one, _NESTED) for one in value):
        return "[\n" + ",\n".join(f"{inner}{text}" for text in _all_laid_out(value, inner)) + f"\n{indent}]"
    return _flat(value)


def _all_laid_out(values: Sequence[Any], indent: str) -> Sequence[str]:
    """Lay out the members of a list or object; where each is an object on one line, one call encodes them all."""
    if values and all(type(one) is dict and _LEAVES.issuperset(map(type, one.values())) for one in values):
        texts = _encoded(values)[2:-2].split(_BETWEEN)
        # A text within may hold what stands between two objects; then there are more pieces than objects.
        if len(texts) == len(values):
            return [f"{{{text}}}" for text in texts]
    return [_laid_out(one, indent) for one in values]


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return _flat(name)


def _flat(value: Any) -> str:
    """Write a value on one line; what is short is put together here, since the encoder takes longer to begin."""
    kind = type(value)
    if kind is str:
        text = _quoted(value)
        return text if text.isprintable() else harmless(text)
    if value is None or kind is bool:
        return "null" if value is None else "true" if value else "false"
    if kind is dict and _TEXT.issuperset(map(type, value)):
        return f"{{{', '.join([f'{_key(key)}: {_flat(one)}' for key, one in value.items()])}}}"
    if kind is list or kind is tuple:
        return f"[{', '.join(map(_flat, value))}]"
    return _encoded(value)


def _encoded(value: Any) -> str:
    # In JSON such characters only occur within strings, where this way to write them means the same.
    text = _encode(value)
    return text if text.isprintable() else harmless(text)


def table_lines(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> Iterator[str]:
    """Yield the lines of a table, each row on one line whatever its length."""
    from rich.cells import cell_len

    lines = [[harmless(" ".join(cell.split())) for cell in row] for row in (headings, *rows)]
    widths = [max(cell_len(line[at]) for line in lines) for at in range(len(headings))]
    aligned = set(right)

    def line(cells: Sequence[str]) -> str:
        parts = []
        for at, cell in enumerate(cells):
            blank = " " * (widths[at] - cell_len(cell))
            parts.append(blank + cell if at in aligned else cell + blank)
        return f" {'   '.join(parts)}".rstrip()

    yield ""
    yield line(lines[0])
    yield " " + "─" * (sum(widths) + 3 * (len(widths) - 1))
    yield from map(line, lines[1:])
    yield ""
