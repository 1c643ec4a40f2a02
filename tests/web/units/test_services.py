"""Legal acts change units from a day on; what cannot be is refused with a sentence, and nothing is overwritten."""

from __future__ import annotations

import datetime as dt

import pytest

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.units import queries, services
from chiso.web.units.changes import Change, Create, End, Merge, Split
from chiso.web.units.models import Kind, LegalAct, Unit, UnitVersion
from chiso.web.units.registry import Act, UnitsError
from tests.web import factories as make

pytestmark = pytest.mark.django_db

DAY = dt.date(2025, 7, 1)
BEFORE = DAY - dt.timedelta(days=1)
ACT = Act("2/NQ-MẪU", dt.date(2025, 6, 12), "Cơ quan mẫu", "Sắp xếp (mẫu)")


@pytest.fixture
def province() -> Unit:
    return make.unit("Tỉnh mẫu", Kind.PROVINCE)


@pytest.fixture
def district(province: Unit) -> Unit:
    return make.unit("Huyện mẫu", Kind.DISTRICT, province)


def do(change, on: dt.date = DAY, scope: frozenset[int] | None = None) -> list[Unit]:
    return services.record_change(change=change, on=on, act=ACT, actor=Actor(make.person().pk), scope=scope)


def refused(change, on: dt.date = DAY, scope: frozenset[int] | None = None) -> list[str]:
    count = UnitVersion.objects.count()
    with pytest.raises(UnitsError) as error:
        do(change, on, scope)
    assert UnitVersion.objects.count() == count
    return [fault.code for fault in error.value.faults]


def test_a_unit_is_renamed_and_its_history_stays(district: Unit) -> None:
    do(Change(district.pk, {"name": "Thị xã mẫu"}))

    assert [(one.name, one.valid_from, one.valid_to) for one in district.versions.all()] == [
        ("Huyện mẫu", make.LONG_AGO, BEFORE),
        ("Thị xã mẫu", DAY, None),
    ]
    assert district.versions.get(valid_from=DAY).act == LegalAct.objects.get(number="2/NQ-MẪU")


def test_the_change_is_in_the_log(district: Unit, province: Unit) -> None:
    do(Change(district.pk, {"code": "H9"}))
    entry = Entry.objects.get(strand="units")

    assert (entry.action, entry.data["on"], entry.data["act"]) == ("unit.changed", "2025-07-01", "2/NQ-MẪU")
    told = {"name": "Huyện mẫu", "kind": "district", "parent": province.pk}
    before, after = told | {"code": district.code}, told | {"code": "H9"}
    assert entry.data["effects"] == [{"kind": "changed", "unit": district.pk, "before": before, "after": after}]
    district.refresh_from_db()
    assert district.code == "H9"


def test_units_merge_and_what_stood_below_them_moves(province: Unit) -> None:
    one, two = (make.unit(f"Huyện {n}", Kind.DISTRICT, province) for n in "12")
    commune = make.unit(parent=two)
    made = do(Merge((one.pk, two.pk), Create("H3", "Huyện 3", "district", province.pk)))[0]

    assert [row.name for row in queries.listed(DAY, kind="district")] == ["Huyện 3"]
    assert queries.on_day(DAY).get(unit=commune).parent_id == made.pk
    assert queries.on_day(BEFORE).get(unit=commune).parent_id == two.pk
    assert [(a.unit_id, a.kind, a.on, a.steps, a.adds_up) for a in queries.predecessors(made.pk)] == [
        (one.pk, "merged", DAY, 1, True),
        (two.pk, "merged", DAY, 1, True),
    ]
    assert [a.unit_id for a in queries.successors(one.pk)] == [made.pk]


