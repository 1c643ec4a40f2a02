"""A real province with its 65 communes as they are since 1 July 2025, and sample rounds of theirs in two stages.

The names are those of Resolution 1667/NQ-UBTVQH15; codes, people and figures are made up and say so. Each commune
reports the figures of one of the sample communes, a little more or less.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from importlib import resources

from django.utils import timezone

from chiso.scoring.entries import Entry
from chiso.web.audit.services import Actor
from chiso.web.collection.models import Report
from chiso.web.demo.filling import fill, send
from chiso.web.demo.papers import sample_paper, sample_table
from chiso.web.evidence.services import About, add_file, add_link
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.rounds.models import Participant, RankingGroup, Round, Stage
from chiso.web.rounds.registration import register
from chiso.web.units.models import Kind, LegalAct, Succession, Unit, UnitVersion

PROVINCE = "Tỉnh Khánh Hòa"
#: The visitor's own commune.
COMMUNE = "Phường Nha Trang"

_FRAMEWORK = "khung-2024-commune"
_BEGINNING, _REFORM = dt.date(2020, 1, 1), dt.date(2025, 7, 1)
_FORMER = (
    "Thành phố Nha Trang",
    "Thành phố Cam Ranh",
    "Thị xã Ninh Hòa",
    "Huyện Vạn Ninh",
    "Huyện Diên Khánh",
    "Huyện Cam Lâm",
    "Huyện Khánh Vĩnh",
    "Huyện Khánh Sơn",
    "Huyện Trường Sa",
)


@dataclass(frozen=True, slots=True)
class People:
    """Who acts in the rounds: the coordinator, the officer and the head of the visitor's commune."""

    coordinator: Actor
    officer: Actor
    head: Actor


def names() -> list[str]:
    """Return the names of the communes."""
    return resources.files("chiso.web.demo").joinpath("khanh-hoa.txt").read_text("utf-8").splitlines()


def make_units() -> dict[str, Unit]:
    """Make the province, what was there before 1 July 2025, and its communes, each by its legal act."""
    provinces = _act("202/2025/QH15", dt.date(2025, 6, 12), "Quốc hội", "Về việc sắp xếp đơn vị hành chính cấp tỉnh")
    tiers = _act(
        "203/2025/QH15",
        dt.date(2025, 6, 16),
        "Quốc hội",
        "Sửa đổi, bổ sung một số điều của Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam",
    )
    communes = _act(
        "1667/NQ-UBTVQH15",
        dt.date(2025, 6, 16),
        "Ủy ban Thường vụ Quốc hội",
        "Về việc sắp xếp các đơn vị hành chính cấp xã của tỉnh Khánh Hòa năm 2025",
    )
    province = _unit("KH", PROVINCE, Kind.PROVINCE, None, None)
    merged = _unit("NT", "Tỉnh Ninh Thuận", Kind.PROVINCE, None, provinces, ended=True)
    Succession.objects.create(
        predecessor=merged, successor=province, kind=Succession.Kind.MERGED, on=_REFORM, act=provinces
    )
    for number, name in enumerate(_FORMER, 1):
        _unit(f"KH-H{number}", name, Kind.DISTRICT, province, tiers, ended=True)
    made = {PROVINCE: province}
    for number, name in enumerate(names(), 1):
        made[name] = _unit(f"KH-{number:02}", name, Kind.COMMUNE, province, communes, since=_REFORM)
    return made


def _act(number: str, date: dt.date, issuer: str, title: str) -> LegalAct:
    return LegalAct.objects.create(number=number, date=date, issuer=issuer, title=title)


def _unit(
    code: str,
    name: str,
    kind: Kind,
    parent: Unit | None,
    act: LegalAct | None,
    *,
    since: dt.date = _BEGINNING,
    ended: bool = False,
) -> Unit:
    made = Unit.objects.create(code=code)
    last = _REFORM - dt.timedelta(days=1) if ended else None
    UnitVersion.objects.create(
        unit=made, code=code, name=name, kind=kind, parent=parent, valid_from=since, valid_to=last, act=act
    )
    return made


def make_rounds(units: dict[str, Unit], samples: Sequence[Entry], people: People, today: dt.date) -> None:
    """Make last year's round, which is being verified, and this year's, in which the communes report."""
    before = _round(units, today.year - 1, today + dt.timedelta(days=1))
    this = _round(units, today.year, today + dt.timedelta(days=12), previous=before)
    templates = _by_unit(samples)
    for round_ in (before, this):
        _report(round_, templates, people, whole=round_ is before)
    # Only when everybody has reported may the round of last year lie as far back as it does.
    before.stage, before.due_at = Stage.VERIFICATION, before.due_at - dt.timedelta(days=40)
    before.opens_on -= dt.timedelta(days=40)
    before.save()
    _support(this, people, today)


