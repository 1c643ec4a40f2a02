"""What the demonstration holds. Everything but the names of a province's units is made up, and says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from chiso.scoring.entries import Entry
from chiso.web.audit.services import SYSTEM, Actor
from chiso.web.collection.models import Report
from chiso.web.demo import province
from chiso.web.demo.filling import fill, send
from chiso.web.demo.phases import prepare_next_year, register_levels
from chiso.web.demo.supplies import supply_sample
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.services import add_bundled, add_framework, loaded
from chiso.web.people.models import Assignment, Invitation, Role, User
from chiso.web.results.services import recalculate
from chiso.web.rounds.models import Participant, RankingGroup, Round, Stage
from chiso.web.units.models import Kind, Unit, UnitVersion
from chiso.workbook.entries import read_entries

#: One password for every account of the demonstration; the accounts exist nowhere else.
PASSWORD = "trinh-dien-chiso"  # noqa: S105

#: Since when the sample units exist.
START = dt.date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Account:
    """A person of the demonstration."""

    email: str
    full_name: str
    position: str
    role: Role
    unit: str
    agency: str = ""


DERIVED_ID = "khung-2024-commune-tinh-mau"

#: A province's own set, derived from the national one: some thresholds are higher, some criteria due before the others.
DERIVED = """
format: 1
id: {id}
version: "1.0"
extends: khung-2024-commune
title:
  vi: Khung tiêu chí chuyển đổi số cấp xã của Tỉnh mẫu A (dữ liệu mẫu)
  en: Maturity of communes, Sample province A (sample data)
legal:
  number: 00/QĐ-MẪU
  year: 2026
  issuer: Ủy ban nhân dân Tỉnh mẫu A
  title: Văn bản mẫu, không có thật
changes:
  criteria:
    "I.1":
      rule: {{kind: levels, value: share, targets: {{1: 60%, 2: 70%, 3: 80%, 4: 100%, 5: 100%}}}}
    "I.2":
      rule: {{kind: levels, value: share, targets: {{1: 20%, 2: 40%, 3: 60%, 4: 80%, 5: 90%}}}}
    "II.5": {{due: "Trước ngày {early:%d/%m/%Y}"}}
    "III.1": {{due: "Trước ngày {soon:%d/%m/%Y}"}}
    "III.2": {{due: "Trước ngày {soon:%d/%m/%Y}"}}
    "III.4": {{due: "Trước ngày {soon:%d/%m/%Y}"}}
deadlines:
  "Trước ngày {early:%d/%m/%Y}": {{kind: date, date: {early:%Y-%m-%d}}}
  "Trước ngày {soon:%d/%m/%Y}": {{kind: date, date: {soon:%Y-%m-%d}}}
