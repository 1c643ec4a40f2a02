"""The sheets of a result in maturity levels: levels reached, by unit and criterion, targets not met, a chart."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from chiso.framework.model import Criterion, Dimension
from chiso.framework.rules import Levels
from chiso.framework.words import target_line
from chiso.quantity import local_text, percent_text
from chiso.scoring.score import Scores
from chiso.workbook.charts import Bars, add_bars
from chiso.workbook.look import PALE
from chiso.workbook.result_sheet import Column, Mark, Result, ResultSheet
from chiso.workbook.standings import Grade, common_level
from chiso.workbook.why import why


def write_levels(result: Result, scores: Scores, lines: Sequence[Grade]) -> None:
    """Write the level each unit has reached, and how much it lacks for each level."""
    say, framework = result.say, scores.framework
    names = {level.number: level.name[result.lang] for level in framework.levels}
    grouped = any(line.group for line in lines)
    columns = [Column(say("unit"), 34), *([Column(say("group"), 16)] if grouped else [])]
    columns += [Column(say("level"), 9), Column(say("level_name"), 18)]
    registered = any(line.reached.registered is not None for line in lines)
    columns += [Column(say("registered"), 10), Column(say("registered_met"), 12)] if registered else []
    columns.append(Column(say("state"), 28))
    columns += [Column(say("unmet_at", number=number), 14) for number in names]
    sheet = ResultSheet(result, say("levels"), columns, frozen=1)
    for line in lines:
        reached = line.reached.number
        state = say("open_level", count=line.open) if line.open else say("complete")
        state = f"{say('forecast')}. {state}" if line.reached.forecast else state
        state = f"{state}. {line.absence}" if line.absence else state
        lacking = [len(line.reached.unmet[number]) for number in names]
        group = [line.group] if grouped else []
        aim = _aim(result, line) if registered else []
        sheet.write([line.name, *group, reached, names.get(reached, say("no_level")), *aim, state, *lacking])
    sheet.finish(filter_rows=len(lines) > 30)


def _aim(result: Result, line: Grade) -> list[Any]:
    """Return the level that a unit has registered, and whether it is met; nothing where it has registered none."""
    if line.reached.registered is None:
        return ["", ""]
    return [line.reached.registered, result.say("yes" if line.reached.registered_met else "no")]


def write_reached(result: Result, scores: Scores, lines: Sequence[Grade], shown: str) -> None:
    """Write for each criterion and unit the highest level met (``reached``) or what was reported (``values``)."""
    say = result.say
    columns = [Column(say("code"), 8), Column(say("title"), 60)]
    columns += [Column(line.name, 14 if len(lines) > 4 else 20, align="right") for line in lines]
    sheet = ResultSheet(result, say(shown), columns, frozen=2)
    for dimension in scores.framework.dimensions:
        sheet.write(_blank_row(dimension, len(lines)), bold=True, bg_color=PALE)
        for criterion in dimension.walk():
            cells = [_cell(result, criterion, line, shown) for line in lines]
            sheet.write([criterion.code, criterion.title, *cells])
    sheet.finish()


def write_unmet(result: Result, scores: Scores, lines: Sequence[Grade]) -> None:
    """Write every target that a unit does not meet, level by level."""
    say = result.say
    columns = [Column(say("unit"), 28), Column(say("at_level"), 8), Column(say("code"), 8), Column(say("title"), 54)]
    columns += [Column(say("target"), 34), Column(say("now"), 18, align="right"), Column(say("message"), 34)]
    sheet = ResultSheet(result, say("unmet"), columns, frozen=1)
    left = 0
    for line in lines:
        for number, codes in sorted(line.reached.unmet.items()):
            for code in codes:
                if sheet.full:
                    left += 1
                else:
                    sheet.write(_unmet_row(result, scores, line, number, code))
    if left:
        sheet.remark(say("more", count=left))
    sheet.finish(filter_rows=True)


def write_level_chart(result: Result, scores: Scores, lines: Sequence[Grade]) -> None:
    """Draw how many units are at each level; of a single unit, what it lacks for each."""
    say, framework = result.say, scores.framework
    one = lines[0] if len(lines) == 1 else None
    words = say("axis_unmet") if one else say("axis_units")
    sheet = ResultSheet(result, say("charts"), [Column(say("at_level"), 34), Column(words, 16)])
    first = sheet.row
    names = {level.number: f"{level.number}. {level.name[result.lang]}" for level in framework.levels}
    for number in names if one else [0, *names]:
        count = len(one.reached.unmet[number]) if one else sum(line.reached.number == number for line in lines)
        sheet.write([names.get(number, say("no_level")), count])
    if one:
        title = say("chart_unmet", unit=one.name)
    else:
        level, count = common_level(lines)
        title = say("chart_level" if level else "chart_none", count=count, all=len(lines), level=level)
    last = sheet.row - 1
    add_bars(sheet, Bars(title, sheet.name, (first, 0, last, 0), (first, 1, last, 1), None, 0), last + 2)
    sheet.finish(fit=False)


def _blank_row(dimension: Dimension, units: int) -> list[Any]:
    return [dimension.code, dimension.title, *([""] * units)]


def _cell(result: Result, criterion: Criterion, line: Grade, shown: str) -> int | str | Mark:
    if criterion.code not in line.reached.satisfied:
        return ""
    value = line.reached.value(criterion.code)
    if not value.known:
        return result.mark(value.state)
    if shown == "values":
        return _reported(result, criterion, value.value)
    return max(line.reached.satisfied[criterion.code], default=0) or result.say("no_target")


def _reported(result: Result, criterion: Criterion, value: Fraction) -> str:
    """Write what was reported as people do: a percentage, a count, yes or no, the lowest level of the child units."""
    rule = criterion.effective_rule
    kind = rule.value if isinstance(rule, Levels) else "count"
    if kind == "share":
        return percent_text(value, result.lang, 2)
    if kind == "yes_no":
        return result.say("yes" if value else "no")
    return local_text(value, result.lang)


def _unmet_row(result: Result, scores: Scores, line: Grade, number: int, code: str) -> list[Any]:
    criterion = scores.framework.criteria[code]
    rule = criterion.effective_rule
    target = ""
    if isinstance(rule, Levels):
        target = target_line(scores.framework, criterion, rule, rule.targets.get(number), result.lang)
    value = line.reached.value(code)
    cause = "" if value.known else why(scores.framework, criterion, value, result.lang)
    now = _reported(result, criterion, value.value) if value.known else result.say(value.state.word)
    return [line.name, number, code, criterion.title, target, now, cause]
