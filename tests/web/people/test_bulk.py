"""Inviting many people at once: lists in every form, faults by line, nobody invited twice, no address left behind."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from chiso.web.audit.models import Entry
from chiso.web.jobs.models import Job
from chiso.web.people import bulk_table
from chiso.web.people.models import Invitation, Role, User
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

HEADER = ("Họ và tên", "Email", "Vai trò", "Mã đơn vị", "Cơ quan", "Từ ngày", "Đến hết ngày")


@pytest.fixture
def province() -> Unit:
    return make.unit("Tỉnh mẫu", Kind.PROVINCE)


@pytest.fixture
def commune(province: Unit) -> Unit:
    return make.unit("Xã mẫu", parent=province)


@pytest.fixture
def coordinator(browser: Browser, province: Unit) -> Browser:
    return browser.as_person(make.person((Role.COORDINATOR, province)))


def check(browser: Browser, lines: str = "", file: object = None) -> tuple[str, Job]:
    """Have a list checked; return its page and the job."""
    given = {"file": file} if file is not None else {"lines": lines}
    job = browser.post("/people/invitations/many", given)["Location"]
    checked = Job.objects.latest("pk")
    return browser.get(browser.get(f"{job}/part").headers.get("HX-Redirect", job)).content.decode(), checked


def book(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("danh-sach.xlsx", buffer.getvalue())


@pytest.mark.parametrize("between", ["\t", ";", ",", " ; "])
def test_pasted_lines_are_checked_then_invited(coordinator: Browser, commune: Unit, between: str) -> None:
    rows = [
        (commune.code, "a@example.org", "An Mẫu", "Cán bộ"),
        (commune.code, "b@example.org", "Bình Mẫu", "thủ trưởng"),
    ]
    shown, job = check(coordinator, "\n\n".join(between.join(row) for row in rows) + "\n")
    assert "Có thể mời 2 người: cán bộ nhập liệu 1, thủ trưởng 1." in shown
    assert (Invitation.objects.count(), mail.outbox) == (0, [])

    coordinator.post(f"/people/invitations/many/{job.pk}/apply")
    told = list(Invitation.objects.order_by("pk").values_list("email", "full_name", "role", "unit"))
    assert told == [
        ("a@example.org", "An Mẫu", "officer", commune.pk),
        ("b@example.org", "Bình Mẫu", "head", commune.pk),
    ]
    assert [one.to for one in mail.outbox] == [["a@example.org"], ["b@example.org"]]
    assert [one.action for one in Entry.objects.all()] == ["people.invited"]


def test_a_workbook_may_have_its_columns_in_any_order(coordinator: Browser, commune: Unit) -> None:
    rows = [("An Mẫu", "a@example.org", "data provider", commune.code, "Cục Thuế", "01/12/2099", "2099-12-31")]
    _, job = check(coordinator, file=book(HEADER, *rows))
    coordinator.post(f"/people/invitations/many/{job.pk}/apply")
    made = Invitation.objects.get()

    assert (made.role, made.agency, str(made.valid_from), str(made.valid_to)) == (
        Role.PROVIDER, "Cục Thuế", "2099-12-01", "2099-12-31")  # fmt: skip


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{code};a@example.org;An Mẫu;", "Cần đủ mã đơn vị"),
        ("{code}", "Cần đủ mã đơn vị"),
        ("{code};an.mau;An Mẫu;cán bộ", "không phải là địa chỉ hợp lệ"),
        ("{code};a@example.org;An Mẫu;vua", "Không có vai trò này"),
        ("{code};a@example.org;An Mẫu;system operator", "Không có vai trò này"),
        ("{code};a@example.org;An Mẫu;operator", "Không có vai trò này"),
        ("KHÔNG;a@example.org;An Mẫu;cán bộ", "Không có đơn vị nào trong phạm vi"),
        ("{other};a@example.org;An Mẫu;cán bộ", "Không có đơn vị nào trong phạm vi"),
        ("{code};a@example.org;An Mẫu;cung cấp số liệu", "phải ghi cơ quan"),
        ("{code};a@example.org;An Mẫu;cán bộ;Cục Thuế", "phải ghi cơ quan"),
        ("{code};a@example.org;An Mẫu;cán bộ;;31/02/2099", "Ngày viết dạng"),
        ("{code};a@example.org;An Mẫu;cán bộ;;;01/01/2020", "đã qua"),
        ("{code};a@example.org;" + "x" * 121 + ";cán bộ", "Có ô quá dài"),
        ("{code};held@example.org;An Mẫu;cán bộ", "đang giữ vai trò này"),
        ("{code};INVITED@example.org;An Mẫu;cán bộ", "đã được mời vào vai trò này"),
        ("{code};good@example.org;An Mẫu;cán bộ", "hai lần"),
        ("{code};a@example.org;An Mẫu;cán bộ;;01/01/0001;", "Ngày viết dạng 15/11/2026."),
        ("{code};a@example.org;An Mẫu;cán bộ;;;31/12/9999", "Ngày viết dạng 15/11/2026."),
    ],
)
def test_a_line_with_a_fault_is_named_and_left_out_and_the_others_are_invited(
    coordinator: Browser, commune: Unit, line: str, words: str
) -> None:
    other = make.unit("Tỉnh khác", Kind.PROVINCE)
    make.person((Role.OFFICER, commune), email="held@example.org")
    make.invitation(commune, email="invited@example.org")
    written = line.format(code=commune.code, other=other.code)
    shown, job = check(coordinator, f"{commune.code};good@example.org;Tốt Mẫu;cán bộ;;;\n{written}\n")

    assert words in shown
    assert '<th scope="row" class="num">2</th>' in shown
    coordinator.post(f"/people/invitations/many/{job.pk}/apply")
    assert [one.to for one in mail.outbox] == [["good@example.org"]]


def test_no_address_and_no_name_stays_in_jobs_or_in_the_log(coordinator: Browser, commune: Unit) -> None:
    lines = f"{commune.code};a@example.org;An Mẫu;cán bộ\n{commune.code};b@example;Bình Mẫu;cán bộ"
    _, job = check(coordinator, lines)
    path = job.source.path
    coordinator.post(f"/people/invitations/many/{job.pk}/apply")
    kept = str([*Job.objects.values(), *Entry.objects.values()])

    assert [word for word in ("a@example.org", "An Mẫu", "b@example", "Bình Mẫu") if word in kept] == []
    assert not Path(path).exists()


def test_a_list_is_applied_once(coordinator: Browser, commune: Unit) -> None:
    _, job = check(coordinator, f"{commune.code};a@example.org;An Mẫu;cán bộ")
    for _ in range(2):
        coordinator.post(f"/people/invitations/many/{job.pk}/apply")

    assert (Invitation.objects.count(), len(mail.outbox)) == (1, 1)
    assert Job.objects.latest("pk").message == "Những người trong danh sách này đã được mời."
    assert "đã được mời" in coordinator.get(f"/people/invitations/many/{job.pk}").content.decode()


def test_rights_count_as_they_are_when_the_list_is_applied(coordinator: Browser, province: Unit, commune: Unit) -> None:
    _, job = check(coordinator, f"{commune.code};a@example.org;An Mẫu;cán bộ")
    person = User.objects.get(assignments__unit=province)
    other = make.unit("Tỉnh khác", Kind.PROVINCE)
    person.assignments.update(unit=other)
    coordinator.post(f"/people/invitations/many/{job.pk}/apply")

    assert (Invitation.objects.count(), mail.outbox) == (0, [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 broken", "tệp"),
        (b"\x00\x01\x02\x03", "tệp"),
        (b'{"a": 1}', "tệp"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(coordinator: Browser, content: bytes, words: str) -> None:
    shown, _ = check(coordinator, file=SimpleUploadedFile("danh-sach.xlsx", content))

    assert words in shown
    assert "lỗi trong chương trình" not in shown


def test_a_nul_deep_inside_a_file_is_no_text(coordinator: Browser, commune: Unit) -> None:
    lines = f"{commune.code};a@example.org;An Mẫu;cán bộ\n" * 200 + "\0;b@example.org;Bình Mẫu;cán bộ\n"
    shown, _ = check(coordinator, file=SimpleUploadedFile("danh-sach.csv", lines.encode()))

    assert "không phải bảng" in shown


def test_a_list_that_is_too_long_is_refused(coordinator: Browser, commune: Unit, monkeypatch) -> None:
    monkeypatch.setattr(bulk_table, "MAX_LINES", 2)
    shown, _ = check(coordinator, f"{commune.code};a@example.org;An Mẫu;cán bộ\n" * 3)

    assert "Danh sách có hơn 2 dòng" in shown


@pytest.mark.parametrize("given", [{}, {"lines": "  "}])
def test_nothing_given_is_said(coordinator: Browser, given: dict[str, str]) -> None:
    answer = coordinator.post("/people/invitations/many", given)

    assert (answer.status_code, "Hãy dán danh sách hoặc chọn tệp" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("count", [2, 60])
def test_checking_needs_as_many_queries_whatever_the_list_holds(
    province: Unit, django_assert_num_queries, count: int
) -> None:
    from chiso.web.people.access import Access
    from chiso.web.people.bulk import plan
    from chiso.web.people.bulk_table import Line

    access = Access.of(make.person((Role.COORDINATOR, province)).pk)
    lines = [
        Line(
            at,
            {"code": make.unit(parent=province).code, "email": f"p{at}@example.org", "full_name": "A", "role": "head"},
        )
        for at in range(count)
    ]
    with django_assert_num_queries(3):
        made = plan(lines, access)
    assert (len(made.offers), made.faults) == (count, [])


def test_two_hundred_people_are_invited_with_one_list(coordinator: Browser, province: Unit) -> None:
    codes = [make.unit(parent=province).code for _ in range(100)]
    lines = [f"{code}\t{role}{at}@example.org\tNgười mẫu {at}\t{role}" for at, code in enumerate(codes)
             for role in ("officer", "head")]  # fmt: skip
    _, job = check(coordinator, "\n".join(lines))
    coordinator.post(f"/people/invitations/many/{job.pk}/apply")

    assert (Invitation.objects.filter(sent_at__isnull=False).count(), len(mail.outbox)) == (200, 200)
    assert Entry.objects.count() == 1
