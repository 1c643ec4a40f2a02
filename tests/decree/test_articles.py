"""What articles and annexes say for all criteria: sentences as offices write them, and whole decisions."""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from chiso.decree.document.reader import read_bytes
from chiso.decree.document.shape import Paragraph, Place
from chiso.decree.draft import Draft, drafts_of
from chiso.decree.drafting.articles import Statement
from chiso.decree.drafting.articles.sentences import passages_of
from chiso.decree.drafting.articles.stated import statement_of
from chiso.decree.fields import Field
from chiso.decree.report.account import as_dict
from chiso.decree.report.page import page
from chiso.decree.report.review import Review
from chiso.decree.wording.agreement import points_of
from chiso.framework.loader import load_text
from chiso.framework.model import Criterion
from tests.decree.makers.complete import Expected, ExpectedSet, claims, complete
from tests.decree.makers.docx import docx
from tests.decree.makers.printed import Block, PParagraph
from tests.decree.test_complete import MADE

HERE = Path(__file__).parent / "articles"
NAMES = sorted(path.stem for path in HERE.glob("*.txt"))
SENTENCES = [
    (family, one)
    for name in ("sentences", "more-sentences", "third-sentences", "fourth-sentences")
    for family, entries in yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8")).items()
    for one in entries
]


def said(text: str) -> str:
    """Return what the sentences of a paragraph state, as the file of expectations writes it."""
    sentences = [one for passage in passages_of([Paragraph(text, Place())]) for one in passage.sentences()]
    return "; ".join(words for one in sentences if (words := in_short(statement_of(one.text)))) or "none"


def in_short(found: Statement | None) -> str:
    if found is None:
        return ""
    if found.fate != "read":
        return f"{found.fate} {found.topic}"
    value = found.says
    if found.topic == "rounding":
        value = f"{found.data['decimals']} {found.says}"
    elif found.topic == "floor":
        value = str(Fraction(found.data["p"]) / 100)
    elif found.topic == "default":
        value = ""
    return " ".join(f"read {found.topic} {value} {found.sure}".split())


def wanted(one: dict[str, Any]) -> str:
    if "read" in one:
        return f"read {one['read']} {one['sure']}"
    return "none" if "none" in one else next(f"{fate} {one[fate]}" for fate in ("holds", "left") if fate in one)


@pytest.mark.parametrize(("family", "one"), SENTENCES, ids=[one["text"][:60] for _, one in SENTENCES])
def test_a_sentence_is_read_held_listed_or_no_rule(family: str, one: dict[str, Any]) -> None:
    assert said(one["text"]) == wanted(one), family


@cache
def expected(name: str) -> Expected:
    return complete(HERE / f"{name}.txt")[1]


@cache
def drafts(name: str, form: str = "docx") -> list[Draft]:
    return drafts_of(read_bytes(MADE[form](complete(HERE / f"{name}.txt")[0]), name))


def pairs(name: str, form: str = "docx") -> list[tuple[Draft, ExpectedSet]]:
    return list(zip(drafts(name, form), expected(name).sets, strict=True))


def policies(draft: Draft) -> dict[str, str]:
    """Return what the draft says for all criteria, where it is not what every framework says."""
    one = draft.framework
    ranking, rounding = one.policies.ranking, one.policies.rounding
    found = {
        "rounding": f"{rounding.decimals} {rounding.at}" if "rounding" in one.policies.model_fields_set else "",
        "not_applicable": one.policies.not_applicable.replace("undecided", ""),
        "exemption": one.policies.exemption if "exemption" in one.policies.model_fields_set else "",
        "ranking_by": ranking.by.replace("points", ""),
        "tie_break": ", ".join(ranking.tie_break),
        "levels": one.policies.levels.replace("own", ""),
        "classes": "; ".join(f"{entry.name.vi} {entry.at_least}" for entry in one.classes),
        "left_out": "; ".join(f"{entry.code} {entry.year}" for entry in one.left_out),
        "weights": "; ".join(f"{code} {value}" for code, value in one.total.weights.items()),
    }
    for dimension in one.dimensions:
        weights = dimension.aggregation.weights
        found[f"weights.{dimension.code}"] = "; ".join(f"{code} {value}" for code, value in weights.items())
    return {name: value for name, value in found.items() if value}


@pytest.mark.parametrize("form", MADE)
@pytest.mark.parametrize("name", NAMES)
def test_policies_follow_from_the_prose(name: str, form: str) -> None:
    for draft, one in pairs(name, form):
        left = {key: value for key, value in one.words.items() if key.startswith("left.")}
        assert policies(draft) == {key: value for key, value in one.words.items() if key not in left}
        listed = [str(entry.printed) for entry in draft.fields if entry.name == "general_rule"]
        assert len(listed) == len(left), listed
        for words in left.values():
            assert any(words in text for text in listed), listed


@pytest.mark.parametrize("form", MADE)
@pytest.mark.parametrize("name", NAMES)
def test_general_rules_give_the_points_of_their_words(name: str, form: str) -> None:
    for draft, one in pairs(name, form):
        criteria = draft.framework.criteria
        assert {*criteria, *(row.code for row in draft.framework.dimensions)} == set(one.rows)
        assert str(draft.framework.max_points or "-") == one.total
        for code, rule in ((code, row["rule"]) for code, row in one.rows.items() if "rule" in row):
            check(criteria[code], rule)


