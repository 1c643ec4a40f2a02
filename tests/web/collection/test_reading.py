"""The head reads every figure before signing: in words, with last year's, its origin, its evidence and what is odd."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from chiso.web.audit.services import Actor
from chiso.web.collection import submission
from chiso.web.collection.models import Receipt, Report, ReportState, ValueStage
from chiso.web.collection.opening import opened
from chiso.web.collection.queries import previous_of, whole_report
from chiso.web.collection.reading import DIFFERING, DOUBTFUL, Section, narrowed, report_read
from chiso.web.collection.services import Written, save_values
from chiso.web.evidence.models import Evidence, EvidenceLink
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Access
from chiso.web.rounds.models import Participant
from tests.web import factories as make
from tests.web.collection.conftest import Office
from tests.web.conftest import Browser

#: What the small framework asks for.
FACTS = {"online": "1.1/a", "households": "households", "leader": "1.2/choice", "plan": "1.3/plan"}


def cell(text: str, **beside: str) -> dict[str, object]:
    return {"v": text, "by": None, "at": "2026-10-05T02:30:00+00:00", "n": 1, **beside}


def last_year(office: Office, values: dict[str, str], given: dict[str, str] | None = None) -> Participant:
    """Let the same unit have reported some values in the round before, and providers others."""
    round_ = office.report.participant.round
    before = make.round_(office.province, round_.framework, year=2024)
    member = make.participant(before, office.commune)
    make.report(member, values={fact: cell(text) for fact, text in values.items()})
    if given:
        supplied = {fact: cell(text) for fact, text in given.items()}
        make.report(member, stage=ValueStage.PROVIDER, values=supplied)
    round_.previous = before
    round_.save()
    return member


def fill(office: Office, **written: str | Written) -> None:
    """Let the officer enter figures, by the names of ``FACTS``."""
    save_values(
        report_id=office.report.pk,
        framework=loaded(office.report.participant.round.framework),
        written={FACTS[name]: one if isinstance(one, Written) else Written(one) for name, one in written.items()},
        actor=Actor(office.officer.pk),
    )
    office.report.refresh_from_db()


def submit(office: Office) -> Receipt:
    office.report.refresh_from_db()
    framework = loaded(office.report.participant.round.framework)
    actor = Actor(office.officer.pk)
    return submission.submit(report_id=office.report.pk, framework=framework, actor=actor, seen=office.report.number)


def put(office: Office, code: str, title: str, **fields: object) -> Evidence:
    told = {"unit": office.commune, "title": title, "url": "https://mau.example/qd", "added_by": office.officer}
    made = Evidence.objects.create(**told | fields)
    EvidenceLink.objects.create(
        evidence=made, participant=office.report.participant, code=code, linked_by=office.officer
    )
    return made


def read(office: Office) -> list[Section]:
    found = opened(whole_report(office.report.pk), Access.of(office.head.pk))
    with found.live() as live:
        return report_read(found, live, {"1": ("15", "40")}, {"1.3"})


def rows(client: Client, address: str) -> list[str]:
    """Return the rows of the tables of figures on a page, as they read."""
    page = client.get(address).content.decode()
    table = page[page.index('id="figures"') :]
    found = re.findall(r"<tr\b.*?</tr>", table, re.S)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def test_the_head_reads_every_figure_with_its_origin(browser: Browser, office: Office) -> None:
    last_year(office, {"1.1/a": "6000", "households": "12040", "1.2/choice": "deputy"})
    fill(
        office,
        online=Written("6020", source="Sổ theo dõi", as_of="31/12/2025"),
        households="12040",
        leader=Written("deputy", note="Chủ tịch đi học"),
    )
    decision = put(office, "1.2", "Quyết định phân công", number="7/QĐ", date=dt.date(2025, 3, 9))
    submit(office)
    found = rows(browser.as_person(office.head), office.address("review"))
    entered = f"{office.officer.full_name} nhập, "

    assert found[0] == "Số liệu Năm nay Năm trước"
    assert found[1] == "1.1 Tỷ lệ hộ gia đình có Internet 10 / 20 điểm"
    assert found[2].startswith(f"a Số hộ gia đình có Internet {entered}")
    assert found[2].endswith("tại 31/12/2025 Nguồn: Sổ theo dõi 6.020 hộ khác năm trước 6.000 hộ")
    assert found[3].startswith(f"b Tổng số hộ gia đình {entered}")
    assert found[3].endswith(" 12.040 hộ 12.040 hộ")
    assert found[4] == "Chưa có tài liệu kiểm chứng hoặc giải trình"
    assert found[5] == "1.2 Người đứng đầu chỉ đạo 5 / 10 điểm"
    assert found[6].endswith("Ghi chú: Chủ tịch đi học Cấp phó Cấp phó")
    assert found[7] == "Quyết định phân công Số 7/QĐ 09/03/2025"
    assert found[8] == "1.3 Có kế hoạch – / 10 điểm"
    assert found[9].endswith("chưa có số liệu –")
    assert f"/evidence/{decision.pk}/" in browser.get(office.address("review")).content.decode()


def test_who_supplied_a_figure_is_said_and_where_two_disagree(office: Office) -> None:
    supplied = {"1.1/a": cell("6020", source="Niên giám", as_of="2025-12-31"), "households": cell("12400")}
    make.report(office.report.participant, stage=ValueStage.PROVIDER, values=supplied)
    fill(office, households="12040")
    first, second = read(office)[0].places[0].figures

    assert (first.shown, first.origin, first.source, first.as_of) == (
        "6.020 hộ", "Văn phòng cung cấp", "Niên giám", "31/12/2025"
    )  # fmt: skip
    assert first.doubts == ()
    assert second.origin.startswith(f"{office.officer.full_name} nhập, ")
    assert len(second.doubts) == 1
    assert second.doubts[0].endswith("cung cấp số khác: 12.400 hộ.")


def test_a_sum_over_parts_is_said_to_be_one(office: Office) -> None:
    whole = office.report.participant
    for name, text in (("Thôn 1", "6000"), ("Thôn 2", "6040")):
        part = make.participant(whole.round, make.unit(name), part_of=whole)
        make.report(part, values={"households": cell(text)})
    assert read(office)[0].places[0].figures[1].origin == "cộng từ các đơn vị khác"

    fill(office, households="12000")
    figure = read(office)[0].places[0].figures[1]
    assert figure.shown == "12.000 hộ"
    assert figure.doubts == ("Tổng số của các đơn vị trực thuộc là số khác: 12.040 hộ.",)


def test_what_differs_and_what_is_odd_can_be_seen_alone(browser: Browser, office: Office) -> None:
    last_year(office, {"1.1/a": "1000", "households": "12040", "1.2/choice": "head", "1.3/plan": "yes"})
    fill(
        office,
        online="6020",
        households="12040",
        leader="deputy",
        plan="yes",
    )
    everything = read(office)
    alone = {only: [one.code for one in narrowed(everything, only)[0].places] for only in (DIFFERING, DOUBTFUL)}
    assert alone == {DIFFERING: ["1.1", "1.2"], DOUBTFUL: ["1.1"]}
    assert narrowed(everything, "anything") == everything
    assert everything[0].places[0].figures[0].doubts[0].startswith("Chênh lệch nhiều so với năm trước (1.000 hộ).")

    submit(office)
    browser.as_person(office.head)
    assert [row.split()[0] for row in rows(browser, office.address("review?only=doubtful")) if " điểm" in row] == [
        "1.1"
    ]
    page = browser.get(office.address("review")).content.decode()
    assert ("khác năm trước (2)" in page, "cần xem kỹ (1)" in page) == (True, True)


def test_without_a_round_before_nothing_differs(browser: Browser, office: Office) -> None:
    fill(office, online="6020")
    assert not read(office)[0].count(DIFFERING)
    assert rows(browser.as_person(office.head), office.address("review"))[0] == "Số liệu Năm nay"


def test_what_is_missing_or_new_against_last_year(office: Office) -> None:
    last_year(office, {"1.1/a": "6000"})
    fill(office, households="12040")
    first, second = read(office)[0].places[0].figures

    assert (first.shown, first.before, first.differs) == ("", "6.000 hộ", False)
    assert (second.shown, second.before, second.differs) == ("12.040 hộ", "", True)


def test_not_applicable_needs_a_reason(office: Office) -> None:
    fill(office, online="n/a", plan=Written("n/a", note="Mới sáp nhập"))
    places = read(office)[0].places

    assert places[0].figures[0].doubts == ("Chưa nêu lý do.",)
    assert places[2].figures[0].doubts == ()


def test_what_an_agency_changes_after_the_submission_is_marked(browser: Browser, office: Office) -> None:
    supplied = {"1.1/a": cell("6020"), "households": cell("12040")}
    theirs = make.report(office.report.participant, stage=ValueStage.PROVIDER, values=supplied)
    receipt = submit(office)
    assert not read(office)[0].count(DOUBTFUL)
    theirs.values["1.1/a"] = cell("7000")
    theirs.save()

    changed = read(office)[0].places[0].figures[0]
    assert (changed.shown, changed.doubts) == (
        "6.020 hộ",
        ("Đã thay đổi sau khi nộp báo cáo: 7.000 hộ. Số này được tính khi báo cáo được nộp lại.",),
    )
    found = rows(browser.as_person(office.head), office.address(f"receipts/{receipt.hash}/"))
    assert found[:3] == [
        "Số liệu Năm nay",
        "1.1 Tỷ lệ hộ gia đình có Internet 10 / 20 điểm",
        "a Số hộ gia đình có Internet Văn phòng cung cấp 6.020 hộ",
    ]


def test_a_receipt_shows_what_was_submitted_with_its_documents(browser: Browser, office: Office) -> None:
    fill(office, leader="head", online=Written("6020", note="Sổ thôn"))
    kept = put(office, "1.2", "Quyết định phân công", number="7/QĐ")
    receipt = submit(office)
    EvidenceLink.objects.update(removed_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    put(office, "1.2", "Đưa vào sau", url="https://mau.example/sau")
    Report.objects.filter(pk=office.report.pk).update(state=ReportState.RETURNED, values={})
    found = rows(browser.as_person(office.head), office.address(f"receipts/{receipt.hash}/"))

    assert "a Số hộ gia đình có Internet số liệu của đơn vị Ghi chú: Sổ thôn 6.020 hộ" in found
    assert "1.2 Người đứng đầu chỉ đạo 10 / 10 điểm" in found
    assert "Quyết định phân công Số 7/QĐ" in found
    assert not any("Đưa vào sau" in row for row in found)
    told = {"title": "Quyết định phân công", "number": "7/QĐ", "date": None}
    assert receipt.content["evidence"] == [{"code": "1.2", "sha256": None, "url": kept.url, **told}]


def test_last_year_counts_what_providers_supplied(office: Office, django_assert_num_queries) -> None:
    last_year(office, {"1.1/a": "", "1.2/choice": "head"}, {"1.1/a": "6000", "1.2/choice": "deputy"})
    with django_assert_num_queries(2):
        before = previous_of(office.report.participant)

    assert (before.text("1.1/a"), before.text("1.2/choice")) == ("6000", "head")


@pytest.mark.parametrize("page", ["review", "receipt"])
def test_the_queries_do_not_grow_with_figures_people_or_documents(
    office: Office, page: str, django_assert_max_num_queries
) -> None:
    last_year(office, {"1.1/a": "6000"})
    fill(office, online="6020")
    counted = []
    for _ in range(2):
        receipt = submit(office)
        address = office.address(page if page == "review" else f"receipts/{receipt.hash}/")
        browser = Browser().as_person(office.head)
        with django_assert_max_num_queries(30) as captured:
            browser.get(address)
        counted.append(len(captured))
        submission.reopen(report_id=office.report.pk, reason="x", actor=Actor(office.coordinator.pk))
        office.officer = office.second
        fill(office, households="12040", leader="head", plan="yes")
        for number in range(5):
            put(office, "1.2", f"Văn bản {number}")

    assert counted == {"review": [12, 12], "receipt": [5, 5]}[page]
