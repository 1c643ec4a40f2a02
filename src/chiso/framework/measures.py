"""Units of measure and their algebra: households are not money, and a share has no unit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Measure:
    """A product of units of measure with whole exponents, kept sorted so that equal measures compare equal."""

    powers: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, unit: str) -> Measure:
        """Return the measure of one unit; ``share`` is dimensionless."""
        return _of(unit)

    def __mul__(self, other: Measure) -> Measure:
        return self._join(other, 1)

    def __truediv__(self, other: Measure) -> Measure:
        return self._join(other, -1)

    def _join(self, other: Measure, sign: int) -> Measure:
        return _joined(self.powers, other.powers, sign)

    def __str__(self) -> str:
        return self._written({}) if self.powers else "share"

    def words(self, lang: str) -> str:
        """Write the measure with the words of the catalogue: ``tỷ đồng/hộ``."""
        words = {unit: names[lang] for unit, names in known_units().items()}
        return self._written(words) if self.powers else {"vi": "tỷ lệ", "en": "a share"}[lang]

    def _written(self, words: dict[str, str]) -> str:
        named = [(words.get(unit, unit), power) for unit, power in self.powers]
        over = [f"{unit}^{power}" if power > 1 else unit for unit, power in named if power > 0]
        under = [f"{unit}^{-power}" if power < -1 else unit for unit, power in named if power < 0]
        divisor = f"({'*'.join(under)})" if len(under) > 1 else "".join(under)
        return f"{'*'.join(over) or '1'}/{divisor}" if under else "*".join(over)


DIMENSIONLESS = Measure()


@lru_cache(maxsize=1024)
def _of(unit: str) -> Measure:
    return DIMENSIONLESS if unit in ("share", "") else Measure(((unit, 1),))


@lru_cache(maxsize=1024)
def _joined(ours: tuple[tuple[str, int], ...], others: tuple[tuple[str, int], ...], sign: int) -> Measure:
    powers = dict(ours)
    for unit, power in others:
        powers[unit] = powers.get(unit, 0) + sign * power
    return Measure(tuple(sorted((unit, power) for unit, power in powers.items() if power)))


class MeasureMismatch(ValueError):  # noqa: N818 - a mismatch is what it is; "Error" would add nothing
    """Two terms that are added, subtracted or compared have different units of measure."""

    def __init__(self, left: str, left_measure: Measure, right: str, right_measure: Measure) -> None:
        self.left, self.left_measure = left, left_measure
        self.right, self.right_measure = right, right_measure
        super().__init__(f"{left} is in {left_measure}, {right} is in {right_measure}")


@cache
def known_units() -> dict[str, dict[str, str]]:
    """Return every unit of measure of the catalogue: id -> its Vietnamese and English words."""
    import yaml

    text = resources.files("chiso.library").joinpath("measures.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe loaders
    return loaded
