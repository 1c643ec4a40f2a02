"""A signature is told with its certificate: intact, altered, or by an issuer nobody here knows."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from chiso.web.evidence.signatures import signatures_of
from tests.web.evidence import files


@pytest.fixture
def trusted(tmp_path: Path, settings) -> None:
    folder = tmp_path / "trusted"
    folder.mkdir()
    (folder / "issuer.pem").write_bytes(files.issuer()[1])
    settings.TRUSTED_ISSUERS = str(folder)


def verdicts(content: bytes) -> list[str]:
    return [one.verdict for one in signatures_of(io.BytesIO(content))]


def test_a_signature_of_a_trusted_issuer_is_intact(tmp_path: Path, trusted: None) -> None:
    (found,) = signatures_of(io.BytesIO(files.signed(tmp_path)))

    assert (found.verdict, found.covers_all) == ("intact", True)
    assert "Ủy ban nhân dân xã mẫu" in found.signer
    assert found.at


def test_an_issuer_may_be_unknown(tmp_path: Path) -> None:
    assert verdicts(files.signed(tmp_path)) == ["unknown_issuer"]


def test_a_changed_document_is_altered(tmp_path: Path, trusted: None) -> None:
    content = files.signed(tmp_path)
    assert content.count(b"[0 0 200 200]") == 1

    assert verdicts(content.replace(b"[0 0 200 200]", b"[0 0 200 900]")) == ["altered"]


def test_what_was_added_after_the_signature_is_not_covered(tmp_path: Path, trusted: None) -> None:
    content = files.signed(tmp_path) + b"\n% a line more\n"

    assert [one.covers_all for one in signatures_of(io.BytesIO(content))] == [False]


@pytest.mark.parametrize("content", [files.PDF, b"%PDF-1.4 and nothing more", b"%PDF-1.4\nxref\n0 1\ntrailer<<>>"])
def test_no_signature_is_no_fault(content: bytes) -> None:
    assert verdicts(content) == []


def test_a_broken_signature_is_said(tmp_path: Path) -> None:
    content = files.signed(tmp_path)
    start = content.index(b"/Contents <") + len(b"/Contents <")

    assert verdicts(content[:start] + b"f" * 200 + content[start + 200 :]) == ["unreadable"]
