"""Reading entries as people do: many at once, each a sentence that says who did what, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from chiso.web.audit.models import Entry
from chiso.web.audit.strands import parsed
from chiso.web.audit.words import Names, Row, Thing, Words, action_of, names_of


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words. ``where`` is what its strand is about."""

    entry: Entry
    words: Words
    who: str
    sentence: str
    where: Thing
    rows: list[Row]


def told(entries: Sequence[Entry]) -> list[Told]:
    """Tell entries; the queries grow with the kinds of things they name, not with their number."""
    names = names_of({pair for entry in entries for pair in _refers(entry)})
    return [_told(entry, names) for entry in entries]


def _refers(entry: Entry) -> Iterator[tuple[str, int]]:
    yield parsed(entry.strand)
    if entry.by_id is not None:
        yield "person", entry.by_id
    yield from action_of(entry.action).refers(entry.data)


def _told(entry: Entry, names: Names) -> Told:
    action, where = action_of(entry.action), names.thing(*parsed(entry.strand))
    who = names.words("person", entry.by_id) if entry.by_id is not None else _("The system")
    sentence = action.told(who, entry.data, where, names)
    return Told(entry, action.words, who, sentence, where, action.rows(entry.data, where, names))
