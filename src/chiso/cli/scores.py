"""``chiso score``: points, totals, levels and ranks of all units."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from chiso.cli.chosen import load_framework
from chiso.cli.files import check_output, new_file
from chiso.cli.layout import json_pieces
from chiso.cli.loading import load_facts
from chiso.cli.main import DONE, WITH_FAULTS, UnusableError
from chiso.cli.output import print_json, print_table, say, say_faults, watched
from chiso.cli.phrases import phrase
from chiso.quantity import fixed_text, local_text
from chiso.scoring.entries import DataFault
from chiso.scoring.result import head, unit_results
from chiso.scoring.score import Scores, score
from chiso.workbook.result_book import write_result
from chiso.workbook.result_csv import write_result_csv
from chiso.workbook.standings import Grade, Standing, counted_dimensions, grades, standings


def score_units(options: Namespace) -> int:
    """Score the units of the given facts and print or write the result."""
    suffix = _suffix(options)
    framework = load_framework(options.id, options)
    facts, faults = load_facts(framework, options)
    scores = score(framework, facts)
    if suffix:
        _write(scores, faults, suffix, options)
    say_faults(faults, options.lang)
    if suffix:
        say(phrase("score.written", options.lang, name=options.output))
    if options.format or not suffix:
        _print(scores, faults, options)
    return WITH_FAULTS if any(fault.severity == "error" for fault in faults) else DONE


def _suffix(options: Namespace) -> str:
    if not options.output:
        return ""
    suffix = Path(options.output).suffix.lower()
    if suffix not in (".json", ".csv", ".xlsx"):
        raise UnusableError(phrase("output.form", options.lang, name=options.output))
    check_output(options)
    return suffix


def _write(scores: Scores, faults: Sequence[DataFault], suffix: str, options: Namespace) -> None:
    with new_file(options) as path:
        if suffix == ".xlsx":
            write_result(scores, path, options.lang)
        elif suffix == ".csv":
            with path.open("w", encoding="utf-8-sig", newline="") as stream:
                write_result_csv(scores, stream, options.lang)
        else:
            with path.open("w", encoding="utf-8", newline="\n") as stream:
                stream.writelines(json_pieces(_result(scores, faults, options)))


def _print(scores: Scores, faults: Sequence[DataFault], options: Namespace) -> None:
    if options.format == "json":
        print_json(_result(scores, faults, options))
    elif options.format == "csv":
        write_result_csv(scores, sys.stdout, options.lang)
    elif scores.framework.is_maturity:
        _print_levels(scores, options.lang)
    else:
        _print_ranking(scores, options.lang)


def _result(scores: Scores, faults: Sequence[DataFault], options: Namespace) -> dict[str, Any]:
    """Return the result with its units still to be worked out, one after the other while they are written."""
    units = watched(unit_results(scores, options.lang), phrase("progress.units", options.lang), len(scores.facts))
    listed = [
        {
            "code": fault.code,
            "severity": fault.severity,
            "place": fault.place,
            "unit": fault.unit,
            "criterion": fault.criterion,
            "message": fault.text(options.lang),
        }
        for fault in faults
    ]
    return {**head(scores), "units": units, "faults": listed}


def _print_ranking(scores: Scores, lang: str) -> None:
    decimals = scores.framework.policies.rounding.decimals
    several = len({unit.group for unit in scores.facts.units}) > 1
    shown = [dimension.code for dimension in counted_dimensions(scores)]
    rows = []
    for one in standings(scores, lang):
        row = [
            "" if one.rank is None else str(one.rank),
            one.name,
            fixed_text(one.total.points, lang, decimals) if one.known else "",
            local_text(one.total.most, lang),
            f"{fixed_text(one.total.share() * 100, lang, 2)} %" if one.known else "",
            _state(one, lang),
            *(_part(scores, one, code, lang) for code in shown),
        ]
        rows.append([one.group, *row] if several else row)
    headings = [*phrase("score.headings", lang).split("|"), *shown]
    first = 1 if several else 0
    right = [first, first + 2, first + 3, first + 4, *range(first + 6, first + len(headings))]
    print_table([phrase("score.group", lang), *headings] if several else headings, rows, right)


def _state(one: Standing | Grade, lang: str) -> str:
    """Say how complete a result is, and whether the unit is left out of the ranking."""
    state = phrase("score.provisional" if one.open else "score.complete", lang, count=one.open)
    if isinstance(one, Grade) and one.reached.forecast:
        state = phrase("score.forecast", lang, state=state)
    return phrase("score.not_ranked", lang, state=state) if one.absence else state


def _part(scores: Scores, one: Standing, code: str, lang: str) -> str:
    """Return the points of a dimension; nothing where nothing in it has points yet."""
    decimals = scores.framework.policies.rounding.decimals
    return fixed_text(one.dimensions[code].points, lang, decimals) if scores.totals.known(one.unit, code) else ""


def _print_levels(scores: Scores, lang: str) -> None:
    names = {level.number: level.name[lang] for level in scores.framework.levels}
    lines = grades(scores, lang)
    registered = any(one.reached.registered is not None for one in lines)
    rows = []
    for one in lines:
        number = one.reached.number
        lacking = ", ".join(one.reached.unmet.get(number + 1, []))
        name = names.get(number, phrase("score.no_level", lang))
        aim = [_registered(one, lang)] if registered else []
        rows.append([one.name, str(number), name, *aim, _state(one, lang), lacking])
    headings = phrase("score.level_headings", lang).split("|")
    if registered:
        headings.insert(3, phrase("score.registered", lang))
    print_table(headings, rows, right=(1,))


def _registered(one: Grade, lang: str) -> str:
    """Say which level a unit has registered, and whether it is met."""
    reached = one.reached
    if reached.registered is None:
        return ""
    code = "score.registered_met" if reached.registered_met else "score.registered_missed"
    return phrase(code, lang, level=reached.registered)
