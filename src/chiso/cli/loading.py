"""What the commands share in reading: units, facts, and levels of child units."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from chiso.cli.assessed import Assessed, Results, with_children
from chiso.cli.main import UnusableError
from chiso.cli.output import say, watched
from chiso.cli.phrases import phrase
from chiso.cli.streams import readable
from chiso.framework.model import Framework
from chiso.scoring.entries import DataFault, Entry, EntryReader
from chiso.scoring.facts import Facts, Unit
from chiso.workbook.children import read_children
from chiso.workbook.entries import EntryTable
from chiso.workbook.faults import TableError
from chiso.workbook.units import read_units


def load_facts(framework: Framework, options: Namespace) -> tuple[Facts, list[DataFault]]:
    """Read the units and facts that the options name; what is wrong with single rows is returned, the rest is kept.

    Raises:
        UnusableError: a file cannot be used at all.
    """
    faults: list[DataFault] = []
    try:
        children = _children(options, faults)
        listed, assessed = _units(framework, options, children, faults)
        known = None if assessed is None else assessed.units
        reader = EntryReader(framework, known, options.year, lambda limit: _say_limit(limit, options.lang))
        facts = reader.read(_entries(framework, options, faults))
    except TableError as error:
        raise UnusableError(error.located(options.lang)) from error
    faults += reader.faults if assessed is None else map(assessed.put_right, reader.faults)
    if children is not None:
        facts = with_children(facts, listed, children)
    return facts, faults


def _say_limit(limit: int, lang: str) -> None:
    """Tell at once that there are too many units: what follows may take minutes to read."""
    say(phrase("facts.too_many", lang, limit=limit))


def _children(options: Namespace, faults: list[DataFault]) -> Results | None:
    """Return the levels of child units; None where none are given."""
    if not options.children:
        return None
    with readable(options.children, options.lang) as path:
        found, wrong = read_children(path, options.lang)
    faults += wrong
    return found


def _units(
    framework: Framework, options: Namespace, children: Results | None, faults: list[DataFault]
) -> tuple[list[Unit], Assessed | None]:
    """Return the listed units and those of them that are assessed; None where there is no list."""
    if not options.units:
        return [], None
    with readable(options.units, options.lang) as path:
        listed, found = read_units(path, options.lang)
    assessed = Assessed(framework, listed, path.name, children)
    faults += [*found, *assessed.faults()]
    return listed, assessed


def _entries(framework: Framework, options: Namespace, faults: list[DataFault]) -> Iterator[Entry]:
    for name in options.facts:
        with readable(name, options.lang) as path:
            table = EntryTable(path, framework, options.lang)
            yield from watched(table, phrase("progress.facts", options.lang, name=path.name))
            faults += table.faults
