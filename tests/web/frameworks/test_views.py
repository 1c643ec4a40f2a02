"""Pages about frameworks."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from chiso.web.audit.services import SYSTEM
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.services import add_framework, loaded
from chiso.web.people.models import Role
from chiso.web.results.services import recalculate
from chiso.web.rounds.models import Stage
from chiso.web.units.models import Kind
from tests.web import factories as make

pytestmark = pytest.mark.django_db

SECOND = make.SMALL.replace('version: "1.0"', 'version: "1.1"')


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def version() -> FrameworkVersion:
    return make.framework()


@pytest.fixture
def reader(browser) -> Client:
    return browser.as_person(make.person())


def test_the_list_shows_versions_and_who_uses_them(reader, version) -> None:
    newer = add_framework(text=SECOND)
    make.round_(make.unit("Tỉnh mẫu", Kind.PROVINCE), newer, title="Đợt năm nay")
    page = text(reader.get(reverse("frameworks")))

    assert page.count("<h2>") == 1
    assert page.index("Phiên bản 1.1") < page.index("Phiên bản 1.0")
    assert "Đợt năm nay" in page
    assert "1/QĐ-UBND" in page
    assert "3 tiêu chí" in page


@pytest.mark.parametrize(("words", "found"), [("bo chi so mau", True), ("1/qd-ubnd", True), ("khac", False)])
def test_the_list_is_searched_without_diacritics(reader, version, words: str, *, found: bool) -> None:
    assert ("Bộ chỉ số mẫu" in text(reader.get(reverse("frameworks"), {"q": words}))) == found


def test_a_round_in_preparation_is_named_only_to_its_assessor(reader, version, browser) -> None:
    assessor = make.unit("Tỉnh mẫu", Kind.PROVINCE)
    make.round_(assessor, version, Stage.PREPARING, title="Đợt chưa mở")
    address = reverse("framework", args=[version.pk])
    assert "Đợt chưa mở" not in text(reader.get(address))

    browser.as_person(make.person((Role.COORDINATOR, assessor)))
    assert "Đợt chưa mở" in text(browser.get(address))


def test_a_framework_shows_its_document_and_rows(reader, version) -> None:
    page = text(reader.get(reverse("framework", args=[version.pk])))

    assert "02/01/2025" in page
    assert "Ủy ban nhân dân tỉnh mẫu" in page
    assert page.index("Nền tảng") < page.index("Tỷ lệ hộ gia đình có Internet") < page.index("Có kế hoạch")
    assert version.hash in page


def test_words_are_found_within_a_framework(reader, version) -> None:
    page = text(reader.get(reverse("framework", args=[version.pk]), {"q": "ho gia dinh"}))
    assert "Tìm thấy 1 tiêu chí." in page
    assert "Có kế hoạch" not in page
    assert "Không tìm thấy" in text(reader.get(reverse("framework", args=[version.pk]), {"q": "ho cxyz"}))


def test_a_criterion_shows_its_rule_as_printed_and_in_words(reader, version) -> None:
    page = text(reader.get(reverse("framework_criterion", args=[version.pk, "1.1"])))

    assert "a/b*Điểm tối đa" in page
    assert "Điểm = a/b × 20 điểm." in page
    assert "1/QĐ-UBND, Phụ lục, dòng 1.1" in page
    assert "households" not in page  # names of facts are ours: people read letters and labels


def test_a_criterion_in_english(reader, version) -> None:
    reader.cookies["language"] = "en"

    assert "Points = a/b × 20 points." in text(reader.get(reverse("framework_criterion", args=[version.pk, "1.1"])))


@pytest.mark.parametrize("code", ["9.9", "<script>", "1"])
def test_a_criterion_that_is_not_there_is_not_found(reader, version, code: str) -> None:
    assert reader.get(reverse("framework_criterion", args=[version.pk, code])).status_code == 404


READ_OTHERWISE = make.SMALL.replace(
    "dimensions:",
    """readings:
  - id: A1
    clause: Phụ lục, dòng 1.1
    question: {vi: Tính thế nào?, en: How?}
    default: as_printed
    options:
      as_printed: {label: {vi: Như in, en: As printed}}
      half:
        label: {vi: Đạt một nửa là đủ, en: Half is enough}
        rules: {"1.1": {kind: ratio, numerator: a, denominator: b, full_at: 1/2, part_of_whole: true}}
dimensions:""",
    1,
)


def test_a_criterion_is_shown_as_a_round_reads_it(reader) -> None:
    version = add_framework(text=READ_OTHERWISE)
    round_ = make.round_(make.unit("Tỉnh mẫu", Kind.PROVINCE), version, readings={"A1": "half"})
    other = make.round_(round_.assessor, make.framework(), readings={})
    address = reverse("framework_criterion", args=[version.pk, "1.1"])

    assert "từ 50 % trở lên được điểm tối đa" in text(reader.get(address, {"round": round_.pk}))
    for told in ("", "x", "9" * 30, other.pk):
        page = text(reader.get(address, {"round": told}))
        assert page.count("Điểm = a/b × 20 điểm.") == 1, told
        assert "theo cách hiểu của đợt" not in page


def test_the_file_is_given_as_it_was_taken(reader, version) -> None:
    answer = reader.get(reverse("framework_file", args=[version.pk]))

    assert text(answer) == make.SMALL
    assert answer["Content-Type"].startswith("application/yaml")
    assert answer["Content-Disposition"] == f'attachment; filename="small-2025-commune-{version.hash[:8]}.yaml"'


def test_lists_know_a_framework_without_loading_it(version) -> None:
    assert version.about == {
        "number": "1/QĐ-UBND", "date": "2025-01-02", "year": 2025, "issuer": "Ủy ban nhân dân tỉnh mẫu",
        "unit_kinds": ["commune"], "criteria": 3, "max_points": "40", "levels": 0,
    }  # fmt: skip


@pytest.mark.parametrize("rounds", [1, 4])
def test_pages_need_as_many_queries_whatever_they_show(reader, django_assert_num_queries, rounds: int) -> None:
    version = add_framework(text=READ_OTHERWISE)
    loaded(version)
    for _ in range(rounds):
        make.framework(make.SMALL.replace("Sample index", f"Sample {rounds} {_}"))
        make.round_(make.unit(kind=Kind.PROVINCE), version)

    with django_assert_num_queries(6):
        reader.get(reverse("frameworks"))
    with django_assert_num_queries(7):
        reader.get(reverse("framework", args=[version.pk]))
    with django_assert_num_queries(4):
        reader.get(reverse("framework_criterion", args=[version.pk, "1.1"]))


def test_reports_and_results_lead_to_the_rule(browser, version) -> None:
    round_ = make.round_(make.unit("Tỉnh mẫu", Kind.PROVINCE), version)
    member = make.participant(round_, make.unit())
    report = make.report(member)
    browser.as_person(make.person((Role.OFFICER, member.unit)))
    browser.post(
        reverse("collection_place", args=[report.pk, "1.3"]), {"v:1.3/plan": "yes", "was:1.3/plan": "", "seen": "0"}
    )
    recalculate(round_=round_, actor=SYSTEM)
    rule = f"{reverse('framework_criterion', args=[version.pk, '1.1'])}?round={round_.pk}"

    assert rule in text(browser.get(reverse("collection_place", args=[report.pk, "1.1"])))
    assert rule in text(browser.get(reverse("results_participant", args=[member.pk])))
