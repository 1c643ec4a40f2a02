"""Agencies supply their own figures into a report beside the unit's, which counts where the unit says nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.queries import breaks
from chiso.web.audit.services import Actor
from chiso.web.collection.models import Report, ReportState, ValueStage
from chiso.web.collection.permissions import may_provide
from chiso.web.collection.services import Saved, Written
from chiso.web.collection.supplying import NotSuppliedError, Supplied, supplied_so_far, supply
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Access
from chiso.web.people.models import Role
from chiso.web.rounds.models import Participant, Round
from tests.web import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Participant:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    return make.participant(make.round_(province), make.unit(parent=province))


def supplied(unit: Participant, fact: str = "households", agency: str = "CƠ QUAN thống kê", **told: str) -> Saved:
    return supply(
        round_=unit.round,
        framework=loaded(unit.round.framework),
        agencies=[agency],
        written={unit.pk: {fact: Written(told.pop("text", "12.040"), **told)}},  # type: ignore[arg-type]
        actor=Actor(make.person().pk, "192.0.2.1"),
    ).saved[unit.pk]


def supplied_to_all(round_: Round, units: list[Participant], text: str = "7") -> Supplied:
    return supply(
        round_=round_,
        framework=loaded(round_.framework),
        agencies=["Cơ quan thống kê"],
        written={one.pk: {"households": Written(text)} for one in units},
        actor=Actor(make.person().pk),
    )


def test_a_figure_stands_in_the_providers_report_with_its_source_and_in_the_log(unit: Participant) -> None:
    supplied(unit, text="12040", source="Niên giám", as_of="31/12")
    report = Report.objects.get(participant=unit)

    assert report.stage == ValueStage.PROVIDER
    kept = report.values["households"]
    assert (kept["v"], kept["source"], kept["as_of"]) == ("12040", "Niên giám", "31/12")
    assert Entry.objects.get(strand=report.strand).action == "report.saved"
    assert list(breaks()) == []


def test_a_figure_of_another_agency_is_refused(unit: Participant) -> None:
    with pytest.raises(NotSuppliedError):
        supplied(unit, agency="Công an")
    with pytest.raises(NotSuppliedError):
        supplied(unit, fact="1.1/a")
    assert not Report.objects.exists()


def test_a_figure_that_somebody_changed_meanwhile_is_a_conflict(unit: Participant) -> None:
    supplied(unit, text="5")
    saved = supplied(unit, text="6")

    assert (saved.conflicts["households"].text, saved.kept) == ("5", {})


def test_a_submitted_report_of_the_unit_does_not_stop_its_provider(unit: Participant) -> None:
    make.report(unit, state=ReportState.SUBMITTED)

    assert supplied(unit, text="7").kept["households"].text == "7"


def test_the_calendar_stops_the_provider_except_where_a_unit_may_be_late(unit: Participant) -> None:
    late = make.participant(unit.round, make.unit())
    unit.round.due_at = timezone.now() - dt.timedelta(minutes=1)
    unit.round.save()
    late.extensions.create(until=timezone.now() + dt.timedelta(hours=1), reason="Mưa lũ", granted_by=make.person())
    done = supplied_to_all(unit.round, [unit, late])

    assert (done.closed, set(done.saved)) == ({unit.pk}, {late.pk})
    assert [one.participant for one in Report.objects.all()] == [late]


def test_a_unit_of_another_round_is_refused_and_nothing_is_written(unit: Participant) -> None:
    stranger = make.participant(make.round_(unit.round.assessor, unit.round.framework), unit.unit)
    with pytest.raises(NotSuppliedError):
        supplied_to_all(unit.round, [unit, stranger])
    assert not Report.objects.exists()


def test_what_is_supplied_counts_in_the_progress_of_the_units_own_report(unit: Participant) -> None:
    own = make.report(unit)
    supplied(unit, text="5")
    own.refresh_from_db()

    assert own.progress == {"1": [1, 4]}


def test_many_units_take_as_many_statements_as_two(unit: Participant, django_assert_max_num_queries) -> None:
    round_ = unit.round
    units = [unit, *(make.participant(round_, make.unit()) for _one in range(30))]
    loaded(round_.framework)
    make.person()
    with django_assert_max_num_queries(11):
        supplied_to_all(round_, units[:2])
    with django_assert_max_num_queries(11):
        supplied_to_all(round_, units)
    assert supplied_so_far(round_, ["households"]) == {"households": 31}
    assert list(breaks()) == []


def test_progress_counts_units_that_have_the_figure(unit: Participant) -> None:
    round_ = unit.round
    other = make.participant(round_, make.unit())
    supplied(unit, text="5")
    supplied(other, text="0")
    make.report(unit, values=Report.objects.get(participant=unit).values)
    make.report(
        make.participant(round_, make.unit()), stage=ValueStage.PROVIDER, values={"households": {"v": "", "at": ""}}
    )

    assert supplied_so_far(round_, ["households", "1.1/a"]) == {"households": 2, "1.1/a": 0}


def test_an_agency_is_known_however_its_name_is_written(unit: Participant) -> None:
    person = make.person((Role.PROVIDER, unit.round.assessor), agency="Cơ quan Thống kê; Cục Thuế")
    access = Access.of(person.pk)

    assert may_provide(access, unit, "cơ quan  thống kê")
    assert may_provide(access, unit, "CỤC THUẾ")
    assert not may_provide(access, unit, "Công an tỉnh")
