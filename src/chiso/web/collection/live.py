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
from chiso.scoring.lasting import dated_facts
from chiso.scoring.score import Scores, score
from chiso.web.collection.asking import TEXTS
from chiso.web.collection.cells import meaning
from chiso.web.collection.facts import Reported, facts_of
from chiso.web.frameworks.prepared import once_each

#: Reports whose state a process keeps; one takes a few hundred kilobytes.
KEPT = 256

#: What a state was made for: report, framework with its readings, reporting year.
Key = tuple[int, str, tuple[tuple[str, str], ...], int]


@dataclass
class _State:
    """The scores of one report, the texts that they were made from, and what else they depend on."""

    texts: dict[str, str]
    around: tuple[Any, ...]
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
    report_id: int, framework: Framework, year: int, reported: Reported, references: Mapping[str, Any] | None = None
) -> Iterator[Scores]:
    """Give the scores of one report alone; whoever has them must not keep them.

    What depends on other units is waiting, unless the round gives it from outside, or it follows from the unit's own
    child units: a unit does not learn here what others have reported.
    """
    key = (report_id, framework.hash, tuple(sorted(framework.chosen_readings.items())), year)
    asked, values = collected(framework), reported.values
    texts = {fact: cell["v"] for fact, cell in values.items() if fact in asked and asked[fact].type not in TEXTS}
    days = tuple(values[fact].get("as_of", "") if fact in values else "" for fact in _dated(framework))
    around = (references or {}, reported.aimed_at, reported.children, days)
    with _guard:
        found = _states.get(key)
        if found is not None:
            _states.move_to_end(key)
    if found is None or found.around != around or "" in found.texts:
        found = _State(texts, around, score(framework, facts_of(framework, [reported], references, year)))
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


@once_each
def _dated(framework: Framework) -> tuple[str, ...]:
    """Return the figures whose day decides whether they count."""
    return tuple(sorted(dated_facts(framework)))
