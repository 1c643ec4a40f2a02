"""Uploads beyond the limit fill neither memory nor disk, and people are told."""

from __future__ import annotations

import re
import tempfile
from io import RawIOBase
from pathlib import Path

import pytest
from django.test import RequestFactory

from chiso.web.wsgi import application
from tests.docs.pages import ROOT
from tests.web import factories as make
from tests.web.conftest import Browser

MIB = 1024 * 1024
HEAD = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'


class Streamed(RawIOBase):
    """A body that is made while it is read: a file of so many MiB; counts what was read of it."""

    def __init__(self, size: int) -> None:
        self.given, self._left, self._head = 0, size, HEAD

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._head or b"\0" * min(size if size >= 0 else self._left, self._left, 64 * 1024)
        self._head = b""
        self.given += len(piece)
        self._left -= len(piece)
        return piece


def sent(body: Streamed, size: int, browser: Browser) -> tuple[str, str]:
    cookies = "; ".join(f"{one.key}={one.value}" for one in browser.cookies.values())
    environ = RequestFactory().post("/language", headers={"cookie": cookies}).environ
    told = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(size), "wsgi.input": body}
    statuses: list[str] = []
    answer = application(environ | told, lambda status, headers: statuses.append(status))
    page = b"".join(answer).decode()
    answer.close()
    return statuses[0], page


@pytest.fixture
def visitor(db: None) -> Browser:
    browser = Browser().as_person(make.person())
    browser.get("/")  # gives the token without which nothing of a form is read
    return browser


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_200_mb_are_refused_before_they_are_read(visitor: Browser, uploads: Path) -> None:
    body = Streamed(200 * MIB)
    status, page = sent(body, 200 * MIB, visitor)

    assert status.startswith("413 ")
    assert "<h1>Dữ liệu gửi lên quá lớn</h1>" in page
    assert "tối đa 50 MB" in page
    assert (body.given, list(uploads.iterdir())) == (0, [])


def test_nginx_takes_what_the_application_takes_and_hands_it_on_whole(settings) -> None:
    told = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    size = re.search(r"client_max_body_size (\d+)m;", told)

    assert size is not None
    assert int(size[1]) == settings.EVIDENCE_MAX_MIB + 10  # as its remark says; forms may have 2 MB besides
    assert "proxy_request_buffering" not in told  # a few slow uploads would hold up everybody


def test_a_little_too_much_is_read_and_thrown_away(visitor: Browser, uploads: Path, settings) -> None:
    settings.EVIDENCE_MAX_MIB = 3
    largest = []
    body = Streamed(4 * MIB)
    read = body.read

    def watched(size: int = -1) -> bytes:
        largest.append(sum(one.stat().st_size for one in uploads.iterdir()))
        return read(size)

    body.read = watched  # type: ignore[method-assign]
    sent(body, 4 * MIB, visitor)

    assert body.given >= 4 * MIB
    assert 2 * MIB < max(largest) <= 3 * MIB
    assert list(uploads.iterdir()) == []
