"""Wrong arguments are explained in the language of the reader."""

from __future__ import annotations

import argparse
from typing import Any

import pytest

from chiso.cli.usage import Parser, in_words
from tests.cli.command import Chiso


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["score"], "chiso score: thiếu ID, --facts. Xem cách dùng ở trên."),
        (["framework", "show"], "chiso framework show: thiếu ID. Xem cách dùng ở trên."),
        (["framework"], "chiso framework: thiếu ACTION. Xem cách dùng ở trên."),
        ([], "chiso: thiếu COMMAND. Xem cách dùng ở trên."),
        (["framework", "list", "x"], "chiso: không hiểu x. Tên có dấu cách phải đặt trong dấu ngoặc kép."),
        (["score", "x", "--facts"], "chiso score: --facts: thiếu giá trị sau tùy chọn này."),
        (["reconcile", "x", "--points"], "chiso reconcile: --points: thiếu giá trị sau tùy chọn này."),
        (
            ["score", "x", "--f", "y"],
            "chiso score: --f có thể là --facts, --format. Ghi đầy đủ tên tùy chọn.",
        ),
    ],
)
def test_usage_is_explained_in_vietnamese(chiso: Chiso, arguments: list[str], words: str) -> None:
    answer = chiso(*arguments)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.splitlines()[-1] == words
    assert answer.err.startswith("usage: chiso")


def test_usage_is_explained_in_english(chiso: Chiso) -> None:
    answer = chiso("score", "--lang", "en")

    assert answer.err.splitlines()[-1] == "chiso score: missing: ID, --facts. See the usage above."


@pytest.mark.parametrize(
    ("arguments", "known"),
    [
        (["scor"], ["framework", "template", "score", "explain", "reconcile"]),
        (["framework", "shw", "x"], ["list", "show", "lint", "diff"]),
        (["score", "x", "--facts", "y", "--format", "xml"], ["table", "json", "csv"]),
        (["framework", "list", "--format", "csv"], ["table", "json"]),
        (["framework", "list", "--lang", "fr"], ["vi", "en"]),
    ],
)
def test_a_wrong_choice_is_told_what_there_is(chiso: Chiso, arguments: list[str], known: list[str]) -> None:
    answer = chiso(*arguments)

    assert answer.code == 2
    words = answer.err.splitlines()[-1]
    assert "không phải là một lựa chọn" in words
    assert [name for name in known if name not in words] == []


def test_arguments_are_not_obeyed_by_a_terminal(chiso: Chiso) -> None:
    answer = chiso("framework", "list", "\x1b]0;evil\x07")

    assert "\\u001b]0;evil\\u0007" in answer.err
    assert "\x1b" not in answer.err


def test_a_sentence_that_is_not_known_stays_as_it_is() -> None:
    assert in_words("something new", "vi") == "something new"


@pytest.mark.parametrize(
    ("options", "arguments"),
    [
        ({"required": True}, []),
        ({"choices": ("a", "b")}, ["--one", "c"]),
        ({}, ["--one"]),
        ({"nargs": "+"}, ["--one"]),
        ({}, ["--one", "a", "b"]),
    ],
)
def test_python_still_says_what_is_translated(
    capsys: pytest.CaptureFixture[str], options: dict[str, Any], arguments: list[str]
) -> None:
    """A new Python may word its sentences anew; then they have to be learnt."""
    parser = Parser(prog="x")
    parser.set_defaults(lang="vi")
    parser.add_argument("--one", **options)
    plain = argparse.ArgumentParser(prog="x")
    plain.add_argument("--one", **options)
    said = []
    for one in (parser, plain):
        with pytest.raises(SystemExit) as left:
            one.parse_args(arguments)
        assert left.value.code == 2
        said.append(capsys.readouterr().err.splitlines()[-1].rpartition("x: ")[2])

    assert said[0] != said[1].removeprefix("error: ")