def _by_unit(samples: Sequence[Entry]) -> list[list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in samples:
        found.setdefault(entry.unit, []).append(entry)
    return list(found.values())


def _round(units: dict[str, Unit], year: int, due: dt.date, previous: Round | None = None) -> Round:
    made = Round.objects.create(
        title=f"Mức độ chuyển đổi số cấp xã tỉnh Khánh Hòa năm {year}",
        year=year,
        framework=FrameworkVersion.objects.get(framework=_FRAMEWORK),
        assessor=units[PROVINCE],
        stage=Stage.OPEN,
        opens_on=due - dt.timedelta(days=60),
        due_at=timezone.make_aware(dt.datetime.combine(due, dt.time(17))),
        verified_by=due + dt.timedelta(days=30),
        published_on=due + dt.timedelta(days=60),
        opened_at=timezone.now() - dt.timedelta(days=48),
        settled=["basis", "units", "groups", "calendar"],
        previous=previous,
        is_sample=True,
    )
    groups = {
        kind: RankingGroup.objects.create(round=made, name=name)
        for kind, name in (("Phường", "Phường"), ("Xã", "Xã"), ("Đặc", "Đặc khu"))
    }
    Participant.objects.bulk_create(
        Participant(round=made, unit=units[name], name=name, group=groups[name.split()[0]]) for name in names()
    )
    return made


def _report(round_: Round, templates: Sequence[Sequence[Entry]], people: People, *, whole: bool) -> None:
    """Let each commune report: all of them everything, or some everything, some a part, and some nothing yet."""
    for participant in round_.participants.order_by("pk"):
        drawn = _drawn(participant.name, str(round_.year))
        report = Report.objects.create(participant=participant)
        template = templates[drawn % len(templates)]
        own = participant.name == COMMUNE
        share = Fraction(1) if whole else Fraction(3, 5) if own else min(Fraction(1), Fraction(drawn % 14, 9))
        entries = [_changed(entry, participant.name) for entry in template[: int(len(template) * share)]]
        if not whole and not own and drawn % 3:
            register(
                participant_id=participant.pk,
                level=2 + drawn % 3,
                as_head=True,
                actor=people.coordinator,
                on_behalf=True,
                reason="Theo văn bản đăng ký mẫu của đơn vị",
            )
        if entries:
            fill(report, entries, people.coordinator)
        if share == 1 and (whole or drawn % 2):
            send(report, people.coordinator)


def _drawn(*words: str) -> int:
    """Return a number from 0 to 255 that depends on nothing but the words."""
    return hashlib.sha256("/".join(words).encode()).digest()[0]


def _changed(entry: Entry, unit: str) -> Entry:
    """Return the entry of a sample commune as one of this unit, percentages a little more or less."""
    value = str(entry.value)
    if value.isdecimal() and 10 < int(value) < 95:
        value = str(int(value) * (90 + _drawn(unit, entry.code) % 16) // 100)
    return entry._replace(unit=unit, value=value)


def _support(round_: Round, people: People, today: dt.date) -> None:
    """Put sample documents to criteria of the visitor's commune."""
    own = round_.participants.get(name=COMMUNE)
    plan = About(
        title="Kế hoạch chuyển đổi số năm của phường (tài liệu mẫu)",
        number="12/KH-UBND",
        date=dt.date(today.year, 1, 15),
        issuer="UBND Phường Nha Trang",
    )
    checked = About(
        title="Biên bản kiểm tra an toàn thông tin (tài liệu mẫu)",
        number="07/BB",
        date=dt.date(today.year, 3, 20),
        issuer="Sở Khoa học và Công nghệ",
        valid_from=dt.date(today.year, 3, 20),
        valid_to=dt.date(today.year + 2, 3, 19),
    )
    table = About(title="Tổng hợp hồ sơ trực tuyến (tài liệu mẫu)", date=dt.date(today.year, 9, 30))
    page = About(title="Trang thông tin điện tử của phường (địa chỉ mẫu)")
    keep = partial(add_file, participant=own, actor=people.officer)
    keep(code="I.1", file=sample_paper("KE HOACH MAU"), file_name="ke-hoach-mau.pdf", about=plan)
    keep(code="I.2", file=sample_paper("BIEN BAN MAU"), file_name="bien-ban-mau.pdf", about=checked)
    keep(code="I.3", file=sample_table(), file_name="tong-hop-mau.xlsx", about=table)
    url = "https://phuong-mau.example/chuyen-doi-so"
    add_link(participant=own, code="I.4", url=url, about=page, actor=people.officer)
