"""A document that cannot be read: a stable code with data; the sentence says why and what to do."""

from __future__ import annotations

from typing import Any

from chiso.decree.document.phrases import PHRASES


class DocumentError(ValueError):
    """A document cannot be read, or is not what is read here; ``code`` is stable (``R104``)."""

    def __init__(self, code: str, name: str, **data: Any) -> None:
        self.code, self.name, self.data = code, name, data
        super().__init__(self.text("en"))

    def text(self, lang: str = "vi") -> str:
        """Return why and what to do, as sentences."""
        data = dict(self.data)
        for key in ("what", "kind"):
            if key in data:
                data[key] = PHRASES.text(f"{key}.{data[key]}", lang)
        return f"{PHRASES.text(self.code, lang, name=self.name, **data)} [{self.code}]"
