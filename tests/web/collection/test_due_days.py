"""Criteria that a document wants before their round is due: on which days, what is left, and where it shows."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from chiso.framework.due import printed_last_day
from chiso.framework.loader import load, load_text
from chiso.web.collection.documents import wholes
from chiso.web.collection.due_days import DueDay, days_at, days_of, open_days
from chiso.web.collection.models import Report, ReportState, ValueStage
from chiso.web.frameworks.services import loaded
from chiso.web.people.models import Role
from chiso.web.rounds.models import Participant, Round
from tests.web import factories as make
from tests.web.conftest import Browser

pytestmark = pytest.mark.django_db

TODAY = dt.date(2025, 10, 5)

#: The small framework: two criteria are wanted by 15 October, one of them also by the end of September for one figure.
PRINTED = (
    make.SMALL.replace(
        "dimensions:",
        """deadlines:
  Trước ngày 15/10 hằng năm: {kind: yearly, month: 10, day: 15}
  Quý III hàng năm: {kind: yearly, quarter: 3}
  Thường xuyên: {kind: continuous}
dimensions:""",
    )
    .replace("clause: Phụ lục, dòng 1.1", "clause: Phụ lục, dòng 1.1\n        due: Trước ngày 15/10 hằng năm")
    .replace("clause: Phụ lục, dòng 1.2", "clause: Phụ lục, dòng 1.2\n        due: Trước ngày 15/10 hằng năm")
    .replace("clause: Phụ lục, dòng 1.3", "clause: Phụ lục, dòng 1.3\n        due: Thường xuyên")
    .replace("{name: b, fact: households}", "{name: b, fact: households, due: Quý III hàng năm}")
)
SEPTEMBER, OCTOBER = dt.date(2025, 9, 30), dt.date(2025, 10, 15)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let today be 5 October 2025."""
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2025, 10, 5, 3, tzinfo=dt.UTC))


def moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))


def printed_round(opens_on: dt.date = dt.date(2025, 9, 1), due: dt.date = dt.date(2025, 11, 15)) -> Round:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    due_at = moment(due, dt.time(17))
    return make.round_(province, make.framework(PRINTED), opens_on=opens_on, due_at=due_at)


def cells(**texts: str) -> dict[str, dict[str, object]]:
    names = {"online": "1.1/a", "households": "households", "leader": "1.2/choice"}
    return {names[name]: {"v": text, "by": None, "at": "", "n": 1} for name, text in texts.items()}


def left_of(member: Participant) -> list[tuple[dt.date, int, tuple[str, ...]]]:
    found = open_days(wholes(Participant.objects.filter(pk=member.pk)).select_related("round__framework"))
    return [(one.day, one.criteria, one.open) for one in found.get(member.pk, ())]


def test_the_real_sources_name_these_days() -> None:
    framework = load("gia-lai-2023-province")
    found: dict[dt.date | None, int] = {}
    for code, criterion in framework.criteria.items():
        if not criterion.criteria:
            day = printed_last_day(framework, code, 2024)
            found[day] = found.get(day, 0) + 1
    counted = {criterion.due for criterion in framework.criteria.values()}

    assert {"Quý II năm 2024", "Quý IV năm 2024", "Quý IV hàng năm", "Năm 2025", "Thường xuyên"} <= counted
    assert {day: count for day, count in found.items() if day is not None} == {
        dt.date(2024, 6, 30): 4,  # Quý II năm 2024
        dt.date(2024, 12, 31): 14,  # 10 Quý IV năm 2024, 4 Quý IV hàng năm
        dt.date(2025, 12, 31): 9,  # 7 Quý IV năm 2025, 2 Năm 2025
    }


def test_a_figure_goes_by_its_own_deadline_and_the_others_by_their_criterions() -> None:
    round_ = printed_round()
    found = days_of(loaded(round_.framework), round_)

    assert found == {
        SEPTEMBER: {"1.1": (("households",),)},
        OCTOBER: {"1.1": (("1.1/a",),), "1.2": (("1.2/choice",),)},
    }
    assert days_at(loaded(round_.framework), round_) == {"1.1": SEPTEMBER, "1.2": OCTOBER}


def test_a_criterion_below_another_has_its_deadline() -> None:
    inner = PRINTED.replace("        printed_rule: a/b*Điểm tối đa", "        INNER", 1)
    head, _, rest = inner.partition("        INNER")
    own, _, after = rest.partition('      - code: "1.2"')
    nested = "".join(f"    {line}\n" if line else "\n" for line in own.splitlines() if "due: Trước" not in line)
    text = (
        f'{head}        due: Trước ngày 15/10 hằng năm\n        criteria:\n          - code: "1.1.1"\n'
        f'            title: Bên trong\n            max_points: 20\n{nested.lstrip(chr(10))}      - code: "1.2"{after}'
    )
    framework = load_text(text)

    assert framework.parents["1.1.1"] == "1.1"
    assert framework.criteria["1.1.1"].due is None
    assert printed_last_day(framework, "1.1.1", 2025) == OCTOBER
    assert printed_last_day(framework, "1.1.1", 2025, "Quý III hàng năm") == SEPTEMBER
    assert printed_last_day(framework, "1.3", 2025) is None


