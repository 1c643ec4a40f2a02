"""How entries of the log hang together: each holds the hash of the one before it in its strand."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: What the first entry of a strand follows.
START = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a strand: number and hash of its last entry."""

    number: int = 0
    hash: str = START


@dataclass(frozen=True, slots=True)
class Content:
    """What an entry says, before it has its place in a strand."""

    at: dt.datetime
    action: str
    by: int | None
    address: str
    data: Mapping[str, Any]


def digest(strand: str, previous: Head, content: Content) -> str:
    """Return the SHA-256 hash of an entry, in hexadecimal: of what it says, its strand, number and predecessor."""
    said = [
        strand,
        previous.number + 1,
        previous.hash,
        content.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        content.action,
        content.by,
        content.address,
        content.data,
    ]
    return hashlib.sha256(canonical(said)).hexdigest()


def canonical(data: Any) -> bytes:
    """Return data as JSON in one fixed form: keys sorted, no spaces, UTF-8."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
