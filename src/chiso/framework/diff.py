"""What changed between two versions of a framework, matched by code and said in both languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from chiso.framework.diff_phrases import FIELDS, IN_LANGUAGE, PARTS, PHRASES
from chiso.framework.model import Criterion, Framework, Reading, Words
from chiso.framework.rules import Levels, Node, Rule
from chiso.framework.words import lines_under, target_line
from chiso.phrases import LANGUAGES
from chiso.quantity import decimal_text, local_text

#: Sections whose entries are matched by a key, in the order in which they are reported after the rows.
_SECTIONS = {
    "pillars": "code",
    "groups": "code",
    "levels": "number",
    "classes": "id",
    "left_out": "code",
}

#: A list longer than this, in characters, is written with a line for each entry.
_LONG = 120

#: Keys of a framework that are reported entry by entry, not as fields.
_APART = {*_SECTIONS, "general_information", "dimensions", "deadlines", "facts", "printed_counts", "readings"}


@dataclass(frozen=True, slots=True)
class InWords:
    """A rule, or the target of a level, as data and in the words of each language; equal when the data are."""

    data: Node | None
    words: Mapping[str, str] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    ``part`` says what kind of thing ``code`` names: a criterion, a dimension, a fact, ...; the framework itself has no
    code. ``field`` is the path of a changed value, such as ``max_points`` or ``policies.rounding.decimals``;
    ``old`` and ``new`` are its values, for something moved the codes of its parents, and None where there was nothing.
    """

    kind: Literal["added", "removed", "moved", "changed"]
    part: str
    code: str
    title: str = ""
    field: str = ""
    old: Any = None
    new: Any = None

    def text(self, lang: str) -> str:
        """Return the change as a sentence; a changed rule is written out on lines of its own."""
        what, old, new = self.what(lang), value_text(self.old, lang), value_text(self.new, lang)
        if self.kind != "changed":
            return PHRASES.text(self.kind, lang, what=what, old=old, new=new)
        code = "filled" if self.old is None else "emptied" if self.new is None else "changed"
        if "\n" in old + new:
            code, old, new = "rewritten", _indented(old or "–"), _indented(new or "–")
        return PHRASES.text(code, lang, what=what, field=self.field_name(lang), old=old, new=new)

    def what(self, lang: str) -> str:
        """Name what has changed: ``Tiêu chí 1.2 (Tỷ lệ hộ ...)``."""
        part = PARTS.text(self.part, lang)
        if not self.code:
            return part
        code = "named" if self.title and self.title != self.code else "unnamed"
        return PHRASES.text(code, lang, part=part, name=self.code, title=self.title)

    def field_name(self, lang: str) -> str:
        """Name the changed field: ``điểm tối đa``."""
        first, _, rest = self.field.partition(".")
        name = FIELDS.text(first, lang)
        code = "numbered" if first in ("target", "inputs") else "of"
        rest = ".".join(IN_LANGUAGE.text(one, lang) if one in LANGUAGES else one for one in rest.split("."))
        return PHRASES.text(code, lang, field=name, rest=rest) if rest else name

    def as_dict(self, lang: str = "vi") -> dict[str, Any]:
        """Return the change for JSON: values as data, with their words beside them."""
        return {
            "kind": self.kind,
            "part": self.part,
            "code": self.code,
            "title": self.title,
            "field": self.field,
            "old": _plain(self.old),
            "new": _plain(self.new),
            "old_text": value_text(self.old, lang),
            "new_text": value_text(self.new, lang),
            "message": self.text(lang),
        }


@dataclass(frozen=True, slots=True)
class _Entry:
    """Something that both versions may have: compared field by field."""

    title: str
    fields: Mapping[str, Any]
    parent: str = ""


_Key = tuple[str, str]


def diff(old: Framework, new: Framework, *, lettered: bool = False) -> list[Change]:
    """Return what changed, in printed order: the framework, its rows, then its other sections.

    Rows are matched by code. What is written differently but means the same (``50%`` and ``1/2``) is no change.
    ``lettered``: rules are told for people who do not know the file.
    """
    before, after = dict(_entries(old, lettered=lettered)), dict(_entries(new, lettered=lettered))
    return [change for key in _order(list(before), list(after)) for change in _compared(key, before, after)]


