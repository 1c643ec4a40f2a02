"""A coordinator prepares a round in the browser, leaves and comes back, opens it and changes it afterwards."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from chiso.web.people.models import Role
from chiso.web.rounds.models import RankingGroup, Round, Stage
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Unit:
    made = make.unit("Tỉnh mẫu", Kind.PROVINCE)
    for letter in "AB":
        make.unit(f"Xã mẫu {letter}", Kind.COMMUNE, made)
    return made


@pytest.fixture
def coordinator(browser: Browser, province: Unit) -> Browser:
    return browser.as_person(make.person((Role.COORDINATOR, province)))


@pytest.fixture
def round_(province: Unit) -> Round:
    return make.round_(province, stage=Stage.PREPARING, title="Đợt đang chuẩn bị")


def at(name: str, round_: Round) -> str:
    return reverse(name, args=(round_.pk,))


def text(answer) -> str:
    return answer.content.decode()


def opened(round_: Round) -> Round:
    Round.objects.update(stage=Stage.OPEN, opened_at=timezone.now())
    round_.refresh_from_db()
    return round_


def test_from_the_first_step_to_the_open_round(coordinator: Browser, province: Unit) -> None:
    version = make.framework()
    told = {"title": "Đợt 2026", "year": "2026", "framework": version.pk, "assessor": province.pk}
    answer = coordinator.post(reverse("round_new"), told)
    made = Round.objects.get(title="Đợt 2026")
    assert answer["Location"] == at("round_units", made)
    answer = coordinator.post(at("round_units", made), {"kinds": ["commune"], "place": "kinds"}, follow=True)
    assert "Đã thêm 2 đơn vị." in text(answer)
    group = made.groups.get()
    answer = coordinator.post(
        at("round_groups", made),
        {"key": [group.pk, "new"], f"name-{group.pk}": "Khối xã", f"ranked-{group.pk}": "1", f"place-{group.pk}": "1"},
    )
    assert answer["Location"] == at("round_readings", made)
    assert coordinator.post(at("round_readings", made))["Location"] == at("round_outside", made)
    assert "không cần giá trị nào từ bên ngoài" in text(coordinator.get(at("round_outside", made)))
    assert "còn vướng" in text(coordinator.get(at("round", made)))
    days = {"opens_on": "01/11/2026", "due_at": "2026-12-31T17:00", "council_on": "20/01/2027"}
    assert coordinator.post(at("round_calendar", made), days)["Location"] == at("round_people", made)
    assert "2 đơn vị chưa có cán bộ" in text(coordinator.get(at("round_people", made)))
    page = text(coordinator.get(at("round", made)))
    assert ("còn vướng" in page, "Khối xã" in page, "20/01/2027" in page) == (False, True, True)
    coordinator.post(at("round_move", made), {"to": "open"})
    made.refresh_from_db()

    assert (made.stage, made.council_on) == (Stage.OPEN, dt.date(2027, 1, 20))


def test_a_round_cannot_be_prepared_for_another_assessor(coordinator: Browser) -> None:
    other = make.unit("Tỉnh khác", Kind.PROVINCE)
    told = {"title": "Đợt lạ", "year": "2026", "framework": make.framework().pk, "assessor": other.pk}
    coordinator.post(reverse("round_new"), told)

    assert not Round.objects.exists()


def test_a_search_for_a_framework_keeps_what_was_entered(coordinator: Browser, province: Unit) -> None:
    make.framework()
    others = make.SMALL.replace("small-2025-commune", "other").replace("Bộ chỉ số mẫu", "Khung huyện")
    make.framework(others.replace("[commune]", "[district]"))
    page = text(coordinator.get(reverse("round_new")))
    assert page.index("Bộ chỉ số mẫu") < page.index("1 bộ chỉ số dành cho loại đơn vị khác")
    assert page.index("1 bộ chỉ số dành cho loại đơn vị khác") < page.index("Khung huyện")

    told = {"title": "Đợt dở", "year": "2026", "assessor": province.pk, "words": "khung huyen", "search": "1"}
    page = text(coordinator.post(reverse("round_new"), told))
    assert ("Đợt dở" in page, "Khung huyện" in page, "Bộ chỉ số mẫu" in page) == (True, True, False)
    assert ("Bắt buộc" in page, Round.objects.count()) == (False, 0)


def test_whoever_is_missing_is_invited_from_the_step(coordinator: Browser, province: Unit, round_: Round) -> None:
    unit = Unit.objects.filter(versions__kind=Kind.COMMUNE).first()
    make.participant(round_, unit)
    make.person((Role.OFFICER, unit))
    page = text(coordinator.get(at("round_people", round_)))
    links = [unescape(one) for one in re.findall(r'<a href="(/people/invitations/new[^"]+)">Mời<', page)]
    assert links == [f"/people/invitations/new?role=head&unit={unit.code}"]

    form = text(coordinator.get(links[0]))
    assert '<option value="head" selected>' in form
    assert f'value="{unit.code}"' in form


def test_what_stands_in_the_way_leads_to_where_it_is_mended(
    coordinator: Browser, province: Unit, round_: Round
) -> None:
    page = text(coordinator.get(at("round", round_)))
    found = re.findall(r'<span class="state (bad|warn)">[^<]+</span> [^<]+ <a href="([^"]+)">([^<]+)</a>', page)

    assert ("bad", at("round_units", round_), "Đơn vị") in found
    assert ("bad", at("round_calendar", round_), "Lịch") in found


def table(*codes: str) -> SimpleUploadedFile:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["DANH SÁCH", "Mã đơn vị", *codes])
    sheet.write_column(1, 1, ["Tên", *("tùy ý" for _ in codes)])
    book.close()
    return SimpleUploadedFile("don-vi.xlsx", buffer.getvalue())


def test_units_come_from_pasted_codes_and_from_excel(coordinator: Browser, province: Unit, round_: Round) -> None:
    one, other = Unit.objects.filter(versions__kind=Kind.COMMUNE).order_by("code")
    coordinator.post(at("round_units", round_), {"codes": f" {one.code},\n", "place": "voluntary"})
    coordinator.post(at("round_units", round_), {"file": table(other.code), "place": "kinds"})

    assert sorted(round_.participants.values_list("unit__code", "group__name")) == [
        (one.code, "Tự nguyện, ngoài xếp hạng"), (other.code, "Xã"),
    ]  # fmt: skip


def test_a_table_is_read_whatever_people_call_it(coordinator: Browser, province: Unit, round_: Round) -> None:
    one = Unit.objects.filter(versions__kind=Kind.COMMUNE).first()
    file = table(one.code)
    file.name = "Ệ" * 240 + ".xlsx"  # 725 bytes: more than a disk takes in a name
    coordinator.post(at("round_units", round_), {"file": file, "place": "kinds"})

    assert list(round_.participants.values_list("unit__code", flat=True)) == [one.code]


def test_a_table_that_is_too_large_is_said(coordinator: Browser, province: Unit, round_: Round, settings) -> None:
    settings.EVIDENCE_MAX_MIB = 1
    file = SimpleUploadedFile("a.xlsx", b"PK" + bytes(1_100_000))
    page = text(coordinator.post(at("round_units", round_), {"file": file, "place": "kinds"}))

    assert "Tệp lớn hơn 1 MB nên không được đọc. Chỉ giữ lại bảng số liệu, hoặc chia nhỏ tệp." in page
    assert "Chọn loại đơn vị, hoặc ghi mã" not in page


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, "Chọn loại đơn vị, hoặc ghi mã"),
        ({"codes": "x1 x2"}, "2 mã không thuộc đơn vị nào"),
        ({"kinds": ["district"]}, "không có đơn vị loại này"),
        ({"kinds": ["commune"], "under": "x1"}, "1 mã không thuộc đơn vị nào"),
        ({"kinds": ["commune"], "place": "parts"}, "Thêm đơn vị nhận số liệu trước"),
        ({"file": SimpleUploadedFile("a.xlsx", b"no workbook")}, "Tệp Excel bị hỏng"),
    ],
)
def test_what_cannot_be_added_is_said(coordinator: Browser, round_: Round, told: dict[str, object], words: str) -> None:
    page = text(coordinator.post(at("round_units", round_), {"place": "kinds", **told}))

    assert (words in page, round_.participants.count()) == (True, 0)


def test_an_open_round_changes_with_a_reason(coordinator: Browser, province: Unit, round_: Round) -> None:
    group = RankingGroup.objects.create(round=round_, name="Xã")
    one, other = (make.participant(round_, unit, group) for unit in Unit.objects.filter(versions__kind=Kind.COMMUNE))
    opened(round_)
    change = {"chosen": [one.pk], "do": "remove", "q": "xa", "within": ""}
    coordinator.post(at("round_units_change", round_), change)
    assert round_.participants.count() == 2
    answer = coordinator.post(at("round_units_change", round_), {**change, "reason": "Giải thể"})
    assert answer["Location"] == at("round_units", round_) + "?q=xa"
    assert list(round_.participants.all()) == [other]
    assert "Giải thể" in text(coordinator.get(at("round", round_)))

    days = {"opens_on": "01/11/2026", "due_at": "2026-12-31T17:00"}
    page = text(coordinator.post(at("round_calendar", round_), days))
    assert "cần xem lại" in page or "Bắt buộc" in page or "is-invalid" in page
    coordinator.post(at("round_calendar", round_), {**days, "reason": "Bão"})
    round_.refresh_from_db()
    assert timezone.localtime(round_.due_at).date() == dt.date(2026, 12, 31)


def test_ticked_units_are_put_into_a_group(coordinator: Browser, round_: Round) -> None:
    ones = [make.participant(round_, unit) for unit in Unit.objects.filter(versions__kind=Kind.COMMUNE)]
    group = RankingGroup.objects.create(round=round_, name="Khối")
    stranger = RankingGroup.objects.create(round=make.round_(make.unit()), name="Khối lạ")
    url = at("round_units_change", round_)
    for told in ({}, {"chosen": ["x", ""]}, {"chosen": [ones[0].pk], "group": stranger.pk}):
        coordinator.post(url, {"do": "group", **told})
    assert round_.participants.filter(group=None).count() == 2
    coordinator.post(url, {"do": "group", "chosen": [ones[0].pk], "group": group.pk})

    assert list(round_.participants.filter(group=group)) == [ones[0]]


def test_a_round_is_given_up(coordinator: Browser, round_: Round) -> None:
    assert coordinator.post(at("round_discard", round_))["Location"] == reverse("rounds")
    assert not Round.objects.exists()


def test_those_who_follow_the_round_see_it_but_no_buttons(province: Unit, round_: Round) -> None:
    page = text(Browser().as_person(make.person((Role.LEADER, province))).get(at("round", round_)))

    assert ("Đợt đang chuẩn bị" in page, "Mở đợt đánh giá" in page, "Thay đổi" in page) == (True, False, False)


@pytest.mark.parametrize(("name", "most"), [("round", 18), ("round_units", 13), ("round_people", 10)])
def test_queries_do_not_grow_with_the_number_of_units(
    coordinator: Browser, province: Unit, round_: Round, django_assert_num_queries, name: str, most: int
) -> None:
    coordinator.get(at("round", round_))  # the framework is loaded once in a process
    group = RankingGroup.objects.create(round=round_, name="Xã")
    counted = []
    for _ in range(3):
        for _unit in range(2):
            make.participant(round_, make.unit(), group)
        with django_assert_num_queries(most, exact=False) as captured:
            coordinator.get(at(name, round_))
        counted.append(len(captured))

    assert len(set(counted)) == 1, counted
