"""Django's settings, safe by default; a deployment sets the variables of docs/reference/settings.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from chiso.web import environment as env

#: A demonstration on one's own machine: plain HTTP, sample accounts, mail as files. Never for real data.
DEMO = env.flag("CHISO_DEMO")

BASE = Path(__file__).parent
DATA = Path(env.text("CHISO_DATA", "data"))

DEBUG = False
SECRET_KEY = env.secret("CHISO_SECRET_KEY", needed=not DEMO) or "demonstration-only-" + "x" * 40
#: Keys of the past: what they signed or encrypted still holds until it is made anew.
SECRET_KEY_FALLBACKS = env.secrets("CHISO_OLD_SECRET_KEYS")
ALLOWED_HOSTS = env.listed("CHISO_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.listed("CHISO_ORIGINS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "chiso.web.audit",
    "chiso.web.jobs",
    "chiso.web.units",
    "chiso.web.people",
    "chiso.web.frameworks",
    "chiso.web.rounds",
    "chiso.web.evidence",
    "chiso.web.collection",
    "chiso.web.providers",
    "chiso.web.reminders",
    "chiso.web.results",
    "chiso.web.operations",
]

if DEMO:
    INSTALLED_APPS.append("chiso.web.demo")

MIDDLEWARE = [
    "chiso.web.proxy.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "chiso.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "chiso.web.incoming.CharactersMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "chiso.web.people.session_end.SessionEndMiddleware",
    "chiso.web.people.access.AccessMiddleware",
    "chiso.web.people.second_factor.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "chiso.web.urls"
WSGI_APPLICATION = "chiso.web.wsgi.application"

#: One template language for every page; the Django engine serves what libraries bring along.
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE / "templates", *sorted(BASE.glob("*/templates"))],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "chiso.web.pages.environment",
            "context_processors": ["chiso.web.pages.frame", "django.contrib.messages.context_processors.messages"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

# -- data

DATABASES = {"default": dj_database_url.parse(env.text("CHISO_DATABASE_URL", f"sqlite:///{DATA / 'chiso.sqlite3'}"))}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers take the lock when they begin, and wait for it in a queue: none fails half-way, none is forgotten.
    DATABASES["default"]["ENGINE"] = "chiso.web.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000;",
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # What pages ask all the time stays planned in each connection, from the first time on: see chiso.web.compiled.
    DATABASES["default"]["OPTIONS"] = {**DATABASES["default"].get("OPTIONS", {}), "prepare_threshold": 0}
# A connection serves many requests; to open one costs as much as several questions.
DATABASES["default"]["CONN_MAX_AGE"] = 600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

#: Counts of attempts, shared by all processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "chiso_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

STORAGES = {
    "default": {"BACKEND": "chiso.web.files.WholeFileStorage", "OPTIONS": {"location": DATA / "files"}},
    "evidence": {
        "BACKEND": "chiso.web.files.WholeFileStorage",
        "OPTIONS": {"location": DATA / "evidence", "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "chiso.web.static_files.StaticFiles"},
}
if env.text("CHISO_S3_BUCKET"):
    STORAGES["evidence"] = {
        "BACKEND": "chiso.web.evidence.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": env.text("CHISO_S3_BUCKET"),
            "endpoint_url": env.text("CHISO_S3_ENDPOINT") or None,
            "region_name": env.text("CHISO_S3_REGION") or None,
            "access_key": env.secret("CHISO_S3_ACCESS_KEY", needed=True),
            "secret_key": env.secret("CHISO_S3_SECRET_KEY", needed=True),
        },
    }

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

# -- people

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "full_name"]},
    },
    {"NAME": "chiso.web.people.passwords.LengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "chiso.web.people.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "chiso.web.people.adapter.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = True  # a session lasts as long as SESSION_COOKIE_AGE says
ACCOUNT_FORMS = {"reset_password": "chiso.web.people.sign_in_forms.ResetForm"}
#: Whole offices stand behind one address; of one account, wrong passwords from everywhere count together.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "30/m/ip,30/10m/key",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "invitation": "60/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
#: A link for a new password works for three hours.
PASSWORD_RESET_TIMEOUT = 3 * 60 * 60
#: The days for which an invitation may be accepted.
INVITATION_DAYS = env.number("CHISO_INVITATION_DAYS", 7)
#: Operators and coordinators need a second factor.
REQUIRE_MFA = env.flag("CHISO_REQUIRE_MFA")
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "chiso.web.people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "ChiSo"
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO

SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if env.text("CHISO_OIDC_SERVER"):
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": env.text("CHISO_OIDC_NAME", "SSO"),
                    "client_id": env.text("CHISO_OIDC_CLIENT"),
                    "secret": env.secret("CHISO_OIDC_SECRET", needed=True),
                    "settings": {"server_url": env.text("CHISO_OIDC_SERVER"), "oauth_pkce_enabled": True},
                }
            ]
        }
    }

#: After so many wrong passwords for one account from one address, it is locked for a while.
AXES_FAILURE_LIMIT = env.number("CHISO_LOGIN_ATTEMPTS", 5)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "people/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_SENSITIVE_PARAMETERS = ["password", "login"]
#: Proxies of our own in front: so many of the last entries of X-Forwarded-For can be believed.
PROXIES = env.number("CHISO_PROXIES", 0)

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not DEMO
CSRF_COOKIE_SECURE = not DEMO
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "chiso.web.errors.csrf_failure"

# -- safety of the connection and of the pages

SECURE_SSL_REDIRECT = env.flag("CHISO_HTTPS", default=not DEMO)
SECURE_HSTS_SECONDS = 0 if DEMO else env.number("CHISO_HSTS_SECONDS", 365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
if env.flag("CHISO_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
#: A full page of a provider's figures has 100 rows of 12, each with what stood there before.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_HANDLERS = [
    "chiso.web.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
#: Folder with certificates (PEM or DER) of the issuers whose signatures are trusted.
TRUSTED_ISSUERS = env.text("CHISO_TRUSTED_ISSUERS")
#: Largest file of evidence, in MiB.
EVIDENCE_MAX_MIB = env.number("CHISO_EVIDENCE_MAX_MIB", 50)

# -- words

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese")), ("en", _("English"))]
LOCALE_PATHS = [BASE / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = not DEMO
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("CHISO_TIME_ZONE", "Asia/Ho_Chi_Minh")

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE / "static", *sorted(BASE.glob("*/static"))]
WHITENOISE_USE_FINDERS = DEMO
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# -- mail

EMAIL_BACKEND = {
    "smtp": "django.core.mail.backends.smtp.EmailBackend",
    "file": "django.core.mail.backends.filebased.EmailBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
}[env.one_of("CHISO_MAIL", "smtp", "file", "console", default="file")]
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = env.text("CHISO_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("CHISO_SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("CHISO_SMTP_USER")
EMAIL_HOST_PASSWORD = env.secret("CHISO_SMTP_PASSWORD", needed=False)
EMAIL_USE_TLS = env.flag("CHISO_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("CHISO_MAIL_FROM", "chiso@localhost")
#: So many days before the due day people are reminded; the command ``send_reminders`` does it.
REMINDER_DAYS = env.numbers("CHISO_REMINDER_DAYS", "7,3,1")
#: Addresses outside that get a seal of the log once a day; see docs/reference/log.md.
SEAL_TO = env.listed("CHISO_SEAL_TO")
#: The address under which people reach this installation, for links in mails.
BASE_URL = env.text("CHISO_BASE_URL", "http://127.0.0.1:8000")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "chiso.web.journal.LineFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
