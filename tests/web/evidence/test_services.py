"""Contents are kept once, links are made and taken away, nothing is deleted."""

from __future__ import annotations

import datetime as dt
import io

import pytest

from chiso.web.audit.models import Entry
from chiso.web.audit.queries import breaks
from chiso.web.audit.services import Actor
from chiso.web.evidence import queries, services, store
from chiso.web.evidence.models import Blob, Evidence, EvidenceLink
from chiso.web.evidence.services import About
from chiso.web.rounds.entry import HOLDS
from chiso.web.rounds.models import Participant, Stage
from tests.web import factories as make
from tests.web.evidence import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def participant() -> Participant:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    return make.participant(make.round_(province), make.unit("Xã mẫu A", parent=province))


@pytest.fixture
def actor() -> Actor:
    return Actor(make.person().pk, "192.0.2.1")


def add(participant: Participant, actor: Actor, content: bytes = files.PDF, name: str = "ke-hoach.pdf", **about):
    told = About(**{"title": "Kế hoạch", **about})
    return services.add_file(
        participant=participant, code="1.3", file=io.BytesIO(content), file_name=name, about=told, actor=actor
    )


def test_a_file_is_kept_under_its_hash_and_put_to_the_criterion(participant: Participant, actor: Actor) -> None:
    made = add(participant, actor, number="12/KH-UBND", date=dt.date(2025, 3, 1))

    assert made.blob.digest == store.digest_of(io.BytesIO(files.PDF))
    assert store.is_whole(made.blob.digest)
    with store.opened(made.blob.digest) as kept:
        assert kept.read() == files.PDF
    assert [(link.evidence, link.code) for link in queries.links_of(participant, "1.3")] == [(made, "1.3")]


def test_the_same_content_twice_is_kept_once(participant: Participant, actor: Actor) -> None:
    first, second = add(participant, actor), add(participant, actor, name="khác.pdf")

    assert (first.blob, Blob.objects.count(), Evidence.objects.count()) == (second.blob, 1, 2)


def test_a_half_file_of_a_process_that_ended_is_replaced(participant: Participant, actor: Actor, settings) -> None:
    digest = store.digest_of(io.BytesIO(files.PDF))
    half = settings.DATA / "evidence" / store.name_of(digest)
    half.parent.mkdir(parents=True, exist_ok=True)
    half.unlink(missing_ok=True)
    half.write_bytes(files.PDF[:5])
    add(participant, actor)

    assert store.is_whole(digest)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("ke-hoach.pdf", "ke-hoach.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\van thu\\báo cáo.exe", "báo cáo.pdf"),
        ("a\u202efdp.exe", "afdp.pdf"),
        ("....", "tai-lieu.pdf"),
        ("x" * 400 + ".pdf", "x" * 180 + ".pdf"),
    ],
)
def test_a_file_name_is_made_harmless(participant: Participant, actor: Actor, name: str, kept: str) -> None:
    assert add(participant, actor, name=name).file_name == kept


def test_evidence_taken_away_stays_recorded_and_kept(participant: Participant, actor: Actor) -> None:
    made = add(participant, actor)
    link = EvidenceLink.objects.get()
    services.take_away(link=link, actor=actor)

    assert list(queries.links_of(participant, "1.3")) == []
    assert store.is_whole(made.blob.digest)
    entries = Entry.objects.filter(strand__startswith="evidence:").order_by("number")
    assert [entry.action for entry in entries] == ["evidence.added", "evidence.put", "evidence.taken_away"]
    assert list(breaks()) == []


def test_taking_away_twice_is_recorded_once(participant: Participant, actor: Actor) -> None:
    add(participant, actor)
    link = EvidenceLink.objects.get()
    services.take_away(link=link, actor=actor)
    services.take_away(link=link, actor=actor)

    assert Entry.objects.filter(action="evidence.taken_away").count() == 1


def test_one_document_serves_many_criteria(participant: Participant, actor: Actor) -> None:
    made = add(participant, actor)
    services.put(participant=participant, evidence=made, code="1.2", actor=actor)
    services.put(participant=participant, evidence=made, code="1.2", actor=actor)

    assert queries.counts(participant) == {"1.2": 1, "1.3": 1}


def test_evidence_of_another_unit_is_refused(participant: Participant, actor: Actor) -> None:
    made = add(participant, actor)
    stranger = make.participant(participant.round, make.unit("Xã mẫu B"))

    with pytest.raises(ValueError, match="another unit"):
        services.put(participant=stranger, evidence=made, code="1.3", actor=actor)


@pytest.mark.parametrize("held", [True, False])
def test_nothing_moves_while_the_report_is_closed(
    participant: Participant, actor: Actor, held: bool, monkeypatch
) -> None:
    made = add(participant, actor)
    link = EvidenceLink.objects.get()
    if held:
        monkeypatch.setattr("chiso.web.rounds.entry.HOLDS", [*HOLDS, lambda one: one.pk == participant.pk])
    else:
        participant.round.stage = Stage.VERIFICATION
        participant.round.save()

    for act in (
        lambda: add(participant, actor),
        lambda: services.add_link(
            participant=participant, code="1.3", url="https://example.org", about=About("x"), actor=actor
        ),
        lambda: services.put(participant=participant, evidence=made, code="1.2", actor=actor),
        lambda: services.take_away(link=link, actor=actor),
    ):
        with pytest.raises(services.ClosedError):
            act()
    assert EvidenceLink.objects.filter(removed_at__isnull=True).count() == 1


def test_an_inspection_is_offered_again_in_the_next_year_and_not_in_the_one_after(
    participant: Participant, actor: Actor
) -> None:
    inspection = add(participant, actor, title="Kiểm tra an toàn thông tin", date=dt.date(2025, 5, 6),
                     valid_from=dt.date(2025, 1, 1), valid_to=dt.date(2026, 12, 31))  # fmt: skip
    years = {}
    for year in (2024, 2025, 2026, 2027):
        round_ = make.round_(participant.round.assessor, participant.round.framework, year=year)
        there = make.participant(round_, participant.unit)
        years[year] = [(one.pk, one.stood_here) for one in queries.offered(there, "1.3")]

    assert years == {
        2024: [],
        2025: [(inspection.pk, True)],
        2026: [(inspection.pk, True)],
        2027: [],
    }


def test_what_stood_at_the_criterion_before_is_offered_first(participant: Participant, actor: Actor) -> None:
    here = add(participant, actor, title="Ở tiêu chí này")
    services.add_link(
        participant=participant, code="1.1", url="https://example.org/", about=About("Ở tiêu chí khác"), actor=actor
    )
    there = make.participant(make.round_(participant.round.assessor, participant.round.framework), participant.unit)

    assert [one.title for one in queries.offered(there, "1.3")] == ["Ở tiêu chí này", "Ở tiêu chí khác"]
    services.put(participant=there, evidence=here, code="1.3", actor=actor)
    assert [one.title for one in queries.offered(there, "1.3")] == ["Ở tiêu chí khác"]
    assert [one.title for one in queries.offered(there, "1.3", "khong co")] == []
