"""Every code in use has its sentence in both languages, with the same placeholders, and no sentence is idle."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

import chiso.workbook
from chiso.phrases import Phrases
from chiso.workbook import form_phrases, phrases, result_phrases

SOURCES = {path.name: path.read_text("utf-8") for path in Path(chiso.workbook.__path__[0]).glob("*.py")}
TABLES = {"phrases.py": phrases, "form_phrases.py": form_phrases, "result_phrases.py": result_phrases}
#: Codes put together from a word and a value.
BUILT = {
    "form_phrases.py": {
        *(f"how_{number}" for number in range(1, 8)),
        *("ask_choice", "ask_days", "ask_yes_no", "exempt_peers_best", "exempt_full"),
    },
    "result_phrases.py": {
        *("waiting", "missing", "not_applicable", "undecided", "error", "unscored", "scored"),
        *("rounding_total", "rounding_criterion", "ties_skip", "ties_dense"),
    },
}


def table(name: str) -> Phrases:
    return TABLES[name].PHRASES


def test_every_fault_code_in_the_source_has_a_sentence() -> None:
    used = set(re.findall(r'"(W\d{3})"', "".join(text for name, text in SOURCES.items() if name != "phrases.py")))
    assert used == {code for code in table("phrases.py").codes() if code.startswith("W")}


@pytest.mark.parametrize("name", TABLES)
def test_no_sentence_is_idle(name: str) -> None:
    others = "".join(text for other, text in SOURCES.items() if other != name)
    idle = {code for code in table(name).codes() if not re.search(rf"""["']{code}["']""", others)}
    assert idle == BUILT.get(name, set()) & idle


@pytest.mark.parametrize("name", TABLES)
def test_both_languages_use_the_same_data(name: str) -> None:
    def fields(code: str, position: int) -> set[str]:
        text = table(name)._table[code][position]
        return {field for _, field, _, _ in Formatter().parse(text) if field}

    assert [code for code in table(name).codes() if fields(code, 0) != fields(code, 1)] == []


def test_what_a_file_is_stands_in_the_language_of_the_reader() -> None:
    assert phrases.phrase("W013", "en", kind="pdf") == (
        "The file is a PDF, not a table of figures. Use CSV, Excel (.xlsx) or JSON."
    )
    assert phrases.phrase("W013", "vi", kind="pdf").startswith("Tệp là tệp PDF, ")
