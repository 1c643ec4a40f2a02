"""Whether the log is what it was: every entry's hash, its predecessor's, and the ends of the strands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Max

from chiso.web.audit.chain import Content, Head, digest
from chiso.web.audit.models import Entry, Strand


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the log does not hold together: the strand, the number of the entry, what is wrong."""

    strand: str
    number: int
    code: str


#: What apps know about the ends of strands of theirs, by the part of the strand's name before the colon.
_ENDS: dict[str, Callable[[str], Head | None]] = {}


def know_ends(prefix: str, end: Callable[[str], Head | None]) -> None:
    """Let an app say where its strands end: ``report:12`` is asked of whoever registered ``report``."""
    _ENDS[prefix] = end


def heads(strand: str = "") -> Iterator[tuple[str, Head]]:
    """Yield the end of every strand, or of one."""
    last = Entry.objects.values("strand").annotate(last=Max("number")).order_by("strand")
    if strand:
        last = last.filter(strand=strand)
    for row in last.iterator():
        entry = Entry.objects.get(strand=row["strand"], number=row["last"])
        yield entry.strand, Head(entry.number, entry.hash)


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
    known = _known_end(strand) if strand else None
    if known is not None and known != head:
        yield Break(strand, head.number, "cut")


def _known_end(strand: str) -> Head | None:
    prefix = strand.partition(":")[0]
    if prefix in _ENDS:
        return _ENDS[prefix](strand)
    row = Strand.objects.filter(name=strand).first()
    return Head(row.number, row.hash) if row is not None else None
