"""Jobs run once, say how far they are, and outlive their worker."""

from __future__ import annotations

import datetime as dt
import errno
from pathlib import PurePath

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from chiso.web.audit.services import Actor
from chiso.web.jobs import services
from chiso.web.jobs.models import Job, JobState
from chiso.web.jobs.work import KINDS, Kind, Outcome, Run, StoppedError, SupersededError
from tests.web import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch):
    """Let a test register what a job does."""

    def register(function, *, repeatable: bool = True) -> str:
        monkeypatch.setitem(KINDS, "test.job", Kind("Thử", function, repeatable))
        return "test.job"

    return register


def started(kind: str, **told: object) -> Job:
    return services.start(kind=kind, actor=Actor(make.person().pk, "192.0.2.1"), **told)


def test_a_job_gives_its_outcome(kinds) -> None:
    def work(run: Run) -> Outcome:
        run.expect(3)
        run.advance(3)
        return Outcome(
            f"{run.arguments['name']} {run.job.source.read().decode()}", {"rows": 3}, b"xlsx", "kết quả.xlsx"
        )

    job = started(kinds(work), arguments={"name": "Đơn vị"}, source=SimpleUploadedFile("a.txt", "tệp".encode()))

    assert (job.state, job.message, job.result) == (JobState.DONE, "Đơn vị tệp", {"rows": 3})
    assert (job.done, job.total, job.attempt) == (3, 3, 1)
    with job.file.open() as file:
        assert (file.read(), job.file_name) == (b"xlsx", "kết quả.xlsx")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Ệ" * 120 + ".xlsx", "source.xlsx"),  # 360 bytes: more than a disk takes in a name
        ("bảng\u202exslx.exe", "source.exe"),
        ("a.Đuôi lạ", "source"),
        ("x" * 5_000, "source"),
    ],
)
def test_a_file_is_kept_whatever_people_call_it(kinds, name: str, kept: str) -> None:
    kind = kinds(lambda run: Outcome(run.job.source.read().decode()))
    job = started(kind, source=SimpleUploadedFile(name, "tệp".encode()))

    assert (job.state, job.message) == (JobState.DONE, "tệp")
    assert PurePath(job.source.name).stem.partition("_")[0] + PurePath(job.source.name).suffix == kept


