"""What a file of figures would change, cell by cell, before anything is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from chiso.web.collection.cells import Cell
from chiso.web.collection.models import Report, ValueStage
from chiso.web.collection.services import Written
from chiso.web.collection.shown import shown_text
from chiso.web.providers.grid import held_among
from chiso.web.providers.opening import Supplying
from chiso.web.providers.reading import RefusedError, read
from chiso.web.providers.services import Key
from chiso.web.providers.table import Read

#: ``conflict``: somebody has changed the figure since the file was downloaded.
Verdict = Literal["new", "changed", "same", "refused", "conflict", "stranger"]

#: Cells that a preview lists; of more it says how many there are.
LISTED = 500

#: Units that are compared, or taken in, at once.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One cell: what stands there now, what the file says, and why it is not taken.

    ``held``: that the unit has handed its own report in, and what then becomes of the figure.
    """

    unit: str
    figure: str
    place: str
    now: str
    text: str
    verdict: Verdict
    why: str = ""
    held: str = ""

    @property
    def is_coming(self) -> bool:
        """Whether it would change something."""
        return self.verdict in ("new", "changed")


@dataclass
class Preview:
    """What a file would do; ``lines`` lists what is not the same, refused cells first, up to a limit.

    ``held``: how many of the figures that would change count only once their unit submits anew.
    """

    counts: Counter[Verdict] = field(default_factory=Counter)
    held: int = 0
    lines: list[Line] = field(default_factory=list)

    def add(self, lines: Iterable[Line]) -> None:
        """Count cells, and list those that are not the same."""
        for line in lines:
            self.counts[line.verdict] += 1
            self.held += line.is_coming and bool(line.held)
            if line.verdict != "same":
                self.lines.append(line)

    def told(self) -> dict[str, Any]:
        """Return it as plain data, for the page of a job."""
        order = sorted(self.lines, key=lambda line: line.verdict not in ("refused", "conflict"))
        lines = [asdict(line) for line in order[:LISTED]]
        return {"counts": dict(self.counts), "held": self.held, "lines": lines, "all": len(order)}


def batches(keys: Iterable[Key]) -> Iterator[list[int]]:
    """Yield the units of cells, a few hundred at a time."""
    units = list(dict.fromkeys(participant for participant, _fact in keys))
    for at in range(0, len(units), BATCH):
        yield units[at : at + BATCH]


def compared(opened: Supplying, found: Read, units: Sequence[int]) -> dict[Key, Line]:
    """Return what a file says of some units, cell by cell: three queries."""
    names = dict(opened.round.participants.filter(pk__in=units).values_list("pk", "name"))
    reports = Report.objects.filter(participant__in=units, stage=ValueStage.PROVIDER)
    stand = {pk: (values, last) for pk, values, last in reports.values_list("participant", "values", "number")}
    wanted, held = set(units), held_among(units)
    lines = {}
    for key, one in found.written.items():
        if key[0] in wanted:
            values, last = stand.get(key[0], ({}, 0))
            kept = values.get(key[1])
            cell = Cell.of(kept) if kept else None
            verdict = _line(opened, key, one, cell, names.get(key[0], ""), found.places[key])
            if verdict.is_coming and cell is not None and not one.saw(cell.number, last):
                verdict = replace(verdict, verdict="conflict")
            if verdict.is_coming and key[0] in held:
                verdict = replace(verdict, held=held[key[0]])
            lines[key] = verdict
    return lines


def _line(opened: Supplying, key: Key, one: Written, cell: Cell | None, unit: str, place: str) -> Line:
    asked, lang = opened.figures[key[1]], opened.lang
    now = shown_text(asked, cell.text, lang) if cell else ""

    def line(text: str, verdict: Verdict, why: str = "") -> Line:
        return Line(unit, opened.field(key[1]).label, place, now, text, verdict, why)

    if not unit:
        return line(one.text, "stranger")
    try:
        understood = read(one, asked, lang)
    except RefusedError as refused:
        return line(one.text, "refused", str(refused))
    # A reason says more than that there is nothing to count.
    shown = one.text if understood.note else shown_text(asked, understood.text, lang)
    if cell is not None and cell.text == understood.text and (not understood.note or understood.note == cell.note):
        return line(shown, "same")
    return line(shown, "changed" if cell and cell.text else "new")
