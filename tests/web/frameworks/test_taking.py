"""A framework file comes in: checked, shown, taken as a new version; and a version is withdrawn."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from chiso.web.audit.models import Entry
from chiso.web.frameworks import services
from chiso.web.frameworks.forms import MAX_FILE
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.services import loaded
from chiso.web.jobs.models import Job, JobState
from chiso.web.people.models import Role, User
from chiso.web.rounds.queries import offered
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

NEWER = make.SMALL.replace('version: "1.0"', 'version: "2.0"')


@pytest.fixture
def province() -> Unit:
    return make.unit("Tỉnh mẫu", Kind.PROVINCE)


@pytest.fixture
def coordinator(province: Unit) -> User:
    return make.person((Role.COORDINATOR, province))


@pytest.fixture
def browser(coordinator: User) -> Client:
    return Browser().as_person(coordinator)


def text(answer) -> str:
    return answer.content.decode()


def check(browser: Client, content: str | bytes, name: str = "bo-chi-so.yaml") -> Job:
    """Give a file to be checked; return the job."""
    data = content.encode() if isinstance(content, str) else content
    answer = browser.post(reverse("framework_add"), {"file": SimpleUploadedFile(name, data)})
    job = Job.objects.latest("pk")
    assert answer["Location"] == reverse("job", args=[job.pk])
    return job


def shown(browser: Client, job: Job) -> str:
    return text(browser.get(reverse("framework_checked", args=[job.pk])))


def take(browser: Client, job: Job):
    return browser.post(reverse("framework_take", args=[job.pk]))


def test_a_good_file_is_shown_before_it_is_taken(browser, coordinator) -> None:
    job = check(browser, make.SMALL)
    page = shown(browser, job)
    assert FrameworkVersion.objects.count() == 0
    assert "Nhận bộ chỉ số này" in page
    assert "3 tiêu chí" in page

    answer = take(browser, job)
    version = FrameworkVersion.objects.get()
    assert answer["Location"] == reverse("framework", args=[version.pk])
    assert (version.text, version.added_by) == (make.SMALL, coordinator)
    entry = Entry.objects.get(action="framework.added")
    assert (entry.by_id, entry.data) == (
        coordinator.pk,
        {"version": version.pk, "id": "small-2025-commune", "hash": version.hash},
    )


def test_the_log_calls_a_framework_by_its_title(browser, coordinator) -> None:
    take(browser, check(browser, make.SMALL))
    page = browser.get("/log/").content.decode()

    assert f"{coordinator.full_name} đã thêm bộ chỉ số “Bộ chỉ số mẫu (1.0)”" in page


def test_all_faults_are_listed_with_line_and_remedy(browser) -> None:
    faulty = make.SMALL.replace("numerator: a", "numerator: z").replace("max_points: 10", "max_points: mười", 1)
    job = check(browser, faulty + "surplus: 1\n")
    page = shown(browser, job)

    assert "Có 3 lỗi: chưa nhận tệp." in page
    lines = faulty.splitlines()
    for line in (
        next(at for at, one in enumerate(lines, 1) if "numerator: z" in one),
        next(at for at, one in enumerate(lines, 1) if "mười" in one),
        len(lines) + 1,
    ):
        assert f'<td class="num">{line}</td>' in page, line
    assert "surplus" in page
    assert "Nhận bộ chỉ số này" not in page
    take(browser, job)
    assert FrameworkVersion.objects.count() == 0


def test_findings_are_shown_before_a_file_is_taken(browser) -> None:
    page = shown(
        browser, check(browser, make.SMALL.replace("max_points: 40\ndimensions", "max_points: 50\ndimensions"))
    )

    assert "L104" in page
    assert "Hãy đọc các điểm cần xem xét bên dưới trước" in page


HOSTILE = {
    "an anchor": ("a: &a [1, 2]\nb: [*a, *a]\n", "F002"),
    "a tag": ("id: !!python/object/apply:os.system ['true']\n", "F007"),
    "too deep": ("[" * 5000, "F015"),
    "no text": (b"\x89PNG\r\n\x1a\n\xff\xfe", "F006"),
    "nothing": (b"", "F004"),
    "two documents": ("id: a\n---\nid: b\n", "F017"),
    "markup": ("<script>alert(1)</script>: 1\n", "F021"),
    "a NUL in a key": ('"a\\0b": 1\n', "F021"),
    "another file": ("extends: ../../etc/passwd\nid: a\nversion: '1'\n", "F010"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_its_fault(browser, kind: str) -> None:
    content, code = HOSTILE[kind]
    job = check(browser, content)
    page = shown(browser, job)

    assert code in {one["code"] for one in job.result["faults"]}
    assert code in page
    assert "<script>alert" not in page


def test_a_framework_with_a_sign_that_no_database_keeps_is_refused(browser) -> None:
    job = check(browser, make.SMALL.replace("title: Có kế hoạch", 'title: "Có \\0 kế hoạch"'))

    assert (job.state, "NUL" in job.message) == (JobState.FAILED, True)


def test_a_file_that_is_too_large_is_not_read(browser) -> None:
    file = SimpleUploadedFile("x.yaml", b"a" * (MAX_FILE + 1))
    page = text(browser.post(reverse("framework_add"), {"file": file}))

    assert "Tệp lớn hơn 512 KB" in page
    assert Job.objects.count() == 0


def test_without_a_file_one_is_asked_for(browser) -> None:
    assert "Hãy chọn một tệp bộ chỉ số." in text(browser.post(reverse("framework_add")))


def test_what_is_here_already_is_not_taken_twice(browser) -> None:
    version = make.framework()
    job = check(browser, make.SMALL + "# a comment says nothing\n")

    assert "Bộ chỉ số này đã có, giống hệt." in shown(browser, job)
    take(browser, job)
    assert list(FrameworkVersion.objects.all()) == [version]


def test_a_version_is_never_replaced(browser, province) -> None:
    used = make.round_(province).framework
    other = make.SMALL.replace("max_points: 10", "max_points: 15", 1).replace("max_points: 40", "max_points: 45")
    job = check(browser, other)

    assert "Phiên bản 1.0 của bộ chỉ số này đã có với nội dung khác" in shown(browser, job)
    take(browser, job)
    assert FrameworkVersion.objects.get().text == used.text


def test_a_new_version_stands_beside_the_one_in_use(browser, province) -> None:
    used = make.round_(province).framework
    take(browser, check(browser, NEWER))

    assert sorted(FrameworkVersion.objects.values_list("version", flat=True)) == ["1.0", "2.0"]
    assert loaded(used).version == "1.0"


def test_a_checked_file_is_for_who_gave_it(browser, province) -> None:
    job = check(browser, make.SMALL)
    stranger = Browser().as_person(make.person((Role.COORDINATOR, province)))

    assert stranger.get(reverse("framework_checked", args=[job.pk])).status_code == 404
    assert take(stranger, job).status_code == 404


def test_a_withdrawn_version_is_offered_to_no_new_round(browser, coordinator, province) -> None:
    take(browser, check(browser, make.SMALL))
    version = FrameworkVersion.objects.get()
    day = version.added_at.date()
    browser.post(reverse("framework_withdraw", args=[version.pk]), {"reason": "Sai điểm tối đa"})
    assert offered([province.pk], day) == []
    page = text(browser.get(reverse("framework", args=[version.pk])))
    assert "Sai điểm tối đa" in page
    assert Entry.objects.get(action="framework.withdrawn").data["reason"] == "Sai điểm tối đa"

    browser.post(reverse("framework_offer", args=[version.pk]))
    assert [one.version for one in offered([province.pk], day)] == [version]
    assert Entry.objects.filter(action="framework.offered").count() == 1


def test_a_withdrawn_version_stays_in_the_rounds_that_have_it(province) -> None:
    round_ = make.round_(province)
    services.withdraw(pk=round_.framework_id, reason="Sai", actor=services.SYSTEM)
    round_.refresh_from_db()

    assert loaded(round_.framework).id == "small-2025-commune"


def test_a_reason_is_needed(browser) -> None:
    take(browser, check(browser, make.SMALL))
    version = FrameworkVersion.objects.get()
    browser.post(reverse("framework_withdraw", args=[version.pk]), {"reason": " "})
    version.refresh_from_db()

    assert version.withdrawn_at is None


def test_coordinators_withdraw_only_what_they_added(browser) -> None:
    version = make.framework()
    answer = browser.post(reverse("framework_withdraw", args=[version.pk]), {"reason": "Sai"})

    assert answer.status_code == 403
    assert "Rút phiên bản này" not in text(browser.get(reverse("framework", args=[version.pk])))
    operator = Browser().as_person(make.person((Role.OPERATOR, None)))
    assert "Rút phiên bản này" in text(operator.get(reverse("framework", args=[version.pk])))
