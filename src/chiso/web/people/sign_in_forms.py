"""Forms of django-allauth that behave differently here."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from chiso.web.people import mails


class ResetForm(ResetPasswordForm):  # type: ignore[misc]
    """Takes any address alike: neither the answer nor its time says whether it has an account."""

    def clean_email(self) -> str:
        """Return the address, without looking for an account."""
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Let a worker look for the account and write to it."""
        email: str = self.cleaned_data["email"]
        mails.offer_reset(email=email)
        return email