def check(row: Criterion, rule: str) -> None:
    if rule in ("manual", "deducted"):
        assert row.effective_rule.kind == ("manual" if rule == "manual" else "unscored"), row.code
        return
    assert row.max_points is not None
    for values, points in claims(rule):
        result = points_of(row.effective_rule, row.max_points, values)
        assert (row.code, result.known and result.value) == (row.code, points)


def field(draft: Draft, row: str, name: str) -> Field:
    return next(one for one in draft.fields if (one.row, one.name) == (row, name))


@pytest.mark.parametrize("name", NAMES)
def test_what_follows_from_a_general_rule_is_never_certain_for_a_row(name: str) -> None:
    for draft in drafts(name):
        for one in draft.fields:
            if one.how in ("article.default", "article.floor"):
                assert (one.row, one.confidence) == (one.row, "medium")
                assert one.alternatives


def test_every_sentence_that_states_a_rule_has_an_account() -> None:
    (draft,) = drafts("digital-communes")
    found = [(one.sentence.clause, one.topic, one.fate) for one in draft.stated]
    assert found == [
        ("Điều 4, khoản 2", "default", "read"),
        ("Điều 4, khoản 2", "floor", "read"),
        ("Điều 4, khoản 3", "rounding", "read"),
        ("Điều 4, khoản 4", "not_applicable", "read"),
        ("Điều 4, khoản 5", "zero", "left"),
        ("Điều 5, khoản 2", "excluded", "left"),
        ("Điều 5, khoản 3", "ties", "read"),
        ("Điều 5, khoản 3", "ties", "left"),
    ]
    assert field(draft, "framework", "policies.rounding").confidence == "high"
    assert field(draft, "I.1", "rule").doubts[0].data == {"clause": "Điều 4, khoản 2"}


def test_what_no_framework_file_says_stands_in_the_notes_and_is_to_be_decided() -> None:
    (draft,) = drafts("general-floor")
    assert draft.framework.notes == [
        "Điều 2, khoản 3: Sở, ban, ngành có 01 tiêu chí bị điểm liệt thì không được xếp loại",
        "Điều 2, khoản 4: Điểm số từng tiêu chí không được làm tròn",
    ]
    listed = [one for one in draft.fields if one.name == "general_rule"]
    assert {one.confidence for one in listed} == {"low"}
    assert [one.text for one in draft.left_over if one.reason == "general_rule"] == [one.printed for one in listed]


def test_another_reading_of_a_policy_is_taken_into_the_draft() -> None:
    (draft,) = drafts("digital-communes")
    review = Review.of(draft.text, json.dumps(as_dict(draft)))
    asked = {one["name"]: one for one in review.open_fields() if one["row"] == "framework"}
    assert review.in_words(asked["policies.ranking.ties"], "vi") == ["cùng hạng, bỏ qua hạng sau (1, 2, 2, 4)"]
    assert review.in_words(asked["general_rule"], "vi") == ["chưa tính, cần người xem"]
    review.take(asked["policies.ranking.ties"], 1)
    assert load_text(review.text).policies.ranking.ties == "dense"
    assert load_text(review.text).policies.rounding.at == "criterion"


def test_the_page_says_what_became_of_each_sentence() -> None:
    (draft,) = drafts("digital-communes")
    text = page(draft)
    tasks = text[text.index("<ol>") : text.index("</ol>")]
    assert "“Tiêu chí không có tài liệu kiểm chứng thì không được tính điểm”" in tasks
    assert "Điều 4, khoản 5" in tasks
    general = text[text.index('id="general"') : text.index('id="counts"')]
    assert general.count("đã đọc vào bản nháp") == 5
    assert general.count("chưa tính, cần người xem") == 3
    assert "điểm từng tiêu chí làm tròn đến 2 chữ số thập phân" in text


def test_sentences_that_contradict_each_other_set_nothing() -> None:
    (draft,) = drafts_of(read_bytes(docx(contradicting()), "a"))
    assert "rounding" not in draft.framework.policies.model_fields_set
    doubts = [one.doubts[0].code for one in draft.fields if one.name == "general_rule"]
    assert doubts == ["general_contradicted", "general_contradicted"]


def contradicting() -> list[Block]:
    blocks, _ = complete(HERE / "general-floor.txt")
    kept = [one for one in blocks if "điểm liệt" not in words(one) and "làm tròn" not in words(one)]
    at = next(n for n, one in enumerate(kept) if "Một số quy định" in words(one))
    said_twice = [
        PParagraph("Tổng điểm được làm tròn đến 2 chữ số thập phân."),
        PParagraph("Điểm của từng tiêu chí được làm tròn đến 1 chữ số thập phân."),
    ]
    return [*kept[: at + 1], *said_twice, *kept[at + 1 :]]


def words(block: Block) -> str:
    return block.text if isinstance(block, PParagraph) else ""
