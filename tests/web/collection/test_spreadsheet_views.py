"""The Excel form in the browser: down, up, a preview, and only then the change."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from html import unescape

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.collection.models import Remark, ReportState
from chiso.web.collection.remarks import add_remark, answer_remark, settle_remark
from chiso.web.collection.services import Written
from chiso.web.collection.supplying import supply
from chiso.web.frameworks.services import loaded
from tests.web.collection.conftest import Office
from tests.web.conftest import Browser

HEAD = "unit,code,input,value\n"


def give(browser: Browser, office: Office, content: str | bytes, name: str = "facts.csv"):
    data = content if isinstance(content, bytes) else content.encode()
    return browser.post(office.address("excel/preview"), {"file": SimpleUploadedFile(name, data)})


def changes(page: str) -> str:
    found = re.search(r'name="changes" value="([^"]*)"', page)
    assert found is not None, page
    return unescape(found[1])


def test_the_form_comes_down_for_this_unit(browser: Browser, office: Office) -> None:
    answer = browser.as_person(office.officer).get(office.address("excel/form"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    words = " ".join(str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row)

    assert answer["Content-Disposition"] == 'attachment; filename="small-2025-commune-xa-mau-a.xlsx"'
    assert "Xã mẫu A" in words
    assert "Tỷ lệ hộ gia đình có Internet" in words


def test_the_form_tells_what_was_said_and_is_not_settled(browser: Browser, office: Office) -> None:
    participant, who = office.report.participant, Actor(office.coordinator.pk)
    add_remark(participant=participant, code="1.1", text="Số hộ lấy ở đâu?", actor=who)
    objection = add_remark(
        participant=participant, code="1.1", text="Thiếu thôn Đông", actor=Actor(office.officer.pk), kind="objection",
        fact="1.1/a", value="6020",
    )  # fmt: skip
    answer_remark(remark=objection, text="Đã đếm lại", actor=who, corrected_to="6100")
    settled = add_remark(participant=participant, code="1.2", text="Xong rồi", actor=who)
    settle_remark(remark=settled, actor=who)
    at = "05/10/2026 08:30"
    Remark.objects.update(at=dt.datetime(2026, 10, 5, 1, 30, tzinfo=dt.UTC))
    answer = browser.as_person(office.officer).get(office.address("excel/form"))
    sheets = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets
    said = [
        str(cell.value)
        for sheet in sheets
        for row in sheet.iter_rows()
        for cell in row
        if "Số hộ lấy" in str(cell.value)
    ]

    assert said == [
        f"{at} {office.coordinator.full_name}: Số hộ lấy ở đâu?\n"
        f"{at} {office.officer.full_name} (phản đối số liệu được cung cấp): "
        f"Số hộ gia đình có Internet: 6.020 hộ. Thiếu thôn Đông\n"
        f"→ {at} {office.coordinator.full_name}: Đã đếm lại. Đã sửa thành 6.100 hộ"
    ]
    assert not [one for sheet in sheets for row in sheet.iter_rows() for one in row if one.value == "Xong rồi"]
    page = give(browser, office, answer.content, "form.xlsx").content.decode()
    assert 'name="changes"' not in page or json.loads(changes(page))["values"] == {}


def test_a_preview_changes_nothing_and_the_change_is_what_it_showed(browser: Browser, office: Office) -> None:
    rows = f"{HEAD}Xã mẫu A,1.1,a,6020\nXã mẫu A,,households,12040\nXã mẫu A,1.3,plan,chưa rõ\nXã mẫu B,1.1,a,5\n"
    page = give(browser.as_person(office.officer), office, rows).content.decode()
    office.report.refresh_from_db()
    assert office.report.values == {}
    assert ("Nhận 2 giá trị" in page, "chưa rõ" in page, "Xã mẫu B" in page) == (True, True, True)

    browser.post(office.address("excel/apply"), {"changes": changes(page)})
    office.report.refresh_from_db()
    assert {fact: cell["v"] for fact, cell in office.report.values.items()} == {"1.1/a": "6020", "households": "12040"}
    assert Entry.objects.get(strand=office.report.strand).data["reason"] == "excel"


def test_what_somebody_changed_after_the_preview_stays(browser: Browser, office: Office) -> None:
    page = give(browser.as_person(office.officer), office, f"{HEAD}Xã mẫu A,1.1,a,6020\n").content.decode()
    body = {"change": "c1", "here": "1.1", "cells": {"1.1/a": {"text": "7000"}}}
    Browser().as_person(office.second).post(office.address("values"), json.dumps(body), content_type="application/json")
    answer = browser.post(office.address("excel/apply"), {"changes": changes(page)}, follow=True)
    office.report.refresh_from_db()

    assert office.report.values["1.1/a"]["v"] == "7000"
    assert "1 giá trị đã được người khác sửa" in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut", b"\x89PNG\r\n\x1a\n"])
def test_a_file_that_cannot_be_used_is_said(browser: Browser, office: Office, content: bytes) -> None:
    answer = give(browser.as_person(office.officer), office, content, "form.xlsx")

    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "x",
        "[]",
        "{}",
        '{"seen": 0, "values": {"1.1/a": ["1"]}}',
        '{"seen": 0, "values": {"z": ["1", "", "", ""]}}',
    ],
)
def test_a_preview_that_was_tampered_with_changes_nothing(browser: Browser, office: Office, sent: str) -> None:
    browser.as_person(office.officer).post(office.address("excel/apply"), {"changes": sent})
    office.report.refresh_from_db()

    assert office.report.values == {}


def test_a_submitted_report_takes_no_form(browser: Browser, office: Office) -> None:
    office.report.state = ReportState.SUBMITTED
    office.report.save()
    answer = give(browser.as_person(office.officer), office, f"{HEAD}Xã mẫu A,1.1,a,6020\n")

    assert (answer.status_code, "thủ trưởng" in answer.content.decode()) == (422, True)


def test_the_form_holds_what_the_report_says_and_comes_back_without_a_change(browser: Browser, office: Office) -> None:
    rows = f"{HEAD}Xã mẫu A,1.1,a,6020\nXã mẫu A,,households,12040\n"
    page = give(browser.as_person(office.officer), office, rows).content.decode()
    browser.post(office.address("excel/apply"), {"changes": changes(page)})
    participant = office.report.participant
    supply(
        round_=participant.round,
        framework=loaded(participant.round.framework),
        agencies=["Cơ quan thống kê"],
        written={participant.pk: {"households": Written("12000")}},
        actor=Actor(office.second.pk),
    )
    form = browser.get(office.address("excel/form")).content
    cells = [cell.value for sheet in openpyxl.load_workbook(io.BytesIO(form)) for row in sheet for cell in row]
    answer = give(browser, office, form, "form.xlsx").content.decode()

    assert {6020, 12040} <= set(cells)
    assert 12000 not in cells
    assert "Biểu mẫu không có gì làm thay đổi báo cáo" in answer
    assert 'name="changes"' not in answer
