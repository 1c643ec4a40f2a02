"""What keeps units from the next maturity level: of a few each target, of many a row each and the common hurdles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from chiso.framework.model import Criterion
from chiso.framework.rules import Levels
from chiso.framework.words import target_line
from chiso.scoring.score import Scores
from chiso.workbook.result_levels import reported_words
from chiso.workbook.result_points import MAX_ACROSS
from chiso.workbook.result_sheet import Column, Result, ResultSheet
from chiso.workbook.standings import Grade
from chiso.workbook.why import why


def write_unmet(result: Result, scores: Scores, lines: Sequence[Grade]) -> None:
    """Write what units do not meet: few of them criterion by criterion, many in a row each."""
    if len(lines) <= MAX_ACROSS:
        _write_targets(result, scores, lines)
    else:
        _write_next(result, scores, lines)
        _write_hurdles(result, scores, lines)


def _write_targets(result: Result, scores: Scores, lines: Sequence[Grade]) -> None:
    """Write a row a unit and criterion: the lowest level whose target is not met, and the other ones."""
    say = result.say
    columns = [Column(say("unit"), 20), Column(say("code"), 8), Column(say("title"), 46), Column(say("at_level"), 7)]
    columns += [Column(say("target"), 32), Column(say("now"), 13, align="right")]
    columns += [Column(say("also_at"), 12), Column(say("message"), 30)]
    sheet = ResultSheet(result, say("unmet"), columns, frozen=2)
    left = 0
    for line in lines:
        for code, levels in _levels_lacking(scores, line).items():
            if sheet.full:
                left += 1
                continue
            criterion = scores.framework.criteria[code]
            value = line.reached.value(code)
            now = reported_words(result, criterion, value.value) if value.known else say(value.state.word)
            cause = "" if value.known else why(scores.framework, criterion, value, result.lang)
            target = _target(scores, criterion, levels[0], result.lang)
            further = ", ".join(map(str, levels[1:]))
            sheet.write([line.name, code, criterion.title, levels[0], target, now, further, cause])
    if not any(_levels_lacking(scores, line) for line in lines):
        sheet.remark(say("nothing"))
    if left:
        sheet.remark(say("more", count=left))
    sheet.finish(filter_rows=True)


def _levels_lacking(scores: Scores, line: Grade) -> dict[str, list[int]]:
    """Return the levels that a unit misses for each criterion, in printed order."""
    found: dict[str, list[int]] = {}
    for number, codes in sorted(line.reached.unmet.items()):
        for code in codes:
            found.setdefault(code, []).append(number)
    return {code: found[code] for code in scores.framework.criteria if code in found}


def _target(scores: Scores, criterion: Criterion, level: int, lang: str) -> str:
    rule = criterion.effective_rule
    assert isinstance(rule, Levels), "only maturity criteria have targets"
    return target_line(scores.framework, criterion, rule, rule.targets.get(level), lang)


def _write_next(result: Result, scores: Scores, lines: Sequence[Grade]) -> None:
    """Write a row a unit: the level above the one it has reached, and the criteria it lacks for that."""
    say = result.say
    names = {level.number: f"{level.number}. {level.name[result.lang]}" for level in scores.framework.levels}
    columns = [Column(say("unit"), 28), Column(say("level"), 9), Column(say("next_level"), 18)]
    columns += [Column(say("lacking"), 9), Column(say("lacking_codes"), 52), Column(say("unknown_codes"), 36)]
    sheet = ResultSheet(result, say("unmet"), columns, frozen=1)
    for line in lines:
        if sheet.full:
            break
        above = line.reached.number + 1
        codes = line.reached.unmet.get(above, [])
        known = [code for code in codes if line.reached.value(code).known]
        unknown = [code for code in codes if code not in known]
        sheet.write(
            [
                line.name,
                line.reached.number,
                names.get(above, say("highest")),
                len(codes),
                ", ".join(known),
                ", ".join(unknown),
            ]
        )
    sheet.finish(filter_rows=True)


def _write_hurdles(result: Result, scores: Scores, lines: Sequence[Grade]) -> None:
    """Write which criteria keep most units from their next level."""
    say = result.say
    columns = [
        Column(say("code"), 8),
        Column(say("title"), 80),
        Column(say("hindered"), 16),
        Column(say("of_them"), 16),
    ]
    sheet = ResultSheet(result, say("hurdles"), columns, frozen=1)
    lacking, unknown = Counter[str](), Counter[str]()
    for line in lines:
        codes = line.reached.unmet.get(line.reached.number + 1, [])
        lacking.update(codes)
        unknown.update(code for code in codes if not line.reached.value(code).known)
    order = list(scores.framework.criteria)
    for code in sorted(lacking, key=lambda one: (-lacking[one], order.index(one))):
        sheet.write([code, scores.framework.criteria[code].title, lacking[code], unknown[code]])
    if not lacking:
        sheet.remark(say("nothing"))
    sheet.finish()
