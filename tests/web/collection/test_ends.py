"""What a report counts is what the entries of its strand say; a value that was changed past the log is found."""

from __future__ import annotations

import json

import pytest

from chiso.web.audit.models import Entry
from chiso.web.audit.queries import Break, breaks
from chiso.web.collection.models import Report
from tests.web import factories as make
from tests.web.audit.test_log import unguarded
from tests.web.collection.conftest import Office
from tests.web.conftest import Browser


@pytest.fixture
def written(browser: Browser, office: Office) -> Report:
    """A report in which one figure was written twice, and another was emptied again."""
    browser.as_person(office.officer)
    for seen, cells in enumerate(({"1.1/a": "5", "1.3/plan": "có"}, {"1.1/a": "6"}, {"1.3/plan": ""})):
        body = {"cells": {fact: {"text": text, "seen": seen} for fact, text in cells.items()}, "change": f"c{seen}"}
        answer = browser.post(office.address("values"), json.dumps(body), content_type="application/json")
        assert answer.json()["refused"] == {}
    return Report.objects.get(pk=office.report.pk)


def test_a_report_that_was_written_to_holds_what_its_entries_say(written: Report) -> None:
    assert (written.number, written.values["1.1/a"]["v"], written.values["1.3/plan"]["v"]) == (3, "6", "")
    assert list(breaks()) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda values: values["1.1/a"].update(v="999"),
        lambda values: values["1.1/a"].update(by=987654),
        lambda values: values["1.1/a"].update(source="Khác"),
        lambda values: values.pop("1.1/a"),
        lambda values: values.update(households=dict(values["1.1/a"])),
    ],
)
def test_a_value_that_was_changed_past_the_log_is_found(written: Report, change) -> None:
    change(written.values)
    Report.objects.filter(pk=written.pk).update(values=written.values)

    assert list(breaks()) == [Break(written.strand, 3, "unlike")]
    assert list(breaks(written.strand)) == [Break(written.strand, 3, "unlike")]


def test_values_that_no_entry_wrote_are_found(db: None) -> None:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    report = make.report(make.participant(make.round_(province), make.unit(parent=province)))
    assert list(breaks()) == []
    Report.objects.filter(pk=report.pk).update(values={"1.1/a": {"v": "5", "n": 1, "by": 1, "at": ""}})

    assert list(breaks()) == [Break(report.strand, 0, "gone")]


def test_what_is_saved_while_the_log_is_read_is_no_break(
    browser: Browser, office: Office, written: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    def save_once(self: Entry) -> None:
        monkeypatch.undo()
        body = {"cells": {"1.1/a": {"text": "7", "seen": 3}}, "change": "c9"}
        browser.post(office.address("values"), json.dumps(body), content_type="application/json")

    from chiso.web.collection.ends import Values

    read = Values.read

    def then_save(self: Values, entry: Entry) -> None:
        read(self, entry)
        if entry.number == 3:
            save_once(entry)

    monkeypatch.setattr(Values, "read", then_save)
    assert list(breaks(written.strand)) == []
    assert Report.objects.get(pk=written.pk).values["1.1/a"]["v"] == "7"


@pytest.mark.parametrize("data", ["[]", "7", '{"values": 7}', '{"values": {"1.1/a": 7}}', "null"])
def test_an_entry_that_was_tampered_with_may_hold_anything(written: Report, data: str) -> None:
    unguarded("UPDATE audit_entry SET data = %s WHERE number = 2", data)

    assert [one.code for one in breaks(written.strand)] == ["altered", "unlike"]
