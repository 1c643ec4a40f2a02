"""The application as a WSGI server calls it."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chiso.web.settings")

#: After how many new objects Python looks for garbage that refers to itself; it would do so after 700, 10, 10.
GARBAGE = (20_000, 10, 10)

application = get_wsgi_application()

# With the settings there, before the first request.
from chiso.web.static_files import check_collected  # noqa: E402

check_collected()

# What the program consists of lasts as long as the process: to look through it for garbage again and again would hold
# up a request for a tenth of a second now and then. Pages leave little that refers to itself, so that it may wait.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(*GARBAGE)
