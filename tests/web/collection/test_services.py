"""Values are appended; of two people on one form neither loses a value."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.queries import breaks
from chiso.web.audit.services import Actor
from chiso.web.collection.models import Report, ReportState
from chiso.web.collection.services import ClosedError, SubmittedError, Written, save_values
from chiso.web.frameworks.services import loaded
from chiso.web.people.models import Role
from chiso.web.rounds.models import Extension, Stage
from tests.web import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    commune = make.unit("Xã mẫu A", parent=province)
    return make.report(make.participant(make.round_(province), commune))


def save(report: Report, actor: Actor | None = None, /, **written: Written):
    facts = {"a": "1.1/a", "b": "households", "choice": "1.2/choice", "yes": "1.3/plan"}
    known = loaded(report.participant.round.framework)
    return save_values(
        report_id=report.pk,
        framework=known,
        written={facts.get(name, name): one for name, one in written.items()},
        actor=actor or Actor(make.person().pk, "192.0.2.1"),
    )


def test_what_was_written_is_kept_in_its_fixed_form(report: Report) -> None:
    saved = save(report, a=Written("1.234.567"), b=Written("2000000"), choice=Written("Cấp phó"), yes=Written("có"))
    report.refresh_from_db()

    assert {fact: cell["v"] for fact, cell in report.values.items()} == {
        "1.1/a": "1234567",
        "households": "2000000",
        "1.2/choice": "deputy",
        "1.3/plan": "yes",
    }
    assert (saved.number, saved.refused, saved.conflicts) == (1, {}, {})
    assert report.number == 1


def test_what_is_not_understood_is_refused_and_the_rest_kept(report: Report) -> None:
    saved = save(report, a=Written("nhiều"), b=Written("12040"))

    assert saved.refused["1.1/a"].code == "D123"
    assert {fact: cell.text for fact, cell in saved.kept.items()} == {"households": "12040"}


def test_a_save_appends_one_entry_with_all_its_values_old_and_new(report: Report) -> None:
    actor = Actor(make.person().pk, "192.0.2.7")
    save(report, actor, a=Written("5"), b=Written("10"))
    save(report, actor, a=Written("6", seen=1, source="Sở mẫu", as_of="31/12/2025", note="đếm lại"))
    entries = list(Entry.objects.filter(strand=report.strand).order_by("number"))

    assert [(entry.number, entry.action, entry.by_id, entry.address) for entry in entries] == [
        (1, "report.saved", actor.user_id, "192.0.2.7"),
        (2, "report.saved", actor.user_id, "192.0.2.7"),
    ]
    changed = entries[1].data["values"]["1.1/a"]
    assert list(entries[1].data["values"]) == ["1.1/a"]
    assert (changed["old"], changed["new"]["v"], changed["new"]["source"], changed["new"]["note"]) == (
        "5", "6", "Sở mẫu", "đếm lại",
    )  # fmt: skip
    assert list(breaks(report.strand)) == []


def test_two_people_on_one_form_lose_nothing(report: Report) -> None:
    first, second = Actor(make.person().pk), Actor(make.person().pk)
    save(report, first, a=Written("5"), b=Written("10"))
    saved = save(report, second, a=Written("7"), choice=Written("head"))
    report.refresh_from_db()

    assert saved.conflicts["1.1/a"].text == "5"
    assert saved.conflicts["1.1/a"].by == first.user_id
    assert {fact: cell.text for fact, cell in saved.kept.items()} == {"1.2/choice": "head"}
    assert report.values["1.1/a"]["v"] == "5"


def test_the_second_may_then_choose_to_replace_the_first(report: Report) -> None:
    save(report, a=Written("5"))
    saved = save(report, a=Written("7", seen=1))
    report.refresh_from_db()

    assert (saved.conflicts, report.values["1.1/a"]["v"], report.number) == ({}, "7", 2)


@pytest.mark.parametrize("forged", [2, 2**30, 2**70, 10**99, -(2**70)])
def test_a_change_that_the_report_never_had_was_seen_by_nobody(report: Report, forged: int) -> None:
    save(report, a=Written("5"))
    written = {"1.1/a": Written("7", seen=forged), "1.2/choice": Written("head", seen=forged)}
    known, actor = loaded(report.participant.round.framework), Actor(make.person().pk)
    saved = save_values(report_id=report.pk, framework=known, written=written, actor=actor, change="forged")
    report.refresh_from_db()

    assert (saved.conflicts["1.1/a"].text, report.values["1.1/a"]["v"]) == ("5", "5")
    assert (list(saved.kept), saved.replaced, report.number) == (["1.2/choice"], {}, 2)


def test_the_same_value_twice_is_no_conflict_and_no_change(report: Report) -> None:
    save(report, a=Written("5"))
    saved = save(report, a=Written("5"))

    assert (saved.number, saved.kept, saved.conflicts) == (1, {}, {})


def test_a_value_taken_back_stays_recorded(report: Report) -> None:
    save(report, a=Written("5"))
    save(report, a=Written("", seen=1))
    report.refresh_from_db()

    assert report.values["1.1/a"]["v"] == ""
    assert Entry.objects.get(strand=report.strand, number=2).data["values"]["1.1/a"]["old"] == "5"


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage != Stage.OPEN])
def test_nothing_is_taken_in_at_another_stage(report: Report, stage: Stage) -> None:
    round_ = report.participant.round
    round_.stage = stage
    round_.save()

    with pytest.raises(ClosedError):
        save(report, a=Written("5"))
    assert Report.objects.get(pk=report.pk).values == {}


def test_after_the_due_time_a_permission_is_needed(report: Report) -> None:
    round_ = report.participant.round
    round_.due_at = timezone.now() - dt.timedelta(minutes=1)
    round_.save()
    coordinator = make.person((Role.COORDINATOR, round_.assessor))
    with pytest.raises(ClosedError):
        save(report, a=Written("5"))

    until = timezone.now() + dt.timedelta(days=1)
    Extension.objects.create(participant=report.participant, until=until, reason="Mất điện", granted_by=coordinator)
    assert save(report, a=Written("5")).number == 1


@pytest.mark.parametrize("state", [ReportState.SUBMITTED, ReportState.SIGNED])
def test_a_report_with_the_head_does_not_change(report: Report, state: ReportState) -> None:
    report.state = state
    report.save()

    with pytest.raises(SubmittedError):
        save(report, a=Written("5"))


def test_a_change_that_arrives_twice_is_no_conflict_with_itself(report: Report) -> None:
    again = {"written": {"1.1/a": Written("5"), "households": Written("10")}, "change": "first"}
    known, first = loaded(report.participant.round.framework), Actor(make.person().pk)
    save_values(report_id=report.pk, framework=known, actor=first, **again)
    save(report, a=Written("7", seen=1))
    saved = save_values(report_id=report.pk, framework=known, actor=first, **again)

    assert (saved.conflicts, saved.kept, saved.number) == ({}, {}, 2)
    assert saved.replaced["1.1/a"].text == "7"


def test_another_change_with_the_same_values_is_a_conflict(report: Report) -> None:
    known, actor = loaded(report.participant.round.framework), Actor(make.person().pk)
    save_values(report_id=report.pk, framework=known, actor=actor, written={"1.1/a": Written("5")}, change="first")
    saved = save_values(
        report_id=report.pk, framework=known, actor=actor, written={"1.1/a": Written("6")}, change="second"
    )

    assert (saved.conflicts["1.1/a"].text, saved.replaced) == ("5", {})


def test_a_save_counts_the_progress_anew(report: Report) -> None:
    save(report, a=Written("5"), b=Written("10"))
    report.refresh_from_db()

    assert report.progress == {"1": [2, 4]}


def test_text_is_kept_as_it_was_written() -> None:
    version = make.framework(
        make.SMALL.replace("dimensions:", "general_information:\n  - {no: '1', label: Nơi đặt trụ sở}\ndimensions:")
    )
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    one = make.report(make.participant(make.round_(province, version), make.unit(parent=province)))
    written = {"general#0": Written("  Thôn 1, xã mẫu \n")}
    saved = save_values(report_id=one.pk, framework=loaded(version), written=written, actor=Actor(make.person().pk))

    assert saved.kept["general#0"].text == "Thôn 1, xã mẫu"


def test_a_save_takes_three_queries(report: Report, django_assert_num_queries) -> None:
    loaded(report.participant.round.framework)
    actor = Actor(make.person().pk)
    with django_assert_num_queries(5):  # the report, its entry in the log, the report; begin and end
        save(report, actor, a=Written("5"), b=Written("10"), yes=Written("có"))
