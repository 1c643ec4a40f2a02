"""Whether the log is what it was: every entry's hash, its predecessor's, and the ends of the strands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from django.db.models import Max, Min

from chiso.web.audit.chain import Content, Head, digest
from chiso.web.audit.models import Entry, Strand
from chiso.web.audit.strands import scopes_of_strands

#: Entries that are read at a time.
_CHUNK = 2000

#: Yields the ends of an app's strands, of all that have begun or of the one that is named.
Ends = Callable[[str], Iterable[tuple[str, Head]]]


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the log does not hold together: the strand, the number of the entry, what is wrong."""

    strand: str
    number: int
    code: str


#: What apps know about the ends of strands of theirs, by the part of the strand's name before the colon.
_ENDS: dict[str, Ends] = {}


def know_ends(prefix: str, ends: Ends) -> None:
    """Let an app say where its strands end: ``report:12`` is asked of whoever registered ``report``."""
    _ENDS[prefix] = ends


class Fold(Protocol):
    """What entries of a strand come to, one after the other."""

    def read(self, entry: Entry) -> None:
        """Take one more entry in."""

    def differs(self) -> bool:
        """Say whether the application counts something else."""


class _Nothing:
    """The fold of a strand of which the application keeps nothing but its end."""

    def read(self, entry: Entry) -> None:
        """Leave an entry."""

    def differs(self) -> bool:
        """Say that there is nothing to compare."""
        return False


#: What apps keep besides the entries of strands of theirs, by the part of the strand's name before the colon.
_FOLDS: dict[str, Callable[[str], Fold]] = {}


def know_fold(prefix: str, fold: Callable[[str], Fold]) -> None:
    """Let an app say what the entries of a strand come to, where it counts that rather than the entries."""
    _FOLDS[prefix] = fold


def heads(strand: str = "") -> Iterator[tuple[str, Head]]:
    """Yield the end of every strand, or of one, in the order of their names: two queries whatever their number."""
    entries = Entry.objects.filter(strand=strand) if strand else Entry.objects.all()
    last = entries.order_by().values("strand").annotate(last=Max("pk")).values("last")
    for name, number, digest_ in (
        Entry.objects.filter(pk__in=last).order_by("strand").values_list("strand", "number", "hash").iterator()
    ):
        yield name, Head(number, digest_)


def breaks(strand: str = "", passed: Callable[[int], None] | None = None) -> Iterator[Break]:
    """Yield every break of the log, or of one strand; nothing when it is whole.

    ``passed`` is told how many entries more were checked, every now and then.
    """
    known = dict(_known_ends(strand))
    entries = Entry.objects.order_by("strand", "number")
    if strand:
        entries = entries.filter(strand=strand)
    name, head, fold = "", Head(), _fold("")
    for count, entry in enumerate(entries.iterator(chunk_size=_CHUNK), 1):
        if entry.strand != name:
            yield from _end(name, head, known, fold)
            name, head, fold = entry.strand, Head(), _fold(entry.strand)
        yield from _checked(entry, head)
        head = Head(entry.number, entry.hash)
        fold.read(entry)
        if passed is not None and count % _CHUNK == 0:
            passed(_CHUNK)
    yield from _end(name, head, known, fold)
    yield from (Break(name, 0, "gone") for name in known)
    yield from _misplaced(strand)


def _fold(strand: str) -> Fold:
    """Return an empty fold for a strand."""
    made = _FOLDS.get(strand.partition(":")[0])
    return made(strand) if made is not None else _Nothing()


def _checked(entry: Entry, head: Head) -> Iterator[Break]:
    if entry.number != head.number + 1:
        yield Break(entry.strand, entry.number, "missing")
    elif entry.previous != head.hash:
        yield Break(entry.strand, entry.number, "unlinked")
    content = Content(entry.at, entry.action, entry.by_id, entry.address, entry.data)
    if digest(entry.strand, Head(entry.number - 1, entry.previous), content) != entry.hash:
        yield Break(entry.strand, entry.number, "altered")


def _misplaced(strand: str) -> Iterator[Break]:
    """Yield strands with entries that stand elsewhere than the strand: those who should see them do not."""
    entries = Entry.objects.filter(strand=strand) if strand else Entry.objects.all()
    places = entries.order_by().values_list("strand", "scope").annotate(first=Min("number"))
    rows = places.iterator()
    while batch := list(islice(rows, _CHUNK)):
        should = scopes_of_strands({name for name, _, _ in batch})
        for name, scope, first in sorted(batch):
            if should[name] not in ("", scope):
                yield Break(name, first, "misplaced")


def _end(strand: str, head: Head, known: dict[str, Head], fold: Fold) -> Iterator[Break]:
    """Compare the end of a strand with what is known of it, and take it from the list of those still to come."""
    if strand and known.pop(strand, Head()) != head and _ends_wrongly(strand):
        yield Break(strand, head.number, "cut")
    elif fold.differs():
        yield Break(strand, head.number, "unlike")


def _ends_wrongly(strand: str) -> bool:
    """Look once more where a strand ends: people go on working while the log is checked."""
    while True:
        before, last, after = _known_end(strand), dict(heads(strand)).get(strand, Head()), _known_end(strand)
        if before == after:
            return last != after


def _known_end(strand: str) -> Head:
    return dict(_known_ends(strand)).get(strand, Head())


def _known_ends(strand: str) -> Iterator[tuple[str, Head]]:
    """Yield where strands should end: as the apps know it, and as the log itself keeps it for all others."""
    rows = Strand.objects.filter(number__gt=0)
    if strand:
        rows = rows.filter(name=strand)
    for name, number, digest_ in rows.values_list("name", "number", "hash").iterator():
        yield name, Head(number, digest_)
    for prefix, ends in _ENDS.items():
        if strand.partition(":")[0] in ("", prefix):
            yield from ends(strand)
