"""Those who look on in a real browser: a leader sees the points that were entered, an auditor who entered them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.collection import submission
from chiso.web.collection.models import Report
from chiso.web.collection.services import Written, save_values
from chiso.web.frameworks.services import loaded
from chiso.web.people.models import Role, User
from chiso.web.results.services import recalculate
from chiso.web.rounds.models import RankingGroup, Round
from tests.web import factories as make
from tests.web.browser.conftest import CHROMIUM, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

#: What three communes report of households with Internet among 12,000, and of who leads.
REPORTED = {"Xã mẫu A": ("6000", "deputy"), "Xã mẫu B": ("9000", "head"), "Xã mẫu C": ("1200", "none_of_them")}


@pytest.fixture
def round_(emptied_log: None) -> Round:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    made = make.round_(province)
    group = RankingGroup.objects.create(round=made, name="Xã", position=0)
    for name, (households, leader) in REPORTED.items():
        unit = make.unit(name, parent=province)
        report = make.report(make.participant(made, unit, group))
        written = {"1.1/a": households, "households": "12000", "1.2/choice": leader, "1.3/plan": "yes"}
        reported(report, make.person((Role.OFFICER, unit)), written)
    recalculate(round_=made, actor=Actor(None))
    return made


def reported(report: Report, officer: User, values: dict[str, str]) -> None:
    framework, actor = loaded(report.participant.round.framework), Actor(officer.pk)
    written = {fact: Written(text) for fact, text in values.items()}
    number = save_values(report_id=report.pk, framework=framework, written=written, actor=actor).number
    submission.submit(report_id=report.pk, framework=framework, actor=actor, seen=number)


def points(name: str) -> str:
    """Return the points of a commune as a column writes them: 20 by share, 10 by who leads, 10 for the plan."""
    households, leader = REPORTED[name]
    share = {"head": 10, "deputy": 5, "none_of_them": 0}[leader]
    return f"{int(households) / 12000 * 20 + share + 10:.2f}".replace(".", ",")


def rows(page: Page, table: str) -> list[list[str]]:
    found = page.locator(table).first.locator("tbody tr")
    return [[" ".join(cell.split()) for cell in row.locator("th, td").all_inner_texts()] for row in found.all()]


def test_a_leader_sees_the_points_that_were_entered(chromium: Browser, live_server, round_: Round) -> None:
    leader = make.person((Role.LEADER, round_.assessor))
    with signed_in(chromium, live_server.url, leader) as context:
        page = context.pages[0]
        page.get_by_role("link", name="Kết quả").last.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(round_.title)
        table = rows(page, "main table")
        assert [(row[0], row[1], row[2]) for row in table] == [
            ("1", "Xã mẫu B", points("Xã mẫu B")),
            ("2", "Xã mẫu A", points("Xã mẫu A")),
            ("3", "Xã mẫu C", points("Xã mẫu C")),
        ]
        expect(page.locator("[data-chart] svg, [data-chart] canvas").first).to_be_visible()
        page.get_by_role("link", name="Xã mẫu A").first.click()
        expect(page.locator(".strip strong").first).to_have_text("25")
        expect(page.get_by_role("link", name=round_.title)).to_be_visible()
        told = {row[0].split()[0]: row[1] for row in rows(page, "main table")}
        assert told == {"1.": "25,00", "1.1": "10,00", "1.2": "5,00", "1.3": "10,00"}


def test_an_auditor_sees_who_entered_what_and_is_seen(chromium: Browser, live_server, round_: Round) -> None:
    auditor = make.person((Role.AUDITOR, round_.assessor))
    report = Report.objects.get(participant__name="Xã mẫu B")
    officer = User.objects.get(assignments__unit=report.participant.unit)
    with signed_in(chromium, live_server.url, auditor) as context:
        page = context.pages[0]
        page.get_by_role("link", name="Nhật ký").click()
        page.get_by_label("Đơn vị").fill("mau b")
        page.get_by_role("button", name="Xem", exact=True).click()
        entries = page.locator(".entry")
        expect(entries).to_have_count(2)
        expect(entries.first).to_contain_text(officer.full_name)
        entries.last.get_by_text("Chi tiết").click()
        for words in ("Số hộ gia đình có Internet", "9.000", "Người đứng đầu", report.strand):
            expect(entries.last).to_contain_text(words)
        page.goto(f"/reports/{report.pk}/at/1.1/")
        expect(page.get_by_label("Số hộ gia đình có Internet")).not_to_be_editable()
    looked = Entry.objects.filter(by=auditor).order_by("pk")
    assert [one.action for one in looked] == ["log.viewed", "log.viewed"]
