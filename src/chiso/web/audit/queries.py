"""Whether the log is what it was: every entry's hash, its predecessor's, and the ends of the strands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chiso.web.audit.chain import Content, Head, digest
from chiso.web.audit.models import Entry, Strand


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the log does not hold together: the strand, the number of the entry, what is wrong."""

    strand: str
    number: int
    code: str


def breaks(strand: str = "") -> Iterator[Break]:
    """Yield every break of the log, or of one strand; nothing when it is whole."""
    entries = Entry.objects.order_by("strand", "number")
    if strand:
        entries = entries.filter(strand=strand)
    name, head = "", Head()
    for entry in entries.iterator(chunk_size=2000):
        if entry.strand != name:
            yield from _end(name, head)
            name, head = entry.strand, Head()
        yield from _checked(entry, head)
        head = Head(entry.number, entry.hash)
    yield from _end(name, head)


def _checked(entry: Entry, head: Head) -> Iterator[Break]:
    if entry.number != head.number + 1:
        yield Break(entry.strand, entry.number, "missing")
    elif entry.previous != head.hash:
        yield Break(entry.strand, entry.number, "unlinked")
    content = Content(entry.at, entry.action, entry.by_id, entry.address, entry.data)
    if digest(entry.strand, Head(entry.number - 1, entry.previous), content) != entry.hash:
        yield Break(entry.strand, entry.number, "altered")


def _end(strand: str, head: Head) -> Iterator[Break]:
    known = Strand.objects.filter(name=strand).first() if strand else None
    if known is not None and (known.number, known.hash) != (head.number, head.hash):
        yield Break(strand, head.number, "cut")
