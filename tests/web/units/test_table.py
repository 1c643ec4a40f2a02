"""Units come in and go out as Excel: previewed, checked row by row, applied as a whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.jobs import services as jobs
from chiso.web.jobs.models import Job, JobState
from chiso.web.people.models import Assignment, Role
from chiso.web.units import queries
from chiso.web.units.models import LegalAct, Succession, Unit, UnitVersion
from tests.web import factories as make
from tests.web.units import reform
from tests.web.units.books import book

pytestmark = pytest.mark.django_db

COLUMN = {head: place for place, head in enumerate(reform.HEADS)}


@pytest.fixture
def actor() -> Actor:
    return Actor(make.person((Role.OPERATOR, None)).pk, "192.0.2.1")


def check(rows, actor: Actor, heads=reform.HEADS) -> Job:
    return jobs.start(kind="units.check", actor=actor, source=book(rows, heads))


def apply(checked: Job, actor: Actor) -> Job:
    return jobs.start(kind="units.apply", actor=actor, arguments={"check": checked.pk})


@pytest.fixture
def reformed(actor: Actor) -> None:
    apply(check(reform.before(), actor), actor)
    apply(check(reform.reform(), actor), actor)


def stored() -> list[tuple[object, ...]]:
    columns = ("code", "name", "parent__code", "valid_from", "valid_to")
    return list(UnitVersion.objects.order_by("code", "valid_from").values_list(*columns))


def kinds_on(day: dt.date) -> dict[str, int]:
    kinds = list(queries.on_day(day).values_list("kind", flat=True))
    return {kind: kinds.count(kind) for kind in sorted(set(kinds))}


def test_a_check_says_what_would_happen_and_changes_nothing(actor: Actor) -> None:
    job = check(reform.before(), actor)

    assert (job.state, job.result["rows"], job.result["counts"]) == (JobState.DONE, 39, {"created": 39})
    assert job.result["faults"] == []
    assert job.result["effects"][1] == "Lập mới Huyện mẫu A1 (A1), trực thuộc Tỉnh mẫu A."
    assert Unit.objects.count() == 0


def test_the_reform(reformed: None) -> None:
    assert kinds_on(reform.LAST) == {"commune": 30, "district": 6, "province": 3}
    assert kinds_on(reform.DAY) == {"commune": 9, "province": 1}


def test_what_was_stays_as_it_was(reformed: None) -> None:
    before = {row.code: (row.name, row.valid_from) for row in queries.on_day(reform.LAST)}
    assert before["A"] == ("Tỉnh mẫu A", reform.BEFORE)
    assert before["B23"] == ("Xã mẫu B23", reform.BEFORE)
    assert len(before) == 39


def test_a_new_unit_may_take_over_a_code(reformed: None) -> None:
    old, new = (queries.on_day(day).get(code="A11") for day in (reform.LAST, reform.DAY))
    assert (old.name, new.name, old.unit_id == new.unit_id) == ("Xã mẫu A11", "Xã mới 1", False)


def test_the_province_that_goes_on_keeps_its_identity(reformed: None) -> None:
    old, new = (queries.on_day(day).get(code="A") for day in (reform.LAST, reform.DAY))
    assert (old.unit_id, old.name, new.name) == (new.unit_id, "Tỉnh mẫu A", "Tỉnh mẫu ABC")
    assert {one.unit_id for one in queries.predecessors(new.unit_id)} == set(
        queries.on_day(reform.LAST).filter(code__in=["B", "C"]).values_list("unit_id", flat=True)
    )


def test_each_new_commune_knows_those_it_was_made_of(reformed: None) -> None:
    for number, codes in enumerate(reform.merged(), 1):
        new = queries.on_day(reform.DAY).get(name=f"Xã mới {number}")
        found = queries.predecessors(new.unit_id)
        assert sorted(Unit.objects.get(pk=one.unit_id).code for one in found) == codes
        assert {(one.on, one.act, one.adds_up) for one in found} == {(reform.DAY, "01/2025/NQ-MẪU", True)}
    assert Succession.objects.count() == 32


def test_the_act_is_kept_once(reformed: None) -> None:
    act = LegalAct.objects.get()
    assert (act.number, act.date, act.issuer) == ("01/2025/NQ-MẪU", dt.date(2025, 6, 12), "Cơ quan mẫu")


def test_an_import_is_in_the_log_with_the_hash_of_its_file(actor: Actor) -> None:
    checked = check(reform.before(), actor)
    apply(checked, actor)
    entry = Entry.objects.get(action="units.imported")
    assert entry.data == {"file": checked.result["hash"], "rows": 39, "counts": {"created": 39}}


def test_the_same_table_twice_does_nothing(actor: Actor, reformed: None) -> None:
    job = check(reform.reform(), actor)
    assert (job.result["counts"], job.result["faults"]) == ({}, [])


def test_what_is_exported_is_read_again(actor: Actor, reformed: None) -> None:
    exported = jobs.start(kind="units.export", actor=actor)
    with exported.file.open() as file:
        content = ContentFile(file.read(), "don-vi.xlsx")
    checked = jobs.start(kind="units.check", actor=actor, source=content)
    assert (checked.result["rows"], checked.result["counts"], checked.result["faults"]) == (49, {}, [])

    known = stored()
    Succession.objects.all().delete()
    UnitVersion.objects.all().delete()
    Unit.objects.all().delete()
    again = jobs.start(kind="units.check", actor=actor, source=content)
    assert again.result["faults"] == []
    apply(again, actor)
    assert stored() == known
    assert Succession.objects.count() == 32


def row(code: str = "X1", **told: object) -> list[object]:
    """Return the row of a new commune, with some of its cells different."""
    cells = dict.fromkeys(reform.HEADS) | {
        "mã đơn vị": code, "tên đơn vị": "Xã mẫu X", "loại": "xã", "từ ngày": reform.DAY,
    }  # fmt: skip
    return list((cells | told).values())


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row(**{"tên đơn vị": None})], "Thiếu tên đơn vị"),
        ([row(**{"từ ngày": "31/02/2025"})], "Không hiểu ngày “31/02/2025”"),
        ([row(**{"từ ngày": "01/01/0001"})], "Không hiểu ngày “01/01/0001” ở cột từ ngày"),
        ([row(**{"đến hết ngày": "31/12/9999"})], "Không hiểu ngày “31/12/9999” ở cột đến hết ngày"),
        ([row(loại="làng")], "Không có loại đơn vị “làng”"),
        ([row(**{"mã cấp trên": "KHÔNG"})], "Không có đơn vị nào mang mã KHÔNG vào ngày 01/07/2025"),
        ([row(**{"đến hết ngày": reform.LAST})], "Ngày cuối 30/06/2025 đứng trước ngày đầu 01/07/2025"),
        ([row(**{"tên đơn vị": "x" * 201})], "tên đơn vị dài quá 200 ký tự"),
        ([row(), row()], "Hai dòng cùng mã X1 và cùng ngày 01/07/2025"),
        ([row(**{"kế tục mã": "A11"})], "Việc kế tục cần văn bản"),
        ([row(**{"hình thức": "mua bán"})], "Không có loại đơn vị “mua bán”"),
        ([row(**{"số văn bản": "1/NQ"})], "Thiếu ngày văn bản"),
        ([row("A", **{"loại": "tỉnh", "mã cấp trên": "A1"})], "trực thuộc lẫn nhau thành vòng"),
        ([row("A", **{"từ ngày": reform.BEFORE, "tên đơn vị": "Khác"})], "ghi nhận từ ngày 01/01/2010"),
        (
            [row("A1", **{"loại": "huyện", "mã cấp trên": "A", "tên đơn vị": "Huyện mẫu A1", "từ ngày": reform.BEFORE,
                          "đến hết ngày": reform.LAST})],
            "“Huyện mẫu A1” kết thúc từ ngày 01/07/2025, nhưng còn 5 đơn vị trực thuộc",
        ),
        (
            [row(**{"kế tục mã": "ZZ", "số văn bản": "1/NQ", "ngày văn bản": reform.DAY})],
            "Không có đơn vị nào mang mã ZZ vào ngày 30/06/2025",
        ),
    ],
)  # fmt: skip
def test_every_bad_row_is_told_with_its_place_and_nothing_is_applied(actor: Actor, rows, words: str) -> None:
    apply(check(reform.before(), actor), actor)
    known = UnitVersion.objects.count()
    job = check(rows, actor)

    assert words in job.result["faults"][0][1]
    assert job.result["faults"][0][0].startswith(("Đơn vị!A2", "Đơn vị!A3"))
    assert apply(job, actor).state == JobState.FAILED
    assert UnitVersion.objects.count() == known


def test_control_characters_are_left_out_of_names_and_codes(actor: Actor) -> None:
    apply(check([row("X\x001", **{"tên đơn vị": "Xã \x1b[2Jmẫu\x07"})], actor), actor)

    assert stored() == [("X1", "Xã [2Jmẫu", None, reform.DAY, None)]


def test_a_file_that_is_no_table_is_refused(actor: Actor) -> None:
    assert check([], actor, heads=("một", "hai")).state == JobState.FAILED
    text = jobs.start(kind="units.check", actor=actor, source=ContentFile(b"xin", "a.xlsx"))
    assert text.state == JobState.FAILED
    assert text.message


def test_a_coordinator_imports_only_within_the_own_unit(actor: Actor) -> None:
    apply(check(reform.before(), actor), actor)
    coordinator = Actor(make.person((Role.COORDINATOR, Unit.objects.get(code="A"))).pk)
    assert check([row(**{"mã cấp trên": "A1"})], coordinator).result["faults"] == []
    job = check([row(**{"mã cấp trên": "B1"})], coordinator)
    assert "nằm ngoài phạm vi bạn điều phối" in job.result["faults"][0][1]


def test_who_lost_the_role_while_the_table_waited_for_its_turn_changes_nothing(actor: Actor) -> None:
    apply(check(reform.before(), actor), actor)
    coordinator = Actor(make.person((Role.COORDINATOR, Unit.objects.get(code="A"))).pk)
    checked, known = check([row(**{"mã cấp trên": "A1"})], coordinator), UnitVersion.objects.count()
    Assignment.objects.filter(user=coordinator.user_id).update(ended_at=timezone.now())
    job = apply(checked, coordinator)

    assert (job.state, UnitVersion.objects.count()) == (JobState.FAILED, known)
    assert job.message == "Bạn không còn được thay đổi danh mục đơn vị. Không có gì thay đổi."


def test_a_table_that_no_longer_fits_is_not_applied(actor: Actor) -> None:
    apply(check(reform.before(), actor), actor)
    rows = [row("X1")]
    first, second = (
        check(rows, actor),
        check([row("X1", **{"tên đơn vị": "Xã khác", "từ ngày": dt.date(2025, 8, 1)})], actor),
    )
    apply(second, actor)
    job = apply(first, actor)
    assert (job.state, UnitVersion.objects.filter(code="X1").count()) == (JobState.FAILED, 1)


def test_a_nation_is_read_in_seconds(tmp_path: Path) -> None:
    from chiso.web.units import table
    from chiso.web.units.registry import Registry

    rows = [row("T", loại="tỉnh"), *(row(f"{n:05}", **{"mã cấp trên": "T"}) for n in range(10_600))]
    path = tmp_path / "all.xlsx"
    path.write_bytes(book(rows).read())
    found, registry = table.read(path), Registry()
    assert (table.apply(registry, found.rows), registry.faults()) == ([], [])
    assert len(registry.children(registry.by_code("T", reform.DAY).unit, reform.DAY)) == 10_600
