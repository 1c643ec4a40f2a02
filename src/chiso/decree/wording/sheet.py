"""The figures of one rule: letters that the document defines, and names for figures it does not name by a letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from chiso.decree.wording.lexing import folded, tokens_of
from chiso.decree.wording.nodes import Figure
from chiso.decree.wording.sayings import first_place, holds
from chiso.decree.wording.worth import RATIO, Worth, product_of
from chiso.framework.expression import Formula, Name, Number, Operation, Term

#: With what the words of a whole open.
_WHOLE = re.compile(r"^(tong|toan bo)\b")


#: A letter of a formula, perhaps with a number.
_LETTER = re.compile(r"[A-Za-zđĐ]\d{0,2}")

#: A title that prints its ratio: "Tỷ lệ hồ sơ trực tuyến (số hồ sơ trực tuyến/tổng số hồ sơ)".
_QUOTIENT = re.compile(r"\((?P<over>[^()/\d]{4,})/(?P<under>[^()/\d]{4,})\)\s*$")

#: "Lượng khách kế hoạch": what was planned.
_PLANNED = re.compile(r"^(?:luong|san luong|gia tri|doanh thu|von|dien tich)\b.*\bke hoach$")

#: What a figure without a unit of measure is.
_UNITLESS = {"amount": "number"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One input: its words, type and unit of measure."""

    label: str
    type: str = "count"
    unit: str = ""
    constant: Fraction | None = None
    part: str = ""


