"""What a report says in words: text that no rule reads but the document collects, under names that no figure has."""

from __future__ import annotations

from collections.abc import Mapping

from chiso.framework.model import InformationRow

#: Text by the name under which a report keeps it, of each unit by its name.
Words = Mapping[str, Mapping[str, str]]


def general_name(position: int, row: InformationRow) -> str:
    """Return the name under which a row of general information is kept: ``general#3`` for the fourth one."""
    return row.fact or f"general#{position}"


def explanation_name(code: str) -> str:
    """Return the name under which is kept why a criterion has no evidence: ``1.2#explanation``."""
    return f"{code}#explanation"


def is_words(name: str) -> bool:
    """Say whether a name is one of these; ``#1`` is the first input of a criterion."""
    return "#" in name[1:]
