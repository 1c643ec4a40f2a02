"""A provider of OpenID Connect that answers over HTTP, and on demand talks nonsense."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "chiso", "only-for-tests-of-single-sign-on"


class Provider:
    """Signs in, unasked, whoever ``claims`` describe. ``spoilt`` holds paths that answer with a status and a text."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.claims: dict[str, object] = {"sub": "1"}
        self.spoilt: dict[str, tuple[int, str]] = {}
        self.codes: dict[str, str] = {}

    def configuration(self) -> dict[str, object]:
        places = {
            "authorization_endpoint": "auth",
            "token_endpoint": "token",
            "userinfo_endpoint": "userinfo",
            "jwks_uri": "keys",
        }
        return {
            "issuer": self.address,
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **{name: f"{self.address}/{path}" for name, path in places.items()},
        }

    def settings(self) -> dict[str, Any]:
        """Return the setting that names this provider, as CHISO_OIDC_... make it."""
        app = {
            "provider_id": "sso",
            "name": "SSO",
            "client_id": CLIENT,
            "secret": SECRET,
            "settings": {"server_url": self.address, "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app]}}

    def code_for(self, challenge: str) -> str:
        code = secrets.token_urlsafe(16)
        self.codes[code] = challenge
        return code

    def tokens_for(self, told: dict[str, str]) -> dict[str, str] | None:
        """Return the tokens for a code, to whoever knows our secret and began the sign-on."""
        verifier = hashlib.sha256(told.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(verifier).rstrip(b"=").decode()
        if told.get("client_secret") != SECRET or self.codes.pop(told.get("code", ""), None) != challenge:
            return None
        about = {"iss": self.address, "aud": CLIENT, "sub": self.claims.get("sub"), "exp": int(time.time()) + 60}
        return {"access_token": "opens-userinfo", "id_token": jwt.encode(about, SECRET, "HS256")}


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        told = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if self._is_spoilt(asked.path):
            return
        if asked.path == "/.well-known/openid-configuration":
            self._answer(200, json.dumps(self.provider.configuration()))
        elif asked.path == "/auth":
            back = urlencode({"code": self.provider.code_for(told["code_challenge"]), "state": told["state"]})
            self._answer(302, "", {"Location": f"{told['redirect_uri']}?{back}"})
        elif asked.path == "/userinfo" and self.headers["Authorization"] == "Bearer opens-userinfo":
            self._answer(200, json.dumps(self.provider.claims))
        else:
            self._answer(404, "{}")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self._is_spoilt(self.path):
            return
        tokens = self.provider.tokens_for({name: values[0] for name, values in parse_qs(body).items()})
        self._answer(200 if tokens else 400, json.dumps(tokens or {"error": "invalid_grant"}))

    def _is_spoilt(self, path: str) -> bool:
        if path not in self.provider.spoilt:
            return False
        self._answer(*self.provider.spoilt[path])
        return True

    def _answer(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *told: object) -> None:
        """Write nothing."""


@contextmanager
def serving() -> Iterator[Provider]:
    """Serve a provider while a test runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = type("Handler", (_Handler,), {"provider": provider})
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
