"""One finding of a reconciliation: where, what, the exact figures that show it, how grave, and what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from chiso.framework.model import Words
from chiso.framework.reach.pointset import PointSet, Span
from chiso.quantity import decimal_text, local_text
from chiso.reconcile.phrases import PHRASES

Severity = Literal["error", "warning", "note"]

#: How grave each finding is. An error is wrong for certain, a warning needs a look, a note needs only to be known.
SEVERITIES: dict[str, Severity] = {
    "R101": "error",
    "R102": "error",
    "R103": "error",
    "R104": "error",
    "R105": "warning",
    "R106": "error",
    "R107": "warning",
    "R108": "error",
    "R109": "note",
    "R110": "warning",
    "R111": "warning",
    "R112": "warning",
    "R113": "warning",
    "R201": "warning",
    "R202": "warning",
    "R203": "note",
    "R204": "note",
    "R205": "note",
    "R206": "note",
    "R301": "error",
    "R302": "error",
    "R303": "note",
    "R401": "error",
    "R402": "note",
    "R501": "warning",
    "R502": "warning",
    "R503": "warning",
    "R504": "note",
    "R505": "warning",
}

#: What is wrong with a row of the table itself, so that it could not be used as it stands.
ROW_FAULTS = frozenset({"R101", "R102", "R103", "R104", "R105", "R106", "R107", "R108", "R112"})

#: Most pieces of a set, and most entries of a list, that a sentence names.
SHOWN = 12

#: Letters for what is not known in an equation; further ones are numbered.
LETTERS = ("x", "y", "z")


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a sum: its code, its factor, and its points as printed; without points it is what is looked for."""

    code: str
    points: Fraction | None
    factor: Fraction = Fraction(1)


@dataclass(frozen=True)
class Sum:
    """An equation as it stands in a finding: parts add up to a whole; ``sought`` says what each unknown can be."""

    parts: tuple[Term, ...]
    whole: Term
    sought: Mapping[str, PointSet]

    def text(self, lang: str) -> str:
        """Write the equation, then what each letter stands for: ``10 + x = 12, where x is 4.2 (0; 10)``."""
        letters = {code: _letter(number) for number, code in enumerate(self.sought)}
        parts = " + ".join(_term(part, letters, lang) for part in self.parts)
        written = f"{parts} = {_term(self.whole, letters, lang)}"
        legend = [
            PHRASES.text("letter", lang, letter=letters[code], name=code, possible=set_text(points, lang))
            for code, points in self.sought.items()
        ]
        return PHRASES.text("where", lang, equation=written, legend=", ".join(legend)) if legend else written


Figure = Fraction | int | str | Sequence[str] | Words | PointSet | Sum | Mapping[str, Fraction]

#: Figures that, where there are any, add a sentence of their own.
_TAILS = ("near", "range")


@dataclass(frozen=True)
class PublishedFinding:
    """Something in a published table that does not hold, is not there, or follows from the rest.

    ``code`` is stable (``R401``). ``place`` is the code of a criterion, dimension or pillar, ``total``, or where
    a faulty row stands. ``figures`` are exact; they become words in the language of the reader.
    """

    code: str
    place: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    severity: Severity = "warning"

    @property
    def is_row_fault(self) -> bool:
        """Whether a row of the table could not be used as it stands: a fault of the data, not of the document."""
        return self.code in ROW_FAULTS

    def text(self, lang: str = "vi") -> str:
        """Return what was found, as sentences."""
        return self._sentence(self.code, lang)

    def suggestion(self, lang: str = "vi") -> str:
        """Return what to do about it, as a sentence."""
        return self._sentence(f"{self.code}.do", lang)

    def located(self, lang: str = "vi") -> str:
        """Return the finding as one line: ``place: sentences [code]``."""
        return f"{self.place}: {self.text(lang)} {self.suggestion(lang)} [{self.code}]"

    def as_dict(self, lang: str = "vi") -> dict[str, Any]:
        """Return the finding for JSON, with its sentences in ``lang``."""
        return {
            "code": self.code,
            "place": self.place,
            "severity": self.severity,
            "figures": {name: plain_figure(value) for name, value in self.figures.items()},
            "message": self.text(lang),
            "suggestion": self.suggestion(lang),
        }

    def _sentence(self, code: str, lang: str) -> str:
        shown = {name: figure_text(value, lang) for name, value in self.figures.items()}
        words = PHRASES.text(code, lang, place=self.place, **shown)
        tails = [name for name in _TAILS if self.figures.get(name)] if code == self.code else []
        return " ".join([words, *(PHRASES.text(name, lang, **shown) for name in tails)])