"""

MINISTRY, PROVINCE = "Bộ mẫu", "Tỉnh mẫu A"
REAL, COMMUNE = province.PROVINCE, province.COMMUNE

#: An agency as the framework prints it.
STATISTICS = "Cơ quan thống kê"

ACCOUNTS = (
    Account("quantri@mau.example", "Quản trị mẫu", "Quản trị hệ thống", Role.OPERATOR, ""),
    Account("dieuphoi@mau.example", "Điều phối mẫu", "Đầu mối đợt đánh giá cấp tỉnh", Role.COORDINATOR, MINISTRY),
    Account("lanhdao@mau.example", "Lãnh đạo mẫu", "Lãnh đạo Bộ mẫu", Role.LEADER, MINISTRY),
    Account("kiemtoan@mau.example", "Kiểm toán mẫu", "Kiểm toán", Role.AUDITOR, MINISTRY),
    Account("canbo@mau.example", "Cán bộ mẫu một", "Chuyên viên Tỉnh mẫu A", Role.OFFICER, PROVINCE),
    Account("canbo2@mau.example", "Cán bộ mẫu hai", "Chuyên viên Tỉnh mẫu A", Role.OFFICER, PROVINCE),
    Account("thutruong@mau.example", "Thủ trưởng mẫu", "Thủ trưởng Tỉnh mẫu A", Role.HEAD, PROVINCE),
    Account("dieuphoixa@mau.example", "Điều phối xã mẫu", "Đầu mối đợt đánh giá cấp xã", Role.COORDINATOR, PROVINCE),
    Account("canboxa@mau.example", "Cán bộ xã mẫu", "Công chức Xã mẫu A1", Role.OFFICER, "Xã mẫu A1"),
    Account("thongke@mau.example", "Thống kê mẫu", "Cơ quan Thống kê Tỉnh mẫu A", Role.PROVIDER, PROVINCE, STATISTICS),
    Account("thutruongxa@mau.example", "Thủ trưởng xã mẫu", "Chủ tịch Xã mẫu A1", Role.HEAD, "Xã mẫu A1"),
    Account("dieuphoikh@mau.example", "Điều phối tỉnh mẫu", "Đầu mối đợt của Khánh Hòa", Role.COORDINATOR, REAL),
    Account("lanhdaokh@mau.example", "Lãnh đạo tỉnh mẫu", "Lãnh đạo (Khánh Hòa)", Role.LEADER, REAL),
    Account("thamdinh@mau.example", "Thẩm định mẫu", "Thẩm định viên (Khánh Hòa)", Role.VERIFIER, REAL),
    Account("hoidong@mau.example", "Ủy viên mẫu", "Ủy viên Hội đồng (Khánh Hòa)", Role.COUNCIL_MEMBER, REAL),
    Account("thuky@mau.example", "Thư ký mẫu", "Thư ký Hội đồng (Khánh Hòa)", Role.COUNCIL_SECRETARY, REAL),
    Account("chutich@mau.example", "Chủ tịch mẫu", "Chủ tịch Hội đồng (Khánh Hòa)", Role.COUNCIL_CHAIR, REAL),
    Account("canbophuong@mau.example", "Cán bộ phường mẫu", f"Công chức {COMMUNE}", Role.OFFICER, COMMUNE),
    Account("thutruongphuong@mau.example", "Thủ trưởng phường mẫu", f"Chủ tịch {COMMUNE}", Role.HEAD, COMMUNE),
)


def load(examples: Path) -> None:
    """Make the demonstration from the sample figures of a folder; what is there already stays as it is."""
    if Round.objects.filter(is_sample=True).exists():
        return
    add_bundled()
    units, real = _units(examples), province.make_units()
    people = {account.email.partition("@")[0]: _person(account, units | real) for account in ACCOUNTS}
    actors = {name: Actor(person.pk) for name, person in people.items()}
    actor = actors["dieuphoi"]
    today = timezone.localdate()
    early, soon = today - dt.timedelta(days=2), today + dt.timedelta(days=6)
    add_framework(text=DERIVED.format(id=DERIVED_ID, early=early, soon=soon), actor=actors["dieuphoixa"])
    _invitations(units, people["dieuphoi"])
    _former_people(units, today)
    this_year, last_year = (
        _round(
            f"Chỉ số chuyển đổi số cấp tỉnh năm {day.year}",
            "gia-lai-2023-province",
            units[MINISTRY],
            {name: unit for name, unit in units.items() if name.startswith("Tỉnh")},
            examples / "gia-lai-sample-facts.csv",
            day,
            actor,
            stage,
        )
        for day, stage in ((today, Stage.OPEN), (today - dt.timedelta(days=365), Stage.COUNCIL))
    )
    Round.objects.filter(pk=this_year.pk).update(previous=last_year)
    communes = _round(
        f"Mức độ chuyển đổi số cấp xã năm {today.year}",
        DERIVED_ID,
        units[PROVINCE],
        {name: unit for name, unit in units.items() if name.startswith(("Xã", "Phường", "Thị trấn"))},
        examples / "communes-sample.csv",
        today,
        actors["dieuphoixa"],
    )
    register_levels(communes, actors["dieuphoixa"])
    # Figures that both sets take from one catalogue add up from the communes; two of them still lack theirs.
    this_year.children.add(communes)
    supply_sample(communes)
    samples = _entries(examples / "communes-sample.csv", "khung-2024-commune")
    acting = province.People(actors["dieuphoikh"], actors["canbophuong"], actors["thutruongphuong"])
    province.make_rounds(real, samples, acting, today)
    # Rounds below come first: they were made last, and those above take up what they result in.
    for round_ in Round.objects.filter(is_sample=True).select_related("framework").order_by("-pk"):
        recalculate(round_=round_, actor=SYSTEM)
    prepare_next_year(this_year, actor)


def _units(examples: Path) -> dict[str, Unit]:
    units = {MINISTRY: _unit("MAU", MINISTRY, Kind.MINISTRY, None)}
    for number, letter in enumerate("ABCDE", 1):
        name = f"Tỉnh mẫu {letter}"
        units[name] = _unit(f"MAU-{number}", name, Kind.PROVINCE, units[MINISTRY])
    names = dict.fromkeys(entry.unit for entry in _entries(examples / "communes-sample.csv", "khung-2024-commune"))
    for number, name in enumerate(names, 1):
        units[name] = _unit(f"MAU-1-{number:02}", name, Kind.COMMUNE, units[PROVINCE])
    return units


def _unit(code: str, name: str, kind: Kind, parent: Unit | None) -> Unit:
    made = Unit.objects.create(code=code)
    UnitVersion.objects.create(unit=made, code=code, name=name, kind=kind, parent=parent, valid_from=START)
    return made


def _person(account: Account, units: dict[str, Unit]) -> User:
    made = User.objects.create_user(account.email, PASSWORD, full_name=account.full_name, position=account.position)
    Assignment.objects.create(
        user=made, role=account.role, unit=units.get(account.unit), agency=account.agency, valid_from=START
    )
    return made


def _former_people(units: dict[str, Unit], today: dt.date) -> None:
    """Make somebody whose role has ended, somebody whose role will end, and a closed account."""
    told = (("nghiviec", "Cán bộ mẫu đã nghỉ", -30, True), ("sapnghi", "Cán bộ mẫu sắp nghỉ", 30, True),
            ("dakhoa", "Cán bộ mẫu đã khóa", None, False))  # fmt: skip
    for name, full_name, days, is_active in told:
        person = User.objects.create_user(
            f"{name}@mau.example", None, full_name=full_name, position="Chuyên viên Tỉnh mẫu B", is_active=is_active
        )
        last = today + dt.timedelta(days=days) if days is not None else None
        Assignment.objects.create(
            user=person, role=Role.OFFICER, unit=units["Tỉnh mẫu B"], valid_from=START, valid_to=last
        )


def _invitations(units: dict[str, Unit], by: User) -> None:
    """Invite people who do not exist: one may still accept, one came too late, to one no mail got through."""
    week_ago = timezone.now() - dt.timedelta(days=8)
    told = (("B", Role.OFFICER, timezone.now(), 7), ("B", Role.HEAD, week_ago, 7), ("C", Role.OFFICER, None, 0))
    for letter, role, sent_at, days in told:
        Invitation.objects.create(
            email=f"{role}.{letter.lower()}@mau.example",
            full_name=f"Người được mời mẫu {letter}",
            role=role,
            unit=units[f"Tỉnh mẫu {letter}"],
            invited_by=by,
            sent_at=sent_at,
            expires_at=sent_at and sent_at + dt.timedelta(days=days),
            failed_at=None if sent_at else timezone.now(),
        )


def _entries(path: Path, framework: str) -> list[Entry]:
    version = FrameworkVersion.objects.get(framework=framework)
    return read_entries(path, loaded(version))[0]


def _round(
    title: str,
    framework: str,
    assessor: Unit,
    members: dict[str, Unit],
    figures: Path,
    today: dt.date,
    actor: Actor,
    stage: Stage = Stage.OPEN,
) -> Round:
    """Make a round that was opened ten days before a day, and move it to its stage once everything is reported."""
    version = FrameworkVersion.objects.get(framework=framework)
    due = timezone.make_aware(dt.datetime.combine(today + dt.timedelta(days=20), dt.time(17)))
    made = Round.objects.create(
        title=title,
        year=today.year,
        framework=version,
        assessor=assessor,
        stage=Stage.OPEN,
        opens_on=today - dt.timedelta(days=10),
        due_at=timezone.now() + dt.timedelta(days=1),  # nothing is taken in after the due time
        verified_by=today + dt.timedelta(days=40),
        council_on=today + dt.timedelta(days=50),
        appeals_until=today + dt.timedelta(days=65),
        opened_at=timezone.now() - dt.timedelta(days=10),
        settled=["basis", "units", "groups", "calendar"],
        is_sample=True,
    )
    group = RankingGroup.objects.create(round=made, name="Khối mẫu")
    entries = _entries(figures, framework)
    for position, (name, unit) in enumerate(members.items()):
        participant = Participant.objects.create(round=made, unit=unit, name=name, group=group)
        report = Report.objects.create(participant=participant)
        own = [entry for entry in entries if entry.unit == name]
        # The first unit is the visitor's: half of its figures are left to be filled in.
        fill(report, own[: len(own) // 2] if position == 0 and stage == Stage.OPEN else own, actor)
        if stage != Stage.OPEN:
            send(report, actor)
    made.stage, made.due_at = stage, due
    made.save(update_fields=["stage", "due_at"])
    return made
