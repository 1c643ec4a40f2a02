"""The report beside a draft: each field with its place, words, confidence and alternatives; all that is left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chiso.decree.document.shape import Place
from chiso.decree.draft import Draft
from chiso.decree.drafting.articles import Stated
from chiso.decree.fields import Field
from chiso.decree.prose.counts import Count
from chiso.decree.report.phrases import named, phrase
from chiso.framework.model import Criterion, Dimension, Framework
from chiso.quantity import local_text, plain

#: Version of the form of the JSON report.
FORMAT = 1


@dataclass(frozen=True)
class Checked:
    """A number of the prose beside what the rows of the draft give; nothing where they cannot tell."""

    count: Count
    counted: int | None

    @property
    def agrees(self) -> bool:
        """Tell whether both are the same."""
        return self.counted == self.count.printed


def as_dict(draft: Draft, lang: str = "vi") -> dict[str, Any]:
    """Return the report for JSON."""
    sure = Counter(field.confidence for field in draft.fields)
    return {
        "format": FORMAT,
        "framework": draft.id,
        "document": {"name": draft.document.name, "kind": draft.document.kind, "set": draft.number},
        "counts": {name: sure.get(name, 0) for name in ("high", "medium", "low")},
        "fields": [_field(field, lang) for field in draft.fields],
        "left_over": [one.as_dict(lang) for one in draft.left_over],
        "set_aside": [
            {"text": one.text, "place": one.place.as_dict(), "where": one.place.words(lang), "reason": one.reason}
            for one in draft.document.dropped
        ],
        "general_rules": [_stated(one, lang) for one in draft.stated],
        "checks": [_check(one) for one in checks(draft)],
        "findings": [finding.as_dict(lang) for finding in draft.findings],
        "changes": list(draft.changes),
    }


def _field(field: Field, lang: str) -> dict[str, Any]:
    return {
        "row": field.row,
        "name": field.name,
        "value": _json(field.value),
        "printed": field.printed,
        "place": field.place.as_dict(),
        "where": field.place.words(lang),
        "how": field.how,
        "confidence": field.confidence,
        "alternatives": [_json(one) for one in field.alternatives],
        "left_over": list(field.left_over),
        "doubts": [{"code": doubt.code, "message": doubt.text(lang)} for doubt in field.doubts],
    }


def _stated(one: Stated, lang: str) -> dict[str, Any]:
    """Return a sentence that states a rule for all criteria, and what became of it."""
    sentence = one.sentence
    return {
        "text": sentence.text,
        "clause": sentence.clause,
        "place": sentence.place.as_dict(),
        "where": sentence.place.words(lang),
        "topic": one.topic,
        "became": one.fate,
        "field": one.field,
    }


def _json(value: Any) -> Any:
    """Return a value as JSON can hold it: keys are text, exact numbers too."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, dict):
        return {str(key): _json(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_json(one) for one in value]
    return plain(value)


def _check(one: Checked) -> dict[str, Any]:
    count = one.count
    return {
        "what": count.what,
        "within": list(count.within),
        "printed": count.printed,
        "counted": one.counted,
        "agrees": one.agrees,
        "words": count.words,
        "place": count.place.as_dict(),
    }


def checks(draft: Draft) -> Iterator[Checked]:
    """Yield each number that the document states with what the draft gives for it, once."""
    seen: set[tuple[object, ...]] = set()
    for count in draft.counts:
        key = (count.what, count.within, count.printed)
        if key not in seen:
            seen.add(key)
            yield Checked(count, _counted(draft.framework, count))


def _counted(framework: Framework, count: Count) -> int | None:
    chosen = [one for one in framework.dimensions if not count.within or one.code in count.within]
    if count.what == "dimensions":
        return len(chosen)
    if count.what == "criteria":
        return sum(len(one.criteria) for one in chosen)
    points = [one.max_points for one in chosen if one.max_points is not None]
    total = sum(points) if points else None
    return int(total) if total is not None and total == int(total) else None


@dataclass(frozen=True)
class Entry:
    """The fields of one row of the draft, in the order in which the report shows them."""

    row: str
    heading: str
    fields: tuple[Field, ...]
    level: int

    @property
    def confidence(self) -> str:
        """Return how sure the least sure field is."""
        found = {field.confidence for field in self.fields}
        return "low" if "low" in found else "medium" if "medium" in found else "high"

    @property
    def place(self) -> Place:
        """Return where the row stands."""
        return next((field.place for field in self.fields if field.place.as_dict()), Place())


def entries(draft: Draft) -> Iterator[Entry]:
    """Yield the rows of the draft with their fields."""
    by_row: dict[str, list[Field]] = {}
    for field in draft.fields:
        by_row.setdefault(field.row, []).append(field)
    for dimension in draft.framework.dimensions:
        yield _entry(dimension, by_row, 0)
        for criterion in dimension.walk():
            yield _entry(criterion, by_row, max(criterion.code.count("."), 1))


def _entry(row: Criterion | Dimension, by_row: dict[str, list[Field]], level: int) -> Entry:
    return Entry(row.code, row.title, tuple(by_row.get(row.code, ())), level)


def field_name(field: Field, lang: str) -> str:
    """Return what a field is called."""
    head, _, rest = field.name.partition(".")
    if head == "inputs":
        return phrase("name.input", lang, letter=rest)
    if head == "levels":
        return phrase("name.level", lang, number=rest)
    return named(f"name.{field.name}", lang, field.name)


def fate(one: Stated, lang: str) -> str:
    """Return what became of a sentence that states a rule for all criteria."""
    called = named(f"field.{one.field}", lang, named(f"name.{one.field}", lang, one.field))
    return phrase(f"fate.{one.fate}", lang, **({"field": called} if one.fate == "read" else {}))


def value_words(name: str, value: Any, lang: str) -> str | None:
    """Return what a field of the whole framework says as a person reads it, None where its value says it."""
    last = name.rpartition(".")[2]
    if name == "policies.rounding":
        return phrase(f"value.rounding.{value['at']}", lang, decimals=value["decimals"])
    if name == "total":
        weights = ", ".join(f"{code}: {local_text(Fraction(str(one)), lang)}" for code, one in value["weights"].items())
        return phrase("value.weighted_mean", lang, weights=weights)
    if name == "left_out":
        return "; ".join(phrase("value.left_out", lang, code=one["code"], year=one["year"]) for one in value)
    if name.startswith("policies.") and isinstance(value, str):
        return named(f"value.{last}.{value}", lang, value)
    return None


def how(field: Field, lang: str) -> str:
    """Return how a field was read."""
    return named(f"how.{field.how}", lang, field.how)
