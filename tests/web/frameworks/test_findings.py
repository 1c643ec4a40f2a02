"""What the linter finds, on the pages."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from chiso import load
from chiso.web.frameworks.findings import at, counts, findings_of
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.services import add_framework
from tests.web import factories as make

#: Its total is not that of its dimensions, and two criteria have the same title.
FAULTY = make.SMALL.replace("max_points: 40\ndimensions", "max_points: 50\ndimensions").replace(
    "title: Có kế hoạch\n        max", "title: Người đứng đầu chỉ đạo\n        max"
)


def test_the_gravest_come_first_and_are_counted() -> None:
    framework = load("khanh-hoa-2023-district")
    found = [one.severity for one in findings_of(framework)]

    assert found == ["error"] * 5 + ["warning"] * 30 + ["note"] * 13
    assert counts(framework) == {"error": 5, "warning": 30, "note": 13}
    assert [one.code for one in at(framework, "7.8.6")] == ["L401", "L602"]


@pytest.fixture
def version(db) -> FrameworkVersion:
    return add_framework(text=FAULTY)


@pytest.fixture
def reader(browser, db) -> Client:
    return browser.as_person(make.person())


def test_findings_are_filtered_by_severity(reader, version) -> None:
    address = reverse("framework_findings", args=[version.pk])
    everything, some = (reader.get(address, told).content.decode() for told in ({}, {"severity": "warning"}))

    assert {code for code in ("L104", "L606") if code in everything} == {"L104", "L606"}
    assert ("L104" in some, "L606" in some) == (False, True)
    assert "Không phát hiện gì." in reader.get(address, {"severity": "no such"}).content.decode()


def test_a_finding_stands_at_its_criterion(reader, version) -> None:
    page = reader.get(reverse("framework_criterion", args=[version.pk, "1.3"])).content.decode()
    assert "L606" in page
    assert "L606" not in reader.get(reverse("framework_criterion", args=[version.pk, "1.1"])).content.decode()
