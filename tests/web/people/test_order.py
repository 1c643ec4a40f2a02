"""People stand in the order of Vietnamese dictionaries wherever they are listed, on both databases."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from chiso.web.people.directory import colleagues, staff_of
from chiso.web.people.models import Assignment, Role, User
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

#: a ă â, d đ, o ô ơ are letters of their own; among equal letters the tone decides: level, grave, acute.
NAMES = ["An Văn Ba", "Án Văn Ba", "Ăn Văn Ba", "Ân Văn Ba", "Dương Bình", "Đào Bình", "Mai An", "Mài An", "Mái An",
         "Ô Văn", "Ông Ích", "Ơ Văn"]  # fmt: skip


@pytest.fixture
def unit():
    """A unit with officers who were given their roles in another order."""
    of = make.unit("Xã mẫu", parent=make.unit("Tỉnh mẫu", make.Kind.PROVINCE))
    for name in sorted(NAMES, reverse=True):
        person = make.person((Role.OFFICER, of))
        person.full_name = name
        person.save()
    return of


def test_officers_of_a_unit(unit) -> None:
    staff = staff_of([unit.pk])[unit.pk][Role.OFFICER]

    assert [one.full_name for one in staff] == NAMES


def test_the_list_of_people(unit) -> None:
    browser = Browser().as_person(make.person((Role.OPERATOR, None)))
    page = browser.get(reverse("people"), {"role": "officer"}).content.decode()
    places = [page.index(f">{name}<") for name in NAMES]

    assert places == sorted(places)


def test_colleagues_who_may_follow(unit) -> None:
    leaving = Assignment.objects.get(user__full_name="Mai An")
    expected = [one for one in NAMES if one != "Mai An"]

    assert [one.full_name for one in colleagues(leaving)] == expected


def test_who_changes_their_own_name_stands_elsewhere(unit) -> None:
    person = User.objects.get(full_name="Mai An")
    browser = Browser().as_person(person)
    told = {"full_name": "Ấn An", "position": "", "phone": ""}
    assert browser.post(reverse("own_account"), told).status_code == 302

    found = [one.full_name for one in staff_of([unit.pk])[unit.pk][Role.OFFICER]]
    assert found.index("Ấn An") == found.index("Ân Văn Ba") - 1  # its tone decides only among equal letters


def test_those_who_were_there_before_are_put_in_order(unit) -> None:
    User.objects.update(sorted_by="")
    import_module("chiso.web.people.migrations.0006_fill_sorted").fill(apps, connection.schema_editor())

    found = User.objects.filter(full_name__in=NAMES).order_by("sorted_by")
    assert list(found.values_list("full_name", flat=True)) == NAMES
