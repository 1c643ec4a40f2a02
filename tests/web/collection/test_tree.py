"""The tree beside a report tells the state and points of every line, anew for each report and place."""

from __future__ import annotations

import json
import re

import pytest

from tests.web.collection.conftest import Office
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db


def lines(page: str) -> dict[str, tuple[str, str, bool]]:
    """State, points and whether one is there, of each criterion in the tree of a page."""
    found = re.findall(
        r'<a class="tree-line depth-\d is-(\w+)" href="[^"]*" data-line="([^"]+)"( aria-current="page")?>.*?'
        r"data-line-points>([^<]*)<",
        page,
        re.S,
    )
    return {code: (state, points, bool(here)) for state, code, here, points in found}


def test_the_tree_moves_with_the_values(browser: Browser, office: Office) -> None:
    browser.as_person(office.officer)
    before = lines(browser.get(office.address("at/1.1/")).content.decode())
    cells = {"1.1/a": {"text": "5"}, "households": {"text": "10"}}
    browser.post(office.address("values"), json.dumps({"cells": cells}), content_type="application/json")
    after = lines(browser.get(office.address("at/1.2/")).content.decode())

    assert (before["1.1"], before["1.2"][2]) == (("empty", "", True), False)
    assert (after["1.1"], after["1.2"][2]) == (("done", "10", False), True)
    assert before.keys() == after.keys()


def test_the_lines_lead_to_the_report_that_is_open(browser: Browser, office: Office) -> None:
    page = browser.as_person(office.officer).get(office.address("at/1.1/")).content.decode()

    assert f'href="{office.address("at/1.2/")}" data-line="1.2"' in page
    assert re.search(r"@\w+@", page) is None


def test_the_script_finds_its_words_as_attributes(browser: Browser, office: Office) -> None:
    page = browser.as_person(office.officer).get(office.address("at/1.1/")).content.decode()

    assert 'data-says-saving="Đang lưu…"' in page
    assert re.search(r'data-says-conflict="[^"]*{count}[^"]+"', page) is not None
