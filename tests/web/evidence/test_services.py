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
    ).evidence


def test_a_file_is_kept_under_its_hash_and_put_to_the_criterion(participant: Participant, actor: Actor) -> None:
    made = add(participant, actor, number="12/KH-UBND", date=dt.date(2025, 3, 1))

    assert made.blob.digest == store.digest_of(io.BytesIO(files.PDF))
    assert store.is_whole(made.blob.digest)
    with store.opened(made.blob.digest) as kept:
        assert kept.read() == files.PDF
    assert [(link.evidence, link.code) for link in queries.links_of(participant, "1.3")] == [(made, "1.3")]


def taken(participant: Participant, actor: Actor, code: str = "1.3", **about: object) -> tuple[int, str]:
    """Give the same content again; return which document it is now, and what became of it."""
    made = services.add_file(
        participant=participant,
        code=code,
        file=io.BytesIO(files.PDF),
        file_name="Khác.pdf",
        about=About(**about),
        actor=actor,
    )
    return made.evidence.pk, made.how


def test_the_same_content_again_is_the_document_that_is_there(participant: Participant, actor: Actor) -> None:
    first = add(participant, actor, number="12/KH", valid_to=dt.date(2026, 12, 31))

    assert taken(participant, actor) == (first.pk, "here")
    assert taken(participant, actor, number="12/KH") == (first.pk, "here")
    assert taken(participant, actor, code="1.1") == (first.pk, "again")
    services.take_away(link=queries.links_of(participant, "1.3").get(), actor=actor)
    assert taken(participant, actor) == (first.pk, "again")
    assert (Blob.objects.count(), Evidence.objects.count()) == (1, 1)
    told = Entry.objects.filter(strand=f"evidence:{participant.pk}").order_by("number")
    assert [(one.action, one.data["code"]) for one in told] == [
        ("evidence.added", "1.3"),
        ("evidence.put", "1.3"),
        ("evidence.put", "1.1"),
        ("evidence.taken_away", "1.3"),
        ("evidence.put", "1.3"),
    ]


@pytest.mark.parametrize(
    "about",
    [{"title": "Kế hoạch sửa đổi"}, {"number": "13/KH"}, {"date": dt.date(2025, 1, 2)}, {"issuer": "UBND tỉnh"}],
)
def test_another_description_of_the_same_content_is_kept_beside(
    participant: Participant, actor: Actor, about: dict[str, object]
) -> None:
    first = add(participant, actor, number="12/KH")
    pk, how = taken(participant, actor, **about)

    assert (how, pk != first.pk, Blob.objects.count()) == ("described", True, 1)
    second = Evidence.objects.get(pk=pk)
    assert {name: getattr(second, name) for name in about} == about
    assert second.title == about.get("title", "Khác.pdf")
    assert taken(participant, actor, **about) == (pk, "here")


def test_what_another_unit_has_given_is_never_told(participant: Participant, actor: Actor) -> None:
    theirs = make.participant(participant.round, make.unit("Xã mẫu B", parent=participant.round.assessor))
    first = add(theirs, actor, number="12/KH")
    pk, how = taken(participant, actor)

    assert (how, pk != first.pk, Blob.objects.count()) == ("new", True, 1)
    assert Evidence.objects.get(pk=pk).number == ""


def test_the_same_address_again_is_the_document_that_is_there(participant: Participant, actor: Actor) -> None:
    told = {"participant": participant, "url": "https://example.org/", "about": About("Trang tin"), "actor": actor}
    first, again = services.add_link(code="1.3", **told), services.add_link(code="1.1", **told)
    assert (first.how, again.how, first.evidence, Evidence.objects.count()) == ("new", "again", again.evidence, 1)


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
