"""Layouts that drafters choose: order and names of columns, capitals, totals, merged cells; and noise."""

from __future__ import annotations

from dataclasses import replace

import pytest

import chiso
from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import drafts_of
from chiso.decree.report.comparison import compared
from tests.decree.makers.docx import docx
from tests.decree.makers.printed import printed, varied
from tests.decree.makers.text import noisy, paged

FIELDS = {"code", "max_points", "title", "previous", "lead", "support", "due", "unit", "method"}


def wrong(data: bytes, known: str) -> list[tuple[str, str]]:
    draft = drafts_of(read_bytes(data, "van-ban"))[0]
    differences = compared(draft.framework, chiso.load(known)).differences
    return [(one.row, one.field) for one in differences if one.field in FIELDS]


@pytest.mark.parametrize("seed", [11, 12, 13])
@pytest.mark.parametrize("known", chiso.bundled())
def test_any_layout_of_a_word_document_is_read(known: str, seed: int) -> None:
    framework = chiso.load(known)
    assert wrong(docx(printed(framework, varied(framework, seed))), known) == []


@pytest.mark.parametrize("seed", [21, 22])
@pytest.mark.parametrize("known", chiso.bundled())
def test_any_layout_of_torn_pages_keeps_codes_maxima_and_titles(known: str, seed: int) -> None:
    framework = chiso.load(known)
    layout = replace(varied(framework, seed), merge_agencies=False)
    found = wrong(paged(printed(framework, layout), seed).encode(), known)
    assert [one for one in found if one[1] in ("code", "max_points", "title")] == []


@pytest.mark.parametrize("seed", [0, 5, 6])
@pytest.mark.parametrize("known", chiso.bundled())
def test_no_rule_of_torn_and_misread_pages_is_called_certain_and_wrong(known: str, seed: int) -> None:
    framework = chiso.load(known)
    layout = replace(varied(framework, seed), merge_agencies=False)
    draft = drafts_of(read_bytes(noisy(paged(printed(framework, layout), seed), seed).encode(), "van-ban"))[0]
    sure = {field.row for field in draft.fields if field.name == "rule" and field.confidence == "high"}
    differences = compared(draft.framework, framework).differences
    wrong_rules = [one.row for one in differences if one.field == "rule" and one.kind in ("wrong", "extra")]
    assert sure.isdisjoint(wrong_rules)
    assert len(sure) > 30


@pytest.mark.parametrize("known", chiso.bundled())
def test_misread_letters_change_neither_codes_nor_maxima(known: str) -> None:
    framework = chiso.load(known)
    text = noisy(paged(printed(framework), 5), 5)
    assert [one for one in wrong(text.encode(), known) if one[1] in ("code", "max_points")] == []
