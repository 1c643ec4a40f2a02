"""What changed between two versions, side by side."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from chiso.framework.loader import bundled, bundled_text
from chiso.web.frameworks.changes import Line, changed
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.services import add_framework, loaded
from tests.web import factories as make
from tests.web.test_names_of_ours import names_of_ours

pytestmark = pytest.mark.django_db

#: Other wording in 1.1, another maximum of 1.2 and 1.3, and a criterion less.
NEWER = (
    make.SMALL.replace('version: "1.0"', 'version: "2.0"')
    .replace("title: Tỷ lệ hộ gia đình có Internet", "title: Tỷ lệ hộ có Internet cáp quang")
    .replace(
        "max_points: 10\n        printed_rule: Có = 10\n        rule:\n",
        "max_points: 20\n        printed_rule: Có = 20\n        rule:\n",
    )
)
NEWER = NEWER[: NEWER.index('      - code: "1.3"')]  # fmt: skip


@pytest.fixture
def old() -> FrameworkVersion:
    return make.framework()


@pytest.fixture
def new() -> FrameworkVersion:
    return add_framework(text=NEWER)


@pytest.fixture
def reader(browser) -> Client:
    return browser.as_person(make.person())


def test_each_row_says_what_stood_there_and_what_stands_now(old, new) -> None:
    found = {one.code or one.what: one for one in changed(old, new, "vi")}

    assert list(found) == ["Bộ chỉ số", "1.1", "1.2", "1.3"]
    assert found["Bộ chỉ số"].lines == (Line("phiên bản", "1.0", "2.0"),)
    assert found["1.1"].lines == (Line("tên", "Tỷ lệ hộ gia đình có Internet", "Tỷ lệ hộ có Internet cáp quang"),)
    assert Line("điểm tối đa", "10", "20") in found["1.2"].lines
    assert (found["1.3"].kind, found["1.3"].lines) == ("removed", ())


def test_texts_of_several_languages_are_told_by_the_language_and_not_its_sign(old) -> None:
    named = make.SMALL.replace('version: "1.0"', 'version: "2.0"').replace(
        "{vi: Bộ chỉ số mẫu, en: Sample index}", "{vi: Bộ chỉ số khác, en: Another index}"
    )
    newer = add_framework(text=named)
    fields = {lang: [line.field for line in changed(old, newer, lang)[0].lines] for lang in ("vi", "en")}

    assert set(fields["vi"]) == {"phiên bản", "tên (tiếng Việt)", "tên (tiếng Anh)"}
    assert set(fields["en"]) == {"version", "title (Vietnamese)", "title (English)"}


def test_only_what_changes_points(old, new) -> None:
    found = changed(old, new, "vi", only_scoring=True)

    assert [(one.code, one.kind) for one in found] == [("1.2", "changed"), ("1.3", "removed")]
    assert [line.field for line in found[0].lines] == ["điểm tối đa"]


def test_what_was_added_in_one_way_was_removed_in_the_other(old, new) -> None:
    (last,) = (one for one in changed(new, old, "vi") if one.code == "1.3")

    assert last.kind == "added"


def test_the_page_sets_them_side_by_side(reader, old, new) -> None:
    page = reader.get(reverse("framework_changes", args=[new.pk]), {"from": old.pk}).content.decode()

    assert "4 dòng hoặc mục khác nhau." in page
    assert page.index("Tỷ lệ hộ gia đình có Internet</td>") < page.index("Tỷ lệ hộ có Internet cáp quang</td>")
    assert f'href="{reverse("framework_criterion", args=[old.pk, "1.3"])}"' in page  # only the old one has it


@pytest.mark.parametrize("told", [{}, {"from": "x"}, {"from": "9" * 30}, {"from": "0"}])
def test_without_another_version_one_is_asked_for(reader, old, new, told: dict[str, str]) -> None:
    page = reader.get(reverse("framework_changes", args=[new.pk]), told).content.decode()

    assert "Chọn phiên bản để so sánh" in page


def test_a_version_alone_has_nothing_to_be_compared_with(reader, old) -> None:
    page = reader.get(reverse("framework_changes", args=[old.pk]), {"from": old.pk}).content.decode()

    assert "Chưa có phiên bản nào khác" in page


def test_queries_do_not_grow(reader, old, new, django_assert_num_queries) -> None:
    address = reverse("framework_changes", args=[new.pk])
    reader.get(address, {"from": old.pk})
    with django_assert_num_queries(5):
        reader.get(address, {"from": old.pk})


def test_no_change_shows_what_only_the_file_calls_things() -> None:
    """Every bundled version against another one: names of facts and inputs give way to letters and labels."""
    versions = [make.framework(bundled_text(name)) for name in bundled()]
    for old, new in pairwise([*versions, versions[0]]):
        names = names_of_ours(loaded(old)) | names_of_ours(loaded(new))
        told = [words for one in changed(old, new, "vi")
                for words in (one.what, *(text for line in one.lines if "title.en" not in line.field
                                          for text in (line.field, line.old, line.new)))]  # fmt: skip
        # What is printed in English stands there because the files say it in English.
        shown = {name: words for words in told for name in names if "_" in name and name in words}
        assert shown == {}
