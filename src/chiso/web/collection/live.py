"""Points while one works: the engine's state for each report, kept in the process and moved by what has changed.

A state is never trusted: every request brings the values of the report as they stand in the database, and only what
differs from the values of the state is worked out anew. A process that has not seen a report starts from its values.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from chiso.framework.inputs import collected
from chiso.framework.model import Framework
from chiso.scoring.facts import Column, Facts, Unit
from chiso.scoring.score import Scores, score
from chiso.web.collection.asking import TEXTS
from chiso.web.collection.cells import Document, meaning
from chiso.web.collection.references import references_of

#: Reports whose state a process keeps; one takes a few hundred kilobytes.
KEPT = 256

#: What a state was made for: report, framework with its readings, reporting year.
Key = tuple[int, str, tuple[tuple[str, str], ...], int]


@dataclass
class _State:
    """The scores of one report and the texts that they were made from."""

    texts: dict[str, str]
    references: Mapping[str, Any]
    scores: Scores
    lock: threading.Lock = field(default_factory=threading.Lock)

    def move(self, framework: Framework, texts: dict[str, str]) -> None:
        """Make the scores those of other texts."""
        if texts == self.texts:
            return
        asked = collected(framework)
        differing = {
            fact for fact in texts.keys() | self.texts.keys() if texts.get(fact, "") != self.texts.get(fact, "")
        }
        # Should this fail half-way, the next one to ask starts anew.
        self.texts = {"": "unknown"}
        self.scores.update(0, {fact: meaning(texts.get(fact, ""), asked[fact]) for fact in differing})
        self.texts = texts


_states: OrderedDict[Key, _State] = OrderedDict()
_guard = threading.Lock()


@contextmanager
def scores_of(
    report_id: int,
    framework: Framework,
    year: int,
    values: Document,
    references: Mapping[str, Any] | None = None,
) -> Iterator[Scores]:
    """Give the scores of one report alone; whoever has them must not keep them.

    What depends on other units is waiting, unless the round gives it from outside: a unit does not learn here what
    others have reported.
    """
    key = (report_id, framework.hash, tuple(sorted(framework.chosen_readings.items())), year)
    asked = collected(framework)
    texts = {fact: cell["v"] for fact, cell in values.items() if fact in asked and asked[fact].type not in TEXTS}
    outside = references or {}
    with _guard:
        found = _states.get(key)
        if found is not None:
            _states.move_to_end(key)
    if found is None or found.references != outside or "" in found.texts:
        found = _State(texts, outside, _scored(framework, year, texts, outside))
        with _guard:
            _states[key] = found
            while len(_states) > KEPT:
                _states.popitem(last=False)
    with found.lock:
        found.move(framework, texts)
        yield found.scores


def forget() -> None:
    """Forget every state, as a new process would."""
    with _guard:
        _states.clear()


def _scored(framework: Framework, year: int, texts: Mapping[str, str], references: Mapping[str, Any]) -> Scores:
    asked = collected(framework)
    columns = {fact: Column.build([meaning(text, asked[fact])]) for fact, text in texts.items()}
    outside = references_of(framework, references)
    return score(framework, Facts((Unit("-"),), columns, outside, year=year))
