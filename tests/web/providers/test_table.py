"""The provider's Excel file: down with what is there, and up with a preview of each cell before anything changes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl.worksheet.worksheet import Worksheet

from chiso.web.audit.models import Entry
from chiso.web.audit.queries import breaks
from chiso.web.jobs.models import Job, JobState
from chiso.web.people.models import Assignment
from chiso.web.providers import comparing, table_views
from chiso.web.rounds.models import Round
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.providers.conftest import Bureau

#: Columns of the figures in the file: of a criterion, shared, a choice.
OWN, SHARED, CHOICE = 5, 6, 7
#: The hidden column of the change that a row has seen.
SEEN = 2
#: The first row of a unit.
TOP = 5


@pytest.fixture
def provider(browser: Browser, bureau: Bureau) -> Browser:
    """The provider, who has supplied a number, a choice and a reason for nothing."""
    one, other, _third = bureau.units
    browser.as_person(bureau.provider)
    bureau.send(
        browser, (one, "households", "12040"), (one, "1.2/choice", "Cấp phó"), (other, "1.1/a", "n/a: mới tách")
    )
    return browser


def downloaded(provider: Browser, bureau: Bureau) -> Worksheet:
    content = provider.post(bureau.address("excel/file")).content
    return openpyxl.load_workbook(BytesIO(content)).active


def given_back(provider: Browser, bureau: Bureau, sheet: Worksheet | bytes) -> Job:
    """Give a file back; return the job that has checked it."""
    content = sheet
    if isinstance(sheet, Worksheet):
        buffer = BytesIO()
        sheet.parent.save(buffer)
        content = buffer.getvalue()
    answer = provider.post(bureau.address("excel/"), {"file": SimpleUploadedFile("so-lieu.xlsx", content)})
    assert answer.status_code == 302
    return Job.objects.latest("pk")


def edited(provider: Browser, bureau: Bureau, change: Callable[[Worksheet], None]) -> Job:
    sheet = downloaded(provider, bureau)
    change(sheet)
    return given_back(provider, bureau, sheet)


def apply(provider: Browser, bureau: Bureau, check: Job) -> Job:
    assert provider.post(bureau.address(f"excel/{check.pk}/apply")).status_code == 302
    return Job.objects.latest("pk")


def test_the_file_says_that_its_data_are_samples(provider: Browser, bureau: Bureau) -> None:
    before = downloaded(provider, bureau).cell(1, 4).value
    Round.objects.update(is_sample=True)

    assert "dữ liệu mẫu" not in before
    assert downloaded(provider, bureau).cell(1, 4).value.startswith(f"{bureau.round.title} (dữ liệu mẫu) · ")


def test_the_file_holds_what_is_supplied_and_only_figures_can_be_changed(provider: Browser, bureau: Bureau) -> None:
    sheet = downloaded(provider, bureau)
    rows = [[sheet.cell(row, column).value for column in (4, OWN, SHARED, CHOICE)] for row in range(TOP, TOP + 3)]

    assert rows == [
        ["Xã Ân Thi", None, 12040, "Cấp phó"],
        ["Xã Ba Vì", "không phát sinh: mới tách", None, None],
        ["Xã Đại Lộc", None, None, None],
    ]
    assert (sheet.cell(4, SHARED).value, sheet.protection.sheet) == ("Tổng số hộ gia đình (hộ)", True)
    locks = [sheet.cell(TOP, column).protection.locked for column in (1, 4, OWN, CHOICE)]
    assert locks == [True, True, False, False]
    assert [sheet.column_dimensions[name].hidden for name in "AD"] == [True, False]


def test_a_file_that_comes_back_as_it_was_changes_nothing(provider: Browser, bureau: Bureau) -> None:
    check = given_back(provider, bureau, downloaded(provider, bureau))

    assert (check.state, check.result["counts"], check.result["lines"]) == (JobState.DONE, {"same": 3}, [])
    assert "không có gì làm thay đổi" in provider.get(bureau.address(f"excel/{check.pk}/")).content.decode()


def test_the_preview_says_which_figures_count_only_once_their_unit_submits_anew(
    provider: Browser, bureau: Bureau
) -> None:
    make.report(bureau.units[0], state="signed")
    make.report(bureau.units[2], state="submitted")

    def fill(sheet: Worksheet) -> None:
        sheet.cell(TOP, SHARED).value = 12058
        sheet.cell(TOP + 1, SHARED).value = 9500
        sheet.cell(TOP + 2, SHARED).value = 7
        sheet.cell(TOP + 2, OWN).value = -5

    check = edited(provider, bureau, fill)
    page = provider.get(bureau.address(f"excel/{check.pk}/")).content.decode()

    assert {(line["unit"], line["text"]): line["held"][:6] for line in check.result["lines"]} == {
        ("Xã Ân Thi", "12.058 hộ"): "đã ký ",
        ("Xã Ba Vì", "9.500 hộ"): "",
        ("Xã Đại Lộc", "7 hộ"): "đã nộp",
        ("Xã Đại Lộc", "-5"): "",
    }
    assert "2 số liệu sẽ thay đổi thuộc đơn vị đã nộp báo cáo" in page
    assert page.count("được tính khi đơn vị nộp lại") == 1 + 2
    assert (
        "thuộc đơn vị đã nộp báo cáo"
        not in provider.get(
            bureau.address(f"excel/{edited(provider, bureau, lambda _sheet: None).pk}/")
        ).content.decode()
    )


def test_every_cell_is_previewed_and_nothing_changes_before_it_is_wanted(provider: Browser, bureau: Bureau) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.cell(TOP, SHARED).value = 12058
        sheet.cell(TOP, CHOICE).value = None
        sheet.cell(TOP + 1, SHARED).value = "9.500"
        sheet.cell(TOP + 2, OWN).value = -5
        sheet.cell(TOP + 2, SHARED).value = "không phát sinh"
        sheet.cell(TOP + 2, CHOICE).value = "Người đứng đầu"

    check = edited(provider, bureau, fill)
    told = {
        (line["unit"], line["figure"]): (line["verdict"], line["now"], line["text"]) for line in check.result["lines"]
    }

    households, online = "Tổng số hộ gia đình", "Số hộ gia đình có Internet"
    assert told == {
        ("Xã Ân Thi", households): ("changed", "12.040 hộ", "12.058 hộ"),
        ("Xã Ba Vì", households): ("new", "", "9.500 hộ"),
        ("Xã Đại Lộc", online): ("refused", "", "-5"),
        ("Xã Đại Lộc", households): ("refused", "", "không phát sinh"),
        ("Xã Đại Lộc", "Người đứng đầu chỉ đạo"): ("new", "", "Người đứng đầu"),
    }
    assert {line["place"] for line in check.result["lines"]} == {
        "Số liệu!F5",
        "Số liệu!F6",
        "Số liệu!E7",
        "Số liệu!F7",
        "Số liệu!G7",
    }
    page = provider.get(bureau.address(f"excel/{check.pk}/")).content.decode()
    assert ("Nhận 3 số liệu" in page, "dấu hai chấm" in page) == (True, True)
    assert bureau.given(bureau.units[0]) == {"households": "12040", "1.2/choice": "deputy"}

    done = apply(provider, bureau, check)
    assert (done.state, done.result["counts"]) == (JobState.DONE, {"kept": 3, "left": 2})
    assert [bureau.given(unit) for unit in bureau.units] == [
        {"households": "12058", "1.2/choice": "deputy"},
        {"1.1/a": "n/a", "households": "9500"},
        {"1.2/choice": "head"},
    ]
    assert Entry.objects.latest("at").data["reason"] == "excel"
    assert list(breaks()) == []


def test_what_somebody_changed_since_is_left_alone_and_said(provider: Browser, bureau: Bureau) -> None:
    sheet = downloaded(provider, bureau)
    sheet.cell(TOP, SHARED).value = 7
    sheet.cell(TOP + 1, SHARED).value = 8
    provider.as_person(bureau.second)
    bureau.send(provider, (bureau.units[0], "households", {"text": "9", "seen": 1}), change="c2")
    provider.as_person(bureau.provider)
    check = given_back(provider, bureau, sheet)
    assert check.result["counts"] == {"conflict": 1, "new": 1, "same": 2}

    bureau.send(provider, (bureau.units[1], "households", {"text": "10", "seen": 1}), change="c3")
    assert apply(provider, bureau, check).result["counts"] == {"kept": 0, "left": 2}
    assert [bureau.given(unit).get("households") for unit in bureau.units] == ["9", "10", None]


def test_a_hidden_number_that_was_raised_takes_no_colleagues_figure_away(provider: Browser, bureau: Bureau) -> None:
    def raised(sheet: Worksheet) -> None:
        sheet.cell(TOP, SEEN).value = 2**30
        sheet.cell(TOP, SHARED).value = 7

    check = edited(provider, bureau, raised)

    assert check.result["counts"] == {"conflict": 1, "same": 2}
    assert apply(provider, bureau, check).result["counts"] == {"kept": 0, "left": 1}
    assert bureau.given(bureau.units[0])["households"] == "12040"


def test_a_note_beside_an_unchanged_figure_stays(provider: Browser, bureau: Bureau) -> None:
    unit = bureau.units[0]
    bureau.send(provider, (unit, "households", {"text": "12040", "note": "số chốt", "seen": 1}), change="c2")
    check = edited(provider, bureau, lambda sheet: setattr(sheet.cell(TOP, OWN), "value", 3))
    apply(provider, bureau, check)

    assert (bureau.cell(unit)["note"], bureau.given(unit)["1.1/a"]) == ("số chốt", "3")


def test_taking_a_file_over_twice_changes_nothing_more(provider: Browser, bureau: Bureau) -> None:
    check = edited(provider, bureau, lambda sheet: setattr(sheet.cell(TOP, SHARED), "value", 3))
    apply(provider, bureau, check)
    entries = Entry.objects.count()
    again = apply(provider, bureau, check)

    assert (again.result["counts"], Entry.objects.count()) == ({"kept": 0, "left": 0}, entries)


def test_rows_of_other_units_and_rows_added_by_hand_are_left_out(provider: Browser, bureau: Bureau) -> None:
    stranger = make.participant(make.round_(bureau.round.assessor, bureau.round.framework), bureau.units[0].unit)

    def spoil(sheet: Worksheet) -> None:
        sheet.cell(TOP, 1).value = stranger.pk
        sheet.cell(TOP + 3, 4).value = "Xã thêm tay"
        sheet.cell(TOP + 3, SHARED).value = 5

    check = edited(provider, bureau, spoil)
    assert check.result["counts"] == {"stranger": 2, "same": 1}
    apply(provider, bureau, check)
    assert bureau.given(stranger) == {}


def test_the_file_of_another_round_is_refused(provider: Browser, bureau: Bureau) -> None:
    other = make.round_(bureau.round.assessor, bureau.round.framework)
    make.participant(other, bureau.units[0].unit)
    content = provider.post(f"/supply/{other.pk}/excel/file").content
    check = given_back(provider, bureau, content)

    assert (check.state, "không phải tệp đã tải về" in check.message) == (JobState.FAILED, True)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"a,b\n1,2\n", b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused_with_a_sentence(provider: Browser, bureau: Bureau, content: bytes) -> None:
    answer = provider.post(bureau.address("excel/"), {"file": SimpleUploadedFile("so-lieu.xlsx", content)})
    job = Job.objects.filter(kind="providers.check").last()

    assert answer.status_code == 422 if job is None else (job.state, bool(job.message)) == (JobState.FAILED, True)
    assert bureau.given(bureau.units[2]) == {}


def test_no_file_a_file_too_large_and_a_closed_round(
    provider: Browser, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Chọn tệp đã điền" in provider.post(bureau.address("excel/")).content.decode()
    monkeypatch.setattr(table_views, "MAX_FILE", 10)
    large = {"file": SimpleUploadedFile("so-lieu.xlsx", b"x" * 11)}
    assert "Tệp quá lớn" in provider.post(bureau.address("excel/"), large).content.decode()
    bureau.round.stage = "verification"
    bureau.round.save()
    large["file"].seek(0)
    assert "không nhận thêm" in provider.post(bureau.address("excel/"), large).content.decode()
    assert Job.objects.count() == 0


def test_a_round_that_closed_after_the_check_takes_nothing(provider: Browser, bureau: Bureau) -> None:
    check = edited(provider, bureau, lambda sheet: setattr(sheet.cell(TOP, SHARED), "value", 3))
    bureau.round.stage = "verification"
    bureau.round.save()

    assert apply(provider, bureau, check).state == JobState.FAILED
    assert bureau.given(bureau.units[0])["households"] == "12040"


def test_whoever_is_no_provider_any_more_changes_nothing(provider: Browser, bureau: Bureau) -> None:
    check = edited(provider, bureau, lambda sheet: setattr(sheet.cell(TOP, SHARED), "value", 3))
    Assignment.objects.filter(user=bureau.provider).delete()

    assert provider.post(bureau.address(f"excel/{check.pk}/apply")).status_code == 403


def test_many_units_are_written_in_the_background_and_taken_in_by_batches(
    provider: Browser, bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_views, "AT_ONCE", 2)
    monkeypatch.setattr(comparing, "BATCH", 2)
    answer = provider.post(bureau.address("excel/file"))
    job = Job.objects.latest("pk")
    assert (answer["Location"], job.state) == (f"/jobs/{job.pk}", JobState.DONE)
    given = provider.get(f"/jobs/{job.pk}/file")
    assert (given.status_code, len(b"".join(given.streaming_content)) > 1000) == (200, True)
    with job.file.open() as file:
        sheet = openpyxl.load_workbook(BytesIO(file.read())).active
    for row in range(TOP, TOP + 3):
        sheet.cell(row, SHARED).value = row
    done = apply(provider, bureau, given_back(provider, bureau, sheet))

    assert done.result["counts"] == {"kept": 3, "left": 0}
    assert [bureau.given(unit)["households"] for unit in bureau.units] == ["5", "6", "7"]
    Assignment.objects.filter(user=bureau.provider).delete()
    assert provider.get(f"/jobs/{job.pk}/file").status_code == 403
