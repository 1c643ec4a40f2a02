"""``chiso template``: a workbook that an office fills in without us, with what is known already."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from chiso.cli.chosen import load_framework
from chiso.cli.files import check_output, new_file
from chiso.cli.loading import load_facts
from chiso.cli.main import DONE, WITH_FAULTS, UnusableError
from chiso.cli.output import say, say_faults
from chiso.cli.phrases import phrase
from chiso.framework.faults import near_misses
from chiso.framework.model import Framework
from chiso.scoring.entries import DataFault
from chiso.scoring.facts import Facts
from chiso.workbook.template import write_template


def make_template(options: Namespace) -> int:
    """Write the form of a framework."""
    framework = load_framework(options.id, options)
    if Path(options.output).suffix.lower() != ".xlsx":
        raise UnusableError(phrase("output.xlsx", options.lang, name=options.output))
    check_output(options)
    values, faults = _known(framework, options)
    units = options.unit or ([unit.name for unit in values.units] if values is not None else [])
    with new_file(options) as path:
        write_template(framework, path, units, options.lang, values)
    say_faults(faults, options.lang)
    if values is not None:
        _say_left_out(values, options)
    say(phrase("template.done", options.lang, name=options.output))
    return WITH_FAULTS if any(fault.severity == "error" for fault in faults) else DONE


def _known(framework: Framework, options: Namespace) -> tuple[Facts | None, list[DataFault]]:
    """Return what is known already of the units; None where no facts are given."""
    return load_facts(framework, options) if options.facts else (None, [])


def _say_left_out(values: Facts, options: Namespace) -> None:
    """Tell the person what the form does not hold."""
    names = [unit.name for unit in values.units]
    for name in options.unit:
        if " ".join(name.split()) not in names:
            near = near_misses(name, names)
            words = phrase("template.near", options.lang, names=", ".join(near)) if near else ""
            say(phrase("template.nothing_known", options.lang, name=name, near=words))
    if values.references:
        say(phrase("template.outside", options.lang, names=", ".join(values.references)))
