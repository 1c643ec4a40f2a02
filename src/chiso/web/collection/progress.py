"""How far a report has come: for each dimension, how many figures there are of how many."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from chiso.framework.model import Framework
from chiso.web.collection.asking import Needs, needed
from chiso.web.collection.cells import Document
from chiso.web.frameworks.prepared import once_each


@once_each
def needs_of(framework: Framework) -> Mapping[str, Needs]:
    """Return what each dimension needs: groups of facts of each of which one suffices, every group once."""
    return {
        dimension.code: tuple(
            dict.fromkeys(group for criterion in dimension.walk() for group in needed(framework, criterion))
        )
        for dimension in framework.dimensions
    }


def progress_of(framework: Framework, values: Document) -> dict[str, list[int]]:
    """Return how many figures of each dimension are filled in, and how many it needs: ``{"1": [3, 12]}``.

    A figure counts where it serves: a shared one in every dimension that uses it. "Not applicable" is an answer.
    """
    return progress_with(framework, filled_in(values))


def filled_in(values: Document) -> set[str]:
    """Return the facts that have a value."""
    return {fact for fact, cell in values.items() if cell["v"]}


def progress_with(framework: Framework, filled: AbstractSet[str]) -> dict[str, list[int]]:
    """Return how far a report is in which some facts have a value."""
    return {code: list(progress_in(framework, code, filled)) for code in needs_of(framework)}


def progress_in(framework: Framework, code: str, filled: AbstractSet[str]) -> tuple[int, int]:
    """Return how many figures of one dimension are filled in, and how many it needs."""
    alone, several = _counted(framework)[code]
    found = len(alone & filled) + sum(not filled.isdisjoint(group) for group in several)
    return found, len(alone) + len(several)


@once_each
def _counted(framework: Framework) -> Mapping[str, tuple[frozenset[str], Needs]]:
    """Return what each dimension needs: facts for which nothing can stand in, which are counted at once, and groups."""
    return {
        code: (
            frozenset(group[0] for group in groups if len(group) == 1),
            tuple(group for group in groups if len(group) != 1),
        )
        for code, groups in needs_of(framework).items()
    }
