"""A framework with the readings that were chosen for it: what nearly every command begins with."""

from __future__ import annotations

from argparse import Namespace

from chiso.cli.main import UnusableError
from chiso.cli.output import say
from chiso.cli.phrases import phrase
from chiso.framework.faults import FrameworkError
from chiso.framework.loader import load
from chiso.framework.model import Framework


def load_framework(name: str, options: Namespace) -> Framework:
    """Load a framework with the readings that were chosen.

    Raises:
        UnusableError: with every fault of the file.
    """
    readings = {}
    for chosen in getattr(options, "reading", []):
        key, equals, value = chosen.partition("=")
        if not (key and equals and value):
            raise UnusableError(phrase("reading.form", options.lang, value=chosen))
        readings[key] = value
    try:
        framework = load(name, readings)
    except FrameworkError as error:
        raise UnusableError("\n".join(fault.located(options.lang) for fault in error.faults)) from error
    for reading in framework.readings:
        chosen = readings.get(reading.id)
        if chosen not in (None, reading.default) and not reading.options[chosen].computes:
            say(phrase("reading.recorded", options.lang, id=reading.id, option=chosen))
    return framework
