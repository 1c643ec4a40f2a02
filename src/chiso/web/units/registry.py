"""Units over time, in memory: what a legal act does to them, and whether what results can be.

Operations refuse only what a unit itself makes impossible; what depends on other units (parents, codes, successors) is
checked once all of an act is done, so that the order of its parts does not matter. Nothing is overwritten: a state that
ends keeps everything but its last day.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

DAY = dt.timedelta(days=1)

Lineage = Literal["merged", "split", "replaced"]

#: What an act can change about a unit that goes on.
FIELDS = ("code", "name", "kind", "parent")


@dataclass(frozen=True, slots=True)
class Act:
    """The document that something is done by."""

    number: str
    date: dt.date
    issuer: str
    title: str


@dataclass(slots=True, eq=False)
class State:
    """What a unit is over a period; ``until`` is its last day. ``unit`` is negative while it has no row yet."""

    unit: int
    code: str
    name: str
    kind: str
    parent: int | None
    since: dt.date
    until: dt.date | None = None
    act: Act | None = None
    pk: int | None = None
    place: str = ""

    def lasts(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def meets(self, other: State) -> bool:
        """Whether there is a day on which both hold."""
        return (other.until is None or self.since <= other.until) and (self.until is None or other.since <= self.until)


@dataclass(frozen=True, slots=True)
class Link:
    """A unit that goes on in another one from a day on."""

    predecessor: int
    successor: int
    kind: Lineage
    on: dt.date
    act: Act
    place: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something cannot be: a code with its data (see ``units.phrases``), and the place of the row it came from."""

    code: str
    place: str = ""
    data: dict[str, Any] = field(default_factory=dict)


class UnitsError(Exception):
    """What was asked for cannot be done; carries every fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(f"{fault.code} {fault.data}" for fault in faults))


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act does: a unit is ``created``, ``changed`` or ``ended``, or goes on in another one (``succeeded``)."""

    kind: Literal["created", "changed", "ended", "succeeded"]
    day: dt.date
    before: State | None = None
    after: State | None = None
    link: Link | None = None


