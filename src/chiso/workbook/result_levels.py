"""The sheets of a result in maturity levels: levels reached, by unit and criterion, and a chart."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from chiso.framework.model import Criterion, Dimension
from chiso.framework.rules import Levels
from chiso.quantity import local_text, percent_text
from chiso.scoring.score import Scores
from chiso.workbook.charts import Bars, add_bars
from chiso.workbook.look import PALE
from chiso.workbook.result_points import MAX_ACROSS, short
from chiso.workbook.result_sheet import Column, Mark, Result, ResultSheet
from chiso.workbook.standings import Grade, common_level


def write_levels(result: Result, scores: Scores, lines: Sequence[Grade]) -> None:
    """Write the level each unit has reached, and how much it lacks for each level."""
    say, framework = result.say, scores.framework
    names = {level.number: level.name[result.lang] for level in framework.levels}
    grouped = any(line.group for line in lines)
    columns = [Column(say("unit"), 34), *([Column(say("group"), 16)] if grouped else [])]
    columns += [Column(say("level"), 9), Column(say("level_name"), 18)]
    registered = any(line.reached.registered is not None for line in lines)
    columns += [Column(say("registered"), 10), Column(say("registered_met"), 12)] if registered else []
    columns.append(Column(say("state"), 20))
    columns += [Column(say("unmet_at", number=number), 12) for number in names]
    sheet = ResultSheet(result, say("levels"), columns, frozen=1)
    for line in lines:
        reached = line.reached.number
        state = say("open", count=line.open) if line.open else say("complete")
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
    if len(lines) <= MAX_ACROSS:
        _reached_down(result, scores, lines, shown)
    else:
        _reached_across(result, scores, lines, shown)


def _reached_down(result: Result, scores: Scores, lines: Sequence[Grade], shown: str) -> None:
    columns = [Column(result.say("code"), 8), Column(result.say("title"), 80 if len(lines) <= 2 else 60)]
    columns += [Column(line.name, 14 if len(lines) > 4 else 18, align="right") for line in lines]
    sheet = ResultSheet(result, result.say(shown), columns, frozen=2)
    for dimension in scores.framework.dimensions:
        sheet.write(_blank_row(dimension, len(lines)), bold=True, bg_color=PALE)
        for criterion in dimension.walk():
            cells = [_cell(result, criterion, line, shown) or result.say("no_target") for line in lines]
            sheet.write([criterion.code, criterion.title, *cells])
    sheet.finish()


def _reached_across(result: Result, scores: Scores, lines: Sequence[Grade], shown: str) -> None:
    """Write a row a unit and a narrow column a criterion; a level that is 0 is none."""
    columns, criteria, sections = [Column(result.say("unit"), 28), Column(result.say("level"), 9)], [], []
    for dimension in scores.framework.dimensions:
        sections.append(len(columns))
        for criterion in dimension.walk():
            criteria.append(criterion)
            words = result.say("headed_open", number=criterion.code, title=short(criterion.title))
            columns.append(Column(words, 6.5 if shown == "reached" else 8.5, align="right", turned=True))
    sheet = ResultSheet(result, result.say(shown), columns, frozen=2, sections=sections)
    for line in lines:
        if sheet.full:
            break
        cells = [_cell(result, criterion, line, shown) for criterion in criteria]
        sheet.write([line.name, line.reached.number, *cells])
    sheet.finish(filter_rows=True)


def write_level_chart(result: Result, scores: Scores, lines: Sequence[Grade]) -> None:
    """Draw how many units are at each level; of a single unit, what it lacks for each."""
    say, framework = result.say, scores.framework
    one = lines[0] if len(lines) == 1 else None
    words = say("axis_unmet") if one else say("axis_units")
    sheet = ResultSheet(result, say("charts"), [Column(say("at_level"), 80), Column(words, 30)])
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
    """Return what a unit reported or reached; 0 where it has reached no level."""
    if criterion.code not in line.reached.satisfied:
        return ""
    value = line.reached.value(criterion.code)
    if not value.known:
        return result.mark(value.state)
    if shown == "values":
        return reported_words(result, criterion, value.value)
    return max(line.reached.satisfied[criterion.code], default=0)


def reported_words(result: Result, criterion: Criterion, value: Fraction) -> str:
    """Write what was reported as people do: a percentage, a count, yes or no, the lowest level of the child units."""
    rule = criterion.effective_rule
    kind = rule.value if isinstance(rule, Levels) else "count"
    if kind == "share":
        return percent_text(value, result.lang, 2)
    if kind == "yes_no":
        return result.say("yes" if value else "no")
    return local_text(value, result.lang)
