"""The pages of the log: what they show to whom, that looks are logged, files without formulas, the check in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

import pytest
import python_calamine
from django.urls import reverse
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.permissions import scopes_of
from chiso.web.audit.queries import breaks
from chiso.web.audit.services import SYSTEM, Actor, record
from chiso.web.collection.remarks import add_remark
from chiso.web.jobs.models import Job, JobState
from chiso.web.jobs.services import run
from chiso.web.people import accounts, invitations, roles
from chiso.web.people.access import Access
from chiso.web.people.invitations import Offer
from chiso.web.people.models import Assignment, Role, User
from chiso.web.people.services import change_own_account
from chiso.web.units.models import Unit
from tests.web import factories as make
from tests.web.audit.test_log import unguarded
from tests.web.conftest import Browser
from tests.web.world import World

pytestmark = pytest.mark.django_db

LOG = reverse("log")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def auditor(world: World, browser: Browser) -> Browser:
    return browser.as_person(world.own(Role.AUDITOR))


def remark(world: World, text: str = "Số liệu này từ đâu?", address: str = "192.0.2.7") -> Entry:
    actor = Actor(world.own(Role.OFFICER).pk, address)
    add_remark(participant=world.participant, code="1.1", text=text, actor=actor)
    return Entry.objects.latest("pk")


def page(browser: Browser, **asked: str) -> str:
    answer = browser.get(LOG, asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_auditor_reads_who_did_what_where_and_from_which_address(auditor: Browser, world: World) -> None:
    one = remark(world)

    html = page(auditor)

    assert "đã ghi ở tiêu chí 1.1 (ý kiến): “Số liệu này từ đâu?”" in html
    assert f'<a href="{reverse("collection_of_participant", args=(world.participant.pk,))}">Xã mẫu · ' in html
    assert one.hash in html
    assert one.previous in html
    assert "192.0.2.7" in html


def test_a_coordinator_reads_it_without_addresses(world: World, browser: Browser) -> None:
    remark(world)

    html = page(browser.as_person(world.own(Role.COORDINATOR)))

    assert "Số liệu này từ đâu?" in html
    assert "192.0.2.7" not in html
    assert reverse("log_check") not in html


def test_nobody_reads_about_the_rounds_of_others(world: World, browser: Browser) -> None:
    one = remark(world)
    stranger = browser.as_person(world.other(Role.AUDITOR))

    assert "Số liệu này từ đâu?" not in page(stranger)
    assert world.round.title not in page(stranger)
    assert stranger.get(LOG, {"about": one.strand}).status_code == 404
    assert stranger.get(LOG, {"about": world.report.strand}).status_code == 404
    assert stranger.get(LOG, {"before": str(one.pk)}).status_code == 404


def test_an_operator_reads_what_is_of_the_installation_alone(world: World, browser: Browser) -> None:
    remark(world)
    account = make.person()
    record(strand="people", action="account.changed", actor=SYSTEM, account=account.pk)

    html = page(browser.as_person(world.own(Role.OPERATOR)))

    assert f"tài khoản {account.full_name}" in html
    assert "Số liệu này từ đâu?" not in html


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "%(who)s %s", "{{ 7 * 7 }}"])
def test_what_people_wrote_stays_text(auditor: Browser, world: World, text: str) -> None:
    remark(world, text)

    html = page(auditor)

    assert text.replace("<", "&lt;").replace(">", "&gt;") in html
    assert "<script>alert" not in html


def test_a_look_is_an_entry_once_an_hour_for_each_thing_looked_for(auditor: Browser, world: World) -> None:
    remark(world)
    officer = world.own(Role.OFFICER)
    for _ in range(2):
        page(auditor)
        page(auditor, person=officer.full_name, about=world.report.strand)

    looks = [(one.by_id, one.data) for one in Entry.objects.filter(action="log.viewed").order_by("pk")]

    who = looks[0][0]
    assert [by for by, _data in looks] == [who, who]
    assert looks[0][1] == {}
    assert looks[1][1]["about"] == world.report.strand
    assert officer.pk in looks[1][1]["by"]
    assert officer.full_name not in str(looks)


def test_filters_are_kept_and_narrow(auditor: Browser, world: World) -> None:
    remark(world)
    record(strand=world.round.strand, action="round.moved", actor=SYSTEM, **{"from": "open", "to": "verification"})

    assert "Hệ thống đã chuyển đợt đánh giá từ “đang nhận báo cáo” sang “đang thẩm định”" in page(auditor)
    narrowed = page(auditor, action="remark.added", unit="xa mau", within=world.round.strand)
    assert "đã chuyển đợt đánh giá" not in narrowed.partition("<ol")[2]
    assert "Số liệu này từ đâu?" in narrowed
    assert 'value="xa mau"' in narrowed
    assert "Không tìm thấy mục nào" in page(auditor, unit="không có xã này")
    assert "Không tìm thấy mục nào" in page(auditor, person="không có ai")
    assert "Không tìm thấy mục nào" in page(auditor, until="2000-01-01")


def test_words_that_fit_several_units_let_one_be_chosen(auditor: Browser, world: World) -> None:
    remark(world)
    name = world.participant.name
    other = make.participant(world.round, make.unit(f"{name} hai", parent=world.round.assessor))
    record(strand=f"participant:{other.pk}", action="remark.settled", actor=SYSTEM, remark=1, code="1.2", fact="")

    html = page(auditor, unit=name, action="")
    assert "Có nhiều đơn vị khớp với từ tìm" in html
    alone = f"about=unit%3A{other.unit_id}"
    assert alone in html
    narrowed = page(auditor, about=f"unit:{other.unit_id}").partition("<ol")[2]
    assert ("tiêu chí 1.2" in narrowed, "Số liệu này từ đâu?" in narrowed) == (True, False)
    assert "Có nhiều đơn vị khớp" not in page(auditor, unit=f"{name} hai")


@pytest.mark.parametrize(
    "asked",
    [{"since": "hôm qua"}, {"since": "2026-11-02", "until": "2026-11-01"}, {"action": "x"}, {"within": "round:99999"}],
)
def test_filters_that_cannot_be_understood_are_said_and_show_nothing(
    auditor: Browser, world: World, asked: Mapping[str, str]
) -> None:
    remark(world)

    html = page(auditor, **asked)

    assert "invalid-feedback" in html
    assert "Số liệu này từ đâu?" not in html


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "²", "99999999"])
def test_a_place_to_go_on_from_that_is_none_is_not_found(auditor: Browser, before: str) -> None:
    assert auditor.get(LOG, {"before": before}).status_code == 404


@pytest.mark.parametrize("about", ["report:99999999", "x", "report:" + "9" * 60, ":", "evidence:0", "people"])
def test_a_thing_that_is_none_or_not_to_be_seen_is_not_found(auditor: Browser, about: str) -> None:
    assert auditor.get(LOG, {"about": about}).status_code == 404


@pytest.mark.parametrize("about", ["unit:", "unit:99999999", "participant:99999999"])
def test_a_thing_of_which_nothing_is_recorded_shows_nothing(auditor: Browser, world: World, about: str) -> None:
    remark(world)

    assert "Không tìm thấy mục nào" in page(auditor, about=about)


def test_older_entries_follow_on_the_next_page(auditor: Browser, world: World) -> None:
    for number in range(60):
        remark(world, f"Câu hỏi số {number:02}.")

    first = page(auditor, action="remark.added")
    last = Entry.objects.filter(action="remark.added").order_by("-pk")[49]
    assert f"?action=remark.added&amp;before={last.pk}" in first
    second = page(auditor, action="remark.added", before=str(last.pk))

    assert ("Câu hỏi số 10." in first, "Câu hỏi số 09." in first) == (True, False)
    assert ("Câu hỏi số 10." in second, "Câu hỏi số 09." in second) == (False, True)
    assert "Không còn mục nào cũ hơn." in second


@pytest.mark.parametrize("count", [1, 40])
def test_a_page_asks_as_often_however_much_it_shows(
    auditor: Browser, world: World, count: int, django_assert_max_num_queries
) -> None:
    for _ in range(count):
        remark(world)
        member = make.participant(world.round, make.unit())
        add_remark(participant=member, code="1.1", text="Hỏi", actor=Actor(make.person().pk))
    page(auditor)

    # Session, person, roles; scopes, names of units; keys, entries; earlier looks; participants, people, frameworks.
    with django_assert_max_num_queries(11):
        page(auditor)


def exported(browser: Browser, form: str, **asked: str) -> Job:
    answer = browser.post(reverse("log_export"), {"format": form, **asked})
    assert answer.status_code == 302
    return Job.objects.latest("pk")


def table(job: Job) -> list[list[str]]:
    """Return the rows of the file that a job has made."""
    with job.file.open() as file:
        content = file.read()
    if job.file_name.endswith(".csv"):
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    return python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_entries_are_taken_along_as_csv_without_formulas(auditor: Browser, world: World) -> None:
    remark(world, "=cmd|' /C calc'!A0")
    job = exported(auditor, "csv", action="remark.added")
    head, row = table(job)

    assert (job.state, job.file_name) == (JobState.DONE, "nhat-ky.csv")
    assert head[:6] == ["Thời điểm", "Người thực hiện", "Hành động", "Nội dung", "Nơi", "Chi tiết"]
    told = dict(zip(head, row, strict=True))
    assert told["Người thực hiện"] in told["Nội dung"]
    assert told["Nơi"] == f"Xã mẫu · {world.round.title}"
    assert "Nội dung: =cmd|' /C calc'!A0" in told["Chi tiết"]
    assert told["Địa chỉ mạng"] == "192.0.2.7"
    assert (told["Số"], len(told["Mã băm"])) == ("1", 64)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    logged = Entry.objects.get(action="log.exported")
    assert logged.data == {"format": "CSV", "entries": 1, "what": "remark.added"}


def test_a_name_that_looks_like_a_formula_is_none_in_the_file(world: World, browser: Browser) -> None:
    officer = world.own(Role.OFFICER)
    officer.full_name = "=1+1"
    officer.save()
    add_remark(participant=world.participant, code="1.1", text="Hỏi", actor=Actor(officer.pk))
    auditor = browser.as_person(world.own(Role.AUDITOR))

    assert table(exported(auditor, "csv", action="remark.added"))[1][1] == "'=1+1"
    assert table(exported(auditor, "xlsx", action="remark.added"))[1][1] == "=1+1"  # a text, not a formula's value


def test_a_file_holds_all_entries_of_many_pages(auditor: Browser, world: World, monkeypatch) -> None:
    monkeypatch.setattr("chiso.web.audit.tasks._BATCH", 7)
    for number in range(20):
        remark(world, f"Câu hỏi số {number:02}.")

    texts = [row[3] for row in table(exported(auditor, "xlsx", action="remark.added"))[1:]]
    assert [text[text.index("số ") :] for text in texts] == [f"số {number:02}.”" for number in reversed(range(20))]


def test_a_file_that_would_be_too_long_says_so(auditor: Browser, world: World, monkeypatch) -> None:
    monkeypatch.setattr("chiso.web.audit.tasks.MOST", 3)
    for number in range(5):
        remark(world, f"Câu hỏi số {number}.")
    job = exported(auditor, "csv", action="remark.added")

    assert "Chỉ gồm 3 mục mới nhất" in job.message
    assert len(table(job)) == 4


def test_a_file_holds_what_the_person_may_see_when_it_is_made(world: World, browser: Browser) -> None:
    remark(world)
    coordinator = world.own(Role.COORDINATOR)
    browser.as_person(coordinator)
    made = exported(browser, "csv", action="remark.added")
    assert "Địa chỉ mạng" not in table(made)[0]
    assert len(table(made)) == 2

    Assignment.objects.filter(user=coordinator).delete()
    Job.objects.filter(pk=made.pk).update(state=JobState.WAITING)
    run(job_id=made.pk)
    assert len(table(Job.objects.get(pk=made.pk))) == 1


def test_an_export_is_given_out_only_while_its_owner_may_see_the_log(auditor: Browser, world: World) -> None:
    remark(world)
    address = reverse("job_file", args=(exported(auditor, "csv").pk,))
    given = auditor.get(address)
    assert (given.status_code, "Số liệu này từ đâu?" in b"".join(given.streaming_content).decode()) == (200, True)
    assert given["Cache-Control"] == "private, no-store"
    Assignment.objects.update(ended_at=timezone.now())

    assert auditor.get(address).status_code == 403


@pytest.mark.parametrize("asked", [{"format": "exe"}, {}, {"format": "csv", "since": "x"}])
def test_an_export_of_nothing_known_is_not_found(auditor: Browser, asked: Mapping[str, str]) -> None:
    assert auditor.post(reverse("log_export"), asked).status_code == 404
    assert not Job.objects.exists()


def checked(browser: Browser) -> str:
    browser.post(reverse("log_check"))
    job = Job.objects.latest("pk")
    assert job.state == JobState.DONE
    assert job.result["next"] == reverse("log_checked", args=(job.pk,))
    return browser.get(job.result["next"]).content.decode()


def test_a_whole_log_is_said_to_be_whole(auditor: Browser, world: World) -> None:
    remark(world)

    html = checked(auditor)

    assert "Nhật ký nguyên vẹn" in html
    logged = Entry.objects.get(action="log.checked")
    assert (logged.data["breaks"], logged.data["entries"]) == (0, Entry.objects.count() - 1)


def test_a_broken_log_is_said_to_be_broken_in_words(auditor: Browser, world: World) -> None:
    one = remark(world)
    unguarded("UPDATE audit_entry SET address = '' WHERE id = %s", one.pk)

    html = checked(auditor)

    assert "Nhật ký bị đứt gãy ở 1 chỗ." in html
    assert f"Xã mẫu · {world.round.title}" in html
    assert "mục này đã bị sửa" in html
    assert [one.code for one in breaks()] == ["altered"]


@pytest.mark.parametrize(
    ("name", "of"),
    [("round", "round"), ("results_participant", "participant"), ("unit", "unit")],
)
def test_a_thing_leads_those_who_may_see_the_log_to_what_happened_to_it(world: World, name: str, of: str) -> None:
    thing = getattr(world, of)
    link = f"{LOG}?about={of}%3A{thing.pk}"
    shown = Browser().as_person(world.own(Role.COORDINATOR)).get(reverse(name, args=[thing.pk])).content.decode()
    hidden = Browser().as_person(world.own(Role.HEAD)).get(reverse(name, args=[thing.pk])).content.decode()

    assert link in shown
    assert "about=" not in hidden
    assert Browser().as_person(world.own(Role.COORDINATOR)).get(link).status_code == 200


def role_given(of: Unit, role: Role = Role.HEAD) -> User:
    person = make.person()
    roles.give(user_id=person.pk, role=role, unit_id=of.pk, valid_from=make.LONG_AGO, actor=Actor(make.person().pk))
    return person


def test_an_auditor_sees_who_was_given_roles_in_the_own_unit_and_below(auditor: Browser, world: World) -> None:
    own, below, strange = role_given(world.assessor), role_given(world.unit), role_given(world.rival)

    html = page(auditor)

    assert [one.full_name in html for one in (own, below, strange)] == [True, True, False]
    assert [one.email in html for one in (own, below)] == [False, False]
    assert "Tài khoản và vai trò: Tỉnh mẫu" in html


def test_an_auditor_sees_accounts_of_the_unit_closed_but_not_what_people_change_about_themselves(
    auditor: Browser, world: World
) -> None:
    person, strange = world.own(Role.HEAD), make.person((Role.HEAD, world.rival))
    accounts.close(pk=person.pk, actor=Actor(make.person().pk))
    accounts.close(pk=strange.pk, actor=Actor(make.person().pk))
    change_own_account(user=person, actor=Actor(person.pk))

    html = page(auditor, within=f"people:{world.assessor.pk}")

    assert html.count("<code>account.closed</code>") == 1
    assert person.full_name in html
    assert strange.full_name not in html
    assert "<code>account.changed</code>" not in html


def test_a_list_of_invitations_is_seen_when_it_is_one(auditor: Browser, world: World) -> None:
    def offer(of: Unit, name: str) -> Offer:
        return Offer(f"{name}@example.org", name, Role.OFFICER, of.pk, make.LONG_AGO, None, "")

    actor = Actor(make.person().pk)
    invitations.invite(offers=[offer(world.unit, "Mời một mình")], actor=actor)
    invitations.invite(offers=[offer(world.unit, "Mời chung"), offer(world.rival, "Mời nơi khác")], actor=actor)

    html = page(auditor)
    assert ["Mời một mình" in html, "Mời chung" in html, "Mời nơi khác" in html] == [True, False, False]


def test_what_concerns_a_unit_is_found_from_its_page_and_by_who_it_is_about(auditor: Browser, world: World) -> None:
    person, strange = role_given(world.unit), role_given(world.rival)

    assert person.full_name in page(auditor, about=f"unit:{world.unit.pk}")
    assert person.full_name in page(auditor, about=f"person:{person.pk}")
    for thing in (f"unit:{world.rival.pk}", f"person:{strange.pk}"):
        assert auditor.get(LOG, {"about": thing}).status_code == 404


def test_older_entries_about_people_are_on_the_next_page(auditor: Browser, world: World, monkeypatch) -> None:
    role_given(world.unit)
    last = Entry.objects.latest("pk")
    role_given(world.rival)
    foreign = Entry.objects.latest("pk")

    assert auditor.get(LOG, {"before": last.pk}).status_code == 200
    assert auditor.get(LOG, {"before": foreign.pk}).status_code == 404


def test_an_operator_sees_the_whole_strand_once(world: World, browser: Browser) -> None:
    person = make.person((Role.OPERATOR, None), (Role.AUDITOR, world.assessor))
    role_given(world.unit)

    assert [one.name for one in scopes_of(Access.of(person.pk)) if one.name.startswith("people")] == ["people"]
    assert page(browser.as_person(person)).count("role.given") == page(browser, within="people").count("role.given")
