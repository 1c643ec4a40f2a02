"""The frame of all pages: templates, and what each of them knows."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext, pgettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from chiso.web import formats
from chiso.web.addresses import address
from chiso.web.audit.permissions import may_see_log, may_see_log_of
from chiso.web.navigation import current, navigation


def environment(**options: Any) -> Environment:
    """Return the template environment: an unknown name is a fault, never an empty place."""
    # Django hands over ``autoescape=True``.
    made = Environment(  # noqa: S701
        **{**options, "undefined": StrictUndefined},
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)  # type: ignore[attr-defined]
    made.globals.update(
        gettext=_words,
        _=_words,
        static=_static,
        url=address,
        language=formats.language,
        navigation=navigation,
        current=current,
        sees_log=may_see_log,
        sees_log_of=may_see_log_of,
        sign_on_providers=_sign_on_providers,
    )
    made.filters.update(
        number=formats.number,
        date=formats.date,
        stated_day=formats.stated_day,
        time=formats.time,
        clock=formats.clock,
        filesize=formats.filesize,
        percent=formats.percent,
        points=formats.points,
        aligned=formats.aligned,
    )
    return made


def _words(msgid: str, /, **told: object) -> Markup:
    """Return words in the language of the page, with what they tell, escaped; a page has a hundred of them."""
    language = get_language()
    return _translated(language, msgid) % told if told else _lasting(language, msgid)


@lru_cache(maxsize=8192)
def _translated(_language: str, msgid: str) -> Markup:
    """Return words in the language that is active; what they tell is still to be put in."""
    return Markup(gettext(msgid))  # noqa: S704 - our own words


@lru_cache(maxsize=8192)
def _lasting(language: str, msgid: str) -> Markup:
    """Return words that tell nothing else."""
    return _translated(language, msgid) % {}


#: Where a static file lies; the list of files is read when a process starts.
_static = lru_cache(maxsize=1024)(static)


def _sign_on_providers() -> list[dict[str, str]]:
    """Return the providers of single sign-on that are set."""
    told = settings.SOCIALACCOUNT_PROVIDERS.values()
    return [{"provider_id": app["provider_id"], "name": app["name"]} for one in told for app in one["APPS"]]


_CSRF_INPUT = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame around every page needs."""
    # Masked once for a page, and only where a page has a form: every use would mask it anew.
    token = SimpleLazyObject(lambda: get_token(request))
    return {
        "csrf_token": token,
        "csrf_input": SimpleLazyObject(lambda: format_html(_CSRF_INPUT, token)),
        "user": request.user if hasattr(request, "user") else None,
        "access": getattr(request, "access", None),
        "languages": settings.LANGUAGES,
        "is_demo": settings.DEMO,
    }
