"""Faults: one bad file for each, and words for all of them.

Every file below ``faults/`` ends with what must be said of it: ``# expect: code | line | key | first near miss``.
"""

from __future__ import annotations

import json
import re
import string
from fractions import Fraction
from pathlib import Path

import pytest

import chiso.framework
from chiso.framework.faults import Fault, FrameworkError, in_order, near_misses
from chiso.framework.loader import load
from chiso.framework.measures import Measure
from chiso.framework.phrases import PHRASES

FOLDER = Path(__file__).parent / "faults"
FILES = sorted(FOLDER.glob("*.yaml"))

#: Faults that no single file can show: their tests stand beside what raises them.
ELSEWHERE = {"F001", "F005", "F006", "F011", "F013", "F014", "F016", "F018", "F019", "F025"}


def expected(path: Path) -> list[list[str]]:
    lines = path.read_text("utf-8").splitlines()
    return [[word.strip() for word in line[10:].split("|")] for line in lines if line.startswith("# expect: ")]


def found(path: Path) -> list[list[str]]:
    try:
        load(str(path))
    except FrameworkError as error:
        return [[fault.code, str(fault.line), fault.key, *fault.near[:1]] for fault in error.faults]
    return []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_bad_file_is_refused_with_its_fault_and_line_and_key(path: Path) -> None:
    assert found(path) == expected(path)


@pytest.mark.parametrize("path", [path for path in FILES if path.stem.startswith("F")], ids=lambda path: path.stem)
def test_a_bad_file_shows_the_fault_it_is_named_after(path: Path) -> None:
    assert path.stem[:4] in {code for code, *_ in expected(path)}


@pytest.mark.parametrize("path", [path for path in FILES if path.stem.startswith("F")], ids=lambda path: path.stem)
def test_every_fault_says_file_line_and_remedy_in_both_languages(path: Path) -> None:
    with pytest.raises(FrameworkError) as error:
        load(str(path))
    for fault in error.value.faults:
        for lang in ("vi", "en"):
            located = fault.located(lang)
            assert located.startswith(f"{path}:{fault.line}: ")
            assert located.endswith((f". [{fault.code}]", f"? [{fault.code}]"))
            assert not re.search(r"[{}]|Measure\(|Fraction\(|Decimal\(", fault.text(lang).replace("{ }", ""))
        assert json.loads(json.dumps(fault.as_dict()))["message"] == fault.text("vi")


def test_every_fault_has_a_bad_file() -> None:
    shown = {path.stem[:4] for path in FILES if path.stem.startswith("F")}
    assert shown | ELSEWHERE == set(PHRASES.codes()) - {"near"}


def test_every_code_in_use_has_its_sentence_and_no_sentence_is_left_over() -> None:
    folder = Path(chiso.framework.__file__).parent
    texts = [path.read_text("utf-8") for path in folder.glob("*.py") if path.name != "phrases.py"]
    used = {code for text in texts for code in re.findall(r'"(F\d{3})"', text)}
    assert used == set(PHRASES.codes()) - {"near"}


@pytest.mark.parametrize("code", PHRASES.codes())
def test_both_languages_use_the_same_data(code: str) -> None:
    class Asked(dict[str, str]):
        def __missing__(self, key: str) -> str:
            asked.append(key)
            return key

    names = []
    for lang in ("vi", "en"):
        asked: list[str] = []
        string.Formatter().vformat(PHRASES._table[code][lang == "en"], (), Asked())
        names.append(set(asked))
    assert names[0] == names[1]


def test_numbers_and_units_in_a_fault_are_written_in_the_readers_language() -> None:
    data = {"of": "n", "measure": Measure.of("meeting"), "unit": Measure.of("document")}
    fault = Fault("F133", "file.yaml", 3, "rule", data)
    assert fault.text("vi") == "Ngưỡng tính bằng văn bản nhưng n tính bằng cuộc họp. Sửa unit."
    assert fault.text("en") == "The bounds are in documents but n is in meetings. Mend unit."
    sums = Fault("F116", "file.yaml", 3, "max_points", {"total": Fraction(25, 2), "full": Fraction(10)})
    assert "12,5 điểm" in sums.text("vi")
    assert "12.5 points" in sums.text("en")


def test_a_list_in_a_fault_is_written_with_commas() -> None:
    fault = Fault("F117", "file.yaml", 3, "targets", {"name": 4, "known": [1, 2, 3]})
    assert fault.text("en") == "There is no level 4; the levels are 1, 2, 3."
    assert fault.as_dict()["data"] == {"name": 4, "known": [1, 2, 3]}


def test_a_fault_without_line_or_key_names_the_file() -> None:
    fault = Fault("F016", "file.yaml", None, "")
    assert fault.located("en") == "file.yaml: There is no such file. Check the path. [F016]"


def test_near_misses_follow_the_sentence() -> None:
    fault = Fault("F010", "file.yaml", 1, "extends", {"name": "x"}, ("y", "z"))
    assert fault.text("vi").endswith("Có phải bạn muốn viết: y, z?")


def test_the_error_lists_every_fault_on_a_line() -> None:
    error = FrameworkError([Fault("F016", "a.yaml", None, ""), Fault("F016", "b.yaml", None, "")])
    assert str(error).splitlines() == [fault.located("en") for fault in error.faults]


def test_near_misses_are_at_most_three_and_the_closest_first() -> None:
    known = ["households", "household", "householder", "house", "servers"]
    assert near_misses("houshold", known) == ("household", "households", "householder")
    assert near_misses("zzz", known) == ()


def test_faults_are_put_in_the_order_of_file_and_line() -> None:
    faults = [
        Fault("F016", "b", 1, ""),
        Fault("F016", "a", 9, ""),
        Fault("F016", "a", None, ""),
        Fault("F016", "a", 2, ""),
    ]
    assert [(fault.file, fault.line) for fault in in_order(faults)] == [("a", None), ("a", 2), ("a", 9), ("b", 1)]
