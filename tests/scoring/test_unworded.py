"""Results that are kept without words get, in either language, the words that they would have been given."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.framework.loader import bundled, load
from chiso.framework.model import Framework
from chiso.phrases import LANGUAGES
from chiso.scoring.facts import Facts, Unit
from chiso.scoring.result import unit_results
from chiso.scoring.score import Scores, score
from chiso.scoring.unworded import worded
from tests.library.cases import cases_of
from tests.library.cases import scored as scored_case
from tests.scoring.agreement import scored
from tests.scoring.frameworks import frameworks, maturity_frameworks
from tests.scoring.tables import random_table


def kept(scores: Scores) -> list[dict[str, Any]]:
    """Return results as a database keeps them."""
    return [json.loads(json.dumps(told)) for told in unit_results(scores, None)]


def check(scores: Scores) -> None:
    unworded = kept(scores)
    for lang in LANGUAGES:
        in_words = [json.loads(json.dumps(told)) for told in unit_results(scores, lang)]
        assert [worded(told, scores.framework, lang) for told in unworded] == in_words


@given(framework=frameworks() | maturity_frameworks(), seed=st.integers(0, 2**32), units=st.integers(1, 3))
def test_every_framework(framework: Framework, seed: int, units: int) -> None:
    check(scored(framework, random_table(framework, Random(seed), units), few=0))


@pytest.mark.parametrize("name", bundled())
def test_the_cases_of_bundled_frameworks(name: str) -> None:
    for case in cases_of(name)[::25]:
        check(scored_case(name, case))


def test_a_unit_that_does_not_exist_any_more() -> None:
    unit = replace(Unit("Xã A"), valid_to="2024-06-30")
    scores = score(load("khung-2024-commune"), Facts((unit,), {}, year=2024))
    [told] = kept(scores)

    assert told["not_ranked"] == {"code": "S116", "data": {"date": "2024-06-30", "year": 2024}}
    check(scores)


def test_no_word_of_any_language_is_kept() -> None:
    framework = load("gia-lai-2023-province")
    told = kept(score(framework, Facts((Unit("Tỉnh A"),), {})))[0]

    messages = [one["message"] for one in told["criteria"].values() if one["message"]]
    assert {type(one) for one in messages} == {dict}
    assert (told["class_name"], messages[0]["code"]) == (None, "S101")


def test_words_that_were_kept_once_stay_and_a_stranger_has_none() -> None:
    strange = {"code": "S101", "data": {"name": "a"}}
    told = {"criteria": {"1.1": {"message": "Chưa có số liệu."}, "9.9": {"message": strange}}}
    found = worded(told, load("gia-lai-2023-province"), "en")["criteria"]
    assert {code: one["message"] for code, one in found.items()} == {"1.1": "Chưa có số liệu.", "9.9": None}
