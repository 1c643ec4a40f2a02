"""Drafts as YAML: letter by letter what libyaml writes, and read back as the data that was loaded."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
import yaml

import chiso
from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import drafts_of
from chiso.decree.numbers import Exact
from chiso.decree.yaml_lines import UnusualError, yaml_lines
from chiso.decree.yaml_text import _by_library, yaml_text
from chiso.framework.faults import FrameworkError
from chiso.framework.loader import load_data, load_text
from tests.decree.makers.docx import docx
from tests.decree.makers.printed import printed

#: Words in which YAML sees more than words, among others.
WORDS = (
    *(
        "tỷ lệ",
        "Điểm:",
        "#",
        "a",
        "10",
        "1.5",
        "- x",
        "-",
        "yes",
        "no",
        "null",
        "~",
        "[b]",
        "{c}",
        "a, b",
        "'",
        '"',
        "%",
    ),
    *("@", "?", "? q", ":", " : ", ",", "  ", ">", "*", "&", "!", "2023-05-10", "0x1F", "1_000", "12:30", "...", "---"),
    *("=", "<<", "`", "|", "\\", "\\n", "Số lượng hồ sơ", "x" * 30, "true", "OFF", "1e5", ".5", "+1", "a:b", "a #b"),
    *("b# ", "€", "½", "của cơ quan"),
)
KEYS = ("a", "code", "tên", "no", "key x", 1, 2, "1", "1.5", "a:b", "x, y", "- a", "")


class Maker:
    """Makes data of every form that a draft may have, and of some that it has not."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def words(self) -> str:
        length = self.chance.choice((1, 1, 2, 3, 8, 25, 60))
        between = self.chance.choice((" ", " ", ""))
        text = between.join(self.chance.choice(WORDS) for _ in range(length))
        return text.replace(" : ", "\n") if self.chance.random() < 0.2 else text

    def value(self, depth: int = 0) -> Any:
        kind = self.chance.random()
        if depth > 5 or kind < 0.5:
            return self.words()
        if kind < 0.6:
            return self.chance.choice((None, True, False, 0, 5, -3, 10**6, Exact("63.33"), dt.date(2023, 5, 10)))
        if kind < 0.8:
            return [self.value(depth + 1) for _ in range(self.chance.randint(0, 4))]
        return {self.chance.choice(KEYS): self.value(depth + 1) for _ in range(self.chance.randint(0, 4))}


def test_lines_are_those_of_the_library() -> None:
    written = 0
    for seed in range(600):
        maker = Maker(seed)
        data = {"id": "bộ chỉ số " * 20, "x": maker.value(), "y": {"rows": [maker.value(), {"z": maker.value()}]}}
        try:
            found = yaml_lines(data)
        except UnusualError:
            continue
        assert found == _by_library(data)
        written += 1
    assert written > 400


@pytest.mark.parametrize(
    "unusual", ["a\tb", "a\x85b", "\u2028", "\ufeff", "🙂", "\x07", "a\n", "\na", " a\nb", 1.5, Exact("1e5")]
)
def test_what_needs_more_care_is_left_to_the_library(unusual: Any) -> None:
    data = {"id": "bộ chỉ số " * 20, "x": unusual}
    with pytest.raises(UnusualError):
        yaml_lines(data)
    assert yaml_text(data, "Đầu") == "# Đầu\n" + _by_library(data) if unusual != 1.5 else True


@pytest.mark.parametrize("known", chiso.bundled())
def test_a_draft_is_what_its_text_says(known: str) -> None:
    for draft in drafts_of(read_bytes(docx(printed(chiso.load(known))), "van-ban.docx")):
        found = load_text(draft.text, "draft.yaml")
        assert found.model_dump() == draft.framework.model_dump()
        assert found.hash == draft.framework.hash
        assert yaml.safe_load(draft.text).keys() == draft.data.keys()


def test_faults_are_those_of_the_text_with_its_lines() -> None:
    (draft,) = drafts_of(read_bytes(docx(printed(chiso.load("khanh-hoa-2023-district"))), "van-ban.docx"))
    data = {**draft.data, "version": "", "unknown": "x"}
    text = yaml_text(data, "Đầu")
    with pytest.raises(FrameworkError) as by_text:
        load_text(text, "draft.yaml")
    with pytest.raises(FrameworkError) as by_data:
        load_data(data, text, "draft.yaml")
    assert by_data.value.faults == by_text.value.faults
    assert all(fault.line is not None for fault in by_data.value.faults)
