"""Pages about units."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from chiso.web.people.models import Role
from chiso.web.units.models import Kind, Succession, UnitVersion
from chiso.web.units.phrases import PHRASES
from tests.web import factories as make
from tests.web.units import reform
from tests.web.units.books import book

pytestmark = pytest.mark.django_db

ACT = {
    "on": "2025-07-01", "act_number": "3/NQ", "act_date": "12/06/2025", "act_issuer": "Cơ quan mẫu", "act_title": "Mẫu",
}  # fmt: skip
#: Roles that only look.
OTHERS = [role for role in Role if role not in (Role.OPERATOR, Role.COORDINATOR, Role.PROVIDER)]


@pytest.fixture
def operator(browser) -> Client:
    return browser.as_person(make.person((Role.OPERATOR, None)))


def text(answer) -> str:
    return answer.content.decode()


def test_units_are_found_without_diacritics_and_sorted_as_in_a_dictionary(browser) -> None:
    for name in ("Xã Đắk Mẫu", "Xã Ấn Mẫu", "Xã An Mẫu"):
        make.unit(name)
    page = text(browser.as_person(make.person()).get("/units/?flat=1"))
    assert page.index("Xã An Mẫu") < page.index("Xã Ấn Mẫu") < page.index("Xã Đắk Mẫu")

    found = text(browser.get("/units/?q=dak"))
    assert "Xã Đắk Mẫu" in found
    assert "Xã An Mẫu" not in found


def test_a_table_that_is_too_large_is_said(operator: Client, settings) -> None:
    settings.EVIDENCE_MAX_MIB = 1
    page = text(operator.post("/units/import", {"file": SimpleUploadedFile("a.xlsx", b"PK" + bytes(1_100_000))}))

    assert "Tệp lớn hơn 1 MB nên không được đọc. Chỉ giữ lại bảng số liệu, hoặc chia nhỏ tệp." in page
    assert "bắt buộc" not in page


def test_the_list_shows_one_level_of_the_day(browser) -> None:
    province = make.unit("Tỉnh mẫu", Kind.PROVINCE)
    make.unit("Xã mới", parent=province, since=dt.date(2025, 7, 1))
    top = text(browser.as_person(make.person()).get("/units/"))
    assert "Tỉnh mẫu" in top
    assert "Xã mới" not in top
    assert "Xã mới" in text(browser.get(f"/units/?under={province.pk}"))
    assert "Xã mới" not in text(browser.get(f"/units/?under={province.pk}&day=2025-06-30"))


@pytest.mark.parametrize("count", [1, 3, 120])
def test_the_list_needs_as_many_queries_whatever_it_shows(browser, django_assert_num_queries, count: int) -> None:
    province = make.unit("Tỉnh mẫu", Kind.PROVINCE)
    for _ in range(count):
        make.unit(parent=province)
    browser.as_person(make.person())
    with django_assert_num_queries(7):
        browser.get("/units/?flat=1")


def test_pages_keep_the_search(browser) -> None:
    for _ in range(101):
        make.unit()
    page = text(browser.as_person(make.person()).get("/units/?q=mau&kind=commune"))
    link = page.split('rel="next" href="?')[1].split('"')[0].replace("&amp;", "&")
    assert parse_qs(link) == {"q": ["mau"], "kind": ["commune"], "page": ["2"]}


def test_a_unit_shows_where_it_comes_from(operator) -> None:
    one, two = make.unit("Xã một"), make.unit("Xã hai")
    merged = {**ACT, "units": f"{one.code}\n{two.code}", "code": "N", "name": "Xã gộp", "kind": "commune"}
    operator.post("/units/merge", {**merged, "confirmed": "1"})
    made = UnitVersion.objects.get(code="N").unit

    page = text(operator.get(f"/units/{made.pk}"))
    assert "Xã một" in page
    assert "Toàn bộ đơn vị đó nhập vào đây." in page
    assert "đã kết thúc" in text(operator.get(f"/units/{one.pk}")).casefold()


def test_no_kind_is_chosen_beforehand(operator) -> None:
    for name in ("new", "merge"):
        page = text(operator.get(f"/units/{name}"))
        assert '<option value="" selected>chọn loại</option>' in page, name
    page = text(operator.post("/units/new", {**ACT, "code": "N", "name": "Xã mới"}))
    assert "Xem lại" in page or "Bắt buộc" in page or "bắt buộc" in page
    assert UnitVersion.objects.count() == 0


def test_a_merger_takes_the_kind_of_what_is_merged(operator) -> None:
    units = [make.unit("Xã một"), make.unit("Xã hai"), make.unit("Huyện ba", Kind.DISTRICT)]
    told = {**ACT, "code": "N", "name": "Nơi gộp", "confirmed": "1"}
    page = text(operator.post("/units/merge", {**told, "units": " ".join(one.code for one in units)}))
    assert "Các đơn vị thuộc nhiều loại khác nhau. Chọn loại của đơn vị mới." in page
    assert not UnitVersion.objects.filter(code="N").exists()
    operator.post("/units/merge", {**told, "units": " ".join(one.code for one in units[:2])})

    assert UnitVersion.objects.get(code="N").kind == Kind.COMMUNE


def test_a_change_is_previewed_before_it_is_recorded(operator) -> None:
    one = make.unit("Xã một")
    data = {**ACT, "code": one.code, "name": "Phường một", "kind": "commune"}
    page = text(operator.post(f"/units/{one.pk}/change", data))
    assert f"Xã một ({one.code}) đổi tên thành Phường một." in page
    assert one.versions.count() == 1

    assert operator.post(f"/units/{one.pk}/change", {**data, "confirmed": "1"})["Location"] == f"/units/{one.pk}"
    assert one.versions.latest("valid_from").name == "Phường một"


def test_what_cannot_be_is_said(operator) -> None:
    one = make.unit("Xã một")
    make.unit("Thôn mẫu", parent=one)
    page = text(operator.post(f"/units/{one.pk}/end", {**ACT, "confirmed": "1"}))
    assert "nhưng còn 1 đơn vị trực thuộc: Thôn mẫu…" in page


@pytest.mark.parametrize(
    ("where", "data", "words"),
    [
        ("new", {"code": "1", "name": "A", "kind": "commune", "parent": "KHÔNG"}, "Không có đơn vị nào mang mã này"),
        ("new", {"code": "1", "name": "A", "kind": "làng"}, "làng"),
        (
            "new",
            {"code": "1", "name": "A", "kind": "commune", "on": "31/02/2025"},
            "“31/02/2025” không phải là một ngày. Ghi ngày, tháng, năm, ví dụ 25/10/2026.",
        ),
        ("merge", {"units": "KHÔNG"}, "KHÔNG"),
    ],
)
def test_what_was_filled_in_wrongly_is_said(operator, where: str, data: dict[str, str], words: str) -> None:
    count = UnitVersion.objects.count()
    assert words in text(operator.post(f"/units/{where}", {**ACT, **data, "confirmed": "1"}))
    assert UnitVersion.objects.count() == count


def test_units_split(operator) -> None:
    one = make.unit("Xã một")
    operator.post(f"/units/{one.pk}/split", {**ACT, "into": "P1; Phần 1\nP2; Phần 2", "confirmed": "1"})
    assert set(Succession.objects.values_list("successor__code", "kind")) == {("P1", "split"), ("P2", "split")}


def test_a_table_is_checked_shown_and_applied(operator) -> None:
    job = operator.post("/units/import", {"file": book(reform.before())})["Location"]
    checked = operator.get(f"{job}/part")["HX-Redirect"]
    page = text(operator.get(checked))
    assert "Lập mới Tỉnh mẫu A (A)." in page

    operator.post(f"{checked}/apply")
    assert UnitVersion.objects.count() == 39


def test_faults_of_a_table_are_listed_with_their_places(operator) -> None:
    rows = [("X", "", "xã", "", reform.DAY)]
    job = operator.post("/units/import", {"file": book(rows)})["Location"]
    page = text(operator.get(operator.get(f"{job}/part")["HX-Redirect"]))
    assert "Đơn vị!A2" in page
    assert "Thiếu tên đơn vị" in page


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("where", ["new", "merge", "import", "{}/change", "{}/split", "{}/end"])
def test_others_only_look(browser, role: Role, where: str) -> None:
    own = make.unit()
    browser.as_person(make.person((role, own)))
    assert browser.get(f"/units/{where.format(own.pk)}").status_code == 403
    assert browser.get(f"/units/{own.pk}").status_code == 200


def test_a_coordinator_changes_only_the_own_units(browser) -> None:
    own, other = make.unit("Tỉnh một", Kind.PROVINCE), make.unit("Tỉnh hai", Kind.PROVINCE)
    browser.as_person(make.person((Role.COORDINATOR, own)))
    data = {**ACT, "code": other.code, "name": "Khác", "kind": "province", "confirmed": "1"}
    assert "nằm ngoài phạm vi bạn điều phối" in text(browser.post(f"/units/{other.pk}/change", data))
    assert browser.post(f"/units/{own.pk}/change", {**data, "code": own.code}).status_code == 302


@pytest.mark.parametrize("code", PHRASES.codes())
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_sentence_is_complete(code: str, lang: str) -> None:
    class Any(dict):  # type: ignore[type-arg]
        def __missing__(self, key: str) -> str:
            return "x"

    assert PHRASES._table[code][lang == "en"].format_map(Any())
