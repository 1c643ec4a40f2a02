"""Signatures in PDF files: whose certificate, whether the content is intact, and whether the issuer is known.

Nothing is fetched: a closed network has no revocation lists, and a check must give the same answer tomorrow. Issuers
are trusted by their certificates in the folder ``CHISO_TRUSTED_ISSUERS``.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any, Literal

from django.conf import settings
from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.decode_limits import DecodeLimits, DocumentDecodeBudget, StreamDecodeLimits
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

_log = logging.getLogger(__name__)

#: What reading a file that is no proper PDF, or no proper signature, may end in.
_UNREADABLE = (
    PdfError,
    SignatureValidationError,
    SigningError,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RecursionError,
    OSError,
)

#: A document signed more often than this is not an official letter; further signatures are counted, not checked.
MAX_SIGNATURES = 20

_MIB = 1024 * 1024

#: What reading the structure of a file may unpack; of an official letter it is a few hundred kilobytes. Pages and
#: pictures are never unpacked.
_LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=4 * _MIB),
    document_budget=DocumentDecodeBudget(base_allowance=16 * _MIB, max_ratio=0),
)

#: Seconds of a processor that a file may take; an official letter takes less than one.
MOST_SECONDS = 5.0

Verdict = Literal["intact", "unknown_issuer", "altered", "unreadable"]


class _TooLongError(BaseException):
    """A file that was made to be read for ever."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What is known of one signature.

    ``verdict``: ``intact`` (unchanged since it was signed, by a trusted issuer's certificate), ``unknown_issuer``
    (unchanged, issuer not trusted), ``altered`` or ``unreadable``. ``at``: the time that the signer states, ISO 8601.
    ``covers_all``: nothing was added to the file after it.
    """

    signer: str
    issuer: str
    at: str
    verdict: Verdict
    covers_all: bool = False

    def kept(self) -> dict[str, Any]:
        """Return it as it is stored."""
        return asdict(self)


def signatures_of(file: IO[bytes]) -> list[Signature]:
    """Return what is known of each signature of a PDF; nothing when it has none or cannot be read as PDF."""
    file.seek(0)
    found: list[Signature] = []
    try:
        with _at_most(MOST_SECONDS):
            reader = PdfFileReader(file, strict=False, decode_limits=_LIMITS)
            for name, _, field in islice(enumerate_sig_fields(reader, filled_status=True), MAX_SIGNATURES):
                if (one := _checked(reader, field, name)) is not None:
                    found.append(one)
    except _UNREADABLE as error:
        # A damaged or encrypted PDF is still evidence; that its signatures cannot be told is not known to be wrong.
        _log.info("signatures cannot be read: %s", error)
    except _TooLongError:
        _log.warning("a PDF file was made so that its signatures cannot be found within %s s", MOST_SECONDS)
        found.append(Signature("", "", "", "unreadable"))
    return found


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Stop what this thread does after some seconds on a processor: files are read in Python, whose calls are watched.

    Raises:
        _TooLongError: in the midst of it, past whoever catches everything.
    """
    end, before = time.thread_time() + seconds, sys.getprofile()

    def watch(*_told: object) -> None:
        if time.thread_time() > end:
            raise _TooLongError

    sys.setprofile(watch)
    try:
        yield
    finally:
        sys.setprofile(before)


def _checked(reader: PdfFileReader, field: Any, name: str) -> Signature | None:
    """Return what is known of a signature; None for a time stamp, which nobody signed."""
    try:
        embedded = EmbeddedPdfSignature(reader, field.get_object(), name)
        if embedded.sig_object_type != "/Sig":
            return None
        status = validate_pdf_signature(embedded, ValidationContext(trust_roots=_trusted(), allow_fetching=False))
    except _UNREADABLE as error:
        _log.info("signature cannot be checked: %s", error)
        return Signature("", "", "", "unreadable")
    certificate = status.signing_cert
    sound = status.intact and status.valid and status.docmdp_ok is not False
    return Signature(
        signer=certificate.subject.human_friendly,
        issuer=certificate.issuer.human_friendly,
        at=status.signer_reported_dt.isoformat() if status.signer_reported_dt else "",
        verdict="altered" if not sound else "intact" if status.trusted else "unknown_issuer",
        covers_all=status.coverage is SignatureCoverageLevel.ENTIRE_FILE,
    )


def _trusted() -> list[Any]:
    folder = settings.TRUSTED_ISSUERS
    return _certificates(folder, Path(folder).stat().st_mtime) if folder else []


@lru_cache(maxsize=2)
def _certificates(folder: str, changed: float) -> list[Any]:
    """Read the certificates of a folder, anew after it changed."""
    files = sorted(path for path in Path(folder).iterdir() if path.is_file())
    return list(load_certs_from_pemder(files))  # type: ignore[no-untyped-call]
