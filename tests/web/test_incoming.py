"""Hostile characters and shapes in addresses, forms and JSON: refused or left out, and never a fault of the program."""

from __future__ import annotations

import pytest

from chiso.web.collection.models import Report
from chiso.web.incoming import plain
from tests.web.collection.conftest import Office, made_office
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

CELL = '{"cells": {"1.1/a": {"text": "5", "seen": %s, "note": "%s"}}, "change": "%s", "here": "%s"}'


@pytest.fixture
def office() -> Office:
    return made_office()


@pytest.fixture
def officer(office: Office) -> Browser:
    return Browser(raise_request_exception=False).as_person(office.officer)


def report(office: Office) -> str:
    return f"/reports/{office.report.pk}"


def saved(officer: Browser, office: Office, body: str, way: str = "values") -> tuple[int, object]:
    answer = officer.post(f"{report(office)}/{way}", body, content_type="application/json")
    return answer.status_code, answer.json().get("error")


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000, '{"cells":' * 100_000, "7", "null", '"x"', "[]", "{}", '{"cells": []}',
        '{"cells": {"1.1/a": "x"}}',
        '{"cells": {"1.1/a": {"text": "1", "seen": 1e999}}}', '{"cells": {"1.1/a": {"text": "1", "seen": NaN}}}',
        '{"cells": {"\\ud800": {"text": "1"}}}', "", "\udcff",
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", ["values", "preview"])
def test_a_save_of_any_other_shape_is_unreadable(officer: Browser, office: Office, body: str, way: str) -> None:
    assert saved(officer, office, body.encode(errors="surrogateescape"), way) == (400, "unreadable")
    assert Report.objects.get().values == {}


def test_a_save_with_characters_that_are_none_is_kept_without_them(officer: Browser, office: Office) -> None:
    odd = "a\\u0000b\\ud800c"

    assert saved(officer, office, CELL % (0, odd, odd, odd)) == (200, None)
    assert Report.objects.get().values["1.1/a"]["note"] == "abc"


@pytest.mark.parametrize(
    ("text", "kept"), [("Ưỡng Ễ Ặ 👩‍🌾", "Ưỡng Ễ Ặ 👩‍🌾"), ("a\0\ud800b", "ab"), ("\u202eabc\u0301", "\u202eabc\u0301")]
)
def test_text_stays_what_it_is(text: str, kept: str) -> None:
    assert plain(text) == kept


@pytest.mark.parametrize(
    "changes",
    [
        '{"seen": 0, "values": []}',
        '{"seen": 1e999, "values": {}}',
        "[" * 100_000,
        "7",
        '{"seen": 0, "values": {"a": 7}}',
    ],
)
def test_a_damaged_preview_of_a_form_is_said(officer: Browser, office: Office, changes: str) -> None:
    answer = officer.post(f"{report(office)}/excel/apply", {"changes": changes}, follow=True)

    assert (answer.status_code, "Bản xem trước bị hỏng trên đường truyền" in answer.content.decode()) == (200, True)


@pytest.mark.parametrize("where", ["address", "name", "form"])
def test_nul_is_unreadable_wherever_it_stands(officer: Browser, office: Office, where: str) -> None:
    place = f"/evidence/unit/{office.report.participant.unit_id}/"
    if where == "form":
        answer = officer.post(f"{report(office)}/at/1.1/", {"v:1.1/a": "1\0", "was:1.1/a": "", "seen": "0"})
    else:
        answer = officer.get(place, {"words": "a\0"} if where == "address" else {"a\0": "b"})

    assert answer.status_code == 400
    assert "Không đọc được dữ liệu gửi lên" in answer.content.decode()
