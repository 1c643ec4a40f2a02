"""Static files as a server keeps them: under names that say what is in them, also where scripts name each other."""

from __future__ import annotations

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Writes the final names into ``import ... from`` as well; the plain ones are not kept."""

    support_js_module_import_aggregation = True


def check_collected() -> None:
    """End with what to run where a server would start without its static files: every page would fail for want of them.

    Raises:
        SystemExit: they were never collected.
    """
    if settings.WHITENOISE_USE_FINDERS or getattr(staticfiles_storage, "hashed_files", True):
        return
    raise SystemExit(
        f"ChiSo cannot start: its static files are not in {settings.STATIC_ROOT}.\n"
        "Run this with the same settings, then start the server again:\n"
        "    python -m chiso.web collectstatic --no-input"
    )
