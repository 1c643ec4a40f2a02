"""What a legal act does to units: created, changed, merged, split, ended; each applied to a registry."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from chiso.web.units.registry import DAY, Act, Fault, Registry, UnitsError


@dataclass(frozen=True, slots=True)
class Create:
    """A unit that did not exist."""

    code: str
    name: str
    kind: str
    parent: int | None = None

    def apply(self, registry: Registry, on: dt.date, act: Act) -> int:
        """Make it; return its key."""
        return registry.create(code=self.code, name=self.name, kind=self.kind, parent=self.parent, on=on, act=act)


@dataclass(frozen=True, slots=True)
class Change:
    """A unit that goes on with another name, kind, parent or code: what ``fields`` names."""

    unit: int
    fields: dict[str, Any]

    def apply(self, registry: Registry, on: dt.date, act: Act) -> None:
        """Change it."""
        registry.change(self.unit, on=on, act=act, **self.fields)


@dataclass(frozen=True, slots=True)
class Merge:
    """Units that go on in one: a new one, one of themselves, or another. What stood below them moves there."""

    units: tuple[int, ...]
    into: int | Create

    def apply(self, registry: Registry, on: dt.date, act: Act) -> None:
        """Merge them."""
        ending = [unit for unit in self.units if unit != self.into]
        if len(set(self.units)) + (isinstance(self.into, int) and self.into not in self.units) < 2:
            raise UnitsError([Fault("U113")])
        for unit in ending:
            registry.end(unit, on=on)
        into = self.into.apply(registry, on, act) if isinstance(self.into, Create) else self.into
        for unit in ending:
            registry.succeed(unit, into, kind="merged", on=on, act=act)
            _move_children(registry, unit, into, on, act)


@dataclass(frozen=True, slots=True)
class Split:
    """A unit of which others are made; it ends unless it ``stays``."""

    unit: int
    into: tuple[Create, ...]
    stays: bool = False

    def apply(self, registry: Registry, on: dt.date, act: Act) -> None:
        """Split it."""
        if len(self.into) + self.stays < 2:
            raise UnitsError([Fault("U114")])
        if self.stays:
            if registry.at(self.unit, on) is None:
                raise UnitsError([Fault("U104", "", {"name": "", "day": on})])
        else:
            registry.end(self.unit, on=on)
        for made in self.into:
            registry.succeed(self.unit, made.apply(registry, on, act), kind="split", on=on, act=act)


@dataclass(frozen=True, slots=True)
class End:
    """A unit that ends; another one may take its place, and another one what stood below it."""

    unit: int
    successor: int | None = None
    children_to: int | None = None

    def apply(self, registry: Registry, on: dt.date, act: Act) -> None:
        """End it."""
        registry.end(self.unit, on=on)
        if self.successor is not None:
            registry.succeed(self.unit, self.successor, kind="replaced", on=on, act=act)
        if self.children_to is not None:
            _move_children(registry, self.unit, self.children_to, on, act)


AnyChange = Create | Change | Merge | Split | End


def _move_children(registry: Registry, unit: int, parent: int, on: dt.date, act: Act) -> None:
    for child in registry.children(unit, on - DAY):
        if registry.at(child.unit, on) is child:
            registry.change(child.unit, on=on, act=act, parent=parent)
