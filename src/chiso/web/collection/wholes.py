"""How far reports are that add up from parts or child units.

What a report keeps of its progress is as old as its own last save; of such a one it moves with every save below it, and
is counted anew when somebody looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from chiso.web.collection.documents import documents_of
from chiso.web.collection.effective import answered
from chiso.web.collection.progress import progress_with
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.models import Participant, Round

#: How many figures of each dimension are filled in, and how many it needs.
Progress = dict[str, list[int]]


def progress_behind(round_: Round, units: Collection[int]) -> dict[int, Progress]:
    """Return the progress of participants of a round that add up from others, by participant.

    ``units``: theirs. No query where there are none, else as many as ``documents_of`` makes, whatever their number.
    """
    if not units:
        return {}
    framework = loaded(round_.framework, round_.readings)
    documents = documents_of(round_, units=frozenset(units))
    return {pk: progress_with(framework, answered(framework, *found)) for pk, found in documents.items()}


def fresh_progress(participants: Iterable[Participant]) -> dict[int, Progress]:
    """Return the progress of those participants that add up from others (``documents.wholes``), of any rounds."""
    units: dict[Round, set[int]] = defaultdict(set)
    for one in participants:
        if getattr(one, "is_whole", False):
            units[one.round].add(one.unit_id)
    found = {}
    for round_, of in units.items():
        found.update(progress_behind(round_, of))
    return found