def finding(code: str, place: str, **figures: Figure | None) -> PublishedFinding:
    """Make a finding with the severity of its code; figures that are not known are left out."""
    return PublishedFinding(
        code, place, {name: value for name, value in figures.items() if value is not None}, SEVERITIES[code]
    )


class PublishedError(ValueError):
    """A table of points cannot be used at all. ``faults`` hold the one finding that says why, with its remedy."""

    def __init__(self, code: str, place: str, **figures: Figure | None) -> None:
        known = {name: value for name, value in figures.items() if value is not None}
        self.faults = (PublishedFinding(code, place, known, "error"),)
        super().__init__(self.faults[0].located("en"))

    @property
    def code(self) -> str:
        """The stable code of what is wrong."""
        return self.faults[0].code

    def text(self, lang: str = "vi") -> str:
        """Return what is wrong and what to do, as sentences."""
        return f"{self.faults[0].text(lang)} {self.faults[0].suggestion(lang)}"


# -- figures in words


def exact_text(value: Fraction) -> str:
    """Write a number exactly: as a decimal where six places are enough, otherwise as a fraction."""
    text = decimal_text(value)
    return text if Fraction(text) == value else str(value)


def number_text(value: Fraction, lang: str) -> str:
    """Write a number exactly for people: ``18,91`` in Vietnamese."""
    return local_text(value, lang) if Fraction(decimal_text(value)) == value else str(value)


def set_text(points: PointSet, lang: str) -> str:
    """Write a set of points: ``0; 2,5; từ 5 đến dưới 10``."""
    pieces = [_span_text(span, lang) for span in points.spans[:SHOWN]]
    if len(points.spans) > SHOWN:
        pieces.append("…")
    return "; ".join(pieces) if pieces else PHRASES.text("none", lang)


def figure_text(value: Figure, lang: str) -> str:
    """Write a figure in words."""
    if isinstance(value, Fraction):
        return number_text(value, lang)
    if isinstance(value, PointSet):
        return set_text(value, lang)
    if isinstance(value, Sum):
        return value.text(lang)
    if isinstance(value, Words):
        return value[lang]
    if isinstance(value, Mapping):
        return _listed([f"{code} = {number_text(points, lang)}" for code, points in value.items()], "; ")
    return str(value) if isinstance(value, int | str) else _listed(list(value), ", ")


def plain_figure(value: Figure) -> Any:
    """Return a figure for JSON: numbers exactly as text, sets as their spans, equations as text and unknowns."""
    if isinstance(value, Fraction):
        return exact_text(value)
    if isinstance(value, PointSet):
        return [_plain_span(span) for span in value.spans]
    if isinstance(value, Sum):
        sought = {code: plain_figure(points) for code, points in value.sought.items()}
        return {"text": value.text("en"), "unknown": sought}
    if isinstance(value, Words):
        return {"vi": value.vi, "en": value.en}
    if isinstance(value, Mapping):
        return {code: exact_text(points) for code, points in value.items()}
    return value if isinstance(value, int | str) else list(value)


def _listed(items: list[str], separator: str) -> str:
    return separator.join(items[:SHOWN]) + (separator + "…" if len(items) > SHOWN else "")


def _letter(number: int) -> str:
    return LETTERS[number] if number < len(LETTERS) else f"x{number + 1}"


def _term(term: Term, letters: Mapping[str, str], lang: str) -> str:
    written = letters.get(term.code)
    if written is None:
        assert term.points is not None, "what is not printed is looked for"
        written = number_text(term.points, lang)
    return written if term.factor == 1 else f"{number_text(term.factor, lang)} × {written}"


def _span_text(span: Span, lang: str) -> str:
    low, high = number_text(span.low, lang), number_text(span.high, lang)
    if span.is_point:
        return low
    ends = {(False, False): "closed", (False, True): "below", (True, False): "above", (True, True): "open"}
    return PHRASES.text(ends[span.low_open, span.high_open], lang, low=low, high=high)


def _plain_span(span: Span) -> Any:
    if span.is_point:
        return exact_text(span.low)
    open_ends = {"low_open": span.low_open, "high_open": span.high_open}
    return {"low": exact_text(span.low), "high": exact_text(span.high), **open_ends}