def value_text(value: object, lang: str) -> str:
    """Write a value of a change for people; nothing is an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return PHRASES.text(str(value).lower(), lang)
    if isinstance(value, InWords):
        return value.words[lang]
    if isinstance(value, Fraction):
        return local_text(value, lang) if Fraction(decimal_text(value)) == value else str(value)
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}" if lang == "vi" else value.isoformat()
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {value_text(one, lang)}" for key, one in value.items())
    if isinstance(value, list | tuple):
        texts = [value_text(one, lang) for one in value]
        return ("\n" if sum(map(len, texts)) > _LONG and len(texts) > 1 else "; ").join(texts)
    return str(value)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


def _plain(value: object) -> Any:
    if isinstance(value, InWords):
        return value.data and value.data.model_dump(mode="json", exclude_defaults=True)
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _order(old: Sequence[_Key], new: Sequence[_Key]) -> list[_Key]:
    """Return all keys in the new order; what was removed follows what it followed before."""
    order = list(new)
    known = set(new)
    previous: _Key | None = None
    for key in old:
        if key not in known:
            order.insert(0 if previous is None else order.index(previous) + 1, key)
            known.add(key)
        previous = key
    return order


def _compared(key: _Key, before: Mapping[_Key, _Entry], after: Mapping[_Key, _Entry]) -> Iterator[Change]:
    part, code = key
    old, new = before.get(key), after.get(key)
    if old is None or new is None:
        entry = old or new
        assert entry is not None, "the key comes from one of both"
        yield Change("removed" if new is None else "added", part, code, entry.title)
        return
    if old.parent != new.parent:
        yield Change("moved", part, code, new.title, "", old.parent, new.parent)
    for name in dict.fromkeys((*new.fields, *old.fields)):
        was, now = old.fields.get(name), new.fields.get(name)
        if was != now:
            yield Change("changed", part, code, new.title, name, was, now)


def _entries(framework: Framework, *, lettered: bool) -> Iterator[tuple[_Key, _Entry]]:
    yield ("framework", ""), _Entry("", dict(_fields(framework, without=_APART)))
    for row in framework.general_information:
        yield ("general_information", row.no or row.label), _Entry(row.label, dict(_fields(row, without={"no"})))
    for dimension in framework.dimensions:
        yield ("dimension", dimension.code), _Entry(dimension.title, dict(_fields(dimension, without=_ROW)))
        for criterion in dimension.walk():
            parent = framework.parents[criterion.code]
            yield (
                ("criterion", criterion.code),
                _Entry(criterion.title, dict(_row(framework, criterion, lettered=lettered)), parent),
            )
    for section, key in _SECTIONS.items():
        for node in getattr(framework, section):
            yield (section, str(getattr(node, key))), _Entry(_title(node), dict(_fields(node, without={key})))
    for reading in framework.readings:
        yield (
            ("readings", reading.id),
            _Entry(reading.question.vi, dict(_reading(framework, reading, lettered=lettered))),
        )
    for count in framework.printed_counts:
        name = f"{count.clause}: {count.what} {', '.join(count.within)}".strip()
        yield ("printed_counts", name), _Entry("", {"printed": count.printed})
    for name, deadline in framework.deadlines.items():
        yield ("deadlines", name), _Entry("", dict(_fields(deadline)))
    for name, fact in framework.facts.items():
        yield ("facts", name), _Entry(fact.label.vi, dict(_fields(fact)))


#: Keys of a row that are reported in another way: its code is how it is matched, its children are rows of their own.
_ROW = {"code", "criteria", "rule", "inputs"}


def _row(framework: Framework, criterion: Criterion, *, lettered: bool) -> Iterator[tuple[str, Any]]:
    yield from _fields(criterion, without=_ROW)
    rule = criterion.effective_rule
    words = _in_words(framework, criterion, rule, lettered=lettered)
    if isinstance(rule, Levels):
        # Thresholds are compared level by level; what is left of the rule is how its value is measured.
        for number, target in rule.targets.items():
            lines = {lang: target_line(framework, criterion, rule, target, lang) for lang in LANGUAGES}
            yield f"target.{number}", InWords(target, lines)
        words = InWords(rule.model_copy(update={"targets": {}}), words.words)
    yield "rule", words
    for item in criterion.inputs:
        yield f"inputs.{item.name}", item.model_dump(mode="json", exclude_defaults=True, exclude={"name"})


def _reading(framework: Framework, reading: Reading, *, lettered: bool) -> Iterator[tuple[str, Any]]:
    yield from _fields(reading, without={"id", "options"})
    for name, option in reading.options.items():
        yield from _fields(option.label, f"options.{name}.label")
        yield from _fields(option.policies.model_dump(exclude_unset=True), f"options.{name}.policies")
        for code, rule in option.rules.items():
            yield (
                f"options.{name}.rules.{code}",
                _in_words(framework, framework.criteria[code], rule, lettered=lettered),
            )


def _in_words(framework: Framework, criterion: Criterion, rule: Rule, *, lettered: bool) -> InWords:
    lines = {lang: "\n".join(lines_under(framework, criterion, rule, lang, lettered=lettered)) for lang in LANGUAGES}
    return InWords(rule, lines)


def _fields(value: object, path: str = "", without: Container[str] = ()) -> Iterator[tuple[str, Any]]:
    """Yield the values of a node by their path; nodes and mappings inside are opened, lists stay whole."""
    if isinstance(value, Node):
        for name in type(value).model_fields:
            if name not in without:
                yield from _fields(getattr(value, name), f"{path}.{name}" if path else name)
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from _fields(one, f"{path}.{key}")
    elif isinstance(value, list):
        if value:
            yield path, [one.model_dump(mode="json") if isinstance(one, Node) else one for one in value]
    elif value is not None:
        yield path, value


def _title(node: object) -> str:
    title = getattr(node, "title", None) or getattr(node, "name", None) or getattr(node, "label", "")
    return title.vi if isinstance(title, Words) else str(title or "")
