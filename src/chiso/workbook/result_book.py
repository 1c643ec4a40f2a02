"""Results out: a workbook that people pass on, from the ranking to what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import chiso
from chiso.framework.model import Criterion, Dimension
from chiso.scoring.score import Scores
from chiso.workbook.look import PALE, Book
from chiso.workbook.result_charts import write_charts
from chiso.workbook.result_levels import write_level_chart, write_levels, write_reached
from chiso.workbook.result_phrases import phrase
from chiso.workbook.result_points import write_points, write_ranking
from chiso.workbook.result_sheet import Column, Result, ResultSheet
from chiso.workbook.result_trouble import write_trouble
from chiso.workbook.result_unmet import write_unmet
from chiso.workbook.standings import Grade, Standing, grades, standings

#: How the source of a figure says that it is made up.
SAMPLES = ("số liệu mẫu", "sample")


def write_result(scores: Scores, path: Path | str, lang: str = "vi", mark: str = "") -> None:
    """Write the results of all units. ``mark``: what else must stand on every sheet, in words.

    Figures whose source says that they are samples are marked without being asked.

    Raises:
        TableError: the file cannot be written.
    """
    book = Book(path, scores.framework.title[lang])
    try:
        if scores.framework.is_maturity:
            _write_levels(scores, book, lang, mark)
        else:
            _write_points(scores, book, lang, mark)
    finally:
        book.close()


def _write_points(scores: Scores, book: Book, lang: str, mark: str) -> None:
    lines = standings(scores, lang)
    result = _result(scores, book, lang, mark, lines)
    ranking, columns = write_ranking(result, scores, lines)
    total = next(at for at, column in enumerate(columns) if column.words == result.say("total"))
    if any(line.rank is not None for line in lines):
        write_charts(result, scores, lines, (ranking.name, 1, total))
    write_points(result, scores, lines)
    write_trouble(result, scores, lines)
    _write_maxima(result, scores)
    _write_basis(result, scores)


def _write_levels(scores: Scores, book: Book, lang: str, mark: str) -> None:
    lines = grades(scores, lang)
    result = _result(scores, book, lang, mark, lines)
    write_levels(result, scores, lines)
    if lines:
        write_level_chart(result, scores, lines)
    write_reached(result, scores, lines, "reached")
    write_reached(result, scores, lines, "values")
    write_unmet(result, scores, lines)
    write_trouble(result, scores, lines)
    _write_basis(result, scores)


def _result(scores: Scores, book: Book, lang: str, mark: str, lines: Sequence[Standing | Grade]) -> Result:
    open_ = sum(bool(line.open) for line in lines)
    state = (
        phrase("provisional_units", lang, open=open_, all=len(lines))
        if open_
        else phrase("complete_units", lang, all=len(lines))
    )
    sample = phrase("sample", lang) if _has_samples(scores) else ""
    status = (mark, sample, state, phrase("computed", lang))
    return Result(book, scores.framework, lang, tuple(words for words in status if words))


def _has_samples(scores: Scores) -> bool:
    return any(origin.source.casefold().startswith(SAMPLES) for origin in scores.facts.origins.values())


def _write_maxima(result: Result, scores: Scores) -> None:
    """Write the maximum, rule and lead agency of every criterion, with its clause."""
    say = result.say
    rows = list(_rows(scores))
    remarked = any(one.printed_max or one.inferred for one in rows)
    columns = [Column(say("code"), 8), Column(say("title"), 46), Column(say("max"), 9, result.max_decimals)]
    columns += [Column(say("rule"), 56), Column(say("lead"), 20), Column(say("clause"), 16)]
    columns += [Column(say("printed"), 22)] if remarked else []
    sheet = ResultSheet(result, say("maxima"), columns, frozen=2)
    for one in rows:
        criterion = one if isinstance(one, Criterion) else None
        rule = (criterion.printed_rule or "") if criterion else ""
        lead = "; ".join(criterion.lead) if criterion else ""
        remark = [say("printed_as", text=one.printed_max)] if one.printed_max else []
        remark += [say("inferred", reason=one.inferred)] if one.inferred else []
        look = {} if criterion else {"bold": True, "bg_color": PALE}
        said = ["\n".join(remark)] if remarked else []
        sheet.write([one.code, one.title, one.max_points, rule, lead, one.clause, *said], **look)
    sheet.finish()


def _rows(scores: Scores) -> Iterator[Dimension | Criterion]:
    for dimension in scores.framework.dimensions:
        yield dimension
        yield from dimension.walk()


def _write_basis(result: Result, scores: Scores) -> None:
    """Write what a stranger needs to recompute the result, and how to read it."""
    sheet = ResultSheet(
        result, result.say("basis"), [Column(result.say("item"), 32), Column(result.say("content"), 100)]
    )
    for name, words in _basis(result, scores):
        sheet.write([name, words])
    sheet.finish()


def _basis(result: Result, scores: Scores) -> Iterator[tuple[str, str]]:
    framework, say = result.framework, result.say
    policies = framework.policies
    yield say("framework"), framework.title[result.lang]
    yield say("document"), result.document
    yield say("id"), framework.id
    yield say("version"), framework.version
    yield say("hash"), framework.hash
    yield say("engine"), f"ChiSo {chiso.__version__}"
    yield say("count"), str(len(scores.facts))
    if scores.facts.year is not None:
        yield say("year"), say("year_words", year=scores.facts.year)
    if not framework.is_maturity:
        yield say("rounding"), say(f"rounding_{policies.rounding.at}", decimals=policies.rounding.decimals)
        by_share = say("by_share") if policies.ranking.by == "share" else ""
        yield say("ties"), say(f"ties_{policies.ranking.ties}") + by_share
        yield say("totals"), say("totals_words")
    yield say("states"), say("states_words")
    for reading in framework.readings:
        chosen = framework.chosen_readings.get(reading.id, reading.default)
        code = "reading_default" if chosen == reading.default else "reading_chosen"
        option = reading.options[chosen].label[result.lang]
        yield say("reading", id=reading.id), say(code, question=reading.question[result.lang], option=option)
