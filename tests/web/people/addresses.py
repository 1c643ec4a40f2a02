"""What the addresses of ``people`` need for the table of permissions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession

from chiso.web.jobs.models import Job, JobState
from chiso.web.people.invitations import draw_token
from chiso.web.people.models import Role, User
from tests.web import factories as make
from tests.web.world import Arguments, World


def _with_app(person: User) -> None:
    TOTP.activate(person, generate_totp_secret())


def _with_codes(person: User) -> None:
    _with_app(person)
    RecoveryCodes.activate(person)


def _with_key(person: User) -> None:
    Authenticator.objects.create(pk=1, user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "Khóa"})


def _with_session(person: User) -> None:
    UserSession.objects.create(pk=1, user=person, ip="192.0.2.1", session_key="another", user_agent="")


def _invitation(world: World) -> Mapping[str, object]:
    return {"pk": make.invitation(world.unit).pk}


def _checked(world: World) -> Mapping[str, object]:
    """A checked list of somebody else: nobody but who gave it sees it."""
    made = Job.objects.create(kind="people.check_list", state=JobState.DONE, by=make.person())
    return {"pk": made.pk}


def _officer(world: World) -> Mapping[str, object]:
    return {"pk": make.person((Role.OFFICER, world.unit)).pk}


def _role(world: World) -> Mapping[str, object]:
    return {"pk": make.person((Role.OFFICER, world.unit)).assignments.get().pk}


def _token(world: World) -> Mapping[str, object]:
    drawn = draw_token(pk=make.invitation(world.unit).pk)
    assert drawn is not None
    return {"token": drawn[1]}


ARGUMENTS: dict[str, Arguments] = {
    "invitation": _token,
    "person": _officer,
    "person_contacts": _officer,
    "person_role": _officer,
    "person_close": _officer,
    "person_reopen": _officer,
    "person_reset_factor": _officer,
    "role_end": _role,
    "people_bulk_checked": _checked,
    "people_bulk_apply": _checked,
    "people_invitation": _invitation,
    "people_invitation_send": _invitation,
    "people_invitation_withdraw": _invitation,
    "end_session": lambda world: {"pk": 1},
    "account_reset_password_from_key": lambda world: {"uidb36": "1", "key": "wrong-key"},
    "mfa_edit_webauthn": lambda world: {"pk": 1},
    "mfa_remove_webauthn": lambda world: {"pk": 1},
    "openid_connect_callback": lambda world: {"provider_id": "sso"},
    "openid_connect_login": lambda world: {"provider_id": "sso"},
}

PREPARED: dict[str, Callable[[User], None]] = {
    "end_session": _with_session,
    "mfa_deactivate_totp": _with_app,
    "mfa_download_recovery_codes": _with_codes,
    "mfa_edit_webauthn": _with_key,
    "mfa_generate_recovery_codes": _with_app,
    "mfa_reauthenticate": _with_app,
    "mfa_remove_webauthn": _with_key,
    "mfa_view_recovery_codes": _with_codes,
}