def test_lineage_reaches_over_generations_and_tells_what_adds_up(province: Unit) -> None:
    old = make.unit("Xã cũ", parent=province)
    parts = do(Split(old.pk, tuple(Create(f"P{n}", f"Phần {n}", "commune", province.pk) for n in "12")))
    other = make.unit("Xã khác", parent=province)
    last = do(Merge((parts[0].pk, other.pk), Create("M", "Xã mới", "commune", province.pk)), dt.date(2026, 1, 1))[0]

    assert {(a.unit_id, a.steps, a.adds_up) for a in queries.predecessors(last.pk)} == {
        (parts[0].pk, 1, True), (other.pk, 1, True), (old.pk, 2, False),
    }  # fmt: skip


def test_a_unit_is_replaced_and_those_below_it_go_elsewhere(province: Unit, district: Unit) -> None:
    commune = make.unit(parent=district)
    do(End(district.pk, children_to=province.pk))

    assert not queries.on_day(DAY).filter(unit=district).exists()
    assert queries.on_day(DAY).get(unit=commune).parent_id == province.pk
    assert queries.above(BEFORE, commune.pk)[-1].unit_id == district.pk


def test_a_split_may_leave_the_old_unit(province: Unit, district: Unit) -> None:
    made = do(Split(district.pk, (Create("N", "Huyện mới", "district", province.pk),), stays=True))

    assert queries.on_day(DAY).filter(unit=district).exists()
    assert [(a.unit_id, a.adds_up) for a in queries.predecessors(made[0].pk)] == [(district.pk, False)]


class TestRefused:
    """What cannot be."""

    def test_a_code_that_another_unit_has(self, district: Unit) -> None:
        assert refused(Create(district.code, "Xã khác", "commune")) == ["U101"]

    def test_a_parent_that_has_ended(self, province: Unit, district: Unit) -> None:
        do(End(district.pk))
        assert refused(Create("X", "Xã", "commune", district.pk)) == ["U102"]

    def test_a_parent_that_will_end_before(self, province: Unit, district: Unit) -> None:
        do(End(district.pk), dt.date(2026, 1, 1))
        assert refused(Create("X", "Xã", "commune", district.pk)) == ["U107"]

    def test_a_circle_of_parents(self, province: Unit, district: Unit) -> None:
        assert refused(Change(province.pk, {"parent": district.pk})) == ["U103"]

    def test_a_unit_that_has_ended_does_not_change(self, district: Unit) -> None:
        do(End(district.pk))
        assert refused(Change(district.pk, {"name": "Khác"}), dt.date(2025, 8, 1)) == ["U104"]

    @pytest.mark.parametrize("on", [DAY, dt.date(2025, 3, 1)])
    def test_history_is_not_overwritten(self, district: Unit, on: dt.date) -> None:
        do(Change(district.pk, {"name": "Thị xã"}))
        assert refused(Change(district.pk, {"name": "Thành phố"}), on) == ["U105"]

    def test_nothing_to_change(self, district: Unit) -> None:
        assert refused(Change(district.pk, {"name": "Huyện mẫu"})) == ["U106"]

    def test_those_below_are_not_left_behind(self, district: Unit) -> None:
        make.unit(parent=district)
        assert refused(End(district.pk)) == ["U108"]

    def test_a_successor_that_does_not_exist_on_the_day(self, province: Unit, district: Unit) -> None:
        later = make.unit("Huyện sau", Kind.DISTRICT, province, since=dt.date(2025, 9, 1))
        assert refused(End(district.pk, successor=later.pk)) == ["U110"]

    def test_a_merger_of_one(self, district: Unit) -> None:
        assert refused(Merge((district.pk,), district.pk)) == ["U113"]

    def test_a_split_into_one(self, province: Unit, district: Unit) -> None:
        assert refused(Split(district.pk, (Create("N", "Mới", "district", province.pk),))) == ["U114"]

    def test_what_lies_outside_the_scope(self, province: Unit, district: Unit) -> None:
        inside = frozenset({district.pk})
        assert refused(Create("X", "Xã", "commune", province.pk), scope=inside) == ["U112"]
        assert len(do(Create("X", "Xã", "commune", district.pk), scope=inside)) == 1
