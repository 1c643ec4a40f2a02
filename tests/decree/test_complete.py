"""Whole decisions of many fields and layouts that nobody issued, each read as an office might send it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import Draft, drafts_of
from chiso.decree.wording.agreement import points_of
from chiso.framework.model import Criterion, Dimension
from chiso.framework.rules import Levels
from tests.decree.makers.complete import Expected, ExpectedSet, claims, complete
from tests.decree.makers.docx import docx
from tests.decree.makers.html import html
from tests.decree.makers.pdf import pdf
from tests.decree.makers.printed import Block
from tests.decree.makers.text import misread_digits, noisy, one_a_line, paged, piped, tabbed, torn, with_edges
from tests.decree.makers.xlsx import xlsx

HERE = Path(__file__).parent / "complete"
NAMES = sorted(path.stem for path in HERE.glob("*.txt"))
MADE: dict[str, Callable[[list[Block]], bytes]] = {
    "docx": docx,
    "html": lambda blocks: html(blocks).encode(),
    "pdf": pdf,
    "pdf-without-lines": lambda blocks: pdf(blocks, ruled=False),
    "pdf-without-lines-middle": lambda blocks: pdf(blocks, ruled=False, middle=True),
    "xlsx": xlsx,
    "tabs": lambda blocks: tabbed(blocks).encode(),
    "pipes": lambda blocks: piped(blocks).encode(),
    "one-cell-a-line": lambda blocks: one_a_line(blocks).encode(),
    "one-cell-a-line-by-tabs": lambda blocks: one_a_line(blocks, "\t").encode(),
    "pages-of-a-scan": lambda blocks: paged(blocks, 3).encode(),
}
#: Text as recognition leaves it: letters and digits misread, what a page prints between rows, rows torn.
HARMED: dict[str, Callable[[list[Block], int], str]] = {
    "letters": lambda blocks, seed: noisy(paged(blocks, seed), seed, 0.01),
    "digits": lambda blocks, seed: misread_digits(tabbed(blocks, lines=True), seed),
    "pages": lambda blocks, seed: with_edges(tabbed(blocks), seed),
    "rows": lambda blocks, seed: torn(tabbed(blocks), seed),
}
LISTS = ("lead", "support", "evidence")


@cache
def expected(name: str) -> Expected:
    return complete(HERE / f"{name}.txt")[1]


@cache
def drafts(name: str, form: str = "docx") -> list[Draft]:
    return drafts_of(read_bytes(MADE[form](complete(HERE / f"{name}.txt")[0]), name))


def plain(text: object) -> str:
    return " ".join(str(text if text is not None else "").split()).strip(" .;:").casefold()


def rows(draft: Draft) -> dict[str, Dimension | Criterion]:
    found: dict[str, Dimension | Criterion] = {}
    for dimension in draft.framework.dimensions:
        found[dimension.code] = dimension
        found.update((one.code, one) for one in dimension.walk())
    return found


def fields(row: Dimension | Criterion, wanted: dict[str, str]) -> dict[str, str]:
    """Return the fields of a row that are expected, as the document of expectations writes them."""
    found = {}
    for name in wanted:
        value = target(row, int(name[5:])) if name.startswith("level") else getattr(row, name)
        found[name] = plain("; ".join(value) if name in LISTS else value)
    return found


def target(row: Dimension | Criterion, level: int) -> str:
    """Return what a criterion asks at a level, as printed."""
    rule = row.effective_rule if isinstance(row, Criterion) else None
    asked = rule.targets.get(level) if isinstance(rule, Levels) else None
    return "" if asked is None else str(asked.printed)


def pairs(name: str, form: str = "docx") -> list[tuple[Draft, ExpectedSet]]:
    return list(zip(drafts(name, form), expected(name).sets, strict=True))


@pytest.mark.parametrize("form", MADE)
@pytest.mark.parametrize("name", NAMES)
def test_every_row_has_its_fields(name: str, form: str) -> None:
    for draft, wanted in pairs(name, form):
        found = rows(draft)
        assert list(found) == list(wanted.rows)
        for code, row in wanted.rows.items():
            said = {key: plain(value) for key, value in row.items() if key != "rule"}
            assert fields(found[code], said) == said, code


@pytest.mark.parametrize("name", NAMES)
def test_rules_give_the_points_of_their_words(name: str) -> None:
    for draft, wanted in pairs(name):
        for code, rule, right in judged(draft, wanted):
            row = rows(draft)[code]
            assert isinstance(row, Criterion)
            if rule == "manual":
                assert row.effective_rule.kind == "manual", code
            elif rule == "doubted":  # not read right: the words are kept, and a person is asked
                assert row.printed_rule, code
                assert code not in certain(draft), code
            else:
                assert right, code


@pytest.mark.parametrize("form", [form for form in MADE if form != "docx"])
@pytest.mark.parametrize("name", NAMES)
def test_no_rule_is_called_certain_and_wrong_in_any_format(name: str, form: str) -> None:
    """Where lines of a cell run together or merged cells are not seen, words are kept; a few rules are read anyway."""
    for draft, wanted in pairs(name, form):
        wrong = {code for code, rule, right in judged(draft, wanted) if not right and rule != "manual"}
        assert wrong.isdisjoint(certain(draft))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("harm", HARMED)
@pytest.mark.parametrize("name", NAMES)
def test_nothing_read_from_harmed_text_is_called_certain_and_wrong(name: str, harm: str, seed: int) -> None:
    text = HARMED[harm](complete(HERE / f"{name}.txt")[0], seed)
    found, wanted = drafts_of(read_bytes(text.encode(), name)), expected(name).sets
    if len(found) != len(wanted):  # a set whose headings were torn is left over whole
        assert len(found) < len(wanted)
        assert found[0].left_over
        return
    for draft, one in zip(found, wanted, strict=True):
        known = rows(draft)
        here = replace(one, rows={code: row for code, row in one.rows.items() if code in known})
        assert len(here.rows) >= 0.5 * len(one.rows)
        wrong = {code for code, rule, right in judged(draft, here) if not right and rule != "manual"}
        assert wrong.isdisjoint(certain(draft))
        sure = {
            field.row: field.confidence for field in draft.fields if field.name == "max_points"
        }  # the last one holds
        for code, row in here.rows.items():
            if sure.get(code) == "high":
                assert fields(known[code], {"max_points": ""})["max_points"] == row["max_points"], code


def certain(draft: Draft) -> set[str]:
    return {one.row for one in draft.fields if one.name == "rule" and one.confidence == "high"}


def judged(draft: Draft, wanted: ExpectedSet) -> Iterator[tuple[str, str, bool]]:
    """Yield each row whose rule is known, what it must be, and whether the draft computes it."""
    found = rows(draft)
    for code, rule in ((code, row["rule"]) for code, row in wanted.rows.items() if "rule" in row):
        row = found[code]
        if rule in ("manual", "doubted"):
            yield code, rule, rule == "manual" and isinstance(row, Criterion) and row.effective_rule.kind == "manual"
            continue
        results = [
            (points_of(row.effective_rule, row.max_points, values), points)
            for values, points in claims(rule)
            if isinstance(row, Criterion) and row.max_points is not None and row.effective_rule.kind != "sum"
        ]
        yield code, rule, bool(results) and all(one.known and one.value == points for one, points in results)


@pytest.mark.parametrize("form", MADE)
@pytest.mark.parametrize("name", NAMES)
def test_head_total_and_classes(name: str, form: str) -> None:
    for draft, wanted in pairs(name, form):
        framework = draft.framework
        assert (framework.unit_kinds, str(framework.max_points or "-")) == ([wanted.kind], wanted.total)
        legal = {key: getattr(framework.legal, key) for key in expected(name).legal}
        said = {key: plain("; ".join(value) if isinstance(value, list) else value) for key, value in legal.items()}
        assert said == {key: plain(value) for key, value in expected(name).legal.items()}
        if "title" in wanted.words:
            assert plain(framework.title.vi) == plain(wanted.words["title"])
        if "classes" in wanted.words:
            classes = "; ".join(f"{one.name.vi} {one.at_least}" for one in framework.classes)
            assert plain(classes) == plain(wanted.words["classes"])


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_a_table_is_in_a_field_or_listed_with_a_reason(name: str) -> None:
    left = [one.text for draft in drafts(name) for one in draft.left_over if one.reason == "not_understood"]
    assert not left
