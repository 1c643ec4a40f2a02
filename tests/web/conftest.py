"""Fixtures of the web tests."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
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


@pytest.fixture(scope="module")
def log_that_forgets(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Let the log be emptied after each test of a module, which the database otherwise refuses."""
    guard = import_module("chiso.web.audit.migrations.0002_append_only")
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        guard.allow(apps, editor)
    yield
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        guard.forbid(apps, editor)
