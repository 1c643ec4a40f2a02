"""Versions are loaded again exactly as they were, whatever a later release brings."""

from __future__ import annotations

import pytest

from chiso.framework import loader
from chiso.framework.loader import bundled_text
from chiso.web.frameworks import services
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.services import FrameworkChangedError, add_framework, loaded
from tests.web import factories as make

pytestmark = pytest.mark.django_db

BASE = "khung-2024-commune"
DERIVED = f"""
format: 1
id: derived-2026
version: "1.0"
extends: {BASE}
changes:
  criteria:
    "I.2": {{title: Tên khác}}
"""


@pytest.fixture
def derived() -> FrameworkVersion:
    return add_framework(text=DERIVED)


def test_what_a_framework_extends_is_kept_with_it(derived) -> None:
    assert derived.bases == {BASE: bundled_text(BASE)}
    assert make.framework().bases == {}


def test_a_release_with_another_base_changes_nothing(derived, monkeypatch) -> None:
    services.framework_of.cache_clear()
    other = bundled_text(BASE).replace("Chính quyền số", "Chính quyền điện tử")
    monkeypatch.setattr(loader, "bundled_text", lambda name: other)
    framework = loaded(derived)

    assert framework.hash == derived.hash
    assert framework.dimensions[0].title == "Chính quyền số"


def test_a_base_that_was_changed_is_noticed(derived) -> None:
    services.framework_of.cache_clear()
    derived.bases = {BASE: bundled_text(BASE).replace("Chính quyền số", "Chính quyền điện tử")}
    derived.save()

    with pytest.raises(FrameworkChangedError):
        loaded(derived)


def test_the_page_leads_to_what_it_was_derived_from(derived, browser) -> None:
    base = add_framework(text=bundled_text(BASE))
    page = browser.as_person(make.person()).get(f"/frameworks/{derived.pk}/").content.decode()

    assert f'href="/frameworks/{derived.pk}/changes?from={base.pk}"' in page
    changes = browser.get(f"/frameworks/{derived.pk}/changes", {"from": base.pk, "only": "scoring"}).content.decode()
    assert "Không có khác biệt nào làm thay đổi điểm." in changes
