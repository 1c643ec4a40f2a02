"""Which figures an agency supplies, by its name as frameworks print it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from chiso.framework.inputs import asked
from chiso.framework.model import Framework
from chiso.web.collection.asking import all_asked
from chiso.web.frameworks.prepared import once_each
from chiso.web.vietnamese import folded
from chiso.workbook.words import general_name

_DASHES = re.compile(r"\s*[-\u2010-\u2015]\s*")


def agency_key(name: str) -> str:
    """Return what is compared of an agency's name: documents vary capitals, spaces, dashes, ``&`` and tone marks."""
    return _DASHES.sub("-", folded(name.replace("&", " và "))).strip(" .,")


def names_in(printed: Iterable[str]) -> tuple[str, ...]:
    """Return the agencies that a document prints, in a list or in one text parted by semicolons; each once."""
    names = (" ".join(name.split()) for text in printed for name in re.split(r"[;\n]", text))
    return tuple({key: name for name in names if (key := agency_key(name))}.values())


def agencies_in(printed: Iterable[str]) -> frozenset[str]:
    """Return the keys of the agencies that a document prints."""
    return frozenset(map(agency_key, names_in(printed)))


def supplied_by(framework: Framework, agencies: Iterable[str]) -> tuple[str, ...]:
    """Return the facts that one of some agencies supplies, in the order in which they are asked for."""
    wanted = agencies_in(agencies)
    return tuple(fact for fact, suppliers in suppliers_of(framework).items() if not suppliers.isdisjoint(wanted))


@once_each
def suppliers_of(framework: Framework) -> Mapping[str, frozenset[str]]:
    """Return the keys of the agencies that supply each fact; what nobody is named for is left out."""
    return {fact: frozenset(map(agency_key, names)) for fact, names in supplier_names(framework).items()}


@once_each
def supplier_names(framework: Framework) -> Mapping[str, tuple[str, ...]]:
    """Return the agencies that supply each fact, as the document prints them.

    The document's row of general information comes first, then the row of the input, then the catalogue's provider,
    then who leads a criterion that needs the figure.
    """
    rows: dict[str, tuple[str, ...]] = {}
    for position, row in enumerate(framework.general_information):
        if row.provider:
            rows[general_name(position, row)] = names_in(row.provider)
    inputs: dict[str, tuple[str, ...]] = {}
    leads: dict[str, tuple[str, ...]] = {}
    for criterion in framework.criteria.values():
        for one in asked(framework, criterion):
            declared = one.declared.lead if one.declared else []
            inputs[one.fact] = names_in([*inputs.get(one.fact, ()), *declared])
            leads[one.fact] = names_in([*leads.get(one.fact, ()), *criterion.lead])
    facts = framework.known_facts
    catalogue = {fact: names_in([one.provider]) for fact, one in facts.items() if one.provider}
    found = {
        fact: next((named[fact] for named in (rows, inputs, catalogue, leads) if named.get(fact)), ())
        for fact in all_asked(framework)
    }
    return {fact: names for fact, names in found.items() if names}
