"""Everything the pages say is translated, and what is compiled is what was translated."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.web.translations import WEB, catalogue, compiled, current, folders, kept, missing


def names(text: str) -> set[str]:
    """Return the placeholders of a text: ``%(name)s``."""
    return {part.partition(")")[0] for part in text.split("%(")[1:]}


@pytest.mark.parametrize("folder", folders(), ids=lambda path: path.relative_to(WEB).as_posix())
def test_everything_is_translated_and_compiled(folder: Path) -> None:
    translations = current(folder)
    if not len(translations):
        return

    assert list(missing(translations)) == []
    assert {message.id for message in kept(folder)} == {message.id for message in translations}, "run `make messages`"
    assert catalogue(folder).with_suffix(".mo").read_bytes() == compiled(translations), "run `make messages`"


@pytest.mark.parametrize("folder", folders(), ids=lambda path: path.relative_to(WEB).as_posix())
def test_translations_keep_the_placeholders(folder: Path) -> None:
    for message in kept(folder):
        if message.id and isinstance(message.id, str):
            assert names(message.string) == names(message.id), message.id


def test_the_same_words_mean_the_same_everywhere() -> None:
    """The catalogues of all apps are read as one: of two translations of the same words only one is ever shown."""
    found = defaultdict(set)
    for folder in folders():
        for message in kept(folder):
            words = message.id if isinstance(message.id, str) else message.id[0]
            said = message.string if isinstance(message.string, str) else message.string[0]
            found[words, message.context].add(said)
    assert {words: said for (words, _), said in found.items() if len(said) > 1 and words} == {}
