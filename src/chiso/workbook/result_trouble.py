"""What is missing or faulty, with what to do about it: of a few units figure by figure, of many in short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chiso.scoring.score import Scores
from chiso.scoring.states import State
from chiso.workbook.result_points import MAX_ACROSS
from chiso.workbook.result_sheet import Column, Result, ResultSheet
from chiso.workbook.standings import Grade, Standing, open_leaves
from chiso.workbook.why import why


def write_trouble(result: Result, scores: Scores, lines: Sequence[Standing | Grade]) -> None:
    """Write what is missing or faulty, unit by unit."""
    say, short = result.say, len(lines) > MAX_ACROSS
    if short:
        columns = [
            Column(say("unit"), 28),
            Column(say("state"), 15),
            Column(say("codes"), 44),
            Column(say("message"), 60),
        ]
    else:
        columns = [Column(say("unit"), 24), Column(say("code"), 9), Column(say("title"), 48), Column(say("state"), 13)]
        columns += [] if scores.framework.is_maturity else [Column(say("max"), 9, result.max_decimals)]
        columns.append(Column(say("message"), 48))
    sheet = ResultSheet(result, say("trouble"), columns, frozen=1)
    left = 0
    for line in lines:
        for row in _in_short(result, scores, line) if short else _in_full(result, scores, line):
            if sheet.full:
                left += 1
            else:
                sheet.write(row)
    if not any(line.open for line in lines):
        sheet.remark(say("nothing"))
    if left:
        sheet.remark(say("more", count=left))
    sheet.finish(filter_rows=True)


def _in_full(result: Result, scores: Scores, line: Standing | Grade) -> Iterator[list[Any]]:
    """Yield a row a criterion."""
    for leaf, value in open_leaves(scores, line.unit):
        most = [] if scores.framework.is_maturity else [leaf.criterion.max_points]
        cause = why(scores.framework, leaf.criterion, value, result.lang)
        yield [line.name, leaf.code, leaf.criterion.title, result.say(value.state.word), *most, cause]


def _in_short(result: Result, scores: Scores, line: Standing | Grade) -> Iterator[list[Any]]:
    """Yield a row for all figures that are only missing, and one for each criterion that has another trouble."""
    found = list(open_leaves(scores, line.unit))
    missing = [leaf.code for leaf, value in found if value.state is State.MISSING]
    if missing:
        words = result.say("missing_figures", count=len(missing))
        yield [line.name, result.say(State.MISSING.word), ", ".join(missing), words]
    for leaf, value in found:
        if value.state is not State.MISSING:
            cause = why(scores.framework, leaf.criterion, value, result.lang)
            yield [line.name, result.say(value.state.word), leaf.code, cause]
