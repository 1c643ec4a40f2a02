"""From a document to drafts: one framework file for each set of criteria, with the account of every field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from chiso.decree.document.faults import DocumentError
from chiso.decree.document.language import in_old_encoding, is_vietnamese
from chiso.decree.document.shape import Document, Paragraph
from chiso.decree.drafting.articles import Stated
from chiso.decree.drafting.assembly import Assembler
from chiso.decree.drafting.settling import Settled, settled
from chiso.decree.fields import Field
from chiso.decree.language.letters import acronyms_of, folded
from chiso.decree.prose.counts import Count
from chiso.decree.prose.legal import Legal, legal_of, unit_kinds_of
from chiso.decree.prose.letterhead import prose_of
from chiso.decree.table.ledger import Ledger, LeftOver
from chiso.decree.table.lines import events_of
from chiso.decree.table.listing import listed
from chiso.decree.table.sets import Contents, RowSet, contents_of, title_lines
from chiso.framework.faults import FrameworkError
from chiso.framework.lint import Finding, lint
from chiso.framework.model import Framework


@dataclass
class Draft:
    """A draft framework: its file, the loaded framework, the account of fields, and what is in no field."""

    number: int
    document: Document
    data: dict[str, Any]
    text: str
    framework: Framework
    fields: list[Field] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Return the id of the framework, which names its files."""
        return str(self.data["id"])


#: Most rows of criteria in one document: the largest set that is known has about two hundred.
MAX_CRITERIA = 5_000


def drafts_of(document: Document) -> list[Draft]:
    """Read every set of criteria that a document holds.

    Raises:
        DocumentError: there is none, or the document is in another language.
    """
    if in_old_encoding(document):
        raise DocumentError("R124", document.name)
    if not is_vietnamese(document):
        raise DocumentError("R121", document.name)
    ledger = Ledger.of(document)
    contents = contents_of(events_of(document, ledger), ledger)
    if not contents.sets:
        document, ledger, contents = _from_lists(document)
    if not contents.sets:
        raise DocumentError("R120", document.name)
    rows = sum(len(one.lines) for one in contents.sets)
    if rows > MAX_CRITERIA:
        raise DocumentError("R110", document.name, what="criteria", number=rows, limit=MAX_CRITERIA)
    prose = prose_of(document, ledger)
    legal = legal_of(prose)
    acronyms = acronyms_of(text for text, _ in ledger.cells.values())
    kinds = [_kind(rows, legal) for rows in contents.sets]
    found = []
    for number, one in enumerate(contents.sets, 1):
        try:
            found.append(_draft(number, one, _Source(document, ledger, contents, legal, kinds, prose, acronyms)))
        except FrameworkError as error:
            raise DocumentError("R123", document.name, problem=error.faults[0].located("vi")) from error
    _share_left_over(found, ledger, contents)
    return found


def _from_lists(document: Document) -> tuple[Document, Ledger, Contents]:
    """Read a document whose criteria are lists and not tables."""
    document = listed(document)
    ledger = Ledger.of(document)
    return document, ledger, contents_of(events_of(document, ledger), ledger)


@dataclass(frozen=True)
class _Source:
    document: Document
    ledger: Ledger
    contents: Contents
    legal: Legal
    kinds: list[str]
    prose: list[Paragraph]
    acronyms: frozenset[str]


def _draft(number: int, rows: RowSet, source: _Source) -> Draft:
    assembler = Assembler(
        number, rows, source.contents, source.ledger, source.legal, source.prose, source.kinds, source.acronyms
    )
    data = assembler.framework()
    result: Settled = settled(data, assembler.record, _heading(source.document, number, len(source.kinds)))
    left = list(assembler.record.left_over)
    assembler.record.doubt_unread()
    return Draft(
        number,
        source.document,
        result.data,
        result.text,
        result.framework,
        assembler.record.fields,
        left,
        assembler.counts,
        lint(result.framework),
        result.changes,
        assembler.stated,
    )


def _heading(document: Document, number: int, count: int) -> str:
    which = f", bộ {number}/{count}" if count > 1 else ""
    return (
        f"Bản nháp do chương trình đọc từ văn bản ({document.kind}{which}); "
        "từng trường phải được người kiểm tra trước khi dùng.\n"
        "A draft read from the document by the program; a person checks each field before it is used."
    )


def _kind(rows: RowSet, legal: Legal) -> str:
    """Return the kind of units of a set: named in its heading, or else in the title of the document."""
    if rows.area and (named := unit_kinds_of([rows.area])) is not None:
        return named[0]
    headings = [paragraph.text for paragraph in rows.headings]
    own = title_lines(rows.headings)
    at = max((n for n, text in enumerate(headings) if re.match(r"phu luc", folded(text))), default=None)
    near = [text for text in headings[at or 0 :] if "kem theo" not in folded(text)]
    near = near[:4] if at is not None else [text for text in near[-3:] if not _is_sentence(text)]
    title = [str(legal.title.value)] if legal.title else []
    found = unit_kinds_of([" ".join(own), " ".join(near), *title])
    return found[0] if found else "unit"


def _is_sentence(text: str) -> bool:
    """Tell whether a line above a table is none of its headings: it may speak of others, as of who guides."""
    return text.rstrip().endswith((";", ":", ",", "."))


def _share_left_over(drafts: Sequence[Draft], ledger: Ledger, contents: Contents) -> None:
    """List what is in no draft with the set whose table it stands in; what belongs to none stands with the first."""
    for unread in contents.unread:
        ledger.set_aside_table(unread.number, unread.table, "other_table")
    tables = [_tables(rows) for rows in contents.sets]
    for spot, (text, place) in ledger.cells.items():
        if spot in ledger.used:
            continue
        owner = next((n for n, own in enumerate(tables) if spot[0] in own), 0)
        drafts[owner].left_over.append(LeftOver(text, place, ledger.aside.get(spot, "not_understood")))


def _tables(rows: RowSet) -> set[int]:
    spots = (
        piece.spot for line in (*rows.lines, *rows.information) for pieces in line.pieces.values() for piece in pieces
    )
    return {spot[0] for spot in spots}
