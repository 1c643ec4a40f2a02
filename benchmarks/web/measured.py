"""The product's settings with the addresses of :mod:`measured_urls`: nothing else differs from production."""

from chiso.web.settings import *  # noqa: F403

ROOT_URLCONF = "measured_urls"
