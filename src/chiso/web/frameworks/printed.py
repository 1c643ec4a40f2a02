"""What a change concerns, in words of the document: what only the file calls things is never shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chiso.framework.diff import Change, value_text
from chiso.framework.diff_phrases import FIELDS, PARTS
from chiso.framework.inputs import Asked, asked
from chiso.framework.measures import known_units
from chiso.framework.model import Framework, Reading
from chiso.web.frameworks.phrases import TYPES
from chiso.web.units.models import Kind
from chiso.workbook.questions import letter


@dataclass(frozen=True, slots=True)
class Printed:
    """Tells changes between two versions. What both know is called as the newer one calls it."""

    versions: tuple[Framework, Framework]
    lang: str

    def what(self, change: Change) -> str:
        """Name what has changed."""
        if change.part == "facts":
            return f"{PARTS.text('facts', self.lang)} “{self._fact(change.code)}”"
        return change.what(self.lang)

    def field(self, change: Change) -> str:
        """Name the changed field."""
        first, _, rest = change.field.partition(".")
        if change.part == "criterion" and first == "inputs":
            return f"{FIELDS.text('inputs', self.lang)} {self._input(change.code, rest)}"
        if change.part == "readings" and first == "options":
            name, _, inner = rest.partition(".")
            return f"{FIELDS.text('options', self.lang)} “{self._option(change.code, name)}” ({inner})"
        return change.field_name(self.lang)

    def value(self, change: Change, value: Any) -> str:
        """Write an old or new value."""
        if change.part == "readings" and change.field == "default" and value is not None:
            return self._option(change.code, str(value))
        if change.field == "unit_kinds" and value is not None:
            return ", ".join(str(dict(Kind.choices).get(one, one)) for one in value)
        if change.field == "fact" and value is not None:
            return self._fact(str(value))
        if change.part == "criterion" and change.field.startswith("inputs.") and isinstance(value, Mapping):
            return "; ".join(f"{FIELDS.text(key, self.lang)}: {self._told(key, one)}" for key, one in value.items())
        return value_text(value, self.lang)

    def _told(self, key: str, value: Any) -> str:
        match key:
            case "fact":
                return self._fact(str(value))
            case "type":
                return str({str(name): words for name, words in TYPES.items()}.get(str(value), value))
            case "unit":
                return known_units().get(str(value), {}).get(self.lang, str(value))
        return value_text(value, self.lang)

    def _fact(self, name: str) -> str:
        for framework in reversed(self.versions):
            if name in framework.known_facts:
                return framework.known_facts[name].label[self.lang]
        return name

    def _input(self, code: str, name: str) -> str:
        for framework in reversed(self.versions):
            criterion = framework.criteria.get(code)
            inputs: tuple[Asked, ...] = asked(framework, criterion) if criterion is not None else ()
            for one in inputs:
                if criterion is not None and one.name == name:
                    return letter(criterion, one) or f"“{one.label}”"
        return ""

    def _option(self, reading: str, name: str) -> str:
        for framework in reversed(self.versions):
            known: Reading | None = next((one for one in framework.readings if one.id == reading), None)
            if known is not None and name in known.options:
                return known.options[name].label[self.lang]
        return name
