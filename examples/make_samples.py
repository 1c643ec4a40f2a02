"""Writes the sample data of this folder: ``python examples/make_samples.py``.

Every unit, figure and source written here is made up and says so. The figures are plausible, and the same on every
machine: nothing is drawn at random. A test proves that the files are what this script writes.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import chiso
from chiso.framework.expression import Formula, Operation
from chiso.framework.inputs import Asked, asked, every_rule
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Choice, Levels, PerItem, Ratio, Rule, Steps, Target
from chiso.quantity import decimal_text

FOLDER = Path(__file__).parent
SOURCE = "số liệu mẫu"
COLUMNS = ("unit", "code", "input", "value", "as_of", "source", "note")

#: Sample provinces: how large they are, and how far they have come (both in hundredths).
PROVINCES = {
    "Tỉnh mẫu A": (120, 92),
    "Tỉnh mẫu B": (95, 74),
    "Tỉnh mẫu C": (150, 61),
    "Tỉnh mẫu D": (80, 45),
    "Tỉnh mẫu E": (60, 33),
}

#: Figures of a province of average size; other totals follow from their unit of measure.
PROVINCE_TOTALS = {
    "population": 1_240_000,
    "households": 318_000,
    "communes": 168,
    "civil_servants": 2_150,
    "workstations": 9_800,
    "information_systems": 46,
    "incidents_detected": 64,
    "shared_platforms_deployed": 7,
    "enterprises": 8_900,
    "postal_points": 265,
    "state_budget_spending": 16_500,
    "digital_transformation_spending": 190,
    "online_services": 1_460,
    "full_online_services": 870,
    "dossiers_settled": 402_000,
    "1.3/b": 24,
    "4.8/b": 4,
    "4.9/b": 2_900,
    "4.12/b": 19,
    "4.13/b": 512,
    "5.3/b": 140,
    "5.5/b": 58,
    "5.9/n": 3,
    "6.6/b": 22,
    "6.7/b": 16,
    "6.8/b": 870,
    "6.13/c": 148_000,
    "6.13/d": 6_300,
    "6.14/a": 5_200,
    "6.14/c": 640,
    "7.1/b": 89_000,
    "7.9/b": 1_150_000,
    "7.10/a": 1_900,
    "8.6/n": 42,
    "8.7/n": 28,
}
#: Totals that are part of another one, with their share of it.
WITHIN = {
    "population_15_plus": ("population", Fraction(73, 100)),
    "working_age_population": ("population", Fraction(58, 100)),
    "public_employees": ("civil_servants", Fraction(12)),
    "civil_servants_and_public_employees": ("civil_servants", Fraction(13)),
    "information_systems_level_approved": ("information_systems", Fraction(82, 100)),
    "small_medium_enterprises": ("enterprises", Fraction(95, 100)),
    "partial_online_services_with_dossiers": ("online_services", Fraction(21, 100)),
    "full_online_services_with_dossiers": ("online_services", Fraction(29, 100)),
}
#: Totals that do not grow with the province.
FIXED = {"shared_platforms_deployed", "1.3/b", "6.7/b", "online_services", "6.8/b", "full_online_services"}
#: What else is counted, by its unit of measure.
BY_MEASURE = {"feedback": 900, "person": 700, "billion_vnd": 2, "service": 600, "broadcast": 60}

#: What stands in place of a figure: nothing (missing), or not applicable.
PROVINCE_GAPS = {
    ("Tỉnh mẫu D", "4.13/a"): ("", "chưa có số liệu của ngành giáo dục"),
    ("Tỉnh mẫu E", "5.5/a"): ("n/a", "không phát hiện địa chỉ IP botnet nào"),
    ("Tỉnh mẫu E", "5.5/b"): ("n/a", "không phát hiện địa chỉ IP botnet nào"),
}

#: Sample communes with the level their figures are made for, by the district that they belong to.
COMMUNES = {
    "Huyện mẫu A": {"Xã mẫu A1": 3, "Xã mẫu A2": 2, "Thị trấn mẫu A3": 3, "Xã mẫu A4": 2},
    "Huyện mẫu B": {"Xã mẫu B1": 1, "Xã mẫu B2": 2, "Phường mẫu B3": 4},
}
DISTRICTS = {"Huyện mẫu A": 3, "Huyện mẫu B": 2}
#: One criterion of one commune that is left open.
COMMUNE_GAPS = {("Xã mẫu A4", "III.7"): ("", "đang rà soát nhà văn hóa")}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a facts file."""

    unit: str
    code: str
    input: str
    value: str
    note: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the cells in the order of :data:`COLUMNS`."""
        return (self.unit, self.code, self.input, self.value, "2022-12-31", SOURCE, self.note)


def wobble(*names: str) -> Fraction:
    """Return a number between 3/4 and 5/4 that depends on nothing but the names."""
    byte = hashlib.sha256("/".join(names).encode()).digest()[0]
    return Fraction(3, 4) + Fraction(byte, 510)


class Province:
    """The figures of one sample province."""

    def __init__(self, framework: Framework, name: str, size: int, progress: int) -> None:
        self.framework, self.name = framework, name
        self.size, self.progress = Fraction(size, 100), Fraction(progress, 100)
        self.figures: dict[str, Fraction] = {}

    def rows(self) -> Iterator[Row]:
        """Yield shared figures once, then the figures of each criterion in printed order."""
        answers: list[Row] = []
        shared: dict[str, Row] = {}
        leaves = [one for one in self.framework.criteria.values() if not one.criteria]
        for criterion in leaves:
            self._parts(criterion, criterion.effective_rule)
        for criterion in leaves:
            for one in asked(self.framework, criterion):
                gap = PROVINCE_GAPS.get((self.name, one.fact))
                value, note = gap or (self._answer(criterion, one), "")
                if "/" in one.fact:
                    answers.append(Row(self.name, criterion.code, one.name, value, note))
                else:
                    shared[one.fact] = Row(self.name, "", one.fact, value, note)
        yield from (*shared.values(), *answers)

    def _parts(self, criterion: Criterion, rule: Rule) -> None:
        """Fill numerators so that none exceeds its whole, as far above or below its goal as the province has come."""
        inputs = {one.name: one for one in asked(self.framework, criterion)}
        for node in every_rule(rule):
            if isinstance(node, Ratio):
                goal = min(Fraction(1), node.full_at * Fraction(11, 10))
                self._fill(inputs, node.numerator, node.denominator, goal)
            elif isinstance(node, Steps) and isinstance(node.of.term, Operation):
                over, under = Formula(node.of.term.left), Formula(node.of.term.right)
                self._fill(inputs, over, under, node.lines[0].bound[1] * Fraction(13, 10))

    def _fill(self, inputs: Mapping[str, Asked], over: Formula, under: Formula, goal: Fraction) -> None:
        wholes = [self._total(inputs[name]) for name in sorted(under.names())]
        terms = [inputs[name] for name in sorted(over.names())]
        share = min(Fraction(1), goal * self.progress * wobble(self.name, terms[0].fact))
        if len(terms) != len(wholes):
            weights = [wobble(self.name, one.fact, "weight") for one in terms]
            wholes = [sum(wholes, Fraction(0)) * weight / sum(weights) for weight in weights]
        for one, whole in zip(terms, wholes, strict=True):
            self.figures.setdefault(one.fact, _written(whole * share, one))

    def _total(self, one: Asked) -> Fraction:
        if one.fact in WITHIN and one.fact not in self.figures:
            whole, share = WITHIN[one.fact]
            self.figures[one.fact] = _written(self._total(replace(one, fact=whole)) * share, one)
        if one.fact not in self.figures:
            base = Fraction(PROVINCE_TOTALS.get(one.fact, BY_MEASURE.get(one.unit, 40)))
            grown = base if one.fact in FIXED else base * self.size * wobble(self.name, one.fact)
            self.figures[one.fact] = _written(grown, one)
        return self.figures[one.fact]

    def _answer(self, criterion: Criterion, one: Asked) -> str:
        reached = self.progress * wobble(self.name, one.fact)
        if one.type == "choice":
            return _option(criterion.effective_rule, one, reached)
        if one.type == "yes_no":
            return "có" if reached > Fraction(2, 5) else "không"
        rule = criterion.effective_rule
        if isinstance(rule, Steps) and str(rule.of) == one.name:
            self.figures.setdefault(one.fact, _written(rule.lines[0].bound[1] * reached * Fraction(5, 4), one))
        if isinstance(rule, PerItem):
            self.figures.setdefault(one.fact, _written(8 * reached, one))
        return _text(self._total(one))


def _option(rule: Rule, one: Asked, reached: Fraction) -> str:
    """Return the option whose share of the points comes closest to what was reached."""
    choices = [node for node in every_rule(rule) if isinstance(node, Choice) and node.input == one.name]
    options = choices[0].options
    return min(options, key=lambda option: abs((option.share or Fraction(0)) - reached)).id


def _written(value: Fraction, one: Asked) -> Fraction:
    """Return a value as offices write it: counts whole, money with one decimal."""
    if one.type in ("amount", "number"):
        return Fraction(round(value * 10), 10)
    return Fraction(round(value))


def _text(value: Fraction) -> str:
    return decimal_text(value, 1)


def maturity_rows(
    framework: Framework, levels: Mapping[str, int], gaps: Mapping[tuple[str, str], tuple[str, str]]
) -> Iterator[Row]:
    """Yield what units report that have just reached their level."""
    for unit, level in levels.items():
        for criterion in framework.criteria.values():
            rule = criterion.effective_rule
            if isinstance(rule, Levels) and rule.value != "children":
                value, note = gaps.get((unit, criterion.code)) or (_reported(rule, level, unit, criterion.code), "")
                yield Row(unit, criterion.code, "value", value, note)


def _reported(rule: Levels, level: int, unit: str, code: str) -> str:
    below = [target for number, target in rule.targets.items() if number <= level and target is not None]
    if rule.value == "yes_no":
        return "có" if below else "không"
    needed = max((_needed(target) for target in below), default=Fraction(0))
    if rule.value == "count":
        return str(needed)
    above = (wobble(unit, code) - Fraction(3, 4)) * 12
    return _text(Fraction(min(100, round(needed * 100 + above))))


def _needed(target: Target) -> Fraction:
    if target.any_of is not None:
        return max(_needed(one) for one in target.any_of)
    return target.at_least or Fraction(0)


def write(name: str, columns: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> None:
    """Write one CSV file, in UTF-8 with the mark by which Excel knows it."""
    with (FOLDER / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def unit_rows() -> Iterator[tuple[str, ...]]:
    """Yield the sample districts and their communes."""
    for district, communes in COMMUNES.items():
        yield district, "district", "", "huyện mẫu", "2022-01-01", ""
        for commune in communes:
            yield commune, "commune", district, "xã mẫu", "2022-01-01", ""


def main() -> None:
    """Write every sample file."""
    province = chiso.load("gia-lai-2023-province")
    made = (Province(province, name, *known).rows() for name, known in PROVINCES.items())
    write("gia-lai-sample-facts.csv", COLUMNS, (row.cells() for rows in made for row in rows))
    communes = {name: level for group in COMMUNES.values() for name, level in group.items()}
    commune_rows = maturity_rows(chiso.load("khung-2024-commune"), communes, COMMUNE_GAPS)
    write("communes-sample.csv", COLUMNS, (row.cells() for row in commune_rows))
    district_rows = maturity_rows(chiso.load("khung-2024-district"), DISTRICTS, {})
    write("districts-sample.csv", COLUMNS, (row.cells() for row in district_rows))
    write("units-sample.csv", ("unit", "kind", "parent", "group", "valid_from", "valid_to"), unit_rows())


if __name__ == "__main__":
    main()
