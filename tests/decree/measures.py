"""How well documents are read, printed as a table: ``make measures``.

The five documents as they are, where their folder lies beside the project; and the bundled frameworks printed anew in
many layouts and formats, whose seeds are fixed. Nothing is left out: every field of every row counts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

import chiso
from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import Draft, drafts_of
from chiso.decree.report.comparison import Tally, compared
from chiso.framework.model import Framework
from tests.decree.makers.docx import docx
from tests.decree.makers.html import html
from tests.decree.makers.pdf import pdf
from tests.decree.makers.printed import printed, varied
from tests.decree.makers.text import noisy, paged
from tests.decree.sources import FRAMEWORKS, folder, pair

SHOWN = ("code", "max_points", "title", "previous", "lead", "support", "due", "unit", "method", "legal_basis", "rule")
SEEDS = range(3)


def documents() -> Iterator[tuple[Draft, Framework]]:
    """Yield the drafts of the five documents."""
    if folder() is not None:
        for name, at, known in FRAMEWORKS:
            yield pair(name, at, known)


def generated(form: str) -> Iterator[tuple[Draft, Framework]]:
    """Yield the drafts of frameworks printed anew."""
    for known in chiso.bundled():
        framework = chiso.load(known)
        for seed in SEEDS:
            layout = varied(framework, seed)
            if form == "docx":
                data = docx(printed(framework, layout))
            elif form == "html":
                data = html(printed(framework, layout)).encode()
            else:
                # Merged cells are not seen in text, and the PDF that is made draws every line.
                blocks = printed(framework, replace(layout, merge_agencies=False))
                text = paged(blocks, seed)
                data = pdf(blocks) if form == "pdf" else (noisy(text, seed) if form == "noisy" else text).encode()
            yield drafts_of(read_bytes(data, "van-ban"))[0], framework


def row(name: str, pairs: Iterator[tuple[Draft, Framework]]) -> str:
    """Return one line of the table: the share of each field that is right, and rules wrong although sure."""
    total: dict[str, Tally] = {}
    sure_and_wrong = 0
    for draft, framework in pairs:
        found = compared(draft.framework, framework)
        for field, tally in found.tallies.items():
            whole = total.setdefault(field, Tally())
            for key in ("right", "wrong", "missing", "extra"):
                setattr(whole, key, getattr(whole, key) + getattr(tally, key))
        sure = {field.row for field in draft.fields if field.name == "rule" and field.confidence == "high"}
        sure_and_wrong += sum(
            one.field == "rule" and one.kind == "wrong" and one.row in sure for one in found.differences
        )
    cells = [share(total[field]) if field in total else "" for field in SHOWN]
    return f"| {name} | {' | '.join(cells)} | {sure_and_wrong} |"


def share(tally: Tally) -> str:
    """Write how many of all are right, in per cent."""
    whole = tally.right + tally.wrong + tally.missing + tally.extra
    return f"{100 * tally.right / whole:.1f}" if whole else ""


def main() -> None:
    """Print the table."""
    out = sys.stdout
    out.write(f"| documents | {' | '.join(SHOWN)} | rules sure and wrong |\n")
    out.write(f"| --- |{' ---: |' * (len(SHOWN) + 1)}\n")
    out.write(row("the five documents (7 sets)", documents()) + "\n")
    for form, name in (
        ("docx", "DOCX made anew"),
        ("html", "HTML made anew"),
        ("pdf", "PDF made anew"),
        ("paged", "pages of a scan made anew"),
        ("noisy", "the same with misread letters"),
    ):
        out.write(row(f"{name}, {len(SEEDS)} layouts of 7 sets", generated(form)) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
