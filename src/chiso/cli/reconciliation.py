"""``chiso reconcile``: what does not hold in a published table of points."""

from __future__ import annotations

from argparse import Namespace

from chiso.cli.chosen import load_framework
from chiso.cli.main import DONE, WITH_FAULTS, UnusableError
from chiso.cli.output import print_json, print_table, print_text, say_faults
from chiso.cli.phrases import phrase
from chiso.reconcile import reconcile
from chiso.reconcile.finding import PublishedError
from chiso.reconcile.published import load_published
from chiso.reconcile.table import read_points


def reconcile_table(options: Namespace) -> int:
    """Report the findings; faulty rows of a given file make the exit code 1."""
    framework = load_framework(options.id, options)
    try:
        published = read_points(options.points) if options.points else load_published(framework)
        findings = reconcile(framework, published)
    except PublishedError as error:
        raise UnusableError(error.text(options.lang)) from error
    row_faults = [finding for finding in findings if finding.is_row_fault]
    if options.format == "json":
        print_json([finding.as_dict(options.lang) for finding in findings])
    else:
        say_faults(row_faults, options.lang)
        rows = [
            (
                one.code,
                phrase(f"severity.{one.severity}", options.lang),
                one.place,
                one.text(options.lang),
                one.suggestion(options.lang),
            )
            for one in findings
            if not one.is_row_fault
        ]
        if rows:
            print_table(phrase("lint.headings", options.lang).split("|"), rows)
        else:
            print_text(phrase("reconcile.quiet", options.lang))
    return WITH_FAULTS if row_faults else DONE