@dataclass
class Sheet:
    """Inputs by name, in the order in which they were met; ``derived`` letters stand for formulas."""

    title: str
    inputs: dict[str, Entry] = field(default_factory=dict)
    derived: dict[str, Term] = field(default_factory=dict)
    ratio: Worth | None = None
    part: str = ""

    @contextmanager
    def within(self, part: str) -> Iterator[None]:
        """Read a part of the rule, in which words mean other figures than the same words in another part."""
        before, self.part = self.part, f"{self.part}/{part}"
        with self.titled(part):
            yield
        self.part = before

    @contextmanager
    def titled(self, words: str) -> Iterator[None]:
        """Name the ratio by other words for a while; none: by the title."""
        before, self.title = self.title, words or self.title
        yield
        self.title = before

    def letter(self, name: str, label: str, constant: Fraction | None = None) -> str:
        """Add a letter and return its name: another one where the letter has another meaning already."""
        known = self.inputs.get(name)
        if known is not None and folded(known.label) != folded(label):
            name = self._free(name)
        unit = unit_in(label)
        self.inputs[name] = Entry(label, "amount" if unit == "billion_vnd" else "count", unit, constant)
        return name

    def letters(self) -> list[str]:
        """Return the letters that stand for figures which somebody has to enter."""
        return [name for name, entry in self.inputs.items() if _LETTER.fullmatch(name) and entry.constant is None]

    def named(self, wanted: str, label: str, unit: str = "", kind: str = "count") -> str:
        """Add a figure under a name of our own and return the name; the same words are the same figure."""
        for name, entry in self.inputs.items():
            same = (folded(entry.label), entry.type, entry.part) == (folded(label), kind, self.part)
            if same and name.rstrip("0123456789") == wanted:
                return name
        name = self._free(wanted) if wanted in self.inputs else wanted
        unit = unit or {"days": "day", "number": ""}.get(kind, unit_in(label))
        self.inputs[name] = Entry(label, "amount" if unit == "billion_vnd" else kind, unit, part=self.part)
        return name

    def _free(self, name: str) -> str:
        return next(f"{name}{number}" for number in range(2, 1000) if f"{name}{number}" not in self.inputs)

    def quotient(self, words: str = "") -> Figure:
        """Return the ratio of the wording: as it is printed, from the letters, or from the title (reading A9).

        ``words`` name the ratio where a line does so itself.
        """
        if self.ratio is not None:
            return self.figure(self.ratio.over, self.ratio.under)
        over, under = title_parts(words or self.title)
        unit = unit_in(over)
        below = unit_in(under)
        num = self.named("num", over, unit)
        den = self.named("den", under, below or unit)
        return self._parted(Figure(Name(num), Name(den)))

    def figure(self, over: tuple[Term, ...], under: tuple[Term, ...]) -> Figure:
        """Return terms as a figure, with the ratio, derived letters and words put in place."""
        wanted = "num" if under or RATIO in over else "n"
        above = product_of([self.resolved(term, wanted) for term in over])
        below = product_of([self.resolved(term, "den") for term in under])
        if below is None and isinstance(above, Operation) and above.symbol == "/":
            quotient = above
            above, below = quotient.left, quotient.right
        elif below is None and (rest := _rest_of_whole(above)) is not None:
            above, below = rest
        return self._parted(Figure(Number(Fraction(1)) if above is None else above, below))

    def resolved(self, term: Term, wanted: str = "n") -> Term:
        """Return a term in which every name is an input."""
        if isinstance(term, Operation):
            sides = ("num", "den") if term.symbol == "/" else (wanted, wanted)
            left, right = self.resolved(term.left, sides[0]), self.resolved(term.right, sides[1])
            return Operation(term.symbol, left, right)
        if not isinstance(term, Name):
            return term
        if term == RATIO:
            figure = self.quotient()
            return figure.over if figure.under is None else Operation("/", figure.over, figure.under)
        if term.name in self.derived:
            return self.resolved(self.derived[term.name], wanted)
        entry = self.inputs.get(term.name)
        if entry is not None and entry.constant is not None:
            return Number(entry.constant)
        if entry is None:
            if _LETTER.fullmatch(term.name):
                self.letter(term.name, self.title or term.name)
                return term
            return Name(self.named(wanted, term.name))
        return term

    def _parted(self, figure: Figure) -> Figure:
        """Say whether what is above is counted within what is below (reading A7)."""
        if figure.under is None or isinstance(figure.under, Number):
            return figure
        names = Formula(figure.under).names()
        labels = [folded(self.inputs[name].label) for name in names if name in self.inputs]
        target = any(holds("target", label) or _PLANNED.search(label) for label in labels)
        over, under = self._units(figure.over), self._units(figure.under)
        unlike = bool(over and under and over.isdisjoint(under))
        other_purpose = any(self._other_purpose(figure.over, label) for label in labels)
        return replace(figure, part=not (target or unlike or other_purpose or weighted(figure.over)))

    def _other_purpose(self, over: Term, whole: str) -> bool:
        """Tell whether money above is spent on something else than the money below: no part of it then."""
        purpose = re.search(r"\bcho (.+)", whole)
        if purpose is None or "billion_vnd" not in self._units(over):
            return False
        above = " ".join(folded(self.inputs[name].label) for name in Formula(over).names() if name in self.inputs)
        return not set(purpose[1].split()) <= set(above.split())

    def _units(self, term: Term) -> set[str]:
        units = {self.inputs[name].unit for name in Formula(term).names() if name in self.inputs}
        return units - {""}

    def turned_round(self, figure: Figure) -> bool:
        """Tell whether a printed ratio has the whole above and the part below (reading A3)."""
        if not (isinstance(figure.over, Name) and isinstance(figure.under, Name)):
            return False
        over, under = self.inputs.get(figure.over.name), self.inputs.get(figure.under.name)
        if over is None or under is None or not over.label or not under.label:
            return False
        whole, part = folded(over.label), folded(under.label)
        if _WHOLE.match(part) or holds("eligible", part):
            return False
        return (over.unit == under.unit and bool(_WHOLE.match(whole))) or _within(whole, part)

    def forget(self, *names: str) -> None:
        """Take inputs back that turned out not to be meant."""
        for name in names:
            self.inputs.pop(name, None)

    def as_share(self, name: str) -> None:
        """Take an input as a share: it is multiplied with the maximum and divided by nothing."""
        self.inputs[name] = replace(self.inputs[name], unit="", type="share")

    def measured_alike(self, first: str, second: str) -> None:
        """Give two inputs the same unit of measure: one is counted within the other."""
        self.inputs[second] = replace(self.inputs[second], unit=self.inputs[first].unit, type=self.inputs[first].type)

    def entries(self, names: set[str]) -> list[dict[str, Any]]:
        """Return the inputs entries of the names that a rule uses."""
        found = []
        for name, entry in self.inputs.items():
            if name in names:
                data: dict[str, Any] = {"name": name, "label": entry.label or self.title or name, "type": entry.type}
                if entry.unit:
                    data["unit"] = entry.unit
                found.append(data)
        return found

    def without_units(self) -> Sheet:
        """Return the same without units of measure: they do not fit, so that the words must have been misread."""
        plain = {
            name: entry if entry.type == "days" else replace(entry, unit="", type=_UNITLESS.get(entry.type, entry.type))
            for name, entry in self.inputs.items()
        }
        return replace(self, inputs=plain)