class Registry:
    """All units over all time."""

    def __init__(self, states: Iterable[State] = (), links: Iterable[tuple[int, int, dt.date]] = ()) -> None:
        self.states: dict[int, list[State]] = defaultdict(list)
        self._by_code: dict[str, list[State]] = defaultdict(list)
        self._children: dict[int, list[State]] = defaultdict(list)
        self._links = set(links)
        self._next = 0
        self.effects: list[Effect] = []
        #: What was made here, and stored states that now end: what has to be written.
        self.made: list[State] = []
        self.closed: list[State] = []
        for state in states:
            self._enter(state)
        for known in self.states.values():
            known.sort(key=lambda state: state.since)

    def _enter(self, state: State) -> None:
        self.states[state.unit].append(state)
        self._by_code[state.code].append(state)
        if state.parent is not None:
            self._children[state.parent].append(state)

    # -- asking

    def at(self, unit: int, day: dt.date) -> State | None:
        """Return what a unit is on a day; None when it does not exist then."""
        return next((state for state in self.states.get(unit, ()) if state.lasts(day)), None)

    def by_code(self, code: str, day: dt.date) -> State | None:
        """Return the unit that has a code on a day."""
        return next((state for state in self._by_code.get(code, ()) if state.lasts(day)), None)

    def children(self, unit: int, day: dt.date) -> list[State]:
        """Return what stands directly below a unit on a day."""
        return [state for state in self._children.get(unit, ()) if state.parent == unit and state.lasts(day)]

    def path(self, unit: int | None, day: dt.date) -> Iterator[int]:
        """Yield a unit and what it stands below, upwards; a circle is gone round once."""
        seen: set[int] = set()
        while unit is not None and unit not in seen:
            seen.add(unit)
            yield unit
            state = self.at(unit, day)
            unit = state.parent if state is not None else None

    def knows(self, predecessor: int, successor: int, on: dt.date) -> bool:
        """Whether it is recorded already that one unit went on in another on a day."""
        return (predecessor, successor, on) in self._links

    # -- doing

    def create(
        self, *, code: str, name: str, kind: str, parent: int | None, on: dt.date, act: Act | None, place: str = ""
    ) -> int:
        """Make a unit that exists from a day on; return its key."""
        self._next -= 1
        state = State(self._next, code, name, kind, parent, on, None, act, place=place)
        self._enter(state)
        self.made.append(state)
        self.effects.append(Effect("created", on, after=state))
        return state.unit

    def place_below(self, state: State, parent: int | None) -> None:
        """Say what a unit that was just made stands below."""
        state.parent = parent
        if parent is not None:
            self._children[parent].append(state)

    def change(self, unit: int, *, on: dt.date, act: Act | None, place: str = "", **fields: Any) -> State:
        """Give a unit another name, kind, parent or code from a day on."""
        before = self._going_on(unit, on, place)
        if all(getattr(before, name) == value for name, value in fields.items()):
            raise UnitsError([Fault("U106", place, {"name": before.name})])
        after = replace(before, since=on, act=act, pk=None, place=place, **fields)
        self._close(before, on - DAY)
        self._enter(after)
        self.made.append(after)
        self.effects.append(Effect("changed", on, before, after))
        return after

    def end(self, unit: int, *, on: dt.date, place: str = "") -> None:
        """End a unit: on that day it exists no more."""
        before = self._going_on(unit, on, place)
        before.place = place
        self._close(before, on - DAY)
        self.effects.append(Effect("ended", on, before))

    def succeed(
        self, predecessor: int, successor: int, *, kind: Lineage, on: dt.date, act: Act, place: str = ""
    ) -> None:
        """Record that a unit goes on in another one."""
        link = Link(predecessor, successor, kind, on, act, place)
        self.effects.append(Effect("succeeded", on, self.at(predecessor, on - DAY), self.at(successor, on), link))

    def _going_on(self, unit: int, on: dt.date, place: str) -> State:
        """Return the last state of a unit, which holds on the day and began before it."""
        known = self.states.get(unit, [])
        if not known:
            raise UnitsError([Fault("U104", place, {"name": "", "day": on})])
        last = known[-1]
        if last.until is not None and last.until < on:
            raise UnitsError([Fault("U104", place, {"name": last.name, "day": last.until + DAY})])
        if on <= last.since:
            raise UnitsError([Fault("U105", place, {"name": last.name, "day": last.since})])
        return last

    def _close(self, state: State, until: dt.date) -> None:
        state.until = until
        if state.pk is not None:
            self.closed.append(state)

    # -- checking

    def faults(self, scope: frozenset[int] | None = None) -> list[Fault]:
        """Return why the result cannot be; ``scope``: the units below which, or in which, everything must happen."""
        found: list[Fault] = []
        for state in self.made:
            found += self._of_state(state)
        for state in self.closed:
            if self.states[state.unit][-1] is state:
                found += self._left_behind(state)
        for effect in self.effects:
            if effect.link is not None:
                found += self._of_link(effect.link)
        if scope is not None:
            found += self._outside(scope)
        return found

    def _of_state(self, state: State) -> Iterator[Fault]:
        for other in self._by_code[state.code]:
            if other.code == state.code and other.unit != state.unit and other.meets(state):
                data = {"code": state.code, "name": other.name, "day": max(state.since, other.since)}
                yield Fault("U101", state.place, data)
                break
        if state.parent is None:
            return
        parent = self.at(state.parent, state.since)
        if parent is None:
            yield self._no_parent(state)
            return
        if state.unit in self.path(state.parent, state.since):
            chain = [state.name, *(self._name(unit, state.since) for unit in self.path(state.parent, state.since))]
            yield Fault("U103", state.place, {"chain": " → ".join(chain)})
        last = self.states[state.parent][-1]
        if last.until is not None and (state.until is None or state.until > last.until):
            data = {"name": state.name, "parent": last.name, "day": last.until + DAY}
            yield Fault("U107", state.place, data)

    def _no_parent(self, state: State) -> Fault:
        known = self.states.get(state.parent or 0, [])
        data = {"name": state.name, "parent": known[-1].name if known else "", "day": state.since}
        return Fault("U102", state.place, data)

    def _left_behind(self, ended: State) -> Iterator[Fault]:
        """Yield a fault when a unit ends above others that go on; those made here are found by themselves."""
        assert ended.until is not None, "it was closed"
        left = [
            child
            for child in self._children.get(ended.unit, ())
            if child.pk is not None and (child.until is None or child.until > ended.until)
        ]
        if left:
            names = ", ".join(child.name for child in left[:3])
            yield Fault(
                "U108", ended.place, {"name": ended.name, "count": len(left), "names": names, "day": ended.until + DAY}
            )

    def _of_link(self, link: Link) -> Iterator[Fault]:
        if link.predecessor == link.successor or (link.predecessor, link.successor, link.on) in self._links:
            yield Fault("U111", link.place, {"name": self._name(link.predecessor, link.on - DAY)})
            return
        self._links.add((link.predecessor, link.successor, link.on))
        if self.at(link.predecessor, link.on - DAY) is None:
            yield Fault("U109", link.place, {"name": self._name(link.predecessor, link.on), "day": link.on - DAY})
        if self.at(link.successor, link.on) is None:
            yield Fault("U110", link.place, {"name": self._name(link.successor, link.on), "day": link.on})

    def _outside(self, scope: frozenset[int]) -> Iterator[Fault]:
        told: set[int] = set()
        for effect in self.effects:
            for state in (effect.before, effect.after):
                if state is None or state.unit in told:
                    continue
                if scope.isdisjoint(self.path(state.unit, state.since)):
                    told.add(state.unit)
                    yield Fault("U112", state.place, {"name": state.name})

    def _name(self, unit: int, day: dt.date) -> str:
        state = self.at(unit, day) or (self.states[unit][-1] if self.states.get(unit) else None)
        return state.name if state is not None else ""
