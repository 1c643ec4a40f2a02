"""Evidence in the browser: who may, what is said, how a file comes back."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from chiso.web.audit.models import Entry
from chiso.web.evidence.models import Blob, Evidence, EvidenceLink
from chiso.web.files import WholeFileStorage
from chiso.web.people.models import Role
from chiso.web.rounds.models import Participant
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.evidence import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def participant() -> Participant:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    return make.participant(make.round_(province), make.unit("Xã mẫu A", parent=province))


@pytest.fixture
def officer(browser: Browser, participant: Participant) -> Browser:
    return browser.as_person(make.person((Role.OFFICER, participant.unit)))


def place(participant: Participant, name: str = "evidence_at_criterion", code: str = "1.3") -> str:
    return reverse(name, args=(participant.pk, code))


def pdf(content: bytes = files.PDF, name: str = "Kế hoạch.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def test_a_file_goes_in_and_comes_back_only_as_a_download(officer: Browser, participant: Participant) -> None:
    answer = officer.post(place(participant), {"file": pdf(), "number": "12/KH", "date": "01/03/2025"})
    evidence = Evidence.objects.get()
    assert (answer.status_code, evidence.title, evidence.number) == (200, "Kế hoạch.pdf", "12/KH")

    back = officer.get(reverse("evidence_file", args=(evidence.pk,)))
    assert b"".join(back.streaming_content) == files.PDF
    assert back["Content-Disposition"].startswith("attachment;")
    assert back["Content-Type"] == "application/pdf"
    assert back["X-Content-Type-Options"] == "nosniff"
    assert back["Content-Security-Policy"].startswith("sandbox;")


def test_what_the_browser_claims_is_not_believed(officer: Browser, participant: Participant) -> None:
    page = officer.post(place(participant), {"file": pdf(b"<script>alert(1)</script>")}).content.decode()

    assert "Không nhận loại tệp này" in page
    assert Evidence.objects.count() == 0


def test_several_files_at_once_and_the_bad_one_among_them_is_named(officer: Browser, participant: Participant) -> None:
    offered = [pdf(), pdf(b"MZ\x90", name="Lệnh.pdf"), pdf(files.PDF + b"\n", name="Quyết định.pdf")]
    page = officer.post(place(participant), {"file": offered, "issuer": "UBND"}).content.decode()

    assert [one.title for one in Evidence.objects.order_by("pk")] == ["Kế hoạch.pdf", "Quyết định.pdf"]
    assert "Đã thêm 2 tài liệu." in page
    assert "Lệnh.pdf: Không nhận loại tệp này" in page
    assert 'value="UBND"' in page


def test_the_same_file_again_is_said_to_be_there(officer: Browser, participant: Participant) -> None:
    officer.post(place(participant), {"file": pdf(), "number": "12/KH"})
    Evidence.objects.update(added_at=dt.datetime(2026, 10, 5, 1, tzinfo=dt.UTC))
    here = officer.post(place(participant), {"file": pdf(name="bản sao.pdf")})
    elsewhere = officer.post(place(participant, code="1.1"), {"file": pdf(), "number": "12/KH"}).content.decode()
    assert here.status_code == 200
    assert "Tài liệu này đã có ở đây: “Kế hoạch.pdf”. Không thêm gì." in here.content.decode()
    assert "Đơn vị đã gửi tài liệu này ngày 05/10/2026: “Kế hoạch.pdf”." in elsewhere
    assert ("Đã thêm" in elsewhere, Evidence.objects.count()) == (False, 1)

    other = officer.post(place(participant), {"file": pdf(), "number": "13/KH"}).content.decode()
    assert "Đã thêm 1 tài liệu. Đơn vị đã gửi tài liệu này ngày 05/10/2026 với mô tả “Kế hoạch.pdf”" in other
    assert [one.number for one in Evidence.objects.order_by("pk")] == ["12/KH", "13/KH"]


def test_a_unit_is_told_nothing_of_what_another_has_given(officer: Browser, participant: Participant) -> None:
    theirs = make.participant(participant.round, make.unit("Xã mẫu B", parent=participant.round.assessor))
    other = Browser().as_person(make.person((Role.OFFICER, theirs.unit)))
    other.post(place(theirs), {"file": pdf(), "title": "Báo cáo nội bộ"})
    page = officer.post(place(participant), {"file": pdf()}).content.decode()
    assert "Đã thêm 1 tài liệu." in page
    assert ("Báo cáo nội bộ" in page, "đã gửi tài liệu này" in page) == (False, False)
    assert Evidence.objects.filter(unit=participant.unit).get().title == "Kế hoạch.pdf"


def test_a_file_and_a_link_together_are_both_kept(officer: Browser, participant: Participant) -> None:
    officer.post(place(participant), {"file": pdf(), "url": "https://example.org/", "title": "Kế hoạch năm"})
    assert [(one.title, one.url) for one in Evidence.objects.order_by("pk")] == [
        ("Kế hoạch năm", ""),
        ("Kế hoạch năm", "https://example.org/"),
    ]


def test_a_file_beyond_the_limit_is_said(officer: Browser, participant: Participant, settings) -> None:
    settings.EVIDENCE_MAX_MIB = 1
    page = officer.post(place(participant), {"file": pdf(files.PDF + b"\0" * 1024 * 1024)}).content.decode()

    assert "Tệp lớn hơn mức cho phép" in page
    assert Evidence.objects.count() == 0


class FullStorage(WholeFileStorage):
    """A disk that is full after the first bytes of a file."""

    def _save(self, name: str, content: File) -> str:
        def chunks(*_args: object) -> Iterator[bytes]:
            yield files.PDF[:10]
            raise OSError(errno.ENOSPC, "No space left on device")

        content.chunks = chunks
        return super()._save(name, content)


def test_a_full_disk_is_said_and_leaves_nothing(participant: Participant, settings, tmp_path: Path) -> None:
    full = {"BACKEND": f"{__name__}.FullStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "evidence": full}
    officer = Browser(raise_request_exception=False).as_person(make.person((Role.OFFICER, participant.unit)))
    page = officer.post(place(participant), {"file": pdf()})
    part = officer.post(place(participant), {"file": pdf()}, headers={"hx-request": "true"})

    assert (page.status_code, part.status_code, part.json()["error"]) == (507, 507, "room")
    assert "Máy chủ đã hết dung lượng lưu trữ" in page.content.decode()
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []
    assert (Blob.objects.count(), Evidence.objects.count()) == (0, 0)
    assert not Entry.objects.filter(strand=f"evidence:{participant.pk}").exists()


def test_an_inspection_counts_for_two_years(officer: Browser, participant: Participant) -> None:
    officer.post(place(participant), {"file": pdf(), "date": "6/5/2025", "counts": "two_years"})
    evidence = Evidence.objects.get()

    assert (str(evidence.valid_from), str(evidence.valid_to)) == ("2025-01-01", "2026-12-31")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "Chọn một tệp"),
        ({"url": "https://example.org/"}, "Ghi vài chữ"),
        ({"url": "javascript:alert(1)", "title": "x"}, "invalid-feedback"),
        ({"url": "https://example.org/", "title": "x", "counts": "two_years"}, "Ghi ngày của văn bản"),
        ({"url": "https://example.org/", "title": "x", "counts": "until"}, "Ghi ngày cuối cùng"),
        (
            {"url": "https://e.org/", "title": "x", "counts": "until", "date": "2/3/2025", "valid_to": "1/3/2025"},
            "trước ngày của văn bản",
        ),
        ({"url": "https://example.org/", "title": "x", "date": "hôm qua"}, "invalid-feedback"),
    ],
)
def test_what_is_missing_is_said(officer: Browser, participant: Participant, told: dict[str, str], words: str) -> None:
    answer = officer.post(place(participant), told)

    assert (words in answer.content.decode(), Evidence.objects.count(), answer.status_code) == (True, 0, 422)


def test_a_link_and_its_words_are_shown_harmless(officer: Browser, participant: Participant) -> None:
    told = {"url": "https://example.org/?a=1&b=<2>", "title": "<script>alert(1)</script>"}
    officer.post(place(participant), told)
    page = officer.get(reverse("evidence_document", args=(Evidence.objects.get().pk,))).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert 'rel="noopener noreferrer nofollow"' in page


def test_htmx_gets_the_part_and_others_a_page(officer: Browser, participant: Participant) -> None:
    part = officer.get(place(participant), headers={"HX-Request": "true"}).content.decode()
    page = officer.get(place(participant)).content.decode()

    assert ("<html" in part, "<html" in page) == (False, True)
    assert 'id="evidence"' in part


def test_the_page_leads_back_to_the_place_in_the_report(officer: Browser, participant: Participant) -> None:
    page = officer.get(place(participant)).content.decode()
    back = f"{reverse('collection_of_participant', args=(participant.pk,))}?at=1.3"
    report = officer.get(back)["Location"]

    assert f'href="{back}"' in page
    assert report == reverse("collection_place", args=(participant.reports.get().pk, "1.3"))
    assert officer.get(back.replace("1.3", "9.9"))["Location"] == report.partition("at/")[0]


def test_evidence_is_taken_away_and_put_again(officer: Browser, participant: Participant) -> None:
    officer.post(place(participant), {"file": pdf()})
    link = EvidenceLink.objects.get()
    officer.post(place(participant, "evidence_take_away"), {"link": link.pk})
    assert "Chưa có tài liệu" in officer.get(place(participant)).content.decode()

    officer.post(place(participant, "evidence_put"), {"evidence": link.evidence_id})
    assert EvidenceLink.objects.filter(removed_at__isnull=True).count() == 1


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "99999"])
def test_numbers_that_name_nothing(officer: Browser, participant: Participant, number: str) -> None:
    assert officer.post(place(participant, "evidence_put"), {"evidence": number}).status_code == 404


def test_a_criterion_that_is_not_there(officer: Browser, participant: Participant) -> None:
    assert officer.get(place(participant, code="9.9")).status_code == 404


def test_another_unit_sees_nothing(officer: Browser, participant: Participant) -> None:
    officer.post(place(participant), {"file": pdf()})
    evidence = Evidence.objects.get()
    stranger = Browser().as_person(make.person((Role.OFFICER, make.unit("Xã mẫu B"))))

    for address in (
        place(participant),
        reverse("evidence_document", args=(evidence.pk,)),
        reverse("evidence_file", args=(evidence.pk,)),
        reverse("evidence_library", args=(participant.unit_id,)),
    ):
        assert stranger.get(address).status_code == 403, address
    assert stranger.post(place(participant), {"file": pdf()}).status_code == 403


def test_whoever_assesses_reads_but_does_not_add(officer: Browser, participant: Participant) -> None:
    officer.post(place(participant), {"file": pdf()})
    evidence = Evidence.objects.get()
    verifier = Browser().as_person(make.person((Role.VERIFIER, participant.round.assessor)))

    assert b"".join(verifier.get(reverse("evidence_file", args=(evidence.pk,))).streaming_content) == files.PDF
    assert verifier.post(place(participant), {"file": pdf()}).status_code == 403
    assert "Thêm tài liệu" not in verifier.get(place(participant)).content.decode()


def test_the_library_is_searched(officer: Browser, participant: Participant) -> None:
    for title in ("Kế hoạch chuyển đổi số", "Báo cáo an toàn thông tin"):
        officer.post(place(participant), {"url": "https://example.org/", "title": title})
    page = officer.get(reverse("evidence_library", args=(participant.unit_id,)), {"words": "an toàn"}).content.decode()

    assert ("Báo cáo an toàn thông tin" in page, "Kế hoạch chuyển đổi số" in page) == (True, False)


def test_queries_do_not_grow_with_the_number_of_documents(
    officer: Browser, participant: Participant, django_assert_num_queries
) -> None:
    address = place(participant)
    counted = []
    for number in range(3):
        officer.post(address, {"url": "https://example.org/", "title": f"Văn bản {number}"})
        with django_assert_num_queries(10, exact=False) as captured:
            officer.get(address)
        counted.append(len(captured))

    assert len(set(counted)) == 1, counted
