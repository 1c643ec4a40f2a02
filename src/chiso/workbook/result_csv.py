"""Results as CSV: a row a unit and criterion, then dimensions, pillars and total; no cell starts a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, TextIO

from chiso.quantity import decimal_text
from chiso.scoring.result import unit_results
from chiso.scoring.score import Scores
from chiso.workbook.result_phrases import phrase
from chiso.workbook.standings import unscored_leaves

COLUMNS = ("unit", "code", "status", "points", "share", "max", "message")

#: What makes a spreadsheet take text for a formula, or for the continuation of one.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_result_csv(scores: Scores, stream: TextIO, lang: str = "vi") -> None:
    """Write the results of all units.

    After its criteria a unit has rows for its dimensions (``dimension:1``), pillars (``pillar:A``) and ``total``, whose
    message says rank and class; in a maturity framework ``level``. Numbers are those of the JSON. Open the stream
    with ``newline=""``; with the encoding ``utf-8-sig`` spreadsheets show Vietnamese letters.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for position, unit in enumerate(unit_results(scores, lang, exact=False)):
        open_ = sum(1 for _ in unscored_leaves(scores, position))
        name = harmless(unit["unit"])
        writer.writerows(
            (name, harmless(row["code"]), row["status"], row.get("points"), row.get("share"), row.get("max"),
             harmless(row.get("message")))
            for row in _rows(unit, scores, open_, lang)
        )  # fmt: skip


def harmless(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula: where it would, an apostrophe goes first."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _rows(unit: dict[str, Any], scores: Scores, open_: int, lang: str) -> Iterator[dict[str, Any]]:
    name = unit["unit"]
    if unit["level"] is not None:
        yield from _levels(unit, lang)
        return
    for code, entry in unit["criteria"].items():
        yield {"unit": name, "code": code, **entry}
    for one in scores.framework.dimensions:
        most = None if one.max_points is None else decimal_text(one.max_points)
        counted = bool(scores.totals.by_dimension[one.code])
        points = unit["dimensions"][one.code]
        row = {"unit": name, "code": f"dimension:{one.code}", "points": points, "max": most}
        yield {**row, "status": _state(points) if counted else "unscored"}
    for code, points in unit["pillars"].items():
        yield {"unit": name, "code": f"pillar:{code}", "status": _state(points), "points": points}
    yield {"unit": name, "code": "total", "status": _state(unit["total"]), **_total(unit, open_, lang)}


def _state(points: str | None) -> str:
    return "missing" if points is None else "scored"


def _levels(unit: dict[str, Any], lang: str) -> Iterator[dict[str, Any]]:
    level = unit["level"]
    for code, entry in unit["criteria"].items():
        met = ", ".join(str(number) for number in level["satisfied"].get(code, []))
        words = phrase("met_levels", lang, levels=met) if met else phrase("no_target", lang)
        said = [entry["message"], words] if entry["status"] == "scored" else [entry["message"]]
        message = "; ".join(one for one in said if one) or words
        yield {"unit": unit["unit"], "code": code, **entry, "message": message}
    said = [level["name"] or phrase("no_level", lang), *([unit["not_ranked"]] if unit["not_ranked"] else [])]
    if level["registered"] is not None:
        met = phrase("met" if level["registered_met"] else "not_met", lang)
        said.append(phrase("registered_words", lang, level=level["registered"], met=met))
    said += [phrase("forecast", lang)] if level["forecast"] else []
    message = "; ".join(said)
    yield {"unit": unit["unit"], "code": "level", "status": "scored", "points": level["reached"], "message": message}


def _total(unit: dict[str, Any], open_: int, lang: str) -> dict[str, Any]:
    words = [f"{phrase('rank', lang)} {unit['rank']}"] if unit["rank"] else []
    words += [unit["not_ranked"]] if unit["not_ranked"] else []
    words += [unit["class_name"]] if unit["class_name"] else []
    words += [phrase("provisional", lang, count=open_)] if unit["provisional"] else []
    return {"points": unit["total"], "share": unit["share"], "max": unit["max"], "message": "; ".join(words)}
