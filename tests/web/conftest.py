"""Fixtures of the web tests."""

from __future__ import annotations

import pytest
from django.test import Client

from chiso.web.people.models import User


class Browser(Client):
    """A test client that signs people in without a password."""

    def as_person(self, user: User) -> Browser:
        self.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return self


@pytest.fixture
def browser() -> Browser:
    return Browser()
