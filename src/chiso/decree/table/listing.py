"""Criteria printed as a list and not as a table: ``1.1. Tên tiêu chí (10đ)``, with the rule in the lines below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from chiso.decree.document.shape import Block, Cell, Document, Paragraph, Place, Row, Table
from chiso.decree.language.codes import RowCode, row_code
from chiso.decree.language.letters import one_line
from chiso.decree.language.numbers import middle_points, tail_points, written
from chiso.decree.table.sets import begins

_NUMBERED = re.compile(
    r"^\W{0,3}(\d{1,3}(?:\.[\dlIOo]{1,3})+)[.)/:]?\s+(?=\S)"
    r"|^\W{0,3}((?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*|[a-zđ]))\s*[.)/:]\s*(?=\S)"
    r"|^\W{0,3}((?i:tiêu chuẩn|tiêu chí|nhóm|phần|lĩnh vực|nội dung)(?: số)? (?:[IVX]{1,5}|\d{1,2}|[A-ZĐ]))"
    r"\s*[.:]\s*(?=\S)"
)
#: An article that heads criteria, and what heads several articles.
_ARTICLE = re.compile(r"^\W{0,3}Điều\s+(?P<number>\d{1,3})\s*[.:]\s*(?=\S)")
_CHAPTER = re.compile(r"^\W{0,3}(?:Chương|Mục|Phần)\s+(?:[IVXLC]+|\d+|[A-Z])\b")
#: A list needs so many rows with points to be taken for criteria.
_ENOUGH = 3
#: Points behind a colon: those of a line of a rule.
_ITEM = re.compile(r":\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ)\s*[.;]?$", re.IGNORECASE)
#: What stands below the last criterion: to whom the document goes, and who signs it.
_FOOT = re.compile(r"\W*(?:Nơi nhận\s*:|(?:TM|KT|TL|TUQ)\.\s)")
_HEADINGS = ("TT", "Tên tiêu chí", "Điểm tối đa", "Cách tính điểm")


def listed(document: Document) -> Document:
    """Return the document with its lists of criteria as tables; unchanged where there are none."""
    blocks = tuple(_blocks(document.blocks))
    return Document(document.name, document.kind, blocks, document.dropped, document.notes)


def _blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    run: list[Paragraph] = []
    number = 0
    for block in [*blocks, None]:
        if isinstance(block, Paragraph) and not _FOOT.match(block.text):
            run.append(block)
            continue
        for one in _from_run(run, number):
            number += isinstance(one, Table)
            yield one
        run = []
        if block is not None:
            number += isinstance(block, Table)
            yield block


def _from_run(run: list[Paragraph], number: int) -> Iterator[Block]:
    """Turn the numbered lines of a run, from the first with points on, into a table."""
    scored = [at for at, paragraph in enumerate(run) if _scored(paragraph)]
    if len(scored) < _ENOUGH:
        yield from run
        return
    if articles := _articles(run):
        yield from _from_articles(run, articles, number)
        return
    start = _start(run, scored[0])
    yield from run[:start]
    rows = [_heading(run[start].place)]
    end = _end(run, scored[-1])
    for paragraph in run[start:end]:
        code = _code(paragraph)
        split = _points(one_line(paragraph.text))
        if (
            code is not None
            and (split is not None or code.kind in ("roman", "upper", "arabic", "dotted", "named"))
            and _is_row(code, one_line(paragraph.text), split is not None, rows)
        ):
            rows.append(_row(code, paragraph, number + 1, len(rows) + 1))
        else:
            _add_rule(rows, paragraph)
    yield Table(tuple(rows), Place(line=run[start].place.line, page=run[start].place.page, table=number + 1))
    yield from run[end:]


def _articles(run: Sequence[Paragraph]) -> list[range]:
    """Return where the articles stand that hold criteria: those with points behind their name, or in lines below it."""
    starts = [
        at for at, paragraph in enumerate(run) if _ARTICLE.match(paragraph.text) or _CHAPTER.match(paragraph.text)
    ]
    whole = (range(start, end) for start, end in pairwise([*starts, len(run)]))
    found = [one for one in whole if _ARTICLE.match(run[one.start].text) and any(_scored(run[at]) for at in one)]
    return found if len(found) > 1 and sum(_scored(run[at]) for one in found for at in one) >= _ENOUGH else []


def _from_articles(run: Sequence[Paragraph], articles: Sequence[range], number: int) -> Iterator[Block]:
    """Turn articles into a table: "Điều 3" above 1 and 2 becomes 3, 3.1 and 3.2; other lines stay where they are."""
    first = articles[0].start
    yield from run[:first]
    rows = [_heading(run[first].place)]
    for article in articles:
        match = _ARTICLE.match(run[article.start].text)
        assert match is not None
        rows.append(
            _row(RowCode(match["number"], "arabic", match["number"]), run[article.start], number + 1, len(rows) + 1)
        )
        for paragraph in (run[at] for at in article[1:]):
            code = _code(paragraph)
            scored = _scored(paragraph)
            if code is None or not scored or not _is_row(code, one_line(paragraph.text), scored, rows):
                _add_rule(rows, paragraph)
                continue
            below = f"{match['number']}.{code.text}" if code.kind in ("arabic", "dotted") else code.text
            rows.append(_row(RowCode(below, "dotted", below), paragraph, number + 1, len(rows) + 1))
    yield Table(tuple(rows), Place(line=run[first].place.line, page=run[first].place.page, table=number + 1))
    inside = {at for article in articles for at in article}
    yield from (paragraph for at, paragraph in enumerate(run) if at > first and at not in inside)


def _scored(paragraph: Paragraph) -> bool:
    numbered = _code(paragraph) is not None or _ARTICLE.match(paragraph.text)
    return bool(numbered) and _points(one_line(paragraph.text)) is not None


def _points(text: str) -> tuple[str, Fraction, str] | None:
    """Return name, points and what is said behind them of a line, its number left out."""
    text = _ARTICLE.sub("", _NUMBERED.sub("", text, count=1), count=1)
    tail = tail_points(text)
    return middle_points(text) or ((*tail, "") if tail is not None else None)


def _end(run: Sequence[Paragraph], last: int) -> int:
    """Return where the list ends: before the first heading below its last row with points."""
    kinds = ((at, code.kind) for at in range(last + 1, len(run)) if (code := _code(run[at])) is not None)
    return next((at for at, kind in kinds if kind in ("roman", "upper")), len(run))


def _start(run: Sequence[Paragraph], first: int) -> int:
    """Return where the list begins: the heading just before its first row with points, when that is numbered too."""
    at = first
    while (
        at > 0
        and not _heads_criteria(run[at - 1].text)
        and _code(run[at - 1]) is not None
        and len(run[at - 1].text) < 120
        and first - at < 2
    ):
        at -= 1
    return at


def _heads_criteria(text: str) -> bool:
    """Tell whether a numbered heading only says that criteria follow: "I. TIÊU CHÍ VÀ THANG ĐIỂM"."""
    return tail_points(one_line(text)) is None and begins(text, "criteria")


def _code(paragraph: Paragraph) -> RowCode | None:
    match = _NUMBERED.match(paragraph.text)
    return row_code(match[1] or match[2] or match[3]) if match else None


def _is_row(code: RowCode, text: str, scored: bool, rows: Sequence[Row]) -> bool:  # noqa: FBT001
    """Tell whether a numbered line is a row: it has points, or heads others and is not an item of a rule."""
    if code.kind == "letter" and _ITEM.search(text):
        return False  # "a) Có mạng nội bộ: 20 điểm" says what it gives, as the lines of a rule do
    return scored or (code.kind in ("roman", "upper", "named") and len(rows) > 0) or code.kind == "dotted"


def _heading(place: Place) -> Row:
    return Row(tuple(Cell(text) for text in _HEADINGS), place, heading=True)


def _row(code: RowCode, paragraph: Paragraph, table: int, at: int) -> Row:
    text = one_line(paragraph.text)
    match = _ARTICLE.match(text) or _NUMBERED.match(text)
    rest = text[match.end() :] if match else text
    title, most, said = _points(text) or (rest, None, "")
    cells = (Cell(code.printed), Cell(title), Cell(str(written(most)) if most is not None else ""), Cell(said))
    return Row(cells, Place(page=paragraph.place.page, line=paragraph.place.line, table=table, row=at))


def _add_rule(rows: list[Row], paragraph: Paragraph) -> None:
    """Add a line to the rule of the row above it."""
    if len(rows) < 2:
        return
    last = rows[-1]
    text = re.sub(
        r"^(?:cách tính(?: điểm)?|cách chấm(?: điểm)?)\s*:\s*", "", paragraph.text.strip(), flags=re.IGNORECASE
    )
    rule = f"{last.cells[3].text}\n{text}".strip()
    rows[-1] = Row((*last.cells[:3], Cell(rule)), last.place, last.heading)
