"""Choosing one unit of very many: which stand within others on a day, and which one was meant."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from chiso.web.units import choosing, queries
from chiso.web.units.models import Kind, Unit, UnitVersion
from tests.web import factories as make

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate
DAY = dt.timedelta(days=1)


@pytest.fixture
def tree() -> dict[str, Unit]:
    """A ministry with a province, its district and commune; a commune that has ended; another province."""
    made = {"ministry": make.unit("Bộ mẫu", Kind.MINISTRY)}
    made["province"] = make.unit("Tỉnh mẫu", Kind.PROVINCE, made["ministry"])
    made["district"] = make.unit("Huyện mẫu", Kind.DISTRICT, made["province"])
    made["commune"] = make.unit("Xã Đắk Mẫu", parent=made["district"])
    made["ended"] = make.unit("Xã đã sáp nhập", parent=made["district"])
    made["ended"].versions.update(valid_to=TODAY() - DAY)
    made["other"] = make.unit("Tỉnh khác", Kind.PROVINCE, made["ministry"])
    return made


@pytest.mark.parametrize(
    ("tops", "inside"),
    [
        (["province"], ["province", "district", "commune"]),
        (["commune"], ["commune"]),
        (["district", "other"], ["district", "commune", "other"]),
        (["ministry"], ["ministry", "province", "district", "commune", "other"]),
        (["ended"], ["ended"]),
        ([], []),
    ],
)
def test_one_query_finds_what_stands_within_and_agrees_with_the_way_up(
    tree: dict[str, Unit], tops: list[str], inside: list[str]
) -> None:
    keys = frozenset(tree[name].pk for name in tops)
    found = set(Unit.objects.filter(pk__in=queries.within(TODAY(), keys)))

    assert found == {tree[name] for name in inside}
    assert found == {one for one in tree.values() if queries.stands_within(TODAY(), one.pk, keys)}


def test_the_day_decides(tree: dict[str, Unit]) -> None:
    yesterday = TODAY() - DAY
    inside = set(Unit.objects.filter(pk__in=queries.within(yesterday, [tree["district"].pk])))

    assert inside == {tree["district"], tree["commune"], tree["ended"]}


def test_units_that_stand_below_one_another_do_not_hang_the_query(tree: dict[str, Unit]) -> None:
    UnitVersion.objects.filter(unit=tree["province"]).update(parent=tree["commune"])
    found = Unit.objects.filter(pk__in=queries.within(TODAY(), [tree["district"].pk]))

    assert set(found) == {tree["province"], tree["district"], tree["commune"]}


def test_what_is_offered_is_understood_again(tree: dict[str, Unit]) -> None:
    (one,) = choosing.offered(TODAY(), "dak", [tree["province"].pk])

    assert one.unit == tree["commune"]
    assert choosing.find(TODAY(), choosing.words(one), [tree["province"].pk]) == one
    assert choosing.offered(TODAY(), choosing.words(one), None) == [one]


@pytest.mark.parametrize("text", ["Tỉnh khác", "Xã đã sáp nhập", "Đắk", "%", "", "\0", "x" * 300])
def test_what_is_elsewhere_over_or_only_a_part_of_a_name_is_not_meant(tree: dict[str, Unit], text: str) -> None:
    with pytest.raises(ValidationError, match="Không có đơn vị nào trong phạm vi"):
        choosing.find(TODAY(), text, [tree["province"].pk])


def test_no_more_than_a_screenful_is_offered(tree: dict[str, Unit]) -> None:
    for number in range(30):
        make.unit(f"Xã số {number}", parent=tree["province"])

    assert len(choosing.offered(TODAY(), "xa so", None)) == choosing.OFFERED
