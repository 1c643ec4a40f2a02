"""Where strands belong, as the apps know it: in which scope, and which of them are about a thing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Part:
    """A strand, whole or some of it, with its scope."""

    strand: str
    scope: str
    only: Q = field(default_factory=Q)


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of the log that people may see or not: its name, and what it is called."""

    name: str
    words: str


#: Says which entries of a strand of the whole installation concern a unit and what stands below it.
Concerns = Callable[[int], Q]

_SHARED: dict[str, tuple[Callable[[Collection[int]], Mapping[int, str]], Concerns]] = {}
_WITHIN: dict[str, Callable[[Collection[int]], Mapping[int, str]]] = {}
_ABOUT: dict[str, list[Callable[[int], Iterable[Part]]]] = {}
_FOUND: dict[str, Callable[[str], Iterable[int]]] = {}
_HELD: list[Callable[[Collection[int]], Iterable[Scope]]] = []


def know_scope(kind: str, within: Callable[[Collection[int]], Mapping[int, str]]) -> None:
    """Let an app say to which scopes its strands belong, by their numbers: ``report:5`` to ``round:12``."""
    _WITHIN[kind] = within


def know_about(kind: str, about: Callable[[int], Iterable[Part]]) -> None:
    """Let an app say which of its strands are about a thing of any app's: what is recorded of the unit 7."""
    _ABOUT.setdefault(kind, []).append(about)


def know_held(held: Callable[[Collection[int]], Iterable[Scope]]) -> None:
    """Let an app say which scopes belong to units: the rounds that they hold."""
    _HELD.append(held)


def know_shared(strand: str, words: Callable[[Collection[int]], Mapping[int, str]], concerns: Concerns) -> None:
    """Let an app share a strand of the whole installation with those who see what concerns their unit.

    The part of the unit 7 is the scope ``people:7``: no entry stands in it, it is a view of the scope ``people``.
    ``words`` name such parts, by the units.
    """
    _SHARED[strand] = (words, concerns)


def base_of(scope: str) -> str:
    """Return the scope that a scope is a view of: itself, unless it is a unit's part of a shared strand."""
    kind, key = parsed(scope)
    return kind if kind in _SHARED and key else scope


def entries_of(scope: str) -> Q:
    """Return what stands in a scope."""
    base = base_of(scope)
    return Q(scope=scope) if base == scope else Q(scope=base) & _SHARED[base][1](parsed(scope)[1])


def shared_with(units: Collection[int]) -> list[Scope]:
    """Return the parts of shared strands that concern units."""
    told = {strand: words(units) for strand, (words, _concerns) in _SHARED.items()} if units else {}
    return [Scope(f"{strand}:{unit}", words) for strand, found in told.items() for unit, words in found.items()]


def know_search(kind: str, found: Callable[[str], Iterable[int]]) -> None:
    """Let an app find its things by what people call them."""
    _FOUND[kind] = found


def search(kind: str, text: str) -> tuple[int, ...]:
    """Return the numbers of the things of a kind that people may mean."""
    return tuple(_FOUND[kind](text))


def parsed(name: str) -> tuple[str, int]:
    """Return the kind and number of the thing that a strand is about; 0 where there is only one."""
    kind, _colon, key = name.partition(":")
    return kind, int(key) if key.isdecimal() and len(key) < 19 else 0


def scope_of(strand: str) -> str:
    """Return the scope of a strand: a strand that no app places stands for itself."""
    return scopes_of_strands([strand])[strand]


def scopes_of_strands(strands: Collection[str]) -> dict[str, str]:
    """Return the scopes of strands; one whose thing is gone is nowhere, and has an empty one."""
    by_kind: dict[str, set[int]] = {}
    for strand in strands:
        kind, key = parsed(strand)
        by_kind.setdefault(kind, set()).add(key)
    found = {kind: _WITHIN[kind](keys) for kind, keys in by_kind.items() if kind in _WITHIN}
    return {strand: _place(strand, found) for strand in strands}


def _place(strand: str, found: Mapping[str, Mapping[int, str]]) -> str:
    kind, key = parsed(strand)
    return found[kind].get(key, "") if kind in found else strand


def held_by(units: Collection[int]) -> list[Scope]:
    """Return the scopes that belong to units."""
    return [scope for held in _HELD for scope in held(units)] if units else []


def about(name: str) -> Iterator[Part]:
    """Yield the strands that are about a thing, such as ``participant:5``; a strand is about itself too."""
    kind, key = parsed(name)
    if kind not in _ABOUT:
        yield Part(name, scope_of(name))
    for one in _ABOUT.get(kind, ()):
        yield from one(key)
