"""Static files as a server keeps them: what scripts import from each other is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from chiso.web import settings as shipped
from chiso.web import static_files
from chiso.web.static_files import StaticFiles

IMPORTED = re.compile(r"""\bfrom\s*["'](\.[^"']+)["']""")


def test_scripts_find_each_other_on_a_server(tmp_path: Path, settings) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": dict(shipped.STORAGES["staticfiles"])}
    call_command("collectstatic", interactive=False, verbosity=0)

    own = [path for path in tmp_path.rglob("*.js") if "vendor" not in path.parts]
    found = [(path, name) for path in own for name in IMPORTED.findall(path.read_text("utf-8"))]
    assert len(found) > 10
    assert [f"{path.name}: {name}" for path, name in found if not (path.parent / name).is_file()] == []


def test_a_server_without_them_says_what_to_run(tmp_path: Path, settings, monkeypatch) -> None:
    settings.STATIC_ROOT, settings.WHITENOISE_USE_FINDERS = tmp_path, False
    settings.STORAGES = {**settings.STORAGES, "staticfiles": dict(shipped.STORAGES["staticfiles"])}
    monkeypatch.setattr(static_files, "staticfiles_storage", StaticFiles())
    with pytest.raises(SystemExit) as told:
        static_files.check_collected()
    assert str(tmp_path) in str(told.value)
    assert "python -m chiso.web collectstatic --no-input" in str(told.value)

    call_command("collectstatic", interactive=False, verbosity=0)
    monkeypatch.setattr(static_files, "staticfiles_storage", StaticFiles())
    static_files.check_collected()
