"""Source and date are said once for a column; values that are there take them over, unless they say otherwise."""

from __future__ import annotations

import pytest

from chiso.web.audit.queries import breaks
from chiso.web.jobs.models import Job, JobState
from chiso.web.providers import comparing
from tests.web.conftest import Browser
from tests.web.providers.conftest import Bureau


def tell(browser: Browser, bureau: Bureau, source: str, as_of: str, **more: str):
    told = {"fact": "households", "source": source, "as_of": as_of, **more}
    return browser.post(bureau.address("origin"), told)


def origins(bureau: Bureau) -> list[tuple[object, object]]:
    cells = [bureau.cell(unit) for unit in bureau.units]
    return [(cell.get("source", ""), cell.get("as_of", "")) for cell in cells]


@pytest.fixture
def provider(browser: Browser, bureau: Bureau) -> Browser:
    """The provider, who has supplied a figure of each unit; that of the last has a source of its own."""
    browser.as_person(bureau.provider)
    one, other, third = bureau.units
    own = {"text": "7", "source": "Điều tra riêng"}
    bureau.send(browser, (one, "households", "5"), (other, "households", "6"), (third, "households", own))
    return browser


def test_values_that_are_there_stay_as_they_are_unless_it_is_wanted(provider: Browser, bureau: Bureau) -> None:
    tell(provider, bureau, "Niên giám", "31/12")

    assert origins(bureau) == [("", ""), ("", ""), ("Điều tra riêng", "")]


def test_values_without_an_origin_take_it_over_and_then_follow_it(
    provider: Browser, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "BATCH", 2)
    tell(provider, bureau, "Niên giám", "31/12", spread="yes")
    job = Job.objects.latest("pk")
    assert (job.state, "2 số liệu" in job.message) == (JobState.DONE, True)
    assert origins(bureau) == [("Niên giám", "31/12"), ("Niên giám", "31/12"), ("Điều tra riêng", "")]

    tell(provider, bureau, "Niên giám sửa lại", "30/06", spread="yes")
    assert origins(bureau) == [("Niên giám sửa lại", "30/06"), ("Niên giám sửa lại", "30/06"), ("Điều tra riêng", "")]
    assert [bureau.given(unit)["households"] for unit in bureau.units] == ["5", "6", "7"]
    assert list(breaks()) == []


def test_what_is_too_long_is_said_and_not_kept(provider: Browser, bureau: Bureau) -> None:
    answer = tell(provider, bureau, "x" * 1001, "31/12", spread="yes")

    assert "quá dài" in provider.get(answer["Location"]).content.decode()
    assert (bureau.round.origins.count(), Job.objects.count()) == (0, 0)


def test_a_closed_round_changes_no_values(provider: Browser, bureau: Bureau) -> None:
    bureau.round.stage = "verification"
    bureau.round.save()
    tell(provider, bureau, "Niên giám", "31/12", spread="yes")

    assert (origins(bureau)[0], Job.objects.count()) == (("", ""), 0)