def _rest_of_whole(term: Term | None) -> tuple[Term, Term] | None:
    """Return "1 - a/b" as the two sides of (b - a)/b."""
    if not isinstance(term, Operation) or term.symbol != "-" or term.left != Number(Fraction(1)):
        return None
    part = term.right
    if not isinstance(part, Operation) or part.symbol != "/":
        return None
    return Operation("-", part.right, part.left), part.right


def weighted(term: Term) -> bool:
    """Tell whether a sum counts some of its terms more than once: "(số phiếu tốt x 3 + số phiếu khá x 2)/tổng số"."""
    if not isinstance(term, Operation):
        return False
    times = term.symbol == "*" and any(isinstance(one, Number) and one.value > 1 for one in (term.left, term.right))
    return times or weighted(term.left) or weighted(term.right)


def _within(whole: str, part: str) -> bool:
    """Tell whether a longer label says all that a shorter one says, and more."""
    first, second = whole.split(), part.split()
    common = {"trong", "nam", "cua", "so", "luong", "tren", "dia", "ban"}
    return len(second) > len(first) and set(first) - common <= set(second) and bool(set(first) - common)


def unit_in(label: str) -> str:
    """Return the unit of measure that a label names first, empty where it cannot be told."""
    money = first_place("money", label)
    for token in tokens_of(label):
        if token.type == "NOUN" and (money is None or token.start < money):
            return token.data
    return "billion_vnd" if money is not None else ""


def title_parts(title: str) -> tuple[str, str]:
    """Return what is counted and what it is counted within, from a title such as "Tỷ lệ x/Tổng số y"."""
    words = title.strip().rstrip(".:;")
    if not words:
        return "Tử số", "Mẫu số"
    if printed := _QUOTIENT.search(words):
        return _capital(printed["over"].strip()), _capital(printed["under"].strip())
    plain = folded(words)
    match = re.search(r"\s*/\s*(?=tong )|\s+(tren|so voi)\s+(?=tong )", plain)
    over, under = (
        (words, "") if match is None or len(plain) != len(words) else (words[: match.start()], words[match.end() :])
    )
    over = re.sub(r"^(t[ỷyỉi]\s+l[ệe]|t[ỷyỉi]\s+tr[ọo]ng)\s+(c[ủu]a\s+)?", "", over.strip(), flags=re.IGNORECASE)
    return _capital(over), _capital(under) if under else f"Tổng số để tính: {words}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def ratio_of(worth: Worth) -> tuple[Worth, bool]:
    """Return a printed ratio without "x 100", and whether it is a figure from 0 to 100."""
    if worth.factor == 100:
        return replace(worth, factor=Fraction(1)), True
    return worth, worth.percent
