"""Every worked case of every bundled framework gives the points that the document's words give."""

from __future__ import annotations

from importlib import resources
from typing import Any

import pytest
import yaml

from chiso.framework.loader import bundled, load
from chiso.quantity import to_rational
from tests.library.cases import Case, cases_of, fast_outcome, levels_met, outcome


def _all_cases() -> list[Any]:
    return [
        pytest.param(name, case, id=f"{name}-{case['code']}-{case['case'][:60]}")
        for name in bundled()
        for case in cases_of(name)
    ]


@pytest.mark.parametrize(("framework", "case"), _all_cases())
def test_case_gives_what_the_document_says(framework: str, case: Case) -> None:
    if load(framework).is_maturity:
        status, levels = levels_met(framework, case)
        assert status == case.get("status", "scored")
        if "levels" in case:
            assert levels == case["levels"]
        return
    status, points = outcome(framework, case)
    fast_status, fast_points = fast_outcome(framework, case)
    assert status == fast_status == case.get("status", "scored")
    if "points" in case:
        assert points == to_rational(case["points"])
        assert fast_points == pytest.approx(float(to_rational(case["points"])), abs=1e-9)


@pytest.mark.parametrize("framework", bundled())
def test_every_criterion_has_at_least_two_cases(framework: str) -> None:
    loaded = load(framework)
    counts = {code: 0 for code, criterion in loaded.criteria.items() if not criterion.criteria}
    for case in cases_of(framework):
        counts[str(case["code"])] = counts.get(str(case["code"]), 0) + 1

    assert {code: number for code, number in counts.items() if number < 2} == {}


def _library_files() -> list[Any]:
    folders = [entry for entry in resources.files("chiso.library").iterdir() if entry.is_dir()]
    files = [one for folder in folders for one in folder.iterdir() if one.name.endswith(".yaml")]
    files += [one for one in resources.files("chiso.library").iterdir() if one.name.endswith(".yaml")]
    return [pytest.param(one, id=f"{one}".rsplit("library/", 1)[-1]) for one in files]


@pytest.mark.parametrize("file", _library_files())
def test_every_file_is_read_without_the_c_library_too(file: Any) -> None:
    """Where PyYAML was built without libyaml its own parser reads the files, and is stricter."""
    assert yaml.compose(file.read_text("utf-8"), Loader=yaml.SafeLoader) is not None
