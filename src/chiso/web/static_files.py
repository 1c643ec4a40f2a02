"""Static files as a server keeps them: under names that say what is in them, also where scripts name each other."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Writes the final names into ``import ... from`` as well; the plain ones are not kept."""

    support_js_module_import_aggregation = True
