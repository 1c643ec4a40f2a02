"""Every code that the engine uses has its sentence in both languages, and no sentence stands idle."""

from __future__ import annotations

import re
from importlib import resources
from string import Formatter

import pytest

from chiso.phrases import LANGUAGES
from chiso.scoring.phrases import PHRASES, phrase

_CODE = re.compile(r"[\"']([DST]\d{3})[\"']")

#: Words that are looked up by the name of a bound or of an outcome.
WORDS = {"near", "at_least", "above", "at_most", "below", "met", "not_met", "undecided", "reference"}


def used_codes() -> set[str]:
    """Return every code that stands in the sources of the engine, apart from the table itself."""
    folder = resources.files("chiso.scoring")
    texts = [
        one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".py") and one.name != "phrases.py"
    ]
    return {code for text in texts for code in _CODE.findall(text)}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_code_in_use_has_a_sentence() -> None:
    assert used_codes() - set(PHRASES.codes()) == set()


def test_every_sentence_is_in_use() -> None:
    assert set(PHRASES.codes()) - used_codes() == WORDS


@pytest.mark.parametrize("code", PHRASES.codes())
def test_both_languages_say_the_same_things(code: str) -> None:
    raw = {lang: PHRASES._table[code][LANGUAGES.index(lang)] for lang in LANGUAGES}

    assert fields(raw["vi"]) == fields(raw["en"])
    assert all(text.strip() == text != "" for text in raw.values())


@pytest.mark.parametrize("code", PHRASES.codes())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_is_filled_with_its_data(code: str, lang: str) -> None:
    raw = PHRASES._table[code][LANGUAGES.index(lang)]
    filled = phrase(code, lang, **{name: f"<{name}>" for name in fields(raw)})

    assert all(f"<{name}>" in filled for name in fields(raw))
    assert "{" not in filled


def test_a_code_may_have_data_called_code() -> None:
    assert (
        phrase("D107", "en", code="1.2")
        == "Criterion 1.2 takes no figures itself (it is a sum, or comes from child units)."
    )


@pytest.mark.parametrize("code", [code for code in PHRASES.codes() if code.startswith("D")])
def test_data_faults_are_sentences(code: str) -> None:
    for lang in LANGUAGES:
        assert PHRASES._table[code][LANGUAGES.index(lang)].endswith(".")
