"""PDF files that were made to be read for ever: they stay evidence, and their signatures are not told."""

from __future__ import annotations

import io
import resource
import struct
import time
import zlib
from collections.abc import Callable

import pytest

from chiso.web.evidence import signatures
from chiso.web.evidence.signatures import signatures_of

#: What a file may take in these tests: seconds of a processor, and MiB of memory on top.
SECONDS, MIB = 6.0, 150

MIB_OF_ZEROS = b"\0" * 2**20


def pdf(*objects: bytes) -> bytes:
    """Return a file of objects, of which the first is its root."""
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    count, start = len(objects) + 1, len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % count + b"".join(b"%010d 00000 n \n" % one for one in offsets)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, start)


def packed(mebibytes: int, filler: bytes = MIB_OF_ZEROS) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(filler) for _ in range(mebibytes)) + packer.flush()


def with_table(table: bytes, about: bytes, before: bytes = b"") -> bytes:
    """Return a file whose table of objects is a stream."""
    out = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n" + before
    head = b"9 0 obj\n<</Type/XRef/W[1 4 2]/Root 1 0 R/Length %d%s>>\nstream\n" % (len(table), about)
    return out + head + table + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(out)


def swollen_objects() -> bytes:
    """Return a file whose root lies in a stream that swells to 300 MiB."""
    content = packed(300, b" " * 2**20)
    stream = b"2 0 obj\n<</Type/ObjStm/N 1/First 5/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\n"
    first = len(b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n")
    entries = [(0, 0, 65535), (2, 2, 0), (1, first, 0)]
    table = b"".join(struct.pack(">BIH", *one) for one in entries)
    return with_table(table, b"/Size 3", stream % (len(content), content))


def branching() -> bytes:
    """Return a form of ten tiers, each field of which has a hundred fields below it: 10^20 of them."""
    tiers = [b"<</T(a)/Kids[%s]>>" % (b"%d 0 R " % (number + 1) * 100) for number in range(3, 13)]
    return pdf(b"<</Type/Catalog/AcroForm 2 0 R>>", b"<</Fields[3 0 R]>>", *tiers, b"<</T(z)/FT/Tx>>")


def going_round() -> bytes:
    """Return a file whose table of objects follows itself."""
    out = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
    table = b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R/Prev %d>>\n"
    return out + table % len(out) + b"startxref\n%d\n%%%%EOF\n" % len(out)


def signed_often() -> bytes:
    fields = b"2 0 R " * 300_000
    signature = b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[0 1 2 3]/Contents<00>>>"
    return pdf(b"<</Type/Catalog/AcroForm<</Fields[%s]>>>>" % fields, b"<</T(a)/FT/Sig/V 3 0 R>>", signature)


#: Files, and what is told of their signatures.
BOMBS: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "a table that swells": (
        lambda: with_table(packed(300), b"/Size 100000000/Filter/FlateDecode"),
        set(),
    ),
    "a table packed twice": (
        lambda: with_table(zlib.compress(packed(256), 9), b"/Size 100000000/Filter[/FlateDecode/FlateDecode]"),
        set(),
    ),
    "objects that swell": (swollen_objects, set()),
    "arrays without end": (
        lambda: pdf(b"<</Type/Catalog/AcroForm<</Fields %s%s>>>>" % (b"[" * 200_000, b"]" * 200_000)),
        set(),
    ),
    "dictionaries without end": (
        lambda: pdf(b"<</Type/Catalog/A %s1%s/AcroForm<</Fields[]>>>>" % (b"<</A " * 100_000, b">>" * 100_000)),
        set(),
    ),
    "a field below itself": (
        lambda: pdf(b"<</Type/Catalog/AcroForm 2 0 R>>", b"<</Fields[3 0 R]>>", b"<</T(a)/Kids[3 0 R 3 0 R]>>"),
        set(),
    ),
    "fields that branch": (branching, {"unreadable"}),
    "a table that follows itself": (going_round, set()),
    "a table of a thousand million": (
        lambda: pdf(b"<</Type/Catalog>>").replace(b"xref\n0 2\n", b"xref\n0 999999999\n"),
        set(),
    ),
    "a stream of any length": (
        lambda: pdf(b"<</Type/Catalog/AcroForm 2 0 R>>", b"<</Length 99999999999999>>\nstream\nabc\nendstream"),
        set(),
    ),
    "a number of a million digits": (
        lambda: pdf(b"<</Type/Catalog/A %s/AcroForm<</Fields[]>>>>" % (b"9" * 1_000_000)),
        {"unreadable"},
    ),
    "signed 300,000 times": (signed_often, {"unreadable"}),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_file_that_was_made_to_harm_takes_neither_time_nor_memory(bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, wanted = BOMBS[bomb]
    monkeypatch.setattr(signatures, "MOST_SECONDS", SECONDS / 3)
    content = make()
    used, before = time.thread_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = signatures_of(io.BytesIO(content))

    assert {one.verdict for one in found} <= {"unreadable"}
    assert {one.verdict for one in found} == wanted or not found
    assert time.thread_time() - used < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MIB * 1024


def test_what_takes_too_long_is_said_and_nothing_watches_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "MOST_SECONDS", 0.05)

    assert [one.verdict for one in signatures_of(io.BytesIO(branching()))] == ["unreadable"]
    until = time.thread_time() + 0.2
    while time.thread_time() < until:
        str(until)  # a call, at which a watch that stayed would strike
