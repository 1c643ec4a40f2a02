"""How django-allauth behaves here: accounts by invitation only, words of our own, mails sent by workers."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chiso.web.people import invitations, mails
from chiso.web.people.models import User
from chiso.web.people.services import PeopleError

_LOG = logging.getLogger("chiso.sign_on")

#: What is said after an act, by the template that allauth would use; acts that are not here say nothing.
SAID = {
    "account/messages/password_changed.txt": gettext_lazy("Your password was changed."),
    "account/messages/password_set.txt": gettext_lazy("Your password was set."),
    "mfa/messages/totp_activated.txt": gettext_lazy("The authenticator app is in use now."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("The authenticator app is not in use any more."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy("New recovery codes were made; the old ones are void."),
    "mfa/messages/webauthn_added.txt": gettext_lazy("The security key was added."),
    "mfa/messages/webauthn_removed.txt": gettext_lazy("The security key was removed."),
}


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the sign-up page, speaks our words, and lets workers send the mails."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": gettext_lazy("This account was closed."),
        "email_password_mismatch": gettext_lazy("The address or the password is wrong."),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_password": gettext_lazy("The password is wrong."),
        "invalid_password_reset": gettext_lazy("The link does not work any more. Ask for a new one."),
        "too_many_login_attempts": gettext_lazy("Too many attempts to sign in. Wait a few minutes, then try again."),
        "rate_limited": gettext_lazy("Too many requests. Wait a few minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the page of one's own account."""
        return reverse("own_account")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what was done, where there is something to say."""
        words = message or SAID.get(message_template or "")
        if words:
            messages.add_message(request, level, words)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell people by mail that how they sign in was changed."""
        mails.tell_of_change(user_id=user.pk)


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps the keys of second factors encrypted: who reads a copy of the database cannot make codes."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("The code is wrong, or was used already. Wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        """Return a secret as the database keeps it."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret as it is used."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 (the name is allauth's)
        """Return a name for a new security key."""
        return _("Security key")


def _cipher() -> MultiFernet:
    keys: list[str] = [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    derived = [hashlib.sha256(("second factor:" + key).encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])


def _invited(request: HttpRequest, sociallogin: SocialLogin, addresses: list[str]) -> User | None:
    """Make the account of somebody who accepts an invitation to an address that the provider vouches for."""
    found = re.search(r"/invitation/([^/]+)/", str(sociallogin.state.get("next") or ""))
    invitation = invitations.of_token(found[1]) if found else None
    if found is None or invitation is None or invitation.email not in addresses:
        return None
    told = invitations.Told(full_name=invitation.full_name)
    try:
        return invitations.accept_new(token=found[1], told=told, address=request.META.get("REMOTE_ADDR", ""))
    except PeopleError:
        return None  # the page of the invitation, where the person came from, says why


def _unknown(addresses: list[str]) -> str:
    """Say why somebody whom the provider knows is not let in."""
    if not addresses:
        return _(
            "Single sign-on does not tell your e-mail address, or does not vouch for it. Sign in with your password, "
            "and tell the system operator."
        )
    told = {"address": ", ".join(addresses)}
    return _("There is no account for %(address)s. Ask your coordinator for an invitation.") % told


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets people in through single sign-on whose verified address belongs to an account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody makes an account of their own."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect a first sign-on with the account that has its verified address, or refuse it."""
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(redirect("account_login"))
        if sociallogin.is_existing:
            return
        # Some providers write "false" as a word.
        addresses = [one.email.casefold() for one in sociallogin.email_addresses if one.verified in (True, "true")]
        user = User.objects.filter(email__in=addresses, is_active=True).first() or _invited(
            request, sociallogin, addresses
        )
        if user is None:
            messages.error(request, _unknown(addresses))
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, exception: Exception | None = None, **told: Any
    ) -> None:
        """Tell the operator what the provider answered; the person is told on the page."""
        _LOG.warning("the provider of single sign-on refused: %r", exception or request.GET.get("error", ""))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Return to the page of one's own account."""
        return reverse("own_account")