def test_progress_is_seen_while_the_job_runs(kinds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chiso.web.jobs.work.PACE", 0)
    seen = []

    def work(run: Run) -> Outcome:
        run.expect(2)
        for _ in range(2):
            run.advance()
            now = Job.objects.get(pk=run.job.pk)
            seen.append((now.state, now.done, now.total))
        return Outcome()

    started(kinds(work))
    assert seen == [(JobState.RUNNING, 1, 2), (JobState.RUNNING, 2, 2)]


def test_a_job_that_cannot_go_on_says_why(kinds) -> None:
    def work(run: Run) -> Outcome:
        raise StoppedError("Tệp không có dòng nào. Chọn tệp khác.")

    job = started(kinds(work))
    assert (job.state, job.message) == (JobState.FAILED, "Tệp không có dòng nào. Chọn tệp khác.")


def test_a_fault_of_the_program_is_said_in_the_language_of_who_asked(kinds) -> None:
    def work(run: Run) -> Outcome:
        raise ZeroDivisionError

    job = started(kinds(work))
    assert job.state == JobState.FAILED
    assert job.message.startswith("Công việc dừng giữa chừng")


def test_a_job_is_done_once(kinds) -> None:
    calls = []
    job = started(kinds(lambda run: calls.append(run) or Outcome()))
    services.run(job_id=job.pk)

    assert len(calls) == 1


def lost(kind: str, attempt: int = 1) -> Job:
    """Return a job whose worker was killed three minutes ago."""
    ago = timezone.now() - dt.timedelta(minutes=3)
    return Job.objects.create(kind=kind, state=JobState.RUNNING, attempt=attempt, started_at=ago, seen_at=ago)


def test_a_job_whose_worker_was_killed_is_begun_again(kinds) -> None:
    job = lost(kinds(lambda run: Outcome("xong")))

    call_command("look_after_jobs")
    job.refresh_from_db()
    assert (job.state, job.message, job.attempt) == (JobState.DONE, "xong", 2)


def test_a_job_that_still_gives_signs_of_life_is_left_alone(kinds) -> None:
    job = lost(kinds(lambda run: Outcome()))
    Job.objects.filter(pk=job.pk).update(seen_at=timezone.now() - dt.timedelta(minutes=1))

    assert services.resume_lost() == 0


@pytest.mark.parametrize(("repeatable", "attempt"), [(False, 1), (True, 3)])
def test_what_cannot_be_begun_again_is_said_to_be_lost(kinds, repeatable: bool, attempt: int) -> None:
    job = lost(kinds(lambda run: Outcome(), repeatable=repeatable), attempt)

    assert services.resume_lost() == 1
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.message.startswith("Công việc bị ngắt")


def test_an_attempt_that_was_given_up_can_no_longer_write(kinds) -> None:
    job = lost(kinds(lambda run: Outcome()))
    Job.objects.filter(pk=job.pk).update(attempt=2)

    with pytest.raises(SupersededError):
        Run(job).hold()
    with pytest.raises(SupersededError):
        Run(job).expect(3)


def test_old_jobs_are_removed_with_their_files(kinds) -> None:
    job = started(kinds(lambda run: Outcome(file=b"1", file_name="a.txt")))
    storage, name = job.file.storage, job.file.name
    now = timezone.now()
    assert services.discard_old(now=now + dt.timedelta(days=29)) == 0
    assert services.discard_old(now=now + dt.timedelta(days=31)) == 1
    assert not storage.exists(name)


class TestPages:
    """A job is seen by who asked for it."""

    def test_the_page_asks_again_until_the_job_is_over(self, browser, kinds) -> None:
        person = make.person()
        kinds(lambda run: Outcome())
        waiting = Job.objects.create(kind="test.job", by=person)
        page = browser.as_person(person).get(f"/jobs/{waiting.pk}").content.decode()
        assert f'hx-get="/jobs/{waiting.pk}/part"' in page

        services.run(job_id=waiting.pk)
        assert "hx-get" not in browser.get(f"/jobs/{waiting.pk}/part").content.decode()

    def test_the_page_goes_on_to_what_came_of_it_and_says_so(self, browser, kinds) -> None:
        job = started(kinds(lambda run: Outcome("2 rows were applied.", {"next": "/units/"})))
        assert browser.as_person(job.by).get(f"/jobs/{job.pk}/part")["HX-Redirect"] == "/units/"
        assert (
            '<div class="alert alert-success" role="status">2 rows were applied.</div>'
            in browser.get("/units/").content.decode()
        )

    def test_the_file_is_handed_out_as_a_download(self, browser, kinds) -> None:
        job = started(kinds(lambda run: Outcome(file=b"PK", file_name="don-vi.xlsx")))
        answer = browser.as_person(job.by).get(f"/jobs/{job.pk}/file")
        assert (answer.getvalue(), answer["Content-Disposition"]) == (b"PK", 'attachment; filename="don-vi.xlsx"')

    @pytest.mark.parametrize("what", ["", "/part", "/file"])
    def test_nobody_else_sees_it(self, browser, kinds, what: str) -> None:
        job = started(kinds(lambda run: Outcome(file=b"PK", file_name="a.xlsx")))
        assert browser.as_person(make.person()).get(f"/jobs/{job.pk}{what}").status_code == 404

    def test_a_job_that_no_worker_takes_says_so(self, browser, kinds) -> None:
        person = make.person()
        kinds(lambda run: Outcome())
        job = Job.objects.create(kind="test.job", by=person)
        Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - dt.timedelta(minutes=1))
        assert (
            "Chưa có tiến trình nào nhận việc này" in browser.as_person(person).get(f"/jobs/{job.pk}").content.decode()
        )


def full(*_args: object, **_kwargs: object) -> Outcome:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_job_without_room_says_so(kinds) -> None:
    job = started(kinds(full))
    assert (job.state, "hết dung lượng" in job.message) == (JobState.FAILED, True)


def test_a_file_without_room_leaves_no_half_one(kinds, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chiso.web.files.os.fsync", full)
    job = started(kinds(lambda run: Outcome("", {}, b"x" * 5000, "a.xlsx")))

    assert (job.state, "hết dung lượng" in job.message, bool(job.file)) == (JobState.FAILED, True, False)
    assert list(settings.DATA.glob("files/jobs/out/**/*.part")) == []


def test_a_job_that_loses_its_database_is_begun_again(kinds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chiso.web.jobs.services.connection.close", lambda: None)  # the test goes on with it
    tries = []

    def work(run: Run) -> Outcome:
        tries.append(run.job.attempt)
        if len(tries) == 1:
            raise OperationalError("terminating connection")
        return Outcome("xong")

    job = started(kinds(work))
    assert (job.state, job.message) == (JobState.RUNNING, "")
    services.resume_lost(now=timezone.now() + services.LEASE + dt.timedelta(seconds=1))
    job.refresh_from_db()
    assert (job.state, job.message, tries) == (JobState.DONE, "xong", [1, 2])
