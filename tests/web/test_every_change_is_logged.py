"""Whatever somebody sends that changes something makes an entry in the log; what makes none has a reason."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from typing import Any

import openpyxl
import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.totp.internal import auth as totp
from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor
from chiso.web.collection.models import Remark
from chiso.web.collection.opening import found_report, opened
from chiso.web.collection.submission import submit
from chiso.web.frameworks.services import loaded
from chiso.web.jobs.models import Job
from chiso.web.people.access import Access
from chiso.web.people.models import Role, User
from chiso.web.rounds.models import RankingGroup, Round, Stage
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.evidence import files
from tests.web.people.test_accepting import FORM as ACCEPTED
from tests.web.rounds.test_registration import LEVELS
from tests.web.rounds.test_terms import COMPARED, reading
from tests.web.test_permissions import ROWS
from tests.web.units import reform
from tests.web.units.books import book
from tests.web.units.test_views import ACT
from tests.web.world import World, collected

pytestmark = pytest.mark.django_db

ARGUMENTS = collected("ARGUMENTS")
FORMS = collected("FORMS")
PREPARED = collected("PREPARED")

NEW = "four quiet green lamps"
JSON = "application/json"


@dataclass
class Change:
    """Something that somebody sends: who, what, and where, if the address is not that of the table of permissions.

    ``before`` is done by the same browser first, and says the address, or what else is sent; ``asks_again``: only after
    the password was given once more.
    """

    by: User | None
    sent: Mapping[str, Any] = field(default_factory=dict)
    address: str = ""
    is_json: bool = False
    asks_again: bool = False
    before: Callable[[Browser], str | Mapping[str, Any] | None] = lambda browser: None


def of(role: Role, **sent: Any) -> Callable[[World], Change]:
    """Return a change that needs nothing but its form, by somebody with a role of the world."""
    return lambda world: Change(world.own(role), sent)


def in_preparation(world: World) -> Round:
    Round.objects.filter(pk=world.round.pk).update(stage=Stage.PREPARING)
    world.round.refresh_from_db()
    return world.round


def preparing(**sent: Any) -> Callable[[World], Change]:
    def change(world: World) -> Change:
        in_preparation(world)
        return Change(world.own(Role.COORDINATOR), sent)

    return change


# -- accounts


def with_password(world: World) -> Change:
    return Change(make.person(), {"oldpassword": "correct horse", "password1": NEW, "password2": NEW})


def first_password(world: World) -> Change:
    person = make.person()
    person.set_unusable_password()
    person.save()
    return Change(person, {"password1": NEW, "password2": NEW})


def lost_password(world: World) -> Change:
    person = make.person()
    key = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    link = reverse("account_reset_password_from_key", kwargs=key)
    return Change(None, {"password1": NEW, "password2": NEW}, before=lambda browser: browser.get(link)["Location"])


def of_oneself(address: str, **sent: Any) -> Callable[[World], Change]:
    def change(world: World) -> Change:
        person = make.person()

        def before(browser: Browser) -> None:
            PREPARED.get(address, lambda person: None)(person)

        return Change(person, sent, asks_again=True, before=before)

    return change


def app_set_up(world: World) -> Change:
    def before(browser: Browser) -> Mapping[str, Any]:
        browser.get(reverse("mfa_activate_totp"))
        secret = browser.session[totp.SECRET_SESSION_KEY]
        code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
        return {"code": code}

    return Change(make.person(), asks_again=True, before=before)


def sessions(world: World) -> Change:
    person = make.person()
    UserSession.objects.create(pk=1, user=person, ip="192.0.2.1", session_key="another", user_agent="")
    return Change(person)


# -- people


def role_given(world: World) -> Change:
    pk = make.person((Role.OFFICER, world.unit)).pk
    told = {"role": "head", "unit": world.unit.code, "valid_from": date.today().isoformat()}  # noqa: DTZ011
    return Change(world.own(Role.COORDINATOR), told, reverse("person_role", args=[pk]))


def reopened(world: World) -> Change:
    person = make.person((Role.OFFICER, world.unit))
    User.objects.filter(pk=person.pk).update(is_active=False)
    return Change(world.own(Role.COORDINATOR), address=reverse("person_reopen", args=[person.pk]))


def factor_reset(world: World) -> Change:
    person = make.person((Role.OFFICER, world.unit))
    totp.TOTP.activate(person, totp.generate_totp_secret())
    return Change(world.own(Role.OPERATOR), address=reverse("person_reset_factor", args=[person.pk]))


def invited(world: World) -> Change:
    told = {"email": "an.mau@example.org", "full_name": "An Mẫu", "role": "officer", "unit": world.unit.code}
    return Change(world.own(Role.COORDINATOR), {**told, "valid_from": date.today().isoformat()})  # noqa: DTZ011


def many_invited(world: World) -> Change:
    def before(browser: Browser) -> str:
        browser.post(reverse("people_bulk"), {"lines": f"{world.unit.code}; an@example.org; An Mẫu; Cán bộ nhập liệu"})
        return reverse("people_bulk_apply", args=[Job.objects.latest("pk").pk])

    return Change(world.own(Role.COORDINATOR), before=before)


# -- units


def merged(world: World) -> Change:
    one, two = make.unit("Xã một"), make.unit("Xã hai")
    told = {"units": f"{one.code}\n{two.code}", "code": "N", "name": "Xã gộp", "kind": "commune", "confirmed": "1"}
    return Change(world.own(Role.OPERATOR), ACT | told)


def unit_changed(world: World) -> Change:
    told = {"code": world.unit.code, "name": "Xã đổi tên", "kind": "commune", "confirmed": "1"}
    return Change(world.own(Role.OPERATOR), ACT | told)


def units_imported(world: World) -> Change:
    def before(browser: Browser) -> str:
        job = browser.post(reverse("units_import"), {"file": book(reform.before())})["Location"]
        return f"{browser.get(f'{job}/part')['HX-Redirect']}/apply"

    return Change(world.own(Role.OPERATOR), before=before)


# -- frameworks and rounds


def framework_taken(world: World) -> Change:
    def before(browser: Browser) -> str:
        text = make.SMALL.replace("small-2025-commune", "another-2025-commune")
        browser.post(reverse("framework_add"), {"file": SimpleUploadedFile("bo.yaml", text.encode())})
        return reverse("framework_take", args=[Job.objects.latest("pk").pk])

    return Change(world.own(Role.COORDINATOR), before=before)


def framework_offered(world: World) -> Change:
    version = world.round.framework
    version.withdrawn_at = timezone.now()
    version.save()
    return Change(world.own(Role.OPERATOR))


def round_begun(world: World) -> Change:
    told = {"title": "Đợt mới", "year": "2027", "framework": make.framework().pk, "assessor": world.assessor.pk}
    return Change(world.own(Role.COORDINATOR), told)


def basis_set(world: World) -> Change:
    round_ = in_preparation(world)
    told = {"title": "Tên khác", "year": "2026", "framework": round_.framework_id, "assessor": world.assessor.pk}
    return Change(world.own(Role.COORDINATOR), told)


def units_added(world: World) -> Change:
    in_preparation(world)
    make.unit("Xã thêm vào", parent=world.assessor)
    return Change(world.own(Role.COORDINATOR), {"kinds": ["commune"], "place": "kinds"})


def units_moved(world: World) -> Change:
    group = RankingGroup.objects.create(round=world.round, name="Khối xã")
    told = {"do": "group", "chosen": [world.participant.pk], "group": group.pk}
    return Change(world.own(Role.COORDINATOR), told)


def outside_set(world: World) -> Change:
    round_ = make.round_(world.assessor, make.framework(COMPARED), stage=Stage.PREPARING)
    told = {"@reference/1.3/reference": "7,5"}
    return Change(world.own(Role.COORDINATOR), told, reverse("round_outside", args=[round_.pk]))


def readings_set(world: World) -> Change:
    round_ = make.round_(world.assessor, make.framework(reading(COMPARED)), stage=Stage.PREPARING)
    told = {"reading-A17": "dense"}
    return Change(world.own(Role.COORDINATOR), told, reverse("round_readings", args=[round_.pk]))


def rounds_below(world: World) -> Change:
    below = make.round_(make.unit("Huyện mẫu", make.Kind.DISTRICT, world.assessor), in_preparation(world).framework)
    return Change(world.own(Role.COORDINATOR), {"child": [below.pk]})


def copied(world: World) -> Change:
    told = {"title": "Đợt 2026", "framework": world.round.framework_id, "with_new": "on"}
    return Change(world.own(Role.COORDINATOR), told)


def level_registered(world: World) -> Change:
    member = make.participant(make.round_(world.assessor, make.framework(LEVELS)), world.unit)
    return Change(world.own(Role.OFFICER), {"level": "2"}, reverse("round_level", args=[member.pk]))


# -- reports


def saved(world: World) -> Change:
    return Change(world.own(Role.OFFICER), {"cells": {"1.1/a": {"text": "5"}}}, is_json=True)


def from_excel(world: World) -> Change:
    def before(browser: Browser) -> Mapping[str, Any]:
        rows = "unit,code,input,value\nXã mẫu,1.1,a,6020\n"
        address = reverse("collection_spreadsheet_preview", args=[world.report.pk])
        page = browser.post(address, {"file": SimpleUploadedFile("facts.csv", rows.encode())}).content.decode()
        found = re.search(r'name="changes" value="([^"]*)"', page)
        assert found is not None
        return {"changes": unescape(found[1])}

    return Change(world.own(Role.OFFICER), before=before)


def decided(world: World) -> Change:
    actor = Actor(world.own(Role.OFFICER).pk)
    made = submit(report_id=world.report.pk, framework=loaded(world.round.framework), actor=actor, seen=0)
    return Change(world.own(Role.HEAD), {"receipt": made.hash, "decision": "sign"})


def reopened_report(world: World) -> Change:
    decided(world)
    return Change(world.own(Role.COORDINATOR), {"word": "Sai năm"})


def contacts(world: World) -> Change:
    told = 'general_information:\n  - {no: "1", label: Điện thoại liên hệ, personal: true}\ndimensions:'
    version = make.framework(make.SMALL.replace("dimensions:", told, 1))
    report = make.report(make.participant(make.round_(world.assessor, version), world.unit))
    by = world.own(Role.OFFICER)
    ((name, _label),) = opened(found_report(report.pk), Access.of(by.pk)).layout.personal
    return Change(by, {f"contact:{name}": "0900 000 000"}, reverse("collection_contacts", args=[report.pk]))


def evidence_put(world: World) -> Change:
    """Evidence of one criterion serves another."""
    address = reverse("evidence_put", kwargs={"participant_pk": world.participant.pk, "code": "1.2"})
    return Change(world.own(Role.OFFICER), {**FORMS["evidence_put"](world)}, address)


# -- figures of providers


def grid_filled(world: World) -> Change:
    key = f"{world.participant.pk}:1.1/a"
    return Change(world.own(Role.PROVIDER), {f"v:{key}": "5", f"was:{key}": "", f"seen:{key}": "0"})


def supplied(world: World) -> Change:
    cells = {f"{world.participant.pk}:1.1/a": {"text": "5"}}
    return Change(world.own(Role.PROVIDER), {"change": "c1", "cells": cells}, is_json=True)


def answered(world: World) -> Change:
    told = {"kind": "objection", "fact": "1.1/a", "text": "Sai", "by": make.person()}
    remark = Remark.objects.create(participant=world.participant, **told)
    address = reverse("supply_answer", args=[world.round.pk, remark.pk])
    return Change(world.own(Role.PROVIDER), {"text": "Đã xem lại", "value": "", "was": "", "seen": "0"}, address)


def file_supplied(world: World) -> Change:
    key = world.participant.round_id

    def before(browser: Browser) -> str:
        sheet = openpyxl.load_workbook(io.BytesIO(browser.post(reverse("supply_file", args=[key])).content))
        sheet.active.cell(5, 5).value = 12
        buffer = io.BytesIO()
        sheet.save(buffer)
        browser.post(reverse("supply_excel", args=[key]), {"file": SimpleUploadedFile("a.xlsx", buffer.getvalue())})
        return reverse("supply_apply", args=[key, Job.objects.latest("pk").pk])

    return Change(world.own(Role.PROVIDER), before=before)


def agencies_reminded(world: World) -> Change:
    world.own(Role.PROVIDER)
    world.participant  # noqa: B018 - whose figures are owed
    return Change(world.own(Role.COORDINATOR))


def reminded(world: World) -> Change:
    world.own(Role.OFFICER)
    world.report  # noqa: B018 - what is owed
    return Change(world.own(Role.COORDINATOR), {"send": "1"})


CHANGES: dict[str, Callable[[World], Change]] = {
    "own_account": lambda world: Change(make.person(), {"full_name": "Tên mới", "position": "", "phone": ""}),
    "end_session": sessions,
    "end_other_sessions": sessions,
    "account_change_password": with_password,
    "account_set_password": first_password,
    "account_reset_password_from_key": lost_password,
    "mfa_activate_totp": app_set_up,
    "mfa_deactivate_totp": of_oneself("mfa_deactivate_totp"),
    "mfa_generate_recovery_codes": of_oneself("mfa_generate_recovery_codes"),
    "mfa_add_webauthn": of_oneself("mfa_add_webauthn", name="Khóa", credential='{"id": "a"}'),
    "mfa_remove_webauthn": of_oneself("mfa_remove_webauthn"),
    "invitation": lambda world: Change(None, ACCEPTED),
    "person_role": role_given,
    "role_end": of(Role.COORDINATOR, when="now", follows=""),
    "person_close": of(Role.COORDINATOR),
    "person_reopen": reopened,
    "person_reset_factor": factor_reset,
    "people_invite": invited,
    "people_bulk_apply": many_invited,
    "people_invitation_send": of(Role.COORDINATOR),
    "people_invitation_withdraw": of(Role.COORDINATOR),
    "log_export": of(Role.AUDITOR, format="csv"),
    "log_check": of(Role.AUDITOR),
    "unit_create": of(Role.OPERATOR, **ACT, code="M", name="Xã lập mới", kind="commune", confirmed="1"),
    "units_merge": merged,
    "unit_change": unit_changed,
    "unit_split": of(Role.OPERATOR, **ACT, into="P1; Phần 1\nP2; Phần 2", confirmed="1"),
    "unit_end": of(Role.OPERATOR, **ACT, confirmed="1"),
    "units_import_apply": units_imported,
    "evidence_at_criterion": lambda world: Change(
        world.own(Role.OFFICER), {"file": SimpleUploadedFile("Kế hoạch.pdf", files.PDF, "application/pdf")}
    ),
    "evidence_put": evidence_put,
    "evidence_take_away": lambda world: Change(world.own(Role.OFFICER), {**FORMS["evidence_take_away"](world)}),
    "framework_take": framework_taken,
    "framework_withdraw": of(Role.OPERATOR, reason="Sai điểm tối đa"),
    "framework_offer": framework_offered,
    "round_new": round_begun,
    "round_basis": basis_set,
    "round_units": units_added,
    "round_units_change": units_moved,
    "round_groups": preparing(key=["new"], **{"name-new": "Khối xã", "ranked-new": "1", "place-new": "1"}),
    "round_readings": readings_set,
    "round_outside": outside_set,
    "round_below": rounds_below,
    "round_calendar": preparing(opens_on="01/11/2026", due_at="2026-12-31T17:00"),
    "round_copy": copied,
    "round_discard": preparing(),
    "round_move": of(Role.COORDINATOR, to="verification"),
    "round_level": level_registered,
    "round_late": of(Role.COORDINATOR, until="2030-01-01T17:00", reason="Bão"),
    "collection_save": saved,
    "collection_place": of(Role.OFFICER, **{"seen": "0", "v:1.1/a": "5", "was:1.1/a": json.dumps(["", "", "", ""])}),
    "collection_remark": of(Role.OFFICER, kind="difficulty", text="Không có số liệu"),
    "collection_settle": of(Role.OFFICER),
    "collection_spreadsheet_apply": from_excel,
    "collection_submit": of(Role.OFFICER, seen="0"),
    "collection_decide": decided,
    "collection_reopen": reopened_report,
    "collection_contacts": contacts,
    "supply_grid": grid_filled,
    "supply_save": supplied,
    "supply_origin": of(Role.PROVIDER, fact="1.1/a", source="Niên giám", as_of="31/12/2025"),
    "supply_answer": answered,
    "supply_remind": agencies_reminded,
    "supply_apply": file_supplied,
    "remind": reminded,
    "results_recalculate": of(Role.COORDINATOR),
}

#: Signing in and out is kept where wrong passwords are counted, and changes nothing else.
_SIGNS_IN = "signs in or out; kept with the attempts to sign in"
_LOOKS = "shows what would change, and changes nothing"
_FILE = "makes a file for the person who asks, of what they may see anyway; no personal data"

#: Addresses that make no entry, and why.
SILENT = {
    "choose_language": "kept in the browser",
    "account_login": _SIGNS_IN,
    "account_logout": _SIGNS_IN,
    "account_reauthenticate": _SIGNS_IN,
    "account_reset_password": "sends a link; the new password makes an entry",
    "mfa_authenticate": _SIGNS_IN,
    "mfa_reauthenticate": _SIGNS_IN,
    "mfa_reauthenticate_webauthn": _SIGNS_IN,
    "mfa_edit_webauthn": "what one calls one's own key",
    "openid_connect_login": _SIGNS_IN,
    "people_bulk": _LOOKS,
    "units_import": _LOOKS,
    "units_export": _FILE,
    "framework_add": _LOOKS,
    "supply_excel": _LOOKS,
    "supply_file": _FILE,
    "collection_preview": _LOOKS,
    "collection_spreadsheet_preview": _LOOKS,
}


def test_every_address_that_takes_something_is_told_of() -> None:
    taking = {row.name for row in ROWS if row.way == "POST"}

    assert CHANGES.keys() | SILENT.keys() == taking
    assert CHANGES.keys() & SILENT.keys() == set()


def accepts_any_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a security key be added that nobody holds."""
    webauthn = "allauth.mfa.webauthn.internal.auth"
    monkeypatch.setattr(f"{webauthn}.parse_registration_response", lambda told: told)
    monkeypatch.setattr(f"{webauthn}.complete_registration", lambda told: told)


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_change_makes_an_entry_of_whoever_made_it(
    name: str, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
) -> None:
    accepts_any_key(monkeypatch)
    world, browser = World(), Browser()
    arguments = ARGUMENTS.get(name, lambda world: {})(world)
    change = CHANGES[name](world)
    if change.by is not None:
        browser.as_person(change.by)
    if change.asks_again:
        browser.post(reverse("account_reauthenticate"), {"password": "correct horse"})
    more = change.before(browser)
    address = more if isinstance(more, str) else change.address or reverse(name, kwargs=dict(arguments))
    sent = {**change.sent, **more} if isinstance(more, Mapping) else change.sent
    before = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(address, json.dumps(sent), JSON) if change.is_json else browser.post(address, sent)

    made = list(Entry.objects.filter(pk__gt=before).values_list("action", "by"))
    assert answer.status_code in (200, 302)
    assert made, "nothing in the log"
    if change.by is not None:
        assert {by for _action, by in made} == {change.by.pk}
