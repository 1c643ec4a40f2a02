"""Who leads, supports and supplies: blanks in columns that are otherwise filled in, and contradictions."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Literal

from chiso.framework.inputs import asked
from chiso.framework.lint.finding import Finding, finding, joined
from chiso.framework.model import Criterion, Framework, InformationRow, Input
from chiso.framework.rules import Unscored

#: Types of figures that somebody must supply; texts such as a name or an address the unit writes itself.
_FIGURES = ("count", "number", "amount", "share")


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield criteria nobody leads, agencies that support themselves, figures nobody supplies, missing deadlines."""
    yield from _nobody(framework)
    for criterion in framework.criteria.values():
        rows = [(criterion.lead, criterion.support), *((item.lead, item.support) for item in criterion.inputs)]
        for lead, support in rows:
            named = {_same(name) for name in lead}
            both = [name for name in support if _same(name) in named]
            if both:
                yield finding("L702", criterion.code, name=joined(both))
    yield from _suppliers(framework)
    yield from _own_kind(framework)


def _nobody(framework: Framework) -> Iterator[Finding]:
    """Yield scored criteria without lead or deadline, where most others have one."""
    scored = [
        criterion
        for dimension in framework.dimensions
        for criterion in dimension.walk()
        if not dimension.unscored and not criterion.criteria and not isinstance(criterion.rule, Unscored)
    ]
    columns: tuple[tuple[str, Literal["lead", "due"]], ...] = (("L701", "lead"), ("L704", "due"))
    for code, column in columns:
        filled = [criterion for criterion in scored if _named(framework, criterion, column)]
        if 2 * len(filled) <= len(scored):
            continue
        have = {criterion.code for criterion in filled}
        for criterion in scored:
            if criterion.code not in have:
                yield finding(code, criterion.code, filled=len(filled), rows=len(scored))


def _named(framework: Framework, criterion: Criterion, column: Literal["lead", "due"]) -> bool:
    """Return whether a row, one of its inputs or a row it stands below has something in a column."""
    rows: list[Criterion | Input] = [*criterion.inputs, *_lineage(framework, criterion)]
    return any(getattr(row, column) for row in rows)


def _lineage(framework: Framework, criterion: Criterion) -> Iterator[Criterion]:
    """Yield a criterion and what it stands below, whose agencies and deadline it shares."""
    code = criterion.code
    while code in framework.criteria:
        yield framework.criteria[code]
        code = framework.parents[code]


def _suppliers(framework: Framework) -> Iterator[Finding]:
    rows = framework.general_information
    filled = sum(bool(row.provider) for row in rows)
    if 2 * filled <= len(rows):
        return
    for row in rows:
        if not row.provider and _type(framework, row) in _FIGURES:
            yield finding("L703", _place(row), label=row.label, filled=filled, rows=len(rows))
            yield from _without(framework, row)


def _without(framework: Framework, row: InformationRow) -> Iterator[Finding]:
    """Yield the criteria that need a figure which nobody supplies and that nobody leads."""
    for criterion in framework.criteria.values():
        needed = row.fact is not None and any(one.fact == row.fact for one in asked(framework, criterion))
        if needed and not _named(framework, criterion, "lead"):
            yield finding("L706", criterion.code, label=row.label, row=_place(row))


def _own_kind(framework: Framework) -> Iterator[Finding]:
    """Yield a figure that counts units of the very kind that is asked."""
    for row in framework.general_information:
        fact = framework.known_facts.get(row.fact or "")
        if fact is not None and fact.unit and framework.unit_kinds == [fact.unit]:
            yield finding("L705", _place(row), label=row.label, unit_kind=fact.unit)


def _type(framework: Framework, row: InformationRow) -> str:
    fact = framework.known_facts.get(row.fact or "")
    return fact.type if fact is not None else row.type


def _place(row: InformationRow) -> str:
    return f"general_information {row.no}" if row.no else f"general_information {row.label}"


def _same(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("&", "và").split()).strip(" .;")
