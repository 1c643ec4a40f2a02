"""What an act does to units, in words: for previews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import override

from chiso.web.units.models import Kind
from chiso.web.units.phrases import sentence
from chiso.web.units.registry import Effect, Registry, State


def sentences(registry: Registry, effects: Iterable[Effect], lang: str) -> Iterator[str]:
    """Yield what happens, a sentence each."""
    for effect in effects:
        yield from _of(registry, effect, lang)


def _of(registry: Registry, effect: Effect, lang: str) -> Iterator[str]:
    before, after = effect.before, effect.after
    if effect.link is not None and before is not None and after is not None:
        yield sentence(effect.link.kind, lang, name=before.name, code=before.code, other=after.name)
    elif effect.kind == "created" and after is not None:
        parent = _name(registry, after.parent, effect.day, lang)
        code = "created_under" if after.parent is not None else "created"
        yield sentence(code, lang, name=after.name, code=after.code, parent=parent)
    elif effect.kind == "ended" and before is not None:
        yield sentence("ended", lang, name=before.name, code=before.code, last=before.until)
    elif before is not None and after is not None:
        yield from _changed(registry, before, after, effect.day, lang)


def _changed(registry: Registry, before: State, after: State, day: dt.date, lang: str) -> Iterator[str]:
    told = {"name": before.name, "code": before.code}
    if before.name != after.name:
        yield sentence("changed_name", lang, **told, value=after.name)
    if before.code != after.code:
        yield sentence("changed_code", lang, **told, value=after.code)
    if before.kind != after.kind:
        with override(lang):
            yield sentence("changed_kind", lang, **told, value=str(Kind(after.kind).label))
    if before.parent != after.parent:
        yield sentence("changed_parent", lang, **told, value=_name(registry, after.parent, day, lang))


def _name(registry: Registry, unit: int | None, day: dt.date, lang: str) -> str:
    state = registry.at(unit, day) if unit is not None else None
    return state.name if state is not None else sentence("nobody", lang)
