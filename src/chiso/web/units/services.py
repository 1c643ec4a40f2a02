"""What legal acts do to units: previewed, checked as a whole, written at once, recorded in the log."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from chiso.web.audit.models import Strand
from chiso.web.audit.services import Actor, record
from chiso.web.units import queries
from chiso.web.units.changes import AnyChange, Change, Create, End, Merge, Split
from chiso.web.units.models import LegalAct, Succession, Unit, UnitVersion
from chiso.web.units.registry import Act, Effect, Registry, State, UnitsError

STRAND = "units"

_ACTIONS = {
    Create: "unit.created",
    Change: "unit.changed",
    Merge: "unit.merged",
    Split: "unit.split",
    End: "unit.ended",
}

#: Rows written with one statement.
_BATCH = 500


def previewed(
    *, change: AnyChange, on: dt.date, act: Act, scope: frozenset[int] | None = None
) -> tuple[Registry, list[Effect]]:
    """Return what a change would do; nothing is written.

    Raises:
        UnitsError: it cannot be done.
    """
    registry = queries.registry()
    change.apply(registry, on, act)
    faults = registry.faults(scope)
    if faults:
        raise UnitsError(faults)
    return registry, registry.effects


@transaction.atomic
def record_change(
    *, change: AnyChange, on: dt.date, act: Act, actor: Actor, scope: frozenset[int] | None = None
) -> list[Unit]:
    """Do what an act does to units; return the units that it makes.

    Raises:
        UnitsError: it cannot be done.
    """
    lock()
    registry, effects = previewed(change=change, on=on, act=act, scope=scope)
    keys = write(registry)
    told = [_told(effect, keys) for effect in effects]
    record(
        strand=STRAND, action=_ACTIONS[type(change)], actor=actor, on=on.isoformat(), act=act.number, effects=told
    )  # fmt: skip
    return list(Unit.objects.filter(pk__in=keys.values()))


def lock() -> None:
    """Let one transaction at a time change units: what it checks must still hold when it writes."""
    Strand.objects.get_or_create(name=STRAND)
    Strand.objects.select_for_update().get(name=STRAND)


def write(registry: Registry) -> dict[int, int]:
    """Write what happened in a registry; return the primary keys of new units by their keys there."""
    acts = _acts(registry)
    _close(registry.closed)
    keys = _make_units(registry)

    def pk(unit: int) -> int:
        return keys.get(unit, unit)

    versions = [
        UnitVersion(
            unit_id=pk(state.unit), code=state.code, name=state.name, kind=state.kind,
            parent_id=pk(state.parent) if state.parent is not None else None,
            valid_from=state.since, valid_to=state.until, act_id=acts[state.act] if state.act is not None else None,
        )
        for state in registry.made
    ]  # fmt: skip
    UnitVersion.objects.bulk_create(versions, batch_size=_BATCH)
    links = [effect.link for effect in registry.effects if effect.link is not None]
    Succession.objects.bulk_create(
        [
            Succession(
                predecessor_id=pk(link.predecessor), successor_id=pk(link.successor), kind=link.kind, on=link.on,
                act_id=acts[link.act],
            )
            for link in links
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    return keys


def _acts(registry: Registry) -> dict[Act, int]:
    wanted = {state.act for state in registry.made if state.act is not None}
    wanted |= {effect.link.act for effect in registry.effects if effect.link is not None}
    found: dict[Act, int] = {}
    for act in wanted:
        told = {"issuer": act.issuer, "title": act.title}
        found[act] = LegalAct.objects.get_or_create(number=act.number, date=act.date, defaults=told)[0].pk
    return found


def _close(states: list[State]) -> None:
    by_day: dict[dt.date | None, list[int]] = {}
    for state in states:
        assert state.pk is not None, "only stored states are closed"
        by_day.setdefault(state.until, []).append(state.pk)
    for day, pks in by_day.items():
        for start in range(0, len(pks), _BATCH):
            UnitVersion.objects.filter(pk__in=pks[start : start + _BATCH]).update(valid_to=day)


def _make_units(registry: Registry) -> dict[int, int]:
    last = {state.unit: state.code for state in registry.made}
    new = [unit for unit in last if unit < 0]
    made = Unit.objects.bulk_create([Unit(code=last[unit]) for unit in new], batch_size=_BATCH)
    for effect in registry.effects:
        before, after = effect.before, effect.after
        if effect.kind == "changed" and before and after and after.unit > 0 and before.code != after.code:
            Unit.objects.filter(pk=after.unit).update(code=after.code)
    return dict(zip(new, [unit.pk for unit in made], strict=True))


def _told(effect: Effect, keys: dict[int, int]) -> dict[str, Any]:
    """Return an effect for the log: which unit, what it was, what it is."""

    def state(one: State | None) -> dict[str, Any] | None:
        if one is None:
            return None
        parent = keys.get(one.parent, one.parent) if one.parent is not None else None
        return {"code": one.code, "name": one.name, "kind": one.kind, "parent": parent}

    unit = effect.after or effect.before
    assert unit is not None, "an effect is about a unit"
    told: dict[str, Any] = {"kind": effect.kind, "unit": keys.get(unit.unit, unit.unit)}
    if effect.link is not None:
        pair = (effect.link.predecessor, effect.link.successor)
        told["predecessor"], told["successor"] = (keys.get(one, one) for one in pair)
        return told | {"how": effect.link.kind}
    return told | {"before": state(effect.before), "after": state(effect.after)}
