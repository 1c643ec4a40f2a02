"""The network address of whoever asks, where proxies stand in between."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class ProxyMiddleware:
    """Takes the address from ``X-Forwarded-For``, as many entries from its end as there are proxies of our own.

    What stands further to the left is the word of whoever asks. Without proxies the header is not looked at.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request whose ``REMOTE_ADDR`` is that of the person."""
        count = settings.PROXIES
        if count:
            passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
            if len(passed) >= count and _is_address(passed[-count]):
                request.META["REMOTE_ADDR"] = passed[-count]
        return self._answer(request)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
