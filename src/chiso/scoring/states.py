"""The states of a figure and of a score, kept apart from the form to the publication (design, principle 3)."""

from __future__ import annotations

from enum import IntEnum


class State(IntEnum):
    """What is known of a figure or a score; the greater one prevails when several meet in a rule."""

    GIVEN = 0
    #: A result of other units is not known yet.
    WAITING = 1
    MISSING = 2
    NOT_APPLICABLE = 3
    #: No printed option covers the situation: the verifier decides the points (reading A14).
    UNDECIDED = 4
    ERROR = 5
    #: Followed without points.
    UNSCORED = 6

    @property
    def word(self) -> str:
        """The word used in files: a score that is given is ``scored``."""
        return "scored" if self is State.GIVEN else self.name.lower()
