"""What comes between an officer and the report: the session, the deadline, other people; nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from chiso.web.audit.services import Actor
from chiso.web.collection.models import Receipt, Remark, Report
from chiso.web.collection.services import Written, save_values
from chiso.web.frameworks.services import loaded
from chiso.web.people.models import Assignment, User
from chiso.web.rounds import members
from chiso.web.rounds.models import Round, Stage
from chiso.web.rounds.services import allow_late
from tests.web.browser.conftest import CHROMIUM, meanwhile, sign_in, signed_in
from tests.web.collection.conftest import Office

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


def opened(page: Page, office: Office, code: str = "1.1") -> Page:
    page.goto(f"/reports/{office.report.pk}/at/{code}/")
    page.wait_for_load_state("networkidle")
    return page


def typed(page: Page, text: str, label: str = "Số hộ gia đình có Internet") -> None:
    page.get_by_label(label).fill(text)
    page.keyboard.press("Tab")


def state(page: Page) -> Locator:
    return page.locator("[data-save-state]")


def households(page: Page) -> Locator:
    return page.get_by_label("Số hộ gia đình có Internet")


def values(office: Office) -> dict[str, tuple[str, int]]:
    """Return what the report holds, and who wrote it."""
    kept = Report.objects.get(pk=office.report.pk).values
    return {fact: (cell["v"], cell["by"]) for fact, cell in kept.items()}


def written(office: Office, by: User, text: str) -> None:
    """Write a value as somebody else does meanwhile."""
    save_values(
        report_id=office.report.pk,
        framework=loaded(office.report.participant.round.framework),
        written={"1.1/a": Written(text)},
        actor=Actor(by.pk),
    )


def test_a_session_that_ended_goes_on_in_the_same_tab(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = opened(context.pages[0], office)
        meanwhile(Session.objects.all().delete)
        typed(page, "71")
        expect(state(page)).to_contain_text("Phiên làm việc đã hết. Đăng nhập lại; 1 ô đang chờ trên máy này.")
        assert values(office) == {}
        page.reload()  # in vain: it asks for signing in
        sign_in(page, office.officer)
        expect(page).to_have_url(re.compile(r"/at/1\.1/$"))
        expect(state(page)).to_contain_text("Đã lưu")
        expect(households(page)).to_have_value("71")
    assert values(office) == {"1.1/a": ("71", office.officer.pk)}


def test_a_session_that_ended_goes_on_once_one_has_signed_in_elsewhere(
    chromium: Browser, live_server, office: Office
) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = opened(context.pages[0], office)
        meanwhile(Session.objects.all().delete)
        typed(page, "71")
        expect(state(page)).to_contain_text("Phiên làm việc đã hết")
        page.get_by_text("Gửi ý kiến").click()
        page.get_by_label("Nội dung").fill("Cách tính thôn mới?")
        page.get_by_role("button", name="Gửi", exact=True).click()
        notice = page.locator("[data-notice]")
        expect(notice).to_contain_text("Phiên làm việc đã hết: thao tác vừa rồi chưa được thực hiện")
        expect(page.locator("#remarks input[type=password]")).to_have_count(0)

        with context.expect_page() as coming:
            notice.get_by_role("link", name="Đăng nhập").click()
        sign_in(coming.value, office.officer)
        # The first tab has heard of it.
        expect(state(page)).to_contain_text("Đã lưu")
        expect(notice).to_contain_text("Bạn đã đăng nhập lại")
        page.get_by_role("button", name="Gửi", exact=True).click()
        expect(page.locator("#remarks")).to_contain_text("Cách tính thôn mới?")
        expect(notice).to_be_hidden()
    assert values(office) == {"1.1/a": ("71", office.officer.pk)}
    assert Remark.objects.get().text == "Cách tính thôn mới?"


def test_what_waits_is_not_sent_in_the_name_of_another(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page, other = opened(context.pages[0], office), context.new_page()
        meanwhile(Session.objects.all().delete)
        typed(page, "71")
        expect(state(page)).to_contain_text("Phiên làm việc đã hết")
        sign_in(other, office.second)
        expect(other).to_have_url(f"{live_server.url}/")
        expect(page.locator("[data-notice]")).to_contain_text("Người khác đã đăng nhập trên máy này")
        typed(page, "72")
        expect(state(page)).to_contain_text("Người khác đã đăng nhập ở đây. 1 ô của bạn chờ trên máy này")
        expect(opened(other, office).get_by_label("Số hộ gia đình có Internet")).to_have_value("")
        assert values(office) == {}

        other.get_by_role("button", name="Đăng xuất").click()
        sign_in(other, office.officer)
        expect(other).to_have_url(f"{live_server.url}/")
        expect(state(page)).to_contain_text("Đã lưu")
    assert values(office) == {"1.1/a": ("72", office.officer.pk)}


def test_a_value_after_the_deadline_waits_for_permission(chromium: Browser, live_server, office: Office) -> None:
    round_ = office.report.participant.round
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = opened(context.pages[0], office)
        round_.due_at = timezone.now() - dt.timedelta(minutes=1)
        meanwhile(round_.save)
        typed(page, "71")
        expect(state(page)).to_contain_text("Chưa được nhận (1 ô được giữ trên máy này): Đã hết hạn báo cáo")
        page.reload()
        expect(state(page)).to_contain_text("Chưa được nhận (1 ô được giữ trên máy này): Đã hết hạn báo cáo")
        expect(households(page)).to_have_value("")
        expect(households(page)).not_to_be_editable()
        expect(page.locator("[data-trouble]").first).to_contain_text("Số bạn đã nhập (71) chưa được nhận")
        assert values(office) == {}

        meanwhile(lambda: allowed(office))
        page.goto("/")
        expect(page.get_by_text("được nộp muộn đến")).to_be_visible()
        opened(page, office)
        expect(state(page)).to_contain_text("Đã lưu")
        expect(households(page)).to_have_value("71")
    assert values(office) == {"1.1/a": ("71", office.officer.pk)}


def test_what_is_not_taken_in_any_more_may_be_given_up(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = opened(context.pages[0], office)
        meanwhile(lambda: Round.objects.update(stage=Stage.VERIFICATION))
        typed(page, "71")
        expect(state(page)).to_contain_text("Kỳ đánh giá không nhận thêm số liệu")
        page.reload()
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Bỏ các ô này").click()
        expect(page.get_by_role("button", name="Bỏ các ô này")).to_have_count(0)
        expect(page.locator("[data-trouble]").first).to_be_empty()
        assert page.evaluate("Object.keys(localStorage).filter((one) => one.includes('waiting'))") == []
    assert values(office) == {}


def allowed(office: Office) -> None:
    until = timezone.now() + dt.timedelta(days=1)
    actor = Actor(office.coordinator.pk)
    allow_late(participant=office.report.participant, until=until, reason="Mất điện", actor=actor)


def taken_out(office: Office) -> None:
    Round.objects.update(opened_at=timezone.now())
    member = office.report.participant
    members.take_out(
        round_id=member.round_id, participants=[member.pk], reason="Đã sáp nhập", actor=Actor(office.coordinator.pk)
    )


def dismissed(office: Office) -> None:
    Assignment.objects.filter(user=office.officer).update(valid_to=timezone.localdate() - dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("happens", "words"),
    [
        (taken_out, "Đơn vị đã được đưa ra khỏi đợt đánh giá"),
        (dismissed, "Bạn không còn quyền nhập ở đây. 1 ô được giữ trên máy này."),
    ],
)
def test_a_unit_or_a_role_that_ended_meanwhile_is_told(
    chromium: Browser, live_server, office: Office, happens: Callable[[Office], None], words: str
) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = opened(context.pages[0], office)
        meanwhile(lambda: happens(office))
        typed(page, "71")
        expect(state(page)).to_contain_text(words)
        expect(households(page)).to_have_value("71")
        waits = page.evaluate("localStorage.getItem(Object.keys(localStorage).find((one) => one.includes('waiting')))")
        assert '"71"' in waits
    assert values(office) == {}


def test_what_waits_is_sent_before_the_report_is_submitted(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = opened(context.pages[0], office)
        context.set_offline(True)
        typed(page, "71")
        expect(state(page)).to_contain_text("Mất kết nối")
        page.close()
        context.set_offline(False)
        page = context.new_page()
        page.goto(f"/reports/{office.report.pk}/missing")
        expect(page.get_by_text("đã nhập 1 trên 4 số liệu")).to_be_visible()
        page.get_by_role("button", name="Nộp báo cáo").click()
        expect(page.get_by_role("status")).to_contain_text("Đã nộp")
    assert Receipt.objects.get().content["values"] == {"1.1/a": {"v": "71"}}


def test_what_is_not_understood_stays_where_it_was_written(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = opened(context.pages[0], office)
        page.get_by_label("Số hộ gia đình có Internet").fill("bảy mốt")
        page.keyboard.press("Alt+ArrowDown")
        expect(page).to_have_url(re.compile(r"/at/1\.2/$"))
        expect(state(page)).to_contain_text("1 ô chưa đúng: xem tại ô")
        page.goto(f"/reports/{office.report.pk}/missing")
        expect(page.locator("[data-waiting]")).to_contain_text("1 ô đã nhập trên máy này chưa có trong báo cáo")
        page.locator("[data-waiting]").get_by_role("link", name="1.1").click()
        expect(households(page)).to_have_value("bảy mốt")
        expect(page.locator("[data-trouble]").first).not_to_be_empty()
        typed(page, "71")
        expect(state(page)).to_contain_text("Đã lưu")
        page.reload()
        expect(state(page)).not_to_contain_text("chưa đúng")
    assert values(office) == {"1.1/a": ("71", office.officer.pk)}


def test_of_two_values_one_is_chosen_also_after_one_has_gone_on(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = opened(context.pages[0], office)
        meanwhile(lambda: written(office, office.second, "5"))
        page.get_by_label("Số hộ gia đình có Internet").fill("7")
        page.keyboard.press("Alt+ArrowDown")
        expect(page).to_have_url(re.compile(r"/at/1\.2/$"))
        expect(state(page)).to_contain_text("1 ô vừa được người khác sửa: hãy chọn")
        page.get_by_label("Cấp phó").check()
        expect(state(page)).to_contain_text("Đã lưu")
        page.reload()
        state(page).get_by_role("link", name="1.1").click()
        expect(page.locator("[data-trouble]").first).to_contain_text(f"{office.second.full_name} đã ghi 5 hộ")
        expect(households(page)).to_have_value("7")
        assert values(office)["1.1/a"] == ("5", office.second.pk)
        page.get_by_role("button", name="Thay bằng số của tôi").click()
        expect(state(page)).to_have_attribute("data-kind", "done")
    assert values(office) == {"1.1/a": ("7", office.officer.pk), "1.2/choice": ("deputy", office.officer.pk)}


def test_who_signs_in_twice_goes_on_twice(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page, other = opened(context.pages[0], office), context.new_page()
        for text in ("71", "72"):
            meanwhile(Session.objects.all().delete)
            sign_in(other, office.officer)
            expect(other).to_have_url(f"{live_server.url}/")
            typed(page, text)
            expect(state(page)).to_have_attribute("data-kind", "done")
            assert values(office) == {"1.1/a": (text, office.officer.pk)}
