"""Points while one works: the engine's state for each report, kept in the process and moved by what has changed.

A state is never trusted: every request brings the values of the report as they stand in the database, and only what
differs from the values of the state is worked out anew. A process that has not seen a report starts from its values.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from chiso.framework.inputs import asked, collected
from chiso.framework.model import Framework
from chiso.scoring.lasting import dated_facts
from chiso.scoring.score import Scores, score
from chiso.web.collection.asking import TEXTS
from chiso.web.collection.cells import meaning
from chiso.web.collection.facts import Reported, facts_of
from chiso.web.collection.standing import Known
from chiso.web.frameworks.prepared import once_each

#: Reports whose state a process keeps; one takes a few hundred kilobytes.
KEPT = 256

#: What a state was made for: report, framework with its readings, reporting year.
Key = tuple[int, str, tuple[tuple[str, str], ...], int]


@dataclass
class Live:
    """The scores of one report, and what of them has been put in words; for who has them alone, and not to keep."""

    scores: Scores
    _known: dict[str, Known] = field(default_factory=dict)

    def known(self, lang: str) -> Known:
        """Return what has been put in the words of a language and still holds; who works out more adds it."""
        return self._known.setdefault(lang, Known())

    def forget(self, framework: Framework, facts: Collection[str]) -> None:
        """Forget the words about criteria and dimensions that facts touch, before these change."""
        if framework.is_maturity:  # a level depends on criteria of every dimension
            self._known.clear()
        touched = _touched(framework)
        for known in self._known.values():
            for fact in facts:
                for code in touched.get(fact, ()):
                    known.marks.pop(code, None)
                    known.parts.pop(code, None)


@dataclass
class _State:
    """The scores of one report, the texts that they were made from, and what else they depend on."""

    texts: dict[str, str]
    around: tuple[Any, ...]
    live: Live
    lock: threading.Lock = field(default_factory=threading.Lock)

    def move(self, framework: Framework, texts: dict[str, str]) -> None:
        """Make the scores those of other texts."""
        if texts == self.texts:
            return
        collects, before = collected(framework), self.texts
        differing = [fact for fact, text in texts.items() if before.get(fact, "") != text]
        differing += [fact for fact, text in before.items() if text and fact not in texts]
        # Should this fail half-way, the next one to ask starts anew.
        self.texts = {"": "unknown"}
        self.live.forget(framework, differing)
        figures = [fact for fact in differing if collects[fact].type not in TEXTS]
        self.live.scores.update(0, {fact: meaning(texts.get(fact, ""), collects[fact]) for fact in figures})
        self.texts = texts


_states: OrderedDict[Key, _State] = OrderedDict()
_guard = threading.Lock()


@contextmanager
def live_scores(
    report_id: int, framework: Framework, year: int, reported: Reported, references: Mapping[str, Any] | None = None
) -> Iterator[Live]:
    """Give the scores of one report alone; whoever has them must not keep them.

    What depends on other units is waiting, unless the round gives it from outside, or it follows from the unit's own
    child units: a unit does not learn here what others have reported.
    """
    key = (report_id, framework.hash, tuple(sorted(framework.chosen_readings.items())), year)
    collects, values = collected(framework), reported.values
    texts = {fact: cell["v"] for fact, cell in values.items() if fact in collects}
    days = tuple(values[fact].get("as_of", "") if fact in values else "" for fact in _dated(framework))
    around = (references or {}, reported.aimed_at, reported.children, days)
    with _guard:
        found = _states.get(key)
        if found is not None:
            _states.move_to_end(key)
    if found is None or found.around != around or "" in found.texts:
        found = _State(texts, around, Live(score(framework, facts_of(framework, [reported], references, year))))
        with _guard:
            _states[key] = found
            while len(_states) > KEPT:
                _states.popitem(last=False)
    with found.lock:
        found.move(framework, texts)
        yield found.live


def forget() -> None:
    """Forget every state, as a new process would."""
    with _guard:
        _states.clear()


@once_each
def _touched(framework: Framework) -> Mapping[str, Collection[str]]:
    """Return the criteria that each fact serves, with all that they add up to."""
    found: dict[str, set[str]] = {}
    for criterion in framework.criteria.values():
        for one in asked(framework, criterion):
            found.setdefault(one.fact, set()).update(_upwards(framework, criterion.code))
    return found


def _upwards(framework: Framework, code: str) -> Iterator[str]:
    """Yield a criterion, those above it and its dimension."""
    while code in framework.criteria:
        yield code
        code = framework.parents[code]
    yield code


@once_each
def _dated(framework: Framework) -> tuple[str, ...]:
    """Return the figures whose day decides whether they count."""
    return tuple(sorted(dated_facts(framework)))
