"""The settings of the tests: the product's, with fast passwords, mail in memory, data in a folder of their own."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["CHISO_DEMO"] = "0"
os.environ["CHISO_SECRET_KEY"] = "only-for-tests-" + "0" * 40
os.environ["CHISO_HTTPS"] = "0"
os.environ["CHISO_OIDC_SERVER"] = "http://127.0.0.1:9"  # nobody answers there, unless a test sets up a provider
os.environ["CHISO_OIDC_CLIENT"] = "chiso"
os.environ["CHISO_OIDC_SECRET"] = "only-for-tests"
os.environ["CHISO_DATA"] = tempfile.mkdtemp(prefix="chiso-tests-")

from chiso.web.settings import *  # noqa: F403

DATA = Path(os.environ["CHISO_DATA"])
atexit.register(shutil.rmtree, DATA, ignore_errors=True)
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = False
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}  # noqa: F405
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": ["default", "mail"]}}

if DATABASES["default"]["ENGINE"] == "chiso.web.sqlite":  # noqa: F405
    # Side by side, every worker has a database of its own in memory; the plugin knows that of Django's backend only.
    DATABASES["default"].setdefault("TEST", {})["NAME"] = ":memory:"  # noqa: F405
