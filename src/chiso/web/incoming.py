"""What arrives may hold characters that are none, or JSON of any shape: neither breaks a page or stops a save."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import chain
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


class UnreadableError(Exception):
    """What was sent is not what was asked for."""


def plain(text: str) -> str:
    """Return a text without what no text holds and no database keeps: NUL, and halves of characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def json_of(text: str | bytes) -> Any:
    """Return what JSON says.

    Raises:
        UnreadableError: it is none, nested without end, or in no encoding.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableError from error


class CharactersMiddleware:
    """Refuses addresses and forms with NUL, which nobody can type and no database takes."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self._answer(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Look through what was sent, when the guard against forged forms has read it.

        Raises:
            BadRequest: there is such a character.
        """
        sent = chain.from_iterable(
            (name, *values) for told in (request.GET, request.POST) for name, values in told.lists()
        )
        if "\0" in request.path or any("\0" in text for text in sent):
            raise BadRequest("NUL in what was sent")
