"""Tokens that stand in mails: drawn at random, and only recognised by their digests."""

from __future__ import annotations

import hashlib
import re
import secrets

#: What a token looks like; anything else was never one.
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def draw() -> str:
    """Return a new token of 256 random bits, for an address."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str | None:
    """Return what recognises a token; None for what cannot be one."""
    return hashlib.sha256(token.encode()).hexdigest() if _SHAPE.fullmatch(token) else None
