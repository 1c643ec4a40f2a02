"""``chiso template``: a workbook that an office fills in without us."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from chiso.cli.loading import load_framework
from chiso.cli.main import DONE, UnusableError
from chiso.cli.output import say
from chiso.cli.phrases import phrase
from chiso.workbook.faults import TableError
from chiso.workbook.template import write_template


def make_template(options: Namespace) -> int:
    """Write the form of a framework."""
    framework = load_framework(options.id, options)
    path = Path(options.output)
    if path.suffix.lower() != ".xlsx":
        raise UnusableError(phrase("output.xlsx", options.lang, name=options.output))
    try:
        write_template(framework, path, options.unit, options.lang)
    except TableError as error:
        raise UnusableError(error.located(options.lang)) from error
    except OSError as error:
        raise UnusableError(phrase("file.write", options.lang, name=options.output, problem=error.strerror)) from error
    say(phrase("template.done", options.lang, name=options.output))
    return DONE
