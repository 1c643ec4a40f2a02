"""How accounts come into being: by invitation only, whether with a password or through single sign-on."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chiso.web.people.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closes the sign-up page."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account of their own."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Lets people in through single sign-on whose verified address belongs to an account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody makes an account of their own."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect a first sign-on with the account that has its verified address, or refuse it."""
        if sociallogin.is_existing:
            return
        addresses = [one.email.casefold() for one in sociallogin.email_addresses if one.verified]
        user = User.objects.filter(email__in=addresses, is_active=True).first()
        if user is None:
            messages.error(request, _("There is no account for this address. Ask your coordinator for an invitation."))
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, user)

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        """Return to the page of one's own account."""
        return "/account/"
