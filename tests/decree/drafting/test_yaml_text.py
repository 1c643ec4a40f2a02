"""Drafts as YAML: what was loaded from their data is what their text says."""

from __future__ import annotations

import pytest
import yaml

import chiso
from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import drafts_of
from chiso.decree.drafting.yaml_text import yaml_text
from chiso.framework.faults import FrameworkError
from chiso.framework.loader import load_data, load_text
from tests.decree.makers.docx import docx
from tests.decree.makers.printed import printed


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