@pytest.mark.parametrize(
    ("opens_on", "due", "days"),
    [
        (dt.date(2025, 9, 30), dt.date(2025, 10, 16), [SEPTEMBER, OCTOBER]),
        (dt.date(2025, 10, 1), dt.date(2025, 10, 16), [OCTOBER]),
        (dt.date(2025, 9, 30), OCTOBER, [SEPTEMBER]),
        (dt.date(2026, 1, 1), dt.date(2026, 2, 1), []),
    ],
)
def test_only_days_between_the_opening_and_the_due_day_count(opens_on, due, days) -> None:
    round_ = printed_round(opens_on, due)
    assert list(days_of(loaded(round_.framework), round_)) == days


def test_what_is_left_follows_from_the_units_own_and_the_providers_figures() -> None:
    member = make.participant(printed_round(), make.unit("Xã A"))
    assert left_of(member) == [(SEPTEMBER, 1, ("1.1",)), (OCTOBER, 2, ("1.1", "1.2"))]

    report = make.report(member, values=cells(online="n/a", leader=""))
    assert left_of(member) == [(SEPTEMBER, 1, ("1.1",)), (OCTOBER, 2, ("1.2",))]

    make.report(member, stage=ValueStage.PROVIDER, values=cells(households="12040"))
    assert left_of(member) == [(OCTOBER, 2, ("1.2",))]

    Report.objects.filter(pk=report.pk).update(values=cells(online="1", leader="head"))
    assert left_of(member) == []


def test_sums_over_parts_are_figures_once_all_have_answered() -> None:
    round_ = printed_round()
    whole = make.participant(round_, make.unit("Xã A"))
    parts = [make.participant(round_, make.unit(name), part_of=whole) for name in ("Thôn 1", "Thôn 2")]
    make.report(parts[0], values=cells(households="5"))
    assert left_of(whole)[0] == (SEPTEMBER, 1, ("1.1",))

    make.report(parts[1], values=cells(households="7"))
    assert left_of(whole)[0] == (OCTOBER, 2, ("1.1", "1.2"))


def test_a_day_is_late_when_it_has_passed() -> None:
    day = DueDay(TODAY, 1, ("1.1",))
    at = [moment(dt.date(2025, 10, number), dt.time(9)) for number in (4, 5, 6)]

    assert [(day.days_left(now), day.is_late(now)) for now in at] == [(1, False), (0, False), (-1, True)]
    assert timezone.localtime(day.at) == moment(TODAY, dt.time(23, 59, 59))


def test_the_queries_do_not_grow_with_units(django_assert_num_queries) -> None:
    round_ = printed_round()
    loaded(round_.framework)
    for count in (1, 4):
        for _ in range(count):
            make.report(make.participant(round_, make.unit()), values=cells(online="1"))
        members = list(wholes(Participant.objects.all()).select_related("round__framework"))
        with django_assert_num_queries(1):
            assert len(open_days(members)) == len(members)

    plain = make.participant(make.round_(make.unit(), make.framework()), make.unit())
    members = list(wholes(Participant.objects.filter(pk=plain.pk)).select_related("round__framework"))
    loaded(members[0].round.framework)
    with django_assert_num_queries(0):
        assert open_days(members) == {}


def home(member: Participant) -> list[str]:
    page = Browser().as_person(make.person((Role.OFFICER, member.unit))).get("/").content.decode()
    found = re.findall(r'<div class="printed">(.*?)</div>', page, re.S)
    return [
        " ".join(re.sub(r"<[^>]+>", " ", line).split())
        for part in found
        for line in re.findall(r"<p>.*?</p>", part, re.S)
    ]


def test_the_officer_sees_at_home_what_is_due_before_the_round() -> None:
    member = make.participant(printed_round(), make.unit("Xã A"))
    report = make.report(member, values=cells(online="1"))
    late = "1 tiêu chí đến hạn 30/09/2025, còn 1 tiêu chí chưa có số liệu · quá hạn"

    assert home(member) == [late, "2 tiêu chí đến hạn 15/10/2025, còn 1 tiêu chí chưa có số liệu · còn 10 ngày"]
    page = Browser().as_person(make.person((Role.OFFICER, member.unit))).get("/").content.decode()
    assert f'<a href="/reports/{report.pk}/at/1.2/">2 tiêu chí đến hạn 15/10/2025' in page

    Report.objects.update(state=ReportState.SUBMITTED, number=1)
    assert home(member) == []


def test_the_tree_and_the_sheet_say_by_when() -> None:
    member = make.participant(printed_round(), make.unit("Xã A"))
    report = make.report(member)
    browser = Browser().as_person(make.person((Role.OFFICER, member.unit)))
    page = browser.get(f"/reports/{report.pk}/at/1.2/").content.decode()
    lines = re.findall(r'data-line="([^"]+)".*?</a>', page, re.S)
    dues = dict(re.findall(r'data-line="([^"]+)"(?:(?!</a>).)*?<span class="(tree-due[^<]*)</span>', page, re.S))

    assert lines == ["1.1", "1.2", "1.3"]
    assert dues == {"1.1": 'tree-due late">hạn 30/09/2025', "1.2": 'tree-due">hạn 15/10/2025'}
    assert "<dt>Hạn nhập số liệu</dt><dd>15/10/2025</dd>" in page
    assert "Hạn nhập số liệu" not in browser.get(f"/reports/{report.pk}/at/1.3/").content.decode()
