"""Results say when they do not know what has changed since they were worked out, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.db import transaction
from django.urls import reverse

from chiso.scoring.result import unit_results
from chiso.scoring.score import Scores
from chiso.web.audit.models import Entry
from chiso.web.audit.services import SYSTEM, Actor, record
from chiso.web.collection.contacts import save_contacts
from chiso.web.collection.models import Receipt, Report, Result, ValueStage
from chiso.web.collection.remarks import add_remark
from chiso.web.collection.services import Written, save_values
from chiso.web.collection.submission import reopen, send_back, sign_off, submit
from chiso.web.collection.supplying import supply
from chiso.web.frameworks.services import loaded
from chiso.web.people.models import Role
from chiso.web.results import outdated
from chiso.web.results.outdated import OF_REPORTS, OF_ROUNDS, OF_SUMS, changed_since, worked_out_at
from chiso.web.results.services import recalculate
from chiso.web.rounds.models import Participant, Round
from chiso.web.rounds.registration import confirm, register
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.results.test_children import Tiers
from tests.web.results.test_same_points import _district, with_parts
from tests.web.rounds.test_registration import LEVELS

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    round_ = make.round_(make.unit("Tỉnh mẫu", make.Kind.PROVINCE), make.framework(LEVELS))
    made, _other = (make.report(make.participant(round_, make.unit())) for _ in range(2))
    recalculate(round_=round_, actor=SYSTEM)
    return made


def clerk() -> Actor:
    return Actor(make.person().pk)


def framework_of(report: Report):
    return loaded(report.participant.round.framework)


def save(report: Report) -> None:
    seen = Report.objects.get(pk=report.pk).number
    written = {"I.1/value": Written("yes", seen=seen), "I.2/value": Written("3")}
    save_values(report_id=report.pk, framework=framework_of(report), written=written, actor=clerk())


def hand_in(report: Report) -> str:
    report.refresh_from_db()
    return submit(report_id=report.pk, framework=framework_of(report), actor=clerk(), seen=report.number).hash


def last(round_: Round) -> str | None:
    at = worked_out_at(round_)
    found = changed_since(round_, at) if at else None
    return found.words if found else None


def level(report: Report, *, as_head: bool) -> None:
    register(participant_id=report.participant_id, level=2, as_head=as_head, actor=clerk())


def confirmed(report: Report) -> None:
    level(report, as_head=False)
    recalculate(round_=report.participant.round, actor=SYSTEM)
    confirm(participant_id=report.participant_id, level=2, actor=clerk())


def reopened(report: Report) -> None:
    hand_in(report)
    recalculate(round_=report.participant.round, actor=SYSTEM)
    reopen(report_id=report.pk, reason="Sai số hộ", actor=clerk())


def sent_back(report: Report) -> None:
    receipt = hand_in(report)
    recalculate(round_=report.participant.round, actor=SYSTEM)
    send_back(report_id=report.pk, receipt_hash=receipt, word="Xem lại", actor=clerk())


CHANGES: dict[str, tuple[Callable[[Report], object], str]] = {
    "values": (save, "Lưu số liệu"),
    "a submission": (hand_in, "Trình báo cáo"),
    "a report reopened": (reopened, "Mở lại báo cáo"),
    "a report sent back": (sent_back, "Trả lại báo cáo"),
    "a level registered": (lambda report: level(report, as_head=True), "Đăng ký mức độ"),
    "a level confirmed": (confirmed, "Xác nhận mức độ"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_results_makes_them_outdated_until_they_are_worked_out_again(report: Report, change: str) -> None:
    happen, words = CHANGES[change]
    round_ = report.participant.round
    assert last(round_) is None
    happen(report)
    assert last(round_) == words
    recalculate(round_=round_, actor=SYSTEM)
    assert last(round_) is None


def test_what_changes_no_result_does_not(report: Report) -> None:
    participant = report.participant
    digest = hand_in(report)
    recalculate(round_=participant.round, actor=SYSTEM)
    add_remark(participant=participant, code="I.1", text="Khó đo", actor=clerk())
    sign_off(report_id=report.pk, receipt_hash=digest, actor=clerk())
    record(strand=participant.round.strand, action="round.calendar_set", actor=clerk())

    assert last(participant.round) is None


def test_a_unit_that_has_just_submitted_has_the_results_of_its_submission(report: Report) -> None:
    hand_in(report)
    result = Result.objects.get(participant=report.participant)
    assert (result.report_number, changed_since(report.participant.round, result.at)) == (0, None)


def test_what_a_provider_supplies_and_another_round_do_or_do_not() -> None:
    round_, other = (make.round_(make.unit(kind=make.Kind.PROVINCE)) for _ in range(2))
    mine, theirs = (make.participant(one, make.unit()) for one in (round_, other))
    for one in (round_, other):
        recalculate(round_=one, actor=SYSTEM)
    supply(
        round_=other,
        framework=loaded(other.framework),
        agencies=["Cơ quan thống kê"],
        written={theirs.pk: {"households": Written("7")}},
        actor=clerk(),
    )

    assert (last(round_), last(other)) == (None, "Lưu số liệu")
    assert mine.round == round_


def test_a_change_in_a_round_below_makes_the_results_above_outdated() -> None:
    tiers = Tiers()
    lowest = make.round_(tiers.district)
    tiers.lower.children.add(lowest)
    lowest.children.add(tiers.upper)  # a circle ends too
    recalculate(round_=tiers.upper, actor=SYSTEM)
    assert last(tiers.upper) is None
    recalculate(round_=lowest, actor=SYSTEM)
    assert last(tiers.upper) is None  # nothing follows from points of units below
    with transaction.atomic():
        record(strand=lowest.strand, action="round.units_added", actor=clerk())

    assert last(tiers.upper) == "Thêm đơn vị vào đợt"


def test_levels_of_child_units_count_where_something_follows_from_them() -> None:
    whole = _district([1, 2])
    [lower] = whole.round.children.all()
    recalculate(round_=whole.round, actor=SYSTEM)
    assert last(whole.round) is None
    recalculate(round_=lower, actor=SYSTEM)
    assert last(whole.round) == "Tính kết quả"

    hold(whole)
    recalculate(round_=whole.round, actor=SYSTEM)
    recalculate(round_=lower, actor=SYSTEM)
    assert last(whole.round) is None


def hold(of: Participant) -> Receipt:
    """Submit a report, so that what others change behind it counts no more."""
    own = Report.objects.get(participant=of, stage=ValueStage.SELF)
    framework = loaded(of.round.framework, of.round.readings)
    return submit(report_id=own.pk, framework=framework, actor=clerk(), seen=own.number)


def supplied(of: Participant, households: str) -> None:
    there = Report.objects.filter(participant=of, stage=ValueStage.PROVIDER).first()
    supply(
        round_=of.round,
        framework=loaded(of.round.framework),
        agencies=["Cơ quan thống kê"],
        written={of.pk: {"households": Written(households, there.number if there else 0)}},
        actor=clerk(),
    )


def test_what_an_agency_supplies_behind_a_held_report_does_not_count_before_it_is_open_again() -> None:
    round_ = make.round_(make.unit(kind=make.Kind.PROVINCE))
    held, open_ = (make.participant(round_, make.unit()) for _ in range(2))
    for one in (held, open_):
        make.report(one)
    receipt = hold(held)
    recalculate(round_=round_, actor=SYSTEM)
    supplied(held, "7")
    assert last(round_) is None
    sign_off(report_id=receipt.report_id, receipt_hash=receipt.hash, actor=clerk())
    supplied(held, "8")
    assert last(round_) is None

    supplied(open_, "9")
    assert last(round_) == "Lưu số liệu"
    recalculate(round_=round_, actor=SYSTEM)
    reopen(report_id=receipt.report_id, reason="Số hộ sai", actor=clerk())
    assert last(round_) == "Mở lại báo cáo"
    recalculate(round_=round_, actor=SYSTEM)
    supplied(held, "10")
    assert last(round_) == "Lưu số liệu"


def written_by(of: Participant, text: str) -> None:
    own, _new = Report.objects.get_or_create(participant=of, stage=ValueStage.SELF)
    framework = loaded(of.round.framework)
    save_values(report_id=own.pk, framework=framework, written={"1.2/choice": Written(text, own.number)}, actor=clerk())


def test_what_child_units_save_behind_a_held_report_does_not_count(django_assert_num_queries) -> None:
    tiers = Tiers()
    commune = tiers.commune({"households_online": "10", "households": "10"})
    recalculate(round_=tiers.upper, actor=SYSTEM)
    written_by(commune, "head")
    assert last(tiers.upper) == "Lưu số liệu"

    hold(tiers.whole)
    recalculate(round_=tiers.upper, actor=SYSTEM)
    written_by(commune, "deputy")
    at = worked_out_at(tiers.upper)
    assert at is not None
    with django_assert_num_queries(4):  # two tiers, the log, reports
        assert changed_since(tiers.upper, at) is None
    with transaction.atomic():
        record(strand=tiers.lower.strand, action="round.units_added", actor=clerk())
    assert last(tiers.upper) is None
    stranger = make.participant(tiers.upper, make.unit(parent=tiers.province, kind=make.Kind.DISTRICT))
    written_by(commune, "head")
    assert last(tiers.upper) == "Thêm đơn vị vào đợt"  # for the sums of whoever is still open
    child = make.participant(tiers.lower, make.unit(parent=stranger.unit))
    written_by(child, "head")
    assert last(tiers.upper) == "Lưu số liệu"


def test_what_a_part_saves_behind_a_held_whole_does_not_count() -> None:
    whole = with_parts("50")
    hold(whole)
    recalculate(round_=whole.round, actor=SYSTEM)
    written_by(Participant.objects.filter(part_of=whole)[0], "head")
    assert last(whole.round) is None

    reopen(report_id=Report.objects.get(participant=whole).pk, reason="Sai", actor=clerk())
    recalculate(round_=whole.round, actor=SYSTEM)
    written_by(Participant.objects.filter(part_of=whole)[0], "deputy")
    assert last(whole.round) == "Lưu số liệu"


def test_a_level_registered_behind_a_held_report_does_not_count(report: Report) -> None:
    hand_in(report)
    recalculate(round_=report.participant.round, actor=SYSTEM)
    level(report, as_head=True)

    assert last(report.participant.round) is None


def test_changed_contacts_are_no_change_however_many(report: Report) -> None:
    round_ = report.participant.round
    save(report)
    with patch.object(outdated, "_LOOKED_UP", 1):
        for one in Report.objects.filter(participant__round=round_):
            save_contacts(report_id=one.pk, contacts={"phone": "0900"}, actor=clerk())
        assert last(round_) == "Lưu số liệu"
        recalculate(round_=round_, actor=SYSTEM)
        for one in Report.objects.filter(participant__round=round_):
            save_contacts(report_id=one.pk, contacts={"phone": "0901"}, actor=clerk())
        assert last(round_) is None


def test_every_action_that_counts_is_one_that_happens() -> None:
    from chiso.web.audit.words import actions

    assert {*OF_REPORTS, *OF_ROUNDS, *OF_SUMS} <= actions().keys()


@pytest.mark.parametrize(("role", "button"), [(Role.COORDINATOR, True), (Role.LEADER, False)])
def test_the_pages_say_so_with_the_button_for_who_may(report: Report, role: Role, *, button: bool) -> None:
    participant: Participant = report.participant
    pages = (("results_round", participant.round_id), ("results_participant", participant.pk))
    browser = Browser().as_person(make.person((role, participant.round.assessor)))

    def warned() -> list[tuple[bool, int]]:
        shown = [browser.get(reverse(name, args=(pk,))).content.decode() for name, pk in pages]
        return [("đã có thay đổi: Lưu số liệu" in one, one.count("Tính lại")) for one in shown]

    before = warned()
    save(report)
    assert (before, warned()) == (
        [(False, int(button)), (False, 0)],
        [(True, int(button)), (True, int(button))],
    )


def test_working_out_is_as_of_when_values_were_read(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(scores: Scores, lang: str | None) -> Iterator[dict[str, Any]]:
        save(report)
        return unit_results(scores, lang)

    monkeypatch.setattr("chiso.web.results.services.unit_results", slow)
    round_ = report.participant.round
    recalculate(round_=round_, actor=SYSTEM)

    assert last(round_) == "Lưu số liệu"
    assert Entry.objects.filter(action="results.computed").count() == 2
